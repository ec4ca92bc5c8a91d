"""The annex with the documents: the directives of the review's family, and the plans that units entered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.documents_issued import IssuedDocument, documents_issued
from nqcore.model.directives import Directive
from nqcore.model.reports import Table
from nqcore.text.dates import write_date
from nqcore.text.folding import sort_key

BLOCK = "table:documents"
UNKNOWN = "chưa rõ ngày"
_COLUMNS = ("TT", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Tên văn bản")

_Row = tuple[str, str, str, str]


def document_list(review: Review) -> Iterator[Table]:
    """The table; none where there is nothing but the review's own directive."""
    register = review.catalogue.directives
    directives = [one for one in map(register.__getitem__, review.family) if one.issued(review.end)]
    issued = [one for field in documents_issued(review) for one in field.issued]
    plans = [_plan_row(review, one) for one in sorted(issued, key=_order)]
    parts = [("A", "Văn bản chỉ đạo", [_directive_row(one) for one in _by_day(directives)])]
    if plans:
        parts.append(("B", "Văn bản triển khai của các cơ quan, đơn vị", plans))
    if len(directives) + len(plans) < 2:
        return
    rows: list[tuple[str, ...]] = []
    sections: list[int] = []
    for key, title, members in parts:
        if len(parts) > 1:
            sections.append(len(rows))
            rows.append((key, title, "", "", ""))
        rows += [(str(nth), *row) for nth, row in enumerate(members, 1)]
    yield Table(
        caption="Danh mục văn bản đã ban hành",
        columns=_COLUMNS,
        rows=tuple(rows),
        block=BLOCK,
        sections=tuple(sections),
    )


def _by_day(directives: list[Directive]) -> list[Directive]:
    return sorted(directives, key=lambda one: one.date or date.max)


def _directive_row(one: Directive) -> _Row:
    term = f" (khóa {one.term})" if one.term else ""
    return (one.number, _day(one.date), one.body + term, f"{one.type} {one.title}".strip())


def _order(one: IssuedDocument) -> tuple[date, object]:
    return (one.document.date or date.max, sort_key(one.unit.name))


def _plan_row(review: Review, one: IssuedDocument) -> _Row:
    found = review.catalogue.directives.matching(one.field.directive)
    about = f" thực hiện {found[0].type} {found[0].number}" if found else ""
    document = one.document
    return (document.number, _day(document.date), one.unit.name, f"Kế hoạch{about}")


def _day(day: date | None) -> str:
    return write_date(day) if day else UNKNOWN
