"""Contributions: what the plugins return when core asks their hooks, each item with its owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nqcore.catalogue.definitions import Definitions
from nqcore.catalogue.loading import Fault, PluginInfo, Plugins
from nqcore.catalogue.owners import Owned
from nqcore.catalogue.plugin_calls import call_contained, fault_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """What the plugins of a workspace contribute. The plugins are asked once, when the workspace is
    opened; this value is merged again when the office's own definitions change. `order` has the names
    of all plugins as the office lists them: of two that clash the later one is put aside."""

    definitions: tuple[Owned[Definitions], ...]
    rules: tuple[Owned[Any], ...]
    checks: tuple[Owned[Any], ...]
    formats: tuple[Owned[Any], ...]
    calendars: tuple[Owned[Any], ...]
    plugins: tuple[PluginInfo, ...]
    faults: tuple[Fault, ...]
    order: tuple[str, ...]


def ask_plugins(plugins: Plugins) -> Contributions:
    """Ask every hook of every plugin. A plugin that raises, or returns something else than the
    contract says, gets a fault."""
    definitions = tuple(
        (owner, found)
        for owner, found in plugins.collect("definitions")
        if _is_definitions(plugins, owner, found)
    )
    rules = _objects(plugins, "rules", ("id", "kind", "directive", "findings"))
    checks = _objects(plugins, "checks", ("id", "form", "problems"))
    formats = _objects(
        plugins, "report_formats", ("name", "title", "suffix", "media_type", "write")
    )
    calendars = _objects(plugins, "calendars", ("id", "period", "periods"))
    return Contributions(
        definitions=definitions,
        rules=rules,
        checks=checks,
        formats=formats,
        calendars=calendars,
        plugins=tuple(plugins.loaded),
        faults=tuple(plugins.faults),
        order=plugins.order,
    )


def _is_definitions(plugins: Plugins, owner: str, value: object) -> bool:
    if isinstance(value, Definitions):
        return True
    plugins.fault(owner, "definitions", f"returned {type(value).__name__}, not Definitions")
    return False


def _objects(plugins: Plugins, hook: str, members: tuple[str, ...]) -> tuple[Owned[Any], ...]:
    """The objects that the plugins return for `hook`; one that lacks some of `members` is a fault."""
    found = []
    for owner, returned in plugins.collect(hook):
        for item in returned:
            try:
                missing = call_contained(_missing, item, members)
            except Exception as wrong:  # a property of the object raised
                plugins.fault(owner, hook, fault_text(wrong))
                continue
            if missing:
                what = f"{type(item).__name__} has no {', '.join(missing)}"
                detail = f"{what}; give a {_CONTRACTS[hook]} of nqcore.plugin"
                plugins.fault(owner, hook, detail)
            else:
                found.append((owner, item))
    return tuple(found)


_CONTRACTS: Mapping[str, str] = MappingProxyType(
    {
        "rules": "Rule",
        "checks": "Check",
        "report_formats": "ReportFormat",
        "calendars": "Calendar",
    }
)
"""What each hook asks for."""


def _missing(item: object, members: tuple[str, ...]) -> list[str]:
    return [name for name in members if not hasattr(item, name)]
