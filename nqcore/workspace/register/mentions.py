"""One document as a text mentions it: its citation, and the issuing body and the subject after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nqcore.text.citations import Citation
from nqcore.text.citations.document_types import TYPE_WORDS

_Day = date

UNKNOWN = "…"
"""The part of a number that is not written yet: “Số      -KH/HU” is "…-KH/HU"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One document that a text mentions. What the text does not say is "" or None.

    `type` is in words ("Nghị quyết"), `issuer` the symbol ("TW"), `body` the name of the issuing body
    ("Ban Chấp hành Trung ương"), `title` the subject ("về …"). `citation` is None for the document that
    the text itself is, when it has no number yet.
    """

    number: str
    type: str
    issuer: str
    body: str
    title: str
    date: _Day | None
    citation: Citation | None

    @property
    def key(self) -> tuple[str | None, ...]:
        """Two mentions with the same key and the same day are the same document."""
        c = self.citation
        return (c.number, c.year, c.type, c.issuer) if c else (self.number,)


_BODY = re.compile(
    r"\s*,?\s*(?:ngày [^,;.]{4,40}?\s)?của\s+(?:các\s+)?([A-ZĐÀ-Ỹ][^,;.:()\n]{2,90})"
)
_BODY_END = re.compile(
    r"\s(?:về|đã|là|cho|tại|trong|trên|khóa|khoá|như|theo|để|ban hành|thực hiện|triển khai|gắn với"
    r"|quy định|hướng dẫn|sửa đổi|thay thế|phê duyệt"
    r"|và(?=\s(?:[^A-ZĐÀ-Ỹ]|[A-ZĐÀ-Ỹ]\w*(?:\s[a-zà-ỹđ]\w*){0,3}\s(?:số\s)?\d)))(?=\s)"
)
_TITLE = re.compile(r"\s*(?:\([^)\n]{1,40}\))?\s*,?\s*(về\s[^.;\n]{10,400})")
_TYPES = "|".join(sorted((w for w in TYPE_WORDS if " " in w), key=len, reverse=True))
_TITLE_END = re.compile(
    rf",\s*(?:gắn với|các quy định)|(?:,|\svà)\s+(?=(?i:{_TYPES})\s(?:số\s)?\d)|\s(?:như sau|cụ thể)\s*:"
)
_WORD_OF = {symbols[0]: word for word, symbols in reversed(TYPE_WORDS.items())}


def read_mention(text: str, citation: Citation) -> Mention:
    """The document of one citation in `text`, with the body and the subject that follow it."""
    start, end = body_span(text, citation.end)
    return Mention(
        number=_number(citation),
        type=_type_word(citation),
        issuer=citation.issuer or "",
        body=one_spaced(text[start:end]),
        title=_title(text, end),
        date=citation.date,
        citation=citation,
    )


def one_spaced(text: str) -> str:
    """`text` with single spaces, without spaces and commas at its ends."""
    return re.sub(r"\s+", " ", text).strip(" ,")


def _number(citation: Citation) -> str:
    """The number as it is printed, without the type and with simple hyphens. A number in a list (“các
    Nghị quyết số 18, 19-NQ/TW”) gets the symbol at the end of the list: "18-NQ/TW"."""
    digit = re.search(r"\d", citation.text)
    raw = citation.text[digit.start() :] if digit else citation.text
    raw = re.sub(r"\s*[-–—‐‑]\s*", "-", raw)
    raw = re.sub(r"\s*/\s*", "/", one_spaced(raw))
    if "/" in raw or not citation.type:
        return raw
    if citation.kind == "party":
        return f"{raw}-{citation.type}/{citation.issuer}"
    year = f"/{citation.year}" if citation.year else ""
    return f"{raw}{year}/{citation.type}-{citation.issuer}"


def _type_word(citation: Citation) -> str:
    """The type in words: the words before the number; without any, the usual type of its symbol."""
    digit = re.search(r"\d", citation.text)
    words = citation.text[: digit.start() if digit else 0]
    words = one_spaced(re.sub(r"\bsố\b\s*:?", " ", words, flags=re.I)).lower()
    words = words if words in TYPE_WORDS else _WORD_OF.get(citation.type or "", "")
    return words[:1].upper() + words[1:]


def body_span(text: str, start: int) -> tuple[int, int]:
    """Start and end of the issuing body in `text`: what follows "của" directly after the number or its
    date, which ends at `start`. Both are `start` where there is none."""
    match = _BODY.match(text, start)
    if match is None:
        return start, start
    first, last = match.span(1)
    cut = _BODY_END.search(match[1] + " ")
    return first, first + cut.start() if cut else last


def _title(text: str, start: int) -> str:
    """The subject, "về …", where it follows the body directly. With a comma and other words between
    them it is the subject of another document."""
    match = _TITLE.match(text, start)
    return one_spaced(_TITLE_END.split(match[1])[0]) if match else ""
