"""A workbook of content becomes tables of definition files; a mistake has its sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nqcore.catalogue.item_kinds import Item
from nqcore.catalogue.item_mistakes import ItemMistake, read_tables, seeming_id
from nqcore.catalogue.toml_table import Wrong
from nqcore.errors import N_, Phrase, Words
from nqcore.files.incoming import ODS, XLS, XLSX, check, read_in_child
from nqcore.files.spreadsheets import Sheet, SheetCell
from nqcore.files.spreadsheets.cell import cell_name
from nqcore.text.folding import fold
from nqcore.workspace.content_files.cells import value_of
from nqcore.workspace.content_files.columns import SHEETS, ContentColumn, SheetOf
from nqcore.workspace.content_files.languages import languages
from nqcore.workspace.content_files.mistakes_in_cells import for_people
from nqcore.workspace.content_files.read_content import PlaceOf, ReadContent
from nqcore.workspace.content_files.rows import PlacedTable, ReadRow, tables_of
from nqcore.workspace.content_files.writing import WORDS_SHEET, hint
from nqcore.workspace.table_import.table_file import sheets_as_json

WORKBOOKS = (XLSX, XLS, ODS)
_HEADINGS_WITHIN = 10
"""The headings stand in one of so many first rows."""


def read_workbook(name: str, data: bytes) -> ReadContent:
    """Read the bytes of a workbook. Raises FileRefused."""
    check(name, data, WORKBOOKS)
    mistakes: list[ItemMistake] = []
    rows: dict[str, list[ReadRow]] = {}
    for one in read_in_child(sheets_as_json, data, file=name):
        sheet = Sheet.from_json(one)
        of = _sheet_of(sheet.name)
        if _is_list_of_words(sheet.name):
            continue
        if of is None:
            mistakes.append(_unknown_sheet(sheet))
        else:
            rows.setdefault(of.kind, []).extend(_rows(of, sheet, mistakes))
    tables, lost = tables_of(rows)
    mistakes += map(_lost, lost)
    return _read(tables, mistakes)


def _sheet_of(name: str) -> SheetOf | None:
    """The kind of sheet that has that name, in either language or as a definition file has it."""
    wanted = fold(name)
    for sheet in SHEETS:
        if wanted in {fold(sheet.kind), *(fold(each(sheet.title)) for each in languages())}:
            return sheet
    return None


def _is_list_of_words(name: str) -> bool:
    """Whether it is the sheet from which the program's own workbook offers what can be chosen."""
    return fold(name) in {fold(each(WORDS_SHEET)) for each in languages()}


def _unknown_sheet(sheet: Sheet) -> ItemMistake:
    known = ", ".join(languages()[-1](one.title) for one in SHEETS)
    return ItemMistake(
        kind="",
        id="",
        key="",
        detail=Phrase(N_("is no sheet of content")),
        remedy=Phrase(N_("take it out, or give it one of the names {names}"), {"names": known}),
        where=Phrase(N_("Sheet “{sheet}”"), {"sheet": sheet.name}),
    )


# -- the rows of one sheet -------------------------------------------------------------------------


def _rows(of: SheetOf, sheet: Sheet, mistakes: list[ItemMistake]) -> Iterator[ReadRow]:
    """The rows below the headings; what is wrong in them is added to `mistakes`."""
    head, columns = _headings(of, sheet)
    if not columns:
        mistakes.append(
            _at_sheet(
                sheet,
                Phrase(N_("has no row with the headings of its columns")),
                Phrase(N_("write the file with `nq content export` and fill that in")),
            )
        )
        return
    places = {column.key: (at, column.title(languages()[-1])) for at, column in columns.items()}
    by_row: dict[int, dict[int, SheetCell]] = {}
    for (number, at), cell in sorted(sheet.cells.items()):
        if number > head and (cell.text.strip() or cell.formula):
            by_row.setdefault(number, {})[at] = cell
    for number, cells in by_row.items():
        if not _is_hint_row(columns, cells):
            row = ReadRow(of=of, sheet=sheet.name, number=number, columns=places, values={})
            for at, cell in cells.items():
                _take(row, columns.get(at), (number, at), cell, mistakes)
            if row.values or row.wrong:
                yield row


