"""True findings to make lies from: those of nqcore that the judge lets pass, and hand-made ones of relations
that are rare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from nqcore.model.claims import Claim, Deed, Relation, ReportsOfClaim
from nqcore.model.figures import Coverage, Figure
from nqcore.model.findings import Evidence, Finding, FindingKind
from tests.review.aims import Aims
from tests.review.claims import TARGET, WORSENED, ClaimJudge, change
from tests.review.deeds import Deeds
from tests.review.faults import Fault
from tests.review.judge import Judge
from tests.review.reading import shortest, written
from tests.review.reckoning import Facts, Ledger, Scope, rounded
from tests.review.stage import printed, staged
from tests.review.times import Time
from tests.review.worlds import World

SEEDS = (100, 102, 103, 104, 105, 107, 109)
"""Worlds in which every lie can be told."""


@dataclass(frozen=True)
class Case:
    """A finding of one review and its text."""

    seed: int
    day: date
    unit: str
    span: str
    finding: Finding
    text: str

    @property
    def claim(self) -> Claim:
        return self.finding.claims[0]

    @property
    def world(self) -> World:
        return world(self.seed)

    def faults(self, finding: Finding | None = None, text: str | None = None) -> list[Fault]:
        """What the judge says of it, or of the same finding in other words."""
        pair = (finding or self.finding, self.text if text is None else text)
        return judge(self.seed, self.day).faults(self.unit, self.span, [pair], silent=False)


@cache
def world(seed: int) -> World:
    return World(seed)


@cache
def judge(seed: int, day: date) -> Judge:
    return Judge(world(seed), day)


@cache
def true_cases() -> tuple[Case, ...]:
    """Some hundreds of true findings, of all relations."""
    return tuple(
        case for seed in SEEDS for case in (*_of_nqcore(seed), *_by_hand(seed)) if not case.faults()
    )


def _of_nqcore(seed: int) -> Iterator[Case]:
    with staged(world(seed)) as stage:
        for day in world(seed).days():
            for span in world(seed).spans():
                for unit in ("top", "u0", *_closed(seed)):
                    try:
                        verdict = stage.verdict(unit, span, day)
                    except Exception:  # what cannot be made is a fault of the full run
                        continue
                    for finding in verdict.findings if verdict else ():
                        if finding.claims:
                            yield Case(seed, day, unit, span, finding, printed(finding))


def _closed(seed: int) -> list[str]:
    """A unit that has ended, and one that has not."""
    units = [u for u in world(seed).units.values() if u.code not in ("top", "u0")]
    ended = [u.code for u in units if u.closed]
    return [*ended[:1], *[u.code for u in units if not u.closed][:1]]


def finding_of(rule: str, *claims: Claim) -> Finding:
    """A finding with nothing but its claims."""
    return Finding(
        rule=rule,
        owner="world",
        kind=FindingKind.RESULT,
        title="",
        sentence=(),
        evidence=Evidence(figures=()),
        claims=claims,
    )


def figure(facts: Facts, code: str, ps: list[Time]) -> Figure:
    """The total of the review's unit over the periods."""
    one, value = facts.indicator(code), facts.total(code, ps, Scope())
    assert value is not None
    exact = rounded(value, one.decimals)
    return Figure(
        indicator=code,
        unit=facts.unit,
        period=ps[0].code if len(ps) == 1 else f"{ps[0].code}..{ps[-1].code}",
        value=Decimal(exact.numerator) / Decimal(exact.denominator),
        decimals=one.decimals,
        measure=one.measure,
        coverage=Coverage(due=0, reported=0),
    )


def reports(facts: Facts, code: str, ps: list[Time]) -> ReportsOfClaim:
    """The reports of these periods by their status."""
    count = dict.fromkeys(("accepted", "past", "waiting", "early", "returned"), 0)
    for period in dict.fromkeys(ps):
        for unit in facts.due(code, period, Scope()):
            count[facts.status(facts.indicator(code).form, period, unit)] += 1
    return ReportsOfClaim(due=sum(count.values()), **count)


