"""The library's own rules: what has worsened is a shortcoming, whether a plugin has a rule on it or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nqcore.analysis.findings.changes import change_over_the_span, recent_change, worsened
from nqcore.analysis.findings.phrases import moment, moves
from nqcore.analysis.findings.review import Review
from nqcore.errors import N_, NotAddable
from nqcore.formulas import Reason
from nqcore.model.claims import Claim
from nqcore.model.findings import Evidence, Finding, FindingKind, Piece, Silence, Text
from nqcore.model.indicators import Direction, Indicator

OWNER = "nqcore"
WORSENED = "nq.worsened:"
"""The id of the rule on an indicator begins with it."""
_LAST = 900
"""They come after the rules of plugins."""


def own_answers(review: Review, answers: Sequence[Finding | Silence]) -> list[Finding | Silence]:
    """What the library itself finds. `answers`: those of the rules of plugins."""
    return [*_worsened(review)]


def _worsened(review: Review) -> Iterator[Finding]:
    order = _LAST
    for form in review.forms():
        for code in review.totals.lookup.codes_of(form):
            indicator = review.indicator(code)
            if indicator.direction is Direction.NEUTRAL:
                continue
            try:
                claims = [*_bad_changes(review, indicator)]
            except NotAddable:
                continue
            if claims:
                order += 1
                yield _finding(review, indicator, claims, order)


def _bad_changes(review: Review, indicator: Indicator) -> Iterator[Claim]:
    """The changes of the indicator that are worse by as much as makes a shortcoming."""
    for claim in (
        change_over_the_span(review, indicator.code),
        recent_change(review, indicator.code),
    ):
        if claim is not None and worsened(indicator, *claim.values):
            yield claim


def _subject(indicator: Indicator) -> str:
    name = indicator.name.removeprefix("Trong đó: ")
    return f"{name[:1].lower()}{name[1:]}"


def _is_long(claim: Claim) -> bool:
    """Whether more than two years lie between the first and the last day."""
    return claim.end.year - claim.start.year > 1 or (claim.end - claim.start).days > 600


def _finding(review: Review, indicator: Indicator, claims: Sequence[Claim], order: int) -> Finding:
    pieces: list[Piece] = [Text(_subject(indicator))]
    for nth, claim in enumerate(claims):
        then, now = (moment(review, claim.subject, figure.period) for figure in claim.values)
        time = f"từ {then} đến {now}" if _is_long(claim) else f"{now} so với cùng kỳ năm trước"
        pieces += [Text(f"{';' if nth else ''} {time} "), *moves(claim)]
    first = claims[-1].values[0]
    return Finding(
        rule=f"{WORSENED}{indicator.code}",
        owner=OWNER,
        kind=FindingKind.SHORTCOMING,
        title=indicator.name,
        sentence=tuple(pieces),
        evidence=Evidence(
            figures=tuple(figure for claim in claims for figure in claim.values),
            periods=tuple(dict.fromkeys(f.period for claim in claims for f in claim.values)),
        ),
        claims=tuple(claims),
        order=order,
        ends=Reason(
            N_("It ends when the value is as good as it was ({value})."),
            (("value", str(first.value)),),
        ),
    )
