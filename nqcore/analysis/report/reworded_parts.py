"""The parts of a reworded sentence as they are written in a decision.

Words and figures are {"words": text} and {"piece": address}. A number near a figure and a number computed of
two figures came later: a program that does not know them would print something else, so their records have
the next version and it refuses the journal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nqcore.analysis.report.derived_numbers import Derivation, DerivedNumber, operands_of
from nqcore.analysis.report.number_relations import NumberRelation
from nqcore.analysis.report.rewording import (
    RelativeNumber,
    RewordedPart,
    figure_pieces,
    piece_address,
)
from nqcore.analysis.report.sentences import NO_VALUE
from nqcore.model.findings import Sentence, Text, TiedNumber

StoredPart = Mapping[str, Any]

PLAIN_VERSION, NUMBERS_VERSION = 1, 2
"""The version of a record whose parts are words and figures only, and of one with other numbers."""


def stored_parts(parts: Sequence[RewordedPart], rule: Sentence) -> list[dict[str, Any]]:
    """The parts as plain values."""
    operands = operands_of(figure_pieces(rule))
    found: list[dict[str, Any]] = []
    for part in parts:
        if isinstance(part, Text | TiedNumber):
            found.append({"words": part.text})
        elif isinstance(part, RelativeNumber):
            near = piece_address(part.piece, rule)
            found.append({"near": near, "relation": part.relation.value, "number": part.number})
        elif isinstance(part, DerivedNumber):
            number = part.text(operands) or NO_VALUE
            live = {"live": part.how.value, "of": [*part.of], "decimals": part.decimals}
            found.append(live | {"number": number})
        else:
            found.append({"piece": piece_address(part, rule)})
    return found


def record_version(parts: Sequence[StoredPart]) -> int:
    """The version that a record with these parts needs at least."""
    plain = all("words" in part or "piece" in part for part in parts)
    return PLAIN_VERSION if plain else NUMBERS_VERSION


def read_parts(parts: Sequence[StoredPart], rule: Sentence) -> tuple[RewordedPart, ...] | None:
    """The parts with the figures of the rule's sentence; None where it does not have one of them any more."""
    known = figure_pieces(rule)
    found: list[RewordedPart] = []
    for part in parts:
        address = part.get("piece", part.get("near"))
        if "words" in part:
            found.append(Text(part["words"]))
        elif "live" in part:
            found.append(_derived(part))
        elif address not in known:
            return None
        elif "near" in part:
            relation = NumberRelation(part["relation"])
            found.append(RelativeNumber(part["number"], relation, known[address]))
        else:
            found.append(known[address])
    return tuple(found)


def derived_parts(parts: Sequence[StoredPart]) -> tuple[DerivedNumber, ...]:
    """The computed numbers among the parts."""
    return tuple(_derived(part) for part in parts if "live" in part)


def former_text(parts: Sequence[StoredPart], figures_then: Mapping[str, str]) -> str:
    """The sentence as it was when it was saved."""
    return "".join(
        part.get("words") or part.get("number") or figures_then.get(part.get("piece", ""), NO_VALUE)
        for part in parts
    )


def _derived(part: StoredPart) -> DerivedNumber:
    first, second = part["of"]
    return DerivedNumber(
        how=Derivation(part["live"]), of=(first, second), decimals=part["decimals"]
    )
