"""What is wrong with a plugin: it is loaded beside others, and all that it brings is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nqcore.catalogue import Catalogue, Definitions, Plugins, available, build_catalogue
from nqcore.catalogue.hookspecs import GROUP
from nqcore.catalogue.item_kinds import items_of
from nqcore.catalogue.item_mistakes import meaning_mistakes
from nqcore.catalogue.rule_reach import reach_notes
from nqcore.errors import DefinitionError, DuplicateId, NqError
from nqcore.model.rules import RuleDefinition, rule_mistakes
from nqcore.testing.calendar_faults import calendar_faults

MODELS = ("nq_model_district", "nq_model_commune")
"""The bundled plugins that the plugin of a real office replaces."""


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
            faults += calendar_faults(calendar)
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
