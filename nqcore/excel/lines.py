"""The lines of the paper form: which box stands in which row of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from nqcore.errors import N_
from nqcore.model.forms import ChoicesField, DocumentField, FigureField, NarrativeField
from nqcore.sheets import Row, Sheet

FIRST_ROW = 6
"""The first row below the heading, counted from 1."""
BEFORE, VALUE, EXPLANATION, CODE = 3, 4, 5, 6
"""Columns from 0: the last period, this period, the unit's words, the hidden code."""
HEAD = "#"
"""In front of the code of a row that only holds words."""
TICK = "x"


class Kind(StrEnum):
    """What kind of box it is."""

    HEADING = "heading"
    FIGURE = "figure"
    SHORT = "short"
    LONG = "long"
    """A narrative: it has the width of the page."""
    TICK = "tick"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Row `number` (from 1) of the file. `code` stands in column G: the input's name, for a choice
    with the option behind a colon, for a heading behind "#"."""

    number: int
    code: str
    kind: Kind
    label: str
    text: str
    row: Row | None = None
    typed: str = ""


def lines(sheet: Sheet, titles: Mapping[str, str]) -> Iterator[Line]:
    """Every row of the file below its heading. `titles`: task → what it says."""
    for nth, line in enumerate(_unnumbered(sheet, titles), FIRST_ROW):
        code, kind, label, text, row, typed = line
        yield Line(number=nth, code=code, kind=kind, label=label, text=text, row=row, typed=typed)


_Raw = tuple[str, Kind, str, str, Row | None, str]


def _unnumbered(sheet: Sheet, titles: Mapping[str, str]) -> Iterator[_Raw]:
    for section in sheet.sections:
        yield HEAD + section.key, Kind.HEADING, section.key, section.title, None, ""
        for row in section.figures:
            assert row.indicator is not None
            label, text = row.indicator.label, row.indicator.name
            yield row.key, Kind.FIGURE, label, text, row, row.typed[row.key]
        for row in section.others:
            yield from _other(row, titles)


def _other(row: Row, titles: Mapping[str, str]) -> Iterator[_Raw]:
    field = row.field
    assert not isinstance(field, FigureField)
    if isinstance(field, NarrativeField):
        yield HEAD + row.key, Kind.HEADING, "", field.label, None, ""
        yield row.key, Kind.LONG, "", "", row, row.typed[row.key]
    elif isinstance(field, ChoicesField):
        yield HEAD + row.key, Kind.HEADING, "", field.label, None, ""
        ticked = row.answer if isinstance(row.answer, tuple) else ()
        for option in field.options:
            code = f"{row.key}:{option.code}"
            yield code, Kind.TICK, "", option.text, row, TICK if option.code in ticked else ""
    elif isinstance(field, DocumentField):
        number, day = row.typed
        yield HEAD + row.key, Kind.HEADING, "", field.label, None, ""
        yield number, Kind.SHORT, "", N_("Number, symbol"), row, row.typed[number]
        yield day, Kind.SHORT, "", N_("Date issued, for example 15/9/2018"), row, row.typed[day]
    else:
        status, note = row.typed
        yield HEAD + row.key, Kind.HEADING, "", titles.get(field.task, row.key), None, ""
        yield status, Kind.STATUS, "", N_("How far"), row, row.typed[status]
        yield note, Kind.SHORT, "", N_("In a few words"), row, row.typed[note]
