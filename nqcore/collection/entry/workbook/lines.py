"""The rows of the file: which box of the form is in which row."""

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
"""Columns, counted from 0: the last period's figure, this period's, the unit's explanation, the hidden
code."""
HEADING_MARK = "#"
"""The code of a row without a box (a heading) begins with it."""
TICK_MARK = "x"
"""The text in the box of a ticked choice."""


class LineKind(StrEnum):
    """The kind of a row, by the box that it has."""

    HEADING = "heading"
    FIGURE = "figure"
    SHORT = "short"
    LONG = "long"
    """A narrative: its box is as wide as the page."""
    TICK = "tick"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """Row `number` (from 1) of the file.

    `code` is the text in column G: the name of the input ("B4", "VB1.date"); for a choice its key, a
    colon and the code of the option ("KQ:1"); for a heading "#" and a key. `label` and `text` are what
    is printed in the first two columns, `row` the row of the entry sheet (None for a heading), `typed`
    the content of the box.
    """

    number: int
    code: str
    kind: LineKind
    label: str
    text: str
    row: EntryRow | None = None
    typed: str = ""


def template_lines(sheet: EntrySheet, titles: Mapping[str, str]) -> Iterator[TemplateLine]:
    """All rows of the file below its heading, in order. `titles`: the titles of tasks by their id."""
    for nth, line in enumerate(_all_line_parts(sheet, titles), FIRST_ROW):
        code, kind, label, text, row, typed = line
        yield TemplateLine(
            number=nth, code=code, kind=kind, label=label, text=text, row=row, typed=typed
        )


_LineParts = tuple[str, LineKind, str, str, EntryRow | None, str]
"""Code, kind, label, text, row and typed of a line that has no number yet."""


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
