"""The count of the reports that a review is made from."""

from __future__ import annotations

from nqcore.analysis.findings import Review
from nqcore.collection.monitoring.report_counts import ReportCounts, count_reports


def count_of_review(review: Review) -> ReportCounts:
    """What became, by the day as of which the review is known, of the reports of its span up to its cut-off:
    those that its units owe and that ask something of its directive. Without a cut-off, of all of the
    span."""
    until = review.cut_off if review.is_covered else review.span.end
    owed = (
        (form, period, [unit.code for unit in review.reporting_on(form, period)])
        for form in review.forms_read()
        for period in review.periods_of(form)
        if period.end <= until
    )
    return count_reports(review.repository, owed, review.as_of)
