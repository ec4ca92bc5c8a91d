"""Changes of units made in the office: what one would do, making it, taking it back.

A change is a definition that the workspace owns: it obeys the same rules as a plugin's, and stands in
the journal with who entered it and when. Nothing that was reported is rewritten by it.
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
from nqcore.collection.reorganisation.codec import change_to_doc, handover_to_doc, unit_to_doc
from nqcore.collection.reorganisation.impact import ImpactPreview, assess_impact
from nqcore.collection.reorganisation.own_definitions import own_definitions
from nqcore.collection.tables import ACCOUNTS, CHANGES, HANDOVERS, SUBMISSIONS, UNITS
from nqcore.errors import N_, InputError, NqError, UnknownName
from nqcore.model.changes import DIVIDING, ChangeEvent, ChangeKind
from nqcore.model.handovers import Handover
from nqcore.model.submissions import SENT, SubmissionId
from nqcore.model.units import Unit, UnitTree
from nqcore.store import Change, Store
from nqcore.text.folding import slug


class ChangeRefused(InputError):
    """The change of units cannot be made, or not be taken back; nothing was written."""

    code = "change-refused"


class BasisMissing(ChangeRefused):
    """A change without the document that ordered it."""

    code = "basis-missing"
    template = N_("Write the document that orders the change: its number, date and body.")


class RootEnds(ChangeRefused):
    """The unit on top of all reports must stay."""

    code = "root-ends"
    template = N_("{unit} receives all reports here and cannot end. Choose another unit.")


class ForeignChange(ChangeRefused):
    """The change was brought by a plugin."""

    code = "foreign-change"
    template = N_("The change “{change}” comes from {owner}. Correct it there.")


class ReportsExist(ChangeRefused):
    """Somebody has already reported under the new units."""

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
    """Something rests on what the change brought."""

    code = "still-needed"
    template = N_("The change cannot be taken back: {detail} needs it. Check that first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredChange:
    """A change that the office entered: who and when, and whether it can still be taken back."""

    event: ChangeEvent
    by: str
    at: str
    undo: bool


class Reorganisation:
    """Changes of units in the office whose definitions are now those of `context`. `context_with`
    gives the context that holds with other definitions of the office; `root` is the unit at the top."""

    def __init__(
        self,
        store: Store,
        context: Context,
        context_with: Callable[[Definitions], Context],
        root: str,
    ) -> None:
        self._store, self._root = store, root
        self._context, self._context_with = context, context_with

    # -- before ----------------------------------------------------------------------------------

    def preview(
        self,
        actor: Actor,
        events: Sequence[ChangeEvent],
        units: Iterable[Unit],
        accounts: Iterable[Account],
    ) -> ImpactPreview:
        """What the events would do if they were entered now; nothing is written. Raises what
        `enter` raises."""
        units = tuple(units)
        own = merge_files(
            [own_definitions(self._store), Definitions(units=units, changes=tuple(events))]
        )
        after = self._checked(actor, own, events, units)
        return assess_impact(self._context, after, events, accounts)

    def _checked(
        self,
        actor: Actor,
        own: Definitions,
        events: Sequence[ChangeEvent],
        units: Sequence[Unit],
    ) -> Context:
        """The context with these definitions of the office, where the actor may bring it about."""
        for event in events:
            if not event.basis.strip():
                raise BasisMissing
        for code in concerned(actor.tree, events, units):
            actor.require(Action.MANAGE, code)
        after = self._context_with(own)
        root = after.catalogue.units[self._root]
        if root.closed is not None:
            raise RootEnds(unit=root.name)
        self._nothing_sent_after(after.catalogue)
        return after

    # -- making it and taking it back ------------------------------------------------------------

    def enter(
        self,
        change: Change,
        actor: Actor,
        events: Sequence[ChangeEvent],
        units: Sequence[Unit],
        handovers: Sequence[Handover],
    ) -> None:
        """Write events, the units that begin with them and what was decided about duties, in the
        open change. Raises BasisMissing, RootEnds, NotAllowed, DuplicateId, BrokenChange,
        BrokenTree, BrokenHandover."""
        for unit in units:
            if change.get(UNITS, unit.code) is not None:
                raise UnitExists(unit=unit.code)
            change.put(UNITS, unit.code, unit_to_doc(unit))
        for event in events:
            if change.get(CHANGES, event.id) is not None:
                raise UnitExists(unit=event.id)
            begins = [unit.code for unit in units if unit.code in event.touched]
            change.put(CHANGES, event.id, {**change_to_doc(event), "units": begins})
        self._decide(change, handovers)
        self._checked(actor, own_definitions(self._store), events, units)

    def hand_over(self, change: Change, actor: Actor, decided: Iterable[Handover]) -> None:
        """Write decisions on duties in the open change; one that was taken before is replaced.
        Raises NotAllowed, BasisMissing, BrokenHandover, DuplicateId (a plugin has decided)."""
        decided = tuple(decided)
        for each in decided:
            for code in filter(None, (each.unit, each.successor)):
                actor.require(Action.MANAGE, code)
        self._decide(change, decided)
        self._context_with(own_definitions(self._store))

    def _decide(self, change: Change, decided: Iterable[Handover]) -> None:
        for each in decided:
            if not each.basis.strip():
                raise BasisMissing
            change.put(HANDOVERS, each.id, handover_to_doc(each))

    def undo(self, change: Change, actor: Actor, id: str) -> ChangeEvent:
        """Take back a change of the office, and the units and decisions that came with it. Raises
        UnknownName, ForeignChange, NotAllowed, ReportsExist, StillNeeded."""
        catalogue = self._context.catalogue
        event = self._own(id)
        doc = change.get(CHANGES, id)
        if doc is None:
            raise UnknownName(kind="change", name=id, hint="It was taken back already.")
        begun = tuple(doc.get("units", ()))
        for code in concerned(actor.tree, [event], ()):
            actor.require(Action.MANAGE, code)
        reports = tuple(self.reports_after(event))
        if reports:
            raise ReportsExist(count=len(reports), report=reports[0])
        for account in self._store.table(ACCOUNTS):
            if account["unit"] in begun:
                raise StillNeeded(detail=account["login"])
        change.drop(CHANGES, id)
        for code in begun:
            change.drop(UNITS, code)
        ended = {u for u in event.sources if catalogue.units[u].closed == event.date}
        if event.kind is ChangeKind.CLOSE and event.unit:
            ended.add(event.unit)
        for handover in own_definitions(self._store).handovers:
            if handover.unit in ended:
                change.drop(HANDOVERS, handover.id)
        try:
            self._context_with(own_definitions(self._store))
        except NqError as wrong:
            raise StillNeeded(detail=str(wrong)) from wrong
        return event

    def _own(self, id: str) -> ChangeEvent:
        catalogue = self._context.catalogue
        event = catalogue.changes.get(id)
        if event is None:
            raise UnknownName(kind="change", name=id, hint="Open it from the list of changes.")
        owner = catalogue.owner("change", id)
        if owner != WORKSPACE:
            raise ForeignChange(change=id, owner=owner)
        return event

    def reports_after(self, event: ChangeEvent) -> Iterator[str]:
        """The reports that somebody has begun for periods that end under the new units, by units
        that the event concerns."""
        units = self._context.catalogue.units
        touched = {u.code for code in event.touched for u in units.subtree(code)}
        since = self._store.history(CHANGES, event.id)[-1].seq
        for id in self._ending_after(touched, event.date):
            # A report that was there before the change was entered does not hold it.
            if self._store.history(SUBMISSIONS, id)[-1].seq > since:
                yield id

    def _ending_after(self, units: Collection[str], day: date) -> Iterator[str]:
        """The reports of `units` for periods that end on that day or later."""
        for head in self._store.table(SUBMISSIONS):
            id = SubmissionId.parse(str(head.doc_id))
            if id.unit in units and id.form in self._context.catalogue.forms:
                form = self._context.catalogue.form(id.form)
                if self._context.obligations.period(form, id.period).end >= day:
                    yield str(head.doc_id)

    def _nothing_sent_after(self, catalogue: Catalogue) -> None:
        """A unit that already reported for a period cannot have ended before the period did: its
        figures would stand nowhere. Raises ReportedAfter."""
        for code, unit in catalogue.units.items():
            known = self._context.catalogue.units
            if unit.closed is None or (code in known and known[code].closed == unit.closed):
                continue
            for id in self._ending_after({code}, unit.closed):
                if self._context.repository.state(id) in SENT:
                    raise ReportedAfter(unit=unit.name, report=id)

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
                        undo=next(self.reports_after(event), None) is None,
                    )
                )
        return tuple(sorted(found, key=lambda e: (e.event.date, e.at), reverse=True))


class UnitExists(ChangeRefused):
    """The code is taken."""

    code = "unit-exists"
    template = N_("There is already a unit or a change “{unit}”. Choose another code.")


def concerned(
    tree: UnitTree, events: Iterable[ChangeEvent], units: Iterable[Unit]
) -> tuple[str, ...]:
    """The units over which somebody must have authority to make the changes: what is touched, and
    what stands above where a unit begins, ends or moves."""
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
    """A code for a new unit of that name that no other has: "xa-an-binh", "xa-an-binh-2"."""
    wanted = slug(name) or "don-vi"
    return next(
        code
        for n in range(1, len(taken) + 2)
        if (code := wanted if n == 1 else f"{wanted}-{n}") not in taken
    )


def free_id(catalogue: Catalogue, event: ChangeEvent) -> str:
    """An id for a new change: its day, its kind and a number."""
    start = f"{event.date.isoformat()}.{event.kind.value}".replace("_", "-")
    return next(
        id
        for n in range(1, len(catalogue.changes) + 2)
        if (id := f"{start}.{n}") not in catalogue.changes
    )
