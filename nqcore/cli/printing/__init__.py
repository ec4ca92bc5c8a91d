"""What the commands print: as plain data for `--json`, and as lines for reading."""
