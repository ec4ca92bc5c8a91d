"""Whether a cell of a choice is ticked: what people write there for yes and for no, and nothing else."""

from __future__ import annotations

from nqcore.files.spreadsheets import CellKind, SheetCell
from nqcore.text.folding import fold

_YES = {"x", "v", "✓", "✔", "☑", "☒", "1", "true", "co", "yes", "dung"}
_NO = {
    "0",
    "false",
    "khong",
    "k",
    "ko",
    "no",
    "chua",
    "sai",
    "☐",
    "-",
    "–",
    "—",
    "n/a",
    "kps",
    "khong co",
}


def is_ticked(cell: SheetCell) -> bool | None:
    """True for a tick, False for a "no", None for what is neither: the user is asked.

    >>> from nqcore.files.spreadsheets import CellKind, SheetCell
    >>> [is_ticked(SheetCell(CellKind.TEXT, text)) for text in ("X", "không", "x (một phần)")]
    [True, False, None]
    """
    if (
        cell.unclear
        or cell.raised
        or cell.kind not in (CellKind.TEXT, CellKind.NUMBER, CellKind.BOOLEAN)
    ):
        return None
    written = fold(f"{cell.text} {cell.words}").strip().rstrip(".")
    return True if written in _YES else False if written in _NO else None
