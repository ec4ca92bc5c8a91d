"""The annex with the documents: the directives of the review's family, and the plans that units entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.documents_issued import (
    IssuedDocument,
    body_words,
    documents_issued,
    each_once,
)
from nqcore.analysis.report.issuing_body import read_number
from nqcore.model.directives import Directive
from nqcore.model.reports import Table
from nqcore.text.dates import write_date
from nqcore.text.folding import fold, sort_key

BLOCK = "table:documents"
UNKNOWN = "chưa rõ ngày"
_COLUMNS = ("TT", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Tên văn bản")

_OF_MANY = frozenset({"ĐU", "CB", "UBND", "HĐND"})
"""Symbols that the bodies of many places have."""

_Row = tuple[str, str, str, str]


def document_list(review: Review) -> Iterator[Table]:
    """The table of the directives and of what units entered; none where there is nothing but the review's own
    directive."""
    yield from document_table(
        review, [one for field in documents_issued(review) for one in field.every]
    )


def document_table(review: Review, issued: Iterable[IssuedDocument]) -> Iterator[Table]:
    """The same of these entries. Each document stands once."""
    register = review.catalogue.directives
    directives = [one for one in map(register.__getitem__, review.family) if one.issued(review.end)]
    known = [(read_number(one.number).key, one) for one in directives]
    new = [one for one in issued if not any(_is(one, key, directive) for key, directive in known)]
    plans = [_plan_row(review, entries) for entries in each_once(sorted(new, key=_order))]
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


def _is(one: IssuedDocument, key: tuple[str, ...], directive: Directive) -> bool:
    """Whether the document that was entered is the directive with the number `key`: the same day where both
    have one, and the same body where many bodies have its symbol."""
    days = {one.document.date, directive.date} - {None}
    if one.read.key != key or len(days) > 1:
        return False
    return one.read.issuer not in _OF_MANY or fold(one.body or " ") in fold(directive.body)


def _by_day(directives: list[Directive]) -> list[Directive]:
    return sorted(directives, key=lambda one: one.date or date.max)


def _directive_row(one: Directive) -> _Row:
    term = f" (khóa {one.term})" if one.term else ""
    return (one.number, _day(one.date), one.body + term, f"{one.type} {one.title}".strip())


def _order(one: IssuedDocument) -> tuple[date, object]:
    return (one.document.date or date.max, sort_key(one.unit.name))


def _plan_row(review: Review, entries: Sequence[IssuedDocument]) -> _Row:
    about = ", ".join(dict.fromkeys(filter(None, (_about(review, one) for one in entries))))
    first = entries[0]
    name = f"{first.read.type_name} thực hiện {about}" if about else first.read.type_name
    return (first.document.number, _day(first.document.date), body_words(entries), name)


def _about(review: Review, one: IssuedDocument) -> str:
    found = review.catalogue.directives.matching(one.field.directive)
    return f"{found[0].type} {found[0].number}" if found else ""


def _day(day: date | None) -> str:
    return write_date(day) if day else UNKNOWN
