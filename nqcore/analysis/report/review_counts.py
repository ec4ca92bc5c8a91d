"""The count of the reports that a review is made from."""

from __future__ import annotations

from datetime import date

from nqcore.analysis.findings import Review
from nqcore.collection.monitoring.report_counts import ReportCounts, count_reports


def count_of_review(review: Review, until: date | None = None) -> ReportCounts:
    """What became, by the day as of which the review is known, of the reports of its span (`until`: only of
    periods up to that day): those of all forms that it reads and that its units owe."""
    owed = (
        (form, period, [unit.code for unit in review.owed(form, period)])
        for form in review.forms_read()
        for period in review.periods_of(form)
        if until is None or period.end <= until
    )
    return count_reports(review.repository, owed, review.as_of)
