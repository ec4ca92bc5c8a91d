"""The form in which a user says how a table is read: its boxes, and the mapping that they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from nqcore.errors import N_
from nqcore.files.spreadsheets.cell import column_name
from nqcore.text.measures import scale_words
from nqcore.workspace.table_import.mapping import (
    LEFT_OUT,
    ColumnUse,
    RowAxis,
    SignMeaning,
    TableColumn,
    TableMapping,
)
from nqcore.workspace.table_import.plan import TableLook
from nqcore.workspace.table_import.table_file import SheetView
from webforms.shared.posted import whole_number
from webforms.shared.seen import seen_mark

ROWS_SHOWN, ABOVE, BELOW = 8, 3, 2
"""Rows of the picture of a table: its first ones, those above its heading, its last ones."""
NAMES_SHOWN = 50
"""So many unknown names are asked for at a time."""
AXES: Mapping[RowAxis, str] = {
    RowAxis.UNIT: N_("a unit"),
    RowAxis.INDICATOR: N_("an indicator"),
    RowAxis.PERIOD: N_("a period"),
}
MARKS: Mapping[str, str] = {
    "": N_("is refused"),
    SignMeaning.ZERO: N_("is 0"),
    SignMeaning.NOTHING: N_("is no figure"),
}
USES: Mapping[str, str] = {
    ColumnUse.OUT: N_("left out"),
    ColumnUse.NAME: N_("names of the rows"),
    ColumnUse.MEASURE: N_("measures of the rows"),
    ColumnUse.TOTAL: N_("total of the columns"),
}
FIGURES = "figures"
"""In front of a code: the column has the figures of that indicator or unit; alone: those of the table."""


class PictureRow(NamedTuple):
    """A row of the picture: its number, its texts, and which part of the table it is."""

    number: int
    texts: tuple[str, ...]
    part: str


def picture(view: SheetView, mapping: TableMapping) -> list[PictureRow]:
    """The first and the last rows of the table, with those above its heading."""
    rows = sorted(view.rows)
    above = [row for row in rows if row < mapping.first][-ABOVE:]
    heading = [row for row in rows if mapping.first <= row <= mapping.head]
    inside = [row for row in rows if mapping.head < row <= mapping.last]
    after = [row for row in rows if row > mapping.last][:BELOW]
    ends = inside[ROWS_SHOWN:][-BELOW:]
    parts = {
        "above": above,
        "heading": heading,
        "row": [*inside[:ROWS_SHOWN], *ends],
        "below": after,
    }
    return [
        PictureRow(row, tuple(view.text((row, one.at)) for one in mapping.columns), part)
        for part, several in parts.items()
        for row in several
    ]


def use_value(column: TableColumn, rows: RowAxis) -> str:
    """What the box of a column says."""
    if column.use is not ColumnUse.FIGURES:
        return column.use.value
    code = column.unit if rows is RowAxis.INDICATOR else column.indicator
    return f"{FIGURES}:{code}" if code else FIGURES


def read_rows(given: Mapping[str, str], base: TableMapping) -> TableMapping:
    """The mapping with the rows that the form says."""
    numbers = [whole_number(given.get(name, ""), 6) for name in ("tu", "den", "cuoi")]
    first, head, last = (
        now if number is None else number
        for number, now in zip(numbers, (base.first, base.head, base.last), strict=True)
    )
    axis = given.get("dong", "")
    rows = RowAxis(axis) if axis in (*RowAxis,) else base.rows
    head = max(first, head)
    return replace(base, first=first, head=head, last=max(last, head + 1), rows=rows)


def read_choices(given: Mapping[str, str], base: TableMapping, look: TableLook) -> TableMapping:
    """The mapping with all that the form says; `look`: the table as it was shown."""
    columns = tuple(_column(given, one, base.rows) for one in base.columns)
    names = dict(base.names)
    for one in look.names:
        chosen = given.get(f"ten.{one.row}", "")
        if chosen or (not one.code and given.get("bo_het")):
            names[one.key] = chosen or LEFT_OUT
    signs = {
        name.removeprefix("dau."): text for name, text in given.items() if name.startswith("dau.")
    }
    marks = {key: mark for key, mark in base.marks.items() if key not in signs}
    marks |= {key: SignMeaning(text) for key, text in signs.items() if text in (*SignMeaning,)}
    blank = given.get("trong", "")
    return replace(
        base,
        columns=columns,
        unit=given.get("don_vi", base.unit),
        indicator=given.get("chi_tieu", base.indicator),
        period=given.get("ky", base.period),
        names=names,
        marks=marks,
        blank=SignMeaning(blank) if blank in (*SignMeaning,) else base.blank,
        formulas=given.get("cong_thuc", "") == "1",
    )


def _column(given: Mapping[str, str], column: TableColumn, rows: RowAxis) -> TableColumn:
    use, _colon, code = given.get(f"cot.{column.at}", use_value(column, rows)).partition(":")
    if use not in (*ColumnUse,):
        return column
    scale = whole_number(given.get(f"so.{column.at}", ""), 10)
    return replace(
        column,
        use=ColumnUse(use),
        unit=code if rows is RowAxis.INDICATOR else "",
        indicator=code if rows is not RowAxis.INDICATOR else "",
        period=given.get(f"ky.{column.at}", column.period),
        scale=column.scale if scale is None else scale,
    )


def letters(column: TableColumn) -> str:
    """The letters of a column in its sheet."""
    return column_name(column.at)


def said_scale(look: TableLook, column: TableColumn) -> str:
    """What the file says that a column counts, in words."""
    said = look.said_scales[column.at]
    return scale_words(said.scale, said.base)


def mark(look: TableLook) -> str:
    """The mark of a preview: which boxes change, and what stands in them now."""
    return seen_mark([(c.obligation.submission, c.field, c.old, c.new) for c in look.plan.changes])
