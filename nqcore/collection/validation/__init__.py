"""Is a submission right: reading what was typed, then checking it.

| file | content |
|---|---|
| `fields` | which fields of a form a unit fills in |
| `inputs` | what may be given for a field, and the names of its input boxes |
| `reading` | reads a whole form: answers, unread texts, problems |
| `field_reader` | reads one field: figure, narrative, choices, document, task |
| `checks` | limits, sums of parts, changes since the last period, checks of plugins |
| `texts` | reasons, explanations and remarks: length and characters |
"""

from nqcore.collection.validation.checks import check_answers
from nqcore.collection.validation.fields import asked_fields, asked_sections, is_asked
from nqcore.collection.validation.inputs import Typed, exact_text, input_names
from nqcore.collection.validation.reading import FormReading, UnknownFields, read_answers

__all__ = [
    "FormReading",
    "Typed",
    "UnknownFields",
    "asked_fields",
    "asked_sections",
    "check_answers",
    "exact_text",
    "input_names",
    "is_asked",
    "read_answers",
]
