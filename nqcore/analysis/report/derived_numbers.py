"""Numbers that the office computes of two figures of a sentence: "69,3%" of 1.679 and 2.422.

A derived number keeps the addresses of its two figures, so it is always computed again from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from itertools import permutations

from nqcore.analysis.report.number_relations import number_value
from nqcore.model.findings import FigureRef, Piece, UnitCount
from nqcore.text.numbers import write_figure

OFFERED = 3
"""How many ways to compute one number are offered at most."""


class Derivation(StrEnum):
    """How a number is computed of the figures a and b."""

    RATIO = "ratio"
    """a : b in per cent."""
    TIMES = "times"
    """a : b."""
    RISE = "rise"
    """(a − b) : b in per cent, where a is more than b."""
    FALL = "fall"
    """(b − a) : b in per cent, where a is less than b."""
    DIFFERENCE = "difference"
    """a − b, where a is more than b."""


_FORMULA = {
    Derivation.RATIO: "{said}% = {a} : {b}",
    Derivation.TIMES: "{said} lần = {a} : {b}",
    Derivation.RISE: "{said}% = ({a} − {b}) : {b}",
    Derivation.FALL: "{said}% = ({b} − {a}) : {b}",
    Derivation.DIFFERENCE: "{said} = {a} − {b}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberOperand:
    """A value that a number may be computed of; `measure` is "" for a number of units."""

    value: Decimal
    text: str
    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedNumber:
    """A number with `decimals` decimals, computed of the operands at two addresses."""

    how: Derivation
    of: tuple[str, str]
    decimals: int

    def text(self, operands: Mapping[str, NumberOperand]) -> str | None:
        """The number of now; None where an operand has gone, or where the way to compute it no longer
        fits (a "rise" that is none any more)."""
        if not operands.keys() >= {*self.of}:
            return None
        value = _value(self.how, *(operands[address].value for address in self.of))
        return None if value is None else write_figure(value, self.decimals)

    def formula(self, operands: Mapping[str, NumberOperand]) -> str | None:
        """What the office sees and keeps: "69,3% = 1.679 : 2.422"."""
        said = self.text(operands)
        if said is None:
            return None
        a, b = (operands[address].text for address in self.of)
        return _FORMULA[self.how].format(said=said, a=a, b=b)


def operands_of(pieces: Mapping[str, Piece]) -> dict[str, NumberOperand]:
    """The values of the figures and counts of a sentence by address; the units among which a count counts
    have the address of the count with "/" behind it. `pieces`: as `figure_pieces` gives them."""
    found: dict[str, NumberOperand] = {}
    for address, piece in pieces.items():
        if isinstance(piece, FigureRef):
            figure = piece.figure
            if figure.value is not None:
                text = write_figure(figure.value, figure.decimals)
                found[address] = NumberOperand(
                    value=figure.value, text=text, measure=figure.measure
                )
        elif isinstance(piece, UnitCount):
            for tail, units in (("", piece.units), ("/", piece.among)):
                if units:
                    value = Decimal(len(units))
                    found[address + tail] = NumberOperand(value=value, text=write_figure(value))
    return found


def formulas(derived: Sequence[DerivedNumber], pieces: Mapping[str, Piece]) -> tuple[str, ...]:
    """How the numbers are computed, each once."""
    operands = operands_of(pieces)
    return tuple(dict.fromkeys(one.formula(operands) or "" for one in derived))


def derivations(
    number: str, suffix: str, operands: Mapping[str, NumberOperand]
) -> dict[str, DerivedNumber]:
    """The ways in which `number` can be computed of two operands, by their formulas. `suffix`: what follows
    it: "%", "lần", "điểm" (of per cent), or another word."""
    said = number_value(number)
    if not said:
        return {}
    decimals = len(number.partition(",")[2])
    found: dict[str, DerivedNumber] = {}
    twice: set[str] = set()
    for how, a, b in _candidates(suffix, operands):
        derived = DerivedNumber(how=how, of=(a, b), decimals=decimals)
        written = derived.text(operands)
        formula = derived.formula(operands)
        if formula is None or written is None or number_value(written) != said:
            continue
        # Where two pairs of figures look the same, nothing says which one is meant.
        twice |= {formula} & found.keys()
        found[formula] = derived
    every = [formula for formula in found if formula not in twice]
    return {formula: found[formula] for formula in every[:OFFERED]}


def _candidates(
    suffix: str, operands: Mapping[str, NumberOperand]
) -> Iterator[tuple[Derivation, str, str]]:
    for a, b in permutations(operands, 2):
        alike = operands[a].measure == operands[b].measure
        if suffix in ("%", "phần"):
            if "%" not in (operands[a].measure, operands[b].measure):
                yield Derivation.RATIO, a, b
            if alike:
                yield from ((Derivation.RISE, a, b), (Derivation.FALL, a, b))
        elif suffix == "lần":
            yield Derivation.TIMES, a, b
        elif alike and (suffix == "điểm") == (operands[a].measure == "%"):
            yield Derivation.DIFFERENCE, a, b


def _value(how: Derivation, a: Decimal, b: Decimal) -> Decimal | None:
    with localcontext(prec=60):
        if how is Derivation.DIFFERENCE:
            return a - b if a > b else None
        if b <= 0 or a < 0:
            return None
        if how is Derivation.RISE:
            return (a - b) * 100 / b if a > b else None
        if how is Derivation.FALL:
            return (b - a) * 100 / b if a < b else None
        return a / b if how is Derivation.TIMES else a * 100 / b
