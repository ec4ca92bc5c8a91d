"""The Catalogue: everything the plugins and the workspace brought, merged, each with its owner."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from nqcore.errors import DefinitionError, DuplicateId, NqError, UnknownName
from nqcore.extend.calling import call, words
from nqcore.extend.contracts import Check, Names, ReportFormat, Rule
from nqcore.extend.definitions import Definitions
from nqcore.extend.loading import Fault, PluginInfo, Plugins
from nqcore.extend.versions import Versions, version_at, versions_of
from nqcore.formulas import Formula, find_cycle
from nqcore.model.changes import ChangeEvent, Placement, check_placements, placed, tree_with
from nqcore.model.directives import Directives
from nqcore.model.forms import DocumentField, Form, TaskField
from nqcore.model.handovers import (
    Duty,
    Handover,
    Holder,
    check_handovers,
    handed_over,
    holder,
)
from nqcore.model.indicators import Indicator
from nqcore.model.overlays import Overlay
from nqcore.model.periods import CIVIL, Calendar
from nqcore.model.reports import Letterhead
from nqcore.model.rules import RuleDefinition
from nqcore.model.targets import Target, Task
from nqcore.model.units import Scope, Unit, UnitTree

_EVENTS = logging.getLogger("nqcore.events")
T = TypeVar("T")

WORKSPACE = "workspace"
"""The owner of what staff set themselves."""

BUILT_IN = "nqcore"
"""The owner of what is there without any plugin."""
_CIVIL = ("calendar", CIVIL.id)


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
        return placed(self.units, chosen, at)

    def owner(self, kind: str, id: str) -> str:
        """The plugin that brought `id`, "workspace", or "nqcore" for what is built in."""
        return BUILT_IN if (kind, id) == _CIVIL else self.owners[kind, id]

    def fault(self, kind: str, id: str, wrong: BaseException) -> Fault:
        """What to say of a rule, check or format that raised `wrong`: whose it is, and which version."""
        owner = self.owner(kind, id)
        version = next((p.version for p in self.plugins if p.name == owner), "")
        named = {"plugin": owner, "version": version, "hook": f"{kind} {id}"}
        # Without the words: they may quote figures.
        _EVENTS.info("plugin fault", extra={"fields": named})
        return Fault(plugin=owner, where=f"{kind} {id}", detail=words(wrong), version=version)

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

    def holder(self, unit: str, duty: Duty, of: str, on: date) -> Holder:
        """Who holds on that day what was laid on `unit`: itself while it exists, then whoever
        inherited by a decision."""
        return holder(self.units, self.handovers, unit, duty, of, on)

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
                if o.kind == kind and o.of == id and o.within in depth and o.holds(on)
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


class _Gathering:
    """Ids while they come in: the first owner keeps one, the second is an error naming both."""

    def __init__(self) -> None:
        self.owners: dict[tuple[str, str], str] = {}

    def own(self, kind: str, id: str, owner: str) -> None:
        if (kind, id) in self.owners:
            raise DuplicateId(kind=kind, id=id, first=self.owners[kind, id], second=owner)
        self.owners[kind, id] = owner

    def table(self, kind: str, items: Iterable[tuple[str, T]], key: str) -> dict[str, T]:
        found: dict[str, T] = {}
        for owner, item in items:
            id = str(getattr(item, key))
            self.own(kind, id, owner)
            found[id] = item
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What the plugins gave when they were asked, each with its owner: asked once, merged again
    whenever the workspace's own definitions change."""

    parts: tuple[tuple[str, Definitions], ...]
    rules: tuple[tuple[str, Any], ...]
    checks: tuple[tuple[str, Any], ...]
    formats: tuple[tuple[str, Any], ...]
    calendars: tuple[tuple[str, Any], ...]
    plugins: tuple[PluginInfo, ...]
    faults: tuple[Fault, ...]


def ask(plugins: Plugins) -> Brought:
    """Ask every plugin. One that raises, or gives what is not of the contract, becomes a fault."""
    parts = [
        (o, d)
        for o, d in plugins.collect("definitions")
        if _is(plugins, o, "definitions", d, Definitions)
    ]
    rules = _objects(plugins, "rules", ("id", "kind", "directive", "findings"))
    checks = _objects(plugins, "checks", ("id", "form", "problems"))
    formats = _objects(
        plugins, "report_formats", ("name", "title", "suffix", "media_type", "write")
    )
    calendars = _objects(plugins, "calendars", ("id", "period", "periods"))
    return Brought(
        parts=tuple(parts),
        rules=tuple(rules),
        checks=tuple(checks),
        formats=tuple(formats),
        calendars=tuple(calendars),
        plugins=tuple(plugins.loaded),
        faults=tuple(plugins.faults),
    )


