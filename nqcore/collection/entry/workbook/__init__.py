"""A form as an Excel file, out and back in (*Tải mẫu Excel*, *Nạp từ Excel*).

    data = write_workbook(sheet, translate, directive="20-NQ/TW")  # with what is entered so far
    book = read_filled("bao-cao.xlsx", data)                       # any filled template, .xlsx or .xls
    filled = check_template(book, sheet)                           # the right sheet; raises WrongTemplate
    upload = read_upload(filled, sheet, translate)                 # box by box, with notes
    found = preview_upload(repository, sheet, upload)              # what would change; saves nothing

| file | content |
|---|---|
| `writing` | writes the .xlsx of a report |
| `lines` | which box is in which row of the file |
| `identity` | form, unit, period, version and revision of a file, as one line of text |
| `filled` | reads a file: the templates in it, each with its identity and its cells |
| `sheets` | runs in a child process: finds the templates among the sheets of a file |
| `template_check` | is the file the template of this report |
| `reading` | the content of the boxes, as it would be typed |
| `figure_cells` | the cell of a figure, as it would be typed |
| `accounts` | the cells that are no box: the template's own, or named in a note |
| `notes` | the notes on unclear cells |
| `preview` | what the file would change, row by row |

The file looks like the paper form. Its identity is written three times: in the hidden column G beside
the codes of the boxes, on a hidden sheet, and in a property of the file. Column G was kept by every
program that was tried, also when the file is saved as .xls.

A cell may have a number or a text. Both are read by the reader of the form (`collection/validation`), so a
file can hold nothing that could not be typed. Every cell of the sheet that is not blank is taken, refused,
or named in a note; so are the other sheets. A blank cell never empties a box; where something was entered,
a note says that it stays. What a cell means (percent, date, error …) is read by `files/spreadsheets`.
"""

from nqcore.collection.entry.workbook.filled import (
    FilledTemplate,
    FilledWorkbook,
    NotATemplate,
    read_filled,
)
from nqcore.collection.entry.workbook.notes import Note
from nqcore.collection.entry.workbook.preview import (
    ChangedCell,
    ChangedExplanation,
    UploadPreview,
    preview_upload,
)
from nqcore.collection.entry.workbook.reading import Upload, moved_texts, read_upload
from nqcore.collection.entry.workbook.template_check import WrongTemplate, check_template
from nqcore.collection.entry.workbook.writing import write_workbook

__all__ = [
    "ChangedCell",
    "ChangedExplanation",
    "FilledTemplate",
    "FilledWorkbook",
    "NotATemplate",
    "Note",
    "Upload",
    "UploadPreview",
    "WrongTemplate",
    "check_template",
    "moved_texts",
    "preview_upload",
    "read_filled",
    "read_upload",
    "write_workbook",
]
