"""From what was typed to answers with a type. No input is ever lost: a text that cannot be read is kept
as it was typed, with a problem that says how to correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nqcore.catalogue import Catalogue
from nqcore.errors import N_, InputError, WrongArgument
from nqcore.model.fields import Answer, AnyField, FieldInput, Typed
from nqcore.model.problems import Problem


class UnknownFields(InputError):
    """The input has fields that the form does not ask this unit for."""

    code = "unknown-fields"
    template = N_("The form does not ask this unit for {fields}. Remove them and send again.")

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(fields=", ".join(fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReading:
    """The result of reading a form: `answers` by field key, `unread` texts by input name, and the
    `problems` of reading, in the order of the form."""

    answers: Mapping[str, Answer]
    unread: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_answers(
    catalogue: Catalogue, fields: Sequence[AnyField], given: Mapping[str, Typed], today: date
) -> FormReading:
    """Read what was typed for `fields`.

    `given` has what was typed by input name ("VB1.number"), or a value with a type by field key
    ("VB1"). A missing name counts as an empty box. `today`: no document can be issued later. Raises
    UnknownFields for any other name, WrongArgument for a value of a wrong type (a float, for example).
    """
    names = {name for field in fields for name in (*field.input_names, field.key)}
    if stray := [name for name in given if name not in names]:
        raise UnknownFields(stray)
    entry = FieldInput(given, today)
    read: dict[str, Answer | None] = {}
    for field in fields:
        entry.wanted = field.wanted
        whole = given.get(field.key)
        if len(field.boxes) > 1 and not (whole is None or field.holds(whole)):
            raise WrongArgument(argument=field.key, given=repr(whole), wanted=field.wanted)
        read[field.key] = field.read(entry, catalogue)
    return FormReading(
        answers={key: answer for key, answer in read.items() if answer is not None},
        unread=entry.unread,
        problems=tuple(entry.problems),
    )