def build(plugins: Plugins, workspace: Definitions | None = None) -> Catalogue:
    """Ask every plugin and merge what they bring with the workspace's own definitions. Raises as
    `merged` does."""
    return merged(ask(plugins), workspace)


def merged(brought: Brought, workspace: Definitions | None = None) -> Catalogue:
    """What the plugins brought and the workspace's own definitions, as one.

    Raises DuplicateId, BrokenTree, BrokenChange and DuplicateDirective: figures must not be
    collected under definitions that contradict each other.
    """
    parts = list(brought.parts)
    if workspace is not None:
        parts.append((WORKSPACE, workspace))
    flat: dict[str, list[tuple[str, Any]]] = {
        f.name: [(owner, item) for owner, part in parts for item in getattr(part, f.name)]
        for f in fields(Definitions)
    }
    gathering = _Gathering()
    gathering.table("directive", flat["directives"], "id")
    units = gathering.table("unit", flat["units"], "code")
    changes = gathering.table("change", flat["changes"], "id")
    tree = _tree(units, changes, gathering)
    placements = tuple(gathering.table("placement", flat["placements"], "id").values())
    check_placements(tree, placements)
    handovers = gathering.table("handover", flat["handovers"], "id")
    check_handovers(tree, handovers)
    directives = _register(flat)
    versions, owners = versions_of(flat["indicators"])
    for code, owner in owners.items():
        gathering.own("indicator", code, owner)
    _refuse_cycles(versions, owners, flat["overlays"])
    letterheads = flat["letterheads"]
    for owner, _ in letterheads:
        gathering.own("letterhead", "", owner)
    catalogue = Catalogue(
        directives=directives,
        units=tree,
        changes=MappingProxyType(changes),
        placements=placements,
        handovers=MappingProxyType(handovers),
        indicators=MappingProxyType({code: several[-1] for code, several in versions.items()}),
        versions=MappingProxyType(versions),
        forms=MappingProxyType(gathering.table("form", flat["forms"], "id")),
        targets=MappingProxyType(gathering.table("target", flat["targets"], "id")),
        tasks=MappingProxyType(gathering.table("task", flat["tasks"], "id")),
        rules=MappingProxyType(gathering.table("rule", [*flat["rules"], *brought.rules], "id")),
        checks=MappingProxyType(gathering.table("check", brought.checks, "id")),
        formats=MappingProxyType(gathering.table("format", brought.formats, "name")),
        calendars=MappingProxyType(
            gathering.table("calendar", [(BUILT_IN, CIVIL), *brought.calendars], "id")
        ),
        overlays=tuple(gathering.table("overlay", flat["overlays"], "id").values()),
        letterhead=letterheads[0][1] if letterheads else None,
        owners=MappingProxyType({k: v for k, v in gathering.owners.items() if k != _CIVIL}),
        plugins=brought.plugins,
        faults=brought.faults,
        unresolved=(),
    )
    return replace(catalogue, unresolved=tuple(_unresolved(catalogue, flat)))


def _is(plugins: Plugins, owner: str, hook: str, value: object, kind: type) -> bool:
    if isinstance(value, kind):
        return True
    plugins.fault(owner, hook, f"returned {type(value).__name__}, not {kind.__name__}")
    return False


def _missing(item: object, needs: tuple[str, ...]) -> list[str]:
    return [name for name in needs if not hasattr(item, name)]


def _objects(plugins: Plugins, hook: str, needs: tuple[str, ...]) -> list[tuple[str, Any]]:
    """What a hook's plugins brought, each with its owner; what is not of the contract is a fault."""
    found = []
    for owner, brought in plugins.collect(hook):
        for item in brought:
            try:
                missing = call(_missing, item, needs)
            except Exception as wrong:  # a property of it raised
                plugins.fault(owner, hook, words(wrong))
                continue
            if missing:
                detail = f"{type(item).__name__} has no {', '.join(missing)}"
                plugins.fault(owner, hook, detail)
            else:
                found.append((owner, item))
    return found


