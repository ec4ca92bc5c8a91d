"""Whether a claim is true: each part of it is reckoned again from the accepted reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from nqcore.model.claims import CHANGES, Claim, Deed, Relation
from nqcore.model.figures import Figure
from nqcore.model.units import Scope as ModelScope
from tests.review.aims import Aims
from tests.review.deeds import Deeds
from tests.review.faults import Fault
from tests.review.reckoning import Facts, Scope, rounded
from tests.review.times import Time, read_span
from tests.review.values import Rule

WORSENED, TARGET = "nq.worsened:", "nq.target:"


def scope_of(given: ModelScope) -> Scope:
    """The same units for the judge. Sectors: a world's rule names at most one."""
    return Scope(
        kinds=tuple(sorted(kind.value for kind in given.kinds)),
        sector=next((sector.value for sector in given.sectors), ""),
        only=frozenset(given.units) if given.units else None,
        within=given.within or "",
    )


def scope_of_rule(rule: Rule | None) -> Scope:
    if rule is None:
        return Scope()
    return Scope(kinds=tuple(sorted(rule.kinds)), sector=rule.sector, within=rule.within)


class ClaimJudge:
    """Rules on the claims of one review."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.deeds = Deeds(facts)
        self.aims = Aims(facts)

    def faults(self, id: str, claim: Claim, *, judged: bool = False) -> Iterator[Fault]:
        """Everything that is not true of the claim of the finding of rule `id`. `judged`: it carries or
        contradicts the rule's words of judgement."""
        rule = self.facts.world.rules.get(id)
        if claim.unit != self.facts.unit:
            yield Fault("false", id, f"it speaks of {claim.unit}, the review of {self.facts.unit}")
            return
        if claim.subject not in self.facts.world.indicators:
            yield from self._subject_is_field(id, claim, rule)
            return
        if id.startswith(WORSENED) and (rate := self.facts.rate_over(claim.subject)):
            yield Fault("false", id, f"{claim.subject} is a part of what {rate} judges")
        for figure in (*claim.values, *claim.like_for_like):
            yield from self._figure(id, claim, figure)
        if judged and rule is not None and claim.subject in (rule.judged_by or rule.indicators):
            pass
        elif rule is not None and claim.subject not in rule.indicators:
            yield Fault("false", id, f"the rule does not name {claim.subject}")
        least = rule.coverage if rule else 80
        checks: dict[Relation, Callable[[str, Claim, int, Scope], Iterator[Fault]]] = {
            Relation.IS: self._is,
            Relation.NONE_SINCE: self._none_since,
            Relation.SOME_DID: self._idle,
            Relation.NONE_DID: self._idle,
            **dict.fromkeys(CHANGES, self._change),
        }
        check = checks.get(claim.relation)
        scope = scope_of(claim.scope)
        if check is None:
            yield from self.aims.faults(id, claim, least, scope)
            target = self.facts.world.targets.get(claim.target)
            ps = self.aims.time(target, scope, least) if target else []
            if ps:
                yield from self._reports(id, claim, [ps])
            return
        if scope != scope_of_rule(rule):
            yield Fault("false", id, f"its scope is {claim.scope.text}, not that of the rule")
        if rule is not None and rule.type == "still-zero":
            yield from self._of_none(id, claim, least, scope)
            return
        yield from check(id, claim, least, scope)

    # -- figures ----------------------------------------------------------------------------------

    def periods_of(self, figure: Figure) -> list[Time]:
        """The periods of which the figure speaks."""
        form = self.facts.indicator(figure.indicator).form
        return self.facts.counting(form, read_span(figure.period))

    def _figure(self, id: str, claim: Claim, figure: Figure) -> Iterator[Fault]:
        if figure.indicator != claim.subject or figure.unit != claim.unit:
            yield Fault(
                "false", id, f"the figure {figure.id} is not of the claim's subject and unit"
            )
            return
        ps = self.periods_of(figure)
        inside = self.facts.counting(self.facts.indicator(figure.indicator).form)
        if not set(ps) <= set(inside):
            yield Fault("outside", id, f"the figure {figure.id} is not within the span")
        one = self.facts.indicator(figure.indicator)
        value = self.facts.total(figure.indicator, ps, scope_of(figure.scope), figure.unit)
        if value is None or figure.value is None:
            yield Fault("false", id, f"the figure {figure.id} has no value: {value} {figure.value}")
        elif rounded(value, one.decimals) != Fraction(figure.value):
            yield Fault("false", id, f"{figure.id} is {figure.value}, and should be {float(value)}")
        if ps and not (claim.start <= ps[0].start and ps[-1].end <= claim.end):
            yield Fault("false", id, f"{figure.id} is not of the time {claim.start}..{claim.end}")

    def _covers(self, id: str, claim: Claim, times: Sequence[Sequence[Time]]) -> Iterator[Fault]:
        """The time is that of the periods; the reports are those of them."""
        first, last = times[0][0].start, times[-1][-1].end
        if (claim.start, claim.end) != (first, last):
            got = f"{claim.start}..{claim.end}"
            yield Fault(
                "false", id, f"{claim.subject}: it covers {got}, and should {first}..{last}"
            )
        yield from self._reports(id, claim, times)

    def _reports(self, id: str, claim: Claim, times: Sequence[Sequence[Time]]) -> Iterator[Fault]:
        """The reports are those of the periods; of a stock also: of the last period alone."""
        scope, form = scope_of(claim.scope), self.facts.indicator(claim.subject).form
        ps = dict.fromkeys(p for time in times for p in time)
        pairs = [(p, u) for p in ps for u in self.facts.due(claim.subject, p, scope)]
        yield from self._same_reports(id, claim, form, pairs)

    def _same_reports(
        self, id: str, claim: Claim, form: str, pairs: Sequence[tuple[Time, str]]
    ) -> Iterator[Fault]:
        said = claim.reports
        got = (said.due, said.accepted, said.past, said.waiting, said.early, said.returned)
        states = [self.facts.status(form, *pair) for pair in pairs]
        want = (
            len(states),
            *(states.count(s) for s in ("accepted", "past", "waiting", "early", "returned")),
        )
        if got != want:
            yield Fault(
                "false", id, f"{claim.subject}: its reports are {got}, and should be {want}"
            )

    # -- relations --------------------------------------------------------------------------------

    def _is(self, id: str, claim: Claim, least: int, scope: Scope) -> Iterator[Fault]:
        ps = self.facts.cut_off((claim.subject,), scope, least)
        if not ps:
            yield Fault("false", id, f"{claim.subject}: too few reports to say it")
            return
        yield from self._covers(id, claim, [ps])
        if len(claim.values) != 1 or self.periods_of(claim.values[0]) != ps:
            yield Fault(
                "false", id, f"{claim.subject}: its figure is not of the time up to the cut-off"
            )

    def _none_since(self, id: str, claim: Claim, least: int, scope: Scope) -> Iterator[Fault]:
        ps, why = self.none_since(claim.subject, scope, least)
        if not ps:
            yield Fault("false", id, f"{claim.subject}: {why}")
            return
        yield from self._covers(id, claim, [ps])
        have = {u for p in ps for u in self.facts.due(claim.subject, p, scope)}
        with_reports = {
            u for u in have for p in ps
            if u in self.facts.due(claim.subject, p, scope) and self.facts.reported(claim.subject, p, u)
        }  # fmt: skip
        if set(claim.among) != with_reports:
            want = sorted(with_reports)
            yield Fault(
                "false", id, f"{claim.subject}: among is {claim.among}, and should be {want}"
            )
        if [v.value for v in claim.values] not in ([], [Decimal(0)]):
            yield Fault("false", id, f"{claim.subject}: the value of nothing is 0")

    def _of_none(self, id: str, claim: Claim, least: int, scope: Scope) -> Iterator[Fault]:
        """Law 5, with the target of which it speaks."""
        none = claim.relation is Relation.NONE_SINCE
        target = (self.aims.of_none if none else self.aims.inside)(claim.subject)
        if claim.target != (target.id if target else ""):
            yield Fault("false", id, f"{claim.target} is not the target of which it speaks")
        if claim.relation is Relation.NONE_SINCE:
            yield from self._none_since(id, claim, least, scope)
            return
        ps = self.below(claim.subject, least, scope)
        if claim.relation is not Relation.IS or not ps:
            yield Fault("false", id, f"{claim.subject}: it is not above 0 and below a target")
            return
        yield from self._covers(id, claim, [ps])
        if len(claim.values) != 1 or self.periods_of(claim.values[0]) != ps:
            yield Fault("false", id, f"{claim.subject}: its figure is not of the time of the claim")

    def below(self, code: str, least: int, scope: Scope) -> list[Time]:
        """Law 5: the periods of which it may be said that there are some, and fewer than the target wants."""
        facts, target = self.facts, self.aims.inside(code)
        form, label = facts.indicator(code).form, code.removeprefix("w.")
        every = facts.counting(form)
        some = [
            nth
            for nth, p in enumerate(every)
            if any(facts.value(label, form, p, unit) for unit in facts.due(code, p, scope))
        ]
        if not some or target is None or target.aim != "at_least":
            return []
        ps = every[: max(some[-1] + 1, len(facts.covered((code,), scope, least)))]
        value = facts.total(code, ps, scope)
        short = value is not None and 0 < value < self.aims.value(target)
        return ps if short and facts.enough(code, ps, scope, least) else []

    def none_since(self, code: str, scope: Scope, least: int) -> tuple[list[Time], str]:
        """Law 5: the periods of which it may be said; none of them, and why not."""
        facts, form = self.facts, self.facts.indicator(code).form
        every = facts.counting(form)
        ps = facts.told(every, 100)
        while ps and not facts.enough(code, ps[-1:], scope, 100):
            ps.pop()
        if not ps:
            return [], "no period has every report"
        if not facts.enough(code, ps, scope, least):
            return [], "too few reports up to the cut-off"
        for period in every[len(ps) :]:
            for unit in facts.due(code, period, scope):
                missing = facts.status(form, period, unit) in ("past", "returned")
                if missing and not facts.is_early(period):
                    return [], f"{unit} owes {period.code}, and it is past due"
        for period in every:
            for unit in facts.due(code, period, scope):
                if facts.value(code.removeprefix("w."), form, period, unit):
                    return [], f"{unit} has some in {period.code}"
        return ps, ""

    def _change(self, id: str, claim: Claim, least: int, scope: Scope) -> Iterator[Fault]:
        facts, code = self.facts, claim.subject
        if len(claim.values) != 2 or any(v.value is None for v in claim.values):
            yield Fault("false", id, f"{code}: a change has two values")
            return
        if claim.relation is not change(claim.values[0], claim.values[1]):
            yield Fault("false", id, f"{code}: {claim.relation.value} is not what the values show")
        said = tuple(self.periods_of(v) for v in claim.values)
        ps = facts.cut_off((code,), scope, least)
        pairs = [facts.whole_years(code, ps, scope, least), facts.recent(code, ps, scope, least)]
        known = [pair for pair in pairs if pair is not None]
        if not any(self._same_times(code, said, pair) for pair in known):
            shown = [v.period for v in claim.values]
            want = [(a[0].code, a[-1].code, b[0].code, b[-1].code) for a, b in known]
            yield Fault("false", id, f"{code}: it compares {shown}, the laws {want}")
            return
        before, now = said
        yield from self._covers(id, claim, [before, now])
        sides = facts.same_units(code, before, now, scope)
        same = sides[0] & sides[1]
        if all(self._has_a_value(code, ps, same) for ps in (before, now)):
            yield from self._alike(id, claim, *sides)
        elif claim.like_for_like:
            yield Fault("false", id, f"{code}: over the same units it has no value")

    def _has_a_value(self, code: str, ps: Sequence[Time], units: Iterable[str]) -> bool:
        """Whether a ratio over those units is not one of nothing."""
        one = self.facts.indicator(code)
        if one.over is None:
            return True
        under = self.facts.indicator(one.over[1])
        label = under.code.removeprefix("w.")
        found = [[self.facts.value(label, under.form, p, u) for p in ps] for u in units]
        several = [[value for value in each if value is not None] for each in found]
        if under.kind == "flow":
            return any(map(any, several))
        return any(each[-1] for each in several if each)

    def _same_times(
        self, code: str, said: tuple[list[Time], list[Time]], law: tuple[list[Time], list[Time]]
    ) -> bool:
        if self.facts.is_stock(code):  # a stock is that of the last period
            return all(a[-1:] == b[-1:] for a, b in zip(said, law, strict=True))
        return said == law

    def _alike(
        self, id: str, claim: Claim, before: frozenset[str], now: frozenset[str]
    ) -> Iterator[Fault]:
        """Law 10."""
        same = before & now
        if before == now or not same:
            if claim.like_for_like:
                yield Fault("false", id, f"{claim.subject}: the units do not differ")
            return
        if len(claim.like_for_like) != 2:
            why = f"the units differ ({sorted(before ^ now)})"
            yield Fault(
                "unsaid", id, f"{claim.subject}: {why}, and the same units are not compared"
            )
            return
        for figure, beside in zip(claim.like_for_like, claim.values, strict=True):
            if frozenset(figure.scope.units) != same or figure.period != beside.period:
                units = sorted(figure.scope.units)
                yield Fault("false", id, f"{claim.subject}: same units {units}, not {sorted(same)}")

    # -- units ------------------------------------------------------------------------------------

    def _idle(self, id: str, claim: Claim, least: int, scope: Scope) -> Iterator[Fault]:
        if claim.what is not Deed.IDLE:
            yield Fault("false", id, f"{claim.what} is nothing that an indicator has")
            return
        ps = self.facts.cut_off((claim.subject,), scope, least)
        if not ps:
            yield Fault("false", id, f"{claim.subject}: too few reports to say it")
            return
        yield from self._covers(id, claim, [ps])
        yield from self._units(
            id, claim, self.deeds.idle(claim.subject, ps, scope, claim.least), least
        )

    def _subject_is_field(self, id: str, claim: Claim, rule: Rule | None) -> Iterator[Fault]:
        if rule is None or rule.options.get("field") != claim.subject or claim.what is None:
            yield Fault("false", id, f"{claim.subject} is not what the rule asks")
            return
        if scope_of(claim.scope) != scope_of_rule(rule):
            yield Fault("false", id, f"its scope is {claim.scope.text}, not that of the rule")
        deeds, of_rule = self.deeds, scope_of_rule(rule)
        ps = deeds.read(claim.what, claim.subject, of_rule, rule.coverage)
        if not ps:
            yield Fault("false", id, f"{claim.subject}: too few reports to say it")
            return
        found = deeds.of(claim.what, claim.subject, of_rule, claim.codes, claim.least, ps)
        if claim.codes != rule.options.get("codes", ()):
            yield Fault("false", id, f"its codes are {claim.codes}")
        form = deeds.form(claim.subject)
        if claim.start < ps[0].start or claim.end != ps[-1].end:
            why = f"it covers {claim.start}..{claim.end}, and its reports end on {ps[-1].end}"
            yield Fault("outside", id, why)
        yield from self._units(id, claim, found, rule.coverage)
        recent = deeds.recent(claim.subject, of_rule, claim.least, ps)
        once = claim.what is Deed.ANSWERED_ONCE and claim.least > 0
        if once and recent and claim.start != recent[0].start:
            yield Fault("false", id, f"it begins on {claim.start}, not {recent[0].start}")
        pairs = [
            (p, unit)
            for p in ps
            for unit in self.deeds.asked_in(claim.subject, p, scope_of_rule(rule))
        ]
        within = [(p, u) for p, u in pairs if claim.start <= p.start and p.end <= claim.end]
        yield from self._same_reports(id, claim, form, within)

    def _units(
        self, id: str, claim: Claim, found: tuple[set[str], set[str], set[str]], least: int
    ) -> Iterator[Fault]:
        """`found`: those who did, those of whom it is known, those of whom it is not."""
        did, known, unknown = found
        for unit in sorted(set(claim.units) - did):
            yield Fault("named", id, f"{unit}: its own reports do not say {claim.what}")
        for name, said, want in (
            ("units", claim.units, did),
            ("among", claim.among, known),
            ("unknown", claim.unknown, unknown),
        ):
            if set(said) != want:
                yield Fault(
                    "false", id, f"{claim.what} {name}: {said}, and should be {sorted(want)}"
                )
        if len(known) * 100 < least * (len(known) + len(unknown)) or not known:
            yield Fault("false", id, f"{claim.what}: too few units are known ({len(known)})")
        if claim.relation is Relation.NONE_DID and unknown:
            yield Fault(
                "false", id, f"none did {claim.what}, but of {sorted(unknown)} nothing is known"
            )
        if (claim.relation is Relation.SOME_DID) is not bool(did):
            yield Fault("false", id, f"{claim.relation.value}, but {sorted(did)} did {claim.what}")


def change(before: Figure, now: Figure) -> Relation:
    """Law 9: the direction of the values as they are printed."""
    assert before.value is not None
    assert now.value is not None
    if before.value == now.value:
        return Relation.UNCHANGED
    return Relation.ROSE if before.value < now.value else Relation.FELL
