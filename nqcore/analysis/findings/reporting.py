"""Which reports a claim rests on: what was due of an indicator, what is there, and up to which period.

See the laws of a review (README.md), 3 and 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from nqcore.analysis.rollup import Totals
from nqcore.catalogue import Catalogue
from nqcore.collection.monitoring.report_counts import group_of_report
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.claims import ReportsOfClaim
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator, OverTime
from nqcore.model.periods import Period
from nqcore.model.units import Scope, Unit

_OF_OTHERS = ("returned", "excluded", "ended", "not_brought_in")
"""Groups of reports that are missing, but neither late nor awaited."""


def up_to(day: date, periods: Iterable[Period]) -> tuple[Period, ...]:
    """Those of the periods that end by that day."""
    return tuple(period for period in periods if period.end <= day)


class ReviewedReports(Protocol):
    """What is read here of a review."""

    totals: Totals
    repository: SubmissionRepository
    catalogue: Catalogue
    as_of: date

    def cut_off_of(self, least: int) -> date: ...

    def form_of(self, indicator: str) -> Form: ...

    def periods(self, indicator: str) -> tuple[Period, ...]: ...

    def owed(self, form: Form, period: Period) -> tuple[Unit, ...]: ...

    def span_of(self, indicator: str, periods: Sequence[Period]) -> str: ...


@dataclass(frozen=True, slots=True)
class Due:
    """The units that owe a report with an indicator for one period, and those of them of which every
    figure is there."""

    units: tuple[Unit, ...]
    reported: frozenset[str]

    def missing(self) -> tuple[Unit, ...]:
        """The units whose figures are not all there."""
        return tuple(unit for unit in self.units if unit.code not in self.reported)

    def covers(self, least: int) -> bool:
        """Whether at least `least` per cent of the units have reported; False where none owes a report."""
        return bool(self.units) and len(self.reported) * 100 >= least * len(self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """The periods that a claim speaks of, the code of their span, and the reports of them. `enough`: there
    are as many as its rule needs."""

    periods: tuple[Period, ...]
    code: str
    reports: ReportsOfClaim
    enough: bool

    @property
    def start(self) -> date:
        """The first day that is covered."""
        return self.periods[0].start

    @property
    def end(self) -> date:
        """The last day that is covered."""
        return self.periods[-1].end


class Reporting:
    """The reports of one review, by indicator, scope and period; each worked out once."""

    def __init__(self, review: ReviewedReports) -> None:
        self._review = review
        self._due: dict[tuple[str, Scope, str], Due] = {}
        self._typed: dict[str, tuple[Indicator, ...]] = {}

    def typed(self, code: str) -> tuple[Indicator, ...]:
        """The typed indicators of which the indicator is made: itself, or those in its formula."""
        if code not in self._typed:
            review, found, waiting = self._review, dict[str, Indicator](), [code]
            form = review.form_of(code)
            seen: set[str] = set()
            while waiting:
                one = waiting.pop()
                if one in seen or one not in review.catalogue.indicators:
                    continue
                seen.add(one)
                definition = review.catalogue.indicator(one)
                if definition.formula is not None:
                    waiting += [reference.code for reference in definition.formula.references]
                elif review.totals.lookup.typed_in(one) is form:
                    found[one] = definition
            self._typed[code] = tuple(found[one] for one in sorted(found))
        return self._typed[code]

    def is_stock(self, code: str) -> bool:
        """Whether its value is that of the end of a time, as of a stock or a ratio of stocks, and not of the
        whole time."""
        return all(one.over_time is OverTime.LAST for one in self.typed(code))

    def due(self, code: str, scope: Scope, period: Period) -> Due:
        """What was due of the indicator for that period over `scope`, and what is there."""
        key = (code, scope, period.code)
        if key not in self._due:
            review, known = self._review, self._review.catalogue.units
            begun = review.catalogue.begun(review.catalogue.indicator(code).code, period.end)
            parts = self.typed(code) if begun else ()
            asks, value = review.catalogue.asks, review.totals.values.get
            units, reported = [], set()
            for unit in review.owed(review.form_of(code), period):
                asked = [one.code for one in parts if asks(one.code, unit, period.end)]
                if asked and scope.covers(unit, known):
                    units.append(unit)
                    if None not in [value(one, period.code, unit.code) for one in asked]:
                        reported.add(unit.code)
            self._due[key] = Due(tuple(units), frozenset(reported))
        return self._due[key]

    def covered(self, code: str, scope: Scope, least: int) -> Covered | None:
        """The periods up to the last one with at least `least` per cent of its reports, none of them after
        the cut-off of the review; None where no period has as many."""
        periods = up_to(self._review.cut_off_of(least), self._review.periods(code))
        with_enough = [
            nth for nth, period in enumerate(periods) if self.due(code, scope, period).covers(least)
        ]
        if not with_enough:
            return None
        return self.over(code, scope, least, periods[: with_enough[-1] + 1])

    def over(self, code: str, scope: Scope, least: int, periods: Sequence[Period]) -> Covered:
        """Those periods, with the reports of them."""
        form = self._review.form_of(code)
        reports = self.count(form.id, ((p, self.due(code, scope, p)) for p in periods))
        return Covered(
            periods=tuple(periods),
            code=self._review.span_of(code, periods),
            reports=reports,
            enough=reports.covers(least),
        )

    def count(self, form: str, due: Iterable[tuple[Period, Due]]) -> ReportsOfClaim:
        """The number of those reports by what has become of them."""
        review = self._review
        definition = review.catalogue.form(form)
        numbers: Counter[str] = Counter()
        total = 0
        for period, one in due:
            total += len(one.units)
            numbers["accepted"] += len(one.reported)
            for unit in one.missing():
                group = group_of_report(
                    review.repository, definition, period, unit.code, review.as_of
                )
                # An accepted report may leave a figure open, where the form has changed since.
                numbers["returned" if group == "accepted" else group] += 1
        return ReportsOfClaim(
            due=total,
            accepted=numbers["accepted"],
            past=numbers["past_due"] + numbers["closed"],
            waiting=numbers["waiting"],
            early=numbers["not_yet_due"],
            returned=sum(numbers[one] for one in _OF_OTHERS),
        )
