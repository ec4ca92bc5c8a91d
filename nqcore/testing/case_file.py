"""Reading a case from its TOML file, with every mistake by file, line and key.

    [case]      title, directive, period, today, [plugins, unit, boundaries, since]
    [[report]]  unit, form, period, [state], the answers by their keys or in [report.answers]
    [[expect]]  rule and one of sentence, contains, silent; [cites]
    [[total]]   indicator, period, [unit], value or missing = true, [reported, due]

Beside them a case may have the tables of definition files that make its office: `[[unit]]`, `[[change]]`,
`[[target]]` and so on (`OFFICE_TABLES`). What the tables say is `case_values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib.resources.abc import Traversable
from typing import Any

from nqcore.catalogue.definitions import FILE, Definitions, text_of_file, toml_file
from nqcore.catalogue.pack import PackDefaults
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
    shown,
)
from nqcore.catalogue.toml_values import TEXT, choice, one_table, table_kind, tables_of
from nqcore.errors import N_, Phrase
from nqcore.model.fields import Typed
from nqcore.testing.case_values import (
    Case,
    CaseHead,
    CaseReport,
    CaseState,
    ExpectedFinding,
    ExpectedTotal,
)
from nqcore.text.dates import write_date

OFFICE_TABLES = (
    *("unit_kinds", "units", "changes", "placements", "handovers", "links"),
    *("targets", "tasks", "overlays"),
)
"""The definitions that a case may make for itself."""
BASIS = "Tình huống"
"""The legal basis of what a case defines."""
_ANSWERS = "answers"
_TYPED: tuple[type, ...] = (str, int, list, tuple)


# -- reports ---------------------------------------------------------------------------------------


def _typed(value: object) -> Typed:
    """One answer as it is typed into a box. Raises Wrong."""
    if isinstance(value, bool):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return write_date(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if isinstance(value, str | int):
        return value
    raise Wrong(
        Phrase(N_("is {value}"), {"value": shown(value)}),
        Phrase(N_("give a text in quotes, a whole number, a day, true, false or a list of texts")),
    )


def _answers(table: TomlTable, values: Iterable[tuple[str, object]]) -> dict[str, Typed]:
    """The answers of a table; a table in it holds the further parts of a name: ``VB1.number``."""
    found: dict[str, Typed] = {}
    for key, value in values:
        if isinstance(value, dict):
            inner = _answers(table.table(key, value), value.items())
            found |= {f"{key}.{part}": one for part, one in inner.items()}
            continue
        try:
            found[key] = _typed(value)
        except Wrong as wrong:
            table.wrong(key, wrong.detail, wrong.remedy, (key,))
    return found


def _of_report(reading: Reading) -> Iterator[TableProblem]:
    """The keys that are not those of a report are its answers."""
    beside = {key: value for key, value in reading.left.items() if key != _ANSWERS}
    inside = reading.left.get(_ANSWERS, {})
    answers = _answers(reading.table, beside.items())
    if not isinstance(inside, dict):
        yield TableProblem(
            _ANSWERS,
            Phrase(N_("is {value}"), {"value": shown(inside)}),
            Phrase(N_("give a table [{key}]"), {"key": "report.answers"}),
        )
        return
    more = _answers(reading.table.table(_ANSWERS, inside), inside.items())
    for key in answers.keys() & more.keys():
        yield TableProblem(key, Phrase(N_("is answered twice")), Phrase(N_("keep one")), (key,))
    reading.found["answers"] = answers | more


REPORT = TableKind(
    CaseReport,
    {
        "unit": Key(TEXT, REQUIRED),
        "form": Key(TEXT, REQUIRED),
        "period": Key(TEXT, REQUIRED),
        "state": Key(choice(CaseState), CaseState.ACCEPTED),
    },
    checks=[TableCheck((), _of_report)],
    own_rest=True,
)
"""The table [[report]]."""


# -- what must come out ----------------------------------------------------------------------------


def _of_finding(reading: Reading) -> Iterator[TableProblem]:
    given = [key for key in ("sentence", "contains", "silent") if reading.found[key]]
    if len(given) != 1:
        yield TableProblem("", Phrase(N_("give exactly one of sentence, contains, silent")))
    elif given == ["silent"] and reading.found["cites"]:
        yield TableProblem(
            "cites", Phrase(N_("a rule that is silent cites nothing")), Phrase(N_("leave it out"))
        )


def _of_total(reading: Reading) -> Iterator[TableProblem]:
    found = reading.found
    if found["missing"] and found["value"] is not None:
        yield TableProblem("missing", Phrase(N_("stands beside a value")), Phrase(N_("keep one")))
    elif not found["missing"] and all(found[k] is None for k in ("value", "reported", "due")):
        yield TableProblem("value", Phrase(N_("is missing")), _VALUE.give)


def _value(_table: TomlTable, _key: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Wrong(Phrase(N_("is {value}"), {"value": shown(value)}), _VALUE.give)
    return str(value)


_VALUE = ValueKind(
    Phrase(N_('give a whole number, or in quotes what is typed into a box, like "74,5"')), _value
)

FINDING = table_kind(
    ExpectedFinding,
    checks=[TableCheck(("sentence", "contains", "silent", "cites"), _of_finding)],
)
"""The table [[expect]]."""
TOTAL = table_kind(
    ExpectedTotal,
    value=Key(_VALUE),
    checks=[TableCheck(("value", "missing", "reported", "due"), _of_total)],
)
"""The table [[total]]."""


# -- the file --------------------------------------------------------------------------------------


def _parts(**found: Any) -> dict[str, Any]:
    return found


def _expects_something(reading: Reading) -> Iterator[TableProblem]:
    # What has a mistake is left out of what was read, but it is there.
    if not any(reading.table.values.get(key) for key in ("expect", "total")):
        yield TableProblem(
            "expect",
            Phrase(N_("nothing is expected, so the case can never differ")),
            Phrase(N_("write a table [[expect]] or [[total]]")),
        )


CASE_FILE = TableKind(
    _parts,
    {
        "head": Key(one_table(table_kind(CaseHead)), REQUIRED, "case"),
        **{name: FILE.keys[name] for name in OFFICE_TABLES},
        "reports": Key(tables_of(REPORT), (), "report"),
        "findings": Key(tables_of(FINDING), (), "expect"),
        "totals": Key(tables_of(TOTAL), (), "total"),
    },
    checks=[TableCheck((), _expects_something)],
)
"""The whole file: which tables it may have."""


def parse_case(file: str, text: str) -> Case:
    """The case that the TOML `text` describes; mistakes name it as `file`. Raises DefinitionError with all of
    them.

    >>> parse_case("a.toml", "[[total]]\\nindicator = 'A1'\\nperiod = '2018'\\nvalue = 7\\n")
    Traceback (most recent call last):
    ...
    nqcore.errors.DefinitionError: a.toml, line 1: case: is missing; give a table
    """
    read = toml_file(file, text)
    read.pack = PackDefaults(basis=BASIS)
    parts = CASE_FILE.read(read.top)
    read.finish()
    assert parts is not None
    definitions = Definitions(**{name: parts.pop(name) for name in OFFICE_TABLES})
    case = Case(file=file, text=text, definitions=definitions, **parts)
    return case


def read_case(file: Traversable, name: str = "") -> Case:
    """The case in a file, which mistakes name as `name` (default: as the file is called). Raises
    DefinitionError with all its mistakes."""
    name = name or file.name
    return parse_case(name, text_of_file(name, file))
