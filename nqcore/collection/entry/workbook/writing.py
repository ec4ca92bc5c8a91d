"""Writing the form as an .xlsx file. It looks like the paper form; only the cells of boxes are unlocked."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.entry.workbook.identity import FILE_PROPERTY, HIDDEN_SHEET, identity_of
from nqcore.collection.entry.workbook.lines import (
    BEFORE,
    CODE,
    EXPLANATION,
    FIRST_ROW,
    VALUE,
    LineKind,
    TemplateLine,
    template_lines,
)
from nqcore.collection.entry.workbook.printed_head import column_titles, head_hint, head_title
from nqcore.errors import Translate
from nqcore.files.checked_xlsx import RecordedSheet, check_xlsx
from nqcore.text.characters import storable
from nqcore.text.dates import write_date

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONT, FONT_SIZE = "Times New Roman", 12
COLUMN_WIDTHS = (6, 42, 12, 12, 13, 22)
"""Width of the columns A to F in characters. Together they fill an A4 page."""
NARRATIVE_HEIGHT = 96
"""Height of the box of a narrative, in points."""


def write_workbook(
    sheet: EntrySheet,
    _: Translate,
    *,
    directive: str,
    typed: Mapping[str, str] | None = None,
    explained: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of the .xlsx of a report, with what is entered so far and the last period's figures.

    `_` translates a msgid; `directive` is the name of the directive. `typed` (by the code of a line)
    replaces the content of all boxes, `explained` (by field key) the explanations: both come from a file
    of another period or version.
    """
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    page = _SheetPage(book, sheet, _, directive)
    page.head()
    for line in template_lines(sheet):
        page.line(
            line,
            None if typed is None else typed.get(line.code, ""),
            (explained or {}).get(line.code),
        )
    page.close()
    book.close()
    check_xlsx(data.getvalue(), [page.page])
    return data.getvalue()


