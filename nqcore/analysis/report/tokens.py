"""A text as words and numbers, and which of its numbers are no figures: dates, years, names of documents.

Both the report and the document that came back are cut in this way, so that they can be laid side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from nqcore.analysis.report.name_numbers import (
    BEFORE_DAY,
    COUNTED,
    NOT_COUNTED,
    OF_A_NAME,
    OF_TIME,
    name_spans,
)
from nqcore.analysis.report.number_relations import number_value

_NAME = r"[A-ZĐ][A-Za-zĐđƯư&]*"
_PATTERN = re.compile(
    # The seal in the foot: "Bản chốt 3 · bản ghi 412 · ab12…".
    r"(?P<seal>bản ghi \d+ · [0-9a-f]{8,64}(?!\w))"
    rf"|(?P<document>\d+(?:/\d{{4}})?(?:[-/]{_NAME}\d*)+)"
    r"|(?P<phone>(?<![\w.,])(?:\+84|0)\d(?:[. ]?\d){7,10}(?![\w,]))"
    r"|(?P<date>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}/(?:19|20)\d\d(?!\d))"
    r"|(?P<code>[A-Za-zĐ]{1,3}\d+(?:\.\d+)*[a-z]?(?!\w)|\d+(?:\.\d+)*[A-Za-zĐđ]+\b)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_²³¹⁰⁴-⁹]+|%)"
    r"|(?P<dash>(?<!\S)[–—-](?!\S))"
    r"|(?P<stop>[,;.:()])"
)
_LIST = re.compile(r"\s*(?:[-+•*–]\s*)?(?:[IVXLC]+\.?|\d{1,2})(?:\.\d{1,2})*(?:[.)/]|(?<=\.\d))\s")
_YEAR = re.compile(r"(?:19|20)\d\d")


class TokenKind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    """A number that may be a figure."""
    NAME = "name"
    """A number that is none: a date, a year, the number of a document, of a list, of a telephone."""
    WORD = "word"
    DASH = "dash"
    """A dash alone, as it stands for a figure without a value."""
    STOP = "stop"


@dataclass(slots=True)
class Token:
    """One word or number. `key` is what it is compared by: the number's value, the word in small letters."""

    text: str
    start: int
    end: int
    kind: TokenKind
    key: str = field(default="")
    year: bool = False
    """Of a name: whether it is a year."""

    @property
    def value(self) -> Decimal | None:
        """The value of a number; None for what is none."""
        return number_value(self.text) if self.kind is TokenKind.NUMBER else None


def tokens_of(text: str) -> list[Token]:
    """The words and numbers of a text, in order.

    >>> [(one.text, one.kind.value) for one in tokens_of("Điều 5: có 1.310 người")]
    [('Điều', 'word'), ('5', 'name'), (':', 'stop'), ('có', 'word'), ('1.310', 'number'), ('người', 'word')]
    """
    found = [_token(one) for one in _PATTERN.finditer(text)]
    listed = _LIST.match(text)
    spans = [*name_spans(text)]
    for nth, token in enumerate(found):
        in_list = listed is not None and token.end <= listed.end()
        within = any(start <= token.start and token.end <= end for start, end in spans)
        if token.kind is TokenKind.NUMBER and (in_list or within or _is_name(found, nth, text)):
            token.kind = TokenKind.NAME
        token.key = _key(token)
    return found


def _token(one: re.Match[str]) -> Token:
    group = one.lastgroup or ""
    kind = TokenKind(group) if group in ("number", "word", "dash", "stop") else TokenKind.NAME
    return Token(one[0], one.start(), one.end(), kind)


def _key(token: Token) -> str:
    value = token.value
    return token.text.casefold() if value is None else f"{value.normalize():f}"


def _is_name(tokens: Sequence[Token], nth: int, text: str) -> bool:
    token = tokens[nth]
    before, after = _words(tokens, nth, -1), _words(tokens, nth, 1)
    if _YEAR.fullmatch(token.text) and (before[:1] == ["năm"] or not _counts(after)):
        token.year = True
        return True
    small = token.text.isdecimal() and len(token.text) <= 4
    if not small:
        return False
    if before and before[0] in OF_A_NAME and not (before[0] == "số" and before[1:2] == ["tổng"]):
        # "tổng số 70 cuộc" counts; "Nghị quyết số 20" names. So does "số 12", but not "có số 5 người".
        return before[0] != "số" or not _counts(after)
    if before and before[0] in ("tháng", "quý", "năm", "giờ") and len(token.text) <= 2:
        return True
    if before and before[0] in ("ngày", "mùng") and int(token.text) <= 31:
        return True
    return (bool(after) and after[0] in OF_TIME) or _is_day(tokens, nth, text)


def _counts(after: Sequence[str]) -> bool:
    """Whether the words behind a number say that it counts."""
    return bool(after) and after[0] in COUNTED and tuple(after) not in NOT_COUNTED


def _is_day(tokens: Sequence[Token], nth: int, text: str) -> bool:
    """Whether it is a part of "30/9": a day and a month."""
    for first in (nth, nth - 1):
        if first < 0 or first + 1 >= len(tokens):
            continue
        day, month = tokens[first], tokens[first + 1]
        if text[day.end : month.start] != "/" or not (day.text + month.text).isdecimal():
            continue
        before = _words(tokens, first, -1)
        in_calendar = 1 <= int(day.text) <= 31 and 1 <= int(month.text) <= 12
        counted = {*_words(tokens, first + 1, 1)[:1]} & COUNTED  # "đến 5/8 đơn vị"
        if in_calendar and not counted and before and before[0] in BEFORE_DAY:
            return True
    return False


def _words(tokens: Sequence[Token], nth: int, way: int) -> list[str]:
    """Up to two words beside a token; nothing over a stop."""
    found = []
    for step in (1, 2):
        at = nth + way * step
        if not 0 <= at < len(tokens) or tokens[at].kind is not TokenKind.WORD:
            break
        found.append(tokens[at].text.casefold())
    return found


_SENTENCE_END = re.compile(r"[.;](?=\s|$)")


def segments_of(text: str) -> Iterator[tuple[int, int]]:
    """Where each part of a text begins and ends that says one thing: up to a full stop or a semicolon.

    >>> [text[a:b] for text in ["Có 5; tăng 2."] for a, b in segments_of(text)]
    ['Có 5;', ' tăng 2.']
    """
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if text[start : end.end()].strip(" .;"):
            yield start, end.end()
            start = end.end()
    if text[start:].strip():
        yield start, len(text)
