"""The neutral report of a review, and how its sentences, figures and gaps are written in every layout.

`build` makes the report; `letterheads` gives its head and signature, from the `issuers` that speak for
each unit, read from the `unit_names`; `blocks`, `sentences` and `notes` give its texts; `json_format` and
`html_format` are the built-in formats; `decisions` and `rewording` are what users decide on findings;
`readback` opens a written .docx again and compares it with the report. `solutions` and `tasks_done` are its
parts about tasks, in the words of `task_words`.
`review_counts` counts the reports behind it; `readback` opens a written .docx again and compares it
with the report.
"""

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.writing import Document, formats, write_report

__all__ = ["Document", "build_report", "formats", "write_report"]