def _refuse_cycles(
    versions: Versions, owners: Mapping[str, str], overlays: list[tuple[str, Overlay]]
) -> None:
    """An indicator computed from itself has no value: named before anybody asks for one."""
    days = {version.since or date.min for several in versions.values() for version in several}
    laid_over = [(owner, o.of, o.changes.get("formula")) for owner, o in overlays]
    for day in sorted(days):
        valid = {code: version_at(several, day).formula for code, several in versions.items()}
        formulas = {code: formula for code, formula in valid.items() if formula is not None}
        tries = [(formulas, "")] + [
            (formulas | {code: formula}, owner)
            for owner, code, formula in laid_over
            if isinstance(formula, Formula)
        ]
        for several, overlaid_by in tries:
            cycle = find_cycle(several)
            if cycle is not None:
                raise DefinitionError(
                    file=overlaid_by or owners[cycle[0]],
                    key=f"indicator[{cycle[0]}].formula",
                    detail=f"is computed from itself: {' → '.join(cycle)}",
                )


def _register(flat: Mapping[str, list[tuple[str, Any]]]) -> Directives:
    """The register, its links' ends resolved from numbers to ids where that is possible."""
    plain = Directives([d for _, d in flat["directives"]])

    def end(name: str) -> str:
        found = plain.matching(name)
        return found[0].id if len(found) == 1 else name

    links = [
        replace(link, source=end(link.source), target=end(link.target)) for _, link in flat["links"]
    ]
    return Directives([d for _, d in flat["directives"]], links)


def _tree(
    units: Mapping[str, Unit], changes: Mapping[str, ChangeEvent], gathering: _Gathering
) -> UnitTree:
    try:
        return tree_with(units.values(), changes.values()) if changes else UnitTree(units.values())
    except NqError as wrong:
        kind = "change" if "change" in wrong.params else "unit"
        id = str(wrong.params.get(kind, ""))
        wrong.add_note(f"brought by {gathering.owners.get((kind, id), '?')}")
        raise


def _unresolved(c: Catalogue, flat: Mapping[str, list[tuple[str, Any]]]) -> Iterable[Unresolved]:
    """Every pointer to something that nobody brought."""

    def look(owner: str, what: str, kind: str, id: str | None) -> Iterable[Unresolved]:
        tables: dict[str, Any] = {
            "directive": c.directives,
            "indicator": c.indicators,
            "unit": c.units,
            "task": c.tasks,
            "rule": c.rules,
            "form": c.forms,
            "target": c.targets,
            "calendar": c.calendars,
        }
        if id and id not in tables[kind]:
            yield Unresolved(owner=owner, what=what, kind=kind, missing=id)

    for owner, link in flat["links"]:
        for end in (link.source, link.target):
            yield from look(owner, f"link {link.source} → {link.target}", "directive", end)
    for owner, i in flat["indicators"]:
        needs = [i.weight, i.at_most, *i.parts]
        needs += [ref.code for ref in i.formula.references] if i.formula else []
        for code in dict.fromkeys(needs):
            yield from look(owner, f"indicator {i.code}", "indicator", code)
    for owner, form in flat["forms"]:
        yield from look(owner, f"form {form.id}", "directive", form.directive)
        yield from look(owner, f"form {form.id}", "calendar", form.calendar)
        for field in form.figures:
            yield from look(owner, f"form {form.id}", "indicator", field.indicator)
        for field in form.fields:
            if isinstance(field, TaskField):
                yield from look(owner, f"form {form.id}", "task", field.task)
            elif isinstance(field, DocumentField):
                yield from look(owner, f"form {form.id}", "directive", field.directive)
    for owner, target in flat["targets"]:
        yield from look(owner, f"target {target.id}", "directive", target.directive)
        yield from look(owner, f"target {target.id}", "indicator", target.indicator)
    for owner, task in flat["tasks"]:
        yield from look(owner, f"task {task.id}", "directive", task.directive)
        for unit in (task.responsible, *task.cooperating):
            yield from look(owner, f"task {task.id}", "unit", unit)
        for id in task.implements:
            if id not in c.targets:
                yield from look(owner, f"task {task.id}", "task", id)
        for rule in task.answers:
            yield from look(owner, f"task {task.id}", "rule", rule)
    for owner, handover in flat["handovers"]:
        if handover.duty is not Duty.REPORTS:
            yield from look(owner, f"handover {handover.id}", handover.duty.value, handover.of)
    for owner, rule in flat["rules"]:
        yield from look(owner, f"rule {rule.id}", "directive", rule.directive)
        for code in rule.indicators:
            yield from look(owner, f"rule {rule.id}", "indicator", code)
        for task_id in rule.tasks:
            yield from look(owner, f"rule {rule.id}", "task", task_id)
    for owner, overlay in flat["overlays"]:
        yield from look(owner, f"overlay {overlay.id}", overlay.kind, overlay.of)
        yield from look(owner, f"overlay {overlay.id}", "unit", overlay.within)
