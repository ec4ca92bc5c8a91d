"""Pages of the administrator: people, units, periods and deadlines, system, audit log."""
