"""What is said about the cells of a table that was read: why one is refused, and what to know."""

from __future__ import annotations

from nqcore.errors import N_

SIGN = N_(
    "“{text}” is no number. Say what it means (0, or no figure), or write the figure alone in the file."
)
NO_PERIOD = N_("It is not said of which period the figure is. Choose the period.")
NO_UNIT = N_("It is not said of which unit the figure is. Choose the unit.")
NO_INDICATOR = N_("It is not said of which indicator the figure is. Choose the indicator.")
NAME_UNKNOWN = N_("“{name}” is not known here. Choose what it means, or leave the row out.")
NO_NAME = N_(
    "The row has figures, but no name. Write the name in the file, or end the table above it."
)
OTHER_MEASURE = N_(
    "The file says {theirs}, but {indicator} counts {measure}. Choose another indicator, or correct the file."
)
TWICE = N_("The same figure stands in cell {first} already. Leave one of the two out.")
OTHER_PERIOD = N_(
    "The row says “{theirs}”; the table is read as one of another period. Choose that period, and leave the "
    "rows of other periods out."
)
SHIFTED = N_(
    "The names of the rows stand under “{heading}”: the rows are shifted against their heads. Move them "
    "under their heads in the file."
)
NO_FIGURES = N_(
    "No column is surely that of an indicator, so nothing is taken yet. Say for each column of figures what "
    "it is."
)
SECOND_NAMES = N_(
    "Column {column} has names as column {name} has: two tables stand side by side, and this one is not read."
    " Say that column {column} is the names of the rows to read it."
)
MERGED_FIGURE = N_(
    "The cell is merged with others ({area}). Split them, and enter each figure in its own cell."
)
FORMULA = N_(
    "The cell holds a formula. Choose that results of formulas are taken, or enter the number in the file."
)
NO_RESULT = N_(
    "The formula has no result in the file. Open it in the spreadsheet program, and save it."
)

FORMULAS_TAKEN = N_("The results of {count} formulas are taken as the file holds them: {cells}.")
HIDDEN_ROWS = N_("Rows {rows} are hidden in the sheet; they are read. Check them.")
HIDDEN_COLUMNS = N_("Columns {columns} are hidden in the sheet; they are read. Check them.")
HIDDEN_SHEET = N_("The sheet “{sheet}” is hidden; it is read. Check it.")
OLD_LETTERS = N_(
    "The words of the sheet are in the old encoding {encoding}; they are read in Unicode. Check the names."
)
TEXT_NUMBERS = N_("{count} figures are text in the file; they are read as if they had been typed.")
SUM_DIFFERS = N_(
    "{cell}: the total says {total}, the rows add up to {sum}: {difference} apart. Check which is right."
)
TOTAL_UNREAD = N_("{cell}: the total “{text}” cannot be compared. Check it.")
SCALED = N_("{cells}: the figures count {theirs}; they are converted to {measure}.")
SCALE_CHOSEN = N_("{cells}: read in {theirs}, as it was chosen; the file says {said}. Check it.")
COMMENTS = N_(
    "{count} cells have a comment ({cells}); the figures are read, the comments are not. Check whether one "
    "says something else."
)
OLD_FILE = N_(
    "An .xls file does not tell what formulas worked out. Check such figures in the table."
)
