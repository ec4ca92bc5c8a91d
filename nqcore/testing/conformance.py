"""What is wrong with a plugin: it is loaded beside others, and all that it brings is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from nqcore.catalogue import Catalogue, Definitions, Plugins, available, build_catalogue
from nqcore.catalogue.contributions import ask_plugins
from nqcore.catalogue.definitions import DefinitionFile, files_seen
from nqcore.catalogue.hookspecs import GROUP
from nqcore.catalogue.rule_reach import reach_notes
from nqcore.errors import DuplicateId, NqError
from nqcore.testing.calendar_faults import calendar_faults
from nqcore.testing.definition_faults import CheckedDefinitions
from nqcore.testing.run_faults import run_faults
from nqcore.testing.start_faults import StartWatch

MODELS = ("nq_model_district", "nq_model_commune")
"""The bundled plugins that the plugin of a real office replaces."""
DISTRIBUTION = "nqcore"
"""The distribution whose plugins stand beside the one that is checked."""


def plugin_notes(name: str) -> list[str]:
    """What is worth a look in an installed plugin without faults, beside all bundled ones: its rules that
    speak of other units than those which are asked for what they read."""
    _plugins, catalogue = _beside(name, bundled(), None, MODELS)
    notes = reach_notes(catalogue)
    return [str(note.words) for note in notes if catalogue.owner("rule", note.rule) == name]


def check_plugin(
    name: str,
    *,
    beside: Sequence[str] | None = None,
    extra: Sequence[str] = (),
    office: Definitions | None = None,
) -> list[str]:
    """What is wrong with the installed plugin `name`, one sentence each; [] when it conforms.

    It is loaded with the plugins named in `beside` (default: all that nqcore brings) and `extra`, so that
    references to their definitions resolve; so do those to what the `office` itself has, such as its units.
    Checked: how it starts; every hook returns the right types, and the same when it is called again; every
    definition with its file, line and key; the periods of its calendars; and every rule, check and format is
    run over an office without reports and over one with made-up reports.
    """
    installed = [point.name for point in available()]
    unknown = [one for one in (name, *extra, *(beside or ())) if one not in installed]
    if unknown:
        return [
            f"{one} is not installed: no entry point of that name in the group “{GROUP}”."
            for one in unknown
        ]
    others = [*(bundled() if beside is None else beside), *extra]
    watch = StartWatch(name)
    with watch, files_seen() as files:
        plugins = Plugins({name})
        alone = ask_plugins(plugins)
    faults = [*watch.faults(), *(str(fault) for fault in plugins.faults)]
    if plugins.faults and not alone.definitions:
        return faults
    info = next((one for one in alone.plugins if one.name == name), None)
    if info is not None and not info.hooks:
        faults.append(f"{name} implements no hook: mark its functions with @hook of nqcore.plugin.")
    hooks = info.hooks if info else ()
    runs = not plugins.faults
    return [*faults, *_brought(name, others, beside is None, office, files, hooks, runs)]


def _brought(
    name: str,
    others: list[str],
    replaces: bool,
    office: Definitions | None,
    files: list[DefinitionFile],
    hooks: tuple[str, ...],
    runs: bool,
) -> Iterator[str]:
    """What is wrong with what the plugin brings; `runs`: its code can be run."""
    left = others
    if replaces:
        left = _without_models(name, others, office)
    contributions = ask_plugins(Plugins({name, *left}))
    checked = CheckedDefinitions(name, contributions, office, files)
    yield from checked.faults
    yield from _repeat_faults(name, hooks)
    catalogue = checked.catalogue
    if catalogue is None:
        return
    for owner, calendar in contributions.calendars:
        if owner == name:
            yield from calendar_faults(calendar)
    if runs and not checked.faults:
        for fault in run_faults(name, contributions, office):
            kind, _, id = fault.what.partition(" ")
            yield checked.placed(kind, id, fault.sentence)


def bundled() -> list[str]:
    """The names of the plugins that nqcore itself brings."""
    return [
        point.name
        for point in available()
        if point.dist is not None and point.dist.name == DISTRIBUTION
    ]


def _without_models(name: str, others: Sequence[str], office: Definitions | None) -> list[str]:
    """The `others` without the model offices that the plugin of a real office replaces."""
    left = [one for one in others if one != name]
    with suppress(NqError):  # what else is wrong is found by the check itself
        _beside(name, left, office, MODELS)
    return left


def _beside(
    name: str, others: list[str], office: Definitions | None, replaces: Sequence[str]
) -> tuple[Plugins, Catalogue]:
    """The plugin with the others. The plugin of a real office replaces a model office that has the same id:
    this one is taken out of `others`. Raises DuplicateId."""
    try:
        plugins = Plugins({name, *others})
        return plugins, build_catalogue(plugins, office)
    except DuplicateId as wrong:
        named = [m for m in replaces if m in wrong.params.values() and m in others and m != name]
        if not named:
            raise
        others.remove(named[0])
        return _beside(name, others, office, replaces)


def _repeat_faults(name: str, hooks: Iterable[str]) -> Iterator[str]:
    """The hooks that return something else when they are called again."""
    plugins = Plugins({name})
    for hook in hooks:
        if hook in ("definitions", "demo"):
            first, second = (plugins.collect(hook) for _ in range(2))
            if first != second:
                yield f"{hook}() answers differently when asked again; it must be deterministic."
