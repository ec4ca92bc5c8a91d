"""Asking the plugins, and merging what they bring with the workspace's own definitions into one Catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from nqcore.catalogue.catalogue import BUILT_IN, CIVIL_CALENDAR, WORKSPACE, Catalogue, T
from nqcore.catalogue.containment import call_contained, fault_text
from nqcore.catalogue.definitions import Definitions
from nqcore.catalogue.indicator_versions import Versions, version_at, versions_of
from nqcore.catalogue.loading import Fault, PluginInfo, Plugins
from nqcore.catalogue.references import Tables, find_unresolved, unresolved_handovers
from nqcore.errors import DefinitionError, DuplicateId, NqError
from nqcore.formulas import Formula, find_cycle
from nqcore.model.changes import ChangeEvent, check_placements, tree_with
from nqcore.model.directives import Directives
from nqcore.model.handovers import (
    Handover,
    check_handovers,
)
from nqcore.model.overlays import Overlay
from nqcore.model.periods import CIVIL
from nqcore.model.units import Unit, UnitTree


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
class Contributions:
    """What the plugins gave when they were asked, each with its owner: asked once, merged again
    whenever the workspace's own definitions change."""

    parts: tuple[tuple[str, Definitions], ...]
    rules: tuple[tuple[str, Any], ...]
    checks: tuple[tuple[str, Any], ...]
    formats: tuple[tuple[str, Any], ...]
    calendars: tuple[tuple[str, Any], ...]
    plugins: tuple[PluginInfo, ...]
    faults: tuple[Fault, ...]


def ask_plugins(plugins: Plugins) -> Contributions:
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
    return Contributions(
        parts=tuple(parts),
        rules=tuple(rules),
        checks=tuple(checks),
        formats=tuple(formats),
        calendars=tuple(calendars),
        plugins=tuple(plugins.loaded),
        faults=tuple(plugins.faults),
    )


def build_catalogue(plugins: Plugins, workspace: Definitions | None = None) -> Catalogue:
    """Ask every plugin and merge what they bring with the workspace's own definitions. Raises as
    `merge_definitions` does."""
    return merge_definitions(ask_plugins(plugins), workspace)


def merge_definitions(brought: Contributions, workspace: Definitions | None = None) -> Catalogue:
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
    rules = [*flat["rules"], *brought.rules]
    calendars = [(BUILT_IN, CIVIL), *brought.calendars]
    tables: dict[str, dict[str, Any]] = {
        "form": gathering.table("form", flat["forms"], "id"),
        "target": gathering.table("target", flat["targets"], "id"),
        "task": gathering.table("task", flat["tasks"], "id"),
        "rule": gathering.table("rule", rules, "id"),
        "check": gathering.table("check", brought.checks, "id"),
        "format": gathering.table("format", brought.formats, "name"),
        "calendar": gathering.table("calendar", calendars, "id"),
    }
    overlays = tuple(gathering.table("overlay", flat["overlays"], "id").values())
    known: Tables = {**tables, "directive": directives, "unit": tree, "indicator": versions}
    return Catalogue(
        directives=directives,
        units=tree,
        changes=MappingProxyType(changes),
        placements=placements,
        handovers=MappingProxyType(handovers),
        indicators=MappingProxyType({code: several[-1] for code, several in versions.items()}),
        versions=MappingProxyType(versions),
        forms=MappingProxyType(tables["form"]),
        targets=MappingProxyType(tables["target"]),
        tasks=MappingProxyType(tables["task"]),
        rules=MappingProxyType(tables["rule"]),
        checks=MappingProxyType(tables["check"]),
        formats=MappingProxyType(tables["format"]),
        calendars=MappingProxyType(tables["calendar"]),
        overlays=overlays,
        letterhead=letterheads[0][1] if letterheads else None,
        owners=MappingProxyType(
            {key: owner for key, owner in gathering.owners.items() if key != CIVIL_CALENDAR}
        ),
        plugins=brought.plugins,
        faults=brought.faults,
        unresolved=tuple(find_unresolved(known, flat)),
    )


def with_handovers(catalogue: Catalogue, decided: Iterable[Handover]) -> Catalogue:
    """The same catalogue, where these are the office's decisions on duties: what `merge_definitions`
    would give with them. Raises DuplicateId, BrokenHandover."""
    gathering = _Gathering()
    gathering.owners = {
        (kind, id): owner
        for (kind, id), owner in catalogue.owners.items()
        if kind != "handover" or owner != WORKSPACE
    }
    brought = {
        id: each for id, each in catalogue.handovers.items() if ("handover", id) in gathering.owners
    }
    own = gathering.table("handover", [(WORKSPACE, each) for each in decided], "id")
    handovers = {**brought, **own}
    check_handovers(catalogue.units, handovers)
    known = {"form": catalogue.forms, "task": catalogue.tasks, "target": catalogue.targets}
    others = [
        each
        for each in catalogue.unresolved
        if each.owner != WORKSPACE or not each.what.startswith("handover ")
    ]
    return replace(
        catalogue,
        handovers=MappingProxyType(handovers),
        owners=MappingProxyType(gathering.owners),
        unresolved=(*others, *unresolved_handovers(known, WORKSPACE, own.values())),
    )


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
                missing = call_contained(_missing, item, needs)
            except Exception as wrong:  # a property of it raised
                plugins.fault(owner, hook, fault_text(wrong))
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
