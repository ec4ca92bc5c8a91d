"""The report format that core uses."""

from __future__ import annotations

from nq_party_report.profile import PARTY_2018, Profile
from nqcore.plugin import Names, Report, check_docx


class PartyDocx:
    """Writes a report as a Word document in the Party's layout; `profile` has the sizes."""

    suffix = ".docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def __init__(self, profile: Profile = PARTY_2018) -> None:
        self.profile = profile
        self.name = profile.name
        self.title = profile.title

    def write(self, report: Report, names: Names) -> bytes:
        """The document; it is read again and compared with the report before it is returned.

        The same report gives the same bytes. Raises a ReportError.
        """
        # Imported here, because importing python-docx takes long.
        from nq_party_report.layout import lay_out
        from nq_party_report.package import packed

        data = packed(lay_out(report, names, self.profile), report.date)
        check_docx(report, data)
        return data
