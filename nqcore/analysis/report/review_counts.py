"""The count of the reports that a review is made from."""

from __future__ import annotations

from nqcore.analysis.findings import Review
from nqcore.collection.monitoring.report_counts import ReportCounts, count_reports


def count_of_review(review: Review) -> ReportCounts:
    """What became, by the day as of which the review is known, of the reports of its span: those of all
    forms of the family of directives that its units owe."""
    owed = (
        (form, period, [unit.code for unit in review.owed(form, period)])
        for form in review.forms()
        for period in review.periods_of(form)
    )
    return count_reports(review.repository, owed, review.as_of)
