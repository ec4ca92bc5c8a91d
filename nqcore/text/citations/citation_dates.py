"""The date of a cited document: next to the citation, or on the line with place and date below the
document's own number."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

_MONTH_WORDS: Final = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_WORDS: Final = r"[Mm]ười\s{1,4}(?:một|hai)|" + "|".join(
    f"[{w[0]}{w[0].upper()}]{w[1:]}" for w in _MONTH_WORDS if " " not in w
)
_DASH: Final = "\\-\u2010-\u2015\u2212"
_DAY: Final = (
    r"(?:ngày|Ngày|NGÀY)\s{0,6}(?:mồng\s{1,3}|mùng\s{1,3})?([0-9]{1,2})(?:"
    rf"\s{{0,2}}[/.{_DASH}]\s{{0,2}}([0-9]{{1,2}})"
    rf"(?:\s{{0,2}}[/.{_DASH}]\s{{0,2}}|\s{{0,4}},?\s{{0,4}}(?:năm|NĂM)\s{{0,4}})"
    r"([0-9]{4}|[0-9]{2}(?![0-9]))"
    rf"|\s{{0,6}}(?:tháng|THÁNG|Tháng)\s{{0,6}}([0-9]{{1,2}}|{_WORDS})"
    rf"\s{{0,4}}[,/.{_DASH}]?\s{{0,4}}(?:năm|NĂM)?\s{{0,6}}([0-9]{{4}}))(?![0-9])"
)
_BARE: Final = rf"([0-9]{{1,2}})[/.{_DASH}]([0-9]{{1,2}})[/.{_DASH}]([0-9]{{4}})(?![0-9])"
_ISSUED: Final = (
    r"(?:(?:đã\s{1,3})?(?:được\s{1,3})?(?:(?:ký\s{1,3})?ban\s{1,3}hành|ký|đề|thông\s{1,3}qua|công\s{1,3}bố)"
    r"\s{1,4}(?:vào\s{1,3})?)?"
)
_TIME: Final = (  # a telegram: "hồi 10 giờ 00 ngày 02/01/2020"
    r"(?:(?:vào\s{1,3})?(?:hồi|lúc)\s{1,3}[0-9]{1,2}\s{0,2}(?:giờ|h|g|:)\s{0,2}(?:[0-9]{1,2}\s{0,2}(?:phút|')?)?"
    r"[\s,]{1,4})?"
)
_REVISED: Final = r"(?:\s{0,3}\((?:sửa đổi|sửa đổi, bổ sung)[^()\n]{0,20}\))?"
_PLACE: Final = r"(?:\s{1,3}(?:tỉnh|huyện|xã|thành\s{1,3}phố)(?=[\s,]))?"  # … NQ-HĐND tỉnh ngày …
_NEXT: Final = re.compile(
    rf"(?:{_REVISED}|{_PLACE})\s{{0,6}}[,(;\[{_DASH}]?\s{{0,6}}{_ISSUED}{_TIME}{_DAY}"
)
_BODY: Final = (
    r"(?:Ban|BCH|BTV|BCĐ|BBT|BCT|Bộ|Trung|TW|TƯ|Thủ|Chính|Quốc|Ủy|Uỷ|UBND|UBTVQH|HĐND|HĐBT|Hội|Tỉnh"
    r"|Thành|Huyện|Quận|Thị|Đảng|Tổng|Liên|Công|Chủ|Văn|Sở|Viện|Tòa|Toà|Kiểm|Ngân|Bảo|Thanh|Đoàn|Mặt"
    r"|Bí|Cục|Đại)[^\s\d.,;:()/]{0,12}"
)
_BODY_WORD: Final = (
    r"(?:[ \n]{1,3}(?!(?:quy|về|hướng|có|từ|trước|sau|đến|kể|sửa|thi|trong|khi|tại|ban\s{1,3}hành|phê"
    r"|thực|triển|ký|vào|để|theo|đối|ngày|là|đã|được|thông|năm)\s)"
    r"(?:[^\s\d.,;:()/]{1,14}|[0-9]{1,2}(?=\s)))"
)
# "…, ngày 20/6/2016 Huyện ủy tổ chức hội nghị": the day is that of the next clause.
_ACTS: Final = (
    r"(?:đã|ban\s{1,3}hành|tổ\s{1,3}chức|tiến\s{1,3}hành|họp|mở|ra|ký|triển\s{1,3}khai)(?![^\W\d_])"
)
_NEXT_CLAUSE: Final = re.compile(rf"\s{{1,4}}(?:{_BODY}{_BODY_WORD}{{0,8}}\s{{1,3}})?{_ACTS}")
_DAY_HERE: Final = re.compile(_DAY)
_NEXT_BARE: Final = re.compile(rf"\s{{0,3}}[,(]\s{{0,3}}{_BARE}")

# "của Ban Chấp hành Trung ương (khóa X) ngày 28/01/2008": the issuer is between number and date.
_AFTER_BODY: Final = re.compile(
    rf"\s{{1,4}}(?:của\s{{1,4}})?{_BODY}{_BODY_WORD}{{0,11}}+"
    r"(?:\s{1,3}\([Kk]h[óo][áa]?\s{1,3}[IVX]{1,5}\))?\s{0,4},?\s{0,4}"
    rf"(?:(?:ký\s{{1,3}})?ban\s{{1,3}}hành\s{{1,3}}|ký\s{{1,3}})?{_DAY}"
)
_ISSUED_THEN: Final = re.compile(
    rf"{_DAY}(?:\s{{0,3}},)?(?:\s[^.;:\n]{{2,100}}?)?\s(?:ban\s{{1,3}}hành|ký|ra)\s{{1,4}}$", re.S
)
# The last word of the place, and a date at the end of the line or of its column.
_HEAD_LINE: Final = re.compile(
    rf"(?<=[\s|])([^\s,;:()|0-9]{{1,12}})\s?,\s{{0,4}}{_DAY}(?=\s{{0,4}}(?:[|\r\n]|$|[A-ZĐ]))"
)


@lru_cache(maxsize=4096)
def _date(day: str, month: str, year: str) -> date | None:
    try:
        y = int(year)
        if len(year) == 2:
            y += 1900 if y >= 30 else 2000
        if month[0].isdigit():
            return date(y, int(month), int(day))
        return date(y, _MONTH_WORDS[" ".join(month.lower().split())], int(day))
    except (ValueError, KeyError):
        return None


def _of(m: re.Match[str], at: int = 1) -> date | None:
    day, month, year, named_month, its_year = m.groups()[at - 1 :]
    return _date(day, month or named_month, year or its_year)


def date_after(text: str, end: int) -> date | None:
    """The date directly after the citation that ends at `end`, or None."""
    m = _NEXT.match(text, end)
    if m is not None:
        apart = text[end : m.end()].lstrip()[:1] in (",", ";")
        return None if apart and _NEXT_CLAUSE.match(text, m.end()) else _of(m)
    if text.startswith(("của", "Hội", "BCH", "Ban "), end + 1):
        m = _AFTER_BODY.match(text, end)
        return _of(m) if m is not None else None
    m = _NEXT_BARE.match(text, end)
    return _date(m[1], m[2], m[3]) if m is not None else None


def day_at(text: str, at: int) -> date | None:
    """The date whose "ngày" stands at `at`, or None."""
    m = _DAY_HERE.match(text, at)
    return _of(m) if m is not None else None


def date_before(text: str, start: int) -> date | None:
    """The date of "Ngày 28/01/2008, … ban hành" directly before the citation at `start`, or None."""
    left = text[max(0, start - 12) : start].rstrip()
    if not left.endswith(("ban hành", " ký", " ra")):
        return None
    window = text[max(0, start - 150) : start]
    at = max(window.rfind("gày "), window.rfind("GÀY "))
    m = _ISSUED_THEN.match(window, at - 1) if at > 0 else None
    return _of(m) if m is not None else None


_HEAD: Final = 1500  # characters of a text in which its head stands


def head_date(text: str, end: int, *, window: int = 500) -> date | None:
    """The date on the line "Hà Nội, ngày 06 tháng 4 năm 2026" beside a document's own number: after it, or
    before it where the cells of the head table are read in another order."""
    for m in _HEAD_LINE.finditer(text, end, end + window):
        if m[1].istitle():
            return _of(m, 2)
    before = [m for m in _HEAD_LINE.finditer(text, max(0, end - window), end) if m[1].istitle()]
    return _of(before[-1], 2) if before and end < _HEAD else None
