"""What stands before a number: "Nghị quyết số", "KL", "Mẫu số", or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from nqcore.text.citations import lexer
from nqcore.text.citations.kinds import SHORT_WORDS, TYPE_WORDS


@dataclass(frozen=True, slots=True)
class Word:
    """A type word: the symbols it may carry, the usual one first; `short` for "NQ", "KL" …"""

    types: tuple[str, ...]
    short: bool
    key: str


@dataclass(frozen=True, slots=True)
class Left:
    """The words directly before a number; `start` is where the citation begins."""

    start: int
    numbered: bool  # "số" stands there
    word: Word | None
    other: bool  # the word says that it is no document: a form, a code, a clause


_SHORT: Final = {short.lower(): short for short in SHORT_WORDS}


@lru_cache(maxsize=1024)
def _word(found: str, printed: str) -> Word | None:
    key = " ".join(found.split())
    types = TYPE_WORDS.get(key)
    if types is None:
        for known in TYPE_WORDS:  # a lost space: "Nghịquyết"
            if " " in known and known.replace(" ", "") == key.replace(" ", ""):
                return Word(TYPE_WORDS[known], False, known)
        short = _SHORT.get(key)
        if short is None or not printed[:2].isupper():
            return None
        return Word((short,), True, short)
    return Word(types, False, key)


def left_of(text: str, at: int) -> Left:
    """Read backwards from the number at `at`."""
    window = text[max(0, at - lexer.LEFT_WINDOW) : at]
    low = window.lower()
    if len(low) != len(window):  # İ becomes two characters
        low = window.replace("İ", "I").lower()
    m = lexer.LEFT.match(low[::-1])
    if m is None:  # pragma: no cover - every part of the pattern is optional
        return Left(at, False, None, False)
    numbered = m[1] is not None
    group = m.lastindex or 0
    if group < 2:
        return Left(at, numbered, None, False)
    if group == 2:
        return Left(at, numbered, None, True)
    start = at - m.end(group)
    found = m[group][::-1]
    word = _word(found, text[start : at - m.start(group)])
    return Left(start if word else at, numbered, word, False)
