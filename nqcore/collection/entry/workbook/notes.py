"""Notes on the cells of a filled file: why a box was not taken, or how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nqcore.errors import N_, Translate, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on row `row` of the file (from 1; 0: on the whole file). `kept`: because of it a box is not
    taken from the file and keeps its stored content. `sheet`: the sheet, where several were read."""

    row: int
    code: str
    template: str
    params: Mapping[str, object]
    kept: bool = True
    sheet: str = ""

    def message(self, translate: Translate = str) -> str:
        """The sentence for the user, in the language of `translate`."""
        return say(self.template, self.params, translate)


# -- on the figure or the words of a box -----------------------------------------------------------

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
    "{label} holds {value} in row {row}, but its number format shows something else. Enter it as a "
    "plain number; the box stays as it was."
)
UNCLEAR_TEXT = N_(
    "{label} holds “{text}” in row {row}, but its number format shows something else. Enter what is meant as "
    "text; the box stays as it was."
)
UNCLEAR_TICK = N_(
    "{label}: “{text}” in row {row} is neither a tick nor a “no”. Write x there to tick, or leave the cell "
    "empty; these boxes stay as they were."
)
SHOWN_OTHERWISE = N_("{label} is shown as {shown} in row {row}; {value} is taken. Check it.")
ERROR_CELL = N_(
    "{label} holds the error {error} in row {row}. Enter what belongs there; what was there before stays."
)
RAISED = N_(
    "{label} holds “{text}” in row {row}, with characters that are raised, lowered or struck out. Enter "
    "the figure alone; the box stays as it was."
)
MERGED = N_(
    "The cell of {label} in row {row} is merged with others ({area}). Split them and enter each figure in "
    "its own cell; the box stays as it was."
)
HIDDEN = N_("{label} stands in a hidden row or column ({cell}); it is taken. Check it.")
TEXT_NUMBER = N_(
    "{label} holds text “{text}”; it is read as if it had been typed. Check it in the table."
)
LEFT_BLANK = N_("{label} is blank in the file; {value} stays. To empty it, correct it on the page.")
LEFT_BLANK_TEXT = N_(
    "{label} is blank in the file; the text that was entered stays. To empty it, correct it on the page."
)
LEFT_BLANK_EXPLANATION = N_(
    "The explanation of {label} is blank in the file; the one that was entered stays. To empty it, correct "
    "it on the page."
)

# -- on a row or a column --------------------------------------------------------------------------

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
OTHER_MEASURE = N_(
    "{label} is in {measure}, but row {row} of the file says {theirs}. Enter the figure in {measure} and "
    "leave that cell as it was; the box stays as it was."
)
BEFORE_CHANGED = N_(
    "The column of the last period says {theirs} for {label} (row {row}); the figure there was {ours}. That "
    "column is not read: if it is a figure of this period, enter it in column E."
)
BEFORE_FILLED = N_(
    "The column of the last period says {theirs} for {label} (row {row}), where nothing stood. That column "
    "is not read: if it is a figure of this period, enter it in column E."
)

# -- on the file -----------------------------------------------------------------------------------

EXTRA_ROWS = N_(
    "{count} rows do not belong to the template (from row {first}) and are not read. Check them."
)
STRAY_CELLS = N_(
    "{count} cells do not belong to the template or were changed there, and are not read: {cells}. Check "
    "them."
)
OTHER_SHEET = N_("The sheet “{sheet}” ({count} cells) is not read. Check it.")
OTHER_TEMPLATE = N_(
    "The sheet “{sheet}” is the template of another report ({unit}, {period}) and is not read here. Choose "
    "the file again at that report."
)
HIDDEN_SHEET = N_("The sheet “{sheet}” is hidden; it is read. Check it.")
COMMENTS = N_(
    "{count} cells have a comment ({cells}); the figures are read, the comments are not. Check whether one "
    "says something else."
)
OLD_FORMAT = N_(
    "An .xls file does not tell what formulas worked out. Check such figures in the table."
)
