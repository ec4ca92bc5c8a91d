"""What a change of units would do, before it takes effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nqcore.collection.accounts.access import Account
from nqcore.collection.context import Context
from nqcore.collection.reorganisation.open_duties import OpenDuty, open_duties
from nqcore.model.changes import ChangeEvent
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.projection import project
from nqcore.model.units import Unit

_DAY = timedelta(days=1)
_AHEAD = timedelta(days=800)
"""Every kind of period begins at least once within it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDuty:
    """`unit` owes `form` no longer (or from then on), `first` being the first such period."""

    unit: Unit
    form: Form
    first: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedUnit:
    """`unit` stands under another one, None: under nobody."""

    unit: Unit
    before: Unit | None
    after: Unit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestatedUnit:
    """A unit that goes on under another name or kind."""

    before: Unit
    after: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassignedAccount:
    """An account whose person works in another unit from then on; `after` None: nobody said where."""

    account: Account
    before: Unit
    after: Unit | None


class Comparability(StrEnum):
    """What comparisons across the change say of earlier figures, told for a unit of today."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    """Declared shares are used: *ước tính*."""
    LACKING = "lacking"
    """A part of a divided unit may belong here, and nobody declared how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonImpact:
    """How earlier figures are told for `unit`: from which `sources`, how exactly, and the unit that
    keeps what cannot be divided."""

    unit: Unit
    sources: tuple[Unit, ...]
    told: Comparability
    kept: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactPreview:
    """What the events would do. Reports of earlier periods stay under the units and names that made
    them: `kept` counts those of the units that end or are renamed, `outstanding` are those among
    them that are still to be sent or judged."""

    events: tuple[ChangeEvent, ...]
    ended: tuple[Unit, ...]
    begun: tuple[Unit, ...]
    restated: tuple[RestatedUnit, ...]
    moved: tuple[MovedUnit, ...]
    closed: tuple[ChangedDuty, ...]
    opened: tuple[ChangedDuty, ...]
    kept: int
    outstanding: tuple[Obligation, ...]
    accounts: tuple[ReassignedAccount, ...]
    comparisons: tuple[ComparisonImpact, ...]
    questions: tuple[OpenDuty, ...]


def assess_impact(
    old: Context, new: Context, events: Sequence[ChangeEvent], accounts: Iterable[Account]
) -> ImpactPreview:
    """Compare the world with the one in which the events happened, on the last of their days."""
    day = max(event.date for event in events)
    eve = min(event.date for event in events) - _DAY
    # The day before is the same in both worlds; what else happens that day is in both as well.
    before, after = old.obligations.tree(day), new.obligations.tree(day)
    ended = tuple(u for c, u in before.items() if c not in after)
    begun = tuple(u for c, u in after.items() if c not in before)
    both = [(u, after[c]) for c, u in before.items() if c in after]
    gone = {u.code for u in ended}
    renamed = {a.code for a, b in both if a.name != b.name}
    closed, opened = _duties(old, new, day)
    questions_before = {q.id for q in open_duties(old.repository, day)}
    return ImpactPreview(
        events=tuple(events),
        ended=ended,
        begun=begun,
        restated=tuple(
            RestatedUnit(before=a, after=b)
            for a, b in both
            if (a.name, a.kind, a.sector) != (b.name, b.kind, b.sector)
        ),
        moved=tuple(
            MovedUnit(
                unit=b,
                before=before[a.parent] if a.parent else None,
                after=after[b.parent] if b.parent else None,
            )
            for a, b in both
            if a.parent != b.parent
        ),
        closed=closed,
        opened=opened,
        kept=sum(1 for unit in old.repository.reporting_units() if unit in gone | renamed),
        outstanding=tuple(old.repository.outstanding(dict.fromkeys(gone, eve))),
        accounts=tuple(_seated(old, new, day, accounts)),
        comparisons=tuple(_compared(new, events, eve, day)),
        questions=tuple(
            q for q in open_duties(new.repository, day) if q.id not in questions_before
        ),
    )


def _duties(
    old: Context, new: Context, day: date
) -> tuple[tuple[ChangedDuty, ...], tuple[ChangedDuty, ...]]:
    """Who owes a form no longer, and who owes it from then on: in the first period that ends on
    `day` or later."""
    closed, opened = [], []
    for form in old.catalogue.forms.values():
        if not old.obligations.usable(form):
            continue
        calendar = old.obligations.calendar(form)
        first = next((p for p in calendar.periods(form.every, day, day + _AHEAD)), None)
        if first is None:
            continue
        was = {u.code: u for u in old.obligations.owed(form, first)}
        will = {u.code: u for u in new.obligations.owed(form, first)}
        period = old.obligations.period(form, first.code)
        closed += [
            ChangedDuty(unit=u, form=form, first=period) for c, u in was.items() if c not in will
        ]
        opened += [
            ChangedDuty(unit=u, form=form, first=new.obligations.deadline(form, c, period)[0])
            for c, u in will.items()
            if c not in was
        ]
    return tuple(closed), tuple(opened)


def _seated(
    old: Context, new: Context, day: date, accounts: Iterable[Account]
) -> Iterator[ReassignedAccount]:
    for account in accounts:
        if account.unit not in old.catalogue.units:
            continue
        was = old.obligations.workplace(account.unit, day)
        will = new.obligations.workplace(account.unit, day)
        there = will in new.obligations.tree(day)
        if was != will or (not there and was in old.obligations.tree(day)):
            yield ReassignedAccount(
                account=account,
                before=old.catalogue.units[was],
                after=new.catalogue.units[will] if there else None,
            )


def _compared(
    new: Context, events: Sequence[ChangeEvent], eve: date, day: date
) -> Iterator[ComparisonImpact]:
    """For each unit that received something: from whom, and how exactly."""
    projection = project(
        new.catalogue.units, (e for e in new.catalogue.changes.values() if e.transfers), eve, day
    )
    touched = {s for e in events for s in e.sources} & set(projection.start)
    targets = dict.fromkeys(t for e in events for t in e.targets)
    touched |= {t for t in targets if t in projection.start}
    tree = new.catalogue.units
    for target in targets:
        sources, told, kept = [], Comparability.EXACT, None
        for source in sorted(touched, key=lambda c: (c != target, c)):
            route = projection.route(source)
            reached = [part for part in route if target in part.among]
            if not reached:
                continue
            sources.append(tree.state(source, eve))
            if any(len(part.among) > 1 for part in reached):
                told = Comparability.LACKING
                place = projection.unit_for(next(p for p in reached if len(p.among) > 1).among)
                kept = tree.state(place, day) if place else None
            elif len(route) > 1 and told is Comparability.EXACT:
                told = Comparability.ESTIMATED
        yield ComparisonImpact(
            unit=tree.state(target, day), sources=tuple(sources), told=told, kept=kept
        )
