"""Lines that are partly in an old font and partly in Unicode: a name pasted into a typed sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nqcore.text.old_encodings.encoding import Encoding
from nqcore.text.old_encodings.reading import EncodingReading, Score

OF_A_FONT = frozenset({Encoding.TCVN3, Encoding.VNI})
"""Encodings that come in by the word: text is copied from a document in such a font."""
_CLAUSE = re.compile(r"[^,;:.()\[\]\"“”/]+|[,;:.()\[\]\"“”/]+")
_OF_MEASURES = frozenset("µμ·×")
SOUND = 2
"""Words of a clause that could be read either way, and none that could not: from so many on it is sound."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    score: Score
    keeps_capital: bool
    """Whether it is sound as it stands, and would get a small letter for its capital: "Ông" as "ễng"."""

    @property
    def sound(self) -> bool:
        """Whether it is kept as it stands."""
        return bool(self.score.only_now) or self.keeps_capital


def convert_parts(line: str, reading: EncodingReading) -> str:
    """`line` with what is in the old font in Unicode, and the rest as it stands.

    A clause that fits the reading is converted whole. In another one the words from one that is read only so
    to the next are converted, where no sound word is between them. A clause without such a word stays in a
    line that has sound words.
    """
    sound = any(word.sound for word in _words(line, reading))
    return "".join(_convert_clause(match[0], reading, sound) for match in _CLAUSE.finditer(line))


def _convert_clause(clause: str, reading: EncodingReading, beside_sound: bool) -> str:
    score, words = reading.score(clause), [*_words(clause, reading)]
    whole = score.convincing and not any(word.keeps_capital for word in words)
    if whole or (not beside_sound and not score.only_read and score.undecided < SOUND):
        return reading.convert(clause)
    converted, done = "", 0
    for start, end in _runs(words):
        converted += clause[done:start] + reading.convert(clause[start:end])
        done = end
    return converted + clause[done:]


def _runs(words: Iterable[_Word]) -> Iterator[tuple[int, int]]:
    """The parts that begin and end with a word that is read only so, without a sound word between."""
    start = end = -1
    for word in words:
        if word.score.only_read:
            start, end = word.start if start < 0 else start, word.end
        elif word.sound and start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end


def _words(clause: str, reading: EncodingReading) -> Iterator[_Word]:
    for match in reading.words.finditer(clause):
        if not match[0].isascii():
            score = reading.score(match[0])
            keeps = bool(score.undecided) and _loses_capital(match[0], reading)
            yield _Word(match.start(), match.end(), score, keeps)


def _loses_capital(word: str, reading: EncodingReading) -> bool:
    return word[0].isupper() and reading.read_word(word)[0].islower()


def reading_of_part(line: str, readings: Iterable[EncodingReading]) -> EncodingReading | None:
    """The font of a part of a line that is in Unicode otherwise; None for a line that is sound. Two different
    words must show it ("µm" and "N·m" are measures), or one that proves it."""
    scored = [(reading, reading.score(line)) for reading in readings]
    certain = [
        (reading, score)
        for reading, score in scored
        if reading.encoding in OF_A_FONT
        and (
            sum(map(str.isalpha, score.only_read)) > 1 or any(map(reading.proves, score.only_read))
        )
    ]
    best = max(certain, key=lambda each: each[1].rank, default=None)
    return None if best is None else best[0]
