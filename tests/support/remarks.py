"""The remarks of a report for the office, in its language."""

from __future__ import annotations

from nqcore.errors import say
from nqcore.model.reports import Report
from nqcore.text.messages import translator


def remarks_of(report: Report, language: str = "vi") -> list[str]:
    """What the page or the command says beside the report."""
    return [say("{remark}", {"remark": one}, translator(language)) for one in report.remarks]
