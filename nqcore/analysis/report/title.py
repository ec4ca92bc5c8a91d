"""The subject of a report (*trích yếu*): what it is about, in which time, and of which unit."""

from __future__ import annotations

from nqcore.analysis.findings import Review
from nqcore.analysis.report.citing import Citations
from nqcore.model.period_names import work_period_name


def title(review: Review, citations: Citations) -> str:
    """ "kết quả 10 năm (2008 - 2018) thực hiện Nghị quyết số 20-NQ/TW, ngày …"; a unit below the top is
    named."""
    over = work_period_name(review.span, review.directive.date)
    where = f" tại {review.unit.name}" if review.unit.parent else ""
    return f"kết quả {over} thực hiện {citations.cite(review.directive)}{where}"
