"""Forms (biểu mẫu): what a unit fills in, row by row, and who owes it when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.errors import UnknownName
from nqcore.model.periods import Deadline, PeriodKind
from nqcore.model.units import EVERY_UNIT, Scope, Unit, UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureField:
    """A number box. Its name, measure and rules are the indicator's; `key` is the indicator's label."""

    key: str
    indicator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeField:
    """A few sentences about the unit (never lists of persons)."""

    key: str
    label: str
    hint: str = ""
    max_length: int = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One coded answer, so that the same complaint can be counted over units."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesField:
    """A short list to tick; none ticked is an answer ("không có")."""

    key: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentField:
    """The unit's own plan for `directive`: its number and date, once issued; to be issued by `by`."""

    key: str
    label: str
    directive: str
    hint: str = ""
    asks: Scope = EVERY_UNIT
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskField:
    """How far the unit is with `task`: a status and a line of words. Only the units responsible
    for the task, or cooperating in it, are asked."""

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
    """A deadline of its own for the units of `scope`: communes before the district."""

    scope: Scope
    due: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What units fill in for `directive`, once per period of kind `every`.

    `owed_by` says who has to send it; `due` by when, unless a `due_for` covers the unit (the first
    that does). `since`/`until` bound the obligation: the first
    period owed is the one that contains `since`, the last the one that ends before `until`. Reports
    of the units in `leader` go through their own leader before they are sent.
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
        """The rule that sets the deadline of `unit`."""
        for each in self.due_for:
            if each.scope.covers(unit, tree):
                return each.due
        return self.due

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, in the order of the form."""
        for section in self.sections:
            yield from section.fields

    @property
    def figures(self) -> Iterator[FigureField]:
        """The number boxes, in the order of the form."""
        return (field for field in self.fields if isinstance(field, FigureField))

    def field(self, key: str) -> Field:
        """The field of that key. Raises UnknownName."""
        for field in self.fields:
            if field.key == key:
                return field
        keys = ", ".join(field.key for field in self.fields)
        raise UnknownName(kind="field", name=key, hint=f"{self.id} has {keys}.")
