"""A table of a page as an .xlsx file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any

from nqcore.text.printable import printable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_workbook(
    title: str, head: Sequence[str], rows: Sequence[Sequence[str | Decimal | int]]
) -> bytes:
    """The bytes of a workbook with one sheet that prints on A4: `title`, then `head` (frozen), then
    `rows`. A text is text, never a formula; a number is a number with its own decimals."""
    from xlsxwriter import Workbook

    written = BytesIO()
    with Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        font = {"font_name": "Times New Roman", "valign": "top"}
        large = book.add_format({**font, "bold": True, "font_size": 13})
        bold = book.add_format(
            {**font, "bold": True, "font_size": 12, "bottom": 1, "text_wrap": True}
        )
        plain = book.add_format({**font, "font_size": 12})

        @lru_cache
        def number(shown: str) -> Any:
            return book.add_format({**font, "font_size": 12, "num_format": shown})

        sheet.write_string(0, 0, printable(title), large)
        for nth, row in enumerate((head, *rows)):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(nth + 2, column, printable(cell), plain if nth else bold)
                else:
                    sheet.write_number(nth + 2, column, float(cell), number(_format(cell)))
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, max(1, len(head) - 1), 12)
        sheet.freeze_panes(3, 1)
        sheet.repeat_rows(2)
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return written.getvalue()


def _format(value: Decimal | int) -> str:
    """Excel's format for a number with as many decimals as the value has; Excel writes it with the marks of
    the reader's language."""
    decimals = max(0, -int(Decimal(value).as_tuple().exponent))
    return "#,##0" + ("." + "0" * decimals if decimals else "")
