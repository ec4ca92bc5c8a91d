"""The rule type `gaps`: units with several periods in a row in which they reported 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nqcore.analysis.findings.phrases import row, some
from nqcore.analysis.findings.rule_types.asked import Answer, Asked, codes, years
from nqcore.analysis.findings.rule_types.still_zero import reporting_units, units_having
from nqcore.analysis.findings.sentence_templates import Part
from nqcore.errors import N_
from nqcore.formulas import Reason
from nqcore.model.claims import Claim, Deed, Relation
from nqcore.model.findings import Evidence, UnitCount
from nqcore.model.periods import Period
from nqcore.model.units import Unit


def gaps(asked: Asked) -> Iterator[Answer]:
    """Some units have at least `gap` consecutive periods with a *reported* 0 (a missing report is a gap in
    the coverage, not a 0). A unit counts among the others only if it has reports of its own; one that
    ended since counts with those that it owed.

    Case ``some``: {gap_units} "5 trong 28", {some}, {names} those with the longest and newest gaps first,
    {row} "có từ 3 quý liên tiếp trở lên" or, where there are no more periods, "cả 3 quý đều", {gap},
    {value} the total, {having} "12 trong 17" of the units with reports those with more than 0, {since}
    {until}. Case ``zero``, where given: the same, and the total is 0.
    """
    rule, review = asked.rule, asked.review
    code, least = rule.indicators[0], asked.whole("gap")
    covered = asked.covered(code)
    if covered is None or not covered.enough:
        yield asked.too_few_of(code)
        return
    owed = _owed(asked, code, covered.periods)
    units = asked.owing_units(code, covered.periods)
    found = {unit.code: _longest_gap(asked, code, unit, owed[unit.code]) for unit in units}
    idle = [unit for unit in units if found[unit.code][0] >= least]
    known = [
        unit for unit in units if unit in idle or _is_known(asked, code, unit, owed[unit.code])
    ]
    if len(known) * 100 < rule.coverage * len(units):
        yield asked.too_few(covered.reports)
        return
    if not idle:
        longest = max((length for length, _ in found.values()), default=0)
        yield asked.not_so(str(longest))
        return
    idle.sort(key=lambda unit: (-found[unit.code][0], -found[unit.code][1]))
    figure = review.figure_over(code, rule.scope, covered.code)
    parts: dict[str, Part] = {
        "gap_units": UnitCount(codes(idle), codes(known), share=True),
        "some": some(len(idle), len(known)),
        "names": asked.names(idle),
        "row": row(least, covered.periods),
        "gap": str(least),
        "value": figure,
        "having": UnitCount(
            codes(units_having(asked, code, covered.periods)),
            codes(reporting_units(asked, code, covered.periods)),
            share=True,
        ),
        **years(covered.periods),
    }
    evidence = Evidence(
        figures=(
            figure,
            *(review.figure(code, unit.code, covered.code, own=True) for unit in idle),
        ),
        units=codes(idle),
        periods=tuple(period.code for period in covered.periods),
    )
    claim = Claim(
        relation=Relation.SOME_DID,
        subject=review.indicator(code).code,
        unit=review.unit.code,
        scope=rule.scope,
        start=covered.start,
        end=covered.end,
        values=(figure,),
        what=Deed.IDLE,
        least=least,
        units=codes(idle),
        among=codes(known),
        unknown=codes(unit for unit in units if unit not in known),
        reports=covered.reports,
    )
    ends = Reason(
        N_("It ends when no unit has {gap} periods in a row with 0."), (("gap", str(least)),)
    )
    case = "zero" if figure.value == 0 and "zero" in rule.sentences else "some"
    yield from asked.finding(case, parts, [claim], evidence, covered.periods, ends)


def _longest_gap(asked: Asked, code: str, unit: Unit, periods: Sequence[Period]) -> tuple[int, int]:
    """The length of the longest row of reported zeros, and the day on which the last such row ends."""
    review = asked.review
    longest = run = newest = 0
    for period in periods:
        value = review.value(code, unit.code, period.code)
        run = run + 1 if value is not None and value == 0 else 0
        if run and run >= longest:
            longest, newest = run, period.end.toordinal()
    return longest, newest


def _is_known(asked: Asked, code: str, unit: Unit, periods: Sequence[Period]) -> bool:
    """Whether the unit has reported on any of the periods."""
    review = asked.review
    return any(review.value(code, unit.code, period.code) is not None for period in periods)


def _owed(asked: Asked, code: str, periods: Sequence[Period]) -> dict[str, list[Period]]:
    """By unit: the periods for which it owed a report with the indicator as a unit of the review."""
    found: dict[str, list[Period]] = {}
    for period in periods:
        for unit in asked.review.reporting.due(code, asked.rule.scope, period).units:
            found.setdefault(unit.code, []).append(period)
    return found
