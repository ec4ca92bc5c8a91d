"""A value that a rule read, as text."""

from __future__ import annotations

from nqcore.analysis.findings import ReadValue
from nqcore.model.cells import Cell


def read_text(read: ReadValue) -> str | None:
    """What was read, as text; None where nothing was reported or nothing is asked."""
    value = read.value
    if isinstance(value, Cell):
        return None if value.value is None else f"{value.value:f}"
    if isinstance(value, tuple):  # ticked codes, an own document, a task's progress
        return ", ".join(str(part) for part in value if part)
    return str(value)
