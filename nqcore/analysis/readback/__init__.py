"""Reads a document that was edited or signed back, and says of each of its numbers what it is now.

`document` reads the file (`word` and `package` in a process of their own), `expected` is what the report
says, both cut by `report.tokens`. `doc_parts`, `matching`, `side_by_side` and `table_matching` find which
number is which; `judging`, `directions`, `unit_lists_check` and `present` say what became of it;
`names_in_place`, `words_in_place`, `cell_words` and `task_lines` say the same of words that carry no figure;
`claims_in_place` compares times (`claim_times`) and what is counted (`claim_terms`) where the words are
`facing` each other, `paper_frame` the lines around the text; `short_forms` and `spelled_tokens` put short
forms in full before that;
`checking` is all of it together, and gives a `checked` document.
"""

from nqcore.analysis.readback.checked import (
    CheckedDocument,
    CheckedNumber,
    DocumentPlace,
    NumberStatus,
)
from nqcore.analysis.readback.checking import check_document
from nqcore.analysis.readback.document import ReadDocument, read_document
from nqcore.analysis.readback.present import Present

__all__ = [
    "CheckedDocument",
    "CheckedNumber",
    "DocumentPlace",
    "NumberStatus",
    "Present",
    "ReadDocument",
    "check_document",
    "read_document",
]
