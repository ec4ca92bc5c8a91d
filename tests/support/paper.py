"""A written Word document, read back as a reader sees it: each line with the look of its style."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph


class Line(NamedTuple):
    """A line of the document. `look` has the letters of what is on: bold, italic, underlined."""

    text: str
    size: float
    look: str
    align: str


class Paper:
    """The document of a file."""

    def __init__(self, data: bytes) -> None:
        self.document = Document(BytesIO(data))

    def lines(self, style: str) -> list[Line]:
        """The lines in a style, in the order of the document."""
        return [_line(p) for p in self.paragraphs() if p.style.name == style]

    def line(self, style: str) -> Line:
        """The only line in a style."""
        (found,) = self.lines(style)
        return found

    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph, those in tables too."""
        body = self.document.element.body
        return [Paragraph(element, self.document.part) for element in body.iter(qn("w:p"))]

    def styles(self) -> list[str]:
        """The style of each paragraph, in the order of the document."""
        return [p.style.name for p in self.paragraphs()]

    def margins(self, section: int = 0) -> list[float]:
        """Top, bottom, left and right margin in millimetres."""
        page = self.document.sections[section]
        edges = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
        return [millimetres(edge) for edge in edges]

    def spacing(self, style: str) -> list[float | None]:
        """Of a style: first line in millimetres, points before, and the distance of lines: points where it is
        exact, else a factor."""
        found = self.document.styles[style].paragraph_format
        distance = found.line_spacing
        return [
            millimetres(found.first_line_indent),
            found.space_before.pt,
            distance.pt if isinstance(distance, Length) else distance,
        ]

    def rule_mm(self, style: str, within_mm: float) -> float:
        """The length of the line that a paragraph of the style is in a column of that width; 0: none."""
        found = self.document.styles[style]
        edge = found.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:top')}")
        if edge is None or edge.get(qn("w:val")) != "single":
            return 0
        sides = found.paragraph_format
        return within_mm - sides.left_indent.mm - sides.right_indent.mm

    def fonts(self) -> set[str]:
        """Every font that the file names in its styles and its text."""
        roots = (self.document.styles.element, self.document.element)
        found = (element for root in roots for element in root.iter(qn("w:rFonts")))
        return {element.get(qn("w:ascii")) for element in found}


def millimetres(length: Length | None) -> float:
    """The length, rounded to a tenth; 0 for none."""
    return 0.0 if length is None else round(length.mm, 1)


def _line(paragraph: Paragraph) -> Line:
    font = paragraph.style.font
    look = "".join(
        sign for sign, on in (("b", font.bold), ("i", font.italic), ("u", font.underline)) if on
    )
    align = paragraph.style.paragraph_format.alignment
    return Line(
        text=paragraph.text.replace("\N{NO-BREAK SPACE}", " "),
        size=font.size.pt,
        look=look,
        align="left" if align is None else WD_ALIGN_PARAGRAPH(align).name.lower(),
    )
