"""The report format that core uses: it picks a Word layout of the office and prints what that writes."""

from __future__ import annotations

from collections.abc import Mapping

from nq_pdf.office import to_pdf
from nqcore.plugin import Letterhead, Names, NoLayout, Report, ReportFormat, signs_of

DOCX = ".docx"


class PdfFormat:
    """Writes a report as PDF, from the .docx of another format of the office.

    `made_of`: "pdf:party-docx" asks for that layout; "pdf" alone takes the one for the letterhead.
    """

    name = "pdf"
    title = "PDF"
    suffix = ".pdf"
    media_type = "application/pdf"
    made_of = DOCX

    def write(self, report: Report, names: Names) -> bytes:
        """The file, with its fonts in it. Raises NoLayout, ConverterMissing, ConversionFailed, and what the
        Word layout raises."""
        return to_pdf(layout_of(report.letterhead, names.formats).write(report, names))


def layout_of(head: Letterhead, formats: Mapping[str, ReportFormat]) -> ReportFormat:
    """The Word layout for that letterhead: of several that of the State for its bodies, and that of the
    Party for all others, as their names say ("state-docx", "party-docx"). Raises NoLayout."""
    known = [one for one in formats.values() if one.suffix == DOCX]
    if not known:
        raise NoLayout(suffix=DOCX)
    wanted = signs_of(head).value
    return next((one for one in known if one.name.startswith(wanted)), known[0])
