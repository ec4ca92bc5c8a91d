"""The one reader of spreadsheets: every cell of every sheet as value, number format and kind.

    sheets = read_sheets(data)        # in a child process only (`incoming.read_in_child`)
    rows = read_table(path)           # the only filled sheet of a small list, as texts
    rows = csv_rows(path)             # the same for .csv and tab-separated text

| module | content |
|---|---|
| `cell` | `SheetCell` and `Sheet`, and how they go through JSON |
| `number_format` | what a number format makes of a number: percent, date, scale, words, nothing |
| `packages` | the parts of an .xlsx: sheets, styles, shared texts |
| `xlsx` | the cells of an .xlsx |
| `xls` | the cells of an .xls |
| `ods` | the cells of an .ods |
| `reading` | all sheets of a file, whichever kind it is |
| `tables` | a list in a spreadsheet as rows of texts |
| `delimited`, `separators` | a list in a text file: comma, semicolon or tab, as its rows say |

A number counts as the sheet shows it: 1 in the format 0% is 100, 56.999999999999993 is 57 (Excel shows
15 digits). The reader guesses nothing: where a format shows something else than the number, the cell says
so (`SheetCell.unclear`, `SheetCell.scaled`, `SheetCell.words`), and the caller refuses or names it. So too
for a text that its format hides (`;;;`) or sets words beside (`@" nghìn"`).

Formulas are never computed; `SheetCell.formula` marks a cell whose value a formula has left there.
"""

from nqcore.files.spreadsheets.cell import CellKind, Sheet, SheetCell
from nqcore.files.spreadsheets.delimited import csv_rows
from nqcore.files.spreadsheets.reading import read_sheets
from nqcore.files.spreadsheets.tables import read_table

__all__ = ["CellKind", "Sheet", "SheetCell", "csv_rows", "read_sheets", "read_table"]
