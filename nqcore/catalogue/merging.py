"""Merging: the plugins' contributions and the workspace's own definitions become one Catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from types import MappingProxyType

from nqcore.catalogue.bundled import bundled
from nqcore.catalogue.bundled_outlines import bundled_outlines
from nqcore.catalogue.catalogue import Catalogue
from nqcore.catalogue.contributions import Contributions, ask_plugins
from nqcore.catalogue.definitions import Definitions
from nqcore.catalogue.form_parts import LeftOut, ids_of, typed_in, whole_forms
from nqcore.catalogue.indicator_versions import Versions, version_at, versions_of
from nqcore.catalogue.loading import Plugins
from nqcore.catalogue.overlay_clashes import refuse_clashes
from nqcore.catalogue.owners import BUILT_IN, WORKSPACE, Owned, OwnedItems, OwnerRegister
from nqcore.catalogue.references import KnownIds, find_unresolved
from nqcore.errors import N_, DefinitionError, NqError, Phrase
from nqcore.formulas import Formula, find_cycle
from nqcore.model.changes import ChangeEvent, check_placements, tree_with
from nqcore.model.directives import Directives
from nqcore.model.handovers import Handover, check_handovers
from nqcore.model.outlines import Outline
from nqcore.model.overlays import Overlay
from nqcore.model.periods import CIVIL
from nqcore.model.reports import Letterhead
from nqcore.model.unit_kinds import UnitKinds, event_with_kind, with_kind
from nqcore.model.units import KIND_OF_UNITS, Unit, UnitTree


def build_catalogue(plugins: Plugins, workspace: Definitions | None = None) -> Catalogue:
    """Ask every plugin and merge what they contribute with the workspace's own definitions. Raises as
    `merge_definitions` does."""
    return merge_definitions(ask_plugins(plugins), workspace)


def merge_definitions(
    contributions: Contributions,
    workspace: Definitions | None = None,
    root: str = "",
    report_outline: str = "",
) -> Catalogue:
    """What the plugins contribute and the workspace's own definitions, in one Catalogue. `root`: the code
    of the unit at the top of reports ("": the only one without a parent, if there is one).
    `report_outline`: the id of the outline that the office's settings ask for.

    Raises DuplicateId, BrokenTree, BrokenChange, BrokenHandover, DuplicateDirective, OverlaysClash and
    DefinitionError: no figures may be collected under definitions that contradict each other.
    """
    items = _items(contributions, workspace)
    register = OwnerRegister()
    directives = _directives(items, register)
    kinds = _unit_kinds(items, register)
    changes, tree = _units(items, kinds, register)
    placements = tuple(register.table("placement", items["placements"], "id").values())
    check_placements(tree, placements)
    handovers = register.table("handover", items["handovers"], "id")
    check_handovers(tree, handovers)
    versions = _indicators(items, register)
    letterheads = _letterheads(items, tree, root, register)
    plain_forms = register.table("form", items["forms"], "id")
    forms = whole_forms(plain_forms, items["sections"], items["questions"], register)
    targets = register.table("target", items["targets"], "id")
    tasks = register.table("task", items["tasks"], "id")
    rules = register.table("rule", [*items["rules"], *contributions.rules], "id")
    checks = register.table("check", contributions.checks, "id")
    formats = register.table("format", contributions.formats, "name")
    calendars = register.table("calendar", [(BUILT_IN, CIVIL), *contributions.calendars], "id")
    outlines = _outlines(items, register)
    overlays = tuple(register.table("overlay", items["overlays"], "id").values())
    refuse_clashes(overlays, register.owners)
    known: KnownIds = {
        "directive": directives,
        "unit": tree,
        "indicator": versions,
        "form": forms,
        "section": ids_of(register, "section"),
        "question": ids_of(register, "question"),
        "target": targets,
        "task": tasks,
        "rule": rules,
        "calendar": calendars,
        KIND_OF_UNITS: kinds,
    }
    return Catalogue(
        directives=directives,
        units=tree,
        changes=MappingProxyType(changes),
        placements=placements,
        handovers=MappingProxyType(handovers),
        indicators=MappingProxyType({code: several[-1] for code, several in versions.items()}),
        versions=MappingProxyType(versions),
        forms=MappingProxyType(forms),
        targets=MappingProxyType(targets),
        tasks=MappingProxyType(tasks),
        rules=MappingProxyType(rules),
        checks=MappingProxyType(checks),
        formats=MappingProxyType(formats),
        calendars=MappingProxyType(calendars),
        overlays=overlays,
        left_out=LeftOut.of(overlays),
        typed_in=MappingProxyType(typed_in(forms.values())),
        letterheads=MappingProxyType(letterheads),
        outlines=MappingProxyType(outlines),
        unit_kinds=MappingProxyType(kinds),
        owners=MappingProxyType(
            {key: owner for key, owner in register.owners.items() if owner != BUILT_IN}
        ),
        plugins=contributions.plugins,
        faults=contributions.faults,
        unresolved=tuple(find_unresolved(known, items)),
        report_outline=report_outline,
    )


def with_handovers(catalogue: Catalogue, decided: Iterable[Handover]) -> Catalogue:
    """The same catalogue with `decided` as the office's decisions on duties of ended units: equal to a
    merge with these decisions, but without the work of a merge. Raises DuplicateId, BrokenHandover."""
    register = OwnerRegister(
        {
            (kind, id): owner
            for (kind, id), owner in catalogue.owners.items()
            if kind != "handover" or owner != WORKSPACE
        }
    )
    of_plugins = {
        id: each for id, each in catalogue.handovers.items() if ("handover", id) in register.owners
    }
    items = [(WORKSPACE, each) for each in decided]
    handovers = of_plugins | register.table("handover", items, "id")
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
        owners=MappingProxyType(register.owners),
        unresolved=(*others, *find_unresolved(known, {"handovers": items})),
    )


def _items(contributions: Contributions, workspace: Definitions | None) -> OwnedItems:
    """All definitions by field; those of the workspace after those of the plugins."""
    parts = list(contributions.definitions)
    if workspace is not None:
        parts.append((WORKSPACE, workspace))
    return {
        field.name: [(owner, item) for owner, part in parts for item in getattr(part, field.name)]
        for field in fields(Definitions)
    }


def unit_kinds(contributions: Contributions) -> UnitKinds:
    """The kinds of units that every office has, and those of the plugins. Raises DuplicateId."""
    return _unit_kinds(_items(contributions, None), OwnerRegister())


def _unit_kinds(items: OwnedItems, register: OwnerRegister) -> UnitKinds:
    """The kinds of units by code, the bundled ones first. A plugin's or the office's holds before a bundled
    one of that code, so a kind that nqcore brings later puts no plugin aside."""
    given = items["unit_kinds"]
    theirs = {one.code for _, one in given}
    own = [(BUILT_IN, one) for one in bundled().unit_kinds if one.code not in theirs]
    found = register.table("unit_kind", [*own, *given], "code")
    order = {one.code: nth for nth, one in enumerate(bundled().unit_kinds)}
    return dict(sorted(found.items(), key=lambda pair: order.get(pair[0], len(order))))


def _units(
    items: OwnedItems, kinds: UnitKinds, register: OwnerRegister
) -> tuple[Mapping[str, ChangeEvent], UnitTree]:
    """The changes, and the units with the changes applied. A note on an error names the owner of what
    is wrong."""
    given = ((owner, with_kind(unit, kinds)) for owner, unit in items["units"])
    units: Mapping[str, Unit] = register.table("unit", given, "code")
    events = ((owner, event_with_kind(event, kinds)) for owner, event in items["changes"])
    changes: Mapping[str, ChangeEvent] = register.table("change", events, "id")
    try:
        if not changes:
            return changes, UnitTree(units.values())
        return changes, tree_with(units.values(), changes.values())
    except NqError as wrong:
        kind = "change" if "change" in wrong.params else "unit"
        id = str(wrong.params.get(kind, ""))
        wrong.add_note(f"brought by {register.owners.get((kind, id), '?')}")
        raise


def _letterheads(
    items: OwnedItems, tree: UnitTree, root: str, register: OwnerRegister
) -> Mapping[str, Letterhead]:
    """The letterheads by unit. That of the office holds before those of plugins. Raises TwoLetterheads."""
    top = root or (tree.roots[0].code if len(tree.roots) == 1 else "")
    given = [(owner, replace(head, unit=head.unit or top)) for owner, head in items["letterheads"]]
    own = {head.unit for owner, head in given if owner == WORKSPACE}
    holding = [each for each in given if each[0] == WORKSPACE or each[1].unit not in own]
    return register.table("letterhead", holding, "unit")


def _outlines(items: OwnedItems, register: OwnerRegister) -> Mapping[str, Outline]:
    """The outlines by id. One of the office holds before that of a plugin, or of nqcore, with the same id."""
    given = [*((BUILT_IN, one) for one in bundled_outlines()), *items["outlines"]]
    own = {outline.id for owner, outline in given if owner == WORKSPACE}
    holding = [each for each in given if each[0] == WORKSPACE or each[1].id not in own]
    return register.table("outline", holding, "id")


def _directives(items: OwnedItems, register: OwnerRegister) -> Directives:
    """The directives; the ends of links are changed from numbers to ids where that is possible."""
    plain = Directives(register.table("directive", items["directives"], "id").values())

    def end(name: str) -> str:
        found = plain.matching(name)
        return found[0].id if len(found) == 1 else name

    links = [
        replace(link, source=end(link.source), target=end(link.target))
        for _, link in items["links"]
    ]
    return Directives(plain, links)


def _indicators(items: OwnedItems, register: OwnerRegister) -> Versions:
    """The versions of each indicator."""
    versions, owners = versions_of(items["indicators"])
    for code, owner in owners.items():
        register.add("indicator", code, owner)
    _refuse_cycles(versions, owners, items["overlays"])
    return versions


def _refuse_cycles(
    versions: Versions, owners: Mapping[str, str], overlays: Iterable[Owned[Overlay]]
) -> None:
    """Raise DefinitionError if an indicator is computed from itself: it never has a value. Every day
    on which a version begins is checked, without overlays and with each formula of an overlay."""
    days = {version.since or date.min for several in versions.values() for version in several}
    changed = [(owner, o.of, o.changes.get("formula")) for owner, o in overlays]
    for day in sorted(days):
        in_force = {code: version_at(several, day).formula for code, several in versions.items()}
        formulas = {code: formula for code, formula in in_force.items() if formula is not None}
        cases = [(formulas, "")] + [
            (formulas | {code: formula}, owner)
            for owner, code, formula in changed
            if isinstance(formula, Formula)
        ]
        for case, overlay_owner in cases:
            cycle = find_cycle(case)
            if cycle is not None:
                raise DefinitionError(
                    file=overlay_owner or owners[cycle[0]],
                    key=f"indicator[{cycle[0]}].formula",
                    detail=Phrase(
                        N_("is computed from itself: {codes}"), {"codes": " → ".join(cycle)}
                    ),
                )
