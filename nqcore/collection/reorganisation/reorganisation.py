"""Changes of units that the office enters: preview, enter, take back, decide on duties.

A change is a definition whose owner is the workspace. It is checked by the same rules as a definition of a
plugin, and the journal records who entered it and when. No submission is rewritten by it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nqcore.catalogue import WORKSPACE, Catalogue
from nqcore.catalogue.definitions import Definitions, merge_files
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.context import Context
from nqcore.collection.reorganisation.codec import CHANGE, HANDOVER, UNIT, unit_version
from nqcore.collection.reorganisation.impact import ImpactPreview, assess_impact
from nqcore.collection.reorganisation.own_definitions import own_definitions
from nqcore.collection.tables import ACCOUNTS, CHANGES, HANDOVERS, SUBMISSIONS, UNITS
from nqcore.errors import N_, InputError, NqError, Phrase, UnknownName
from nqcore.model.changes import DIVIDING, ChangeEvent, ChangeKind
from nqcore.model.handovers import Handover
from nqcore.model.submissions import SENT, SubmissionId
from nqcore.model.units import Unit, UnitTree
from nqcore.store import Change, Store
from nqcore.text.folding import slug
from nqcore.text.names import check_name
from nqcore.text.old_encodings import check_letters


class ChangeRefused(InputError):
    """The change of units cannot be entered, or not be taken back; nothing was written."""

    code = "change-refused"


class BasisMissing(ChangeRefused):
    """A change or a decision without the document that orders it."""

    code = "basis-missing"
    template = N_("Write the document that orders the change: its number, date and body.")


class RootEnds(ChangeRefused):
    """The unit at the top of all reports cannot end."""

    code = "root-ends"
    template = N_(
        "{unit} receives all reports here and cannot end. When the office itself ends, see what to do under "
        "Units › {unit} › End it."
    )


class ForeignChange(ChangeRefused):
    """The change comes from a plugin, so the office cannot take it back."""

    code = "foreign-change"
    template = N_("The change “{change}” comes from {owner}. Correct it there.")


class ReportsExist(ChangeRefused):
    """Reports were already entered under the new units."""

    code = "reports-exist"
    template = N_(
        "The change can no longer be taken back: {count} reports were entered under the new units, "
        "the first {report}. Enter a new change instead."
    )


class ReportedAfter(ChangeRefused):
    """A unit is to end before a period for which it has already reported."""

    code = "reported-after"
    template = N_(
        "{unit} has already sent report {report}, for a period that ends after that day. Choose a "
        "later day, or return that report first."
    )


class StillNeeded(ChangeRefused):
    """An account or another change needs what the change brought."""

    code = "still-needed"
    template = N_("The change cannot be taken back: {detail} needs it. Check that first.")


class UnitExists(ChangeRefused):
    """The code is taken."""

    code = "unit-exists"
    template = N_("There is already a unit or a change “{unit}”. Choose another code.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredChange:
    """A change that the office entered: by which login and when (ISO 8601), and whether it can still be
    taken back."""

    event: ChangeEvent
    by: str
    at: str
    undoable: bool


class Reorganisation:
    """Changes of units in the office whose definitions in force are those of `context`.

    `context_with` makes the context in which other definitions of the office are in force, and raises the
    errors of definitions that contradict each other. `root` is the code of the unit at the top."""

    def __init__(
        self,
        store: Store,
        context: Context,
        context_with: Callable[[Definitions], Context],
        root: str,
    ) -> None:
        self._store, self._root = store, root
        self._context, self._context_with = context, context_with

    # -- preview ---------------------------------------------------------------------------------

    def preview(
        self,
        actor: Actor,
        events: Sequence[ChangeEvent],
        units: Iterable[Unit],
        accounts: Iterable[Account],
    ) -> ImpactPreview:
        """What `events`, with the new `units` that begin with them, would do if they were entered now;
        also to `accounts`. Nothing is written. Raises what `enter` raises."""
        units = tuple(units)
        own = merge_files(
            [own_definitions(self._store), Definitions(units=units, changes=tuple(events))]
        )
        after = self._checked_context(actor, own, events, units)
        return assess_impact(self._context, after, events, accounts)

    def _checked_context(
        self,
        actor: Actor,
        own: Definitions,
        events: Sequence[ChangeEvent],
        units: Sequence[Unit],
    ) -> Context:
        """The context in which `own` are the office's definitions, after all checks of the change that
        leads to it. Raises BasisMissing, NotAllowed, RootEnds, ReportedAfter."""
        for event in events:
            if not event.basis.strip():
                raise BasisMissing
            for words in (event.basis, *(part.basis for part in event.transfers)):
                check_letters(words)
        for code in _units_to_manage(actor.tree, events, units):
            actor.require_for_all_forms(Action.MANAGE, code)
        after = self._context_with(own)
        root = after.catalogue.units[self._root]
        if root.closed is not None:
            raise RootEnds(unit=root.name)
        self._refuse_sent_after(after.catalogue)
        return after

    # -- enter and take back ---------------------------------------------------------------------

    def enter(
        self,
        change: Change,
        actor: Actor,
        events: Sequence[ChangeEvent],
        units: Sequence[Unit],
        handovers: Sequence[Handover],
    ) -> None:
        """Write `events`, the new `units` that begin with them and the decisions on duties into the open
        `change` of the store. Raises BasisMissing, RootEnds, UnitExists, ReportedAfter, NotAllowed (the
        actor must manage every unit that is changed, for all forms), DuplicateId, BrokenChange, BrokenTree,
        BrokenHandover, HiddenInName, MisreadText."""
        for name in (*(unit.name for unit in units), *(event.name for event in events)):
            check_name(name or "")
        for unit in units:
            if change.get(UNITS, unit.code) is not None:
                raise UnitExists(unit=unit.code)
            version = unit_version(unit.kind)
            change.put(UNITS, unit.code, UNIT.to_doc(unit), version=version)
        for event in events:
            if change.get(CHANGES, event.id) is not None:
                raise UnitExists(unit=event.id)
            begins = [unit.code for unit in units if unit.code in event.touched]
            doc = {**CHANGE.to_doc(event), "units": begins}
            change.put(CHANGES, event.id, doc, version=unit_version(event.unit_kind))
        self._write_handovers(change, handovers)
        self._checked_context(actor, own_definitions(self._store), events, units)

    def add(self, change: Change, actor: Actor, units: Sequence[Unit]) -> None:
        """Write `units` of the office's own list into the open `change`. The actor must manage the unit above
        each of them that is there already, for all forms. Raises NotAllowed, UnitExists, HiddenInName,
        MisreadText, DuplicateId, BrokenTree."""
        new = {unit.code for unit in units}
        for unit in units:
            if unit.parent not in new:
                actor.require_for_all_forms(Action.MANAGE, unit.parent or self._root)
            check_name(unit.name)
            if change.get(UNITS, unit.code) is not None:
                raise UnitExists(unit=unit.code)
            version = unit_version(unit.kind)
            change.put(UNITS, unit.code, UNIT.to_doc(unit), version=version)
        self._context_with(own_definitions(self._store))

    def hand_over(self, change: Change, actor: Actor, handovers: Iterable[Handover]) -> None:
        """Write decisions on duties into the open `change`; an earlier decision on the same duty is
        replaced. Raises NotAllowed (the actor must manage the unit and its successor, for all forms),
        BasisMissing, BrokenHandover, DuplicateId (a plugin already has a decision on the duty)."""
        handovers = tuple(handovers)
        for each in handovers:
            for code in filter(None, (each.unit, each.successor)):
                actor.require_for_all_forms(Action.MANAGE, code)
        self._write_handovers(change, handovers)
        self._context_with(own_definitions(self._store))

    def _write_handovers(self, change: Change, handovers: Iterable[Handover]) -> None:
        for each in handovers:
            if not each.basis.strip():
                raise BasisMissing
            check_letters(each.basis)
            change.put(HANDOVERS, each.id, HANDOVER.to_doc(each))

    def undo(self, change: Change, actor: Actor, id: str) -> ChangeEvent:
        """Take back the office's change `id`, the units that began with it and the decisions on duties of
        units that ended with it, in the open `change`. The event that it was is returned. Raises
        UnknownName, ForeignChange, NotAllowed, ReportsExist, StillNeeded."""
        event = self._own_change(id)
        doc = change.get(CHANGES, id)
        if doc is None:
            raise UnknownName(
                kind="change of units", name=id, hint=Phrase(N_("It was taken back already."))
            )
        begun = tuple(doc.get("units", ()))
        for code in _units_to_manage(actor.tree, [event], ()):
            actor.require_for_all_forms(Action.MANAGE, code)
        self._refuse_needed(event, begun)
        change.drop(CHANGES, id)
        for code in begun:
            change.drop(UNITS, code)
        ended = self._units_ended_by(event)
        for handover in own_definitions(self._store).handovers:
            if handover.unit in ended:
                change.drop(HANDOVERS, handover.id)
        try:
            self._context_with(own_definitions(self._store))
        except NqError as wrong:
            raise StillNeeded(detail=wrong) from wrong
        return event

    def _refuse_needed(self, event: ChangeEvent, begun: Collection[str]) -> None:
        """Raise ReportsExist if reports were entered under the new units, StillNeeded if an account is in
        one of `begun`, the units that began with the event."""
        reports = tuple(self._reports_since_entered(event))
        if reports:
            raise ReportsExist(count=len(reports), report=reports[0])
        for account in self._store.table(ACCOUNTS):
            if account["unit"] in begun:
                raise StillNeeded(detail=account["login"])

    def _units_ended_by(self, event: ChangeEvent) -> Collection[str]:
        units = self._context.catalogue.units
        ended = {code for code in event.sources if units[code].closed == event.date}
        if event.kind is ChangeKind.CLOSE and event.unit:
            ended.add(event.unit)
        return ended

    def _own_change(self, id: str) -> ChangeEvent:
        """The change `id`, which the office itself entered. Raises UnknownName, ForeignChange."""
        catalogue = self._context.catalogue
        event = catalogue.changes.get(id)
        if event is None:
            raise UnknownName(
                kind="change of units",
                name=id,
                hint=Phrase(N_("Open it from the list of changes.")),
            )
        owner = catalogue.owner("change", id)
        if owner != WORKSPACE:
            raise ForeignChange(change=id, owner=owner)
        return event

    def _reports_since_entered(self, event: ChangeEvent) -> Iterator[str]:
        """The ids of submissions that were begun after the change was entered, by the units of the event
        and those under them, for periods that end on its day or later."""
        units = self._context.catalogue.units
        touched = {u.code for code in event.touched for u in units.subtree(code)}
        since = self._store.history(CHANGES, event.id)[-1].seq
        for id in self._submissions_ending(touched, event.date):
            # A submission that existed before the change was entered does not prevent its undo.
            if self._store.history(SUBMISSIONS, id)[-1].seq > since:
                yield id

    def _submissions_ending(self, units: Collection[str], day: date) -> Iterator[str]:
        """The ids of the submissions of `units` for periods that end on that day or later."""
        for head in self._store.table(SUBMISSIONS):
            id = SubmissionId.parse(str(head.doc_id))
            if id.unit in units and id.form in self._context.catalogue.forms:
                form = self._context.catalogue.form(id.form)
                if self._context.obligations.period(form, id.period).end >= day:
                    yield str(head.doc_id)

    def _refuse_sent_after(self, catalogue: Catalogue) -> None:
        """Raise ReportedAfter if a unit ends in `catalogue` before the end of a period for which it has
        already sent its report: the figures of that report would belong to no unit."""
        for code, unit in catalogue.units.items():
            known = self._context.catalogue.units
            if unit.closed is None or (code in known and known[code].closed == unit.closed):
                continue
            for id in self._submissions_ending({code}, unit.closed):
                if self._context.repository.state(id) in SENT:
                    raise ReportedAfter(unit=unit.name, report=id)

    def may_change(self, actor: Actor, event: ChangeEvent) -> bool:
        """Whether the actor may enter `event` or take it back: he manages, for all forms, every unit that it
        changes."""
        return all(
            actor.account.may_for_all_forms(Action.MANAGE, code, actor.tree)
            for code in _units_to_manage(actor.tree, [event], ())
        )

    def entered(self) -> tuple[EnteredChange, ...]:
        """The changes that the office entered, newest first."""
        found = []
        catalogue = self._context.catalogue
        for id, event in catalogue.changes.items():
            if catalogue.owner("change", id) == WORKSPACE:
                first = self._store.history(CHANGES, id)[-1]
                found.append(
                    EnteredChange(
                        event=event,
                        by=first.by,
                        at=first.at.isoformat(),
                        undoable=next(self._reports_since_entered(event), None) is None,
                    )
                )
        return tuple(sorted(found, key=lambda e: (e.event.date, e.at), reverse=True))


def _units_to_manage(
    tree: UnitTree, events: Iterable[ChangeEvent], units: Iterable[Unit]
) -> tuple[str, ...]:
    """The codes of the units that an account must manage in order to enter the changes: each unit of an
    event, and the unit above each one that begins, ends or moves."""
    found: dict[str, None] = {}
    for event in events:
        for code in event.touched:
            if code in tree:
                found[code] = None
        moving = event.kind in DIVIDING or event.kind in (ChangeKind.MOVE, ChangeKind.CLOSE)
        if moving:
            found.update((p, None) for c in event.touched if c in tree and (p := tree[c].parent))
        if event.parent is not None:
            found[event.parent] = None
    found.update((unit.parent, None) for unit in units if unit.parent is not None)
    return tuple(code for code in found if code in tree)


def free_code(taken: Collection[str], name: str) -> str:
    """A code for a new unit of that name which is not in `taken`: "xa-an-binh", then "xa-an-binh-2"."""
    wanted = slug(name) or "don-vi"
    return next(
        code
        for n in range(1, len(taken) + 2)
        if (code := wanted if n == 1 else f"{wanted}-{n}") not in taken
    )


def free_id(catalogue: Catalogue, event: ChangeEvent) -> str:
    """An id for a new change: its day, its kind and a number, such as "2018-10-01.merge.1"."""
    start = f"{event.date.isoformat()}.{event.kind.value}".replace("_", "-")
    return next(
        id
        for n in range(1, len(catalogue.changes) + 2)
        if (id := f"{start}.{n}") not in catalogue.changes
    )
