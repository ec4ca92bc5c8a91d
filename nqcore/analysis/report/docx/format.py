"""A layout of Word documents as a report format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nqcore.analysis.report.docx.profile import DocxProfile
from nqcore.analysis.report.readback import check_docx
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report


class DocxFormat:
    """Writes a report as a Word document; `profile` has the sizes and the signs of its layout.

    With `later`, a report that is dated on or after one of its days has that profile: a guidance holds for
    the documents issued while it is in force. `name` and `title` are those of the profile, or given.
    """

    suffix = ".docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def __init__(
        self,
        profile: DocxProfile,
        *,
        later: Mapping[date, DocxProfile] | None = None,
        name: str = "",
        title: str = "",
    ) -> None:
        self.profile = profile
        self.later = dict(later or {})
        self.name = name or profile.name
        self.title = title or profile.title

    def profile_on(self, day: date) -> DocxProfile:
        """The profile of a document issued on that day."""
        since = max((start for start in self.later if start <= day), default=None)
        return self.profile if since is None else self.later[since]

    def write(self, report: Report, names: Names) -> bytes:
        """The document; it is read again and compared with the report before it is returned.

        The same report gives the same bytes. Raises a ReportError.
        """
        # Imported here, because importing python-docx takes long.
        from nqcore.analysis.report.docx.package import packed

        data = packed(report, names, self.profile_on(report.date))
        check_docx(report, data)
        return data
