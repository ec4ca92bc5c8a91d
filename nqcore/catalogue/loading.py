"""Loading: the allowed plugins are found by name and imported one by one; every fault is recorded.

The loader of pluggy stops at the first broken distribution and imports all that it finds. Here a missing
plugin must be reported, because without its checks wrong figures would be accepted. So entry points are
listed without an import, only allowed names are imported, and each hook is called separately.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType, SimpleNamespace
from typing import Any

import pluggy

from nqcore.catalogue import hookspecs
from nqcore.catalogue.api_version import api_mismatch
from nqcore.catalogue.definitions import Definitions, parse_definitions
from nqcore.catalogue.plugin_calls import call_contained, fault_text, fault_texts
from nqcore.text.suggestions import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What went wrong with a plugin: `where` is "import", "hooks" or what failed ("rules", "check x");
    `version` is that of its distribution ("" if unknown)."""

    plugin: str
    where: str
    detail: str
    version: str = ""

    def __str__(self) -> str:
        named = f"{self.plugin} {self.version}".rstrip()
        return f"{named}: {self.where}: {self.detail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginInfo:
    """A loaded plugin, as `nq plugins` lists it."""

    name: str
    distribution: str
    version: str
    hooks: tuple[str, ...]


def available() -> tuple[EntryPoint, ...]:
    """The entry points of all installed plugins, sorted by name; none is imported."""
    return tuple(
        sorted(entry_points(group=hookspecs.GROUP), key=lambda point: (point.name, point.value))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFile:
    """A definition file of the workspace that is loaded as a plugin would be: `text` is what it says, `file`
    where it lies; with a `fault` it is not loaded."""

    name: str
    file: str
    sha256: str
    text: str = ""
    fault: str = ""


SHOWN_DIGITS = 16
"""How many digits of its hash stand in the place of a pack's version."""


class Plugins:
    """The loaded plugins of a workspace.

    `names` are the entries of the allow-list, in any order; `modules` are plugins that the caller passes
    directly (tests, other programs) as (name, module or object); Definitions are a plugin that brings
    these and nothing else. `packs` are definition files of the workspace. What fails is in `faults`; the
    other plugins work. `order` has all names as they were given, those of `modules` and `packs` last.
    """

    def __init__(
        self,
        names: Iterable[str],
        modules: Sequence[tuple[str, object]] = (),
        packs: Iterable[PackFile] = (),
    ) -> None:
        self._manager = pluggy.PluginManager(hookspecs.GROUP)
        self._manager.add_hookspecs(hookspecs)
        self.faults: list[Fault] = []
        self.loaded: list[PluginInfo] = []
        listed = dict(map(allowed, names))
        files = tuple(packs)
        given = [*(name for name, _ in modules), *(pack.name for pack in files)]
        self.order = tuple(dict.fromkeys([*listed, *given]))
        points: dict[str, list[EntryPoint]] = {}
        for point in available():
            points.setdefault(point.name, []).append(point)
        for name, version in sorted(listed.items()):
            found = points.get(name, [])
            # A distribution may be listed twice (a checkout and its install): same target, no conflict.
            if len({point.value for point in found}) > 1:
                dists = ", ".join(str(p.dist and p.dist.name) for p in found)
                self.fault(name, "import", f"two distributions bring it ({dists}); uninstall one")
            elif not found:
                meant = did_you_mean(name, points)
                detail = "is not installed; install it or take it off the list"
                self.fault(name, "import", f"{detail}; {meant}" if meant else detail)
            elif version and version != _version(found[0]):
                self.fault(
                    name,
                    "import",
                    f"is installed, but the list allows only {version}; "
                    "look what is new in it, then put its version on the list",
                    _version(found[0]),
                )
            else:
                self._load(name, found[0])
        for name, module in modules:
            self._register(name, _as_plugin(module), "given", "")
        for pack in files:
            version = pack.sha256[:SHOWN_DIGITS]
            if pack.fault:
                self.fault(pack.name, "pack", pack.fault, version)
            elif any(info.name == pack.name for info in self.loaded):
                detail = f"a plugin has the name of {pack.file}; rename the file"
                self.fault(pack.name, "pack", detail, version)
            else:
                self._register(pack.name, _pack_plugin(pack), pack.file, version)

    def _load(self, name: str, point: EntryPoint) -> None:
        dist = point.dist
        try:
            module = call_contained(importlib.import_module, point.value)
        except Exception as wrong:
            self.fault(name, "import", fault_text(wrong), _version(point))
            return
        self._register(name, module, dist.name if dist else "?", _version(point))

    def _register(self, name: str, module: ModuleType | object, dist: str, version: str) -> None:
        try:
            # First the version: a plugin for a newer one may have hooks that are not known here.
            if mismatch := call_contained(api_mismatch, module):
                self.fault(name, "import", mismatch, version)
                return
            # pluggy reads every attribute; a property of an object may raise.
            call_contained(self._manager.register, module, name=name)
            self._manager.check_pending()
        except Exception as wrong:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            self.fault(name, "hooks", _hook_text(wrong), version)
            return
        hooks = tuple(sorted(caller.name for caller in self._manager.get_hookcallers(module) or ()))
        self.loaded.append(PluginInfo(name=name, distribution=dist, version=version, hooks=hooks))

    def fault(self, plugin: str, where: str, detail: str, version: str | None = None) -> None:
        """Record what went wrong with a plugin."""
        if version is None:
            version = next((p.version for p in self.loaded if p.name == plugin), "")
        self.faults.append(Fault(plugin=plugin, where=where, detail=detail, version=version))

    def collect(self, hook: str) -> list[tuple[str, Any]]:
        """What each plugin returns for `hook`, as (plugin, result), in the order of their names.

        If an implementation raises, this is a fault of its plugin (each mistake of a definition file is
        one), and its result is left out.
        """
        found = []
        caller = getattr(self._manager.hook, hook)
        for impl in sorted(caller.get_hookimpls(), key=lambda impl: impl.plugin_name):
            try:
                result = call_contained(impl.function)
                if hook not in ("definitions", "demo") and not isinstance(result, Iterable):
                    kind = type(result).__name__
                    detail = f"returned {kind}; return a list, [] where there is nothing"
                    self.fault(impl.plugin_name, hook, detail)
                    continue
                # A lazy iterable would raise later, when its plugin is not known any more.
                if hook not in ("definitions", "demo"):
                    result = call_contained(tuple, result)
            except Exception as wrong:
                for text in fault_texts(wrong):
                    self.fault(impl.plugin_name, hook, text)
            else:
                found.append((impl.plugin_name, result))
        return found


_UNKNOWN_HOOK = re.compile(r"unknown hook '(\w+)'")


def _hook_text(wrong: Exception) -> str:
    """What is wrong with the hooks of a module; of one that does not exist the nearest is named."""
    found = _UNKNOWN_HOOK.search(str(wrong))
    if found is None:
        return fault_text(wrong)
    known = sorted(
        name
        for name in vars(hookspecs)
        if hasattr(getattr(hookspecs, name), f"{hookspecs.GROUP}_spec")
    )
    meant = did_you_mean(found[1], known)
    said = f"there is no hook “{found[1]}”; the hooks are {', '.join(known)}"
    return f"{said}; {meant}" if meant else said


def allowed(entry: str) -> tuple[str, str]:
    """Name and version of an entry of the allow-list: "nq_x" (any version) or "nq_x==1.2"."""
    name, _, version = entry.partition("==")
    return name.strip(), version.strip()


def _as_plugin(given: object) -> object:
    """`given`; for Definitions an object whose only hook returns them."""
    if not isinstance(given, Definitions):
        return given

    def definitions() -> Definitions:
        return given

    return SimpleNamespace(definitions=hookspecs.hook(definitions))


def _pack_plugin(pack: PackFile) -> object:
    """An object whose only hook reads the pack."""

    def definitions() -> Definitions:
        return parse_definitions(pack.file, pack.text)

    return SimpleNamespace(definitions=hookspecs.hook(definitions))


def _version(point: EntryPoint) -> str:
    return point.dist.version if point.dist else "?"
