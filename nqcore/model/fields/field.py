"""What every type of field knows: how it is read, written, shown, printed, stored and put into a workbook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from nqcore.errors import Translate
from nqcore.model.asking import LEFT_OUT
from nqcore.model.fields.boxes import Box
from nqcore.model.fields.field_input import TEXT, FieldInput
from nqcore.model.indicators import Indicator
from nqcore.model.targets import Task
from nqcore.model.units import EVERY_UNIT, Scope, Unit, UnitTree

A = TypeVar("A")
Json = Any
"""A JSON value of the stored document."""


class DefinitionLookup(Protocol):
    """What a field looks up: indicators by their code, tasks by their id, the tree of units. The
    catalogue has them."""

    @property
    def indicators(self) -> Mapping[str, Indicator]: ...

    @property
    def tasks(self) -> Mapping[str, Task]: ...

    @property
    def units(self) -> UnitTree: ...

    def task_at(self, id: str, on: date) -> Task: ...

    def begun(self, indicator: str, on: date) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(ABC, Generic[A]):
    """A field of a form; a subclass is a type of field, and an instance is one field of one form.

    Its answer is of the class `answers` and is stored in the group `group` of a revision, in a record of
    the journal of at least the version `record_version`: an older program does not know the group.
    `inputs` are the names of its boxes, made of its key. In a
    definition file fields of the type are given under `toml` in their section: as tables
    ``[[form.section.<toml>]]`` with the keys of the dataclass, or, if `listed`, as a list of texts.

    It is asked of the units `asks`, from the period that contains `since` until the last one that ends
    before `until`; `basis` is the document that orders it. What was reported while it was asked stays.
    """

    key: str
    since: date | None = field(default=None, metadata={LEFT_OUT: True})
    until: date | None = field(default=None, metadata={LEFT_OUT: True})
    asks: Scope = field(default=EVERY_UNIT, metadata={LEFT_OUT: True})
    basis: str = field(default="", metadata={LEFT_OUT: True})

    toml: ClassVar[str]
    answers: ClassVar[type]
    group: ClassVar[str]
    inputs: ClassVar[tuple[str, ...]] = ("{key}",)
    wanted: ClassVar[str] = TEXT
    listed: ClassVar[bool] = False
    record_version: ClassVar[int] = 2

    @classmethod
    def from_text(cls, text: str, code: Callable[[str], str]) -> Field[A]:
        """The field of one text of the list, for a type that is `listed`. `code` gives the code of an
        indicator by its label in the pack."""
        raise TypeError(f"{cls.__name__} is given as tables")

    def concerns(self, definitions: DefinitionLookup, unit: Unit, on: date) -> bool:
        """Whether what the field is about concerns `unit` on the day `on`, the last day of the period; `unit`
        as it was on that day. The catalogue's `is_asked` asks this and knows the rest: the dates and units
        of the field and of its section, and who leaves it out."""
        return True

    @abstractmethod
    def title(self, definitions: DefinitionLookup) -> str:
        """What is asked, as it is printed beside the boxes."""

    @property
    def help(self) -> str:
        """What is said below the title; "" for nothing."""
        return ""

    @property
    @abstractmethod
    def boxes(self) -> tuple[Box, ...]:
        """The boxes into which the answer is typed, in order. Pages and workbooks are made of them."""

    @property
    def input_names(self) -> tuple[str, ...]:
        """The input names of the boxes: one is the field's key, several are "VB1.number", "VB1.date"."""
        return tuple(name.format(key=self.key) for name in self.inputs)

    @abstractmethod
    def read(self, entry: FieldInput, definitions: DefinitionLookup) -> A | None:
        """The answer that was given; None, where needed with a problem, if there is none that can be
        read. Raises WrongArgument where a program gives a value of a wrong class."""

    @abstractmethod
    def write(self, answer: A, definitions: DefinitionLookup) -> tuple[str, ...]:
        """The texts of the boxes for that answer; `read` makes the answer of them again."""

    def holds(self, answer: object) -> bool:
        """Whether it is an answer to this field. One of another class was given when the form had a field
        of another type under this key."""
        return type(answer) is self.answers

    @abstractmethod
    def lines(self, answer: A | None, translate: Translate) -> tuple[str, ...]:
        """The answer as it is printed, in one line or several; None: nothing was answered."""

    @classmethod
    def codes(cls, answer: A) -> tuple[str, ...]:
        """The codes in the answer that rules count; () for what is not coded."""
        return ()

    @classmethod
    def plain(cls, answer: A) -> str:
        """The answer as one text for programs: as in the command line's JSON."""
        return str(answer)

    @classmethod
    def to_json(cls, answer: A) -> Json:
        """The answer in the stored document."""
        return answer

    @classmethod
    def from_json(cls, value: Json) -> A:
        """The inverse of `to_json`."""
        answer: A = value
        return answer

    def references(self) -> Iterator[tuple[str, str]]:
        """What the field refers to: kind ("indicator", "task", "directive") and id."""
        return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledField(Field[A]):
    """A field that its form names: `label` is what is asked, `hint` is said below it."""

    label: str
    hint: str = ""

    def title(self, definitions: DefinitionLookup) -> str:
        return self.label

    @property
    def help(self) -> str:
        return self.hint
