"""Words in a paragraph, with Word's own hyphen at which no line ends. Import lazily, like `page`."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from nqcore.analysis.report.typesetting import unbroken

_HYPHEN = "\N{NON-BREAKING HYPHEN}"


def add_run(paragraph: DocxParagraph, text: str) -> Run:
    """Add `text` as one run. The character U+2011 would be shown in another font, and not be found by who
    searches for a hyphen; Word's own element is neither."""
    words, *rest = unbroken(text).split(_HYPHEN)
    run = paragraph.add_run(words)
    for more in rest:
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text(more)
    return run
