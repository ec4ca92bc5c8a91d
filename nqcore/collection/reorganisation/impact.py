"""The impact of a change of units, shown before the change takes effect."""

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
from nqcore.model.projection import Projection, project
from nqcore.model.submissions import SENT
from nqcore.model.units import Unit, UnitTree

_DAY = timedelta(days=1)
_AHEAD = timedelta(days=800)
"""Every kind of period begins at least once within this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingDuty:
    """`unit` owes `form` from the period `first` on, or owes it for the periods before `first` only."""

    unit: Unit
    form: Form
    first: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedUnit:
    """`unit` gets another unit above it: `before` and `after`; None: it has none above it."""

    unit: Unit
    before: Unit | None
    after: Unit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedUnit:
    """A unit that goes on with another name, kind or sector."""

    before: Unit
    after: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassignedAccount:
    """An account whose user works in another unit from then on. `after` is None where the unit has no
    single successor: then a decision is needed."""

    account: Account
    before: Unit
    after: Unit | None


class Comparability(StrEnum):
    """How exactly the figures before the change can be given for a unit of the time after it."""

    EXACT = "exact"
    """They are sums of whole units."""
    ESTIMATED = "estimated"
    """Declared shares are used: *ước tính*."""
    UNKNOWN_SHARE = "unknown_share"
    """A part of a divided unit belongs to the unit, and its share was not declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonImpact:
    """How the figures before the change are given for `unit`: from the units `sources`, as exactly as
    `comparability` says. `undivided_at` is the unit above that keeps figures that cannot be divided."""

    unit: Unit
    sources: tuple[Unit, ...]
    comparability: Comparability
    undivided_at: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBefore:
    """`report`, of a unit that receives others, is sent already for a period at whose end these are a part of
    it: it is of the old boundaries. The units `unreported` owe no report for that period any longer, so
    their part is in none."""

    report: Obligation
    unreported: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactPreview:
    """What `events` would do.

    Reports of earlier periods stay under the units and names that made them: `reports_kept` counts those
    of units that end or are renamed; `outstanding` are the ones among them that are not accepted yet.
    `duties_ended` and `duties_begun` say which unit owes which form no longer, and which unit from then
    on. `open_duties` are the duties of ended units that would need a decision. `sent_before` are the
    reports that leave a part out, because they were sent within the old boundaries."""

    events: tuple[ChangeEvent, ...]
    ended: tuple[Unit, ...]
    begun: tuple[Unit, ...]
    changed: tuple[ChangedUnit, ...]
    moved: tuple[MovedUnit, ...]
    duties_ended: tuple[ReportingDuty, ...]
    duties_begun: tuple[ReportingDuty, ...]
    reports_kept: int
    outstanding: tuple[Obligation, ...]
    accounts: tuple[ReassignedAccount, ...]
    comparisons: tuple[ComparisonImpact, ...]
    open_duties: tuple[OpenDuty, ...]
    sent_before: tuple[SentBefore, ...] = ()


def assess_impact(
    old: Context, new: Context, events: Sequence[ChangeEvent], accounts: Iterable[Account]
) -> ImpactPreview:
    """Compare the context in force (`old`) with the one in which `events` are entered (`new`), on the
    last of the days of the events."""
    day = max(event.date for event in events)
    eve = min(event.date for event in events) - _DAY
    # Both trees are of the same day, so every other change until that day is in both.
    before, after = old.obligations.tree(day), new.obligations.tree(day)
    ended = tuple(unit for code, unit in before.items() if code not in after)
    kept = [(unit, after[code]) for code, unit in before.items() if code in after]
    ended_codes = {unit.code for unit in ended}
    renamed = {a.code for a, b in kept if a.name != b.name}
    duties_ended, duties_begun = _changed_duties(old, new, day)
    known_open = {duty.id for duty in open_duties(old.repository, day)}
    return ImpactPreview(
        events=tuple(events),
        ended=ended,
        begun=tuple(unit for code, unit in after.items() if code not in before),
        changed=tuple(
            ChangedUnit(before=a, after=b)
            for a, b in kept
            if (a.name, a.kind, a.sector) != (b.name, b.kind, b.sector)
        ),
        moved=tuple(_moved(before, after, kept)),
        duties_ended=duties_ended,
        duties_begun=duties_begun,
        reports_kept=sum(u in ended_codes | renamed for u in old.repository.reporting_units()),
        outstanding=tuple(old.repository.outstanding(dict.fromkeys(ended_codes, eve))),
        accounts=tuple(_reassigned(old, new, day, accounts)),
        comparisons=tuple(_comparisons(new, events, eve, day)),
        open_duties=tuple(d for d in open_duties(new.repository, day) if d.id not in known_open),
        sent_before=tuple(_sent_before(old, new, events)),
    )


