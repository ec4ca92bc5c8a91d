"""The tables of a definition file that describe forms, their fields and their deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from nqcore.catalogue.toml_table import (
    REQUIRED,
    Key,
    Reading,
    TableCheck,
    TableKind,
    TableProblem,
    TomlTable,
    ValueKind,
    Wrong,
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
from nqcore.errors import N_, Phrase
from nqcore.model.fields import FIELD_TYPES, AnyField, Option
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


DUE = ValueKind(Phrase(N_("{{ day = 10, months_after = 1 }} or {{ working_days = 2 }}")), _deadline)


def _narrowed(table: TomlTable, key: str, value: object) -> Scope | None:
    found = SCOPE.read(table, key, value)
    if found == EVERY_UNIT:
        table.wrong(
            key, Phrase(N_("narrows nothing")), Phrase(N_('give {{ kinds = ["commune"] }}'))
        )
    return found


NARROWED = ValueKind(SCOPE.give, _narrowed)
"""A scope that is not every unit."""

DUE_FOR = table_kind(
    DueFor,
    scope=Key(NARROWED),
    due=Key(DUE, give=Phrase(N_("give the deadline of these units"))),
)
"""The table [[form.due_for]]."""

# -- fields ----------------------------------------------------------------------------------------


RESERVED = frozenset({"viec", "loi"})
"""The inputs of a page that are no field of a form; the others of that sort have "_" in their names."""


def _field_key(table: TomlTable, key: str, value: object) -> str:
    text = CODE.read(table, key, value)
    if text in RESERVED:
        raise Wrong(
            Phrase(N_("is “{text}”, which the page itself uses"), {"text": text}),
            Phrase(N_("give another key")),
        )
    return text


FIELD_KEY = ValueKind(CODE.give, _field_key)
"""The key of a field: it is in addresses, in names of inputs and in files."""


def _option_code(table: TomlTable, key: str, value: object) -> str:
    text = TEXT.read(table, key, value)
    if text.split() != [text]:
        raise Wrong(
            Phrase(N_("is “{text}”"), {"text": text}),
            Phrase(N_("write it without spaces: files separate codes by them")),
        )
    return text


OPTIONS = tables_of(table_kind(Option, code=Key(ValueKind(TEXT.give, _option_code))))
"""The tables [[form.section.choices.option]]."""


def _has(kind: type[AnyField], name: str) -> bool:
    return any(one.name == name for one in fields(kind))


def _fields_of(kind: type[AnyField]) -> ValueKind[tuple[AnyField, ...]]:
    """How the fields of that type are given in a section."""
    if not kind.listed:
        if _has(kind, "options"):
            return tables_of(
                table_kind(kind, key=Key(FIELD_KEY), options=Key(OPTIONS, name="option"))
            )
        return tables_of(table_kind(kind, key=Key(FIELD_KEY)))
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
        yield TableProblem(
            "every",
            Phrase(N_("is “span”")),
            Phrase(N_("a form is owed for months, quarters, years …")),
        )


def _fields_once(reading: Reading) -> Iterator[TableProblem]:
    """No two fields of a form have one key or one input: the answers of a report are kept by it."""
    seen: set[str] = set()
    sections = reading.table.values.get("section", ())
    assert isinstance(sections, Iterable)
    for nth, section in enumerate(sections):
        for names, inside in _field_places(section):
            if taken := sorted(seen & names):
                yield TableProblem(
                    "section",
                    Phrase(N_("has the field “{taken}” twice"), {"taken": taken[0]}),
                    Phrase(N_("give one of them another key")),
                    ("section", nth, *inside),
                )
            seen |= names


def _field_places(section: dict[str, object]) -> Iterator[tuple[set[str], tuple[str | int, ...]]]:
    """The key and the inputs of each field as the file gives it, with the way to it."""
    for kind in FIELD_TYPES:
        items = section.get(kind.toml, ())
        for nth, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, str) and kind.listed:
                field = kind.from_text(item, str)
                yield {field.key, *field.input_names}, (kind.toml, nth)
            elif isinstance(item, dict) and "key" in item:
                key = str(item["key"])
                inputs = {name.format(key=key) for name in kind.inputs}
                yield {key, *inputs}, (kind.toml, nth, "key")


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
