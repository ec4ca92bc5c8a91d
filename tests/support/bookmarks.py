"""The bookmarks of a Word document with the text that stands in each."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

_SIGNS = {qn("w:noBreakHyphen"): "-", qn("w:tab"): " ", qn("w:br"): " "}


def bookmarks(data: bytes) -> dict[str, str]:
    """Name and text of each bookmark that the program sets, in the order of the document."""
    found: dict[str, str] = {}
    open_now: dict[str, str] = {}
    for item in Document(BytesIO(data)).element.body.iter():
        if item.tag == qn("w:bookmarkStart") and item.get(qn("w:name")).startswith("nq_"):
            open_now[item.get(qn("w:id"))] = item.get(qn("w:name"))
            found.setdefault(item.get(qn("w:name")), "")
        elif item.tag == qn("w:bookmarkEnd"):
            open_now.pop(item.get(qn("w:id")), None)
        elif item.tag == qn("w:t") or item.tag in _SIGNS:
            for name in open_now.values():
                found[name] += _SIGNS.get(item.tag) or item.text or ""
    return found
