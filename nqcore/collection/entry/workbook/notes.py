"""Notes on the cells of a filled file: why a box was not taken, or how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nqcore.errors import N_, Translate, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on row `row` of the file (from 1; 0: on the whole file). `kept`: because of it a box is not
    taken from the file and keeps its stored content."""

    row: int
    code: str
    template: str
    params: Mapping[str, object]
    kept: bool = True

    def message(self, translate: Translate = str) -> str:
        """The sentence for the user, in the language of `translate`."""
        return say(self.template, self.params, translate)


TWICE = N_(
    "{label} stands in rows {first} and {second}. Delete one of the rows; the box stays as it was."
)
SHIFTED = N_(
    "Row {row} is marked {label}, but its place belongs to {code}: cells were shifted. "
    "Check the row; the box stays as it was."
)
MOVED = N_("{label} was moved to row {row}; it was recognised by its code. Check its figure.")
MISSING_ROWS = N_(
    "Rows are missing in the file: {labels}. Check it; these boxes stay as they were."
)
FORMULA = N_(
    "{label} holds a formula in row {row}. Enter its result as a number; the box stays as it was."
)
PERCENT = N_(
    "{label} is {value}. If {percent}% is meant, enter {percent}; if not, enter it as text ('{value}). "
    "The box stays as it was."
)
NOT_PERCENT = N_(
    "{label} is shown as {percent}% in row {row}, but its measure is {measure}. Enter it as a plain "
    "number; the box stays as it was."
)
UNCLEAR_FORMAT = N_(
    "{label} holds {value} in row {row}, but its number format shows another figure. Enter it as a "
    "plain number; the box stays as it was."
)
ERROR_CELL = N_(
    "{label} holds the error {error} in row {row}. Enter what belongs there; what was there before stays."
)
TEXT_NUMBER = N_(
    "{label} holds text “{text}”; it is read as if it had been typed. Check it in the table."
)
EXTRA_ROWS = N_(
    "{count} rows do not belong to the template (from row {first}) and are not read. Check them."
)
OLD_FORMAT = N_(
    "An .xls file does not tell what formulas worked out. Check such figures in the table."
)
