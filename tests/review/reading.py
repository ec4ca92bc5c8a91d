"""What a printed sentence says: its units, times, changes, counts and numbers, read from the text alone.

Each thing that is read is taken out of the text, so that nothing is read twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor

from nqcore.model.figures import Figure
from tests.review.values import last_day

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NUMBER = r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+(?:,\d+)?"
_WRITTEN = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:\.\d{3})*)(?:,\d+)?")
_PERIOD = (
    r"(?:(?:quý (?P<{0}q>IV|I{{1,3}})|(?P<{0}h>6) tháng (?P<{0}w>đầu|cuối)|(?P<{0}n>9) tháng(?: đầu)?|"
    r"tháng (?P<{0}m>\d{{1,2}})) )?năm (?P<{0}y>\d{{4}})"
)
_DAY = r"\d{1,2}/\d{1,2}/\d{4}"
_FROM_TO = re.compile(
    rf"[Tt]ừ (?:cuối )?(?:{_PERIOD.format('a')}|(?:ngày )?(?P<aday>{_DAY})) "
    rf"đến (?:hết |cuối )?(?:(?P<now>nay)|{_PERIOD.format('b')}|(?:ngày )?(?P<bday>{_DAY}))"
)
_UP_TO = re.compile(
    rf"[Đđ]ến (?:hết )?(?:(?P<now>nay)|{_PERIOD.format('b')}|(?:ngày )?(?P<bday>{_DAY}))"
)
_DATA = re.compile(
    rf"\(?số liệu đến (?:hết )?(?:(?:ngày )?(?P<bday>{_DAY})|{_PERIOD.format('b')})\)?"
)
_WITHIN = re.compile(rf"[Tt]rong {_PERIOD.format('a')}")
_YEARS = re.compile(r"giai đoạn (\d{4}) - (\d{4})")
_NAMED = re.compile(_PERIOD.format("a"))
_MOVE = re.compile(
    rf"(?P<word>tăng|giảm) từ (?P<a>{_NUMBER})%? (?P<way>lên|xuống|còn) (?P<b>{_NUMBER})"
    r"(?:%| (?P<measure>[^\d(;,]+?))?"
    rf" \((?P<again>tăng|giảm) (?P<by>{_NUMBER}) (?P<unit>[^,)\d]+?)(?:, (?P<share>{_NUMBER})%)?\)"
)
_PLAIN_MOVE = re.compile(
    rf"(?P<word>tăng |giảm )?từ (?P<a>{_NUMBER})%?[^;\d]*? (?P<way>lên|xuống|còn) (?P<b>{_NUMBER})%?"
)
_KEPT = re.compile(rf"giữ nguyên (?P<a>{_NUMBER})%?")
_ALIKE = re.compile(
    rf"cùng phạm vi (?P<n>\d+) đơn vị: (?:giữ nguyên (?P<kept>{_NUMBER})%?|"
    rf"(?:tăng |giảm )?từ (?P<a>{_NUMBER})%? (?P<way>lên|xuống|còn|đến) (?P<b>{_NUMBER})%?)"
)
_AIM = re.compile(rf"mục tiêu(?: [^\W\d]+){{0,4}} \(?({_NUMBER})")
_COUNT = re.compile(r"(?P<k>\d[\d.]*)(?: trong |/)(?P<n>\d[\d.]*)(?!/)")
_SOME = re.compile(
    r"(?:^|(?<=[\s(]))([Mm]ột số|[Mm]ột|[Tt]ất cả|[Nn]hiều)"
    r"(?= (?:đơn vị|cơ quan|doanh nghiệp|xã|cấp ủy))"
)

_NONE = re.compile(r"(?:[Cc]hưa|[Kk]hông)(?: có)? (?:đơn vị|cơ quan|doanh nghiệp|xã|cấp ủy) nào")


@dataclass(frozen=True)
class TimeRead:
    """`how`: from_to, up_to, data, within, named. An end of None is "nay"."""

    how: str
    text: str
    start: tuple[date, date] | None
    end: tuple[date, date] | None
    now: bool = False


@dataclass(frozen=True)
class MoveRead:
    """A change from `a` to `b`; `words` are the words of direction that stand there."""

    text: str
    words: tuple[str, ...]
    a: str
    b: str
    by: Fraction | None = None
    share: Fraction | None = None
    points: bool = False
    units: int | None = None
    """Of how many units, where it is said of the same units."""


@dataclass
class Reading:
    """All that one sentence says."""

    units: list[str] = field(default_factory=list)
    dated: list[tuple[str, date]] = field(default_factory=list)
    times: list[TimeRead] = field(default_factory=list)
    moves: list[MoveRead] = field(default_factory=list)
    counts: list[tuple[int, int]] = field(default_factory=list)
    some: list[str] = field(default_factory=list)
    none: list[str] = field(default_factory=list)
    """"chưa đơn vị nào" and the like."""
    days: list[date] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    aims: list[str] = field(default_factory=list)
    """The numbers that are said to be a target."""
    directions: list[str] = field(default_factory=list)
    """Words of direction that stand alone, without the two numbers."""
    odd: list[str] = field(default_factory=list)
    """Numbers that are not written as an office writes them."""
    rest: str = ""


def number(text: str) -> Fraction:
    """ "1.234,5" as a fraction."""
    return Fraction(text.replace(".", "").replace(",", "."))


def written(value: Fraction, decimals: int) -> str:
    """The number as an office writes it, a half rounded away from zero: "1.234,5"."""
    scaled = floor(abs(value) * 10**decimals + Fraction(1, 2))
    whole, part = divmod(scaled, 10**decimals)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole:,}".replace(",", ".") + (f",{part:0{decimals}}" if decimals else "")


def shortest(value: Fraction) -> str:
    """With as many decimals as it needs."""
    decimals = next((d for d in range(6) if (value * 10**d).denominator == 1), 6)
    return written(value, decimals)


def day(text: str) -> date:
    d, m, y = map(int, text.split("/"))
    return date(y, m, d)


def _part(found: re.Match[str], side: str) -> tuple[date, date] | None:
    groups = found.groupdict()
    if groups.get(f"{side}day"):
        one = day(groups[f"{side}day"])
        return one, one
    if not groups.get(f"{side}y"):
        return None
    year = int(groups[f"{side}y"])
    if groups[f"{side}q"]:
        nth = _ROMAN[groups[f"{side}q"]]
        return date(year, nth * 3 - 2, 1), last_day(year, nth * 3)
    if groups[f"{side}h"]:
        first = groups[f"{side}w"] == "đầu"
        return date(year, 1 if first else 7, 1), last_day(year, 6 if first else 12)
    if groups[f"{side}n"]:
        return date(year, 1, 1), date(year, 9, 30)
    if groups[f"{side}m"]:
        month = int(groups[f"{side}m"])
        return date(year, month, 1), last_day(year, month)
    return date(year, 1, 1), date(year, 12, 31)


def read(text: str, names: Iterable[str]) -> Reading:
    """What `text` says; `names` are the printed names of all units there are."""
    said = Reading()
    text = text.replace("\u00a0", " ").replace("\u2011", "-")
    for name in sorted(names, key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)(?: \(({_DAY})\))?")

        def unit(found: re.Match[str], name: str = name) -> str:
            said.units.append(name)
            if found[1]:
                said.dated.append((name, day(found[1])))
            return "■"

        text = pattern.sub(unit, text)

    def alike(found: re.Match[str]) -> str:
        a, b = found["kept"] or found["a"], found["kept"] or found["b"]
        words = ("giữ nguyên",) if found["kept"] else (found["way"],)
        said.moves.append(MoveRead(found[0], words, a, b, units=int(found["n"])))
        return "■"

    def move(found: re.Match[str]) -> str:
        groups = found.groupdict()
        words = tuple(w.strip() for w in (groups["word"], groups["way"], groups.get("again")) if w)
        said.moves.append(
            MoveRead(
                found[0],
                words,
                found["a"],
                found["b"],
                by=number(groups["by"]) if groups.get("by") else None,
                share=number(groups["share"]) if groups.get("share") else None,
                points="điểm phần trăm" in (groups.get("unit") or ""),
            )
        )
        return "■"

    def kept(found: re.Match[str]) -> str:
        said.moves.append(MoveRead(found[0], ("giữ nguyên",), found["a"], found["a"]))
        return "■"

    for pattern, take in ((_ALIKE, alike), (_MOVE, move), (_KEPT, kept)):
        text = pattern.sub(take, text)
    for how, pattern in (
        ("from_to", _FROM_TO),
        ("data", _DATA),
        ("up_to", _UP_TO),
        ("within", _WITHIN),
        ("named", _NAMED),
    ):

        def when(found: re.Match[str], how: str = how) -> str:
            groups = found.groupdict()
            start, end = _part(found, "a"), _part(found, "b")
            if how in ("within", "named"):
                end = start
            said.times.append(TimeRead(how, found[0], start, end, bool(groups.get("now"))))
            return "■"

        text = pattern.sub(when, text)

    def years(found: re.Match[str]) -> str:
        days = date(int(found[1]), 1, 1), date(int(found[2]), 12, 31)
        said.times.append(TimeRead("named", found[0], days, days))
        return "■"

    text = _YEARS.sub(years, text)
    text = _PLAIN_MOVE.sub(move, text)

    def count(found: re.Match[str]) -> str:
        said.counts.append((int(number(found["k"])), int(number(found["n"]))))
        return "■"

    def each(into: list[str]) -> object:
        def put(found: re.Match[str]) -> str:
            into.append(found[0].lower())
            return "■"

        return put

    days = re.compile(_DAY)
    said.days += [day(found[0]) for found in days.finditer(text)]
    text = days.sub("■", text)
    text = _COUNT.sub(count, text)
    text = _NONE.sub(each(said.none), text)  # type: ignore[arg-type]
    text = _SOME.sub(each(said.some), text)  # type: ignore[arg-type]
    said.aims += _AIM.findall(text)
    text = _AIM.sub("■", text)
    numbers = re.findall(r"-?\d[\d.,]*\d|-?\d", text)
    said.odd += [found for found in numbers if not _WRITTEN.fullmatch(found)]
    said.numbers += [found for found in numbers if _WRITTEN.fullmatch(found)]
    text = re.sub(_NUMBER, "■", text)
    said.directions += re.findall(r"(?<!\w)(?<!trở )(tăng|giảm|giữ nguyên|lên|xuống)(?!\w)", text)
    said.rest = text
    return said


def shown(figure: Figure) -> str:
    """The figure as it is printed."""
    return written(Fraction(figure.value or 0), figure.decimals)
