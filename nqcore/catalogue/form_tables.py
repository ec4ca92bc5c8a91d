"""The tables of a definition file that describe forms, their fields and their deadlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from nqcore.catalogue.toml_table import (
    REQUIRED,
    Key,
    Late,
    Reading,
    TableCheck,
    TableKind,
    TableProblem,
    TomlTable,
    ValueKind,
    Wrong,
)
from nqcore.catalogue.toml_values import (
    ANY_TEXT,
    BASIS,
    CODE,
    DAY,
    INDICATOR,
    SCOPE,
    SINCE,
    TEXT,
    TEXTS,
    one_of,
    table_kind,
    tables_of,
    whole,
)
from nqcore.errors import N_, Phrase
from nqcore.model.fields import FIELD_TYPES, AnyField, Option
from nqcore.model.forms import AddedSection, DueFor, Form, Question, Section
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


def _ends_later(reading: Reading) -> Iterator[TableProblem]:
    """What ends on its first day, or before, is never asked."""
    since, until = reading.found["since"], reading.found["until"]
    if since is not None and until is not None and until <= since:
        yield TableProblem(
            "until",
            Phrase(N_("is {until}, not after since ({since})"), {"until": until, "since": since}),
            Phrase(N_("give a later day, or leave it out")),
        )


DATES = TableCheck(("since", "until"), _ends_later)


def _listed_key(kind: type[AnyField]) -> Callable[[Reading], object]:
    """The key of a field of a listed type, made of what the field is about."""
    (about,) = (one.name for one in fields(kind) if one.default is MISSING and one.name != "key")

    def find(reading: Reading) -> str:
        return kind.from_text(reading.found[about], str).key

    return find


def _field_table(kind: type[AnyField], **keys: Key) -> TableKind[AnyField]:
    """The table of one field of that type."""
    if kind.listed:
        keys["key"] = Key(FIELD_KEY, Late(_listed_key(kind)))
    else:
        keys["key"] = Key(FIELD_KEY)
    if _has(kind, "options"):
        keys["options"] = Key(OPTIONS, name="option")
    if _has(kind, "indicator"):
        keys["indicator"] = Key(INDICATOR)
    return table_kind(kind, checks=[DATES], **keys)


_ONE_FIELD: dict[type[AnyField], TableKind[AnyField]] = {
    kind: _field_table(kind) for kind in FIELD_TYPES
}


def _fields_of(kind: type[AnyField]) -> ValueKind[tuple[AnyField, ...]]:
    """How the fields of that type are given in a section."""
    return _listed(kind) if kind.listed else tables_of(_ONE_FIELD[kind])


def _listed(kind: type[AnyField]) -> ValueKind[tuple[AnyField, ...]]:
    """A list of texts; a field with dates or units of its own is a table in it."""

    def read(table: TomlTable, key: str, value: object) -> tuple[AnyField, ...]:
        if not isinstance(value, list) or not any(isinstance(item, dict) for item in value):
            return tuple(kind.from_text(t, table.pack.code) for t in TEXTS.read(table, key, value))
        found: list[AnyField | None] = []
        for nth, item in enumerate(value):
            if isinstance(item, dict):
                place = (*table.place, key, nth)
                inner = TomlTable(table.file, f"{table.path}.{key}[{nth + 1}]", place, item)
                found.append(_ONE_FIELD[kind].read(inner))
            else:
                (text,) = TEXTS.read(table, key, [item])
                found.append(kind.from_text(text, table.pack.code))
        return tuple(one for one in found if one is not None)

    return ValueKind(TEXTS.give, read)


_FIELD_KEYS: dict[str, Key] = {kind.toml: Key(_fields_of(kind), default=()) for kind in FIELD_TYPES}
"""The keys of a section that give fields, in the order in which its fields are shown."""


_DATES: dict[str, Key] = {
    "since": Key(DAY, default=None),
    "until": Key(DAY, default=None),
    "asks": Key(SCOPE, default=EVERY_UNIT),
    "basis": Key(ANY_TEXT, default=""),
}
"""The keys that say from when until when, and of which units, a part of a form is asked."""


def _section(
    *,
    key: str,
    title: str,
    since: date | None,
    until: date | None,
    asks: Scope,
    basis: str,
    **fields: tuple[AnyField, ...],
) -> Section:
    in_order = tuple(field for name in _FIELD_KEYS for field in fields[name])
    return Section(
        key=key, title=title, fields=in_order, since=since, until=until, asks=asks, basis=basis
    )


SECTION = TableKind(
    _section,
    {
        "key": Key(TEXT, default=REQUIRED),
        "title": Key(TEXT, default=REQUIRED),
        **_DATES,
        **_FIELD_KEYS,
    },
    checks=[DATES],
)
"""The table [[form.section]]."""


def _added_section(*, form: str, order: int | None, **found: Any) -> AddedSection:
    return AddedSection(form=form, section=Section(fields=(), **found), order=order)


PLACE = Key(whole(1, 10_000), None)
"""Before which of those that the form itself has it stands."""

ADDED_SECTION = TableKind(
    _added_section,
    {
        "form": Key(CODE, default=REQUIRED),
        "key": Key(TEXT, default=REQUIRED),
        "title": Key(TEXT, default=REQUIRED),
        "order": PLACE,
        **_DATES,
        "since": SINCE,
        "basis": BASIS,
    },
    checks=[DATES],
)
"""The table [[section]]: a section that is added to a form."""

QUESTION_TYPES: Mapping[str, type[AnyField]] = {
    (kind.toml.removesuffix("s") if kind.listed else kind.toml): kind for kind in FIELD_TYPES
}
"""The types of fields by the name that `type` of a question has: figure, document, task, choices …"""


def question_type(kind: type[AnyField]) -> str:
    """The name that a question has for that type of field."""
    return next(name for name, each in QUESTION_TYPES.items() if each is kind)


QUESTION_FIELDS: Mapping[type[AnyField], TableKind[AnyField]] = {
    kind: _field_table(kind, since=SINCE, basis=BASIS) for kind in FIELD_TYPES
}
"""The keys of a question that describe its field, by the type of the field."""


def _question_field(reading: Reading) -> Iterator[TableProblem]:
    """The keys that belong to the field are read as those of its type."""
    kind = QUESTION_TYPES[reading.found["type"]]
    table = reading.table._replace(values=reading.left)
    inner = QUESTION_FIELDS[kind].reading(table)
    if inner.right:
        reading.found["field"] = kind(**inner.found)
    return iter(())


def _of_unknown_type(reading: Reading) -> Iterator[TableProblem]:
    """Without its type no key of the field is known; one that no type has is a mistake."""
    if "type" not in reading.found:
        known = {*QUESTION.names, *(n for one in QUESTION_FIELDS.values() for n in one.names)}
        for key in reading.left:
            if key not in known:
                reading.unknown(key, sorted(known))
    return iter(())


def _question(
    *, type: str, form: str, section: str, order: int | None, field: AnyField
) -> Question:
    return Question(form=form, section=section, field=field, order=order)


QUESTION: TableKind[Question] = TableKind(
    _question,
    {
        "form": Key(CODE, default=REQUIRED),
        "section": Key(TEXT, default=REQUIRED),
        "type": Key(one_of(tuple(QUESTION_TYPES)), default=REQUIRED),
        "order": PLACE,
    },
    checks=[TableCheck((), _of_unknown_type), TableCheck(("type",), _question_field)],
    own_rest=True,
)
"""The table [[question]]: a field that is added to a section of a form. Its keys are these, and those of
its type."""

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
            elif isinstance(item, dict) and (key := _key_of(kind, item)):
                inputs = {name.format(key=key) for name in kind.inputs}
                yield {key, *inputs}, (kind.toml, nth, "key")


def _key_of(kind: type[AnyField], item: dict[str, object]) -> str:
    """The key of the field that a table describes; "" if it has none."""
    key = item.get("key")
    if key is None and kind.listed:
        about = item.get(kind.toml.removesuffix("s"), item.get("indicator"))
        return kind.from_text(about, str).key if isinstance(about, str) else ""
    return key if isinstance(key, str) else ""


def _sections_once(reading: Reading) -> Iterator[TableProblem]:
    """No two sections have one key."""
    seen: set[str] = set()
    for nth, section in enumerate(reading.found["sections"]):
        if section.key in seen:
            yield TableProblem(
                "section",
                Phrase(N_("has “{word}” twice"), {"word": section.key}),
                Phrase(N_("give each section a key of its own")),
                ("section", nth, "key"),
            )
        seen.add(section.key)


FORM = table_kind(
    Form,
    id=Key(CODE),
    sections=Key(tables_of(SECTION), default=(), name="section"),
    due=Key(DUE),
    due_for=Key(tables_of(DUE_FOR)),
    since=SINCE,
    basis=BASIS,
    checks=[
        TableCheck(("every",), _not_a_span),
        TableCheck(("sections",), _fields_once),
        TableCheck(("sections",), _sections_once),
    ],
)
"""The table [[form]]."""
