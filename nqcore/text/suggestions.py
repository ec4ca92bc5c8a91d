"""Suggestions for a name that is not known: the known one that is most like it."""

from __future__ import annotations

from collections.abc import Iterable

from nqcore.errors import N_, Phrase

SIMILAR = 0.6
"""How like a suggestion must be to the word, from 0 to 1."""
LONGEST = 80
"""A longer word is no name; the comparison would take long."""


def closest(word: str, known: Iterable[str], similar: float = SIMILAR) -> str | None:
    """The word of `known` that is most like `word`; None if none is.

    >>> closest("basiss", ["basis", "since"])
    'basis'
    """
    from difflib import get_close_matches  # only a mistake needs it

    names = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold()[:LONGEST], names, n=1, cutoff=similar)
    return names[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> Phrase | None:
    """A question that suggests the closest of `known`; None if none is like `word`."""
    found = closest(word, known)
    return None if found is None else Phrase(N_("did you mean “{name}”?"), {"name": found})
