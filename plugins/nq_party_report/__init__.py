"""The Party's layouts of official reports (thể thức văn bản của Đảng), as a .docx."""

from collections.abc import Iterable

from nq_party_report.profiles import PARTY_2018, PARTY_2026, SINCE_2026
from nqcore.plugin import DocxFormat, ReportFormat, hook


@hook
def report_formats() -> Iterable[ReportFormat]:
    """The layout that is in force on the day of the report, and each of them by its name."""
    return (
        DocxFormat(
            PARTY_2018,
            later={SINCE_2026: PARTY_2026},
            name="party-docx",
            title="Văn bản của Đảng (hướng dẫn theo ngày ban hành, .docx)",
        ),
        DocxFormat(PARTY_2018),
        DocxFormat(PARTY_2026),
    )
