"""Who owes which form for which period, and by when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from nqcore.extend import Catalogue
from nqcore.model.forms import Form
from nqcore.model.overlays import Overlay
from nqcore.model.periods import CIVIL, Calendar, Period, PeriodKind, read_period, with_due
from nqcore.model.units import Unit, UnitTree

_LONG_AGO = date(1900, 1, 1)


class Obligations:
    """The duties that the catalogue lays on units. Pure: `today` is passed in."""

    def __init__(
        self, catalogue: Catalogue, calendars: Mapping[str, Calendar] | None = None
    ) -> None:
        self.catalogue = catalogue
        self._calendars = calendars or {CIVIL.id: CIVIL}
        units = catalogue.units.values()
        self._changes = sorted({day for u in units for day in (u.opened, u.closed) if day})
        self._tree_since = lru_cache(maxsize=256)(self._tree)

    def tree(self, on: date) -> UnitTree:
        """The units as they stood on that day."""
        # It is the same from one change of any unit to the next.
        return self._tree_since(bisect_right(self._changes, on))

    def _tree(self, changes: int) -> UnitTree:
        return self.catalogue.units.at(self._changes[changes - 1] if changes else date.min)

    def calendar(self, form: Form) -> Calendar:
        """The calendar that cuts the form's periods."""
        return self._calendars[form.calendar]

    def period(self, form: Form, code: str) -> Period:
        """The period of that code with the form's deadline. Raises UnknownName."""
        return with_due(read_period(code, self.calendar(form)), form.due)

    def periods(self, form: Form, span: Period, today: date) -> tuple[Period, ...]:
        """The form's periods within `span` that count by `today`, in order of time.

        A period counts once it has ended or its deadline is over: before, nobody is missing. When
        `span` is itself one period of the form it counts as soon as it has begun.
        """
        found = []
        for period in self.calendar(form).periods(form.every, span.start, span.end):
            if not self._runs(form, period) or not span.contains(period):
                continue
            period = with_due(period, form.due)
            assert period.due is not None
            whole = period.start == span.start and period.end == span.end
            if min(period.end, period.due) <= today or (whole and period.start <= today):
                found.append(period)
        return tuple(found)

    def _runs(self, form: Form, period: Period) -> bool:
        return (form.since is None or form.since <= period.end) and (
            form.until is None or period.end < form.until
        )

    def open_periods(self, form: Form, today: date, back: int = 6) -> tuple[Period, ...]:
        """The newest `back` periods that have begun, oldest first."""
        all_of = self.calendar(form).periods(form.every, form.since or _LONG_AGO, today)
        begun = [p for p in all_of if p.start <= today and self._runs(form, p)]
        return tuple(with_due(p, form.due) for p in begun[-back:])

    def owed(self, form: Form, period: Period, root: str | None = None) -> tuple[Unit, ...]:
        """The units (under `root`) that owe `form` for `period`, in pre-order: those in its scope
        that exist at the end of the period, when it has to be told."""
        if period.kind is not form.every or not self._runs(form, period):
            return ()
        tree = self.tree(period.end)
        if root is not None and root not in tree:
            return ()
        units = tree.values() if root is None else tree.subtree(root)
        return tuple(unit for unit in units if form.owed_by.covers(unit, tree))

    def deadline(self, form: Form, unit: str, period: Period) -> tuple[Period, tuple[Overlay, ...]]:
        """`period` with the deadline that holds for `unit`, and the overlays that set it."""
        local, used = self.catalogue.overlaid("form", form.id, form, unit, period.end)
        return replace(period, due=local.due.due(period)), used

    def before(self, form: Form, period: Period, count: int) -> tuple[Period, ...]:
        """The `count` periods just before `period`, newest first."""
        if period.kind is PeriodKind.SPAN:
            return ()
        earlier = [
            p
            for p in self.calendar(form).periods(form.every, form.since or _LONG_AGO, period.start)
            if p.end < period.start and self._runs(form, p)
        ]
        return tuple(reversed(earlier[-count:]))
