"""Forms (biểu mẫu): the fields that a unit fills in, which units owe it, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.errors import N_, UnknownName, Words
from nqcore.model.fields import AnyField, FigureField
from nqcore.model.periods import Deadline, PeriodKind
from nqcore.model.units import EVERY_UNIT, Scope, Unit, UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A lettered part of a form."""

    key: str
    title: str
    fields: tuple[AnyField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFor:
    """A different deadline for the units of `scope`, for example communes before the district."""

    scope: Scope
    due: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that units fill in for `directive`, once per period of kind `every`.

    `owed_by` are the units that must send it; `due` is the deadline, unless a `due_for` covers the
    unit (the first one counts). The first period owed is the one that contains `since`, the last one
    ends before `until`. For the units in `leader`, the unit's own leader must sign a report off
    before it is sent.
    """

    id: str
    title: str
    directive: str
    every: PeriodKind
    sections: tuple[Section, ...]
    due: Deadline
    owed_by: Scope = EVERY_UNIT
    calendar: str = "civil"
    since: date | None = None
    until: date | None = None
    basis: str = ""
    due_for: tuple[DueFor, ...] = ()
    leader: Scope | None = None

    def deadline(self, unit: Unit, tree: UnitTree) -> Deadline:
        """The rule for the deadline of `unit`."""
        for each in self.due_for:
            if each.scope.covers(unit, tree):
                return each.due
        return self.due

    @property
    def fields(self) -> Iterator[AnyField]:
        """All fields, in the order of the form."""
        for section in self.sections:
            yield from section.fields

    @property
    def figures(self) -> Iterator[FigureField]:
        """The fields for numbers, in the order of the form."""
        return (field for field in self.fields if isinstance(field, FigureField))

    def field(self, key: str) -> AnyField:
        """The field with that key. Raises UnknownName."""
        for field in self.fields:
            if field.key == key:
                return field
        keys = ", ".join(field.key for field in self.fields)
        raise UnknownName(
            kind="field",
            name=key,
            hint=Words(N_("Form {form} has {keys}."), {"form": self.id, "keys": keys}),
        )
