"""Of which review a document is: its bookmarks name the edition, or the seal in its foot; else its title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nqcore.analysis.findings import Review
from nqcore.analysis.readback.doc_parts import anchor_name
from nqcore.analysis.readback.document import ReadDocument
from nqcore.analysis.report.anchors import NO_EDITION
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.title import title
from nqcore.text.printable import printable

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SEAL = re.compile(r"Bản chốt (\w+) · bản ghi \d+ · [0-9a-f]{8,64}(?!\w)")
_PARTS = ("", "-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2")
_HEAD = 40
"""In so many paragraphs stand the head and the title of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSign:
    """What a document says of itself: the id of its edition ("": its numbers are of a draft; None: it has
    neither a bookmark of ours nor a seal)."""

    edition: str | None
    head: str


def sign_of(document: ReadDocument) -> PaperSign:
    """What most of its bookmarks say, or its seal, and the words of its head."""
    names = (anchor_name(mark.name) for one in document.paragraphs for mark in one.marks)
    editions = Counter(name.split("_")[1] for name in names if name)
    found = editions.most_common(1)
    edition = found[0][0] if found else None
    if edition is None and (seal := _SEAL.search(document.text)):
        edition = seal[1]
    head = " ".join(" ".join(one.text.split()) for one in document.paragraphs[:_HEAD])
    return PaperSign(edition="" if edition == NO_EDITION else edition, head=head.casefold())


def periods_named(sign: PaperSign) -> Iterator[str]:
    """The periods that the head may mean, the longest first: "2008..2018", "2018", "2018-Q1" …"""
    years = sorted({*_YEAR.findall(sign.head)})
    yield from (f"{a}..{b}" for a in years for b in reversed(years) if a < b)
    yield from (f"{year}{part}" for year in years for part in _PARTS)


def is_titled(sign: PaperSign, review: Review) -> bool:
    """Whether the head has the title of the review."""
    names = (review.catalogue.units[code].name for code in review.catalogue.units)
    return _folded(title(review, Citations(names))) in sign.head


def names_body(sign: PaperSign, bodies: Sequence[str]) -> bool:
    """Whether the head names the body that issues the documents of a unit."""
    return all(_folded(body) in sign.head for body in bodies if body)


def _folded(text: str) -> str:
    return " ".join(printable(text).split()).casefold()
