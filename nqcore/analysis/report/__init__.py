"""The neutral report of a review, and how its sentences, figures and gaps are written in every layout.

`build` makes the report of its `title`, of what the program writes in the parts of its outline
(`outline_blocks`; `empty_parts` are not printed), and of the annex. The parts take in the `opening`, the
`documents_issued` (each under the `issuing_body` that its number says), findings (`findings_parts`, with the
`leads` to them; what stands in one dash: `dashes`), `solutions` and `tasks_done` in the words of
`task_words`; what an `earlier` review said comes back in them, and `task_figures` says what became of it. The
`appendix` has the `annex` (with its `annex_columns`, `annex_changes` and `annex_targets`), the `unit_table`,
the `document_list`, the `task_table` and the `unit_lists`; `letterheads` gives its head and signature, from
the `issuers` that speak for each unit, read from the `unit_names`, and their `superiors`; `told_time` is the
time that all of it is about; `citing` cites documents; `review_counts`,
`report_coverage` and `footnotes` say which reports are in the figures, and `same_units` puts comparisons over
the same units into notes.
`blocks`, `sentences` and `notes` give its texts, `typesetting` the places where no line ends;
`json_format`, `markdown_format` and `html_format` (with `html_numbers` and `html_tables`; its look is
`html_style`) are the built-in formats, with the signs of the Party or of the State (`plain_layout`);
`decisions` are what users decide on findings, `choosing` several at
once; `tied_words` are the office's words in place of a sentence, which `rewording` ties to figures
(`number_relations`, `derived_numbers`; `reworded_parts` stores them), and `wording_check` holds them against
the claims (`wording_phrases`) and, cut in `tokens`, against the `measures` of figures (`wording_measures`).
`docx` lays out Word documents, as a profile says; `anchors` names their numbers. `readback` opens a written
.docx again and compares it with the report.
"""

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.writing import Document, formats, write, write_report

__all__ = ["Document", "build_report", "formats", "write", "write_report"]
