"""Forms (biểu mẫu): the fields that a unit fills in, which units owe it, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.asking import LEFT_OUT, Asking, asking_of
from nqcore.model.fields import AnyField, FigureField
from nqcore.model.periods import Deadline, PeriodKind
from nqcore.model.units import EVERY_UNIT, Scope, Unit, UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A lettered part of a form. Its fields are asked of the units `asks`, from the period that contains
    `since` until the last one that ends before `until`, as each field says within that."""

    key: str
    title: str
    fields: tuple[AnyField, ...]
    since: date | None = field(default=None, metadata={LEFT_OUT: True})
    until: date | None = field(default=None, metadata={LEFT_OUT: True})
    asks: Scope = field(default=EVERY_UNIT, metadata={LEFT_OUT: True})
    basis: str = field(default="", metadata={LEFT_OUT: True})


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedSection:
    """A section that is added to the form `form`, perhaps one of another owner; `section` has no fields yet.
    `order`: it stands before the section that the form itself has at that place, counted from 1 (None:
    behind all of them)."""

    form: str
    section: Section
    order: int | None = None

    @property
    def id(self) -> str:
        """Its id: that of the form and its own key."""
        return part_id(self.form, self.section.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field that is added to the section `section` of the form `form`. `order`: it stands before the field
    of its type that the section itself has at that place, counted from 1 (None: behind all of them)."""

    form: str
    section: str
    field: AnyField
    order: int | None = None

    @property
    def id(self) -> str:
        """Its id: that of the form and its own key."""
        return part_id(self.form, self.field.key)


def part_id(form: str, key: str) -> str:
    """The id of a section or a field of a form."""
    return f"{form}/{key}"


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

    def section_of(self, key: str) -> Section:
        """The section that has the field with that key. Raises UnknownName."""
        wanted = self.field(key)
        return next(one for one in self.sections if wanted in one.fields)

    def asking(self, field: AnyField, on: date) -> Asking | None:
        """Who is asked for `field` in the period that ends on `on`, as the form itself says; None: no unit,
        it has not begun or has ended."""
        return asking_of(self.section_of(field.key), field, on=on)

    def field(self, key: str) -> AnyField:
        """The field with that key. Raises UnknownName."""
        for one in self.fields:
            if one.key == key:
                return one
        keys = ", ".join(one.key for one in self.fields)
        raise UnknownName(
            kind="field",
            name=key,
            hint=Phrase(N_("{form} has {keys}."), {"form": self.id, "keys": keys}),
        )
