"""Which words of one text stand in the place of which words of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

_LONGEST = 8
"""More words than these in the place of others are a new sentence, and not other words in the same one."""


def facing(said: Sequence[str], due: Sequence[str]) -> Mapping[int, set[int]]:
    """For each word of `said`, by its place, the places of the words of `due` that it stands for.

    >>> facing(["một", "hai"], ["một", "ba"])[1]
    {1}
    """
    found: dict[int, set[int]] = defaultdict(set)
    matcher = SequenceMatcher(None, said, due, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for step in range(b - a):
                found[a + step].add(c + step)
        elif tag == "replace" and max(b - a, d - c) <= _LONGEST:
            for at in range(a, b):
                found[at] |= {*range(c, d)}
    return found
