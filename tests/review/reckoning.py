"""What the judge reckons with: days, units and accepted reports of a world, in plain loops and fractions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from tests.review.held import held
from tests.review.times import Time, read_span
from tests.review.values import FIRST_YEAR, HANOI, Indicator, Target, Unit, Value, periods
from tests.review.worlds import World

Pair = tuple[Time, str]
"""A report that is due: its period and its unit."""


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half up, away from zero."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


@dataclass(frozen=True)
class Scope:
    """Units of these kinds and this sector; empty: any. `only`: no other than these. `within`: that unit and
    all under it, as they are last known."""

    kinds: tuple[str, ...] = ()
    sector: str = ""
    only: frozenset[str] | None = None
    within: str = ""

    def has(self, unit: Unit, world: World) -> bool:
        return (
            (not self.within or self.within in world.above(unit.code))
            and (not self.kinds or unit.kind in self.kinds)
            and (not self.sector or unit.sector == self.sector)
            and (self.only is None or unit.code in self.only)
        )


class Ledger:
    """What is known of a world at the end of `day`: what accepted reports say, and which ones wait. It is
    asked `today`: the same day, or a later one. `restated`: all figures are those of the units of today."""

    def __init__(
        self, world: World, day: date, today: date | None = None, *, restated: bool = False
    ) -> None:
        self.world, self.day, self.today = world, day, today or day
        self.boundaries = self.today if restated else None
        self.trees: dict[tuple[str, date], list[str]] = {}
        self.owing: dict[tuple[object, ...], list[str]] = {}
        moment = datetime.combine(day, time(23, 59, 59), HANOI)
        self.answers: dict[tuple[str, str, str], dict[str, Value]] = {}
        self.waiting: set[tuple[str, str, str]] = set()
        self.returned: set[tuple[str, str, str]] = set()
        for key, steps in world.reports.items():
            known = [step for step in steps if step.at <= moment]
            if known and known[-1].state == "accepted":
                self.answers[key] = known[-1].answers
            elif known and known[-1].state == "sent":
                self.waiting.add(key)
            elif known and known[-1].state in ("returned", "reopened"):
                self.returned.add(key)


class Facts:
    """The review of one unit and span, as the ledger of its day has it."""

    def __init__(self, ledger: Ledger, unit: str, span: str) -> None:
        self.ledger, self.world, self.day = ledger, ledger.world, ledger.day
        self.answers, self.waiting = ledger.answers, ledger.waiting
        self.unit, self.span = unit, read_span(span)
        self.end = min(self.span.end, self.day)
        self._first: dict[str, date | None] = {}
        self._cut_offs: dict[int, date | None] = {}

    @property
    def refused(self) -> bool:
        """Law 2: the span ends before the directive, or has not begun, or the unit was there on no day of
        it that has come; within boundaries it has the figures of its territory."""
        issued, unit, whole = self.world.issued, self.world.units[self.unit], self.ledger.boundaries
        there = (whole is not None and self.world.exists(self.unit, whole)) or (
            (unit.opened is None or unit.opened <= self.end)
            and (unit.closed is None or unit.closed > self.span.start)
        )
        before = issued is not None and self.span.end < issued
        return before or self.span.start > self.day or not there

    # -- units ------------------------------------------------------------------------------------

    def parent(self, code: str, on: date) -> str | None:
        """The unit above on that day; one that does not exist then gives way to the one above it."""
        above: str | None = code
        while True:
            assert above is not None
            states = self.world.units[above].parents
            above = next(p for since, p in reversed(states) if since <= on)
            if above is None or self.world.exists(above, on):
                return above

    def under(self, unit: str, on: date) -> list[str]:
        """The units of that day whose reports count for `unit`: itself and every unit under it; within
        boundaries those that are, or became a part of, one that is under it then."""
        if (known := self.ledger.trees.get((unit, on))) is not None:
            return known
        there = [code for code in self.world.units if self.world.exists(code, on)]
        boundaries = self.ledger.boundaries
        found = [c for c in there if self._is_under(self._now(c), unit, boundaries or on)]
        self.ledger.trees[unit, on] = found
        return found

    def at_the_end(self, on: date | None = None) -> list[str]:
        """The units of the review that exist at its end (or on another day), or on the day of its
        boundaries."""
        return self.under(self.unit, self.ledger.boundaries or on or self.end)

    def _is_under(self, code: str, unit: str, on: date) -> bool:
        above: str | None = code
        while above is not None and above != unit:
            above = self.parent(above, on)
        return above == unit

    def _now(self, code: str) -> str:
        """The unit of the boundaries for which the reports of the unit count: itself, the one that it became
        a part of, or, where it ended or is still to come, the one above it."""
        boundaries = self.ledger.boundaries
        if boundaries is None or self.world.exists(code, boundaries):
            return code
        merged = [c.to for c in self.world.changes if c.kind == "merge" and c.unit == code]
        opened, closed = self.world.units[code].opened, self.world.units[code].closed
        if opened is not None and boundaries < opened:
            above = self.parent(code, opened)
        else:
            assert closed is not None
            above = merged[0] if merged else self.parent(code, closed - timedelta(days=1))
        assert above is not None
        return self._now(above)

    # -- periods and reports ----------------------------------------------------------------------

    def counting(
        self,
        form: str,
        span: Time | None = None,
        *,
        before_directive: bool = False,
        so_far: bool = False,
    ) -> list[Time]:
        """The periods of the form in the span that count by now (laws 1 and 2); `so_far`: also those before
        the unit began."""
        found = self._by_now(form, span or self.span, before_directive)
        begun = None if before_directive or so_far else self._begun(form)
        return [p for p in found if begun is None or not self.span.start <= p.start < begun]

    def _begun(self, form: str) -> date | None:
        """The first day of the first period of the review for which the unit, or one under it, owed it."""
        if form not in self._first:
            owing = self.world.forms[form].owed_by
            owed = (
                period.start
                for period in self._by_now(form, self.span, False)
                if any(self.world.units[u].kind in owing for u in self.under(self.unit, period.end))
            )
            self._first[form] = next(owed, None)
        return self._first[form]

    def _by_now(self, form: str, span: Time, before_directive: bool) -> list[Time]:
        today, found = self.ledger.today, []
        years = range(FIRST_YEAR, span.end.year + 1)
        for code, start, end in periods(self.world.forms[form].months, years):
            if start < span.start or end > span.end:
                continue
            early = self.world.issued is not None and end < self.world.issued
            if early and not before_directive:
                continue
            whole = (start, end) == (span.start, span.end)
            if end <= today or (whole and start <= today):
                found.append(Time(code, start, end))
        return found

    def indicator(self, code: str) -> Indicator:
        return self.world.indicators[code]

    def parts(self, code: str) -> tuple[Indicator, ...]:
        """The indicators that are typed: itself, or the two of a rate."""
        one = self.indicator(code)
        return tuple(self.indicator(part) for part in one.over) if one.over else (one,)

    def due(self, code: str, period: Time, scope: Scope, unit: str | None = None) -> list[str]:
        """The units that owe the form for the period and are asked for the indicator."""
        one = self.indicator(code)
        key = (code, period.end, scope, unit or self.unit)
        if (known := self.ledger.owing.get(key)) is not None:
            return known
        owing = self.world.forms[one.form].owed_by
        found = []
        for member in self.under(unit or self.unit, period.end):
            kind = self.world.units[member].kind
            if (
                kind in owing
                and kind in one.asks
                and scope.has(self.world.units[member], self.world)
            ):
                found.append(member)
        self.ledger.owing[key] = found
        return found

    def value(self, label: str, form: str, period: Time, unit: str) -> Fraction | None:
        """What the unit's accepted report of the period says."""
        found = self.answers.get((form, period.code, unit), {}).get(label)
        return Fraction(found) if isinstance(found, Decimal) else None

    def reported(self, code: str, period: Time, unit: str) -> bool:
        """Whether the accepted report has every figure that the indicator needs."""
        return all(
            self.value(one.code.removeprefix("w."), one.form, period, unit) is not None
            for one in self.parts(code)
        )

    def status(self, form: str, period: Time, unit: str) -> str:
        """accepted, waiting, returned, past or early."""
        key = (form, period.code, unit)
        if key in self.answers:
            return "accepted"
        if key in self.waiting:
            return "waiting"
        closed = self.world.units[unit].closed
        if key in self.ledger.returned or (closed is not None and closed <= self.day):
            return "returned"
        return "early" if self.is_early(period) else "past"

    def is_early(self, period: Time) -> bool:
        """Whether its deadline is not over: the tenth of the month after it."""
        return self.day <= (period.end + timedelta(days=1)).replace(day=10)

    # -- totals -----------------------------------------------------------------------------------

    def total(
        self, code: str, ps: Sequence[Time], scope: Scope, unit: str | None = None
    ) -> Fraction | None:
        """The total of the indicator over the periods; None where nothing was reported."""
        one = self.indicator(code)
        if one.over is not None:
            over, under = (self.total(part, ps, scope, unit) for part in one.over)
            return None if over is None or not under else over * 100 / under
        label = code.removeprefix("w.")
        values: dict[str, list[Fraction]] = {}
        for period in ps:
            for member in self.due(code, period, scope, unit):
                found = self.value(label, one.form, period, member)
                if found is not None:
                    values.setdefault(member, []).append(found)
        if one.kind == "flow":
            parts = [value for several in values.values() for value in several]
        else:  # a stock is the last value of each unit that is there at the end
            last = self.due(code, ps[-1], scope, unit) if ps else []
            parts = [values[member][-1] for member in last if member in values]
        return sum(parts, Fraction(0)) if parts else None

    def rate_over(self, code: str) -> str:
        """The rate with a better direction of which the indicator is the numerator (law 11); "" for none."""
        for rate in self.world.indicators.values():
            asked = rate.better != "neutral" and self.world.forms[rate.form].own
            if asked and rate.over is not None and rate.over[0] == code:
                return rate.code
        return ""

    def is_flow(self, code: str) -> bool:
        """Whether every figure that it needs is of what happened in a period."""
        return all(one.kind == "flow" for one in self.parts(code))

    def is_stock(self, code: str) -> bool:
        return all(one.kind == "stock" for one in self.parts(code))

    # -- cut-off (law 3) --------------------------------------------------------------------------

    def share(self, code: str, ps: Iterable[Time], scope: Scope) -> tuple[int, int]:
        """(accepted, due) of the reports of these periods."""
        due = [(p, u) for p in ps for u in self.due(code, p, scope)]
        return sum(self.reported(code, *pair) for pair in due), len(due)

    def cut_off(
        self, codes: Sequence[str], scope: Scope, least: int, span: Time | None = None
    ) -> list[Time]:
        """The periods up to the cut-off; none: *chưa đủ số liệu*."""
        ps = self.covered(codes, scope, least, span)
        return ps if all(self.enough(code, ps, scope, least) for code in codes) else []

    def covered(
        self, codes: Sequence[str], scope: Scope, least: int, span: Time | None = None
    ) -> list[Time]:
        """The periods up to the last one that is covered, whether all of them together are or not."""
        ps = self.told(self.counting(self.indicator(codes[0]).form, span), least)
        while ps and not all(self.enough(code, [ps[-1]], scope, least) for code in codes):
            ps.pop()
        return ps

    def enough(self, code: str, ps: Iterable[Time], scope: Scope, least: int) -> bool:
        """Whether at least `least` per cent of the reports of these periods are there; of none: no."""
        accepted, due = self.share(code, ps, scope)
        return due > 0 and accepted * 100 >= least * due

    # -- the cut-off of the review (law 4) ----------------------------------------------------------

    def told(self, ps: Iterable[Time], least: int) -> list[Time]:
        """Those of the periods that end by the cut-off of the review; with a lower share by that of the share
        (law 3)."""
        until = self.review_cut_off(min(least, 80)) or self.end
        return [period for period in ps if period.end <= until]

    def review_cut_off(self, least: int = 80) -> date | None:
        """The end of the last period of which `least` per cent of the reports of a form are accepted."""
        if least not in self._cut_offs:
            ends = []
            for period, due in self.periods_read():
                there = sum((form, period.code, unit) in self.answers for form, unit in due)
                if due and there * 100 >= least * len(due):
                    ends.append(period.end)
            self._cut_offs[least] = max(ends, default=None)
        return self._cut_offs[least]

    def periods_read(self) -> Iterator[tuple[Time, list[tuple[str, str]]]]:
        """The periods of the forms of the directive, and of the indicators of the targets; each with (form,
        unit) of the reports that are due."""
        units, targets = self.world.units, held(self.world, self.unit, self.end)
        for form in self.world.forms.values():
            mine = [t for t in targets if self.indicator(t.indicator).form == form.id]
            if form.own or mine:
                for period in self.counting(form.id):
                    members = self.under(self.unit, period.end)
                    owing = [u for u in members if units[u].kind in form.owed_by]
                    if not form.own:
                        asked = self._asked_for(mine, period)
                        owing = [unit for unit in owing if unit in asked]
                    yield period, [(form.id, unit) for unit in owing]

    def _asked_for(self, targets: Iterable[Target], period: Time) -> set[str]:
        """The units that are asked in the period for what one of the targets counts, in its time."""
        times = [(target, read_span(target.period)) for target in targets]
        return {
            unit
            for target, time in times
            if time.start <= period.end and period.start <= time.end
            for part in self.parts(target.indicator)
            for unit in self.due(part.code, period, Scope())
        }

    # -- the two times of a change (laws 7 and 8) --------------------------------------------------

    def times_of_change(
        self, code: str, scope: Scope, least: int
    ) -> tuple[list[Time], list[Time]] | None:
        """The periods of the first and of the last time; None where two whole years are not there."""
        ps = self.cut_off((code,), scope, least)
        return self.whole_years(code, ps, scope, least) or self.recent(code, ps, scope, least)

    def whole_years(
        self, code: str, ps: Sequence[Time], scope: Scope, least: int
    ) -> tuple[list[Time], list[Time]] | None:
        """Law 7."""
        months = self.world.forms[self.indicator(code).form].months
        years = []
        for year in sorted({p.end.year for p in ps}):
            of_year = [p for p in ps if p.end.year == year]
            if self.is_flow(code):
                full = len(of_year) == 12 // months and all(map(self.saw, of_year))
                good = full and self.enough(code, of_year, scope, least)
            else:
                good = self.enough(code, of_year[-1:], scope, least)
            if good and self.total(code, of_year, scope) is not None:
                years.append(of_year)
        return (years[0], years[-1]) if len(years) > 1 else None

    def recent(
        self, code: str, ps: Sequence[Time], scope: Scope, least: int
    ) -> tuple[list[Time], list[Time]] | None:
        """Law 8."""
        if not ps:
            return None
        year = ps[-1].end.year
        this = [p for p in ps if p.end.year == year]
        now = this if self.is_flow(code) else this[-1:]
        ends = {(p.end.month, p.start.month) for p in now}
        before = [p for p in ps if p.end.year == year - 1 and (p.end.month, p.start.month) in ends]
        if len(before) != len(now):
            return None
        if self.is_flow(code) and not all(map(self.saw, (*before, *now))):
            return None
        if not all(self.enough(code, t, scope, least) for t in (before, now)):
            return None
        if not self.is_flow(code):  # the last value in the year so far
            last = before[-1].end
            before, now = [p for p in ps if p.end.year == year - 1 and p.end <= last], this
        if None in (self.total(code, before, scope), self.total(code, now, scope)):
            return None
        return before, now

    def saw(self, period: Time) -> bool:
        """Law 7: whether the unit of the review was there on every day of the period."""
        unit = self.world.units[self.unit]
        early = unit.opened is not None and unit.opened > period.start
        late = unit.closed is not None and unit.closed <= period.end
        return self.ledger.boundaries is not None or not (early or late)

    def same_units(
        self, code: str, before: Sequence[Time], now: Sequence[Time], scope: Scope
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The units with all the reports that they owed, in the first and in the last time."""
        sides = []
        for ps in (before, now) if self.is_flow(code) else (before[-1:], now[-1:]):
            owed = [(p, u) for p in ps for u in self.due(code, p, scope)]
            lacking = {u for p, u in owed if not self.reported(code, p, u)}
            sides.append(frozenset(u for _, u in owed) - lacking)
        return sides[0], sides[1]


def is_worse(one: Indicator, before: Fraction, now: Fraction) -> bool:
    """Law 11: whether the change is a shortcoming in itself."""
    by = before - now if one.better == "up" else now - before
    counted = one.measure != "%" and one.decimals == 0
    if by < (one.floor if one.floor is not None else 5 if counted else 0):
        return False
    return by > 0 and by >= (Fraction(5) if one.measure == "%" else abs(before) / 10)
