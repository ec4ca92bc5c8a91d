"""The rule type `grown`: every indicator is better than it was."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.analysis.findings.changes import change_over_the_span
from nqcore.analysis.findings.phrases import moment, moves
from nqcore.analysis.findings.rule_types.asked import Answer, Asked, is_better
from nqcore.analysis.findings.sentence_templates import Part
from nqcore.errors import N_
from nqcore.model.claims import Claim, Relation
from nqcore.model.findings import Evidence, SilentState
from nqcore.model.rules import nth_suffix
from nqcore.text.numbers import write_change, write_figure


def grown(asked: Asked) -> Iterator[Answer]:
    """Every indicator is better (in its direction) in the last year of the span that can be compared than
    in the first: one that has worsened or is unknown does not stand among results; one that has stayed only
    beside others, where the sentence has its {move}.

    Case ``some``: {move} "tăng từ 5 lên 8 người (tăng 3 người, 60%)", of the further indicators {move_2}
    and so on; or the values alone, {first} {last}, {first_2} {last_2}; {then} {now} the two times in
    words, {first_period} {last_period} their years; {change} the difference of the first with its sign.
    """
    rule, review = asked.rule, asked.review
    claims: list[Claim] = []
    for code in rule.indicators:
        claim = change_over_the_span(review, code, rule.scope, rule.coverage)
        if claim is None:
            reports = review.reporting.covered(code, rule.scope, rule.coverage)
            if reports is None or not reports.enough:
                yield asked.too_few_of(code)
            else:
                yield asked.silent(SilentState.NO_DATA, N_("There are no two years to compare."))
            return
        claims.append(claim)
    words = "".join(rule.sentences.values())
    for nth, claim in enumerate(claims):
        # A further indicator may have stayed, where the sentence says so with its word of direction.
        move = f"{{move{nth_suffix(nth)}}}"
        stays = nth and claim.relation is Relation.UNCHANGED and move in words
        if not (stays or is_better(review, claim)):
            before, now = (
                write_figure(f.value, f.decimals) for f in claim.values if f.value is not None
            )
            yield asked.not_so(f"{review.indicator(claim.subject).label}: {before} → {now}")
            return
    chief = claims[0]
    first, last = chief.values
    assert first.value is not None
    assert last.value is not None
    parts: dict[str, Part] = {
        "first_period": str(review.span_read(chief.subject, first.period).end.year),
        "last_period": str(review.span_read(chief.subject, last.period).end.year),
        "then": moment(review, chief.subject, first.period),
        "now": moment(review, chief.subject, last.period),
        "change": write_change(last.value - first.value),
    }
    for nth, claim in enumerate(claims):
        suffix = nth_suffix(nth)
        parts[f"first{suffix}"], parts[f"last{suffix}"] = claim.values
        parts[f"move{suffix}"] = moves(claim)
    covered = review.reporting.covered(chief.subject, rule.scope, rule.coverage)
    assert covered is not None
    evidence = Evidence(
        figures=tuple(figure for claim in claims for figure in claim.values),
        periods=(first.period, last.period),
    )
    yield from asked.finding("some", parts, claims, evidence, covered.periods)
