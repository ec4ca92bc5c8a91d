"""The tables of a definition file that describe forms, their fields and their deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nqcore.catalogue.toml_table import (
    REQUIRED,
    Key,
    Reading,
    TableCheck,
    TableKind,
    TableProblem,
    TomlTable,
    ValueKind,
)
from nqcore.catalogue.toml_values import (
    BASIS,
    CODE,
    SCOPE,
    SINCE,
    TEXT,
    TEXTS,
    in_pack,
    table_kind,
    tables_of,
    whole,
)
from nqcore.model.fields import FIELD_TYPES, AnyField
from nqcore.model.forms import DueFor, Form, Section
from nqcore.model.periods import Deadline, DueRule, PeriodKind, WorkingDaysRule
from nqcore.model.units import EVERY_UNIT, Scope

# -- deadlines -------------------------------------------------------------------------------------

DUE_ON_DAY = table_kind(DueRule, day=Key(whole(1, 31)))
"""A deadline ``{ day = 10, months_after = 1 }``."""
DUE_IN_WORKING_DAYS = table_kind(WorkingDaysRule, working_days=Key(whole(1, 250)))
"""A deadline ``{ working_days = 2 }``."""


def _deadline(table: TomlTable, key: str, value: object) -> Deadline | None:
    inner = table.table(key, value)
    if "working_days" in inner.values:
        return DUE_IN_WORKING_DAYS.read(inner)
    return DUE_ON_DAY.read(inner)


DUE = ValueKind("{ day = 10, months_after = 1 } or { working_days = 2 }", _deadline)


def _narrowed(table: TomlTable, key: str, value: object) -> Scope | None:
    found = SCOPE.read(table, key, value)
    if found == EVERY_UNIT:
        table.wrong(key, "narrows nothing", 'give { kinds = ["commune"] }')
    return found


NARROWED = ValueKind(SCOPE.give, _narrowed)
"""A scope that is not every unit."""

DUE_FOR = table_kind(
    DueFor,
    scope=Key(NARROWED),
    due=Key(DUE, give="give the deadline of these units"),
)
"""The table [[form.due_for]]."""

# -- fields ----------------------------------------------------------------------------------------


def _fields_of(kind: type[AnyField]) -> ValueKind[tuple[AnyField, ...]]:
    """How the fields of that type are given in a section."""
    if not kind.listed:
        return tables_of(table_kind(kind))
    return in_pack(
        TEXTS, lambda table, texts: tuple(kind.from_text(text, table.pack.code) for text in texts)
    )


_FIELD_KEYS: dict[str, Key] = {kind.toml: Key(_fields_of(kind), default=()) for kind in FIELD_TYPES}
"""The keys of a section that give fields, in the order in which its fields are shown."""


def _section(*, key: str, title: str, **fields: tuple[AnyField, ...]) -> Section:
    in_order = tuple(field for name in _FIELD_KEYS for field in fields[name])
    return Section(key=key, title=title, fields=in_order)


SECTION = TableKind(
    _section,
    {"key": Key(TEXT, default=REQUIRED), "title": Key(TEXT, default=REQUIRED), **_FIELD_KEYS},
)
"""The table [[form.section]]."""

# -- forms -----------------------------------------------------------------------------------------


def _not_a_span(reading: Reading) -> Iterator[TableProblem]:
    if reading.found["every"] is PeriodKind.SPAN:
        yield TableProblem("every", "is “span”", "a form is owed for months, quarters, years …")


def _fields_once(reading: Reading) -> Iterator[TableProblem]:
    """No two fields of a form have one key: the answers of a report are kept by it."""
    seen: set[str] = set()
    sections = reading.table.values.get("section", ())
    assert isinstance(sections, Iterable)
    for nth, section in enumerate(sections):
        for key, inside in _field_places(section):
            if key in seen:
                yield TableProblem(
                    "section",
                    f"has the field “{key}” twice",
                    "give one of them another key",
                    ("section", nth, *inside),
                )
            seen.add(key)


def _field_places(section: dict[str, object]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """The key of each field as the file gives it, with the way to it."""
    for kind in FIELD_TYPES:
        items = section.get(kind.toml, ())
        for nth, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, str) and kind.listed:
                yield kind.from_text(item, str).key, (kind.toml, nth)
            elif isinstance(item, dict) and "key" in item:
                yield str(item["key"]), (kind.toml, nth, "key")


FORM = table_kind(
    Form,
    id=Key(CODE),
    sections=Key(tables_of(SECTION), default=(), name="section"),
    due=Key(DUE),
    due_for=Key(tables_of(DUE_FOR)),
    since=SINCE,
    basis=BASIS,
    checks=[TableCheck(("every",), _not_a_span), TableCheck(("sections",), _fields_once)],
)
"""The table [[form]]."""
