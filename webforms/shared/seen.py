"""The mark of what a preview has shown: what is saved is what was seen, or it is shown again."""

from __future__ import annotations

from hashlib import sha256


def seen_mark(shown: object) -> str:
    """Equal for what is shown alike, which is made of texts, numbers, lists and tuples alone.

    >>> seen_mark(["A1", 5]) == seen_mark(["A1", 5]), seen_mark(["A1", 5]) == seen_mark(["A1", 6])
    (True, False)
    """
    return sha256(repr(shown).encode("utf-8")).hexdigest()[:32]
