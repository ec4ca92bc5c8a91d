"""The types of fields that a form may have, one module each: it reads, writes, prints and stores its answers.

| module | content |
|---|---|
| `field` | what every type of field knows |
| `boxes` | what a user types into or chooses from |
| `field_input` | what was given for the fields of a form |
| `figure` `narrative` `choices` `document` `task` `yes_no` `day` | the types |

A new type is one more module, a line in `FIELD_TYPES` and its answers in `Answer`.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from nqcore.errors import Translate
from nqcore.model.fields.boxes import Box, BoxKind, Option
from nqcore.model.fields.choices import ChoicesField
from nqcore.model.fields.day import DayField
from nqcore.model.fields.document import DocumentField, OwnDocument
from nqcore.model.fields.field import DefinitionLookup, Field
from nqcore.model.fields.field_input import FieldInput
from nqcore.model.fields.figure import FigureField
from nqcore.model.fields.narrative import NarrativeField
from nqcore.model.fields.task import TaskField, TaskProgress
from nqcore.model.fields.yes_no import YesNoField

FIELD_TYPES: tuple[type[Field[Any]], ...] = (
    FigureField,
    DocumentField,
    TaskField,
    ChoicesField,
    YesNoField,
    DayField,
    NarrativeField,
)
"""All types of fields, in the order in which the fields of a section are shown."""

Answer = Decimal | str | tuple[str, ...] | OwnDocument | TaskProgress | bool | date
"""A figure, a narrative, the codes of ticked options, the unit's own plan, a task's progress, yes or no,
a day."""

Typed = Answer | int | Sequence[str] | None
"""What may be given for a field: a text as it was typed, or a value that is typed already."""

AnyField = Field[Any]
"""A field of any type."""

_BY_CLASS = {one.answers: one for one in FIELD_TYPES}
BY_GROUP = {one.group: one for one in FIELD_TYPES}
"""The types by the group in which a revision's document keeps their answers."""


def type_of(answer: Answer) -> type[AnyField]:
    """The type of the fields that have such answers."""
    return _BY_CLASS[type(answer)]


def answer_lines(field: AnyField, answer: Answer, translate: Translate) -> tuple[str, ...]:
    """A stored answer as it is printed: in the words of the field, or, if it was given to a field of another
    type, as plain text."""
    return (
        field.lines(answer, translate) if field.holds(answer) else (type_of(answer).plain(answer),)
    )


__all__ = [
    "BY_GROUP",
    "FIELD_TYPES",
    "Answer",
    "AnyField",
    "Box",
    "BoxKind",
    "ChoicesField",
    "DayField",
    "DefinitionLookup",
    "DocumentField",
    "Field",
    "FieldInput",
    "FigureField",
    "NarrativeField",
    "Option",
    "OwnDocument",
    "TaskField",
    "TaskProgress",
    "Typed",
    "YesNoField",
    "answer_lines",
    "type_of",
]
