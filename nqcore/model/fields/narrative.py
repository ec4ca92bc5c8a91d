"""Narratives: a few sentences about the unit."""

from __future__ import annotations

from dataclasses import dataclass

from nqcore.errors import N_, Translate
from nqcore.model.fields.boxes import Box, BoxKind
from nqcore.model.fields.field import DefinitionLookup, LabelledField
from nqcore.model.fields.field_input import FieldInput
from nqcore.model.problems import letters_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeField(LabelledField[str]):
    """A field for a few sentences about the unit (never lists of persons); `max_length` in
    characters."""

    max_length: int = 1500

    toml = "narrative"
    answers = str
    group = "texts"
    record_version = 1

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (Box(name=self.key, kind=BoxKind.LONG),)

    def read(self, entry: FieldInput, definitions: DefinitionLookup) -> str | None:
        text = entry.text(self.key).replace("\r\n", "\n").strip()
        storable = entry.is_storable(self.key, text, self.label, self.max_length)
        if (found := letters_problem(self.key, text)) is not None:
            entry.problems.append(found)
        return text if storable else None

    def write(self, answer: str, definitions: DefinitionLookup) -> tuple[str, ...]:
        return (answer,)

    def lines(self, answer: str | None, translate: Translate) -> tuple[str, ...]:
        return (answer or translate(N_("(left blank)")),)
