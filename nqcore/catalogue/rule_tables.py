"""The tables of a definition file that describe rules and overlays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nqcore.catalogue.form_tables import DUE, DUE_FOR
from nqcore.catalogue.toml_table import (
    LEFT_OUT,
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
    BOUND,
    DAY,
    FORMULA,
    INDICATOR,
    INDICATORS,
    NUMBER,
    ORDER,
    SCOPE,
    SINCE,
    TEXT,
    TEXTS,
    choice,
    tables_of,
    whole,
)
from nqcore.errors import N_, Phrase
from nqcore.model.findings import FindingKind, Joins
from nqcore.model.overlays import WITHOUT, Overlay
from nqcore.model.rules import (
    RULE_TYPES,
    RuleDefinition,
    RuleMistake,
    indicator_mistakes,
    option_mistakes,
    sentence_mistakes,
    type_mistake,
    unknown_option,
)
from nqcore.model.units import EVERY_UNIT

# -- rules -----------------------------------------------------------------------------------------


def _sentences(table: TomlTable, key: str, value: object) -> Mapping[str, str]:
    inner = table.table(key, value)
    found: dict[str, str] = {}
    for case, text in inner.values.items():
        if isinstance(text, str):
            found[case] = text
        else:
            table.wrong(f"{key}.{case}", Phrase(N_("must be text in quotes")), "", (key, case))
    return found


def _rule_type(table: TomlTable, key: str, value: object) -> str:
    name = TEXT.read(table, key, value)
    mistake = type_mistake(name)
    if mistake is not None:
        raise Wrong(mistake.detail, mistake.remedy)
    return name


def _options(reading: Reading) -> Iterator[TableProblem]:
    """The keys that only this type of rule has."""
    type: str = reading.found["type"]
    declared = RULE_TYPES[type].options
    given = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in reading.left.items()
        if key in declared
    }
    reading.found["params"] = given
    for mistake in option_mistakes(type, given):
        if mistake.key in given:
            yield TableProblem(*mistake)
        elif not reading.table.is_unread(mistake.key):
            reading.missing[mistake.key] = mistake.remedy
    for key in reading.left:
        if key not in declared:
            reading.unknown(key, (*RULE.names, *declared), unknown_option(type, key).detail)


def _of_unknown_type(reading: Reading) -> Iterator[TableProblem]:
    """Without its type no option of a rule is known; a key that no type has is a mistake."""
    if "type" not in reading.found:
        known = {*RULE.names, *(key for one in RULE_TYPES.values() for key in one.options)}
        for key in reading.left:
            if key not in known:
                reading.unknown(key, RULE.names)
    return iter(())


def _problems(mistakes: Iterable[RuleMistake]) -> Iterator[TableProblem]:
    for mistake in mistakes:
        yield TableProblem(*mistake, tuple(mistake.key.split(".", 1)))


RULE = TableKind(
    RuleDefinition,
    {
        "id": Key(TEXT, REQUIRED),
        "kind": Key(choice(FindingKind), REQUIRED),
        "directive": Key(TEXT, REQUIRED),
        "title": Key(TEXT, REQUIRED),
        "type": Key(ValueKind(TEXT.give, _rule_type), REQUIRED),
        "indicators": Key(INDICATORS, ()),
        "scope": Key(SCOPE, EVERY_UNIT),
        "sentences": Key(ValueKind(Phrase(N_("a table [rule.sentences]")), _sentences), {}),
        "coverage": Key(whole(1, 100), 80),
        "judgement": Key(TEXT, ""),
        "judged_by": Key(INDICATORS, ()),
        "tasks": Key(TEXTS, ()),
        "order": ORDER,
        "row": Key(TEXT, ""),
        "joins": Key(choice(Joins), Joins.SENTENCE),
        "since": Key(
            DAY, None
        ),  # of its own only: the first day of a pack says nothing of its rules
        "basis": BASIS,
    },
    checks=[
        TableCheck((), _of_unknown_type),
        TableCheck(("type",), _options),
        TableCheck(
            ("type", "indicators"),
            lambda r: _problems(indicator_mistakes(r.found["type"], r.found["indicators"])),
        ),
        TableCheck(
            ("type", "indicators", "sentences"),
            lambda r: _problems(
                sentence_mistakes(r.found["type"], r.found["indicators"], r.found["sentences"])
            ),
        ),
    ],
    own_rest=True,
)
"""The table [[rule]]. Its keys are these, and the options of its type."""

# -- overlays --------------------------------------------------------------------------------------

_CHANGED: Mapping[str, Mapping[str, ValueKind[Any]]] = {
    "form": {"due": DUE, "due_for": tables_of(DUE_FOR), WITHOUT: TEXTS},
    "indicator": {"minimum": BOUND, "maximum": BOUND, "formula": FORMULA},
    "target": {"value": NUMBER},
    "task": {"deadline": DAY, "responsible": TEXT},
}
CHANGES: Mapping[str, TableKind[dict[str, object]]] = {
    kind: TableKind(dict, {name: Key(value, LEFT_OUT) for name, value in keys.items()})
    for kind, keys in _CHANGED.items()
}
"""The table [overlay.set], by the kind of definition that the overlay changes."""


def _one_kind(reading: Reading) -> Iterator[TableProblem]:
    """The overlay changes exactly one definition; what is set is read as in that kind of definition."""
    kinds = [kind for kind in CHANGES if reading.has(kind)]
    if len(kinds) != 1:
        words = N_("give exactly one of form, indicator, target, task: what it changes")
        yield TableProblem("form", Phrase(words))
        return
    (kind,) = kinds
    table: TomlTable | None = reading.found.get("set")
    if table is None:
        return
    reading.found["changes"] = changes = CHANGES[kind].read(table)
    if not table.values:
        yield TableProblem(
            "set",
            Phrase(N_("changes nothing")),
            Phrase(N_("a form's due or without, a target's value, a task's deadline …")),
        )
    elif changes is not None and "due" in changes:
        # The new deadline is for every unit in the overlay, unless the overlay has its own due_for.
        changes.setdefault("due_for", ())


def _overlay(*, changes: Mapping[str, object], **found: object) -> Overlay:
    del found["set"]  # it is read: `changes`
    (kind,) = (kind for kind in CHANGES if kind in found)
    of = found.pop(kind)
    # `OVERLAY` has read `found` key by key: they have the types of the fields.
    return Overlay(kind=kind, of=of, changes=changes, **found)  # type: ignore[arg-type]


OVERLAY = TableKind(
    _overlay,
    {
        "id": Key(TEXT, REQUIRED),
        "form": Key(TEXT, LEFT_OUT),
        "indicator": Key(INDICATOR, LEFT_OUT),
        "target": Key(TEXT, LEFT_OUT),
        "task": Key(TEXT, LEFT_OUT),
        "within": Key(TEXT, REQUIRED),
        "since": SINCE,
        "until": Key(DAY, None),
        "basis": BASIS,
        "set": Key(
            ValueKind(Phrase(N_("[overlay.set] with the new values")), TomlTable.table), REQUIRED
        ),
    },
    checks=[TableCheck((), _one_kind)],
)
"""The table [[overlay]]."""
