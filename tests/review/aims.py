"""Targets: which ones hold for the unit of a review, and whether they are reached (law 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from nqcore.model.claims import Claim, Relation
from tests.review.faults import Fault
from tests.review.held import held, overlay_of
from tests.review.reckoning import Facts, Scope, rounded
from tests.review.times import Time, read_span
from tests.review.values import Target, last_day


class Aims:
    """The targets of one review."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    # -- which hold -------------------------------------------------------------------------------

    def held(self) -> list[Target]:
        """The targets that the unit has, whenever their time is."""
        return held(self.facts.world, self.facts.unit, self.facts.end)

    def holding(self, indicator: str | None = None) -> list[tuple[Target, Fraction]]:
        """The targets of the review with the value that holds for its unit at its end."""
        found = []
        for target in self.held():
            time, span = read_span(target.period), self.facts.span
            if indicator not in (None, target.indicator):
                continue
            if time.start <= span.end and span.start <= time.end:
                found.append((target, self.value(target)))
        return found

    def value(self, target: Target) -> Fraction:
        """With the overlay, if it is in force at the end of the review, or of the target's own time."""
        over = overlay_of(self.facts.world, self.facts.unit, self.facts.end, target)
        return Fraction(target.value if over is None else over.value)

    def scope(self, target: Target) -> Scope:
        """The units whose reports make up the figure: of the whole, those kinds that it asks."""
        top = self.facts.unit == (target.within or "top")
        return Scope(kinds=tuple(sorted(target.kinds))) if top else Scope()

    def chief(self, targets: Iterable[Target]) -> Target | None:
        """The one that asks for most."""

        def asks(target: Target) -> tuple[Fraction, str]:
            value = self.value(target)
            return (value if target.aim == "at_least" else -value, target.id)

        return max(targets, key=asks, default=None)

    def speaking(self, indicator: str) -> Target | None:
        """The target of which a rule on the indicator speaks: of those whose time has begun, and which may be
        judged in the span (law 12), the one that asks for most."""
        span, stock = self.facts.span, self.facts.is_stock(indicator)
        times = [(target, read_span(target.period)) for target, _ in self.holding(indicator)]
        return self.chief(
            target
            for target, time in times
            if time.start <= self.facts.end and (stock or time.start >= span.start)
        )

    def inside(self, indicator: str) -> Target | None:
        """The target that a rule on none has: of those whose time lies in the span, the one that asks for
        most."""
        span = self.facts.span
        times = [(target, read_span(target.period)) for target, _ in self.holding(indicator)]
        return self.chief(
            target for target, time in times if span.start <= time.start and time.end <= span.end
        )

    def of_none(self, indicator: str) -> Target | None:
        """The target of which "none so far" speaks: one whose time lies in the span, or else one whose time
        has begun and overlaps it, of a flow over more than a year one that begins in it (law 5)."""
        span, stock = self.facts.span, self.facts.is_stock(indicator)
        times = [(target, read_span(target.period)) for target, _ in self.holding(indicator)]
        return self.inside(indicator) or self.chief(
            target
            for target, time in times
            if time.start <= self.facts.end
            and (stock or time.start >= span.start or (time.end - time.start).days <= 366)
        )

    # -- the verdict ------------------------------------------------------------------------------

    def time(self, target: Target, scope: Scope, least: int) -> list[Time]:
        """The periods of the target's own time in the span, up to the cut-off."""
        time, span = read_span(target.period), self.facts.span
        if not self.facts.is_stock(target.indicator) and span.start > time.start:
            return []  # of what happened before the span nothing may be said
        both = Time("", max(time.start, span.start), min(time.end, span.end))
        ps = self.facts.cut_off((target.indicator,), scope, least, both)
        every = self.facts.counting(self.facts.indicator(target.indicator).form, both)
        # When its time is over, it is judged on the whole of it, or not at all.
        return [] if self.is_over(target) and ps != every else ps

    def path(self, target: Target, on: date, scope: Scope) -> Fraction | None:
        """The value on the path on that day; None: there is no path. What adds up begins at 0 on the day
        before; all else with the value of the time before, on the last day of that. Then it goes straight
        from one declared day to the next, and to the target's last day."""
        time, one = read_span(target.period), self.facts.indicator(target.indicator)
        known: dict[date, Fraction] = {time.start - timedelta(days=1): Fraction(0)}
        if one.kind != "flow":
            before = self._before(target)
            ps = self.facts.counting(one.form, before, before_directive=True)
            value = self.facts.total(target.indicator, ps, scope) if ps else None
            known = {} if value is None else {before.end: rounded(value, one.decimals)}
        if self.value(target) == target.value:  # an overlay leads elsewhere
            known |= {day: Fraction(value) for day, value in target.path}
        known[time.end] = self.value(target)
        if on in known:
            return known[on]
        earlier = [day for day in known if day < on]
        if not earlier:
            return None
        left, right = max(earlier), min(day for day in known if day > on)
        rise = known[right] - known[left]
        return known[left] + rise * (on - left).days / (right - left).days

    def _before(self, target: Target) -> Time:
        """The period of the same kind that ended last before the target's time; of a span of a year or more
        the year before, of a shorter one a period of the form."""
        time, code = read_span(target.period), target.period
        one = self.facts.indicator(target.indicator)
        months = {"H": 6, "Q": 3, "9": 9}.get(code[5:6], 12)
        if ".." in code:
            whole = (time.end - time.start).days >= 364
            months = 12 if whole else self.facts.world.forms[one.form].months
        if months == 9:
            return read_span(f"{time.start.year - 1}-9M")
        before = time.start - timedelta(days=1)
        last = before.month // months * months  # the last month of a period that had ended by then
        if last == 0:
            return Time("", date(before.year - 1, 13 - months, 1), date(before.year - 1, 12, 31))
        return Time("", date(before.year, last - months + 1, 1), last_day(before.year, last))

    @staticmethod
    def _keeps(target: Target, value: Fraction, aim: Fraction) -> bool:
        return value >= aim if target.aim == "at_least" else value <= aim

    def is_over(self, target: Target) -> bool:
        return read_span(target.period).end <= self.facts.end

    def verdict(self, target: Target, scope: Scope, least: int) -> Relation | None:
        """None: too few reports, or no path. While the time runs, a limit of what adds up is not yet kept."""
        ps, one = self.time(target, scope, least), self.facts.indicator(target.indicator)
        value = self.facts.total(target.indicator, ps, scope) if ps else None
        if value is None:
            return None
        value = rounded(value, one.decimals)
        met = self._keeps(target, value, self.value(target))
        if self.is_over(target):
            return Relation.REACHED if met else Relation.MISSED
        if met and not (target.aim == "at_most" and one.kind == "flow"):
            return Relation.REACHED
        path = self.path(target, ps[-1].end, scope)
        if path is None:
            return None
        good = self._keeps(target, value, rounded(path, one.decimals))  # as it is printed
        return Relation.AHEAD if good else Relation.BEHIND

    def faults(self, id: str, claim: Claim, least: int, scope: Scope) -> Iterator[Fault]:
        """What is not true of a claim on a target."""
        target = self.facts.world.targets.get(claim.target)
        if target is None or target not in [held for held, _ in self.holding(claim.subject)]:
            yield Fault("false", id, f"the target {claim.target} does not hold here")
            return
        ps = self.time(target, scope, least)
        if not ps:
            yield Fault("false", id, f"{claim.target}: too few reports to judge it")
            return
        if (claim.start, claim.end) != (ps[0].start, ps[-1].end):
            got = f"{claim.start}..{claim.end}"
            want = f"{ps[0].start}..{ps[-1].end}"
            yield Fault("false", id, f"{claim.target}: it covers {got}, and should {want}")
        elif len(claim.values) != 1 or claim.values[0].value is None:
            yield Fault("false", id, f"{claim.target}: a verdict has one value")
        else:
            got_value = Fraction(claim.values[0].value)
            law = self.facts.total(target.indicator, ps, scope)
            one = self.facts.indicator(target.indicator)
            if law is None or rounded(law, one.decimals) != got_value:
                yield Fault("false", id, f"{claim.target}: {got_value}, and should be {law}")
            yield from self._path(id, claim, target, ps, scope)
            relation = self.verdict(target, scope, least)
            if relation is not claim.relation:
                want = relation.value if relation else "not judged"
                yield Fault(
                    "false", id, f"{claim.target}: {claim.relation.value}, and should be {want}"
                )

    def _path(
        self, id: str, claim: Claim, target: Target, ps: list[Time], scope: Scope
    ) -> Iterator[Fault]:
        """The value of the path on the last day of which is spoken, as it is rounded in the claim."""
        runs = claim.relation in (Relation.AHEAD, Relation.BEHIND)
        if claim.path is None or not runs:
            if runs:
                yield Fault(
                    "false", id, f"{claim.target}: it is on a path, and the path has no value"
                )
            return
        one = self.facts.indicator(target.indicator)
        value = Fraction(claim.values[0].value or 0)
        same = rounded(Fraction(claim.path), one.decimals) == value
        if same and claim.relation is Relation.BEHIND:
            yield Fault("text", id, f"{claim.target}: behind a path that is printed the same")
        path, exponent = self.path(target, ps[-1].end, scope), claim.path.as_tuple().exponent
        assert isinstance(exponent, int)
        if path is None or rounded(path, max(0, -exponent)) != Fraction(claim.path):
            known = None if path is None else float(path)
            yield Fault(
                "false", id, f"{claim.target}: the path is {claim.path}, and should be {known}"
            )
