"""The column of an annex with the targets of its indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from nqcore.analysis.findings import Review
from nqcore.errors import UnknownName
from nqcore.model.findings import TiedNumber
from nqcore.model.period_names import official_period_name
from nqcore.model.periods import Period
from nqcore.model.targets import Aim, Target
from nqcore.text.numbers import write_figure

TARGET = "target"
"""`TiedNumber.how` of a target; `of` is its id."""
TITLE = "Mục tiêu"
_AT_MOST = "tối đa "


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetColumn:
    """`title` is the head, which names the time of most targets ("Mục tiêu năm 2018"); `cells` are by the
    code of the indicator; `notes` name the targets beside those in the cells."""

    title: str
    cells: Mapping[str, TiedNumber]
    notes: tuple[str, ...]


def target_column(review: Review, codes: Collection[str], span: Period) -> TargetColumn | None:
    """The targets that the review's unit has for the indicators and a time in `span`; None where there are
    none. Of several for one indicator the one that ends last stands in the column."""
    held = _held(review, codes, span)
    if not held:
        return None
    newest = {code: max(found, key=lambda one: one[1].end) for code, found in held.items()}
    most = Counter(period for _, period in newest.values()).most_common(1)[0][0]
    cells = {code: _cell(t, p, most) for code, (t, p) in newest.items()}
    notes = tuple(_beside(review, held, newest))
    return TargetColumn(title=f"{TITLE} {official_period_name(most)}", cells=cells, notes=notes)


_Held = dict[str, list[tuple[Target, Period]]]


def _held(review: Review, codes: Collection[str], span: Period) -> _Held:
    found: _Held = {}
    for target in review.targets_held():
        try:
            indicator = review.indicator(target.indicator)
            period = review.totals.lookup.span(target.period, indicator)
        except UnknownName:  # the plugin of the target names what no plugin defines
            continue
        if indicator.code in codes and period.start <= span.end and period.end >= span.start:
            found.setdefault(indicator.code, []).append((target, period))
    return found


def _cell(target: Target, period: Period, most: Period) -> TiedNumber:
    text = _written(target)
    if period != most:
        text = f"{text} ({official_period_name(period).removeprefix('giai đoạn ')})"
    return TiedNumber(text=text, how=TARGET, of=(target.id,))


def _written(target: Target) -> str:
    return (_AT_MOST if target.aim is Aim.AT_MOST else "") + write_figure(target.value)


def _beside(
    review: Review, held: _Held, newest: Mapping[str, tuple[Target, Period]]
) -> Iterator[str]:
    for code, found in held.items():
        others = [one for one in found if one is not newest[code]]
        if others:
            label = review.indicator(code).label
            listed = "; ".join(f"{_written(t)} ({official_period_name(p)})" for t, p in others)
            yield f"Chỉ tiêu có mã số {label} còn có mục tiêu: {listed}."
