"""Which unit owes which form for which period, and by when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from nqcore.catalogue import Catalogue
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.days_off import VIET_NAM, DaysOff
from nqcore.model.forms import Form
from nqcore.model.handovers import Duty, named_units
from nqcore.model.overlays import Overlay
from nqcore.model.periods import (
    EVERY,
    Calendar,
    Deadline,
    Period,
    PeriodKind,
    read_period,
    with_due,
)
from nqcore.model.units import Unit, UnitTree
from nqcore.text.dates import write_date

_LONGEST_PERIOD = 366
"""Days of the longest period that a form can have."""

OPEN_DAYS = 31
"""A report can be filled in from this many days before its period or its deadline ends."""

OWING_CACHE_SIZE = 1_000
"""How many pairs of form and period are kept in memory with the units that owe them, and how many periods
with a deadline."""

_OTHER_PERIOD = N_("Form {form} is reported by {every}. Write such a period.")
_FORM_BEGINS = N_(
    "The form begins on {day}. For earlier figures give it an earlier first day: on the page Content where "
    "the office made it, in the plugin that brings it (`since`) otherwise."
)
_FORM_ENDED = N_("The form ended on {day}. Check the period.")
_OFFICE_BEGINS = N_(
    "The office collects from {day}. Bring earlier figures that were approved on paper in with "
    "`nq import --accept --basis`."
)
_NO_SUCH_UNIT = N_(
    "The unit did not exist on {day}. Give the figures to the unit that existed then, or enter since when it "
    "exists."
)


class Obligations:
    """Which units owe which reports, by the definitions of the catalogue. It reads no clock: `today` is
    passed in."""

    def __init__(
        self,
        catalogue: Catalogue,
        days_off: DaysOff = VIET_NAM,
        since: date | None = None,
        moved: Mapping[tuple[str, str], date] = MappingProxyType({}),
        history: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        """`since`: the day from which the office collects (None: from each form's own start). `moved`: by
        form and period the deadline that the office set for all units. `history`: the forms and periods
        before `since` for which it brought in what was approved on paper: they count as any other, with
        every unit that owed them, but no unit is asked for them any more."""
        self._moved, self._history = moved, history
        self.catalogue = catalogue
        self._since = since
        self.days_off = days_off
        decided = {each.since for each in catalogue.handovers.values()}
        # A transfer of a part of a unit leaves the tree as it is, but moves figures to another unit.
        changed = {event.date for event in catalogue.changes.values()}
        self._days = tuple(sorted({*catalogue.units.days, *changed, *decided}))
        self._owing: dict[tuple[str, str], frozenset[str]] = {}
        self._first_deadlines: dict[tuple[str, str], date] = {}
        self._tree_since = lru_cache(maxsize=256)(self._tree)
        self._rights_since = lru_cache(maxsize=8)(self._with_rights)
        self._with_due = lru_cache(maxsize=OWING_CACHE_SIZE)(self._with_due_of)
        finished = {
            each.unit: (each.since, each.successor)
            for each in catalogue.handovers.values()
            if each.duty is Duty.REPORTS and each.successor
        }
        units = catalogue.units
        self._all_units = units.with_inheritors(finished) if finished else units

    def of_all_time(self) -> Obligations:
        """The same for an office that collects from each form's own start: what may be brought in."""
        return Obligations(self.catalogue, self.days_off, None, self._moved)

    def is_awaited(self, period: Period) -> bool:
        """Whether units are asked for reports of that period: not where it ended before the office began."""
        return self._since is None or self._since <= period.end

    def tree_version(self, on: date) -> int:
        """The version of the unit tree on that day. It goes up on each day on which units change or a
        decision on an inherited duty takes effect; between two such days tree, boundaries and duties
        are the same."""
        return bisect_right(self._days, on)

    def tree(self, on: date) -> UnitTree:
        """The units as they were on that day."""
        return self._tree_since(self.tree_version(on))

    def _tree(self, version: int) -> UnitTree:
        return self.catalogue.units.at(self._days[version - 1] if version else date.min)

    def tree_with_rights(self, on: date) -> UnitTree:
        """Every unit there is, was or will be, each with the name, kind and parent of that day: rights
        follow this tree, so a change that is entered before its day moves no right until then. A unit
        that ended is under the unit that finishes its reports."""
        return self._rights_since(self.tree_version(on))

    def _with_rights(self, version: int) -> UnitTree:
        return self._all_units.all_units(self._days[version - 1] if version else date.min)

    def below(self, unit: str, span: Period, today: date) -> tuple[Unit, ...]:
        """The units that were directly under `unit` on at least one day of `span` up to `today`, each
        with the last name that it had there."""
        end = max(span.start, min(span.end, today))
        days = (span.start, *(day for day in self._days if span.start < day <= end))
        found: dict[str, Unit] = {}
        for tree in map(self.tree, days):
            if unit in tree:
                found.update((below.code, below) for below in tree.children(unit))
        return tuple(found.values())

    def workplace(self, unit: str, on: date) -> str:
        """The unit in which the people of `unit` work on that day: itself, the unit that it became as a
        whole, or the unit that by a decision finishes its reports."""
        units = self.catalogue.units
        if unit not in units:
            return unit  # the plugin that defined it is no longer there
        while (closed := units[unit].closed) is not None and closed <= on:
            found = units.successor(unit) or self.catalogue.bearer(unit, Duty.REPORTS, "", on).unit
            if found is None or found == unit:
                break
            unit = found
        return unit

    def calendar(self, form: Form) -> Calendar:
        """The calendar that cuts the form's periods. Raises UnknownName where no plugin brings it."""
        found = self.catalogue.calendars.get(form.calendar)
        if found is None:
            raise UnknownName(
                kind="calendar",
                name=form.calendar,
                hint=Phrase(
                    N_(
                        "Form {form} needs it. Install and allow the plugin that brings it, or write one "
                        "of {names}."
                    ),
                    {"form": form.id, "names": ", ".join(self.catalogue.calendars)},
                ),
            )
        return found

    def has_calendar(self, form: Form) -> bool:
        """Whether a plugin defines the form's calendar. Without it no period and no deadline is known."""
        return form.calendar in self.catalogue.calendars

    def read(self, code: str, form: Form | None = None) -> Period:
        """The period with that `code`, for example "2018-Q3". It is read by the calendar of `form`;
        where that calendar does not know the code, by the first calendar that does (the civil calendar
        is asked first). It has no deadline yet. Raises UnknownName."""
        calendars = [] if form is None else [self.calendar(form)]
        wrong: UnknownName | None = None
        for calendar in (*calendars, *self.catalogue.calendars.values()):
            try:
                return read_period(code, calendar)
            except UnknownName as refused:
                wrong = wrong or refused
        assert wrong is not None
        raise wrong

    def period(self, form: Form, code: str) -> Period:
        """The period with that `code` in the form's calendar, with the form's deadline (`due`). Raises
        UnknownName."""
        return self._with_deadline(form, read_period(code, self.calendar(form)))

    def own_period(self, form: Form, code: str) -> Period:
        """The same, where a report of the form belongs to that period: a year is no period of a form
        that is reported by quarter. Raises UnknownName."""
        found = self.period(form, code)
        if found.kind is not form.every:
            hint = Phrase(_OTHER_PERIOD, {"form": form.id, "every": Phrase(EVERY[form.every])})
            raise UnknownName(kind="period", name=code, hint=hint)
        return found

    def _with_deadline(self, form: Form, period: Period) -> Period:
        if (moved := self.moved(form, period)) is not None:
            return replace(period, due=moved)
        return with_due(period, form.due, self.days_off)

    def moved(self, form: Form, period: Period) -> date | None:
        """The deadline that the office set for all units; None where the rules hold."""
        return self._moved.get((form.id, period.code))

    def periods(self, form: Form, span: Period, today: date) -> tuple[Period, ...]:
        """The form's periods within `span` for which a report is expected by `today`, oldest first.

        A period counts from the day on which it ends or its deadline is over, whichever is earlier:
        before that, no report is missing. When `span` is itself one period of the form, it counts from
        its first day. The first period of a form begins at `Form.since`: a review that begins on that
        day includes it. With `Period.includes_started`, the period that contains the first day of
        `span` is included.
        """
        found = []
        for period in self.calendar(form).periods(form.every, span.start, span.end):
            if not self._is_collected(form, period) or not self._within(span, form, period):
                continue
            period = self._with_deadline(form, period)
            assert period.due is not None
            whole = period.start == span.start and period.end == span.end
            if min(period.end, period.due) <= today or (whole and period.start <= today):
                found.append(period)
        return tuple(found)

    @staticmethod
    def _within(span: Period, form: Form, period: Period) -> bool:
        start = max(period.start, form.since or period.start)
        inside = span.start <= (period.end if span.includes_started else start)
        return inside and period.end <= span.end

    def _is_collected(self, form: Form, period: Period) -> bool:
        begun = form.since is None or form.since <= period.end
        counts = self.is_awaited(period) or (form.id, period.code) in self._history
        return begun and counts and (form.until is None or period.end < form.until)

    def open_periods(self, form: Form, today: date, back: int | None = 6) -> tuple[Period, ...]:
        """The last `back` periods (None: all) that have begun by `today`, oldest first, each with its
        deadline. Empty where the form's calendar is not known."""
        if not self.has_calendar(form):
            return ()
        begun = [p for p in self._periods_until(form, today, back) if p.start <= today]
        return tuple(self._with_deadline(form, p) for p in _last(begun, back))

    def current_periods(
        self, form: Form, today: date, count: int | None, upto: Period | None = None
    ) -> tuple[Period, ...]:
        """The last `count` periods (None: all) that can be filled in on `today`, oldest first: a period opens
        OPEN_DAYS before it or its deadline ends. With `upto`, no period that begins after it."""
        back = None if count is None or upto is not None else count + 1
        periods = self.open_periods(form, today, back)
        opened = [
            p
            for p in periods
            if p.due
            and min(p.end, p.due) - timedelta(days=OPEN_DAYS) <= today
            and (upto is None or p.start <= upto.start)
        ]
        return tuple(_last(opened, count))

    def _periods_until(self, form: Form, day: date, count: int | None) -> list[Period]:
        """The form's periods up to `day`, oldest first: the last `count` of them (None: all), and perhaps
        some earlier ones. Not all periods are computed: a form may be collected for decades, and every
        page asks for the last few."""
        last = day if form.until is None else min(day, form.until)
        days = last.toordinal() if count is None else (count + 1) * _LONGEST_PERIOD
        # A date cannot be earlier than year 1.
        first = date.fromordinal(max(1, last.toordinal() - days))
        first = first if form.since is None else max(first, form.since)
        if first > last:
            return []
        found = self.calendar(form).periods(form.every, first, last)
        return [period for period in found if self._is_collected(form, period)]

    def owed(self, form: Form, period: Period, root: str | None = None) -> tuple[Unit, ...]:
        """The units that owe `form` for `period`, in the order of the tree: those in the form's scope
        that exist at the end of the period. With `root`, only this unit and the units under it. Where
        the form names a unit that has ended, the unit that inherited the duty owes the report; while no
        decision is entered, no unit owes it."""
        return tuple(self._owing_units(form, period, root))

    def is_owed(self, form: Form, period: Period, root: str) -> bool:
        """Whether `root` or a unit under it is in `owed`."""
        return any(True for _unit in self._owing_units(form, period, root))

    def _owing_units(self, form: Form, period: Period, root: str | None) -> Iterator[Unit]:
        if period.kind is not form.every or not self._is_collected(form, period):
            return
        tree = self.tree(period.end)
        if root is not None and root not in tree:
            return
        units = tree.values() if root is None else tree.subtree(root)
        scope = self.catalogue.handed_over(form.owed_by, Duty.FORM, form.id, period.end)
        if scope is not None:
            yield from (unit for unit in units if scope.covers(unit, tree))

    def owing_codes(self, form: Form, period: Period) -> frozenset[str]:
        """The codes of the units of `owed`, kept in memory: a board needs them for every cell."""
        key = (form.id, period.code)
        found = self._owing.get(key)
        if found is None:
            found = frozenset(unit.code for unit in self.owed(form, period))
            if len(self._owing) >= OWING_CACHE_SIZE:
                self._owing.clear()
            self._owing[key] = found
        return found

    def why_not_owed(self, form: Form, unit: str, period: Period) -> Phrase:
        """Why `unit` does not owe `form` for `period`, and what to do about it."""
        if period.kind is not form.every:
            return Phrase(_OTHER_PERIOD, {"form": form.id, "every": Phrase(EVERY[form.every])})
        if form.since is not None and period.end < form.since:
            return Phrase(_FORM_BEGINS, {"day": write_date(form.since)})
        if form.until is not None and form.until <= period.end:
            return Phrase(_FORM_ENDED, {"day": write_date(form.until)})
        if self._since is not None and not self._is_collected(form, period):
            return Phrase(_OFFICE_BEGINS, {"day": write_date(self._since)})
        if unit not in self.tree(period.end):
            return Phrase(_NO_SUCH_UNIT, {"day": write_date(period.end)})
        return Phrase(N_("Check the unit and the period."))

    def undecided(self, form: Form, period: Period) -> tuple[Unit, ...]:
        """The units that the form names, that ended before the end of `period`, and for which no
        decision says which unit reports now; each with its last name."""
        if period.kind is not form.every or not self._is_collected(form, period):
            return ()
        units = self.catalogue.units
        found: dict[str, Unit] = {}
        for code in sorted(named_units(form.owed_by)):
            if code not in units:
                continue
            now = self.catalogue.bearer(code, Duty.FORM, form.id, period.end)
            if not now.decided and now.unit is not None:
                found[now.unit] = units[now.unit]
        return tuple(found.values())

    def deadline(self, form: Form, unit: str, period: Period) -> tuple[Period, tuple[Overlay, ...]]:
        """`period` with the deadline that holds for `unit` (without an extension), and the overlays
        that set this deadline."""
        if (moved := self.moved(form, period)) is not None:
            return replace(period, due=moved), ()
        local, used = self.catalogue.overlaid("form", form.id, form, unit, period.end)
        tree = self.tree(period.end)
        rule = local.deadline(tree[unit], tree)
        setting = tuple(overlay for overlay in used if overlay.sets)
        return self._with_due(period, rule), setting

    def _with_due_of(self, period: Period, rule: Deadline) -> Period:
        return replace(period, due=rule.due(period, self.days_off))

    def first_deadline(self, form: Form, period: Period) -> date:
        """The earliest deadline of all units that owe `form` for `period`, without extensions, kept in
        memory; the last day there is where no unit owes it. Up to that day no report is late."""
        key = (form.id, period.code)
        found = self._first_deadlines.get(key)
        if found is None:
            dues = (
                self.deadline(form, unit, period)[0].due for unit in self.owing_codes(form, period)
            )
            found = min((due for due in dues if due is not None), default=date.max)
            if len(self._first_deadlines) >= OWING_CACHE_SIZE:
                self._first_deadlines.clear()
            self._first_deadlines[key] = found
        return found

    def earlier_periods(self, form: Form, period: Period, count: int) -> tuple[Period, ...]:
        """The last `count` periods of the form before `period`, newest first."""
        if period.kind is PeriodKind.SPAN:
            return ()
        earlier = [
            p for p in self._periods_until(form, period.start, count) if p.end < period.start
        ]
        return tuple(reversed(earlier[-count:]))


def _last(periods: Sequence[Period], count: int | None) -> Sequence[Period]:
    """The last `count` of them, or all."""
    return periods if count is None else periods[-count:]
