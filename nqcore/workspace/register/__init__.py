"""The register of directives: which documents a text cites, and drafts of definitions from documents.

| file | content |
|---|---|
| `documents` | the text of a file; citations as data and as text |
| `reading` | all documents of a text and their relations |
| `own_document` | which document the text itself is |
| `mentions` | one cited document: number, type, issuing body, subject |
| `relations` | replaces, amends, implements …: what the text says between two citations |
| `draft` | the TOML draft of a directive pack |
| `outline_draft` | the outline of a higher level as a draft, from the `outline_headings` of its .docx |
| `outline_headings` | headings, instructions and what is left out, of the `outline_lines` |
| `outline_marks` `outline_series` | what stands before a heading, and how deep it puts it |
| `word_numbers` | the automatic numbers of Word, counted |
"""
