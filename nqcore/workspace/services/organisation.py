"""`ws.organisation`: the office's own units, changes of units, and duties of units that ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from nqcore.collection.accounts.access import Account
from nqcore.collection.reorganisation.codec import UNIT, unit_version
from nqcore.collection.reorganisation.impact import ImpactPreview
from nqcore.collection.reorganisation.lineage import find_units, lineage_data
from nqcore.collection.reorganisation.open_duties import OpenDuty, open_duties
from nqcore.collection.reorganisation.own_definitions import own_definitions
from nqcore.collection.reorganisation.reorganisation import EnteredChange, Reorganisation
from nqcore.collection.tables import UNITS
from nqcore.model.changes import ChangeEvent
from nqcore.model.handovers import Handover
from nqcore.model.units import Unit
from nqcore.text.names import check_name
from nqcore.workspace.arguments import checked
from nqcore.workspace.open_state import OpenState
from nqcore.workspace.unit_list import (
    NoUnitsListed,
    UnitList,
    file_text,
    pasted_rows,
    placed,
    read_rows,
    read_unit_list,
)


@checked
class OrganisationService:
    """Changes of units are records of the journal, owned by the workspace."""

    def __init__(self, state: OpenState) -> None:
        self._state = state

    @property
    def _reorganisation(self) -> Reorganisation:
        state = self._state
        return Reorganisation(state.store, state.context, state.context_with, state.root)

    def find(self, text: str) -> tuple[Unit, ...]:
        """The units that have or had a name with these words, or that code; accents and case make no
        difference.

        >>> [unit.code for unit in ws.organisation.find("cong ty")]
        ['dn-1', 'dn-2', 'dn-3']
        """
        return find_units(self._state.context.obligations.tree_with_rights(self._state.today), text)

    def lineage(self, units: Iterable[Unit]) -> list[dict[str, Any]]:
        """Where each unit came from and where it went, as plain data.

        >>> (entry,) = ws.organisation.lineage([ws.units["xa-a"]])
        >>> entry["name"], entry["came_from"], entry["went_to"]
        ('Xã A', [], [])
        """
        context = self._state.context
        return lineage_data(
            context.catalogue, context.obligations.tree_with_rights(self._state.today), units
        )

    def preview_change(
        self, *events: ChangeEvent, units: Iterable[Unit] = (), by: Account | str
    ) -> ImpactPreview:
        """What `events` would do, with the new `units` that they need; nothing is written. Raises
        what `change_units` raises.

        >>> from nqcore.plugin import ChangeEvent, ChangeKind
        >>> renamed = ChangeEvent(
        ...     id="v1", date=date(2018, 4, 20), kind=ChangeKind.RENAME, unit="xa-a", name="Phường A",
        ...     basis="Nghị quyết số 5",
        ... )
        >>> preview = ws.organisation.preview_change(renamed, by="quantri")
        >>> [(one.before.name, one.after.name) for one in preview.changed]
        [('Xã A', 'Phường A')]
        """
        self._state.refresh()
        actor = self._state.actor(by)
        return self._reorganisation.preview(actor, events, units, self._state.accounts.all())

    def change_units(
        self,
        *events: ChangeEvent,
        units: Iterable[Unit] = (),
        decided: Iterable[Handover] = (),
        by: Account | str,
    ) -> None:
        """Enter changes of units, all of them or none. `units` are those that begin with them,
        `decided` are the decisions on the duties of a unit that ends.

        Raises BasisMissing, RootEnds, UnitExists, ReportedAfter, NotAllowed (the account must manage
        all units that are touched, for all forms), BrokenChange, BrokenTree, BrokenHandover.

        >>> from nqcore.plugin import ChangeEvent, ChangeKind
        >>> renamed = ChangeEvent(
        ...     id="v1", date=date(2018, 4, 1), kind=ChangeKind.RENAME, unit="xa-a", name="Phường A",
        ...     basis="Nghị quyết số 5",
        ... )
        >>> ws.organisation.change_units(renamed, by="quantri")
        >>> ws.units["xa-a"].name
        'Phường A'
        """
        self._state.refresh()
        actor = self._state.actor(by)
        why = "; ".join(dict.fromkeys(event.basis for event in events))
        with self._state.store.change(
            by=actor.login, do="change-units", why=why, at=actor.at
        ) as change:
            self._reorganisation.enter(change, actor, events, tuple(units), tuple(decided))
        self._state.refresh()

    def undo_change(self, id: str, *, by: Account | str) -> ChangeEvent:
        """*Hoàn tác*: take a change of the office back, with the units and decisions that came with
        it, as long as no report was entered under the new units. Raises UnknownName, ForeignChange,
        NotAllowed, ReportsExist, StillNeeded.

        >>> from nqcore.plugin import ChangeEvent, ChangeKind
        >>> renamed = ChangeEvent(
        ...     id="v1", date=date(2018, 4, 1), kind=ChangeKind.RENAME, unit="xa-a", name="Phường A",
        ...     basis="Nghị quyết số 5",
        ... )
        >>> ws.organisation.change_units(renamed, by="quantri")
        >>> ws.organisation.undo_change("v1", by="quantri") == renamed
        True
        >>> ws.units["xa-a"].name
        'Xã A'
        """
        self._state.refresh()
        actor = self._state.actor(by)
        with self._state.store.change(
            by=actor.login, do="undo-change", why=id, at=actor.at
        ) as change:
            event = self._reorganisation.undo(change, actor, id)
        self._state.refresh()
        return event

    def entered_changes(self) -> tuple[EnteredChange, ...]:
        """The changes of units that the office entered, newest first.

        >>> ws.organisation.entered_changes()  # the office has entered none
        ()
        """
        return self._reorganisation.entered()

    def may_change(self, event: ChangeEvent, *, by: Account | str) -> bool:
        """Whether the account may enter the change or take it back: it manages, for all forms, every unit
        that is touched.

        >>> from nqcore.plugin import ChangeEvent, ChangeKind
        >>> renamed = ChangeEvent(
        ...     id="v1", date=date(2018, 4, 1), kind=ChangeKind.RENAME, unit="xa-a", name="Phường A",
        ...     basis="Nghị quyết số 5",
        ... )
        >>> [ws.organisation.may_change(renamed, by=one) for one in ("quantri", "lan")]
        [True, False]
        """
        return self._reorganisation.may_change(self._state.actor(by), event)

    def open_duties(self) -> tuple[OpenDuty, ...]:
        """*Chưa xác định*: duties of units that have ended, which wait for a decision.

        >>> ws.organisation.open_duties()  # no unit has ended with a duty
        ()
        """
        return open_duties(self._state.context.repository, self._state.today)

    def hand_over(self, *decided: Handover, by: Account | str) -> None:
        """*Kế thừa, thay thế, kết thúc*: decide on duties of units that have ended. Raises
        BrokenHandover, DuplicateId, NotAllowed (the account must manage the unit and its heir, for
        all forms).

        >>> from nqcore.plugin import ChangeEvent, ChangeKind, Disposal, Duty, Handover, Transfer
        >>> day, basis = date(2018, 4, 1), "Nghị quyết số 5"
        >>> merged = ChangeEvent(
        ...     id="v1", date=day, kind=ChangeKind.MERGE, basis=basis,
        ...     transfers=(Transfer(source="xa-a", target="xa-b"),),
        ... )
        >>> ws.organisation.change_units(merged, by="quantri")
        >>> inherited = Handover(
        ...     unit="xa-a", duty=Duty.TASK, of="t1", disposal=Disposal.INHERIT, successor="xa-b",
        ...     since=day, basis=basis,
        ... )
        >>> ws.organisation.hand_over(inherited, by="quantri")
        >>> ws.monitoring.task("t1").responsible
        'xa-b'
        """
        actor = self._state.actor(by)
        why = "; ".join(dict.fromkeys(each.basis for each in decided))
        with self._state.store.change(
            by=actor.login, do="hand-over", why=why, at=actor.at
        ) as change:
            self._reorganisation.hand_over(change, actor, decided)
        self._state.refresh()

    def plan_units(
        self, listed: str | Path, *, under: str, opened: date | None = None, basis: str = ""
    ) -> UnitList:
        r"""The units of a list, as they would be added under the unit `under`: `listed` is the path of a
        file, or the text of a list that was pasted. They exist from the day `opened` on (None: as long as the
        office collects), by the document `basis`. Nothing is written. Raises UnknownName, BadUnitList,
        FileRefused.

        >>> plan = ws.organisation.plan_units("Tên\tLoại\nXã C\txã", under="top")
        >>> [(unit.code, unit.kind, unit.parent) for unit in plan.units]
        [('xa-c', 'commune', 'top')]
        """
        self._state.refresh()
        catalogue, tree = self._state.context.catalogue, self._state.context.catalogue.units
        tree[under]
        if isinstance(listed, Path):
            found = read_unit_list(listed, catalogue.unit_kinds, tree, under)
        else:
            found = read_rows(pasted_rows(listed), catalogue.unit_kinds, tree, under)
        return replace(found, units=placed(found.units, tree, opened, basis.strip()))

    def list_text(self, name: str, data: bytes) -> str:
        r"""The rows of the list in a file, as text that `plan_units` reads. Raises FileRefused, BrokenRow.

        >>> ws.organisation.list_text("a.csv", "Tên,Loại\nXã C,xã\n".encode())
        'Tên\tLoại\nXã C\txã\n'
        """
        return file_text(name, data)

    def add_list(self, plan: UnitList, *, by: Account | str) -> None:
        r"""Add the units of a plan, all of them or none. Raises NotAllowed (the account must manage the units
        above them, for all forms), NoUnitsListed, UnitExists, and what a name may be refused for.

        >>> plan = ws.organisation.plan_units("Tên\tLoại\nXã C\txã", under="top")
        >>> ws.organisation.add_list(plan, by="quantri")
        >>> ws.units["xa-c"].name
        'Xã C'
        """
        if not plan.units:
            raise NoUnitsListed
        state = self._state
        actor = state.actor(by)
        why = plan.units[0].basis
        with state.store.change(by=actor.login, do="add-units", why=why, at=actor.at) as change:
            self._reorganisation.add(change, actor, plan.units)
        state.refresh()

    def add_units(self, units: Iterable[Unit], *, by: str) -> None:
        """Add units of the office's own list. Raises HiddenInName and MisreadText for a name, and
        DuplicateId or BrokenTree: units with which the workspace could not be opened again are not
        written.

        >>> from nqcore.plugin import Unit, UnitKind
        >>> xa_c = Unit(code="xa-c", name="Xã C", kind=UnitKind.COMMUNE, parent="top")
        >>> ws.organisation.add_units([xa_c], by="quantri")
        >>> ws.units["xa-c"].name
        'Xã C'
        """
        state = self._state
        with state.store.change(by=by, do="add-units", at=state.clock()) as change:
            for unit in units:
                check_name(unit.name)
                version = unit_version(unit.kind)
                change.put(UNITS, unit.code, UNIT.to_doc(unit), version=version)
            state.context_with(own_definitions(state.store))
        state.refresh()
