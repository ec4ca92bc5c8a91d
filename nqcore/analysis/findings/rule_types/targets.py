"""The rule type `target`: a target that is reached or ahead of its path, missed or behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from nqcore.analysis.findings.phrases import over, up_to_now
from nqcore.analysis.findings.rule_types.asked import Answer, Asked
from nqcore.analysis.findings.sentence_templates import Part
from nqcore.analysis.findings.target_claims import (
    GOOD,
    RELATIONS,
    target_claim,
    target_time,
    what_ends_it,
    written_path,
    written_target,
)
from nqcore.analysis.findings.target_verdicts import TargetVerdict, target_verdict
from nqcore.errors import N_
from nqcore.model.findings import Evidence, FindingKind, SilentState
from nqcore.model.targets import Aim, Target, TargetState
from nqcore.text.numbers import write_figure

NO_TARGET = N_("No target holds for it in this review.")
NOT_TO_THE_END = N_("The target's period is over, and the figures do not go up to its end.")
NO_PATH = N_("The target's period runs, and there is no value before it to measure its path from.")
_YEAR = timedelta(days=366)
_CASES = {
    TargetState.REACHED: "some",
    TargetState.MISSED: "some",
    TargetState.AHEAD: "ahead",
    TargetState.BEHIND: "behind",
}


def target_of(asked: Asked, indicator: str) -> Target | None:
    """The target that the rule names, or the strictest of several: a local plan may ask for more than the
    higher document. Only one whose period lies in the span."""
    return _strictest(_wanted(asked, asked.review.targets(indicator)))


def overlapping_target_of(asked: Asked, indicator: str) -> Target | None:
    """The same of those whose period has begun by the end of the review and only overlaps the span. What is
    counted over several years is said with their target only where these begin in the span: a year in which
    there was none says nothing of ten years."""
    review = asked.review
    definition = review.indicator(indicator)
    stock = review.reporting.is_stock(indicator)

    def overlaps(target: Target) -> bool:
        period = review.totals.lookup.span(target.period, definition)
        several_years = period.end - period.start > _YEAR
        if not stock and several_years and period.start < review.span.start:
            return False
        return period.start <= review.end and review.span.start <= period.end

    held = tuple(filter(overlaps, review.targets_held(indicator)))
    return _strictest(_wanted(asked, held))


def _wanted(asked: Asked, targets: tuple[Target, ...]) -> tuple[Target, ...]:
    wanted = asked.option("target")
    return tuple(target for target in targets if wanted in (None, target.id))


def _strictest(targets: tuple[Target, ...]) -> Target | None:
    def strictness(target: Target) -> tuple[Decimal, str]:
        return (target.value if target.aim is Aim.AT_LEAST else -target.value, target.id)

    return max(targets, key=strictness, default=None)


def target(asked: Asked) -> Iterator[Answer]:
    """A result when the target is reached (case ``some``) or ahead of its path (case ``ahead``); a
    shortcoming when it is missed (``some``) or behind it (``behind``). Case ``zero``: a shortcoming whose
    value is 0, of which "mới đạt 0" says too much (without a sentence for it ``some`` or ``behind``).

    {value} {target} {indicator}; {path} the value of the path on that day, {period} that of the target:
    "năm 2018".
    """
    rule, review = asked.rule, asked.review
    code = rule.indicators[0]
    verdict = _verdict(asked, code)
    if verdict is None:
        yield asked.silent(SilentState.NO_DATA, NO_TARGET)
        return
    if verdict.state is TargetState.NO_DATA or verdict.figure is None:
        if verdict.reports.covers(rule.coverage):
            yield asked.silent(SilentState.NO_DATA, NOT_TO_THE_END)
        else:
            yield asked.too_few(verdict.reports)
        return
    if verdict.state is TargetState.NO_PATH:
        yield asked.silent(SilentState.NO_DATA, NO_PATH)
        return
    good = verdict.state in GOOD
    if verdict.state not in RELATIONS or good is not (rule.kind is FindingKind.RESULT):
        value = verdict.figure.value
        yield asked.not_so("–" if value is None else write_figure(value, verdict.figure.decimals))
        return
    periods = [
        period
        for period in review.periods(code)
        if verdict.first_day <= period.start and period.end <= verdict.day
    ]
    parts: dict[str, Part] = {
        "value": verdict.figure,
        "target": written_target(verdict),
        "indicator": review.indicator(code).name,
        "period": target_time(verdict),
        "over": over(review, periods),
        "by": up_to_now(review, code, periods),
    }
    if verdict.state in (TargetState.AHEAD, TargetState.BEHIND):
        parts["path"] = written_path(verdict)
    nothing = not good and verdict.figure.value == 0 and "zero" in rule.sentences
    yield from asked.finding(
        "zero" if nothing else _CASES[verdict.state],
        parts,
        [target_claim(review, verdict)],
        Evidence(figures=(verdict.figure,)),
        periods,
        what_ends_it(verdict),
    )


def _verdict(asked: Asked, indicator: str) -> TargetVerdict | None:
    """That on the strictest of the targets that speak in the review."""
    rule, review = asked.rule, asked.review
    found = {
        target.id: verdict
        for target in _wanted(asked, review.targets_held(indicator))
        if (verdict := target_verdict(review, target, rule.coverage, rule.scope)) is not None
    }
    chief = _strictest(tuple(verdict.target for verdict in found.values()))
    return None if chief is None else found[chief.id]
