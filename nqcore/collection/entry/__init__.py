"""Entering a report: its sheet, buttons that fill boxes, two users at once, Word and Excel files.

| file or folder | content |
|---|---|
| `entry_sheet` | a report as its pages show it: sections, rows, texts of boxes, problems |
| `autofill` | what a button puts into boxes: zeros, the last period's figures, Unicode |
| `merge` | the drafts of two users at once, merged box by box |
| `corrections` | what an approver asked to be corrected, and what became of it |
| `history` | the steps of a report, and a unit's figures over its last periods |
| `signing_copy` | the Word file to print and sign |
| `workbook/` | the form as an Excel file, out and back in |
"""
