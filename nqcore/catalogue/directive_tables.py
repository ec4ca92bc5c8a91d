"""The tables of a definition file about guiding documents: directives, links, targets, tasks, and the
letterheads of those who report on them."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.catalogue.toml_table import (
    Key,
    Late,
    Reading,
    TableCheck,
    TableProblem,
    TomlTable,
    ValueKind,
)
from nqcore.catalogue.toml_values import (
    BASIS,
    BASIS_IF_ANY,
    CODE,
    INDICATOR,
    ORDER,
    TEXT,
    converted,
    table_kind,
    tables_of,
    whole,
)
from nqcore.errors import N_, Phrase
from nqcore.model.directives import Directive, Link
from nqcore.model.periods import read_period
from nqcore.model.reports import Letterhead
from nqcore.model.targets import Milestone, Target, Task


def _directive_id(reading: Reading) -> str:
    number, issued = reading.found["number"], reading.found["date"]
    slug: str = number.lower().replace("/", "-").replace("đ", "d")
    return f"{slug}.{issued.isoformat()}" if issued else slug


def _one_bearer(reading: Reading) -> Iterator[TableProblem]:
    """A task has exactly one of the two ways to name who is responsible."""
    unit, words = reading.found["responsible"], reading.found["responsible_name"]
    if bool(unit.strip()) == bool(words.strip()):
        yield TableProblem(
            "responsible",
            Phrase(
                N_(
                    "give it (a unit's code), or responsible_name (the words) for a body outside the "
                    "tree"
                )
            ),
        )


PERIOD = converted(Phrase(N_('a period like "2018-Q3"')), lambda code: read_period(code).code)

DIRECTIVE = table_kind(Directive, id=Key(TEXT, Late(_directive_id)), plenum=Key(whole(1, 20)))
"""The table [[directive]]."""

LINK = table_kind(Link, basis=BASIS_IF_ANY)
"""The table [[link]]."""

MILESTONE = table_kind(Milestone)
"""One item of the list `path` of a target."""


def _path_within(reading: Reading) -> Iterator[TableProblem]:
    """The days of a path follow each other, before the last day of the target."""
    path, period = reading.found["path"], read_period(reading.found["period"])
    days = [milestone.day for milestone in path]
    if days != sorted(set(days)):
        yield TableProblem("path", Phrase(N_("the days must follow each other, each once")))
    if days and not period.start <= days[0] <= days[-1] < period.end:
        yield TableProblem(
            "path",
            Phrase(
                N_("every day must lie in {code}, before its last day, which has the value"),
                {"code": period.code},
            ),
        )


TARGET = table_kind(
    Target,
    indicator=Key(INDICATOR),
    period=Key(PERIOD),
    basis=BASIS,
    path=Key(tables_of(MILESTONE), ()),
    checks=[TableCheck(("path", "period"), _path_within)],
)
"""The table [[target]]."""

TASK = table_kind(
    Task,
    order=ORDER,
    basis=BASIS,
    checks=[TableCheck(("responsible", "responsible_name"), _one_bearer)],
)
"""The table [[task]]."""

LETTERHEAD = table_kind(
    Letterhead, superior=Key(TEXT, ""), authority=Key(TEXT, ""), unit=Key(CODE, "")
)
"""The table [[letterhead]]; without `unit` it is that of the unit at the top of reports. A body that has
nothing above it leaves `superior` out, one that signs in its own name `authority`."""


def _letterheads(table: TomlTable, key: str, value: object) -> tuple[Letterhead, ...]:
    if not isinstance(value, dict):
        return tables_of(LETTERHEAD).read(table, key, value)
    found = LETTERHEAD.read(table.table(key, value))
    return () if found is None else (found,)


LETTERHEADS = ValueKind(Phrase(N_("tables [[letterhead]]")), _letterheads)
"""Tables [[letterhead]], or one table [letterhead]."""
