"""A form as an Excel file, out and back in (*Tải mẫu Excel*, *Nạp từ Excel*).

    data = write_workbook(sheet, words)            # the form's own template with what is entered
    filled = read_filled("bao-cao.xlsx", data)     # any template of ours, .xlsx or .xls
    check_meant(filled, sheet)                     # raises WrongTemplate with what to do
    upload = take_over(filled, sheet)              # what the file says, box by box, and notes in words
    changes = preview(repository, sheet, upload)         # cell by cell, before anything is saved

The file looks like the paper form. Which form, unit, period, version and revision it is stands in it
three times (`identity`): in the hidden column G beside the codes of the boxes, on a hidden sheet and in
a property of the file; column G survives everything that was tried, a save as .xls too. Cells may hold
numbers or text; both go through the reader of the form (`collection/validation`), so nothing is read here
that could not have been typed. A blank cell says nothing: it never empties a box. Any other cell of a box
is taken, or a note names the box: a percent cell counts as it is shown (100 % is 100), an error is never
read as a blank (`files/incoming/cell_formats`).
"""

from nqcore.collection.entry.workbook.filled import FilledTemplate, NotATemplate, read_filled
from nqcore.collection.entry.workbook.preview import ChangedCell, UploadPreview, preview_upload
from nqcore.collection.entry.workbook.reading import (
    Note,
    Upload,
    WrongTemplate,
    check_template,
    moved_texts,
    read_upload,
)
from nqcore.collection.entry.workbook.writing import write_workbook

__all__ = [
    "ChangedCell",
    "FilledTemplate",
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
