"""Choices: a short list of options to tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nqcore.errors import N_, Translate, WrongArgument
from nqcore.model.fields.boxes import Box, BoxKind, Option
from nqcore.model.fields.field import DefinitionLookup, LabelledField
from nqcore.model.fields.field_input import UNKNOWN_CHOICE, FieldInput


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesField(LabelledField[tuple[str, ...]]):
    """A short list of options to select; selecting none is an answer too ("không có")."""

    options: tuple[Option, ...] = field(default=(), metadata={"toml": "option"})

    toml = "choices"
    answers = tuple
    group = "choices"
    wanted = "a list of codes"
    record_version = 1

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (Box(name=self.key, kind=BoxKind.TICKS, options=self.options),)

    def read(self, entry: FieldInput, definitions: DefinitionLookup) -> tuple[str, ...] | None:
        value = entry.given.get(self.key) or ()
        if isinstance(value, str):
            ticked: tuple[object, ...] = (value,)
        elif isinstance(value, Sequence):
            ticked = tuple(value)
        else:
            raise WrongArgument(argument=self.key, given=repr(value), wanted=self.wanted)
        known = {option.code for option in self.options}
        if unknown := [code for code in ticked if code not in known]:
            entry.keep(self.key, ", ".join(map(str, ticked)))
            choice = {"choice": ", ".join(map(str, unknown))}
            entry.problem(self.key, "unknown-choice", UNKNOWN_CHOICE, choice)
            return None
        return tuple(o.code for o in self.options if o.code in ticked)

    def write(self, answer: tuple[str, ...], definitions: DefinitionLookup) -> tuple[str, ...]:
        return ("",)  # codes are ticked, not typed

    def lines(self, answer: tuple[str, ...] | None, translate: Translate) -> tuple[str, ...]:
        texts = {option.code: option.text for option in self.options}
        # The form may have lost an option since.
        ticked = tuple(texts.get(code, code) for code in answer or ())
        return ticked or (translate(N_("None ticked")),)

    @classmethod
    def codes(cls, answer: tuple[str, ...]) -> tuple[str, ...]:
        return answer

    @classmethod
    def plain(cls, answer: tuple[str, ...]) -> str:
        return ", ".join(answer)

    @classmethod
    def to_json(cls, answer: tuple[str, ...]) -> list[str]:
        return list(answer)

    @classmethod
    def from_json(cls, value: list[str]) -> tuple[str, ...]:
        return tuple(value)
