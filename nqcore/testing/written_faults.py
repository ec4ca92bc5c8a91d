"""Reading back what a format wrote: each figure of the report must stand in the file."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType

from nqcore.analysis.report.anchors import report_anchors
from nqcore.analysis.report.writing import Document

_TAG = re.compile(r"<[^>]*>")


def figures_missing(document: Document) -> str | None:
    """The first number of the report that the file does not have; None where it has all, or where its kind
    (PDF) is read by other programs only. Word files are compared with the report as they are written."""
    read = _READERS.get(document.suffix)
    if read is None:
        return None
    words = _plain(read(document.data))
    for anchor in report_anchors(document.report).values():
        if _plain(anchor.written) not in words:
            return f"“{anchor.written}”"
    return None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def _html(data: bytes) -> str:
    return html.unescape(_TAG.sub("", _text(data)))


def _docx(data: bytes) -> str:
    from docx import Document as open_docx  # slow to load

    found = open_docx(BytesIO(data))
    cells = (cell.text for table in found.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in found.paragraphs), *cells])


_READERS: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {".md": _text, ".txt": _text, ".csv": _text, ".html": _html, ".docx": _docx}
)
"""How the words of a file are read, by its ending."""
