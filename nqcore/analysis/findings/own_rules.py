"""The library's own rules: a target that no rule speaks of has its verdict, and what has worsened is a
shortcoming, whether a plugin has a rule on it or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from nqcore.analysis.findings.changes import change_over_the_span, recent_change, worsened
from nqcore.analysis.findings.phrases import moment, moves, up_to_now
from nqcore.analysis.findings.review import Review
from nqcore.analysis.findings.rule_types.asked import NO_UNITS, too_few_reports
from nqcore.analysis.findings.rule_types.targets import NO_PATH, NOT_TO_THE_END
from nqcore.analysis.findings.shares import judged_by_their_rate, share_has_kept
from nqcore.analysis.findings.target_claims import (
    GOOD,
    RELATIONS,
    target_claim,
    target_time,
    what_ends_it,
    written_path,
    written_target,
)
from nqcore.analysis.findings.target_verdicts import LEAST_COVERAGE, TargetVerdict
from nqcore.errors import N_, NotAddable
from nqcore.formulas import Reason
from nqcore.model.claims import Claim
from nqcore.model.figures import Figure
from nqcore.model.findings import (
    Evidence,
    FigureRef,
    Finding,
    FindingKind,
    Piece,
    Silence,
    SilentState,
    Text,
)
from nqcore.model.indicators import Direction, Indicator
from nqcore.model.targets import Aim, TargetState
from nqcore.text.numbers import write_figure

OWNER = "nqcore"
WORSENED = "nq.worsened:"
"""The id of the rule on an indicator begins with it."""
TARGET = "nq.target:"
"""The id of the rule on a target begins with it."""
_TARGETS = 800
_LAST = 900
"""They come after the rules of plugins."""


def own_answers(review: Review, answers: Sequence[Finding | Silence]) -> list[Finding | Silence]:
    """What the library itself finds. `answers`: those of the rules of plugins."""
    spoken = {claim.target for one in answers if isinstance(one, Finding) for claim in one.claims}
    return [*_on_targets(review, spoken), *_worsened(review)]


def _on_targets(review: Review, spoken: Collection[str]) -> Iterator[Finding | Silence]:
    """The verdicts on the targets that are not in `spoken`."""
    order = _TARGETS
    for verdict in review.target_verdicts():
        if verdict.target.id in spoken:
            continue
        order += 1
        if verdict.state in RELATIONS:
            yield _target_finding(review, verdict, order)
        else:
            yield _target_silence(review, verdict)


def _target_finding(review: Review, verdict: TargetVerdict, order: int) -> Finding:
    figure, target = verdict.figure, verdict.target
    assert figure is not None
    indicator = review.indicator(figure.indicator)
    measure = "%" if figure.measure == "%" else f" {figure.measure}"
    good, limit = verdict.state in GOOD, target.aim is Aim.AT_MOST
    wanted = f"mục tiêu {written_target(verdict)}{measure} của {target_time(verdict)}"
    path = f"({written_path(verdict)}{measure})"
    words = {
        TargetState.REACHED: f", đạt {wanted}",
        TargetState.MISSED: f", {'vượt quá' if limit else 'chưa đạt'} {wanted}",
        TargetState.AHEAD: f", {_pace(verdict)} lộ trình {path} đến {wanted}",
        TargetState.BEHIND: f", chậm so với lộ trình {path} đến {wanted}",
    }[verdict.state]
    periods = [
        period
        for period in review.periods(figure.indicator)
        if verdict.first_day <= period.start and period.end <= verdict.day
    ]
    time = up_to_now(review, figure.indicator, periods)
    return Finding(
        rule=f"{TARGET}{target.id}",
        owner=OWNER,
        kind=FindingKind.RESULT if good else FindingKind.SHORTCOMING,
        title=indicator.name,
        sentence=(
            Text(f"{indicator.name_in_text} {time} {_how_much(figure, good or limit)} "),
            FigureRef(figure),
            Text(f"{measure}{words}"),
        ),
        evidence=Evidence(figures=(figure,)),
        claims=(target_claim(review, verdict),),
        order=order,
        ends=what_ends_it(verdict),
    )


def _how_much(figure: Figure, good: bool) -> str:
    """The verb of the value: of nothing there is no "mới đạt"."""
    if figure.value == 0:
        return "là"
    return "đạt" if good else "mới đạt"


def _pace(verdict: TargetVerdict) -> str:
    assert verdict.figure is not None
    return "đúng" if verdict.figure.value == verdict.path_printed else "nhanh hơn"


def _target_silence(review: Review, verdict: TargetVerdict) -> Silence:
    target, reports = verdict.target, verdict.reports
    state, why = SilentState.NO_DATA, Reason(NO_PATH)
    if verdict.state is not TargetState.NO_PATH:
        why = Reason(NO_UNITS)
        if reports.covers(LEAST_COVERAGE):
            why = Reason(NOT_TO_THE_END)
        elif reports.due:
            state, why = SilentState.TOO_FEW_REPORTS, too_few_reports(reports, LEAST_COVERAGE)
    return Silence(
        rule=f"{TARGET}{target.id}",
        owner=OWNER,
        kind=FindingKind.SHORTCOMING,
        title=review.indicator(target.indicator).name,
        state=state,
        why=why,
    )


def _worsened(review: Review) -> Iterator[Finding]:
    order, in_rates = _LAST, judged_by_their_rate(review)
    for form in review.forms():
        for code in review.totals.lookup.codes_of(form):
            indicator = review.indicator(code)
            if indicator.direction is Direction.NEUTRAL or code in in_rates:
                continue
            try:
                claims = [
                    one
                    for one in _bad_changes(review, indicator)
                    if not share_has_kept(review, indicator, one[0].values)
                ]
            except NotAddable:
                continue
            if claims:
                order += 1
                yield _finding(review, indicator, claims, order)


def _bad_changes(review: Review, indicator: Indicator) -> Iterator[tuple[Claim, bool]]:
    """The changes of the indicator that are worse by as much as makes a shortcoming: over the span,
    recent."""
    long = change_over_the_span(review, indicator.code)
    recent = recent_change(review, indicator.code)
    if long is not None and worsened(indicator, *long.values):
        yield long, False
    if recent is None or not worsened(indicator, *recent.values):
        return
    if long is None or _first_year(review, recent) != _first_year(review, long):
        yield recent, True


def _first_year(review: Review, claim: Claim) -> int:
    """The year of the first of its two times; a change of a stock begins with the end of one."""
    return review.span_read(claim.subject, claim.values[0].period).end.year


def _finding(
    review: Review, indicator: Indicator, changes: Sequence[tuple[Claim, bool]], order: int
) -> Finding:
    claims = [claim for claim, _ in changes]
    pieces: list[Piece] = [Text(indicator.name_in_text)]
    for nth, (claim, recent) in enumerate(changes):
        then, now = (moment(review, claim.subject, figure.period) for figure in claim.values)
        # A whole year is compared with a year, and a part of one with the same part of the year before.
        whole = now.removeprefix("cuối ").startswith("năm ")
        with_what = then if whole else "cùng kỳ năm trước"
        time = f"{now} so với {with_what}" if recent else f"từ {then} đến {now}"
        pieces += [Text(f"{';' if nth else ''} {time} "), *moves(claim)]
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
        ends=_what_ends_it(indicator, claims),
    )


def _what_ends_it(indicator: Indicator, claims: Sequence[Claim]) -> Reason:
    """How near the value must come to what it was; of several changes up to one value, to the best."""
    now = claims[-1].values[1].value
    former = [claim.values[0] for claim in claims if claim.values[1].value == now]
    best = max if indicator.direction is Direction.UP else min
    was = best((figure for figure in former if figure.value is not None), key=_value)
    value = ("value", write_figure(_value(was), was.decimals))
    if indicator.measure != "%" and indicator.least_change * 100 > indicator.worsening * abs(
        _value(was)
    ):
        floor = ("floor", f"{write_figure(indicator.least_change)} {indicator.measure}")
        return Reason(
            N_("It ends when it is worse than {value} by less than {floor}."), (value, floor)
        )
    details = (value, ("least", write_figure(indicator.worsening)))
    if indicator.measure == "%":
        return Reason(
            N_("It ends when it is worse than {value}% by less than {least} percentage points."),
            details,
        )
    return Reason(N_("It ends when it is worse than {value} by less than {least}%."), details)


def _value(figure: Figure) -> Decimal:
    assert figure.value is not None
    return figure.value
