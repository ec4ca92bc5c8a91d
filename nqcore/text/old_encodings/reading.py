"""A reading: how a text would look if it were in one old encoding, and how well each line fits it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from nqcore.text.old_encodings.encoding import Encoding
from nqcore.text.syllables import is_sound, is_syllable


def nothing(text: str) -> tuple[str, ...]:
    """No word is left unread: in most encodings a letter is whole or is not there."""
    return ()


@dataclass(frozen=True, slots=True)
class EncodingReading:
    """How text of one encoding is read.

    - `alphabet`: the characters beyond ASCII that such text has.
    - `hint`: a pattern without which a line has nothing to read; it is searched first, to save time.
    - `words`: a pattern for the words that are tested.
    - `as_it_stands`: the part of a word that could be a word without the reading.
    - `read_word`: one word in Unicode, as the test sees it.
    - `convert`: a whole line in Unicode, as it is offered.
    - `unread_words`: the words of a converted line in which parts of letters are missing.
    - `proves`: whether this word alone is proof of the encoding.
    """

    encoding: Encoding
    alphabet: frozenset[str]
    hint: re.Pattern[str]
    words: re.Pattern[str]
    as_it_stands: Callable[[str], str]
    read_word: Callable[[str], str]
    convert: Callable[[str], str]
    proves: Callable[[str], bool]
    unread_words: Callable[[str], tuple[str, ...]] = nothing

    def score(self, line: str) -> Score:
        """How the words of `line` fit this reading."""
        if not self.hint.search(line):
            return NOTHING
        only_read, only_now, undecided, neither = set(), 0, 0, 0
        for word in self.words.findall(line):
            if word.isascii():
                continue
            read = self.read_word(word)
            now = is_sound(self.as_it_stands(word))
            then = word != read and len(word) > 1 and all(map(is_syllable, read.split()))
            if then and not now:
                only_read.add(word.lower())
            only_now += now and not then and not (word == read and self._may_have(word))
            undecided += now and then
            neither += not now and not then
        return Score(frozenset(only_read), only_now, undecided, neither)

    def _may_have(self, word: str) -> bool:
        return all(letter.isascii() or letter in self.alphabet for letter in word)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over the words of a line that are not plain ASCII."""

    only_read: frozenset[str]  # words that are Vietnamese syllables only when they are read so
    only_now: int  # number of words that are syllables only as they stand
    undecided: int  # number of words that are syllables in both forms
    neither: int = 0  # number of words that are no syllables in either form

    @property
    def convincing(self) -> bool:
        """Whether the reading makes words where there were none."""
        explained = (
            self.only_now == 0 and self.neither == 0
        )  # the reading makes sense of every word
        least = self.undecided / 4 if explained else self.undecided
        return len(self.only_read) > max(0, 3 * self.only_now) and len(self.only_read) >= least

    @property
    def rank(self) -> tuple[int, int]:
        """Of two readings, the one with the higher rank fits better."""
        return len(self.only_read) - self.neither, -self.undecided


NOTHING = Score(frozenset(), 0, 0)
