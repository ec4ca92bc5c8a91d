"""The kinds of definitions that an office makes itself, one by one: what the journal, a workbook, a TOML pack
and a package have in common.

An item is one table of a definition file. `table_of` writes it with everything said: nothing in it depends on
the file's [pack] or on its place among others, so the same item means the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from nqcore.catalogue.definitions import TABLES, Definitions, parse_definitions
from nqcore.catalogue.form_tables import question_type
from nqcore.catalogue.references import item_id
from nqcore.catalogue.rule_tables import CHANGES
from nqcore.catalogue.toml_table import IN_FILE
from nqcore.formulas import Formula, parse
from nqcore.formulas.show import write
from nqcore.model.fields import FIELD_TYPES, AnyField
from nqcore.model.forms import AddedSection, Question, Section
from nqcore.model.overlays import Overlay
from nqcore.model.rules import RuleDefinition
from nqcore.model.units import Unit
from nqcore.text.numbers import canonical

Table = dict[str, Any]
"""A table of TOML as Python reads it: texts, numbers, days, lists and tables."""

ITEM_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "directive": "directives",
        "link": "links",
        "indicator": "indicators",
        "form": "forms",
        "section": "sections",
        "question": "questions",
        "target": "targets",
        "task": "tasks",
        "rule": "rules",
        "overlay": "overlays",
        "letterhead": "letterheads",
        "outline": "outlines",
        "unit_kind": "unit_kinds",
    }
)
"""The field of Definitions, by the name of the table in a file."""


class Item(NamedTuple):
    """One definition of that kind."""

    kind: str
    value: Any

    @property
    def id(self) -> str:
        """Its id among those of its kind; versions of an indicator have one code and several ids."""
        return version_id(self.value)

    @property
    def address(self) -> str:
        """Its id among all items: "indicator:vp.A1@2026-01-01"."""
        return f"{self.kind}:{self.id}"


def version_id(value: Any) -> str:
    """The id of a definition, with the first day of a version of an indicator."""
    since = getattr(value, "since", None) if hasattr(value, "over_units") else None
    return f"{item_id(value)}@{since.isoformat()}" if since else item_id(value)


def items_of(definitions: Definitions) -> Iterator[Item]:
    """All items of `definitions` that are of the kinds an office makes, by kind."""
    for kind, field in ITEM_FIELDS.items():
        for value in getattr(definitions, field):
            yield Item(kind, value)


def definitions_of(items: Iterable[Item]) -> Definitions:
    """The items as Definitions, in their order."""
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(ITEM_FIELDS[item.kind], []).append(item.value)
    return Definitions(**{field: tuple(values) for field, values in found.items()})


def item_text(item: Item) -> str:
    """The item as the text of a definition file that has nothing else in it."""
    import tomli_w  # only what writes needs it

    return tomli_w.dumps({item.kind: [table_of(item)]}, multiline_strings=False)


def items_text(items: Iterable[Item]) -> str:
    """Several items as the text of one definition file, by kind."""
    import tomli_w

    tables: dict[str, list[Table]] = {}
    for item in items:
        tables.setdefault(item.kind, []).append(table_of(item))
    ordered = {kind: tables[kind] for kind in ITEM_FIELDS if kind in tables}
    return tomli_w.dumps(ordered, multiline_strings=False)


def units_text(units: Iterable[Unit]) -> str:
    """Units as the text of a definition file, without the changes that they went through."""
    import tomli_w

    tables = [_named("unit", unit) for unit in units]
    return tomli_w.dumps({"unit": tables}, multiline_strings=False)


@lru_cache(maxsize=8192)
def read_item(name: str, text: str) -> Item:
    """The item in a text that `item_text` made; mistakes name it as `name`. Raises DefinitionError."""
    (item,) = items_of(parse_definitions(name, text))
    return item


def table_of(item: Item) -> Table:
    """The item as one table of a definition file. What has its default is left out, but for what a file or
    the place in it would say otherwise."""
    written = _WRITERS.get(item.kind)
    return written(item.value) if written else _named(item.kind, item.value)


def _named(kind: str, value: Any) -> Table:
    """The table of a dataclass, by the names that its keys have in a file."""
    keys = TABLES[kind].keys
    found = _dataclass(value, {name: key.name for name, key in keys.items()})
    # A key may be left out of a file although its field has no default: a body with nothing above it.
    unsaid = {
        key.name for name, key in keys.items() if key.default == getattr(value, name, None) == ""
    }
    return {name: given for name, given in found.items() if name not in unsaid}


def _dataclass(value: Any, names: Mapping[str, str] = MappingProxyType({})) -> Table:
    found: Table = {}
    for one in fields(value):
        given = getattr(value, one.name)
        default = one.default if one.default_factory is MISSING else one.default_factory()
        name = names.get(one.name, one.metadata.get(IN_FILE, one.name))
        if given is None:
            if default is not None and default is not MISSING:
                found[name] = "none"  # no lower bound, where 0 would be one
        elif given != default or one.name in _ALWAYS:
            found[name] = _plain(given)
    return found


_ALWAYS = frozenset({"order"})
"""What would be the place in the file, if it were left out."""


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else canonical(value)
    if isinstance(value, Formula):
        # As its author wrote it, unless its labels are those of a pack.
        as_written = parse(value.text).expression == value.expression
        return value.text if as_written else write(value.expression)
    if isinstance(value, frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Section):
        return _section(value)
    if is_dataclass(value):
        return _dataclass(value)
    assert isinstance(value, str | int | date), value
    return value


def _section(section: Section) -> Table:
    found = _dataclass(section)
    del found["fields"]
    for kind in FIELD_TYPES:
        mine = [field for field in section.fields if type(field) is kind]
        if mine:
            found[kind.toml] = [_listed(field) if kind.listed else _plain(field) for field in mine]
    return found


def _listed(field: AnyField) -> Any:
    """A field of a type that is given as a list: a text, or a table where the text does not say all."""
    kind = type(field)
    table = _dataclass(field)
    about = table[_about(kind)]
    return about if kind.from_text(about, str) == field else table


def _about(kind: type[AnyField]) -> str:
    """The field of a listed type that its text gives: the indicator, the task."""
    (name,) = (one.name for one in fields(kind) if one.default is MISSING and one.name != "key")
    return name


def _added_section(added: AddedSection) -> Table:
    section = _dataclass(added.section)
    del section["fields"]
    return _with_order({"form": added.form, **section}, added.order)


def _question(question: Question) -> Table:
    head = {
        "form": question.form,
        "section": question.section,
        "type": question_type(type(question.field)),
    }
    return _with_order(head | _dataclass(question.field), question.order)


def _with_order(table: Table, order: int | None) -> Table:
    return table if order is None else {**table, "order": order}


def _rule(rule: RuleDefinition) -> Table:
    found = _named("rule", rule)
    found.pop("params", None)
    return found | {key: _plain(value) for key, value in rule.params.items()}


def _overlay(overlay: Overlay) -> Table:
    found = _named("overlay", overlay)
    kind, of = found.pop("kind"), found.pop("of")
    changes = found.pop("changes")
    names = {name: key.name for name, key in CHANGES[kind].keys.items()}
    if "due" in changes and not changes.get("due_for"):
        changes.pop("due_for", None)  # what a file without it says
    none = {name: "none" for name, value in overlay.changes.items() if value is None}
    found["set"] = {names[name]: value for name, value in (changes | none).items()}
    return {"id": found.pop("id"), kind: of, **found}


_WRITERS: Mapping[str, Any] = {
    "section": _added_section,
    "question": _question,
    "rule": _rule,
    "overlay": _overlay,
}