def _headings(of: SheetOf, sheet: Sheet) -> tuple[int, dict[int, ContentColumn]]:
    """The last row that names columns by their keys or headings, and the columns by their places."""
    names: dict[str, ContentColumn] = {}
    for column in of.columns:
        for word in (column.key, *(column.title(each) for each in languages())):
            names.setdefault(_plain(word), column)
    best: tuple[int, dict[int, ContentColumn]] = (0, {})
    for number in range(1, _HEADINGS_WITHIN + 1):
        cells = {at: cell for (row, at), cell in sheet.cells.items() if row == number}
        found = {at: names[w] for at, c in cells.items() if (w := _plain(c.text)) in names}
        whole = len(found) == len(cells)
        if found and (whole or not best[1]) and len(found) >= len(best[1]) // 2:
            best = (number, found)
    return best


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _is_hint_row(columns: Mapping[int, ContentColumn], cells: Mapping[int, SheetCell]) -> bool:
    """Whether the row has the hints that the program writes below the headings."""
    return (
        all(
            at in columns and cell.text in {hint(columns[at], each) for each in languages()}
            for at, cell in cells.items()
        )
        and len(cells) > 1
    )


def _take(
    row: ReadRow,
    column: ContentColumn | None,
    place: tuple[int, int],
    cell: SheetCell,
    mistakes: list[ItemMistake],
) -> None:
    """Put the value of a cell into its row, or a mistake into the list."""
    if column is None:
        where = Phrase(
            N_("Sheet “{sheet}”, cell {cell}"), {"sheet": row.sheet, "cell": cell_name(place)}
        )
        detail = Phrase(N_("stands in a column without a heading"))
        remedy = Phrase(N_("put it into its column, or delete it"))
        mistakes.append(_mistake(detail, remedy, where))
        return
    try:
        row.values[column.key] = value_of(column, cell)
    except Wrong as wrong:
        row.wrong.add(column.key)
        mistakes.append(_mistake(wrong.detail, wrong.remedy, row.place(column.key)))


def _mistake(detail: Words, remedy: Words, where: Words) -> ItemMistake:
    return ItemMistake(kind="", id="", key="", detail=detail, remedy=remedy, where=where)


def _at_sheet(sheet: Sheet, detail: Words, remedy: Words) -> ItemMistake:
    return _mistake(detail, remedy, Phrase(N_("Sheet “{sheet}”"), {"sheet": sheet.name}))


def _lost(row: ReadRow) -> ItemMistake:
    """A part whose form, section or outline has no row, or a field of no known type."""
    key = {"outline.part": "outline", "form.section": "form"}.get(row.of.kind, "section")
    detail = Phrase(N_("names what has no row in this file"))
    if row.of.kind == "form.section.field" and not row.values.get("type"):
        key, detail = "type", Phrase(N_("is missing"))
    remedy = Phrase(N_("write its own row, or correct the name and the type"))
    return _mistake(detail, remedy, row.place(key))


# -- items -----------------------------------------------------------------------------------------


def _read(tables: Sequence[PlacedTable], mistakes: list[ItemMistake]) -> ReadContent:
    items: list[Item] = []
    places: dict[tuple[str, str], PlaceOf] = {}
    broken: set[str] = set()
    for table in tables:
        found = read_tables([(table.kind, table.table)])
        for item in found.items:
            items.append(item)
            places.setdefault((item.kind, item.id), table.place)
            places.setdefault((item.kind, item.id.partition("@")[0]), table.place)
        for wrong in found.mistakes:
            broken.add(seeming_id(table.kind, table.table))
            row, key = table.at(wrong.key)
            if row.column_of(key) not in row.wrong:  # what is wrong in the cell is said already
                mistakes.append(for_people(wrong, row, key))
    return ReadContent(
        items=tuple(items),
        mistakes=tuple(mistakes),
        places=places,
        broken=frozenset(broken),
        in_cells=True,
    )
