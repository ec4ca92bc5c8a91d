"""Figures: numbers of an indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from nqcore.errors import N_, InputError, Translate
from nqcore.model.fields.boxes import Box, BoxKind
from nqcore.model.fields.field import DefinitionLookup, Field
from nqcore.model.fields.field_input import FieldInput
from nqcore.model.indicators import row_label
from nqcore.model.problems import Severity
from nqcore.model.units import Unit
from nqcore.text.numbers import (
    canonical,
    exact_text,
    in_words,
    read_figure,
    write_figure,
    write_for_box,
)

BLANK = N_("Not filled in. Type 0 if there was none.")

_read_figure = lru_cache(maxsize=4096)(read_figure)
"""One request reads the same figures several times: the stored form, the posted one, the one compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureField(Field[Decimal]):
    """A field for a number. Its name, measure and rules are those of the indicator; `key` is the
    indicator's label."""

    indicator: str

    toml = "figures"
    answers = Decimal
    group = "figures"
    wanted = "text, a whole number or a Decimal"
    record_version = 1
    listed = True

    @classmethod
    def from_text(cls, text: str, code: Callable[[str], str]) -> FigureField:
        """The field of an indicator by its label in the pack."""
        return cls(key=row_label(text), indicator=code(text))

    def concerns(self, definitions: DefinitionLookup, unit: Unit, on: date) -> bool:
        indicator = definitions.indicators.get(self.indicator)
        # A computed indicator is not typed; nor is one whose plugin is no longer loaded.
        return (
            indicator is not None
            and not indicator.computed
            and definitions.begun(self.indicator, on)
            and indicator.asks.covers(unit, definitions.units)
        )

    def title(self, definitions: DefinitionLookup) -> str:
        return definitions.indicators[self.indicator].name

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (Box(name=self.key, kind=BoxKind.FIGURE, digits=True),)

    def read(self, entry: FieldInput, definitions: DefinitionLookup) -> Decimal | None:
        indicator = definitions.indicators[self.indicator]
        exact = entry.given.get(self.key)
        if not isinstance(exact, Decimal):
            exact = None
        text = entry.text(self.key) if exact is None else exact_text(exact, indicator.decimals)
        try:
            reading = _read_figure(text, decimals=indicator.decimals, measure=indicator.measure)
        except InputError as wrong:
            entry.refuse(self.key, text, wrong)
            return None
        if reading.value is None:
            entry.blank(self.key, BLANK)
        elif reading.echo:
            entry.problem(
                self.key,
                "echo",
                N_("Read as {figure} ({words}). Correct it if that is not meant."),
                {"figure": write_figure(reading.value), "words": in_words(reading.value)},
                Severity.ECHO,
            )
        return reading.value

    def write(self, answer: Decimal, definitions: DefinitionLookup) -> tuple[str, ...]:
        return (write_for_box(answer, definitions.indicators[self.indicator].decimals),)

    def lines(self, answer: Decimal | None, translate: Translate) -> tuple[str, ...]:
        return (write_figure(answer) if answer is not None else translate(N_("Not filled in")),)

    @classmethod
    def plain(cls, answer: Decimal) -> str:
        return canonical(answer)

    @classmethod
    def to_json(cls, answer: Decimal) -> str:
        return canonical(answer)

    @classmethod
    def from_json(cls, value: str) -> Decimal:
        return Decimal(value)

    def references(self) -> Iterator[tuple[str, str]]:
        yield "indicator", self.indicator
