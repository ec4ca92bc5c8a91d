"""Every cell of a template that is not blank is accounted for: it is what the template itself wrote there,
it is a box, or a note names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from nqcore.collection.entry.workbook import notes as said
from nqcore.collection.entry.workbook.filled import FilledRow, FilledTemplate
from nqcore.collection.entry.workbook.lines import (
    BEFORE,
    CODE,
    EXPLANATION,
    FIRST_ROW,
    MEASURE,
    NAME,
    VALUE,
    LineKind,
    TemplateLine,
)
from nqcore.collection.entry.workbook.notes import Note
from nqcore.errors import Translate
from nqcore.files.spreadsheets import CellKind, SheetCell
from nqcore.files.spreadsheets.cell import Place, cell_name, cell_ranges
from nqcore.text.folding import fold
from nqcore.text.numbers import exact_text

OTHER_SHEET, OTHER_TEMPLATE = "other-sheet", "other-template"
"""The codes of the notes on a sheet that is no template, and on a second template in the file."""
_SHOWN = 12
"""How many cells a note lists."""
_BOXES: dict[LineKind, tuple[int, ...]] = {
    LineKind.HEADING: (),
    LineKind.FIGURE: (VALUE, EXPLANATION),
    LineKind.LONG: (0,),
    LineKind.SHORT: (VALUE,),
    LineKind.ONE_OF: (VALUE,),
    LineKind.TICK: (VALUE,),
}
"""The columns of the boxes of a line, which `reading` takes."""


def is_blank(cell: SheetCell | None) -> bool:
    """Whether the cell shows nothing; a formula without a result is not blank."""
    return cell is None or not (cell.text.strip() or cell.formula)


def stray_cells(
    row: FilledRow, line: TemplateLine, languages: tuple[Translate, ...]
) -> list[Place]:
    """The cells of a row of the template that are neither a box nor what the template wrote there."""
    printed = {0: {line.label}, CODE: {line.code}}
    printed[NAME] = {line.text} if line.text else {translate(line.words) for translate in languages}
    skipped = set(_BOXES[line.kind])
    if line.kind is LineKind.FIGURE:
        skipped |= {MEASURE, BEFORE}  # they have notes of their own
    return [
        (row.number, column)
        for column, cell in row.cells.items()
        if not is_blank(cell)
        and column not in skipped
        and not _is_printed(cell, printed.get(column, set()))
    ]


def _is_printed(cell: SheetCell, texts: set[str]) -> bool:
    """Whether the cell has one of these texts; accents, capitals and a full stop at the end do not matter."""
    return fold(cell.text).strip().rstrip(".") in {
        fold(text).strip().rstrip(".") for text in texts if text
    }


def stray_above(
    filled: FilledTemplate, first: int, printed: Mapping[Place, frozenset[str] | None]
) -> list[Place]:
    """The cells above the table that the template did not write, or wrote with other words: a heading that
    was rewritten may mean another period or scale. `first`: the first row with a code; `printed`: the words
    of each place, counted from the head (None: any)."""
    head = filled.head or max(1, first - FIRST_ROW + 1)

    def is_ours(place: Place, cell: SheetCell) -> bool:
        at = (place[0] - head, place[1])
        if at not in printed or cell.kind is not CellKind.TEXT:
            return False
        words = printed[at]
        return words is None or _is_printed(cell, set(words))

    return [
        place
        for place, cell in sorted(filled.sheet.cells.items())
        if place[0] < first and not is_blank(cell) and not is_ours(place, cell)
    ]


def stray_note(strays: list[Place]) -> Iterator[Note]:
    """The note on cells that are not read."""
    if strays:
        names = [cell_name(place) for place in strays[:_SHOWN]]
        yield Note(
            row=strays[0][0],
            code="stray-cells",
            template=said.STRAY_CELLS,
            params={
                "count": len(strays),
                "cells": ", ".join([*names, *(["…"] if len(strays) > _SHOWN else [])]),
            },
            kept=False,
        )


def other_measure(row: FilledRow, line: TemplateLine) -> Note | None:
    """The note on a figure whose printed measure was changed in the file."""
    cell = row.cells.get(MEASURE)
    assert line.row is not None
    assert line.row.indicator is not None
    measure = line.row.indicator.measure
    if cell is None or is_blank(cell) or _is_printed(cell, {measure}):
        return None
    if not measure.strip() and not cell.text.strip():
        return None
    return Note(
        row=row.number,
        code="other-measure",
        template=said.OTHER_MEASURE,
        params={
            "label": line.label, "row": row.number, "measure": measure, "theirs": cell.display.strip(),
        },
    )  # fmt: skip


def changed_before(row: FilledRow, line: TemplateLine) -> Note | None:
    """The note on the column of the last period, where it says something else than the template wrote."""
    cell = row.cells.get(BEFORE)
    assert line.row is not None
    if cell is None or is_blank(cell):
        return None
    old = line.row.before_answer
    if isinstance(old, Decimal) and cell.kind is CellKind.NUMBER and Decimal(cell.text) == old:
        return None
    params: dict[str, object] = {
        "label": line.label, "row": row.number, "theirs": _shown(cell),
    }  # fmt: skip
    template = said.BEFORE_FILLED
    if isinstance(old, Decimal):
        template, params["ours"] = said.BEFORE_CHANGED, exact_text(old, 0)
    return Note(row=row.number, code="before-changed", template=template, params=params, kept=False)


def _shown(cell: SheetCell) -> str:
    if cell.kind is CellKind.NUMBER and "E" not in cell.text:
        return exact_text(Decimal(cell.text), 0)
    return cell.display.strip() or "="


def file_notes(filled: FilledTemplate) -> Iterator[Note]:
    """The notes on the other sheets, and on a sheet that is hidden."""
    if filled.sheet.hidden:
        yield Note(
            row=0, code="hidden-sheet", template=said.HIDDEN_SHEET,
            params={"sheet": filled.sheet.name}, kept=False,
        )  # fmt: skip
    if places := sorted(filled.sheet.comments):
        yield Note(
            row=0, code="comments", template=said.COMMENTS,
            params={"count": len(places), "cells": cell_ranges(places)}, kept=False,
        )  # fmt: skip
    for other in filled.others:
        if other.identity is None:
            yield Note(
                row=0, code=OTHER_SHEET, template=said.OTHER_SHEET,
                params={"sheet": other.name, "count": other.cells}, kept=False,
            )  # fmt: skip
        else:
            yield Note(
                row=0, code=OTHER_TEMPLATE, template=said.OTHER_TEMPLATE,
                params={
                    "sheet": other.name, "unit": other.identity.unit, "period": other.identity.period,
                },
                kept=False,
            )  # fmt: skip
