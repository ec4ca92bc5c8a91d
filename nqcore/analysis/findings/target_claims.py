"""What a verdict on a target claims, and its words."""

from __future__ import annotations

from decimal import Decimal

from nqcore.analysis.findings.review import Review
from nqcore.analysis.findings.target_verdicts import TargetVerdict
from nqcore.errors import N_
from nqcore.formulas import Reason
from nqcore.model.claims import Claim, Relation
from nqcore.model.period_names import official_period_name
from nqcore.model.periods import Period
from nqcore.model.targets import Aim, TargetState
from nqcore.text.numbers import write_figure

RELATIONS = {
    TargetState.REACHED: Relation.REACHED,
    TargetState.MISSED: Relation.MISSED,
    TargetState.AHEAD: Relation.AHEAD,
    TargetState.BEHIND: Relation.BEHIND,
}
"""The states in which a verdict claims something."""

GOOD = frozenset({TargetState.REACHED, TargetState.AHEAD})
"""The states that are results; the other states in `RELATIONS` are shortcomings."""


def target_claim(review: Review, verdict: TargetVerdict) -> Claim:
    """The claim of a verdict whose state is in `RELATIONS`."""
    assert verdict.figure is not None
    return Claim(
        relation=RELATIONS[verdict.state],
        subject=verdict.figure.indicator,
        unit=review.unit.code,
        scope=verdict.scope,
        start=verdict.first_day,
        end=verdict.day,
        values=(verdict.figure,),
        target=verdict.target.id,
        path=verdict.path_printed if verdict.state not in _OVER else None,
        reports=verdict.reports,
    )


_OVER = frozenset({TargetState.REACHED, TargetState.MISSED})


def written_target(verdict: TargetVerdict) -> str:
    """The value of the target: "2.500"."""
    return write_figure(Decimal(verdict.target.value))


def written_path(verdict: TargetVerdict) -> str:
    """The value of the path on the day: "2.150"; "" where there is none."""
    if verdict.path_printed is None or verdict.figure is None:
        return ""
    return write_figure(verdict.path_printed, verdict.figure.decimals)


def target_time(verdict: TargetVerdict) -> str:
    """The period of the target in words, after "của": "năm 2018", "thời gian từ ngày 01/4/2018 đến …"."""
    return written_time(verdict.period)


def written_time(period: Period) -> str:
    """The same of the period itself."""
    name = official_period_name(period)
    return f"thời gian {name}" if name.startswith("từ ") else name


def what_ends_it(verdict: TargetVerdict) -> Reason | None:
    """The smallest change of the figure after which the shortcoming does not hold: to the target, or to the
    path while the target's period runs."""
    figure = verdict.figure
    if figure is None or figure.value is None or verdict.state in GOOD:
        return None
    wanted = Decimal(verdict.target.value)
    if verdict.state is TargetState.BEHIND and verdict.path_printed is not None:
        wanted = verdict.path_printed
    gap = write_figure(abs(wanted - figure.value), figure.decimals)
    details = (("wanted", write_figure(wanted)), ("gap", gap))
    if verdict.target.aim is Aim.AT_LEAST:
        return Reason(N_("It ends at {wanted} or more: {gap} more."), details)
    return Reason(N_("It ends at {wanted} or less: {gap} less."), details)
