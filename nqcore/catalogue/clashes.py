"""Clashes: a plugin whose definitions cannot stand beside those of another plugin, or of the office, is put
aside by name, so that the workspace opens and everything else in it works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from nqcore.catalogue.contributions import Contributions
from nqcore.catalogue.definitions import Definitions
from nqcore.catalogue.loading import Fault
from nqcore.catalogue.merging import merge_definitions
from nqcore.catalogue.plugin_calls import fault_text
from nqcore.errors import DefinitionError, DuplicateId, NqError

_IDS = ("code", "id", "unit")
"""The attributes by which errors name a definition."""


def put_clashing_aside(
    contributions: Contributions, workspace: Definitions | None = None, root: str = ""
) -> Contributions:
    """The contributions without the plugins with which they cannot be merged; each of these brings nothing
    and has a fault that says why.

    Of two plugins that define the same id, the one that comes later in the office's list is put aside, but
    not the one that brings the unit `root` at the top: without it there is no office. Of a plugin and the
    office it is the plugin. Raises what `merge_definitions` raises where no plugin is to blame:
    the office's own definitions contradict each other.
    """
    while (wrong := _error(contributions, workspace, root)) is not None:
        after = {
            name: _without(contributions, name, wrong) for name in _involved(wrong, contributions)
        }
        errors = {name: _error(left, workspace, root) for name, left in after.items()}
        # A unit may be named because its own plugin is wrong, or because another one refers to it.
        to_blame = [name for name in after if _subject(errors[name]) != _subject(wrong)] or [
            name for name in after if str(errors[name]) != str(wrong)
        ]
        if not to_blame:
            raise wrong
        last = min(to_blame, key=lambda name: _brings(contributions, name, root))
        contributions = after[last]
    return contributions


def _brings(contributions: Contributions, name: str, unit: str) -> bool:
    """Whether the plugin brings that unit."""
    return any(
        owner == name and any(one.code == unit for one in definitions.units)
        for owner, definitions in contributions.definitions
    )


def _error(
    contributions: Contributions, workspace: Definitions | None, root: str
) -> NqError | None:
    try:
        merge_definitions(contributions, workspace, root)
    except NqError as wrong:
        return wrong
    return None


def _subject(wrong: NqError | None) -> object:
    """What an error is about: while it stays the same, the plugin that causes it is not found."""
    if wrong is None:
        return None
    return type(wrong), {name: value for name, value in wrong.params.items() if name != "detail"}


def _involved(wrong: NqError, contributions: Contributions) -> tuple[str, ...]:
    """The plugins that the error names, or that define what it names; the last in the list first."""
    named = {text for text in wrong.params.values() if isinstance(text, str)}
    if isinstance(wrong, DefinitionError):
        named = {mistake.file for mistake in wrong.mistakes}
    elif not isinstance(wrong, DuplicateId):
        named = {
            owner
            for owner, definitions in contributions.definitions
            if not named.isdisjoint(_ids(definitions))
        }
    return tuple(name for name in reversed(contributions.order) if name in named)


def _ids(definitions: Definitions) -> Iterator[str]:
    for field in fields(Definitions):
        for item in getattr(definitions, field.name):
            yield from (getattr(item, name) for name in _IDS if hasattr(item, name))


def _without(contributions: Contributions, name: str, wrong: NqError) -> Contributions:
    """The contributions of the other plugins, with the fault of this one."""
    where = (
        f"{wrong.params['kind']} {wrong.params['id']}"
        if isinstance(wrong, DuplicateId)
        else "definitions"
    )
    version = next((p.version for p in contributions.plugins if p.name == name), "")
    fault = Fault(
        plugin=name,
        where=where,
        detail=f"put aside with all that it brings. {fault_text(wrong)}",
        version=version,
    )
    return replace(
        contributions,
        definitions=tuple(each for each in contributions.definitions if each[0] != name),
        rules=tuple(each for each in contributions.rules if each[0] != name),
        checks=tuple(each for each in contributions.checks if each[0] != name),
        formats=tuple(each for each in contributions.formats if each[0] != name),
        calendars=tuple(each for each in contributions.calendars if each[0] != name),
        plugins=tuple(each for each in contributions.plugins if each.name != name),
        faults=(*contributions.faults, fault),
        order=tuple(each for each in contributions.order if each != name),
    )
