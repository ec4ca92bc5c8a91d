"""Days (*ngày*)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nqcore.errors import N_, InputError, Translate
from nqcore.model.fields.boxes import Box, BoxKind
from nqcore.model.fields.field import DefinitionLookup, LabelledField
from nqcore.model.fields.field_input import FieldInput
from nqcore.text.dates import read_date, write_date

FUTURE = N_("{date} is still to come. Enter a day that has passed.")
OPEN = N_("{date} is still to come. Enter a day that has passed, or leave the box empty.")
YEARS = range(1900, 2101)
"""Years that a day of an office's work can have; another one is a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayField(LabelledField[date]):
    """A field for a day, for example when a conference was held. Days are listed, never added.

    `required`: leaving it empty is no answer; otherwise it says *chưa có*. `future`: days after today
    are taken too.
    """

    required: bool = True
    future: bool = False

    toml = "day"
    answers = date
    group = "days"
    wanted = "a day (datetime.date) or its text"

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (Box(name=self.key, kind=BoxKind.SHORT, digits=True),)

    def read(self, entry: FieldInput, definitions: DefinitionLookup) -> date | None:
        value = entry.given.get(self.key)
        if isinstance(value, datetime):
            value = value.date()
        text = write_date(value) if isinstance(value, date) else entry.text(self.key).strip()
        if text:
            future = "" if self.future else FUTURE if self.required else OPEN
            return read_day(entry, self.key, text, future)
        if self.required:
            entry.blank(self.key, N_("Enter the day, for example 15/9/2018."))
        return None

    def write(self, answer: date, definitions: DefinitionLookup) -> tuple[str, ...]:
        return (write_date(answer),)

    def lines(self, answer: date | None, translate: Translate) -> tuple[str, ...]:
        return (write_date(answer) if answer is not None else translate(N_("Not yet")),)

    @classmethod
    def plain(cls, answer: date) -> str:
        return answer.isoformat()

    @classmethod
    def to_json(cls, answer: date) -> str:
        return answer.isoformat()

    @classmethod
    def from_json(cls, value: str) -> date:
        return date.fromisoformat(value)


def read_day(entry: FieldInput, name: str, text: str, future: str) -> date | None:
    """The day that was typed into the box `name`; None, with a problem, where it cannot be read.
    `future`: the msgid of the problem of a day after today, with {date}; "" where it may be one."""
    try:
        found = read_date(text, today=entry.today)
    except InputError as wrong:
        entry.refuse(name, text, wrong)
        return None
    if found.year not in YEARS:
        entry.keep(name, text)
        entry.problem(
            name,
            "odd-year",
            N_("The year {year} cannot be right. Type the day again, for example 15/9/2018."),
            {"year": found.year},
        )
        return None
    if not future or found <= entry.today:
        return found
    entry.keep(name, text)
    entry.problem(name, "future-date", future, {"date": write_date(found)})
    return None
