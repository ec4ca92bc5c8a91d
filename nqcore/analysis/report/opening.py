"""The first paragraph: which documents were carried out, who reports, and up to which day."""

from __future__ import annotations

from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.citing import Citations
from nqcore.model.findings import Text
from nqcore.model.reports import Paragraph
from nqcore.text.dates import write_date

_STANDING_COMMITTEE = "Ban Thường vụ"


def opening(review: Review, issuer: str, citations: Citations, until: date, sign: str) -> Paragraph:
    """Cites the directive and all documents that follow from it, and says `until` which day the figures
    speak; `issuer` is who reports, `sign` leads to the note on them."""
    documents = (review.catalogue.directives[id] for id in review.family)
    cited = "; ".join(citations.cite(each) for each in documents)
    return Paragraph(
        (
            Text(
                f"Thực hiện {cited}, {issuer} báo cáo kết quả "
                f"(số liệu đến ngày {write_date(until)}){sign} như sau:"
            ),
        ),
        block="opening",
    )


def reporter(issuer: str, authority: str) -> str:
    """Who reports: the body that issues the report, or its standing committee where that signs."""
    standing = authority.upper().endswith(_STANDING_COMMITTEE.upper())
    return f"{_STANDING_COMMITTEE} {issuer}" if standing else issuer
