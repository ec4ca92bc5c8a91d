"""Composed text (NFC) for the grammar, and the way back to offsets in the text as it was given.

Files carry accents apart from their letters (NFD, or Windows' mixture). The grammar reads composed
text only; `Composition.back` tells where a place of the composed text stands in the given one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final
from unicodedata import is_normalized, normalize

_MARKS: Final = re.compile("[\u0300-\u036f]+")
_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed text; `ends` and `shifts` are empty when nothing had to be composed."""

    text: str
    ends: list[int]
    shifts: list[int]

    def back(self, offset: int) -> int:
        """The offset in the given text of `offset` in the composed one."""
        at = bisect_right(self.ends, offset)
        return offset + self.shifts[at - 1] if at else offset


def compose(text: str) -> Composition:
    """`text` with every letter and its combining marks joined, where a joined form exists."""
    ends: list[int] = []
    shifts: list[int] = []
    if is_normalized("NFC", text) or _MARKS.search(text) is None:
        return Composition(text, ends, shifts)
    parts: list[str] = []
    known: dict[str, str] = {}
    done = shift = 0
    for found in _MARKS.finditer(text):
        start, end = found.span()
        if start == 0:
            continue
        end = min(end, start + _MOST)  # sorting a run of marks is quadratic in its length
        cluster = text[start - 1 : end]
        joined = known.get(cluster)
        if joined is None:
            joined = normalize("NFC", cluster)
            if len(known) < 4096:
                known[cluster] = joined
        if joined == cluster:
            continue
        parts += (text[done : start - 1], joined)
        done = end
        shift += len(cluster) - len(joined)
        ends.append(end - shift)
        shifts.append(shift)
    parts.append(text[done:])
    return Composition("".join(parts), ends, shifts)
