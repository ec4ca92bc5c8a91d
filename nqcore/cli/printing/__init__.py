"""What the commands print, a module for each subject.

Functions with `_data` give plain data for `--json`; functions with `_lines` give lines for a reader. Codes
are in English; names are as they are defined.
"""
