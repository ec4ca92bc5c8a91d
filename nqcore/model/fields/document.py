"""Documents: the unit's own plan for a directive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from nqcore.errors import N_, Translate
from nqcore.model.fields.boxes import Box, BoxKind
from nqcore.model.fields.day import read_day
from nqcore.model.fields.field import DefinitionLookup, Json, LabelledField
from nqcore.model.fields.field_input import FieldInput
from nqcore.text.dates import write_date

MAX_NUMBER = 100
"""How many characters the number of a document may have."""
FUTURE = N_("{date} is still to come. Enter the day on which the document was issued.")


class OwnDocument(NamedTuple):
    """A unit's own plan: its number as issued and its date (one of them may still be missing)."""

    number: str
    date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentField(LabelledField[OwnDocument]):
    """A field for the unit's own plan to implement `directive`: its number and date. `by` is the last
    day to issue it; `asks` says which units must issue one."""

    directive: str
    by: date | None = None

    toml = "document"
    answers = OwnDocument
    group = "documents"
    wanted = "an OwnDocument, or the text of each box"
    inputs = ("{key}.number", "{key}.date")
    record_version = 1

    @property
    def boxes(self) -> tuple[Box, ...]:
        number, day = self.input_names
        return (
            Box(name=number, kind=BoxKind.SHORT, label=N_("Number, symbol")),
            Box(
                name=day,
                kind=BoxKind.SHORT,
                label=N_("Date issued, for example 15/9/2018"),
                digits=True,
            ),
        )

    def read(self, entry: FieldInput, definitions: DefinitionLookup) -> OwnDocument | None:
        value = entry.given.get(self.key)
        if isinstance(value, OwnDocument):
            return value
        number_name, date_name = self.input_names
        number, day = entry.text(number_name).strip(), entry.text(date_name).strip()
        if not entry.is_storable(number_name, number, self.label, MAX_NUMBER):
            entry.keep(date_name, day)
            return None
        issued = read_day(entry, date_name, day, FUTURE) if day else None
        if day and issued is None:
            if number:
                entry.keep(number_name, number)
        elif day and not number:
            entry.keep(date_name, day)
            entry.problem(
                number_name,
                "number-missing",
                N_("Enter the document's number too, for example 05-KH/ĐU."),
            )
        elif number:
            return OwnDocument(number, issued)
        return None

    def write(self, answer: OwnDocument, definitions: DefinitionLookup) -> tuple[str, ...]:
        return answer.number, write_date(answer.date) if answer.date else ""

    def lines(self, answer: OwnDocument | None, translate: Translate) -> tuple[str, ...]:
        if answer is None:
            return (translate(N_("Not issued yet")),)
        line = translate(N_("No. {number}")).format(number=answer.number)
        if answer.date:
            line += ", " + translate(N_("of {day}")).format(day=write_date(answer.date))
        return (line,)

    @classmethod
    def plain(cls, answer: OwnDocument) -> str:
        return ", ".join(str(part) for part in answer if part)

    @classmethod
    def to_json(cls, answer: OwnDocument) -> Json:
        issued = answer.date.isoformat() if answer.date else None
        return {"number": answer.number, "date": issued}

    @classmethod
    def from_json(cls, value: Json) -> OwnDocument:
        issued = date.fromisoformat(value["date"]) if value["date"] else None
        return OwnDocument(value["number"], issued)

    def references(self) -> Iterator[tuple[str, str]]:
        yield "directive", self.directive
