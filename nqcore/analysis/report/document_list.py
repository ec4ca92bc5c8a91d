"""The annex with the documents: the directives of the review's family, and the plans that units entered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.model.directives import Directive
from nqcore.model.fields import DocumentField, OwnDocument
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
    plans = [_plan_row(*one) for one in _plans(review)]
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


def _plans(review: Review) -> list[tuple[str, Directive | None, OwnDocument]]:
    """The newest plan of each unit for each directive, with the unit's name: the oldest plan first."""
    newest: dict[tuple[str, str], tuple[str, OwnDocument]] = {}
    keys = dict.fromkeys(
        (field.key, field.directive)
        for form in review.forms()
        for field in form.fields
        if isinstance(field, DocumentField)
    )
    for key, directive in keys:
        for unit, _, answer in review.reports(key, so_far=True):
            if isinstance(answer, OwnDocument) and answer.number:
                newest[unit.code, directive] = unit.name, answer
    matching = review.catalogue.directives.matching
    found = [
        (name, next(iter(matching(directive)), None), document)
        for (_, directive), (name, document) in newest.items()
    ]
    return sorted(found, key=lambda one: (one[2].date or date.max, sort_key(one[0])))


def _plan_row(unit: str, directive: Directive | None, document: OwnDocument) -> _Row:
    about = f" thực hiện {directive.type} {directive.number}" if directive else ""
    return (document.number, _day(document.date), unit, f"Kế hoạch{about}")


def _day(day: date | None) -> str:
    return write_date(day) if day else UNKNOWN
