"""A fault kit: breaks the real program in every way a machine can, and counts what was lost.

`tests/faults/run [--full] [--json] [NAME ...]` runs it; FIGURES.md holds the last full figures.
"""
