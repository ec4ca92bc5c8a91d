"""What may be given for the fields of a form, and the names of their input boxes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nqcore.model.forms import DocumentField, Field, TaskField
from nqcore.model.submissions import OwnDocument, TaskProgress
from nqcore.text.numbers import write_for_box

Typed = str | int | Decimal | Sequence[str] | OwnDocument | TaskProgress | None
"""What may be given for a field: a text as it was typed, or a value that is typed already (a figure,
codes of choices, a document, the progress of a task)."""


def input_names(field: Field) -> tuple[str, ...]:
    """The names of a field's input boxes. A document has two ("VB1.number", "VB1.date"), a task two
    ("NV1.status", "NV1.note"), every other field one, its key."""
    if isinstance(field, DocumentField):
        return (f"{field.key}.number", f"{field.key}.date")
    if isinstance(field, TaskField):
        return (f"{field.key}.status", f"{field.key}.note")
    return (field.key,)


def exact_text(value: Decimal, decimals: int) -> str:
    """A number as a text that can be read in one way only, with all its decimals and at least `decimals`
    of them: 1.026 with 0 decimals is "1,0260"."""
    if not value.is_finite():
        return str(value)
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return write_for_box(value, max(decimals, -exponent))
