"""The documents that units issued to carry out a directive, as they entered them in their reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.phrases import by
from nqcore.analysis.report.issuing_body import ReadNumber, issuing_body, read_number
from nqcore.model.claims import Claim, Deed, Relation
from nqcore.model.fields import DocumentField, OwnDocument
from nqcore.model.findings import Piece, Text, UnitCount
from nqcore.model.periods import Period
from nqcore.model.reports import Paragraph
from nqcore.model.units import Unit, UnitTree
from nqcore.text.dates import write_date


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """The document of a unit, as its newest accepted report with one names it in the field `field`. `read`:
    what its number says; `body`: the body that issued it, "" where that is not known."""

    unit: Unit
    field: DocumentField
    document: OwnDocument
    read: ReadNumber
    body: str

    @property
    def same(self) -> tuple[object, ...]:
        """Equal for two entries of one document: number, symbol and day, and the body, for the number of a
        committee's document says nothing of the place."""
        return (self.read.key, self.document.date, self.body)

    @property
    def text(self) -> str:
        """ "số 05-KH/ĐU, ngày 20/5/2014"."""
        day = f", ngày {write_date(self.document.date)}" if self.document.date else ""
        return f"số {self.document.number}{day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsOfField:
    """What was entered in one field in the periods from `first` to `last`: `issued` by units, the oldest
    document first, among the units `known`, each of which is asked and has a report. These are the units
    of the last day; `earlier` are the documents of those that ended before it."""

    field: DocumentField
    issued: tuple[IssuedDocument, ...]
    known: tuple[Unit, ...]
    first: Period
    last: Period
    earlier: tuple[IssuedDocument, ...] = ()

    @property
    def every(self) -> tuple[IssuedDocument, ...]:
        """All documents that were issued, also by units that ended since, the oldest first."""
        return tuple(sorted((*self.issued, *self.earlier), key=_day_of))


def documents_issued(review: Review) -> tuple[DocumentsOfField, ...]:
    """By field: the documents in accepted reports up to the cut-off of the review. A document that was
    entered once stands; of several the newest report speaks. A field without any is left out."""
    fields = {
        one.key: one
        for form in review.forms()
        for one in form.fields
        if isinstance(one, DocumentField)
    }
    found = (_of_field(review, field) for field in fields.values())
    return tuple(each for each in found if each is not None)


def _of_field(review: Review, field: DocumentField) -> DocumentsOfField | None:
    newest: dict[str, OwnDocument] = {}
    reported: dict[str, Unit] = {}
    periods: list[Period] = []
    for unit, period, answer in review.reports(field.key, so_far=True):
        if period.end <= review.cut_off:
            reported[unit.code] = unit
            periods.append(period)
            if isinstance(answer, OwnDocument) and answer.number:
                newest[unit.code] = answer
    if not newest:
        return None
    first = min(periods, key=lambda one: one.start)
    last = max(periods, key=lambda one: one.end)
    units, asked = review.catalogue.units, review.units_asked(field.key, field.asks, last.end)
    there = {unit.code for unit in asked}
    entered = [
        issued(units, unit, field, newest[unit.code]) for unit in asked if unit.code in newest
    ]
    earlier = [
        issued(units, unit, field, newest[code])
        for code, unit in reported.items()
        if code in newest and code not in there and not units[code].exists(last.end)
    ]
    if not entered and not earlier:
        return None
    return DocumentsOfField(
        field=field,
        issued=tuple(sorted(entered, key=_day_of)),
        known=tuple(unit for unit in asked if unit.code in reported),
        first=first,
        last=last,
        earlier=tuple(sorted(earlier, key=_day_of)),
    )


def _day_of(one: IssuedDocument) -> date:
    return one.document.date or date.max


def issued(
    units: UnitTree, unit: Unit, field: DocumentField, document: OwnDocument
) -> IssuedDocument:
    """The document that `unit` entered in `field`, with what its number says."""
    read = read_number(document.number)
    body = issuing_body(read, unit, units, document.date)
    return IssuedDocument(unit=unit, field=field, document=document, read=read, body=body)


def each_once(entered: Iterable[IssuedDocument]) -> list[tuple[IssuedDocument, ...]]:
    """The documents, each with all entries of it."""
    found: dict[tuple[object, ...], list[IssuedDocument]] = {}
    for one in entered:
        found.setdefault(one.same, []).append(one)
    return [tuple(entries) for entries in found.values()]


def body_words(entries: Sequence[IssuedDocument]) -> str:
    """The body that issued a document; where several units entered it, with them, and where its number does
    not say the body, they alone, and that it is not known."""
    names = ", ".join(dict.fromkeys(one.unit.name for one in entries))
    body = entries[0].body
    if not body:
        return f"Chưa rõ cơ quan ban hành, do {names} báo cáo"
    return body if len(entries) == 1 else f"{body}, do {names} báo cáo"


def documents_paragraphs(
    review: Review, *, listed: bool, claims: Iterable[Claim] = ()
) -> Iterator[Paragraph]:
    """What the text says of the documents, one sentence for each field; nothing without one. `listed`: an
    annex has the list, so the sentence refers to it. `claims`: those of the findings that the report
    prints; how many units issued one is not counted again where they say it."""
    counted = {claim.subject for claim in claims if claim.what is Deed.ENTERED}
    for each in documents_issued(review):
        if each.field.key in counted or not each.issued:
            names = "danh sách kèm theo" if listed else _listed(each.every)
            text = f"Văn bản đã ban hành của các cơ quan, đơn vị, địa phương: {names}."
            yield Paragraph((Text(text),), block=f"document:{each.field.key}")
            continue
        units = tuple(one.unit.code for one in each.issued)
        among = tuple(unit.code for unit in each.known)
        yield Paragraph(
            tuple(_sentence(review, each, units, among, listed)),
            block=f"document:{each.field.key}",
            claims=(
                Claim(
                    relation=Relation.SOME_DID,
                    subject=each.field.key,
                    unit=review.unit.code,
                    scope=each.field.asks,
                    start=each.first.start,
                    end=each.last.end,
                    what=Deed.ENTERED,
                    units=units,
                    among=among,
                ),
            ),
        )


def _sentence(
    review: Review,
    each: DocumentsOfField,
    units: tuple[str, ...],
    among: tuple[str, ...],
    listed: bool,
) -> Iterator[Piece]:
    what = f"văn bản triển khai thực hiện {_name(review, each.field.directive)}"
    if len(among) == 1:
        yield Text(f"Đã ban hành {what}: {each.issued[0].text}.")
        return
    until = by(review, each.last)
    yield Text(f"{until[:1].upper()}{until[1:]}, ")
    yield UnitCount(units, among, share=len(units) < len(among))
    if len(units) == len(among):
        yield Text(" cơ quan, đơn vị, địa phương đều đã ban hành ")
    else:
        yield Text(" cơ quan, đơn vị, địa phương có báo cáo đã ban hành ")
    if listed:
        yield Text(f"{what} (danh sách kèm theo).")
    else:
        yield Text(f"{what}: {_listed(each.issued)}.")


def _listed(issued: Iterable[IssuedDocument]) -> str:
    return "; ".join(f"{body_words(entries)} ({entries[0].text})" for entries in each_once(issued))


def _name(review: Review, directive: str) -> str:
    found = review.catalogue.directives.matching(directive)
    return found[0].name if len(found) == 1 else directive
