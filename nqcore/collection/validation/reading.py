"""From what was typed to typed answers, field by field. Nothing typed is ever lost: what cannot be
read is kept as it stood, with a problem that says how to repair it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from nqcore.catalogue import Catalogue
from nqcore.errors import N_, InputError
from nqcore.model.forms import (
    ChoicesField,
    DocumentField,
    Field,
    FigureField,
    NarrativeField,
    TaskField,
)
from nqcore.model.problems import Problem, Severity
from nqcore.model.submissions import Answer, OwnDocument, TaskProgress
from nqcore.model.targets import TaskStatus
from nqcore.text.characters import LOST, find_unstorable
from nqcore.text.dates import read_date, write_date
from nqcore.text.folding import nfc
from nqcore.text.legacy_fonts import OLD_FONT, offer_unicode
from nqcore.text.numbers import in_words, read_figure, write_figure, write_for_box

Typed = str | int | Decimal | Sequence[str] | OwnDocument | TaskProgress | None
"""What may be given for a field: text as typed, or a value that is already typed."""


MAX_NUMBER = 100
"""Characters of a document's number."""
MAX_NOTE = 1500
"""Characters of the words on a task."""
OLD_FONT_CODE = "old-font"
"""The code of the warning that a narrative was typed in TCVN3; a page offers to convert it."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class UnknownFields(InputError):
    """The submission holds fields that the form does not ask this unit for."""

    code = "unknown-fields"
    template = N_("The form does not ask this unit for {fields}. Remove them and send again.")

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(fields=", ".join(fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReading:
    """Answers that could be read, texts that could not (by input name), and what to say about it."""

    answers: Mapping[str, Answer]
    unread: Mapping[str, str]
    problems: tuple[Problem, ...]


def input_names(field: Field) -> tuple[str, ...]:
    """The names under which a field's parts are typed: a document has two boxes, a task two."""
    if isinstance(field, DocumentField):
        return (f"{field.key}.number", f"{field.key}.date")
    if isinstance(field, TaskField):
        return (f"{field.key}.status", f"{field.key}.note")
    return (field.key,)


def read_answers(
    catalogue: Catalogue, fields: Sequence[Field], given: Mapping[str, Typed], today: date
) -> FormReading:
    """Read what was `given` for `fields` by input name. Raises UnknownFields for any other name."""
    names = {name for field in fields for name in (*input_names(field), field.key)}
    if stray := [name for name in given if name not in names]:
        raise UnknownFields(stray)
    reader = _Reader(catalogue, given, today)
    for field in fields:
        reader.read(field)
    return FormReading(
        answers=reader.answers, unread=reader.unread, problems=tuple(reader.problems)
    )


_read = lru_cache(maxsize=4096)(read_figure)
"""One request reads the same figures up to four times: shown, compared, judged, saved."""


