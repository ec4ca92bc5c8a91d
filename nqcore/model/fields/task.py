"""Tasks: a unit's progress with a task that a directive gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from nqcore.errors import N_, Translate
from nqcore.model.fields.boxes import Box, BoxKind, Option
from nqcore.model.fields.field import DefinitionLookup, Field, Json
from nqcore.model.fields.field_input import FieldInput
from nqcore.model.targets import STATUS_LABELS, TaskStatus
from nqcore.model.units import Unit

MAX_NOTE = 1500
"""How many characters the note on a task may have."""
_STATUSES = tuple(Option(code=status.value, text=text) for status, text in STATUS_LABELS.items())


class TaskProgress(NamedTuple):
    """A unit's progress with a task, and a line of text."""

    status: TaskStatus
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskField(Field[TaskProgress]):
    """A field for the unit's progress with `task`: a status and a line of text. Only the units that are
    responsible for the task or cooperate in it are asked."""

    task: str

    toml = "tasks"
    answers = TaskProgress
    group = "tasks"
    wanted = "a TaskProgress, or the text of each box"
    inputs = ("{key}.status", "{key}.note")
    record_version = 1
    listed = True

    @classmethod
    def from_text(cls, text: str, code: Callable[[str], str]) -> TaskField:
        """The field of a task by its id."""
        return cls(key=f"NV-{text}", task=text)

    def concerns(self, definitions: DefinitionLookup, unit: Unit, on: date) -> bool:
        if self.task not in definitions.tasks:
            return False
        task = definitions.task_at(self.task, on)
        return unit.code in (task.responsible, *task.cooperating)

    def title(self, definitions: DefinitionLookup) -> str:
        return definitions.tasks[self.task].title

    @property
    def boxes(self) -> tuple[Box, ...]:
        status, note = self.input_names
        return (
            Box(
                name=status,
                kind=BoxKind.ONE_OF,
                label=N_("How far"),
                options=_STATUSES,
                fixed=True,
            ),
            Box(name=note, kind=BoxKind.SHORT, label=N_("In a few words")),
        )

    def read(self, entry: FieldInput, definitions: DefinitionLookup) -> TaskProgress | None:
        value = entry.given.get(self.key)
        if isinstance(value, TaskProgress):
            return value
        status_name, note_name = self.input_names
        text, note = entry.text(status_name).strip(), entry.text(note_name).strip()
        if not entry.is_storable(note_name, note, self.title(definitions), MAX_NOTE):
            entry.keep(status_name, text)
            return None
        status = entry.choice(status_name, text, [status.value for status in TaskStatus])
        if status is not None:
            return TaskProgress(TaskStatus(status), note)
        if note or text:
            entry.keep(note_name, note)
        if not text:
            entry.blank(status_name, N_("Choose how far the task is."))
        return None

    def write(self, answer: TaskProgress, definitions: DefinitionLookup) -> tuple[str, ...]:
        return answer.status.value, answer.note

    def lines(self, answer: TaskProgress | None, translate: Translate) -> tuple[str, ...]:
        if answer is None:
            return (translate(N_("Not filled in")),)
        note = f": {answer.note}" if answer.note else ""
        return (translate(STATUS_LABELS[answer.status]) + note,)

    @classmethod
    def codes(cls, answer: TaskProgress) -> tuple[str, ...]:
        return (answer.status.value,)

    @classmethod
    def plain(cls, answer: TaskProgress) -> str:
        return ", ".join(part for part in answer if part)

    @classmethod
    def to_json(cls, answer: TaskProgress) -> Json:
        return {"status": answer.status.value, "note": answer.note}

    @classmethod
    def from_json(cls, value: Json) -> TaskProgress:
        return TaskProgress(TaskStatus(value["status"]), value["note"])

    def references(self) -> Iterator[tuple[str, str]]:
        yield "task", self.task
