"""The neutral report of a review, and how its sentences, figures and gaps are written in every layout.

`build` makes the report of its parts: `title`, `opening`, `findings_parts` (what stands in one dash:
`dashes`), `solutions` and `tasks_done` in the words of `task_words`, the `annex` with its
`annex_columns`, the `unit_lists`; `letterheads` gives its head and signature, from the `issuers` that
speak for each unit, read from the `unit_names`; `citing` cites documents; `review_counts`,
`report_coverage` and `footnotes` say which reports are in the figures.
`blocks`, `sentences` and `notes` give its texts, `typesetting` the places where no line ends;
`json_format` and `html_format` (its look is `html_style`) are the built-in formats; `decisions` are
what users decide on findings, `choosing` several at once; `rewording` ties their words to figures
(`number_relations`, `derived_numbers`; `reworded_parts` stores them), and `wording_check` holds them
against the claims (`wording_phrases`).
`docx` lays out Word documents, as a profile says; `anchors` names their numbers. `readback` opens a written
.docx again and compares it with the report.
"""

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.writing import Document, formats, write, write_report

__all__ = ["Document", "build_report", "formats", "write", "write_report"]
