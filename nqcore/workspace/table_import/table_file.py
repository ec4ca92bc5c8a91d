"""A file with tables of any office: all its sheets, whichever kind of file it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

from nqcore.files.incoming import CSV, ODS, XLS, XLSX, check, read_in_child, text_of
from nqcore.files.incoming.refusals import Damaged, UnpacksTooMuch
from nqcore.files.spreadsheets import CellKind, Sheet, SheetCell, read_sheets
from nqcore.files.spreadsheets.cell import Place
from nqcore.files.spreadsheets.delimited import BrokenRow, separator_in, text_rows
from nqcore.text.folding import fold
from nqcore.text.old_encodings import Misread, find_misread

TABLE_FILES = (XLSX, XLS, ODS, CSV)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A file that was read. `typed`: its cells are typed text (.csv), so a number in them is no surprise."""

    name: str
    sheets: tuple[SheetView, ...]
    typed: bool

    def sheet(self, name: str) -> SheetView | None:
        """The sheet of that name; None where there is none."""
        return next((one for one in self.sheets if one.sheet.name == name), None)


class SheetView:
    """A sheet with its texts in Unicode."""

    def __init__(self, sheet: Sheet, widths: Mapping[int, int] | None = None) -> None:
        self.sheet = sheet
        self.widths: Mapping[int, int] = widths or {}
        """How many cells each row of a list with commas has: a decimal comma makes one more."""

    @cached_property
    def misread(self) -> Misread | None:
        """What is wrong with the letters of the whole sheet: text in TCVN3 or VNI."""
        return find_misread("\n".join(dict.fromkeys(self._texts.values())))

    @cached_property
    def _texts(self) -> dict[Place, str]:
        return {
            place: " ".join(cell.display.split())
            for place, cell in self.sheet.cells.items()
            if cell.kind is CellKind.TEXT
        }

    @cached_property
    def _in_unicode(self) -> Mapping[str, str]:
        found = self.misread
        if found is None:
            return {}
        lines = list(dict.fromkeys(self._texts.values()))
        return {
            lines[one.number - 1]: one.offered for one in found.lines if one.offered is not None
        }

    def text(self, place: Place) -> str:
        """What the cell says, in Unicode; "" for a blank one."""
        cell = self.sheet.cells.get(place)
        if cell is None:
            return ""
        text = self._texts.get(place, cell.display.strip())
        return self._in_unicode.get(text, text)

    def over(self, place: Place) -> str:
        """What the cell says, or the merged cells that it is a part of."""
        area = self.sheet.merged_over(place)
        return self.text(place if area is None else (area[0], area[1]))

    def is_blank(self, place: Place) -> bool:
        """Whether the cell shows nothing; a formula without a result is not blank."""
        cell = self.sheet.cells.get(place)
        return cell is None or not (cell.text.strip() or cell.formula)

    @cached_property
    def filled(self) -> tuple[Place, ...]:
        """The cells that are not blank, row by row."""
        return tuple(place for place in sorted(self.sheet.cells) if not self.is_blank(place))

    @cached_property
    def repeated(self) -> frozenset[int]:
        """The rows of several words, and no figures, that stand above in the very same columns: heads of the
        next page."""
        seen: set[tuple[tuple[int, str], ...]] = set()
        found: set[int] = set()
        for row, columns in self.rows.items():
            texts = tuple((at, plain(self.text((row, at)))) for at in columns)
            if len(texts) > 1 and not any(map(str.isdecimal, (text for _at, text in texts))):
                if texts in seen:
                    found.add(row)
                seen.add(texts)
        return frozenset(found)

    @cached_property
    def rows(self) -> Mapping[int, tuple[int, ...]]:
        """The columns of the cells that are not blank, by row."""
        found: dict[int, list[int]] = {}
        for row, column in self.filled:
            found.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in found.items()}


def read_table_file(name: str, data: bytes) -> TableFile:
    """Read a file of any kind that has tables. Raises FileRefused."""
    kind = check(name, data, TABLE_FILES)
    if kind is CSV:
        return TableFile(name=name, sheets=(_typed_sheet(name, data),), typed=True)
    found = read_in_child(sheets_as_json, data, file=name)
    sheets = tuple(SheetView(Sheet.from_json(one)) for one in found)
    return TableFile(name=name, sheets=sheets, typed=False)


def sheets_as_json(data: bytes) -> list[dict[str, Any]]:
    """The sheets of the file that have content; to be run by `read_in_child`."""
    return [sheet.as_json() for sheet in read_sheets(data) if sheet.cells]


def _typed_sheet(name: str, data: bytes) -> SheetView:
    cells: dict[Place, SheetCell] = {}
    widths: dict[int, int] = {}
    text = text_of(name, data, CSV)
    try:
        for number, row in text_rows(text):
            if number > XLSX.max_row or len(row) > XLSX.max_column:
                raise UnpacksTooMuch(file=name)
            widths[number] = len(row)
            for column, typed in enumerate(row):
                if typed.strip():
                    cells[number, column] = SheetCell(CellKind.TEXT, typed)
    except BrokenRow as wrong:
        raise Damaged(file=name, detail=wrong) from wrong
    stem = PurePath(name.replace("\\", "/")).stem
    sheet = Sheet(name=stem, hidden=False, cells=cells)
    return SheetView(sheet, widths if separator_in(text) == "," else None)


def plain(text: str) -> str:
    """The fold of a text, by which names and signs are compared."""
    return fold(text).strip()
