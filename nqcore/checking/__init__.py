"""Is this submission right: reading what was typed, then judging it."""

from nqcore.checking.fields import asked, asked_fields, asked_sections
from nqcore.checking.judging import judge
from nqcore.checking.reading import (
    BLANK,
    Reading,
    Typed,
    UnknownFields,
    exactly,
    input_names,
    read_answers,
)

__all__ = [
    "BLANK",
    "Reading",
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
