"""What stands before a number: "Nghị quyết số", "KL", "Mẫu số", or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from nqcore.text.citations.document_types import SHORT_WORDS, TYPE_WORDS
from nqcore.text.citations.lexer import LEFT, LEFT_WINDOW


@dataclass(frozen=True, slots=True)
class Word:
    """A type word and the symbols it may carry, the usual one first; `short` for "NQ", "KL" …"""

    key: str
    types: tuple[str, ...]
    short: bool


class Left(NamedTuple):
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


# The usual case, read without the pattern: "… Nghị quyết số " and its like. Words that may be the
# tail of a longer one ("thông báo kết luận") are not in it.
_NUMBERED: Final = frozenset(s + colon for s in ("số", "Số", "SỐ") for colon in ("", ":"))
_PLAIN: Final = {
    tuple(case.split()): Word(word, TYPE_WORDS[word], short=False)
    for word in TYPE_WORDS
    if word.count(" ") in (1, 3) and not any(w.endswith(" " + word) for w in TYPE_WORDS)
    for case in (word, word.capitalize(), word.upper())
}


def _plain(text: str, at: int) -> Left | None:
    low = at - 40 if at > 40 else 0
    tail = text[low:at]
    words = tail.split()
    if not words or not tail[-1].isspace():
        return None
    numbered = words[-1] in _NUMBERED
    if numbered:
        words.pop()
    for size in (2, 4):
        named = words[-size:]
        word = _PLAIN.get(tuple(named))
        if word is not None and size < len(words):
            start = len(tail)
            for part in reversed(named):
                start = tail.rfind(part, 0, start)
            return Left(low + start, numbered, word, False)
    return None


def left_of(text: str, at: int) -> Left:
    """Read backwards from the number at `at`."""
    plain = _plain(text, at)
    if plain is not None:
        return plain
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
