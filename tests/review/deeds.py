"""Which units did what, by their own accepted reports alone (law 6)."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from nqcore.model.claims import Deed
from tests.review.definitions import FIELDS
from tests.review.reckoning import Facts, Scope
from tests.review.times import Time
from tests.review.values import OFFICES, Value

Found = tuple[set[str], set[str], set[str]]
"""The units that did it; those of which it is known; those of which it is not."""


class Deeds:
    """The deeds of the units of one review."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def form(self, field: str) -> str:
        return FIELDS[field]

    def asked(self, field: str, scope: Scope, on: date) -> list[str]:
        """The units of the review on that day (or on that of its boundaries) that are asked for the field."""
        facts, owing = self.facts, self.facts.world.forms[self.form(field)].owed_by
        kinds = OFFICES if field == "VB1" else owing
        units = facts.world.units
        there = facts.at_the_end(on)
        return [u for u in there if units[u].kind in kinds and scope.has(units[u], facts.world)]

    def read(self, what: Deed, field: str, scope: Scope, least: int) -> list[Time]:
        """The periods up to the last one of which at least `least` per cent of the units asked that owed
        the report have it accepted (law 3)."""
        plans = what in (Deed.ENTERED, Deed.LACKS)
        ps = self.so_far(field) if plans else self.facts.counting(self.form(field))
        ps = self.facts.told(ps, least)
        while ps and not self._is_covered(field, ps[-1], scope, least):
            ps = ps[:-1]
        return ps

    def _is_covered(self, field: str, period: Time, scope: Scope, least: int) -> bool:
        owing = self.asked_in(field, period, scope)
        there = [unit for unit in owing if self._report(field, period, unit) is not None]
        return bool(owing) and len(there) * 100 >= least * len(owing)

    def recent(self, field: str, scope: Scope, last: int, ps: list[Time]) -> list[Time]:
        """The last `last` of the periods with an answer (0: all)."""
        found = [
            p
            for p in ps
            for asked in [self.asked_in(field, p, scope)]
            if any(field in (self._report(field, p, u) or {}) for u in asked)
        ]
        return found[-last:]

    def asked_in(self, field: str, period: Time, scope: Scope) -> list[str]:
        """The units that are asked for the field, and owed the form for the period."""
        there = self.facts.under(self.facts.unit, period.end)
        return [unit for unit in self.asked(field, scope, period.end) if unit in there]

    def so_far(self, field: str) -> list[Time]:
        """The periods that count up to the end of the span, also those before it."""
        first = date(self.facts.world.years[0], 1, 1)
        whole = Time("", min(first, self.facts.span.start), self.facts.span.end)
        return self.facts.counting(self.form(field), whole, so_far=True)

    def idle(self, code: str, ps: list[Time], scope: Scope, least: int) -> Found:
        """At least `least` periods in a row with an accepted 0."""
        facts, form, label = self.facts, self.facts.indicator(code).form, code.removeprefix("w.")
        did, known, unknown = set[str](), set[str](), set[str]()
        now = facts.at_the_end() if facts.ledger.boundaries else None
        for unit in facts.world.units:
            owed = [p for p in ps if unit in facts.due(code, p, scope)]
            if not owed or (now is not None and unit not in now):
                continue
            values = [facts.value(label, form, p, unit) for p in owed]
            rows = [len([*row]) for zero, row in groupby(values, key=lambda v: v == 0) if zero]
            if all(value is None for value in values):
                unknown.add(unit)
                continue
            known.add(unit)
            if max(rows, default=0) >= least:
                did.add(unit)
        return did, known, unknown

    def of(
        self,
        what: Deed,
        field: str,
        scope: Scope,
        codes: tuple[str, ...],
        last: int,
        ps: list[Time],
    ) -> Found:
        """The deed of a field, of the periods up to the cut-off. `last`: of how many periods with answers (0:
        all)."""
        if what in (Deed.ENTERED, Deed.LACKS):
            return self._plans(what, field, scope, ps[-1].end)
        asked = self.asked(field, scope, ps[-1].end)
        if what is Deed.ANSWERED_ONCE:
            first = min((p.start for p in self.recent(field, scope, last, ps)), default=ps[0].start)
            told = [p for p in ps if p.start >= first or not last]
            asked = [*dict.fromkeys(u for p in told for u in self.asked_in(field, p, scope))]
        reports = [(p, u, self._report(field, p, u)) for p in ps for u in asked]
        there = [(p, u, found) for p, u, found in reports if found is not None]
        if what is Deed.ANSWERED_ONCE:
            recent = self.recent(field, scope, last, ps)
            there = [(p, u, found) for p, u, found in there if p in recent or not last]
            once = {u for _, u, found in there if self._has(found.get(field), codes)}
            known = {u for _, u, found in there if field in found}
            return once, known, set(asked) - known
        newest = {u: found for _, u, found in there}
        if what is Deed.DATED:
            dated = {u for u, found in newest.items() if isinstance(found.get(field), date)}
            return dated, set(newest), set(asked) - set(newest)
        known = {u for u, found in newest.items() if field in found}
        return {u for u in known if self._has(newest[u][field], codes)}, known, set(asked) - known

    @staticmethod
    def _has(answer: Value, codes: tuple[str, ...]) -> bool:
        given = answer if isinstance(answer, tuple) else ("yes" if answer else "no",)
        return bool({*given} & {*codes})

    def _report(self, field: str, period: Time, unit: str) -> dict[str, Value] | None:
        """The accepted report of a unit that owed it as a unit of the review."""
        form = self.form(field)
        if unit not in self.facts.under(self.facts.unit, period.end):
            return None
        return self.facts.answers.get((form, period.code, unit))

    def _plans(self, what: Deed, field: str, scope: Scope, end: date) -> Found:
        """A plan that was once entered stands; none is lacking where the last report is not known, or where
        the plan is first in a report for a period after `end`."""
        form, asked = self.form(field), self.asked(field, scope, end)
        world, ps = self.facts.world, self.so_far(field)
        entered, lacks = set[str](), set[str]()
        for unit in asked:
            owed = [p for p in ps if world.exists(unit, p.end)]
            found = [(p, self.facts.answers.get((form, p.code, unit))) for p in owed]
            having = [p for p, report in found if report and report.get(field)]
            if having and having[0].end <= end:
                entered.add(unit)
            elif not having and self._last_is_known(form, owed, unit, end):
                lacks.add(unit)
        known = entered | lacks
        did = entered if what is Deed.ENTERED else lacks
        return did, known, set(asked) - known

    def _last_is_known(self, form: str, owed: list[Time], unit: str, end: date) -> bool:
        """Whether its last report that is due is accepted; one that is not yet due may still come, but is
        wanted of a period up to `end`."""
        for period in reversed(owed):
            if self.facts.status(form, period, unit) == "accepted":
                return True
            if period.end <= end or not self.facts.is_early(period):
                return False
        return False
