"""A written report, opened as a Word document."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.shared import Length


def opened(data: bytes) -> DocxDocument:
    return Document(BytesIO(data))


def millimetres(length: Length | None) -> float:
    assert length is not None
    return round(length.mm, 1)


def texts(document: DocxDocument, style: str) -> list[str]:
    """What stands in a style, in the frames of head and signature too."""
    paragraphs = [*document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                paragraphs += cell.paragraphs
    return [p.text for p in paragraphs if p.style is not None and p.style.name == style]
