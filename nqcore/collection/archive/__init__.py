"""What was done and how it is kept: audit trail, integrity of the journal, backups."""
