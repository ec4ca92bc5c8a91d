"""Periods that the words above a table name: "QUÝ III NĂM 2018", "Quý II" under a title with the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nqcore.model.typed_periods import typed_period_code
from nqcore.text.folding import fold

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_DAY = re.compile(
    r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)[0-9]{2}"
    r"|(?<![a-z])ngay[^a-z]{0,12}thang[^a-z]{0,12}(?:nam[^a-z0-9]{0,9}(?:(?:19|20)[0-9]{2})?)?"
    r"|(?<![a-z])ngay\s*[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}(?![0-9])"
)
"""A day, also one whose number is still to be written: "ngày … tháng 10 năm 2026"."""
_COMPARED = re.compile(r"(?<![a-z])so voi[^0-9]{0,30}(?:19|20)[0-9]{2}(?![0-9])")
"""The time that a table is compared with: "so với cùng kỳ năm 2025"."""
_REPLACED = re.compile(
    r"(?<![a-z])(?<!cho )(?:so voi|so sanh voi|thay(?: the)? cho|chuyen tu|thay(?: the)?"
    r"(?= (?:bao cao|bieu|bang|so lieu|ban|quy|q|nam|thang)))"
    r"(?: [a-z]+){0,5}? (?:(?:quy|q)[\s.]*(?:iii|ii|iv|i|[1-4])(?![a-z0-9])|(?:6|9) thang"
    r"|thang\s*[0-9]{1,2}|nam)"
    r"(?:\s*(?:[/-]|nam)?\s*(?:19|20)[0-9]{2}(?![0-9]))?"
)
"""Another report, that a table replaces or is compared with: "thay báo cáo Quý II"."""
_PARTS = re.compile(
    r"(?<![a-z])(?:quy|q)[\s.]*(?:iii|ii|iv|i|[1-4])(?![a-z0-9])"
    r"|(?<![a-z0-9])(?:6|sau) thang (?:dau|cuoi)"
    r"|(?<![a-z0-9])(?:9|chin) thang"
    r"|(?<![a-z])thang\s*(?:1[0-2]|0?[1-9])(?![0-9])"
)
_REFERENCE = re.compile(
    r"^\W*(?:theo(?! doi)|can cu|kem theo|dinh kem|ban hanh|nop|gui|kinh gui|(?:thoi )?han|phuc vu|truoc"
    r"|cong van|de (?:phuc vu|nghi|chuan bi|tong hop|bao cao|trinh)|ap dung|noi nhan|luu y|yeu cau"
    r"|thuc hien (?:cong van|nghi quyet|chi thi|quyet dinh|van ban|yeu cau|ke hoach so))(?![a-z])"
    r"|(?<![a-z])(?:nop|gui|xong|bao cao) truoc(?![a-z])"
    r"|(?<![a-z])(?:hoi nghi|ky hop|cuoc hop|giao ban)(?![a-z])"
)
"""A line that speaks of another document, of a meeting or of when a report is due."""
_PLAN = (
    r"(?<![a-z])(?:(?<!so )(?<!phong )(?<!tai chinh )(?<!tai chinh - )ke hoach"
    r"(?! (?:va |- )?(?:dau tu|tai chinh))|du toan|muc tieu|phuong huong)(?![a-z])"
)
_FORECAST = re.compile(
    rf"^(?!.*(?<![a-z])(?:ket qua|thuc hien|tinh hinh|hoan thanh|theo|so voi)(?![a-z]).*{_PLAN}).*{_PLAN}"
    r"|(?<![a-z])(?:du kien|du bao|uoc (?:thuc hien|tinh|dat)|luy ke|cong don)(?![a-z])"
)
"""The figures are no plain figures of one period: a plan, a forecast, a sum since an earlier time."""
_SEVERAL = re.compile(
    r"(?<![a-z])(?<!dau )(?<!vat )(?:tu|den|toi)(?: het| cuoi| dau)?\s+"
    r"(?:(?:quy|q)(?![a-z])|thang|nam|6 thang|9 thang)"
    r"|(?<![a-z])(?:quy|q)[\s.]*(?:iii|ii|iv|i|[1-4])\s*(?:[,+&–-]|va)\s*(?:iii|ii|iv|i|[1-4])(?![a-z0-9])"
    r"|(?<![a-z])thang\s*[0-9]{1,2}\s*(?:[,+&–-]|va)\s*[0-9]{1,2}(?![0-9/])"
)
"""A time of more than one period: "Quý II, III/2026", "từ quý I đến quý III"."""
_PERIOD_HEADING = re.compile(
    r"(?:(?:ky|thoi ky)(?: (?:bao cao|so lieu|du lieu))?|(?:quy|thang|nam)(?: bao cao)?)[\s:.]*"
)
_WITH_YEAR = re.compile(r"(?:(?<![a-z])nam\s*)?(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_SHORT_YEAR = re.compile(r"(?<![a-z0-9])/\s*[0-9]{2}(?![0-9])")
_WHOLE_YEAR = re.compile(r"(?<![a-z])nam\s*((?:19|20)[0-9]{2})")


def year_in(text: str) -> str:
    """The last year that a text names outside of a day, and not to compare with it; "".

    >>> year_in("QUÝ II/2026 so với cùng kỳ 2025"), year_in("Năm 2026 (so với năm 2025)")
    ('2026', '2026')
    """
    found = _YEAR.findall(_own_words(text))
    return found[-1] if found else ""


def _own_words(text: str) -> str:
    """The fold of a text without days, and without the times of other reports."""
    return _COMPARED.sub(" ", _REPLACED.sub(" ", _DAY.sub(" ", fold(text))))


def period_in(text: str, year: str = "") -> str:
    """The code of the period that a text names; `year`: where it names none itself. "" where there is none.

    >>> period_in("TÌNH HÌNH LAO ĐỘNG QUÝ III NĂM 2018"), period_in("Quý II", "2018"), period_in("Năm 2017")
    ('2018-Q3', '2018-Q2', '2017')
    """
    words = _own_words(text)
    part = _PARTS.search(words)
    own = year_in(text) or year
    if part is not None:
        return typed_period_code(f"{part[0]} nam {own}") if own else ""
    whole = _WHOLE_YEAR.search(words)
    if whole is not None:
        return whole[1]
    bare = words.strip(" ()")
    return bare if _YEAR.fullmatch(bare) else ""


def is_period_heading(text: str) -> bool:
    """Whether the heading of a column says that it holds the period of each row: "Kỳ báo cáo", "Quý"."""
    return _PERIOD_HEADING.fullmatch(fold(text).strip()) is not None


def is_reference(line: str) -> bool:
    """Whether a line above a table speaks of something else than the table: "Nộp trước tháng 11 năm 2026"."""
    return _REFERENCE.search(fold(line)) is not None


def plain_period(text: str, year: str = "") -> str:
    """The code of the period that a text names, where its figures are plainly those of that one period.

    >>> texts = "Kết quả quý III/2026", "KẾ HOẠCH QUÝ III/2026", "Quý II, III/2026"
    >>> [plain_period(text) for text in texts]
    ['2026-Q3', '', '']
    """
    words = _own_words(text)
    parts = {typed_period_code(f"{part} nam 2000") for part in _PARTS.findall(words)}
    is_one = len(parts) < 2 and len({*_YEAR.findall(words)}) < 2 and not _SEVERAL.search(words)
    return period_in(text, year) if is_one and not _FORECAST.search(words) else ""


def title_period(lines: Sequence[str]) -> str | None:
    """The code of the period of a table as the lines above it say, the nearest first; "" where they name no
    time, None where it is not plain which period they mean: then a user chooses."""
    titles = [line for line in lines if not is_reference(line)]
    year = next(filter(None, map(year_in, titles)), "")
    named = next((line for line in titles if period_in(line, "2000")), None)
    if named is None:
        return None if any(period_in(line, "2000") for line in lines) else ""
    if any(_FORECAST.search(_own_words(line)) for line in titles):
        return None
    return plain_period(named, year) or None


def masked(text: str) -> str:
    """The words of a heading in which the period is masked: two quarters have the same layout."""
    words = _DAY.sub("#", fold(text))
    return " ".join(_YEAR.sub("#", _PARTS.sub("#", words)).split())


def without_periods(text: str) -> str:
    """The fold of a text without the periods and days that it names.

    >>> without_periods("Số người dự quý III năm 2026")
    'so nguoi du'
    """
    words = _WITH_YEAR.sub(" ", _PARTS.sub(" ", _own_words(text)))
    return " ".join(_SHORT_YEAR.sub(" ", words).split())
