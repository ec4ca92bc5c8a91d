"""Which fields of a form a unit is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nqcore.catalogue import Catalogue
from nqcore.model.forms import DocumentField, Field, FigureField, Form, Section, TaskField
from nqcore.model.units import Unit


def asked(catalogue: Catalogue, unit: Unit, field: Field, on: date) -> bool:
    """Whether `unit`, as it stood `on` that day (its period's last), fills in `field`; where not,
    the cell is *không áp dụng*."""
    if isinstance(field, FigureField):
        indicator = catalogue.indicators.get(field.indicator)
        # A row whose indicator is gone with its plugin, or is computed, is not typed by anybody.
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
    """The fields that `unit` fills in, in the order of the form."""
    return tuple(field for field in form.fields if asked(catalogue, unit, field, on))


def asked_sections(
    catalogue: Catalogue, form: Form, unit: Unit, on: date
) -> Iterator[tuple[Section, tuple[Field, ...]]]:
    """The sections that ask `unit` for something, each with those fields."""
    for section in form.sections:
        fields = tuple(f for f in section.fields if asked(catalogue, unit, f, on))
        if fields:
            yield section, fields
