"""The words before a number: "Nghị quyết số", "KL", "Mẫu số", or none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from nqcore.text.citations.document_types import SHORT_WORDS, TYPE_WORDS
from nqcore.text.citations.lexer import WORDS_BEFORE, WORDS_BEFORE_WINDOW


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A type word and its possible symbols, the usual one first; `short` for "NQ", "KL" …"""

    key: str
    types: tuple[str, ...]
    short: bool


class WordsBefore(NamedTuple):
    """The words directly before a number; `start` is where the citation begins."""

    start: int
    numbered: bool  # "số" is before the number
    word: TypeWord | None
    other: bool  # the word shows that it is not a document: a form, a code, a clause


_SHORT: Final = {short.lower(): short for short in SHORT_WORDS}
_JOINED: Final = {word.replace(" ", ""): word for word in TYPE_WORDS if " " in word}


@lru_cache(maxsize=1024)
def _word(found: str, printed: str) -> TypeWord | None:
    key = "".join(found.split())
    key = _JOINED.get(key, key)
    types = TYPE_WORDS.get(key)
    if types is not None:
        return TypeWord(key, types, short=False)
    if not printed[:2].isupper():  # "kl" and "tt" are no document types
        return None
    return TypeWord(_SHORT[key], (_SHORT[key],), short=True)


def words_before(text: str, at: int) -> WordsBefore:
    """Read backwards from the number at `at`."""
    if at == 0:
        return WordsBefore(0, False, None, False)
    window = text[at - 1 : at - 1 - WORDS_BEFORE_WINDOW if at > WORDS_BEFORE_WINDOW else None : -1]
    low = window.lower()
    if len(low) != len(window):  # İ becomes two characters
        low = window.replace("İ", "I").lower()
    m = WORDS_BEFORE.match(low)
    group = m.lastindex if m is not None else None
    if m is None or group is None:
        return WordsBefore(at, False, None, False)
    numbered = m[1] is not None
    if group < 3:
        return WordsBefore(at, numbered, None, group == 2)
    near, far = m.span(group)
    word = _word(m[group][::-1], text[at - far : at - near])
    return WordsBefore(at - far if word else at, numbered, word, False)
