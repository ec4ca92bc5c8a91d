"""Reports as PDF: the office's own Word layout, printed by LibreOffice with a font that has every letter."""

from collections.abc import Iterable

from nq_pdf.format import PdfFormat
from nqcore.plugin import ReportFormat, hook


@hook
def report_formats() -> Iterable[ReportFormat]:
    """The format "pdf"."""
    return (PdfFormat(),)
