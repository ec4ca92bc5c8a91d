"""The rows of the file: which box of the form is in which row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from nqcore.collection.entry.entry_sheet import EntryRow, EntrySheet
from nqcore.model.fields import Box, BoxKind

FIRST_ROW = 6
"""The first row below the heading, counted from 1."""
NAME, MEASURE, BEFORE, VALUE, EXPLANATION, CODE = 1, 2, 3, 4, 5, 6
"""Columns, counted from 0: name, measure, the last period's figure, this period's, the unit's
explanation, the hidden code."""
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
    ONE_OF = "one_of"
    """One of a list of options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """Row `number` (from 1) of the file.

    `code` is the text in column G: the name of the input ("B4", "VB1.date"); for a choice its key, a
    colon and the code of the option ("KQ:1"); for a heading "#" and a key. `label` and `text` are what
    is printed in the first two columns (or `words`, a msgid), `row` the row of the entry sheet (None for
    a heading), `box` the box in which something is chosen, `typed` the content of the box.
    """

    number: int = 0
    code: str
    kind: LineKind
    label: str
    text: str = ""
    words: str = ""
    row: EntryRow | None = None
    box: Box | None = None
    typed: str = ""


def template_lines(sheet: EntrySheet) -> Iterator[TemplateLine]:
    """All rows of the file below its heading, in order."""
    for nth, line in enumerate(_unnumbered_lines(sheet), FIRST_ROW):
        yield replace(line, number=nth)


def _unnumbered_lines(sheet: EntrySheet) -> Iterator[TemplateLine]:
    for section in sheet.sections:
        yield _heading(section.key, section.title, label=section.key)
        for row in section.figures:
            assert row.indicator is not None
            yield TemplateLine(
                code=row.key,
                kind=LineKind.FIGURE,
                label=row.indicator.label,
                text=row.title,
                row=row,
                typed=row.typed[row.key],
            )
        for row in section.others:
            yield from _other_lines(row)


def _heading(code: str, text: str, label: str = "") -> TemplateLine:
    return TemplateLine(code=HEADING_MARK + code, kind=LineKind.HEADING, label=label, text=text)


def _other_lines(row: EntryRow) -> Iterator[TemplateLine]:
    """The rows of a field that is not a figure: one with its title and its only box, or a heading and
    one for each box."""
    boxes = row.field.boxes
    if len(boxes) == 1 and boxes[0].kind in (BoxKind.SHORT, BoxKind.ONE_OF):
        yield replace(_box_line(row, boxes[0]), text=row.title)
        return
    yield _heading(row.key, row.title)
    for box in boxes:
        if box.kind is BoxKind.TICKS:
            yield from _tick_lines(row, box)
        else:
            yield _box_line(row, box)


def _box_line(row: EntryRow, box: Box) -> TemplateLine:
    return TemplateLine(
        code=box.name,
        kind=LineKind(box.kind.value),
        label="",
        words=box.label,
        row=row,
        box=box,
        typed=row.typed[box.name],
    )


def _tick_lines(row: EntryRow, box: Box) -> Iterator[TemplateLine]:
    for option in box.options:
        yield TemplateLine(
            code=f"{row.key}:{option.code}",
            kind=LineKind.TICK,
            label="",
            text=option.text,
            row=row,
            typed=TICK_MARK if option.code in row.ticked else "",
        )
