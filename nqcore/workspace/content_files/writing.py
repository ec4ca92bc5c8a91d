"""The workbook of an office's content: a sheet for each kind, with headings, hints and the keys of a file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nqcore.catalogue.item_kinds import Item
from nqcore.errors import N_, Translate
from nqcore.files.checked_xlsx import RecordedSheet, check_xlsx
from nqcore.workspace.content_files.cells import NO, YES, Given, cell_of
from nqcore.workspace.content_files.columns import HINTS, SHEETS, ContentColumn, Shape, SheetOf
from nqcore.workspace.content_files.rows import Values, rows_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FIRST_ROW = 3
"""The row of the first definition, from 0: headings, hints and keys stand above."""
_ROOM = 200
"""So many rows below the last one offer the words of their column."""
WORDS_SHEET = N_("Words to choose")
"""The name of the hidden sheet with what can be chosen: a list in a column's own settings takes 255
characters, and no comma in them."""
_WIDE = frozenset({Shape.SENTENCES, Shape.TABLES, Shape.PAIRS})


def content_workbook(items: Iterable[Item], translate: Translate) -> bytes:
    """The bytes of the .xlsx with these items; sheets without any are there to be filled in. Raises
    NotWritten."""
    import xlsxwriter

    rows, data = rows_of(items), io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    look = _Look(book)
    words = _WordLists(translate)
    pages = [
        _sheet(book, look, sheet, rows.get(sheet.kind, ()), translate, words) for sheet in SHEETS
    ]
    pages.append(words.sheet(book))
    book.close()
    check_xlsx(data.getvalue(), pages)
    return data.getvalue()


class _Look:
    """The formats of the cells."""

    def __init__(self, book: Workbook) -> None:
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}

        def made(**more: object) -> Format:
            return book.add_format({**font, **more})

        self.heading = made(bold=True, text_wrap=True, border=1, bg_color="#e9eef3")
        self.hint = made(italic=True, text_wrap=True, border=1, font_size=10)
        self.key = made(font_size=9, font_color="#595959", bottom=2)
        self.text = made(text_wrap=True, num_format="@")
        self.number = made(num_format="General")

    def of(self, column: ContentColumn) -> Format:
        """The format of the cells of a column."""
        return self.number if column.shape in (Shape.WHOLE, Shape.NUMBER) else self.text


class _WordLists:
    """What can be chosen, a column of the hidden sheet for each list."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._lists: list[list[str]] = []

    def place_of(self, column: ContentColumn) -> str:
        """Where the words of the column stand, as Excel writes it."""
        from xlsxwriter.utility import xl_range_abs

        words = list(map(self._translate, column.words.values()))
        if words not in self._lists:
            self._lists.append(words)
        at = self._lists.index(words)
        return f"='{self._translate(WORDS_SHEET)}'!{xl_range_abs(0, at, len(words) - 1, at)}"

    def sheet(self, book: Workbook) -> RecordedSheet:
        """The hidden sheet."""
        page = RecordedSheet(book.add_worksheet(self._translate(WORDS_SHEET)))
        for at, words in enumerate(self._lists):
            for nth, word in enumerate(words):
                page.write_string(nth, at, word)
        page.hide()
        return page


def _sheet(
    book: Workbook,
    look: _Look,
    sheet: SheetOf,
    rows: Sequence[Values],
    translate: Translate,
    words: _WordLists,
) -> RecordedSheet:
    page = RecordedSheet(book.add_worksheet(translate(sheet.title)))
    for nth, column in enumerate(sheet.columns):
        page.set_column(nth, nth, 36 if column.shape in _WIDE else 18, look.of(column))
        page.write_string(0, nth, column.title(translate), look.heading)
        page.write_string(1, nth, hint(column, translate), look.hint)
        page.write_string(2, nth, column.key, look.key)
        last = FIRST_ROW + len(rows) + _ROOM
        offered: object = None
        if column.words and column.shape is Shape.TEXT:
            offered = words.place_of(column)
        elif column.shape is Shape.FLAG:
            offered = [YES, NO]
        if offered:
            listed = {"validate": "list", "source": offered}
            page.data_validation(FIRST_ROW, nth, last, nth, listed)
    for nth, row in enumerate(rows, FIRST_ROW):
        for place, column in enumerate(sheet.columns):
            if column.key in row:
                _write(page, (nth, place), cell_of(column, row[column.key], translate), look)
    page.freeze_panes(FIRST_ROW, 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    return page


def hint(column: ContentColumn, translate: Translate) -> str:
    """What a cell of the column takes, in words; "" for any text."""
    if column.words:
        words = "; ".join(map(translate, column.words.values()))
        several = translate(HINTS[column.shape]) if HINTS[column.shape] else ""
        return f"{several}: {words}" if several else words
    return translate(HINTS[column.shape]) if HINTS[column.shape] else ""


def _write(page: RecordedSheet, at: tuple[int, int], given: Given, look: _Look) -> None:
    if isinstance(given, str):
        page.write_string(*at, given, look.text)
    else:
        page.write_number(*at, given, look.number)
