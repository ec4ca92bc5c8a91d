"""Is this submission right: reading what was typed, then judging it."""

from nqcore.collection.validation.fields import asked, asked_fields, asked_sections
from nqcore.collection.validation.reading import (
    BLANK,
    FormReading,
    Typed,
    UnknownFields,
    exactly,
    input_names,
    read_answers,
)
from nqcore.collection.validation.rules import judge

__all__ = [
    "BLANK",
    "FormReading",
    "Typed",
    "UnknownFields",
    "asked",
    "asked_fields",
    "asked_sections",
    "exactly",
    "input_names",
    "judge",
    "read_answers",
]
