"""The rule type `still-zero`: none so far, or less than the target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nqcore.analysis.findings.rule_types.asked import Answer, Asked, codes, years
from nqcore.analysis.findings.rule_types.targets import overlapping_target_of, target_of
from nqcore.analysis.findings.sentence_templates import Part
from nqcore.analysis.findings.target_claims import written_time
from nqcore.errors import N_
from nqcore.formulas import Reason
from nqcore.model.claims import Claim, Relation
from nqcore.model.findings import Evidence, UnitCount
from nqcore.model.indicators import row_label
from nqcore.model.periods import Period
from nqcore.model.submissions import SubmissionState
from nqcore.model.targets import Aim, Target
from nqcore.model.units import Unit
from nqcore.text.numbers import write_figure

EVERY = 100
"""Per cent: of "none" every unit that owes a report must say it."""


def still_zero(asked: Asked) -> Iterator[Answer]:
    """Case ``zero``: every report of `indicators[0]` over the scope says 0, also those of units that closed
    since, and each unit has reported up to the cut-off. Case ``part``: the same, where no target of it lies
    in the span, and the time of one reaches beyond it: that target is not missed (without a sentence for
    it ``zero``). Case ``below``: the total over the span is above 0 but short of the target.

    {value} {target} {period} of the target, {units} units that have reported, {having} of them with more
    than 0, {since} {until} years; the total of each further indicator by its label.
    """
    rule, review = asked.rule, asked.review
    code = rule.indicators[0]
    every = review.periods(code)
    if not every:
        yield asked.too_few_of(code)
        return
    ever = [period for period in every if _is_above_zero(asked, code, period)]
    if not ever:
        yield from _zero(asked, code)
        return
    target = target_of(asked, code)
    covered = review.reporting.covered(code, rule.scope, rule.coverage)
    last = max(every.index(ever[-1]) + 1, len(covered.periods) if covered else 0)
    every = every[:last]
    figure = review.figure_over(code, rule.scope, review.span_of(code, every))
    if target is None or target.aim is not Aim.AT_LEAST or figure.value is None:
        yield asked.not_so(f"{write_figure(figure.value)}" if figure.value is not None else "–")
        return
    reports = review.reporting.over(code, rule.scope, rule.coverage, every)
    if not reports.enough:
        yield asked.too_few(reports.reports)
        return
    if target.met(figure.value) or figure.value == 0:
        yield asked.not_so(write_figure(figure.value))
        return
    claim = Claim(
        relation=Relation.IS,
        subject=review.indicator(code).code,
        unit=review.unit.code,
        scope=rule.scope,
        start=every[0].start,
        end=every[-1].end,
        values=(figure,),
        target=target.id,
        reports=reports.reports,
    )
    yield from _said(asked, "below", code, every, claim, target)


def _zero(asked: Asked, code: str) -> Iterator[Answer]:
    rule, review = asked.rule, asked.review
    covered = review.reporting.covered(code, rule.scope, EVERY)
    if covered is None or covered.reports.accepted == 0:
        yield asked.too_few_of(code)
        return
    later = [p for p in review.periods(code) if p.start > covered.end]
    if any(_is_late(asked, code, period) for period in later):
        yield asked.too_few(review.reporting.over(code, rule.scope, EVERY, later).reports, EVERY)
        return
    if not covered.reports.covers(rule.coverage):
        yield asked.too_few(covered.reports)
        return
    figure = review.figure_over(code, rule.scope, covered.code)
    if figure.value != 0:
        yield asked.not_so("–" if figure.value is None else write_figure(figure.value))
        return
    inside = target_of(asked, code)
    aim = inside or overlapping_target_of(asked, code)
    claim = Claim(
        relation=Relation.NONE_SINCE,
        subject=review.indicator(code).code,
        unit=review.unit.code,
        scope=rule.scope,
        start=covered.start,
        end=covered.end,
        values=(figure,),
        among=codes(reporting_units(asked, code, covered.periods)),
        target=aim.id if aim is not None else "",
        reports=covered.reports,
    )
    case = "part" if aim is not inside and "part" in rule.sentences else "zero"
    yield from _said(asked, case, code, covered.periods, claim, aim)


def _said(
    asked: Asked,
    case: str,
    code: str,
    periods: tuple[Period, ...],
    claim: Claim,
    target: Target | None,
) -> Iterator[Answer]:
    rule, review = asked.rule, asked.review
    units = reporting_units(asked, code, periods)
    having = units_having(asked, code, periods)
    figure = claim.values[0]
    parts: dict[str, Part] = {
        "value": figure,
        "units": UnitCount(codes(units)),
        "having": UnitCount(codes(having), codes(units), share=True),
        **years(periods),
    }
    if target is not None:
        parts["target"] = write_figure(target.value)
        time = review.totals.lookup.span(target.period, review.indicator(code))
        parts["period"] = written_time(time)
    more = []
    for one in rule.indicators[1:]:
        more.append(review.figure_over(one, rule.scope, figure.period))
        parts[row_label(one)] = more[-1]
    evidence = Evidence(
        figures=(figure, *more),
        units=codes(unit for unit in units if unit not in having),
        periods=tuple(period.code for period in periods),
    )
    wanted = write_figure(target.value) if case == "below" and target is not None else "1"
    ends = Reason(N_("It ends with {least} or more."), (("least", wanted),))
    yield from asked.finding(case, parts, [claim], evidence, periods, ends)


def reporting_units(asked: Asked, code: str, periods: Sequence[Period]) -> tuple[Unit, ...]:
    """The units in scope with a report on one of the periods, also those that closed since; each as it was
    last."""
    found: dict[str, Unit] = {}
    for period in periods:
        due = asked.review.reporting.due(code, asked.rule.scope, period)
        found.update((unit.code, unit) for unit in due.units if unit.code in due.reported)
    return tuple(found.values())


def units_having(asked: Asked, code: str, periods: Sequence[Period]) -> tuple[Unit, ...]:
    """Those of `reporting_units` whose reports on the periods say more than 0 at least once: reports of the
    time in which the unit was in scope, not those that it made under another unit."""
    review, having = asked.review, set[str]()
    for period in periods:
        due = review.reporting.due(code, asked.rule.scope, period)
        having |= {unit for unit in due.reported if review.value(code, unit, period.code)}
    return tuple(unit for unit in reporting_units(asked, code, periods) if unit.code in having)


def _is_late(asked: Asked, code: str, period: Period) -> bool:
    """Whether a report of that period is missing after its deadline, and does not wait for the office."""
    review, form = asked.review, asked.review.form_of(code)
    return any(
        review.repository.due(unit.code, form, period) < review.as_of
        for unit in review.reporting.due(code, asked.rule.scope, period).missing()
        if review.state(form, period, unit.code) is not SubmissionState.SENT
    )


def _is_above_zero(asked: Asked, code: str, period: Period) -> bool:
    """Whether an accepted report of that period says more than 0."""
    due = asked.review.reporting.due(code, asked.rule.scope, period)
    return any(asked.review.value(code, unit, period.code) for unit in due.reported)
