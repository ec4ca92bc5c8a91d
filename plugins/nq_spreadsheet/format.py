"""The report format that core uses: a workbook with a cover, a sheet for each table, charts, and the numbers
of the text.

No text of the report ever becomes a formula or a link: the only formulas are those of `formulas`.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from nqcore.plugin import Names, Report, Table, printable

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class SpreadsheetFormat:
    """Writes the tables of a report, with their figures as numbers, as .xlsx."""

    name = "xlsx"
    title = "Excel"
    suffix = ".xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, report: Report, names: Names) -> bytes:
        """The file; the same report gives the same bytes. Raises CellTooLong."""
        # Imported here, because importing xlsxwriter takes long.
        import xlsxwriter

        from nq_spreadsheet.charts import add_charts
        from nq_spreadsheet.looks import Looks
        from nq_spreadsheet.other_sheets import add_cover, add_text_numbers
        from nq_spreadsheet.sheet_names import SheetNames
        from nq_spreadsheet.table_sheets import add_table

        output = BytesIO()
        book = xlsxwriter.Workbook(output, _OPTIONS)
        book.set_properties(
            {
                "title": printable(f"{report.type} {report.title}"),
                "author": printable(report.letterhead.body),
                "created": datetime(report.date.year, report.date.month, report.date.day),
            }
        )
        book.set_calc_mode("auto")
        looks, titles = Looks(book), SheetNames()
        cover = book.add_worksheet(titles.unused("Báo cáo"))
        tables = [one for one in (*report.body, *report.appendix) if isinstance(one, Table)]
        made = [add_table(book, looks, titles, table, report, names) for table in tables]
        add_charts(book, looks, titles, made, names)
        add_text_numbers(book, looks, titles, report, names)
        add_cover(cover, looks, report, [one.sheet for one in made])
        book.close()
        return output.getvalue()
