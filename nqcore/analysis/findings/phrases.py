"""The words of claims: of time, of direction, of number. A sentence has them from its claims only.

They are those of an official Vietnamese document, whatever the language of the program is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nqcore.analysis.findings.review import Review
from nqcore.model.claims import Claim, Relation
from nqcore.model.figures import Figure
from nqcore.model.findings import Difference, FigureRef, Sentence, Text
from nqcore.model.period_names import official_period_name
from nqcore.model.periods import CIVIL, Period, PeriodKind
from nqcore.model.units import Unit, UnitTree, name_in_text
from nqcore.text.numbers import write_figure

_NEW_YEAR = 15
"""Days around 1 January in which the year of a calendar may begin (the State's begins on 15 December)."""


def some(count: int, among: int) -> str:
    """The word for `count` of `among` units: "một", "một số", "tất cả".

    >>> some(1, 8), some(6, 8), some(8, 8)
    ('một', 'một số', 'tất cả')
    """
    if count == among and count > 1:
        return "tất cả"
    return "một" if count == 1 else "một số"


def name_with_end(unit: Unit, units: UnitTree, on: date) -> str:
    """The name of the unit; of one that has ended by that day with what became of it: "Xã Hòa Lợi nay
    thuộc xã Vĩnh Thuận", "Công ty Hai đã kết thúc hoạt động"."""
    closed, heir = units[unit.code].closed, unit.code
    if closed is None or closed > on:
        return unit.name
    while not units[heir].exists(on):
        after = units.successor(heir)
        if after is None:
            return f"{unit.name} đã kết thúc hoạt động"
        heir = after
    return f"{unit.name} nay thuộc {name_in_text(units.state(heir, on).name)}"


_KINDS = {
    PeriodKind.MONTH: "tháng",
    PeriodKind.QUARTER: "quý",
    PeriodKind.HALF: "kỳ 6 tháng",
    PeriodKind.YEAR: "năm",
}


def row(least: int, periods: Sequence[Period]) -> str:
    """The words of at least `least` such periods in a row, out of `periods`: "có từ 3 quý liên tiếp trở
    lên"; "cả 4 quý đều" where there are no more than that."""
    word = _KINDS.get(periods[0].kind, "kỳ")
    if len(periods) <= least:
        return f"cả {least} {word} đều" if least > 1 else f"cả {word}"
    return f"có từ {least} {word} liên tiếp trở lên" if least > 1 else f"có {word}"


def by(review: Review, last: Period) -> str:
    """Up to when: "đến nay" where the claim reaches as far as the review, which says its day; else "đến hết
    quý II năm 2018"."""
    if review.speaks_of_today and last.end == review.cut_off:
        return "đến nay"
    return f"đến hết {_year_or_period(last)}"


def up_to_now(review: Review, indicator: str, periods: Sequence[Period]) -> str:
    """Up to when a value is, of those periods: of what stands, or was counted since the review's first
    period, as `by`. A rate of what happened, and what was counted over a part of the review, belong to a
    time: "trong 6 tháng đầu năm 2026"."""
    one = review.indicator(indicator)
    whole = one.formula is None and periods[0] == review.periods(indicator)[0]
    if whole or review.reporting.is_stock(indicator):
        return by(review, periods[-1])
    return over(review, periods)


def _year_or_period(last: Period) -> str:
    """The last period of a year ends with the year: "năm 2017" and not "quý IV năm 2017"."""
    return f"năm {last.end.year}" if _closes_a_year(last) else official_period_name(last)


def _closes_a_year(period: Period) -> bool:
    return abs((period.end - date(period.end.year, 12, 31)).days) <= _NEW_YEAR + 2


def over(review: Review, periods: Sequence[Period]) -> str:
    """The time covered: "trong năm 2018", "trong quý III năm 2018", "từ năm 2008 đến nay"."""
    first, last = periods[0], periods[-1]
    if (name := name_of(periods)) is not None:
        return f"trong {name}"
    return f"từ {_begin(first, last)} {by(review, last)}"


def name_of(periods: Sequence[Period]) -> str | None:
    """The name of the one period that these make up: "năm 2018", "6 tháng đầu năm 2018"; None where they
    make up none."""
    first, last = periods[0], periods[-1]
    if len(periods) == 1:
        return official_period_name(first)
    for kind in (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.NINE_MONTHS):
        for one in CIVIL.periods(kind, first.start, first.start):
            if (one.start, one.end) == (first.start, last.end):
                return official_period_name(one)
    if _opens_a_year(first) and _closes_the_year_of(first, last):
        return f"năm {last.end.year}"
    return None


def _opens_a_year(period: Period) -> bool:
    return abs((period.start - date(period.end.year, 1, 1)).days) <= _NEW_YEAR + 2


def _closes_the_year_of(first: Period, last: Period) -> bool:
    days = (last.end - first.start).days + 1
    return first.end.year == last.end.year and days in (365, 366)


def _begin(first: Period, last: Period) -> str:
    if not _opens_a_year(first):
        return official_period_name(first)
    return (
        f"năm {first.end.year}" if last.end.year > first.end.year else f"đầu năm {first.end.year}"
    )


def moment(review: Review, indicator: str, code: str) -> str:
    """When a value is from, by the code of its period: "năm 2008", "6 tháng đầu năm 2018"; of a stock
    "cuối năm 2008", of a part of a year "hết quý II năm 2018"."""
    form = review.form_of(indicator)
    span = review.span_read(indicator, code)
    periods = [p for p in review.periods_of(form) if span.contains(p)] or [span]
    if review.reporting.is_stock(indicator):
        last = _year_or_period(periods[-1])
        return f"cuối {last}" if _closes_a_year(periods[-1]) else f"hết {last}"
    return name_of(periods) or official_period_name(span)


def verb_of(claim: Claim) -> str:
    """The word of direction of a change: "tăng", "giảm"."""
    return "tăng" if claim.relation is Relation.ROSE else "giảm"


def moved(claim: Claim, stop: str = ",") -> Sentence:
    """The same as `moves`, in a list behind the word of direction: "từ 35,0% lên 60,7% (tăng 25,7 điểm phần
    trăm), cùng phạm vi 8 đơn vị: từ 36,0% lên 61,2%"."""
    before, now = claim.values
    unit = "%" if now.measure == "%" else ""
    measure = unit or f" {now.measure}"
    way = "lên" if claim.relation is Relation.ROSE else "xuống"
    # From 0 the difference is the value itself.
    by = (Text(f" ({verb_of(claim)} "), Difference(before, now), Text(")")) if before.value else ()
    return (
        Text("từ "),
        FigureRef(before),
        Text(f"{unit} {way} "),
        FigureRef(now),
        Text(measure),
        *by,
        *_same_units(claim, measure, stop),
    )


def moves(claim: Claim) -> Sentence:
    """How it moved: "tăng từ 35,0% lên 60,7% (tăng 25,7 điểm phần trăm)"; and over the same units, where
    the units with reports are not the same in both times."""
    _, now = claim.values
    measure = "%" if now.measure == "%" else f" {now.measure}"
    if claim.relation is Relation.UNCHANGED:
        kept = (Text("giữ nguyên "), FigureRef(now), Text(measure))
        return (*kept, *_same_units(claim, measure, ";"))
    return (Text(f"{verb_of(claim)} "), *moved(claim, ";"))


def _same_units(claim: Claim, measure: str, stop: str) -> Sentence:
    """ "; cùng phạm vi 8 đơn vị: từ 17 xuống 15 tổ chức", where the units are not the same in both
    times and their values are not those that are printed already."""
    if not claim.like_for_like or _printed(claim.like_for_like) == _printed(claim.values):
        return ()
    alike, now = claim.like_for_like
    beside = Text(f"{stop} cùng phạm vi {len(now.scope.units)} đơn vị: ")
    return (beside, *_alike(alike, now, "%" if now.measure == "%" else ""), Text(measure))


def _printed(figures: Sequence[Figure]) -> list[str]:
    return [write_figure(f.value, f.decimals) for f in figures if f.value is not None]


def _alike(before: Figure, now: Figure, unit: str) -> Sentence:
    assert before.value is not None
    assert now.value is not None
    if now.value == before.value:
        return (Text("giữ nguyên "), FigureRef(now))
    way = "lên" if now.value > before.value else "xuống"
    return (Text("từ "), FigureRef(before), Text(f"{unit} {way} "), FigureRef(now))