class _Reader:
    def __init__(self, catalogue: Catalogue, given: Mapping[str, Typed], today: date) -> None:
        self.catalogue, self.given, self.today = catalogue, given, today
        self.answers: dict[str, Answer] = {}
        self.unread: dict[str, str] = {}
        self.problems: list[Problem] = []

    def read(self, field: Field) -> None:
        if isinstance(field, FigureField):
            self._figure(field)
        elif isinstance(field, NarrativeField):
            self._narrative(field)
        elif isinstance(field, ChoicesField):
            self._choices(field)
        elif isinstance(field, DocumentField):
            self._document(field)
        else:
            self._task(field)

    def _text(self, name: str) -> str:
        """What stands under `name`, as text. A program's float is refused: what it holds is not
        what was meant."""
        value = self.given.get(name)
        if value is None or isinstance(value, Decimal):
            return ""
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise TypeError(f"{name}: {value!r} – give text, a whole number or a Decimal")
        # Half a surrogate pair cannot be stored; its place is kept visible.
        return _SURROGATE.sub(LOST, nfc(str(value)))

    def _keep(self, name: str, text: str, wrong: InputError) -> None:
        self.unread[name] = text
        self._problem(name, wrong.code, Severity.ERROR, wrong.template, wrong.params)

    def _problem(
        self, field: str, code: str, severity: Severity, template: str, params: Mapping[str, object]
    ) -> None:
        self.problems.append(
            Problem(field=field, code=code, severity=severity, template=template, params=params)
        )

    def _figure(self, field: FigureField) -> None:
        indicator = self.catalogue.indicators[field.indicator]
        given = self.given.get(field.key)
        text = self._text(field.key)
        if isinstance(given, Decimal):
            text = exactly(given, indicator.decimals)
        try:
            reading = _read(text, decimals=indicator.decimals, measure=indicator.measure)
        except InputError as wrong:
            self._keep(field.key, text, wrong)
            return
        if reading.value is None:
            self._problem(field.key, "blank", Severity.BLANK, BLANK, {})
            return
        self.answers[field.key] = reading.value
        if reading.echo:
            self._problem(
                field.key,
                "echo",
                Severity.ECHO,
                N_("Read as {figure} ({words}). Correct it if that is not meant."),
                {"figure": write_figure(reading.value), "words": in_words(reading.value)},
            )

    def _narrative(self, field: NarrativeField) -> None:
        text = self._text(field.key).replace("\r\n", "\n").strip()
        if self._prose(field.key, text, field.label, field.max_length):
            self.answers[field.key] = text
        if offer_unicode(text) is not None:
            self._problem(field.key, OLD_FONT_CODE, Severity.WARNING, OLD_FONT, {})

    def _prose(self, name: str, text: str, label: str, most: int) -> bool:
        """Whether the words can be kept as they are; else they are unread, with a problem."""
        bad = find_unstorable(text)
        if bad is not None:
            self._problem(
                name,
                "control-character",
                Severity.ERROR,
                N_(
                    "The text holds a character that cannot be stored (U+{code}). Delete it and type again."
                ),
                {"code": f"{ord(bad):04X}"},
            )
        elif len(text) > most:
            self._problem(
                name,
                "too-long",
                Severity.ERROR,
                N_("“{label}” has {length} characters, at most {most}. Shorten it by {over}."),
                {
                    "label": label,
                    "length": write_figure(Decimal(len(text))),
                    "most": write_figure(Decimal(most)),
                    "over": write_figure(Decimal(len(text) - most)),
                },
            )
        else:
            return True
        self.unread[name] = text
        return False

    def _choices(self, field: ChoicesField) -> None:
        value = self.given.get(field.key) or ()
        if isinstance(value, str):
            ticked: tuple[object, ...] = (value,)
        elif isinstance(value, Sequence):
            ticked = tuple(value)
        else:
            raise TypeError(f"{field.key}: {value!r} – give a list of codes")
        known = {option.code for option in field.options}
        if strange := [code for code in ticked if code not in known]:
            self.unread[field.key] = ", ".join(map(str, ticked))
            self._problem(
                field.key,
                "unknown-choice",
                Severity.ERROR,
                N_("“{choice}” is not one of the choices. Tick again from the list."),
                {"choice": ", ".join(map(str, strange))},
            )
            return
        self.answers[field.key] = tuple(o.code for o in field.options if o.code in ticked)

    def _document(self, field: DocumentField) -> None:
        value = self.given.get(field.key)
        if isinstance(value, OwnDocument):
            self.answers[field.key] = value
            return
        number_name, date_name = input_names(field)
        number, day = self._text(number_name).strip(), self._text(date_name).strip()
        if not self._prose(number_name, number, field.label, MAX_NUMBER):
            self.unread[date_name] = day
            return
        issued = None
        if day:
            try:
                issued = read_date(day, today=self.today)
            except InputError as wrong:
                self._keep(date_name, day, wrong)
                if number:
                    self.unread[number_name] = number
                return
            if issued > self.today:
                self.unread.update({number_name: number, date_name: day})
                self._problem(
                    date_name,
                    "future-date",
                    Severity.ERROR,
                    N_("{date} is still to come. Enter the day on which the document was issued."),
                    {"date": write_date(issued)},
                )
                return
        if issued and not number:
            self.unread[date_name] = day
            self._problem(
                number_name,
                "number-missing",
                Severity.ERROR,
                N_("Enter the document's number too, for example 05-KH/ĐU."),
                {},
            )
            return
        if number:
            self.answers[field.key] = OwnDocument(number, issued)

    def _task(self, field: TaskField) -> None:
        value = self.given.get(field.key)
        if isinstance(value, TaskProgress):
            self.answers[field.key] = value
            return
        status_name, note_name = input_names(field)
        status, note = self._text(status_name).strip(), self._text(note_name).strip()
        label = self.catalogue.tasks[field.task].title
        if not self._prose(note_name, note, label, MAX_NOTE):
            self.unread[status_name] = status
            return
        if not status:
            if note:
                self.unread[note_name] = note
            self._problem(
                status_name, "blank", Severity.BLANK, N_("Choose how far the task is."), {}
            )
            return
        try:
            self.answers[field.key] = TaskProgress(TaskStatus(status), note)
        except ValueError:
            self.unread.update({status_name: status, note_name: note})
            self._problem(
                status_name,
                "unknown-choice",
                Severity.ERROR,
                N_("“{choice}” is not one of the choices. Tick again from the list."),
                {"choice": status},
            )


def exactly(value: Decimal, decimals: int) -> str:
    """A program's number as a text that has one reading only, with all its decimals."""
    if not value.is_finite():
        return str(value)
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return write_for_box(value, max(decimals, -exponent))


BLANK = N_("Not filled in. Type 0 if there was none.")

__all__ = [
    "BLANK",
    "FormReading",
    "Typed",
    "UnknownFields",
    "exactly",
    "input_names",
    "read_answers",
]