class _SheetPage:
    """The one visible sheet of the file, written from top to bottom."""

    def __init__(self, book: Workbook, sheet: EntrySheet, _: Translate, directive: str) -> None:
        self.book, self.sheet, self._, self.directive = book, sheet, _, directive
        self.identity = identity_of(sheet).line
        self.page = RecordedSheet(book.add_worksheet(_("Report")[:31]))
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self.last = FIRST_ROW

    def format(self, **properties: object) -> Format:
        """The cell format with these properties, in the font of the page; each is made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            look: dict[str, Any] = {"font_name": FONT, "font_size": FONT_SIZE, "valign": "vcenter"}
            self._formats[key] = self.book.add_format(look | properties)
        return self._formats[key]

    def cell(self, *, number: str = "", **properties: object) -> Format:
        """The format of a cell of the table, with a border. `number`: its number format, "" for none."""
        more = {"num_format": number} if number else {}
        return self.format(border=1, text_wrap=True, **more, **properties)

    def head(self) -> None:
        """The rows above the table, and the heading of the table."""
        _, sheet, page = self._, self.sheet, self.page
        page.merge_range(0, 0, 0, EXPLANATION, "", self.format())
        page.write_string(0, 0, sheet.unit.name, self.format(bold=True))
        page.merge_range(1, 0, 1, EXPLANATION, "", self.format())
        page.write_string(
            1, 0, head_title(sheet, _), self.format(bold=True, align="center", font_size=14)
        )
        due = _("{directive}. Due {day}.").format(
            directive=self.directive, day=write_date(sheet.obligation.due)
        )
        page.merge_range(2, 0, 2, EXPLANATION, "", self.format())
        page.write_string(2, 0, due, self.format(italic=True, align="center", text_wrap=True))
        page.merge_range(3, 0, 3, EXPLANATION, "", self.format())
        page.write_string(3, 0, head_hint(_), self.format(align="center", font_size=11))
        top = self.cell(bold=True, align="center", bg_color="#e9eef3")
        for column, text in enumerate(column_titles(sheet, _)):
            page.write_string(4, column, text, top)
        page.write_string(0, CODE, self.identity, self.format())

    def line(self, line: TemplateLine, typed: str | None, explained: str | None) -> None:
        """One row of the table. `typed` replaces the content of its box, `explained` its explanation (None:
        what is entered)."""
        page, row = self.page, line.number - 1
        page.write_string(row, CODE, line.code, self.format())
        self.last = line.number
        text = line.typed if typed is None else typed
        if line.kind is LineKind.HEADING:
            page.merge_range(row, 1, row, EXPLANATION, "", self.cell())
            look = self.cell(bold=True, bg_color="#f4f6f8")
            page.write_string(row, 0, line.label, look)
            page.write_string(row, 1, line.text, look)
            return
        if line.kind is LineKind.LONG:
            page.set_row(row, NARRATIVE_HEIGHT)
            page.merge_range(row, 0, row, EXPLANATION, "", self.box(valign="top"))
            page.write_string(row, 0, storable(text), self.box(valign="top"))
            return
        page.write_string(row, 0, line.label, self.cell(align="center"))
        page.write_string(row, 1, line.text or self._(line.words), self.cell())
        if line.kind is LineKind.FIGURE:
            self._figure(line, text, explained)
            return
        page.merge_range(row, 2, row, BEFORE, "", self.cell())
        page.merge_range(row, VALUE, row, EXPLANATION, "", self.box(number="@"))
        if line.kind is LineKind.ONE_OF and line.box is not None:
            labels = line.box.option_texts(self._)
            text = labels.get(text, text)
            choice = {"validate": "list", "source": list(labels.values())}
            page.data_validation(row, VALUE, row, VALUE, choice)
        page.write_string(row, VALUE, storable(text), self.box(number="@"))

    def _figure(self, line: TemplateLine, text: str, explained: str | None) -> None:
        row, page = line.number - 1, self.page
        assert line.row is not None
        assert line.row.indicator is not None
        indicator = line.row.indicator
        shape = "#,##0" + ("." + "0" * indicator.decimals if indicator.decimals else "")
        page.write_string(row, 2, indicator.measure, self.cell(align="center"))
        grey = self.cell(number=shape, align="right", font_color="#595959")
        old = line.row.before_answer
        if isinstance(old, Decimal):
            page.write_number(row, BEFORE, old, grey)
        else:
            page.write_blank(row, BEFORE, None, grey)
        look, answer = self.box(number=shape, align="right"), line.row.answer
        if isinstance(answer, Decimal) and text == line.typed:
            # A figure has at most 15 digits, which a double of Excel holds exactly.
            page.write_number(row, VALUE, answer, look)
        elif text:
            page.write_string(row, VALUE, storable(text), look)
        else:
            page.write_blank(row, VALUE, None, look)
        words = explained or line.row.explanation
        page.write_string(row, EXPLANATION, storable(words), self.box())
        self.book.define_name(f"nq.{line.code}", f"='{self.page.get_name()}'!$E${line.number}")
        page.data_validation(row, VALUE, row, VALUE, self._rule(indicator.minimum))

    def _rule(self, minimum: Decimal | None) -> dict[str, Any]:
        """The check that Excel makes while a user types. It does not see pasted cells; the server checks
        these again."""
        _ = self._
        return {
            "validate": "decimal",
            "criteria": ">=",
            "value": float(minimum) if minimum is not None else -1e15,
            "error_title": _("Numbers only"),
            "error_message": _("Type a number, for example 1234,5. Type 0 if there was none."),
            "error_type": "stop",
        }

    def box(self, *, number: str = "", **properties: object) -> Format:
        """The format of a box: a cell that is not locked."""
        return self.cell(number=number, locked=False, bg_color="#fff9d6", **properties)

    def close(self) -> None:
        """Page layout, protection, and the identity of the file."""
        page, book = self.page, self.book
        for column, width in enumerate(COLUMN_WIDTHS):
            page.set_column(column, column, width)
        page.set_column(CODE, CODE, 12, None, {"hidden": True})
        page.freeze_panes(FIRST_ROW - 1, 0)
        page.set_portrait()
        page.set_paper(9)
        page.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
        page.fit_to_pages(1, 0)
        page.repeat_rows(FIRST_ROW - 2)
        page.print_area(0, 0, self.last - 1, EXPLANATION)
        page.set_footer("&R&P/&N")
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_selection(FIRST_ROW, VALUE, FIRST_ROW, VALUE)
        hidden = book.add_worksheet(HIDDEN_SHEET)
        hidden.write_string(0, 0, self.identity)
        hidden.very_hidden()
        book.set_custom_property(FILE_PROPERTY, self.identity)
        book.set_properties({"title": self.sheet.form.title, "subject": self.sheet.unit.name})
