"""The timetable (*Kỳ và hạn*): the periods of a year with their deadlines and extensions, and the
office's days off."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.obligations import Obligations
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import DAYS_OFF
from nqcore.errors import N_, InputError, UnknownName
from nqcore.model.days_off import SpecialDay
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.units import Unit
from nqcore.store import Store
from nqcore.text.dates import write_date
from nqcore.text.folding import nfc
from nqcore.text.old_encodings import check_letters


class DayRefused(InputError):
    """The day off cannot be entered or taken back."""

    code = "day-refused"


class DayPassed(DayRefused):
    """The day is today or over. Whether a report was sent in time must not change afterwards."""

    code = "day-passed"
    template = N_("{day} is over; what was sent in time stays so. Choose a day to come.")


class DayWithoutName(DayRefused):
    """The day has no name: no reason is given."""

    code = "day-without-name"
    template = N_("Write what day it is, such as a compensatory day off.")


class NotOwnDay(DayRefused):
    """The day was not entered by the office."""

    code = "not-own-day"
    template = N_("{day} was not entered here. Enter it as a working day instead.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineGroup:
    """The units that have the same deadline `day`."""

    day: date
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableRow:
    """A period of a form with its deadlines, sorted by day. A plugin of a province or a district may give
    its units a deadline of their own. Extensions of single reports are not included."""

    period: Period
    deadlines: tuple[DeadlineGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTimetable:
    """The periods of a form that end in the year."""

    form: Form
    rows: tuple[TimetableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """One year of the units under one unit. `extended` are the reports whose deadline is extended;
    `special_days` are days off, and days of the weekend that are worked."""

    year: int
    forms: tuple[FormTimetable, ...]
    extended: tuple[Obligation, ...]
    special_days: tuple[SpecialDay, ...]


def timetable(
    repository: SubmissionRepository, year: int, root: str, forms: Collection[Form]
) -> Timetable:
    """The periods of `year` of `forms` and their deadlines for the units under `root` (a code). Raises
    UnknownName."""
    obligations = repository.obligations
    repository.catalogue.units[root]  # raises UnknownName, also for a year without periods
    found = (
        FormTimetable(form=form, rows=tuple(_rows(obligations, form, year, root)))
        for form in forms
        if obligations.has_calendar(form)
    )
    return Timetable(
        year=year,
        forms=tuple(one for one in found if one.rows),
        extended=tuple(_extended(repository, year, root, {form.id for form in forms})),
        special_days=obligations.days_off.special_days(year),
    )


def _rows(obligations: Obligations, form: Form, year: int, root: str) -> Iterator[TimetableRow]:
    """The periods of the form that end in `year` and for which a unit under `root` owes a report."""
    for undated in obligations.calendar(form).periods(
        form.every, date(year, 1, 1), date(year, 12, 31)
    ):
        if undated.end.year != year:
            continue
        period = obligations.period(form, undated.code)
        units: dict[date, list[Unit]] = {}
        for unit in obligations.owed(form, period, root):
            dated, _ = obligations.deadline(form, unit.code, period)
            assert dated.due is not None
            units.setdefault(dated.due, []).append(unit)
        if units:
            groups = (DeadlineGroup(day=day, units=tuple(units[day])) for day in sorted(units))
            yield TimetableRow(period=period, deadlines=tuple(groups))


def _extended(
    repository: SubmissionRepository, year: int, root: str, forms: Collection[str]
) -> Iterator[Obligation]:
    """The reports of units under `root`, in `forms` (ids), for periods that end in `year` whose deadline is
    extended."""
    for id in repository.extensions.all():
        try:
            found = repository.find(id)
        except (InputError, UnknownName):
            continue  # the unit no longer owes this report
        below = found.form in forms and repository.units.contains(root, found.unit)
        if below and found.period.end.year == year:
            yield found


def set_day_off(
    store: Store, actor: Actor, day: date, name: str, *, working: bool, root: str
) -> None:
    """Enter a day off of the office or, with `working`, a day that is worked although it would be off.

    It moves the deadlines of all units and forms: the actor must manage `root`, the unit at the top. Raises
    NotAllowed, DayPassed, DayWithoutName, MisreadText."""
    actor.require_for_all_forms(Action.MANAGE, root)
    if day <= actor.today:
        raise DayPassed(day=write_date(day))
    name = nfc(name).strip()
    if not name:
        raise DayWithoutName
    check_letters(name)
    with store.change(by=actor.login, do="set-day-off", why=name, at=actor.at) as change:
        change.put(DAYS_OFF, day.isoformat(), {"name": name, "working": working})


def drop_day_off(store: Store, actor: Actor, day: date, *, root: str) -> None:
    """Take back a day that the office entered. Raises NotAllowed, DayPassed, NotOwnDay."""
    actor.require_for_all_forms(Action.MANAGE, root)
    if day <= actor.today:
        raise DayPassed(day=write_date(day))
    with store.change(by=actor.login, do="drop-day-off", at=actor.at) as change:
        if not change.drop(DAYS_OFF, day.isoformat()):
            raise NotOwnDay(day=write_date(day))
