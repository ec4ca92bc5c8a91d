"""The first paragraph: which documents were carried out, who reports, and up to which day."""

from __future__ import annotations

from datetime import date, timedelta

from nqcore.analysis.findings import Review
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.footnotes import Footnotes
from nqcore.analysis.report.told_time import figures_begin
from nqcore.model.findings import Sentence, Text
from nqcore.model.reports import Paragraph
from nqcore.text.dates import write_date

_STANDING_COMMITTEE = "Ban Thường vụ"


def opening(
    review: Review,
    issuer: str,
    citations: Citations,
    until: date | None,
    coverage: Sentence,
    notes: Footnotes,
) -> Paragraph:
    """Cites the directive and the document that follows from it; several are cited in a note. A document that
    was issued after the time of the review, or after the unit had ended, is not one of them. It says `until`
    which day the figures speak (None: there are none, and it says no day), with the note `coverage` on them,
    and from which where they begin later than the time of the title; `issuer` is who reports."""
    first, *later = (review.catalogue.directives[id] for id in review.family)
    others = [directive for directive in later if directive.issued(_last_day(review))]
    cited = citations.cite(first)
    if len(others) > 1:
        listed = "; ".join(citations.cite(each) for each in others)
        cited += f" và các văn bản có liên quan{notes.sign((Text(f'Gồm: {listed}.'),))}"
    elif others:
        cited += f" và {citations.cite(others[0])}"
    sign, begin = notes.sign(coverage), figures_begin(review)
    days = ""
    if until is not None:
        since = f"từ ngày {write_date(begin)} " if begin is not None and begin <= until else ""
        days = f" (số liệu {since}đến ngày {write_date(until)})"
    return Paragraph(
        (Text(f"Thực hiện {cited}, {issuer} báo cáo kết quả{days}{sign} như sau:"),),
        block="opening",
    )


def _last_day(review: Review) -> date:
    """The last day of the review's time on which its unit was there."""
    closed = review.unit.closed
    return review.end if closed is None else min(review.end, closed - timedelta(days=1))


def reporter(issuer: str, authority: str) -> str:
    """Who reports: the body that issues the report, or its standing committee where that signs."""
    standing = authority.upper().endswith(_STANDING_COMMITTEE.upper())
    return f"{_STANDING_COMMITTEE} {issuer}" if standing else issuer
