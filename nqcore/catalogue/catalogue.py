"""The Catalogue: everything the plugins and the workspace brought, merged, each with its owner."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from nqcore.catalogue.containment import fault_text
from nqcore.catalogue.contracts import Check, Names, ReportFormat, Rule
from nqcore.catalogue.indicator_versions import Versions, version_at
from nqcore.catalogue.loading import Fault, PluginInfo
from nqcore.errors import UnknownName
from nqcore.model.changes import ChangeEvent, Placement, hierarchy_tree
from nqcore.model.directives import Directives
from nqcore.model.forms import Form
from nqcore.model.handovers import (
    Bearer,
    Duty,
    Handover,
    bearer,
    handed_over,
)
from nqcore.model.indicators import Indicator
from nqcore.model.overlays import Overlay
from nqcore.model.periods import CIVIL, Calendar
from nqcore.model.reports import Letterhead
from nqcore.model.rules import RuleDefinition
from nqcore.model.targets import Target, Task
from nqcore.model.units import Scope, UnitTree

_EVENTS = logging.getLogger("nqcore.events")
T = TypeVar("T")
WORKSPACE = "workspace"
"""The owner of what staff set themselves."""
BUILT_IN = "nqcore"
"""The owner of what is there without any plugin."""
CIVIL_CALENDAR = ("calendar", CIVIL.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """Something points at an id that nobody brought: `what` of `owner` names `missing`."""

    owner: str
    what: str
    kind: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What the workspace knows. All parts are read-only; `owners` maps (kind, id) to plugin names.

    `indicators` holds the newest version of each; `versions` all of them, oldest first."""

    directives: Directives
    units: UnitTree
    changes: Mapping[str, ChangeEvent]
    placements: tuple[Placement, ...]
    handovers: Mapping[str, Handover]
    indicators: Mapping[str, Indicator]
    versions: Versions
    forms: Mapping[str, Form]
    targets: Mapping[str, Target]
    tasks: Mapping[str, Task]
    rules: Mapping[str, RuleDefinition | Rule]
    checks: Mapping[str, Check]
    formats: Mapping[str, ReportFormat]
    calendars: Mapping[str, Calendar]
    overlays: tuple[Overlay, ...]
    letterhead: Letterhead | None
    owners: Mapping[tuple[str, str], str]
    plugins: tuple[PluginInfo, ...]
    faults: tuple[Fault, ...]
    unresolved: tuple[Unresolved, ...]

    def tree(self, hierarchy: str = "main", at: date | None = None) -> UnitTree:
        """The units as they stand in that hierarchy, on a day or last. Raises UnknownName."""
        if hierarchy == "main":
            return self.units if at is None else self.units.at(at)
        chosen = [p for p in self.placements if p.hierarchy == hierarchy]
        if not chosen:
            known = ", ".join(sorted({"main", *(p.hierarchy for p in self.placements)}))
            raise UnknownName(kind="hierarchy", name=hierarchy, hint=f"Known: {known}.")
        return hierarchy_tree(self.units, chosen, at)

    def owner(self, kind: str, id: str) -> str:
        """The plugin that brought `id`, "workspace", or "nqcore" for what is built in."""
        return BUILT_IN if (kind, id) == CIVIL_CALENDAR else self.owners[kind, id]

    def fault(self, kind: str, id: str, wrong: BaseException) -> Fault:
        """What to say of a rule, check or format that raised `wrong`: whose it is, and which version."""
        owner = self.owner(kind, id)
        version = next((p.version for p in self.plugins if p.name == owner), "")
        named = {"plugin": owner, "version": version, "hook": f"{kind} {id}"}
        # Without the words: they may quote figures.
        _EVENTS.info("plugin fault", extra={"fields": named})
        return Fault(plugin=owner, where=f"{kind} {id}", detail=fault_text(wrong), version=version)

    def indicator(self, name: str) -> Indicator:
        """The indicator of that code, or of that label when only one has it."""
        if name in self.indicators:
            return self.indicators[name]
        found = [i for i in self.indicators.values() if i.label == name]
        if len(found) == 1:
            return found[0]
        hint = "`nq indicators` lists the indicators."
        if found:
            hint = "Several have that label: " + ", ".join(i.code for i in found)
        raise UnknownName(kind="indicator", name=name, hint=hint)

    def indicator_at(self, code: str, on: date) -> Indicator:
        """The version of the indicator that holds on that day (before its first one: the first)."""
        return version_at(_get(self.versions, "indicator", code), on)

    def form(self, id: str) -> Form:
        """The form of that id. Raises UnknownName."""
        return _get(self.forms, "form", id)

    def task(self, id: str) -> Task:
        """The task of that id. Raises UnknownName."""
        return _get(self.tasks, "task", id)

    def holder(self, unit: str, duty: Duty, of: str, on: date) -> Bearer:
        """Who holds on that day what was laid on `unit`: itself while it exists, then whoever
        inherited by a decision."""
        return bearer(self.units, self.handovers, unit, duty, of, on)

    def handed_over(self, scope: Scope, duty: Duty, of: str, on: date) -> Scope | None:
        """`scope` with heirs in the place of units that ended by that day; None: nobody is left."""
        return handed_over(scope, self.units, self.handovers, duty, of, on)

    def task_at(self, id: str, on: date) -> Task:
        """The task as it stands on that day: whoever inherited it is responsible or cooperates.
        While nobody has decided it stays with the unit that ended. Raises UnknownName."""
        task = self.task(id)

        def now(code: str) -> str | None:
            known = code in self.units
            return self.holder(code, Duty.TASK, id, on).unit if known else code

        responsible = task.responsible and (now(task.responsible) or "")
        cooperating = tuple(found for code in task.cooperating if (found := now(code)))
        if (responsible, cooperating) == (task.responsible, task.cooperating):
            return task
        return replace(task, responsible=responsible, cooperating=cooperating)

    def target_at(self, target: Target, on: date) -> Target | None:
        """The target as it stands on that day: set for whoever inherited it. None where it ended."""
        scope = self.handed_over(target.scope, Duty.TARGET, target.id, on)
        return None if scope is None else replace(target, scope=scope)

    def format(self, name: str) -> ReportFormat:
        """The report format of that name. Raises UnknownName."""
        return _get(self.formats, "report format", name)

    @property
    def names(self) -> Names:
        """What a report format needs to call things by name."""
        return Names(units=self.units, indicators=self.indicators, directives=self.directives)

    def overlaid(
        self, kind: str, id: str, item: T, unit: str, on: date
    ) -> tuple[T, tuple[Overlay, ...]]:
        """`item` as it holds for `unit` on that day, and the overlays that made it so.

        Overlays of units further up apply first; within one unit by date, then id, so the order in
        which plugins load never matters.
        """
        depth = {u.code: n for n, u in enumerate(reversed(self.units.ancestors(unit)))}
        depth[unit] = len(depth)
        used = sorted(
            (
                o
                for o in self.overlays
                if o.kind == kind and o.of == id and o.within in depth and o.in_force(on)
            ),
            key=lambda o: (depth[o.within], o.since, o.id),
        )
        for overlay in used:
            item = replace(item, **overlay.changes)  # type: ignore[type-var]
        return item, tuple(used)


def _get(table: Mapping[str, T], kind: str, id: str) -> T:
    try:
        return table[id]
    except KeyError:
        known = ", ".join(sorted(table)) or "none"
        raise UnknownName(kind=kind, name=id, hint=f"Known: {known}.") from None
