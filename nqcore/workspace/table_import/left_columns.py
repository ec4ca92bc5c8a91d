"""The columns of a table that are left to a user, each with its reason: what they are is not sure."""

from __future__ import annotations

from nqcore.errors import Phrase
from nqcore.files.spreadsheets.cell import column_name
from nqcore.workspace.table_import import notes as said
from nqcore.workspace.table_import.layout import heading_text, is_figure_like
from nqcore.workspace.table_import.mapping import ColumnUse, RowAxis, TableMapping
from nqcore.workspace.table_import.name_matching import words_of
from nqcore.workspace.table_import.office import TableOffice
from nqcore.workspace.table_import.sure_names import doubt
from nqcore.workspace.table_import.table_file import SheetView


def left_columns(office: TableOffice, view: SheetView, mapping: TableMapping) -> dict[int, Phrase]:
    """By the place of a column with figures that the mapping leaves out: why it is not proposed, where it is
    like an indicator that no other column has, or begins a second table beside the first."""
    name = mapping.column(ColumnUse.NAME)
    second = second_names(office, view, mapping, name)
    used = {one.indicator for one in mapping.figures} | {mapping.indicator}
    free = [one for one in office.indicators if one.code not in used]
    found: dict[int, Phrase] = {}
    for one in mapping.columns:
        if one.use is not ColumnUse.OUT or not _has_figures(view, mapping, one.at):
            continue
        if second is not None and one.at > second and name is not None:
            columns = {"column": column_name(second), "name": column_name(name)}
            found[one.at] = Phrase(said.SECOND_NAMES, columns)
        elif mapping.rows is not RowAxis.INDICATOR:
            text = heading_text(view, mapping.first, mapping.head, one.at)
            if (why := doubt(text, free)) is not None:
                found[one.at] = why
    return found


def second_names(
    office: TableOffice, view: SheetView, mapping: TableMapping, name: int | None
) -> int | None:
    """The column right of the names where a second table with units of its own begins; None: none."""
    if name is None or mapping.rows is not RowAxis.UNIT:
        return None
    head = words_of(heading_text(view, mapping.first, mapping.head, name))
    rows = range(mapping.head + 1, mapping.last + 1)
    for one in mapping.columns:
        texts = [text for row in rows if (text := view.text((row, one.at)))]
        units = sum(bool(office.unit_names.match(text).code) for text in texts)
        same = words_of(heading_text(view, mapping.first, mapping.head, one.at)) == head
        if one.at > name and head and same and units * 2 >= max(1, len(texts)):
            return one.at
    return None


def _has_figures(view: SheetView, mapping: TableMapping, at: int) -> bool:
    return any(is_figure_like(view, (row, at)) for row in range(mapping.head + 1, mapping.last + 1))
