"""Is a submission right: reading what was typed, then checking it.

| file | content |
|---|---|
| `fields` | which fields of a form a unit fills in |
| `reading` | reads a whole form: answers, unread texts, problems |
| `checks` | limits, sums of parts, changes since the last period, checks of plugins |
| `texts` | reasons, explanations and remarks: length and characters |
"""

from nqcore.collection.validation.checks import check_answers
from nqcore.collection.validation.fields import asked_fields, asked_sections
from nqcore.collection.validation.reading import FormReading, UnknownFields, read_answers

__all__ = [
    "FormReading",
    "UnknownFields",
    "asked_fields",
    "asked_sections",
    "check_answers",
    "read_answers",
]
