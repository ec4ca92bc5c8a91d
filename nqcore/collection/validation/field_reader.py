"""Reading one field after the other: from what was typed to answers with a type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from nqcore.catalogue import Catalogue
from nqcore.collection.validation.inputs import Typed, exact_text, input_names
from nqcore.errors import N_, InputError, WrongArgument
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
from nqcore.text.numbers import in_words, read_figure, write_figure

MAX_NUMBER = 100
"""How many characters the number of a document may have."""
MAX_NOTE = 1500
"""How many characters the note on a task may have."""
OLD_FONT_CODE = "old-font"
"""The code of the warning that a narrative was typed in TCVN3; a page offers to convert it."""
BLANK = N_("Not filled in. Type 0 if there was none.")
_SURROGATE = re.compile("[\ud800-\udfff]")

_read_figure = lru_cache(maxsize=4096)(read_figure)
"""One request reads the same figures several times: the stored form, the posted one, the one compared."""


class FieldReader:
    """Reads the fields of one form, one after the other. `given`: what was typed, by input name. The
    results are in `answers` (by field key), `unread` (texts that cannot be read, by input name) and
    `problems`."""

    def __init__(self, catalogue: Catalogue, given: Mapping[str, Typed], today: date) -> None:
        self.catalogue, self.given, self.today = catalogue, given, today
        self.answers: dict[str, Answer] = {}
        self.unread: dict[str, str] = {}
        self.problems: list[Problem] = []

    def read(self, field: Field) -> None:
        """Read one field. Raises WrongArgument where a program gives a value of a wrong type."""
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
        """The text given under `name`. A float is refused: it cannot hold most decimal figures exactly."""
        value = self.given.get(name)
        if value is None or isinstance(value, Decimal):
            return ""
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise WrongArgument(
                argument=name, given=repr(value), wanted="text, a whole number or a Decimal"
            )
        # Half of a surrogate pair cannot be stored; a visible sign takes its place.
        return _SURROGATE.sub(LOST, nfc(str(value)))

    def _keep_unread(self, name: str, text: str, wrong: InputError) -> None:
        """Keep a text that cannot be read, with the problem that says why."""
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
            text = exact_text(given, indicator.decimals)
        try:
            reading = _read_figure(text, decimals=indicator.decimals, measure=indicator.measure)
        except InputError as wrong:
            self._keep_unread(field.key, text, wrong)
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
        if self._is_storable(field.key, text, field.label, field.max_length):
            self.answers[field.key] = text
        if offer_unicode(text) is not None:
            self._problem(field.key, OLD_FONT_CODE, Severity.WARNING, OLD_FONT, {})

    def _is_storable(self, name: str, text: str, label: str, most: int) -> bool:
        """Whether the text can be stored; if not, it is kept as unread, with a problem. `most`: how many
        characters it may have."""
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
            raise WrongArgument(argument=field.key, given=repr(value), wanted="a list of codes")
        known = {option.code for option in field.options}
        if unknown := [code for code in ticked if code not in known]:
            self.unread[field.key] = ", ".join(map(str, ticked))
            self._problem(
                field.key,
                "unknown-choice",
                Severity.ERROR,
                N_("“{choice}” is not one of the choices. Tick again from the list."),
                {"choice": ", ".join(map(str, unknown))},
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
        if not self._is_storable(number_name, number, field.label, MAX_NUMBER):
            self.unread[date_name] = day
            return
        issued = self._issued(date_name, day) if day else None
        if day and issued is None:
            if number:
                self.unread[number_name] = number
        elif day and not number:
            self.unread[date_name] = day
            self._problem(
                number_name,
                "number-missing",
                Severity.ERROR,
                N_("Enter the document's number too, for example 05-KH/ĐU."),
                {},
            )
        elif number:
            self.answers[field.key] = OwnDocument(number, issued)

    def _issued(self, name: str, text: str) -> date | None:
        """The day on which a document was issued; None, with a problem, where it cannot be."""
        try:
            issued = read_date(text, today=self.today)
        except InputError as wrong:
            self._keep_unread(name, text, wrong)
            return None
        if issued <= self.today:
            return issued
        self.unread[name] = text
        self._problem(
            name,
            "future-date",
            Severity.ERROR,
            N_("{date} is still to come. Enter the day on which the document was issued."),
            {"date": write_date(issued)},
        )
        return None

    def _task(self, field: TaskField) -> None:
        value = self.given.get(field.key)
        if isinstance(value, TaskProgress):
            self.answers[field.key] = value
            return
        status_name, note_name = input_names(field)
        status, note = self._text(status_name).strip(), self._text(note_name).strip()
        label = self.catalogue.tasks[field.task].title
        if not self._is_storable(note_name, note, label, MAX_NOTE):
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
