"""Which document a text itself is: its number in the letterhead, its day, type and subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nqcore.text.citations import Citation, DocumentNumberError, parse_number
from nqcore.workspace.register.mentions import UNKNOWN, Mention, one_spaced, read_mention

HEAD_LENGTH = 3000
"""The number, day, type and subject of a text are looked for in this many first characters."""
_WRAP = re.compile(
    r"(?<=\S)[ \t]*\n(?=[ \t]*(?!Căn cứ|Thực hiện|Theo |Để |Điều |Nơi nhận|Số |[IVX]+[.-])[^\W\d_])"
)
_WRAPPED = 60
"""A line that ends only because it is full has at least this many characters."""
_OWN = re.compile(r"(?:^|\n)[ \t|]*số\s*:?\s*$", re.I)
_BLANK = re.compile(
    r"(?mi)^[ \t|]*số[ \t]*:?[ \t.…_]*([-/][ \t]?[^\W\d_][\w&]*(?:[-/][^\W\d_][\w&]*)+)"
)
_PLACE = re.compile(r"(?m)^[^\n]{2,80},\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\b")
_HEADLINE = re.compile(
    r"(?m)^[ \t]*(KẾ HOẠCH|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH|NGHỊ QUYẾT|CHỈ THỊ|KẾT LUẬN|ĐỀ ÁN"
    r"|QUYẾT ĐỊNH|QUY ĐỊNH|HƯỚNG DẪN|BÁO CÁO|THÔNG BÁO)[ \t]*$"
    r"\n{0,2}((?:[ \t]*(?!Căn cứ|Kính gửi|Điều |[\d*_-]|[IVX]+[.-])[^\s][^\n]{0,300}\n?){0,3})"
)


def unwrapped(text: str) -> str:
    """`text` with a space in place of each line end that only breaks a long line. The length of the text
    stays the same."""

    def joined(match: re.Match[str]) -> str:
        start = text.rfind("\n", 0, match.start()) + 1
        return (" " if match.start() - start >= _WRAPPED else "\n").rjust(len(match[0]))

    return _WRAP.sub(joined, text)


def own_document(text: str, found: Sequence[Citation]) -> Mention | None:
    """The document that `text` is; None where it has neither a number in its letterhead nor a type. A
    number that is not written yet begins with UNKNOWN. `found` are the citations in the text."""
    head = text[:HEAD_LENGTH]
    headline = _HEADLINE.search(head)
    numbered = next(
        (c for c in found if c.start < HEAD_LENGTH and _OWN.search(text[: c.start])), None
    )
    blank = _BLANK.search(head)
    if numbered is None and blank is None and headline is None:
        return None
    if numbered is not None:
        own = replace(read_mention(text, numbered), body="", title="")
    else:
        symbol = re.sub(r"\s", "", blank[1]) if blank else ""
        own = Mention(
            number=UNKNOWN + symbol,
            type="",
            issuer=_issuer(symbol),
            body="",
            title="",
            date=None,
            citation=None,
        )
    if headline is not None:
        title = one_spaced(re.sub(r"-{3,}|_{3,}|\*", " ", headline[2])).strip(".")
        own = replace(own, type=headline[1].capitalize(), title=title)
    place = _PLACE.search(head[: headline.start()] if headline else head)
    if own.date is None and place is not None:
        own = replace(own, date=_valid_day(*(int(part) for part in place.groups())))
    return own


def _valid_day(day: int, month: int, year: int) -> date | None:
    """That day; None where there is no such day, for example 31 April."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _issuer(symbol: str) -> str:
    """The issuer of a symbol without a number: HU of “-KH/HU”, UBND of “/KH-UBND”."""
    try:
        return parse_number(f"1{symbol}").issuer or ""
    except DocumentNumberError:
        return ""
