"""A layout of Word documents as a report format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nqcore.analysis.report.docx.profile import DocxProfile
from nqcore.analysis.report.readback import check_docx
from nqcore.catalogue.contracts import Names
from nqcore.errors import N_, Phrase
from nqcore.model.reports import Report
from nqcore.text.dates import write_date

OUT_OF_FORCE = N_(
    "This layout is that of {guidance}, which was in force until {until}; the document is of {day}. "
    "Choose the layout that is in force on that day."
)
BEFORE_ITS_TIME = N_(
    "This layout is that of {guidance}, which is in force from {since}; the document is of {day}. "
    "Choose the layout that is in force on that day."
)


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

    def remarks(self, report: Report) -> tuple[Phrase, ...]:
        """For the office, before the document is signed: that its layout is not in force on its day."""
        profile = self.profile_on(report.date)
        if profile.in_force_on(report.date):
            return ()
        template = (
            BEFORE_ITS_TIME
            if profile.since is not None and report.date < profile.since
            else OUT_OF_FORCE
        )
        first, last = (write_date(day) if day else "" for day in (profile.since, profile.until))
        params = {"guidance": profile.guidance, "day": write_date(report.date)}
        return (Phrase(template, {**params, "since": first, "until": last}),)

    def write(self, report: Report, names: Names) -> bytes:
        """The document; it is read again and compared with the report before it is returned.

        The same report gives the same bytes. Raises a ReportError.
        """
        # Imported here, because importing python-docx takes long.
        from nqcore.analysis.report.docx.package import packed

        data = packed(report, names, self.profile_on(report.date))
        check_docx(report, data)
        return data
