"""A layout of Word documents as a report format."""

from __future__ import annotations

from nqcore.analysis.report.docx.profile import DocxProfile
from nqcore.analysis.report.readback import check_docx
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report


class DocxFormat:
    """Writes a report as a Word document; `profile` has the sizes and the signs of its layout."""

    suffix = ".docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def __init__(self, profile: DocxProfile) -> None:
        self.profile = profile
        self.name = profile.name
        self.title = profile.title

    def write(self, report: Report, names: Names) -> bytes:
        """The document; it is read again and compared with the report before it is returned.

        The same report gives the same bytes. Raises a ReportError.
        """
        # Imported here, because importing python-docx takes long.
        from nqcore.analysis.report.docx.package import packed
        from nqcore.analysis.report.docx.page import lay_out

        data = packed(lay_out(report, names, self.profile), report.date)
        check_docx(report, data)
        return data
