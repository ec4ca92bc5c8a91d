"""The Party's layout of official reports (thể thức văn bản của Đảng), as a .docx."""

from collections.abc import Iterable

from nq_party_report.profiles import PARTY_2018
from nqcore.plugin import DocxFormat, ReportFormat, hook


@hook
def report_formats() -> Iterable[ReportFormat]:
    """The layout of Hướng dẫn 36-HD/VPTW (2018)."""
    return (DocxFormat(PARTY_2018),)
