"""The first paragraph: which documents were carried out, who reports, and up to which day."""

from __future__ import annotations

from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.citing import Citations
from nqcore.model.findings import Text
from nqcore.model.reports import Letterhead, Paragraph
from nqcore.text.dates import write_date

_STANDING_COMMITTEE = "Ban Thường vụ"


def opening(
    review: Review, head: Letterhead, citations: Citations, until: date, sign: str
) -> Paragraph:
    """Cites the directive and all documents that follow from it, and says `until` which day the figures
    speak; `sign` leads to the note on them."""
    documents = (review.catalogue.directives[id] for id in review.family)
    cited = "; ".join(citations.cite(each) for each in documents)
    return Paragraph(
        (
            Text(
                f"Thực hiện {cited}, {_reporter(head)} báo cáo kết quả "
                f"(số liệu đến ngày {write_date(until)}){sign} như sau:"
            ),
        )
    )


def _reporter(head: Letterhead) -> str:
    """Who reports: the body, or its standing committee where that signs."""
    body = _sentence_case(head.body.title() if head.body.isupper() else head.body)
    standing = head.authority.upper().endswith(_STANDING_COMMITTEE.upper())
    return f"{_STANDING_COMMITTEE} {body}" if standing else body


def _sentence_case(name: str) -> str:
    """HUYỆN ỦY TÂN HÒA → Huyện ủy Tân Hòa: the second syllable of the kind of a body is lower case."""
    words = name.split(" ")
    small = {"Ủy", "Bộ", "Thành", "Ban", "Phòng", "Đoàn"}
    return " ".join(w.lower() if n == 1 and w in small else w for n, w in enumerate(words))
