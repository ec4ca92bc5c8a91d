"""The table [[outline]] of a definition file, with its parts and what each part takes in."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from nqcore.catalogue.toml_table import Key, Reading, TableCheck, TableProblem, TomlTable, ValueKind
from nqcore.catalogue.toml_values import (
    BASIS_IF_ANY,
    CODE,
    TEXTS,
    table_kind,
    tables_of,
    whole,
)
from nqcore.errors import N_, Phrase, in_a_row
from nqcore.model.outlines import DEEPEST, AnnexKind, Lead, Outline, OutlinePart, Take
from nqcore.model.periods import PeriodKind
from nqcore.text.suggestions import did_you_mean

E = TypeVar("E", bound=StrEnum)


def _in_order(members: type[E]) -> ValueKind[tuple[E, ...]]:
    """A list of members of an enumeration, each once, in an order that counts."""
    names = [member.value for member in members]

    def read(table: TomlTable, key: str, value: object) -> tuple[E, ...]:
        words = TEXTS.read(table, key, value)
        seen: set[str] = set()
        for nth, word in enumerate(words):
            if word not in names:
                meant = did_you_mean(word, names)
                remedy = in_a_row(Phrase(N_("use {names}"), {"names": ", ".join(names)}), meant)
                table.wrong(key, Phrase(N_("has “{word}”"), {"word": word}), remedy, (key, nth))
            elif word in seen:
                twice = Phrase(N_("has “{word}” twice"), {"word": word})
                table.wrong(key, twice, Phrase(N_("write it once")), (key, nth))
            seen.add(word)
        return tuple(members(word) for word in dict.fromkeys(words) if word in names)

    return ValueKind(Phrase(N_("a list of {names}"), {"names": ", ".join(names)}), read)


LEAD = table_kind(Lead)
"""One item of the list `leads` of what a part takes in."""
TAKE = table_kind(Take, leads=Key(tables_of(LEAD), ()))
"""One item of the list `takes` of a part."""
PART = table_kind(
    OutlinePart, key=Key(CODE), level=Key(whole(0, DEEPEST), 1), takes=Key(tables_of(TAKE), ())
)
"""The table [[outline.part]]."""


def _has_parts(reading: Reading) -> Iterator[TableProblem]:
    if not reading.found["parts"] and not reading.table.values.get("part"):
        remedy = Phrase(N_("give tables [[{key}]]"), {"key": "outline.part"})
        yield TableProblem("part", Phrase(N_("is missing")), remedy)


def _mistakes(reading: Reading) -> Iterator[TableProblem]:
    parts: tuple[OutlinePart, ...] = reading.found["parts"]
    given = reading.table.values.get("part")
    if not isinstance(given, list) or len(given) != len(parts):
        return  # one of them has a mistake of its own
    for wrong in Outline(id="-", title="-", parts=parts).mistakes():
        where = f"part[{parts[wrong.part].key}]"
        inside: tuple[str | int, ...] = ("part", wrong.part)
        if wrong.take is not None:
            where, inside = f"{where}.takes[{wrong.take + 1}]", (*inside, "takes", wrong.take)
        yield TableProblem(f"{where}.{wrong.key}", wrong.detail, wrong.remedy, (*inside, wrong.key))


def _periods_of_nothing(reading: Reading) -> Iterator[TableProblem]:
    if reading.found["periods"] and not reading.found["default_for"]:
        detail = Phrase(N_("says nothing without “default_for”"))
        remedy = Phrase(N_("name the directives whose reports have the outline, or take it out"))
        yield TableProblem("periods", detail, remedy, ("periods",))


OUTLINE = table_kind(
    Outline,
    id=Key(CODE),
    parts=Key(tables_of(PART), (), "part"),
    annexes=Key(_in_order(AnnexKind)),
    periods=Key(_in_order(PeriodKind), ()),
    basis=BASIS_IF_ANY,
    checks=[
        TableCheck(("parts",), _has_parts),
        TableCheck(("parts",), _mistakes),
        TableCheck(("periods", "default_for"), _periods_of_nothing),
    ],
)
"""The table [[outline]]."""
