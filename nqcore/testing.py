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

from nqcore.catalogue import Catalogue, Plugins, available, build_catalogue
from nqcore.catalogue.hookspecs import GROUP
from nqcore.errors import DefinitionError, DuplicateId, NqError
from nqcore.files.incoming import FileRefused, read_in_child
from nqcore.model.periods import Calendar, PeriodKind
from nqcore.model.rules import RuleDefinition, rule_mistakes

MODEL = "nq_model_district"
"""The bundled plugin that the plugin of a real district replaces."""

SECONDS, MEGABYTES = 60, 2048
"""The limits of `check_plugin_apart`."""

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


def check_plugin_apart(name: str) -> list[str]:
    """`check_plugin` in a child process: a plugin that ends or blocks its process, or uses all memory, is
    found without harm."""
    try:
        return read_in_child(_named, name.encode(), file=name, seconds=SECONDS, megabytes=MEGABYTES)
    except FileRefused as wrong:
        return [
            f"{name} ends or blocks the process that loads it, or takes over {SECONDS} seconds or "
            f"{MEGABYTES} MB ({wrong.code}). Take it off the list of plugins until that is mended."
        ]


def _named(name: bytes) -> list[str]:
    return check_plugin(name.decode())


def check_plugin(name: str, *, beside: Sequence[str] | None = None) -> list[str]:
    """What is wrong with the installed plugin `name`, one sentence each; [] when it conforms.

    It is loaded with the plugins named in `beside` (default: all bundled ones), so that references to
    their definitions resolve. Checked: it can be loaded; every hook returns the right types, and the same
    when it is called again; no id is defined by another plugin too; every reference leads to a definition;
    the periods of its calendars follow each other without gaps and their codes can be read again.
    """
    installed = [point.name for point in available()]
    if name not in installed:
        return [f"{name} is not installed: no entry point of that name in the group “{GROUP}”."]
    others = [n for n in installed if n.startswith("nq_")] if beside is None else list(beside)
    try:
        try:
            plugins = Plugins({name, *others})
            catalogue = build_catalogue(plugins)
        except DuplicateId as wrong:
            # A plugin of a real district replaces the model district.
            if beside is not None or name == MODEL or MODEL not in wrong.params.values():
                raise
            others.remove(MODEL)
            plugins = Plugins({name, *others})
            catalogue = build_catalogue(plugins)
    except DefinitionError as wrong:
        return [str(mistake) for mistake in wrong.mistakes]
    except NqError as wrong:
        return [str(wrong)]
    faults = [str(fault) for fault in plugins.faults if fault.plugin == name]
    faults += _rule_faults(name, catalogue)
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


def _rule_faults(name: str, catalogue: Catalogue) -> Iterator[str]:
    """The mistakes of rules that the plugin made in code; those of a TOML file were found in reading."""
    for rule in catalogue.rules.values():
        if isinstance(rule, RuleDefinition) and catalogue.owner("rule", rule.id) == name:
            for key, detail, remedy in rule_mistakes(rule):
                yield f"rule {rule.id}: {key}: {detail}; {remedy}."


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
