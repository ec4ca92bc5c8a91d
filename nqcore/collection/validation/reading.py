"""From what was typed to answers with a type. No input is ever lost: a text that cannot be read is kept
as it was typed, with a problem that says how to correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nqcore.catalogue import Catalogue
from nqcore.collection.validation.field_reader import FieldReader
from nqcore.collection.validation.inputs import Typed, input_names
from nqcore.errors import N_, InputError
from nqcore.model.forms import Field
from nqcore.model.problems import Problem
from nqcore.model.submissions import Answer


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
    catalogue: Catalogue, fields: Sequence[Field], given: Mapping[str, Typed], today: date
) -> FormReading:
    """Read what was typed for `fields`.

    `given` has what was typed by input name ("VB1.number"), or a value with a type by field key
    ("VB1"). A missing name counts as an empty box. `today`: no document can be issued later. Raises
    UnknownFields for any other name, WrongArgument for a value of a wrong type (a float, for example).
    """
    names = {name for field in fields for name in (*input_names(field), field.key)}
    if stray := [name for name in given if name not in names]:
        raise UnknownFields(stray)
    reader = FieldReader(catalogue, given, today)
    for field in fields:
        reader.read(field)
    return FormReading(
        answers=reader.answers, unread=reader.unread, problems=tuple(reader.problems)
    )
