"""Files: incoming files are checked in one place (`incoming`), and output files are checked too."""
