"""The answers of several units that became one: the figures that add up over units, as their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from nqcore.catalogue import Catalogue
from nqcore.model.fields import Answer, FigureField
from nqcore.model.forms import Form
from nqcore.model.indicators import OverUnits


def sums_of_answers(
    catalogue: Catalogue, form: Form, several: Sequence[Mapping[str, Answer]]
) -> dict[str, Answer]:
    """The sum of each figure of the form that adds up over units and that every one of `several` has. A rate
    or a mean of the earlier units is none of the new one, and words do not add up."""
    found: dict[str, Answer] = {}
    for field in form.fields:
        if not isinstance(field, FigureField):
            continue
        if catalogue.indicators[field.indicator].over_units is not OverUnits.SUM:
            continue
        values = [answers.get(field.key) for answers in several]
        known = [value for value in values if isinstance(value, Decimal)]
        if known and len(known) == len(several):
            found[field.key] = sum(known, Decimal(0))
    return found
