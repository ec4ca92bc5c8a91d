"""The conformance kit: checks a plugin. The tests of nqcore use it, and authors use it in theirs::

from nqcore.testing import check_plugin


def test_conforms() -> None:
    assert check_plugin("nq_tan_hoa") == []
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from nqcore.catalogue import Catalogue, Definitions, Plugins, available, build_catalogue
from nqcore.catalogue.hookspecs import GROUP
from nqcore.catalogue.item_kinds import items_of
from nqcore.catalogue.item_mistakes import meaning_mistakes
from nqcore.catalogue.rule_reach import reach_notes
from nqcore.errors import DefinitionError, DuplicateId, NqError
from nqcore.files.incoming import FileRefused, read_in_child
from nqcore.files.incoming.refusals import ReadersBusy
from nqcore.model.periods import Calendar, PeriodKind
from nqcore.model.rules import RuleDefinition, rule_mistakes

MODELS = ("nq_model_district", "nq_model_commune")
"""The bundled plugins that the plugin of a real office replaces."""

SECONDS, MEGABYTES = 60, 2048
"""The limits of `check_plugin_apart`."""

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class PluginCheck(NamedTuple):
    """`faults` are what is wrong with a plugin, `notes` what is worth a look and may well be meant."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]


def check_plugin_apart(name: str) -> PluginCheck:
    """`check_plugin` and `plugin_notes` in a child process: a plugin that ends or blocks its process, or uses
    all memory, is found without harm."""
    try:
        found = read_in_child(
            _named, name.encode(), file=name, seconds=SECONDS, megabytes=MEGABYTES
        )
    except ReadersBusy:
        fault = (
            f"{name} was not checked in time: it waits for something while it is loaded, or this machine "
            "is busy. Check it again. If it says the same, take it off the list of plugins."
        )
        return PluginCheck((fault,), ())
    except FileRefused as wrong:
        fault = (
            f"{name} ends or blocks the process that loads it, or takes over {SECONDS} seconds of "
            f"processor time or {MEGABYTES} MB ({wrong.code}). Take it off the list of plugins until that is "
            "mended."
        )
        return PluginCheck((fault,), ())
    return PluginCheck(*map(tuple, found))


def _named(name: bytes) -> list[list[str]]:
    faults = check_plugin(name.decode())
    return [faults, [] if faults else plugin_notes(name.decode())]


def plugin_notes(name: str) -> list[str]:
    """What is worth a look in an installed plugin without faults, beside all bundled ones: its rules that
    speak of other units than those which are asked for what they read."""
    _plugins, catalogue = _beside(name, _bundled(), None, MODELS)
    notes = reach_notes(catalogue)
    return [str(note.words) for note in notes if catalogue.owner("rule", note.rule) == name]


def check_plugin(
    name: str, *, beside: Sequence[str] | None = None, office: Definitions | None = None
) -> list[str]:
    """What is wrong with the installed plugin `name`, one sentence each; [] when it conforms.

    It is loaded with the plugins named in `beside` (default: all bundled ones), so that references to
    their definitions resolve; so do those to what the `office` itself has, such as its units. Checked: it can
    be loaded; every hook returns the right types, and the same when it is called again; no id is defined by
    another plugin too; every reference leads to a definition; the periods of its calendars follow each other
    without gaps and their codes can be read again.
    """
    installed = [point.name for point in available()]
    if name not in installed:
        return [f"{name} is not installed: no entry point of that name in the group “{GROUP}”."]
    others = _bundled() if beside is None else list(beside)
    try:
        replaces = MODELS if beside is None else ()
        plugins, catalogue = _beside(name, others, office, replaces)
    except DefinitionError as wrong:
        return [str(mistake) for mistake in wrong.mistakes]
    except NqError as wrong:
        return [str(wrong)]
    faults = [str(fault) for fault in plugins.faults if fault.plugin == name]
    faults += _rule_faults(name, catalogue)
    faults += _item_faults(name, catalogue, plugins)
    faults += [
        f"{u.what}: the {u.kind} “{u.missing}” is not brought by {name} nor by {', '.join(others)}."
        for u in catalogue.unresolved
        if u.owner == name
    ]
    info = next((plugin for plugin in catalogue.plugins if plugin.name == name), None)
    if info is not None and not info.hooks:
        faults.append(f"{name} implements no hook: mark its functions with @hook of nqcore.plugin.")
    for calendar in catalogue.calendars.values():
        if catalogue.owner("calendar", calendar.id) == name:
            faults += _calendar_faults(calendar)
    faults += _repeat_faults(name, info.hooks if info else (), plugins)
    return faults


def _bundled() -> list[str]:
    return [point.name for point in available() if point.name.startswith("nq_")]


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


def _rule_faults(name: str, catalogue: Catalogue) -> Iterator[str]:
    """The mistakes of rules that the plugin made in code; those of a TOML file were found in reading."""
    for rule in catalogue.rules.values():
        if isinstance(rule, RuleDefinition) and catalogue.owner("rule", rule.id) == name:
            for key, detail, remedy in rule_mistakes(rule):
                yield f"rule {rule.id}: {key}: {detail}; {remedy}."


def _item_faults(name: str, catalogue: Catalogue, plugins: Plugins) -> Iterator[str]:
    """What the definitions say that can never be, as for content that an office makes itself. References
    and rules are looked at elsewhere."""
    for owner, found in plugins.collect("definitions"):
        if owner == name and isinstance(found, Definitions):
            for item in items_of(found):
                if item.kind != "rule":
                    yield from (f"{wrong}." for wrong in meaning_mistakes(catalogue, item))


def _repeat_faults(name: str, hooks: Iterable[str], plugins: Plugins) -> Iterator[str]:
    """The hooks that return something else when they are called again."""
    for hook in hooks:
        first, second = (
            next((found for owner, found in plugins.collect(hook) if owner == name), None)
            for _ in range(2)
        )
        if hook in ("definitions", "demo") and first != second:
            yield f"{hook}() answers differently when asked again; it must be deterministic."


def _calendar_faults(calendar: Calendar) -> Iterator[str]:
    """What is wrong with a calendar in the years 2000 to 2030: for each kind of period the first fault."""
    for kind in PeriodKind:
        if kind is PeriodKind.SPAN:
            continue
        periods = list(calendar.periods(kind, date(2000, 1, 1), date(2030, 12, 31)))
        for period in periods:
            if not _CODE.fullmatch(period.code) or ".." in period.code:
                yield (
                    f"calendar {calendar.id}: {period.code!r} cannot stand in an address; "
                    "use letters, digits, “.” and “-”."
                )
                break
            if calendar.period(period.code) != period:
                yield f"calendar {calendar.id}: {period.code} does not read back as itself."
                break
        if kind is PeriodKind.NINE_MONTHS:  # they do not cover the whole year
            continue
        for one, after in pairwise(periods):
            if after.start != one.end + timedelta(days=1):
                yield (
                    f"calendar {calendar.id}: {after.code} does not begin on the day after "
                    f"{one.code} ends."
                )
                break
