"""Which rules must speak in a review, and which must not, by the laws alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nqcore.model.claims import Deed, Relation
from tests.review.claims import TARGET, WORSENED, ClaimJudge, scope_of_rule
from tests.review.reckoning import Facts, Scope, Time, is_worse, rounded
from tests.review.values import Rule, Target


class Expected:
    """What must be said in one review: `ids`, the rules with a finding."""

    def __init__(self, facts: Facts, claims: ClaimJudge) -> None:
        self.facts, self.claims = facts, claims
        self.ids = {*self._rules(), *self._worsened(), *self._targets()}

    def _rules(self) -> Iterator[str]:
        for rule in self.facts.world.rules.values():
            known = all(code in self.facts.world.indicators for code in rule.indicators)
            if known and self._speaks(rule):
                yield rule.id

    def _speaks(self, rule: Rule) -> bool:
        scope, least, facts = scope_of_rule(rule), rule.coverage, self.facts
        code = rule.indicators[0] if rule.indicators else ""
        match rule.type:
            case "total":
                ps = facts.cut_off(rule.indicators, scope, least)
                return bool(ps and facts.total(code, ps, scope))
            case "still-zero":
                return bool(self.claims.none_since(code, scope, least)[0]) or self._below(
                    rule, scope
                )
            case "gaps":
                ps = facts.cut_off((code,), scope, least)
                gap = rule.options["gap"]
                assert isinstance(gap, int)
                return bool(ps) and self._some(
                    *self.claims.deeds.idle(code, ps, scope, gap), 1, least
                )
            case "grown":
                return all(self._better(one, scope, least) for one in rule.indicators)
            case "target":
                return any(True for _ in self._verdicts(rule, scope))
        return self._counted(rule, scope)

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
        found = self.claims.deeds.of(what, str(options["field"]), scope, codes, last)
        return self._some(*found, options.get("at_least", 1), rule.coverage)

    def _below(self, rule: Rule, scope: Scope) -> bool:
        """Some, and less than the target wants."""
        code = rule.indicators[0]
        for target, _ in self.claims.aims.holding(code):
            ps = self.claims.aims.time(target, scope, rule.coverage)
            if ps and self.facts.total(code, ps, scope):
                verdict = self.claims.aims.verdict(target, scope, rule.coverage)
                if target.aim == "at_least" and verdict in (Relation.MISSED, Relation.BEHIND):
                    return True
        return False

    def _verdicts(self, rule: Rule, scope: Scope) -> Iterator[tuple[Target, Relation]]:
        """The verdicts that are of the rule's kind."""
        good = {Relation.REACHED, Relation.AHEAD}
        for target, _ in self.claims.aims.holding(rule.indicators[0]):
            verdict = self.claims.aims.verdict(target, scope, rule.coverage)
            if verdict is not None and (verdict in good) is (rule.kind == "result"):
                yield target, verdict

    # -- changes ----------------------------------------------------------------------------------

    def _values(
        self, code: str, times: tuple[list[Time], list[Time]], scope: Scope
    ) -> tuple[Fraction, Fraction] | None:
        one = self.facts.indicator(code)
        found = [self.facts.total(code, time, scope) for time in times]
        if found[0] is None or found[1] is None:
            return None
        return rounded(found[0], one.decimals), rounded(found[1], one.decimals)

    def _better(self, code: str, scope: Scope, least: int) -> bool:
        ps = self.facts.cut_off((code,), scope, least)
        times = self.facts.whole_years(code, ps, scope, least)
        values = self._values(code, times, scope) if times else None
        if values is None:
            return False
        down = self.facts.indicator(code).better == "down"
        return values[1] < values[0] if down else values[1] > values[0]

    def _worsened(self) -> Iterator[str]:
        """Law 11."""
        facts, scope = self.facts, Scope()
        for code, one in facts.world.indicators.items():
            if one.better == "neutral":
                continue
            ps = facts.cut_off((code,), scope, 80)
            for times in (
                facts.whole_years(code, ps, scope, 80),
                facts.recent(code, ps, scope, 80),
            ):
                values = self._values(code, times, scope) if times else None
                if values is not None and is_worse(one, *values):
                    yield WORSENED + code

    def _targets(self) -> Iterator[str]:
        """Law 12, of the targets that no rule names."""
        told = {id for rule in self.facts.world.rules.values() for id in self._told(rule)}
        for target, _ in self.claims.aims.holding():
            scope = self.claims.aims.scope(target)
            if target.id not in told and self.claims.aims.verdict(target, scope, 80):
                yield TARGET + target.id

    def _told(self, rule: Rule) -> Iterator[str]:
        """The targets of which a rule speaks."""
        if rule.type == "target":
            yield from (target.id for target, _ in self._verdicts(rule, scope_of_rule(rule)))
        elif rule.type == "still-zero" and self._speaks(rule):
            yield from (target.id for target, _ in self.claims.aims.holding(rule.indicators[0]))