def _of_field(facts: Facts, deeds: Deeds, ps: list[Time]) -> ReportsOfClaim:
    states = [facts.status("q", p, unit) for p in ps for unit in deeds.asked_in("K1", p, Scope())]
    kinds = ("accepted", "past", "waiting", "early", "returned")
    return ReportsOfClaim(due=len(states), **{kind: states.count(kind) for kind in kinds})


def _by_hand(seed: int) -> Iterator[Case]:
    for day in world(seed).days():
        ledger = Ledger(world(seed), day)
        for span in world(seed).spans():
            for unit in ("top", "u0"):
                facts = Facts(ledger, unit, span)
                if not facts.refused:
                    for found, text in (*_unchanged(facts), *_targets(facts), *_nobody(facts)):
                        yield Case(seed, day, unit, span, found, text)


def _unchanged(facts: Facts) -> Iterator[tuple[Finding, str]]:
    for code in facts.world.indicators:
        ps = facts.cut_off((code,), Scope(), 80)
        pair = facts.whole_years(code, ps, Scope(), 80)
        if not pair or facts.total(code, pair[0], Scope()) is None:
            continue
        if facts.total(code, pair[1], Scope()) is None:
            continue
        values = figure(facts, code, pair[0]), figure(facts, code, pair[1])
        if change(*values) is not Relation.UNCHANGED:
            continue
        claim = Claim(
            relation=Relation.UNCHANGED,
            subject=code,
            unit=facts.unit,
            start=pair[0][0].start,
            end=pair[1][-1].end,
            values=values,
            reports=reports(facts, code, [*pair[0], *pair[1]]),
        )
        shown = written(Fraction(values[0].value or 0), values[0].decimals)
        yield finding_of(WORSENED + code, claim), f"số liệu giữ nguyên {shown}"


def _targets(facts: Facts) -> Iterator[tuple[Finding, str]]:
    aims = Aims(facts)
    for target, aim in aims.holding():
        scope = aims.scope(target)
        verdict = aims.verdict(target, scope, 80)
        if verdict is None or scope != Scope():
            continue
        ps = aims.time(target, scope, 80)
        value, path = figure(facts, target.indicator, ps), aims.path(target, ps[-1].end, scope)
        running = verdict in (Relation.AHEAD, Relation.BEHIND)
        claim = Claim(
            relation=verdict,
            subject=target.indicator,
            unit=facts.unit,
            start=ps[0].start,
            end=ps[-1].end,
            values=(value,),
            target=target.id,
            path=_decimal(path) if running and path is not None else None,
            reports=reports(facts, target.indicator, ps),
        )
        shown = written(Fraction(value.value or 0), value.decimals)
        text = f"mới đạt {shown}, mục tiêu là {shortest(aim)}"
        yield finding_of(TARGET + target.id, claim), text


def _decimal(value: Fraction) -> Decimal:
    exact = rounded(value, 1)
    return Decimal(exact.numerator) / Decimal(exact.denominator) + Decimal("0.0")


def _nobody(facts: Facts) -> Iterator[tuple[Finding, str]]:
    rule, deeds = facts.world.rules["w.helped"], ClaimJudge(facts).deeds
    codes = ("nguoi",)
    ps = deeds.read(Deed.ANSWERED, "K1", Scope(), rule.coverage)
    if not ps:
        return
    did, known, unknown = deeds.of(Deed.ANSWERED, "K1", Scope(), codes, 0, ps)
    if did or len(known) < 2 or len(known) * 100 < rule.coverage * (len(known) + len(unknown)):
        return
    claim = Claim(
        relation=Relation.NONE_DID,
        subject="K1",
        unit=facts.unit,
        start=ps[0].start,
        end=ps[-1].end,
        what=Deed.ANSWERED,
        codes=codes,
        among=tuple(sorted(known)),
        unknown=tuple(sorted(unknown)),
        reports=_of_field(facts, deeds, ps),
    )
    yield finding_of(rule.id, claim), "không đơn vị nào thiếu người"
