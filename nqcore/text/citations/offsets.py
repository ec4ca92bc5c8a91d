"""Composed text (NFC) for the grammar, and the way back to offsets in the given text.

Some files have accents separate from their letters (NFD, or a mixture made by Windows). The grammar
reads only composed text; `Composition.back` converts its offsets to offsets in the given text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import is_normalized, normalize

_MARKS: Final = re.compile("[\u0300-\u036f]+")
_MOST: Final = 8  # marks of one letter; normalising many marks takes quadratic time


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed text. `same`: the given text was composed already. `ends` and `shifts`: after each
    composed letter, its end and the total number of characters saved. Without them the given text was
    completely decomposed (NFD)."""

    text: str
    same: bool = False
    ends: Sequence[int] = ()
    shifts: Sequence[int] = ()

    def back(self, places: Sequence[int]) -> list[int]:
        """The offsets in the given text of `places` in the composed one, which ascend."""
        if self.same:
            return list(places)
        if self.ends:
            pairs = ((place, bisect_right(self.ends, place)) for place in places)
            return [place + (self.shifts[at - 1] if at else 0) for place, at in pairs]
        given: list[int] = []
        done = length = 0
        for place in places:
            length += len(normalize("NFD", self.text[done:place]))
            given.append(length)
            done = place
        return given


def compose(text: str) -> Composition:
    """`text` with every letter and its combining marks joined, when Unicode has such a letter."""
    if is_normalized("NFC", text):
        return Composition(text, same=True)
    if is_normalized("NFD", text):
        return Composition(normalize("NFC", text))
    return _compose_pieces(text)


def _compose_pieces(text: str) -> Composition:
    ends: list[int] = []
    shifts: list[int] = []
    parts: list[str] = []
    known: dict[str, str] = {}
    done = shift = 0
    for found in _MARKS.finditer(text, 1):
        start, end = found.span()
        cluster = text[start - 1 : min(end, start + _MOST)]
        joined = known.get(cluster)
        if joined is None:
            joined = normalize("NFC", cluster)
            if len(known) < 4096:
                known[cluster] = joined
        if joined == cluster:
            continue
        parts += (text[done : start - 1], joined)
        done = start - 1 + len(cluster)
        shift += len(cluster) - len(joined)
        ends.append(done - shift)
        shifts.append(shift)
    parts.append(text[done:])
    return Composition("".join(parts), not ends, ends, shifts)
