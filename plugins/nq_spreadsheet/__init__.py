"""The annexes of a report as an Excel file: a sheet for each table, with formulas and charts."""

from collections.abc import Iterable

from nq_spreadsheet.format import SpreadsheetFormat
from nqcore.plugin import ReportFormat, hook


@hook
def report_formats() -> Iterable[ReportFormat]:
    """The format "xlsx"."""
    return (SpreadsheetFormat(),)