def _sent_before(old: Context, new: Context, events: Sequence[ChangeEvent]) -> Iterator[SentBefore]:
    """The reports of receiving units for the periods that have begun and end on the day of an event or
    later, where a unit that goes into them had to report for the period too, and then has not."""
    repository, today = old.repository, old.repository.clock().date()
    for form in old.catalogue.forms.values():
        if not old.obligations.has_calendar(form):
            continue
        for period in old.obligations.current_periods(form, today, None):
            here = [event for event in events if event.transfers and event.date <= period.end]
            if not here:
                continue
            sent = repository.units_with(form, period, SENT)
            before = {unit.code: unit for unit in old.obligations.owed(form, period)}
            gone = {*before} - {*new.obligations.owing_codes(form, period)} - sent
            for target in dict.fromkeys(t for e in here for t in e.targets):
                parts = {t.source for e in here for t in e.transfers if t.target == target}
                unreported = tuple(before[code] for code in before if code in parts & gone)
                if unreported and target in sent & {*before}:
                    yield SentBefore(
                        report=repository.obligation(target, form, period), unreported=unreported
                    )


def _moved(
    before: UnitTree, after: UnitTree, kept: Iterable[tuple[Unit, Unit]]
) -> Iterator[MovedUnit]:
    """The units in `kept` (as they are before and after) whose unit above changes."""
    for a, b in kept:
        if a.parent != b.parent:
            yield MovedUnit(
                unit=b,
                before=before[a.parent] if a.parent else None,
                after=after[b.parent] if b.parent else None,
            )


def _changed_duties(
    old: Context, new: Context, day: date
) -> tuple[tuple[ReportingDuty, ...], tuple[ReportingDuty, ...]]:
    """Which units owe a form no longer, and which ones owe it newly, in the first period that ends on
    `day` or later."""
    ended, begun = [], []
    for form in old.catalogue.forms.values():
        if not old.obligations.has_calendar(form):
            continue
        calendar = old.obligations.calendar(form)
        first = next((p for p in calendar.periods(form.every, day, day + _AHEAD)), None)
        if first is None:
            continue
        before = {unit.code: unit for unit in old.obligations.owed(form, first)}
        after = {unit.code: unit for unit in new.obligations.owed(form, first)}
        period = old.obligations.period(form, first.code)
        ended += [
            ReportingDuty(unit=unit, form=form, first=period)
            for code, unit in before.items()
            if code not in after
        ]
        begun += [
            ReportingDuty(
                unit=unit, form=form, first=new.obligations.deadline(form, code, period)[0]
            )
            for code, unit in after.items()
            if code not in before
        ]
    return tuple(ended), tuple(begun)


def _reassigned(
    old: Context, new: Context, day: date, accounts: Iterable[Account]
) -> Iterator[ReassignedAccount]:
    """The accounts whose users work in another unit after the change, or in none that exists."""
    for account in accounts:
        if account.unit not in old.catalogue.units:
            continue
        before = old.obligations.workplace(account.unit, day)
        after = new.obligations.workplace(account.unit, day)
        exists = after in new.obligations.tree(day)
        if before != after or (not exists and before in old.obligations.tree(day)):
            yield ReassignedAccount(
                account=account,
                before=old.catalogue.units[before],
                after=new.catalogue.units[after] if exists else None,
            )


def _comparisons(
    new: Context, events: Sequence[ChangeEvent], eve: date, day: date
) -> Iterator[ComparisonImpact]:
    """For each unit that receives something: from which units, and how exactly."""
    projection = project(
        new.catalogue.units, (e for e in new.catalogue.changes.values() if e.transfers), eve, day
    )
    targets = dict.fromkeys(t for e in events for t in e.targets)
    sources = {s for e in events for s in (*e.sources, *targets)} & set(projection.start)
    for target in targets:
        # The unit's own earlier figures first, then those of the others by code.
        ordered = sorted(sources, key=lambda code: (code != target, code))
        yield _comparison(new.catalogue.units, projection, target, ordered, (eve, day))


def _comparison(
    tree: UnitTree,
    projection: Projection,
    target: str,
    sources: Iterable[str],
    days: tuple[date, date],
) -> ComparisonImpact:
    """How figures of the first of `days` are given for `target` on the second."""
    eve, day = days
    used: list[Unit] = []
    comparability, undivided_at = Comparability.EXACT, None
    for source in sources:
        route = projection.route(source)
        reaching = [part for part in route if target in part.among]
        if not reaching:
            continue
        used.append(tree.state(source, eve))
        undivided = next((part for part in reaching if len(part.among) > 1), None)
        if undivided is not None:
            comparability = Comparability.UNKNOWN_SHARE
            above = projection.unit_for(undivided.among)
            undivided_at = tree.state(above, day) if above else None
        elif len(route) > 1 and comparability is Comparability.EXACT:
            comparability = Comparability.ESTIMATED
    return ComparisonImpact(
        unit=tree.state(target, day),
        sources=tuple(used),
        comparability=comparability,
        undivided_at=undivided_at,
    )
