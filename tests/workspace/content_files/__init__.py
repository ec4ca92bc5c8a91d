"""Content of an office as files."""
