"""Which rules must speak in a review, and which must not, by the laws alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nqcore.model.claims import Deed, Relation
from tests.review.claims import TARGET, WORSENED, ClaimJudge, scope_of_rule
from tests.review.clauses import clauses_of
from tests.review.reckoning import Facts, Scope, is_worse, rounded
from tests.review.times import Time
from tests.review.values import Rule, Target


class Expected:
    """What must be said in one review: `ids`, the rules with a finding."""

    def __init__(self, facts: Facts, claims: ClaimJudge) -> None:
        self.facts, self.claims = facts, claims
        self.ids = {*self._rules(), *self._worsened(), *self._targets()}

    def _rules(self) -> Iterator[str]:
        for rule in self._holding():
            known = all(code in self.facts.world.indicators for code in rule.indicators)
            if known and self._speaks(rule):
                yield rule.id

    def _holding(self) -> Iterator[Rule]:
        """Law 18."""
        for rule in self.facts.world.rules.values():
            if rule.since is None or rule.since <= self.facts.span.end:
                yield rule

    def _speaks(self, rule: Rule) -> bool:
        scope, least, facts = scope_of_rule(rule), rule.coverage, self.facts
        code = rule.indicators[0] if rule.indicators else ""
        match rule.type:
            case "total":
                ps = facts.cut_off(rule.indicators, scope, least)
                case = "one" if self.is_alone(rule, ps) else "some"
                return bool(ps) and bool(clauses_of(self.facts, rule, ps, rule.sentences[case])[0])
            case "still-zero":
                return self._none_since(rule, scope) or self._below(rule, scope)
            case "gaps":
                ps = facts.cut_off((code,), scope, least)
                gap = rule.options["gap"]
                assert isinstance(gap, int)
                return bool(ps) and self._some(
                    *self.claims.deeds.idle(code, ps, scope, gap), 1, least
                )
            case "grown":
                return all(self._is_good(rule, nth, scope) for nth in range(len(rule.indicators)))
            case "target":
                return self._verdict(rule) is not None
        return self._counted(rule, scope)

    def is_alone(self, rule: Rule, ps: list[Time]) -> bool:
        """Whether the unit of the review alone owes the reports, and the rule has a sentence for that."""
        scope, code = scope_of_rule(rule), rule.indicators[0]
        owing = {unit for p in ps for unit in self.facts.due(code, p, scope)}
        return "one" in rule.sentences and owing == {self.facts.unit}

    @staticmethod
    def _some(
        did: set[str], known: set[str], unknown: set[str], at_least: object, least: int
    ) -> bool:
        """Whether enough units did it, and of enough it is known."""
        assert isinstance(at_least, int)
        asked = len(known) + len(unknown)
        return len(did) >= at_least and len(known) * 100 >= least * asked

    def _counted(self, rule: Rule, scope: Scope) -> bool:
        options, codes, last = (
            rule.options,
            rule.options.get("codes", ()),
            rule.options.get("last", 0),
        )
        assert isinstance(codes, tuple)
        assert isinstance(last, int)
        what = {
            "same-complaint": Deed.ANSWERED_ONCE,
            "answers": Deed.ANSWERED,
            "days": Deed.DATED,
            "plans": Deed.ENTERED if rule.kind == "result" else Deed.LACKS,
        }[rule.type]
        deeds, field = self.claims.deeds, str(options["field"])
        ps = deeds.read(what, field, scope, rule.coverage)
        if not ps:
            return False
        found = deeds.of(what, field, scope, codes, last, ps)
        did, known, unknown = found
        if "none" in rule.sentences and known and not did and not unknown:
            return what is not Deed.LACKS
        return self._some(*found, options.get("at_least", 1), rule.coverage)

    def _verdict(self, rule: Rule) -> Target | None:
        """The target of which a rule speaks, where the verdict is of the rule's kind."""
        good = {Relation.REACHED, Relation.AHEAD}
        target, scope = self.claims.aims.speaking(rule.indicators[0]), scope_of_rule(rule)
        verdict = self.claims.aims.verdict(target, scope, rule.coverage) if target else None
        return target if verdict and (verdict in good) is (rule.kind == "result") else None

    def _none_since(self, rule: Rule, scope: Scope) -> bool:
        return bool(self.claims.none_since(rule.indicators[0], scope, rule.coverage)[0])

    def _below(self, rule: Rule, scope: Scope) -> bool:
        """Law 5; where it tells how many have some, of at least two units (law 15)."""
        code = rule.indicators[0]
        ps = self.claims.below(code, rule.coverage, scope)
        units = {
            unit
            for p in ps
            for unit in self.facts.due(code, p, scope)
            if self.facts.reported(code, p, unit)
        }
        return len(units) > ("{having}" in rule.sentences["below"])

    # -- changes ----------------------------------------------------------------------------------

    def _values(
        self, code: str, times: tuple[list[Time], list[Time]], scope: Scope
    ) -> tuple[Fraction, Fraction] | None:
        one = self.facts.indicator(code)
        found = [self.facts.total(code, time, scope) for time in times]
        if found[0] is None or found[1] is None:
            return None
        return rounded(found[0], one.decimals), rounded(found[1], one.decimals)

    def _is_good(self, rule: Rule, nth: int, scope: Scope) -> bool:
        """Whether it is better; or, of a further one whose change is told, at least not another value."""
        code, told = rule.indicators[nth], f"{{move_{nth + 1}}}" in rule.sentences["some"]
        way = self.way(code, scope, rule.coverage)
        return way == 1 or (way == 0 and nth > 0 and told)

    def way(self, code: str, scope: Scope, least: int) -> int | None:
        """1: better over the whole years, -1: worse, 0: the same; None: not known."""
        ps = self.facts.cut_off((code,), scope, least)
        times = self.facts.whole_years(code, ps, scope, least)
        values = self._values(code, times, scope) if times else None
        if values is None:
            return None
        way = (values[1] > values[0]) - (values[1] < values[0])
        return -way if self.facts.indicator(code).better == "down" else way

    def _worsened(self) -> Iterator[str]:
        """Law 11."""
        facts, scope = self.facts, Scope()
        for code, one in facts.world.indicators.items():
            if (
                one.better == "neutral"
                or facts.rate_over(code)
                or not facts.world.forms[one.form].own
            ):
                continue
            ps = facts.cut_off((code,), scope, 80)
            long, recent = (
                facts.whole_years(code, ps, scope, 80),
                facts.recent(code, ps, scope, 80),
            )
            if long and recent and long[0][-1].end.year == recent[0][-1].end.year:
                recent = None  # law 8: the change over the span alone is said
            for times in (long, recent):
                values = self._values(code, times, scope) if times else None
                if values is not None and is_worse(one, *values):
                    yield WORSENED + code

    def _targets(self) -> Iterator[str]:
        """Law 13."""
        told = {id for rule in self._holding() for id in self._told(rule)}
        for target, _ in self.claims.aims.holding():
            scope = self.claims.aims.scope(target)
            if target.id not in told and self.claims.aims.verdict(target, scope, 80):
                yield TARGET + target.id

    def _told(self, rule: Rule) -> Iterator[str]:
        """The targets of which a claim of the rule speaks (law 13)."""
        code = rule.indicators[0] if rule.indicators else ""
        if code not in self.facts.world.indicators:
            return
        target = None
        if rule.type == "target":
            target = self._verdict(rule)
        elif rule.type == "still-zero" and self._speaks(rule):
            none = self._none_since(rule, scope_of_rule(rule))
            target = (self.claims.aims.of_none if none else self.claims.aims.inside)(code)
        if target is not None:
            yield target.id
