"""The rule type `total`: how much there was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nqcore.analysis.findings.reporting import Covered
from nqcore.analysis.findings.rule_types.asked import Answer, Asked, codes, years
from nqcore.analysis.findings.sentence_templates import Part, standing
from nqcore.model.claims import Claim, Relation
from nqcore.model.findings import Evidence, UnitCount
from nqcore.model.indicators import row_label


def total(asked: Asked) -> Iterator[Answer]:
    """`indicators[0]` up to the cut-off is more than 0; of a sentence with clauses in square brackets, the
    first indicator of one of them is. A clause of nothing is left out, and "; " is put between those that
    stand: "{over} [đã thăm {E1} lượt người][hỗ trợ {E2} triệu đồng]".

    Case ``some``: each indicator's total by its label ({A1}, {A2}), {since} {until}, {units}.
    """
    rule, review = asked.rule, asked.review
    code = rule.indicators[0]
    covered = asked.covered(code)
    if covered is None or not covered.enough:
        yield asked.too_few_of(code)
        return
    times = {one: _time_of(asked, one, covered) for one in rule.indicators}
    for time in times.values():
        if time is None or (time.reports.due and not time.enough):
            yield asked.too_few(time.reports if time else None)
            return
    figures = [
        review.figure_over(one, rule.scope, time.code) for one, time in times.items() if time
    ]
    above = {row_label(figure.indicator) for figure in figures if figure.value}
    labels = [*map(row_label, rule.indicators)]
    told = {case: standing(template, labels, above) for case, template in rule.sentences.items()}
    sentences = {case: one.template for case, one in told.items() if one is not None}
    if not sentences:
        yield asked.not_so("0" if figures[0].value is not None else "–")
        return
    left_out = {label for one in told.values() if one is not None for label in one.left_out}
    parts: dict[str, Part] = {
        "units": UnitCount(codes(asked.owing_units(code, covered.periods))),
        **years(covered.periods),
    }
    claims = []
    for (one, time), figure in zip(times.items(), figures, strict=True):
        parts[row_label(one)] = figure
        if figure.value is not None and time is not None and row_label(one) not in left_out:
            claims.append(
                Claim(
                    relation=Relation.IS,
                    subject=review.indicator(one).code,
                    unit=review.unit.code,
                    scope=rule.scope,
                    start=time.start,
                    end=time.end,
                    values=(figure,),
                    reports=time.reports,
                )
            )
    evidence = Evidence(figures=tuple(figures))
    asked = replace(asked, rule=replace(rule, sentences=sentences))
    yield from asked.finding("some", parts, claims, evidence, covered.periods)


def _time_of(asked: Asked, indicator: str, covered: Covered) -> Covered | None:
    """What is covered of a further indicator: the same periods, or those of another form."""
    review, rule = asked.review, asked.rule
    if review.form_of(indicator) is not review.form_of(rule.indicators[0]):
        return asked.covered(indicator)
    return review.reporting.over(indicator, rule.scope, rule.coverage, covered.periods)
