"""Words as runs of Word's XML, with bookmarks around numbers and with hyphens at which no line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from typing import NamedTuple
from xml.sax.saxutils import escape

from nqcore.analysis.report.docx.measures import half_points
from nqcore.analysis.report.typesetting import HYPHEN, unbroken

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


class Words(NamedTuple):
    """Words that stand together: a number with the name of its bookmark, other words without one."""

    text: str
    bookmark: str = ""


class Bookmarks:
    """Gives each bookmark of one document its id. A name stands in a document once."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._names: set[str] = set()

    def around(self, name: str, runs: str) -> str:
        """The runs within the bookmark of that name; bare where the name is in the document already, or is
        none that Word takes."""
        if name in self._names or _NAME.fullmatch(name) is None:
            return runs
        self._names.add(name)
        id = next(self._ids)
        return f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{id}"/>'


def runs_xml(pieces: Sequence[Words], bookmarks: Bookmarks, size: float = 0) -> str:
    """The pieces as runs, with `size` where it differs from that of the style.

    Where a line must not end depends on the words around a number too ("số" before it, "triệu" after it), so
    it is found in the whole text and not in each piece.
    """
    letters = iter(unbroken("".join(piece.text for piece in pieces)))
    look = ""
    if size:
        points = half_points(size)
        look = f'<w:rPr><w:sz w:val="{points}"/><w:szCs w:val="{points}"/></w:rPr>'
    made = []
    for text, name in _together(pieces):
        run = _run("".join(islice(letters, len(text))), look)
        made.append(bookmarks.around(name, run) if name else run)
    return "".join(made)


def paragraph_xml(style: str, runs: str, properties: str = "") -> str:
    """A paragraph in the style of that id; `properties` are more of it."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _together(pieces: Iterable[Words]) -> Iterator[Words]:
    """The pieces, with neighbours that have no bookmark as one run."""
    plain = ""
    for piece in pieces:
        if not piece.bookmark:
            plain += piece.text
            continue
        if plain:
            yield Words(plain)
        plain = ""
        yield piece
    if plain:
        yield Words(plain)


def _run(text: str, look: str) -> str:
    """One run. The character U+2011 would be shown in another font, and not be found by who searches for a
    hyphen; Word's own element is neither."""
    texts = (
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else ""
        for part in text.split(HYPHEN)
    )
    return f"<w:r>{look}{'<w:noBreakHyphen/>'.join(texts)}</w:r>"
