"""Forms (biểu mẫu): the fields that a unit fills in, which units owe it, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.errors import UnknownName
from nqcore.model.periods import Deadline, PeriodKind
from nqcore.model.units import EVERY_UNIT, Scope, Unit, UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureField:
    """A field for a number. Its name, measure and rules are those of the indicator; `key` is the
    indicator's label."""

    key: str
    indicator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeField:
    """A field for a few sentences about the unit (never lists of persons); `max_length` in
    characters."""

    key: str
    label: str
    hint: str = ""
    max_length: int = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One coded answer, so that the same answer can be counted over units."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesField:
    """A short list of options to select; selecting none is an answer too ("không có")."""

    key: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentField:
    """A field for the unit's own plan to implement `directive`: its number and date. `by` is the last
    day to issue it; `asks` says which units must issue one."""

    key: str
    label: str
    directive: str
    hint: str = ""
    asks: Scope = EVERY_UNIT
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskField:
    """A field for the unit's progress with `task`: a status and a line of text. Only the units that are
    responsible for the task or cooperate in it are asked."""

    key: str
    task: str


Field = FigureField | NarrativeField | ChoicesField | DocumentField | TaskField


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A lettered part of a form."""

    key: str
    title: str
    fields: tuple[Field, ...]


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
    def fields(self) -> Iterator[Field]:
        """All fields, in the order of the form."""
        for section in self.sections:
            yield from section.fields

    @property
    def figures(self) -> Iterator[FigureField]:
        """The fields for numbers, in the order of the form."""
        return (field for field in self.fields if isinstance(field, FigureField))

    def field(self, key: str) -> Field:
        """The field with that key. Raises UnknownName."""
        for field in self.fields:
            if field.key == key:
                return field
        keys = ", ".join(field.key for field in self.fields)
        raise UnknownName(kind="field", name=key, hint=f"{self.id} has {keys}.")
