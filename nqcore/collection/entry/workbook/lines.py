"""The lines of the paper form: which box stands in which row of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from nqcore.collection.entry.entry_sheet import EntryRow, EntrySheet
from nqcore.errors import N_
from nqcore.model.forms import ChoicesField, DocumentField, FigureField, NarrativeField

FIRST_ROW = 6
"""The first row below the heading, counted from 1."""
BEFORE, VALUE, EXPLANATION, CODE = 3, 4, 5, 6
"""Columns from 0: the last period, this period, the unit's words, the hidden code."""
HEADING_MARK = "#"
"""In front of the code of a row that only holds words."""
TICK_MARK = "x"


class LineKind(StrEnum):
    """What kind of box it is."""

    HEADING = "heading"
    FIGURE = "figure"
    SHORT = "short"
    LONG = "long"
    """A narrative: it has the width of the page."""
    TICK = "tick"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """Row `number` (from 1) of the file. `code` stands in column G: the input's name, for a choice
    with the option behind a colon, for a heading behind "#"."""

    number: int
    code: str
    kind: LineKind
    label: str
    text: str
    row: EntryRow | None = None
    typed: str = ""


def template_lines(sheet: EntrySheet, titles: Mapping[str, str]) -> Iterator[TemplateLine]:
    """Every row of the file below its heading. `titles`: task → what it says."""
    for nth, line in enumerate(_all_line_parts(sheet, titles), FIRST_ROW):
        code, kind, label, text, row, typed = line
        yield TemplateLine(
            number=nth, code=code, kind=kind, label=label, text=text, row=row, typed=typed
        )


_LineParts = tuple[str, LineKind, str, str, EntryRow | None, str]


def _all_line_parts(sheet: EntrySheet, titles: Mapping[str, str]) -> Iterator[_LineParts]:
    for section in sheet.sections:
        yield HEADING_MARK + section.key, LineKind.HEADING, section.key, section.title, None, ""
        for row in section.figures:
            assert row.indicator is not None
            label, text = row.indicator.label, row.indicator.name
            yield row.key, LineKind.FIGURE, label, text, row, row.typed[row.key]
        for row in section.others:
            yield from _other_line_parts(row, titles)


def _other_line_parts(row: EntryRow, titles: Mapping[str, str]) -> Iterator[_LineParts]:
    field = row.field
    assert not isinstance(field, FigureField)
    if isinstance(field, NarrativeField):
        yield HEADING_MARK + row.key, LineKind.HEADING, "", field.label, None, ""
        yield row.key, LineKind.LONG, "", "", row, row.typed[row.key]
    elif isinstance(field, ChoicesField):
        yield HEADING_MARK + row.key, LineKind.HEADING, "", field.label, None, ""
        ticked = row.answer if isinstance(row.answer, tuple) else ()
        for option in field.options:
            code = f"{row.key}:{option.code}"
            yield (
                code,
                LineKind.TICK,
                "",
                option.text,
                row,
                TICK_MARK if option.code in ticked else "",
            )
    elif isinstance(field, DocumentField):
        number, day = row.typed
        yield HEADING_MARK + row.key, LineKind.HEADING, "", field.label, None, ""
        yield number, LineKind.SHORT, "", N_("Number, symbol"), row, row.typed[number]
        yield day, LineKind.SHORT, "", N_("Date issued, for example 15/9/2018"), row, row.typed[day]
    else:
        status, note = row.typed
        yield (
            HEADING_MARK + row.key,
            LineKind.HEADING,
            "",
            titles.get(field.task, row.key),
            None,
            "",
        )
        yield status, LineKind.STATUS, "", N_("How far"), row, row.typed[status]
        yield note, LineKind.SHORT, "", N_("In a few words"), row, row.typed[note]
