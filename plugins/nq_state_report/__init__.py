"""The State's layout of official reports (Nghị định 30/2020/NĐ-CP), as a .docx."""

from collections.abc import Iterable

from nq_state_report.profile import STATE_2020
from nqcore.plugin import DocxFormat, ReportFormat, hook


@hook
def report_formats() -> Iterable[ReportFormat]:
    """The layout of Phụ lục I of the decree."""
    return (DocxFormat(STATE_2020),)
