"""Which fields of a form a unit fills in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nqcore.catalogue import Catalogue
from nqcore.model.forms import DocumentField, Field, FigureField, Form, Section, TaskField
from nqcore.model.units import Unit


def is_asked(catalogue: Catalogue, unit: Unit, field: Field, on: date) -> bool:
    """Whether `unit` fills in `field`; where not, the cell is *không áp dụng*. `unit` is the unit as it
    was on the day `on`, the last day of the period."""
    if isinstance(field, FigureField):
        indicator = catalogue.indicators.get(field.indicator)
        # A computed indicator is not typed; nor is one whose plugin is no longer loaded.
        return (
            indicator is not None
            and not indicator.computed
            and indicator.asks.covers(unit, catalogue.units)
        )
    if isinstance(field, TaskField):
        if field.task not in catalogue.tasks:
            return False
        task = catalogue.task_at(field.task, on)
        return unit.code in (task.responsible, *task.cooperating)
    if isinstance(field, DocumentField):
        return field.asks.covers(unit, catalogue.units)
    return True


def asked_fields(catalogue: Catalogue, form: Form, unit: Unit, on: date) -> tuple[Field, ...]:
    """The fields that `unit` fills in, in the order of the form. `unit` and `on`: as for `is_asked`."""
    return tuple(field for field in form.fields if is_asked(catalogue, unit, field, on))


def asked_sections(
    catalogue: Catalogue, form: Form, unit: Unit, on: date
) -> Iterator[tuple[Section, tuple[Field, ...]]]:
    """The sections with at least one field that `unit` fills in, each with these fields."""
    for section in form.sections:
        fields = tuple(f for f in section.fields if is_asked(catalogue, unit, f, on))
        if fields:
            yield section, fields
