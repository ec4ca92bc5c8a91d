"""What stands before a number: "Nghị quyết số", "KL", "Mẫu số", or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from nqcore.text.citations.document_types import SHORT_WORDS, TYPE_WORDS
from nqcore.text.citations.lexer import LEFT, LEFT_WINDOW


@dataclass(frozen=True, slots=True)
class Word:
    """A type word and the symbols it may carry, the usual one first; `short` for "NQ", "KL" …"""

    key: str
    types: tuple[str, ...]
    short: bool


@dataclass(frozen=True, slots=True)
class Left:
    """The words directly before a number; `start` is where the citation begins."""

    start: int
    numbered: bool  # "số" stands there
    word: Word | None
    other: bool  # the word says that it is no document: a form, a code, a clause


_SHORT: Final = {short.lower(): short for short in SHORT_WORDS}
_JOINED: Final = {word.replace(" ", ""): word for word in TYPE_WORDS if " " in word}


@lru_cache(maxsize=1024)
def _word(found: str, printed: str) -> Word | None:
    key = "".join(found.split())
    key = _JOINED.get(key, key)
    types = TYPE_WORDS.get(key)
    if types is not None:
        return Word(key, types, short=False)
    if not printed[:2].isupper():  # "kl" and "tt" are no document types
        return None
    return Word(_SHORT[key], (_SHORT[key],), short=True)


def left_of(text: str, at: int) -> Left:
    """Read backwards from the number at `at`."""
    window = text[max(0, at - LEFT_WINDOW) : at]
    low = window.lower()
    if len(low) != len(window):  # İ becomes two characters
        low = window.replace("İ", "I").lower()
    m = LEFT.match(low[::-1])
    group = (m.lastindex or 0) if m is not None else 0
    if m is None or group == 0:
        return Left(at, False, None, False)
    numbered = m[1] is not None
    if group < 3:
        return Left(at, numbered, None, group == 2)
    start = at - m.end(group)
    word = _word(m[group][::-1], text[start : at - m.start(group)])
    return Left(start if word else at, numbered, word, False)
