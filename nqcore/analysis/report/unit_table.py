"""The annex by unit: the main indicators of a review, units under it × indicators, with the total.

Main are the indicators with a target, then those that rules of the family read. A table of many units has
fewer of them, so that it has at most `CELLS` figures; its notes say what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from nqcore.analysis.findings import Review
from nqcore.analysis.report.annex_columns import AnnexColumn, ColumnRole, columns
from nqcore.analysis.report.sentences import write_count
from nqcore.analysis.report.told_time import told_time
from nqcore.errors import NotAddable, UnknownName
from nqcore.model.figures import Figure
from nqcore.model.indicators import Indicator
from nqcore.model.period_names import official_period_name
from nqcore.model.reports import Cell, Table
from nqcore.model.rules import RuleDefinition
from nqcore.model.units import Unit, UnitTree
from nqcore.progress import Progress

BLOCK = "table:units"
TOTAL = "Tổng cộng"
_CAPTION = "Một số chỉ tiêu chính theo đơn vị"
CELLS = 1200
"""At most so many figures: a review of 300 units stays a document that people read."""
_MOST, _FEWEST = 8, 2
"""How many indicators stand side by side."""
_NARROW = 6

_Line = tuple[str, tuple[Cell, ...]]


def unit_table(review: Review, progress: Progress) -> Iterator[Table]:
    """The table; none where the review's unit has fewer than two units under it with figures, or none of
    its own."""
    units = _units(review)
    if len(units) < 2:
        return
    asked = ((one, _time(review, one)) for one in _main(review))
    times = {one.code: time for one, time in asked if time is not None}
    main = [one for one in _main(review) if one.code in times]
    order = _in_forms(review).index
    wanted = max(_FEWEST, min(_MOST, CELLS // (len(units) + 2)))
    # No more are asked for than are shown: each costs a figure of every unit.
    asked_for = (one for one in main if _is_asked(review, one, times[one.code], units))
    # In the order in which the forms ask for them, as those that are left out.
    told = sorted(islice(asked_for, wanted), key=order)
    if not told:
        return
    rows = max(2, CELLS // len(told))
    shown = units[:rows]
    lines = [
        (unit.name, tuple(_figure(review, one, times[one.code], unit.code) for one in told))
        for unit in progress(shown, _CAPTION)
    ]
    own = tuple(_figure(review, one, times[one.code], review.unit.code, own=True) for one in told)
    lines.append((f"{review.unit.name} (báo cáo của mình)", own))
    full = [line for line in lines if any(map(_has_value, line[1]))]
    if len(full) < 2:
        return
    total = tuple(_figure(review, one, times[one.code], review.unit.code) for one in told)
    others = [one for one in _in_forms(review) if one in main and one not in told]
    if not any(map(_has_value, total)):  # theirs are of a time before they came under this unit
        return
    yield _made(review, told, times, full, total, _left_out(others, units, shown))


def _made(
    review: Review,
    told: Sequence[Indicator],
    times: Mapping[str, AnnexColumn],
    lines: Sequence[_Line],
    total: tuple[Cell, ...],
    notes: tuple[str, ...],
) -> Table:
    numbered = [(str(nth), name, *cells) for nth, (name, cells) in enumerate(lines, 1)]
    cuts = [_cut(times[one.code]) for one in told]
    same = cuts[0] if len(set(cuts)) == 1 else ""
    heads = (_head(one) + ("" if same else cut) for one, cut in zip(told, cuts, strict=True))
    return Table(
        caption=f"{_CAPTION}, {_told(review, same)}",
        columns=("TT", "Đơn vị", *heads),
        rows=(*numbered, ("", TOTAL, *total)),
        notes=("Số liệu của mỗi đơn vị gồm cả các đơn vị trực thuộc.", *notes),
        block=BLOCK,
        wide=len(told) + 2 > _NARROW,
    )


def _told(review: Review, cut: str) -> str:
    """The time of the title (`told_time`), and which part of it the figures are of. Where the title itself
    has the part, it is not said twice."""
    time = told_time(review)
    same_days = (time.start, time.end) == (review.span.start, review.span.end)
    return official_period_name(time) + (cut if same_days else "")


def _left_out(
    others: Sequence[Indicator], units: Sequence[Unit], shown: Sequence[Unit]
) -> tuple[str, ...]:
    """What of the main indicators and of the units the table does not have."""
    notes = []
    if others:
        labels = ", ".join(one.label for one in others)
        notes.append(f"Biểu không nêu các chỉ tiêu chính khác, có mã số {labels}.")
    if len(shown) < len(units):
        some, every = write_count(len(shown)), write_count(len(units))
        notes.append(f"Biểu nêu {some} trong {every} đơn vị; tổng cộng là của tất cả.")
    return tuple(notes)


def _units(review: Review) -> list[Unit]:
    """The units directly under the review's, in the order of the tree; as reported also those that ended
    in the span: their figures are in the total."""
    tree = review.totals.obligations.tree
    last = review.boundaries or review.end
    days = [last] if review.boundaries else [*_days(review), last]
    found: dict[str, Unit] = {}
    for day in reversed(days):
        for unit in _children(tree(day), review.unit.code):
            found.setdefault(unit.code, unit)
    return list(found.values())


def _days(review: Review) -> list[date]:
    first, last = review.span.start, review.end
    return [first, *(day for day in review.catalogue.units.days if first < day < last)]


def _children(tree: UnitTree, code: str) -> tuple[Unit, ...]:
    return tree.children(code) if code in tree else ()


def _main(review: Review) -> list[Indicator]:
    """The indicators with a target, then those of the rules of the family; each once."""
    codes = [target.indicator for target in review.targets_held()]
    codes += _of_rules(review)
    known = _in_forms(review)
    found: dict[str, Indicator] = {}
    for code in codes:
        try:
            one = review.indicator(code)
        except UnknownName:  # a plugin names what no plugin defines
            continue
        if one in known:
            found.setdefault(one.code, one)
    return list(found.values())


def _of_rules(review: Review) -> list[str]:
    mine = [rule for rule in review.rules().values() if isinstance(rule, RuleDefinition)]
    return [code for rule in sorted(mine, key=lambda one: one.order) for code in rule.indicators]


def _in_forms(review: Review) -> list[Indicator]:
    lookup = review.totals.lookup
    codes = dict.fromkeys(code for form in review.forms() for code in lookup.codes_of(form))
    return [review.indicator(code) for code in codes]


def _is_asked(
    review: Review, indicator: Indicator, column: AnnexColumn, units: Sequence[Unit]
) -> bool:
    """Whether at least two of the units have a figure of it."""
    there = 0
    for unit in units:
        there += _has_value(_figure(review, indicator, column, unit.code))
        if there == 2:
            return True
    return False


def _time(review: Review, indicator: Indicator) -> AnnexColumn | None:
    """The time of the whole span, up to the cut-off; None where nothing counts in it."""
    shown = columns(review, review.form_of(indicator.code))
    mine = [one for one in shown if one.role in (ColumnRole.SPAN, ColumnRole.YEAR)]
    return next((one for one in mine if one.role is ColumnRole.SPAN), mine[-1] if mine else None)


def _head(indicator: Indicator) -> str:
    """ "B2.1. Tỷ lệ tham gia bảo hiểm xã hội (%)"."""
    return f"{indicator.label}. {indicator.short or indicator.name} ({indicator.measure})"


def _cut(column: AnnexColumn) -> str:
    """ " (đến 30/6)" of a time that is not over, " (từ 01/7)" of one that the unit did not see begin."""
    return f" ({column.held})" if column.held else ""


def _figure(
    review: Review,
    indicator: Indicator,
    column: AnnexColumn,
    unit: str,
    *,
    own: bool = False,
) -> Cell:
    try:
        return review.figure(indicator.code, unit, column.code, own=own)
    except (NotAddable, UnknownName):
        return ""


def _has_value(cell: Cell) -> bool:
    return isinstance(cell, Figure) and cell.value is not None
