"""Which fields of a form a unit fills in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nqcore.catalogue import Catalogue
from nqcore.model.fields import AnyField
from nqcore.model.forms import Form, Section
from nqcore.model.units import Unit


def asked_fields(catalogue: Catalogue, form: Form, unit: Unit, on: date) -> tuple[AnyField, ...]:
    """The fields that `unit` fills in, in the order of the form. `unit` is the unit as it was on the
    day `on`, the last day of the period."""
    return tuple(field for field in form.fields if catalogue.is_asked(form, field, unit, on))


def asked_sections(
    catalogue: Catalogue, form: Form, unit: Unit, on: date
) -> Iterator[tuple[Section, tuple[AnyField, ...]]]:
    """The sections with at least one field that `unit` fills in, each with these fields. `unit` and
    `on`: as for `asked_fields`."""
    for section in form.sections:
        fields = tuple(f for f in section.fields if catalogue.is_asked(form, f, unit, on))
        if fields:
            yield section, fields
