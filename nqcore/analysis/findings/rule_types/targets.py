"""The rule type `target`: a target that is reached or ahead of its path, missed or behind it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nqcore.analysis.findings.rule_types.asked import Answer, Asked
from nqcore.analysis.findings.sentence_templates import Part
from nqcore.errors import N_
from nqcore.formulas import Reason
from nqcore.model.claims import Claim, Relation
from nqcore.model.findings import Evidence, FindingKind, SilentState
from nqcore.model.targets import Aim, Target
from nqcore.text.numbers import write_figure


def target_of(asked: Asked, indicator: str) -> Target | None:
    """The target that the rule names, or the strictest of several: a local plan may ask for more than the
    higher document."""
    wanted = asked.option("target")
    found = [t for t in asked.review.targets(indicator) if wanted in (None, t.id)]

    def strictness(target: Target) -> tuple[Decimal, str]:
        return (target.value if target.aim is Aim.AT_LEAST else -target.value, target.id)

    return max(found, key=strictness, default=None)


def target(asked: Asked) -> Iterator[Answer]:
    """A result when the target is reached in its own period; a shortcoming when it is missed.

    Case ``some``: {value} {target} {indicator}.
    """
    rule, review = asked.rule, asked.review
    code = rule.indicators[0]
    aim = target_of(asked, code)
    if aim is None:
        yield asked.silent(SilentState.NO_DATA, N_("No target holds for it in this review."))
        return
    figure = review.figure_over(code, rule.scope, aim.period)
    covered = asked.covered(code)
    if figure.value is None or covered is None:
        yield asked.too_few_of(code)
        return
    if aim.met(figure.value) is not (rule.kind is FindingKind.RESULT):
        yield asked.not_so(write_figure(figure.value))
        return
    parts: dict[str, Part] = {
        "value": figure,
        "target": write_figure(Decimal(aim.value)),
        "indicator": review.indicator(code).name,
    }
    claim = Claim(
        relation=Relation.REACHED if aim.met(figure.value) else Relation.MISSED,
        subject=review.indicator(code).code,
        unit=review.unit.code,
        scope=rule.scope,
        start=covered.start,
        end=covered.end,
        values=(figure,),
        target=aim.id,
        reports=covered.reports,
    )
    ends = Reason(N_("It ends with {least} or more."), (("least", write_figure(aim.value)),))
    yield from asked.finding(
        "some", parts, [claim], Evidence(figures=(figure,)), covered.periods, ends
    )
