"""Pages of the administrator: people, units, content, periods and deadlines, system, audit log."""
