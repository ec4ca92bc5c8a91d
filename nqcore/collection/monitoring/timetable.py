"""*Kỳ và hạn*: the periods of a year with their deadlines, extensions, and days off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
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


class DayRefused(InputError):
    """A day off cannot be taken."""

    code = "day-refused"


class DayPassed(DayRefused):
    """The day is over: what was late or in time must not change afterwards."""

    code = "day-passed"
    template = N_("{day} is over; what was sent in time stays so. Choose a day to come.")


class DayWithoutName(DayRefused):
    """Nobody said why."""

    code = "day-without-name"
    template = N_("Write what day it is, such as a compensatory day off.")


class NotOwnDay(DayRefused):
    """The day is not the office's own."""

    code = "not-own-day"
    template = N_("{day} was not entered here. Enter it as a working day instead.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineGroup:
    """The deadline `day` of those `units`."""

    day: date
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableRow:
    """A period of a form, whose figures are closed on its last day; `dues` by their day (each level,
    province or district may have its own), extensions left out."""

    period: Period
    dues: tuple[DeadlineGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormYear:
    """A form's periods that end in the year."""

    form: Form
    entries: tuple[TimetableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """One year under one unit. `extended` are the reports that have more time."""

    year: int
    forms: tuple[FormYear, ...]
    extended: tuple[Obligation, ...]
    days: tuple[SpecialDay, ...]


def timetable(repository: SubmissionRepository, year: int, root: str) -> Timetable:
    """The periods and deadlines of the units under `root`."""
    obligations = repository.obligations
    forms = []
    for form in repository.catalogue.forms.values():
        if not obligations.usable(form):
            continue
        entries = []
        first, last = date(year, 1, 1), date(year, 12, 31)
        for bare in obligations.calendar(form).periods(form.every, first, last):
            if bare.end.year != year:
                continue
            period = obligations.period(form, bare.code)
            by: dict[date, list[Unit]] = {}
            for unit in obligations.owed(form, period, root):
                local, _ = obligations.deadline(form, unit.code, period)
                assert local.due is not None
                by.setdefault(local.due, []).append(unit)
            if by:
                dues = tuple(DeadlineGroup(day=day, units=tuple(by[day])) for day in sorted(by))
                entries.append(TimetableRow(period=period, dues=dues))
        if entries:
            forms.append(FormYear(form=form, entries=tuple(entries)))
    return Timetable(
        year=year,
        forms=tuple(forms),
        extended=tuple(_extended(repository, year, root)),
        days=obligations.days_off.special_days(year),
    )


def _extended(repository: SubmissionRepository, year: int, root: str) -> Iterable[Obligation]:
    for id in repository.extensions.all():
        try:
            found = repository.find(id)
        except (InputError, UnknownName):
            continue  # its unit owes it no longer
        if found.period.end.year == year and repository.units.contains(root, found.unit):
            yield found


def set_day(store: Store, actor: Actor, day: date, name: str, *, working: bool, root: str) -> None:
    """Enter a day of the office: off, or worked. It moves the deadlines of all units, so the actor
    must manage `root`, the unit at the top. Raises NotAllowed, DayPassed, DayWithoutName."""
    actor.require(Action.MANAGE, root)
    if day <= actor.today:
        raise DayPassed(day=write_date(day))
    name = nfc(name).strip()
    if not name:
        raise DayWithoutName
    with store.change(by=actor.login, do="set-day-off", why=name, at=actor.at) as change:
        change.put(DAYS_OFF, day.isoformat(), {"name": name, "working": working})


def drop_day(store: Store, actor: Actor, day: date, *, root: str) -> None:
    """Take such a day back. Raises NotAllowed, DayPassed, NotOwnDay."""
    actor.require(Action.MANAGE, root)
    if day <= actor.today:
        raise DayPassed(day=write_date(day))
    with store.change(by=actor.login, do="drop-day-off", at=actor.at) as change:
        if not change.drop(DAYS_OFF, day.isoformat()):
            raise NotOwnDay(day=write_date(day))
