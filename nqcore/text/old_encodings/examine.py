"""The test "are these Vietnamese syllables?" on a whole text, line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nqcore.text.folding import nfc
from nqcore.text.old_encodings.encoding import Encoding
from nqcore.text.old_encodings.lost import words_with_lost_letters
from nqcore.text.old_encodings.mixed import OF_A_FONT, convert_parts, reading_of_part
from nqcore.text.old_encodings.reading import EncodingReading, Score
from nqcore.text.syllables import is_sound


@dataclass(frozen=True, slots=True)
class MisreadLine:
    """One line of a text (counted from 1) that is not in Unicode. `offered` is the line in Unicode, None
    where letters are lost; then `words` are those in which they are."""

    number: int
    encoding: Encoding
    offered: str | None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misread:
    """What is wrong with the letters of a text. `offered` is the whole text in Unicode; None where letters
    are lost, because no reading brings them back."""

    lines: tuple[MisreadLine, ...]
    offered: str | None

    def line(self, line: MisreadLine) -> Misread:
        """What is wrong with one of the lines alone."""
        return Misread((line,), line.offered)

    @property
    def encoding(self) -> Encoding:
        """The encoding of the first wrong line; LOST if letters are lost in any line."""
        if self.offered is None:
            return Encoding.LOST
        return self.lines[0].encoding

    @property
    def words(self) -> tuple[str, ...]:
        """The words with lost letters."""
        return tuple(dict.fromkeys(word for line in self.lines for word in line.words))


def find_misread(text: str) -> Misread | None:
    """What is wrong with the letters of `text`; None for Vietnamese in Unicode and for other languages.

    Both readings of each word are tested for being Vietnamese syllables: as it stands, and in each old
    encoding. In a text that is partly in Unicode already, only the lines that clearly are not are offered
    in another form.

    >>> find_misread("Huyeän Taân Hoøa").offered
    'Huyện Tân Hòa'
    >>> find_misread("Huyện Tân Hòa") is None
    True
    """
    if _looks_sound(text):
        return None
    lines = text.split("\n")
    composed = [nfc(line) for line in lines]
    read = _chosen_readings(composed)
    found: list[MisreadLine] = []
    for number, line in enumerate(composed):
        reading = read.get(number)
        converted = _converted(line, reading)
        if words := words_with_lost_letters(converted) or _unread_words(reading, converted):
            found.append(MisreadLine(number + 1, Encoding.LOST, None, words))
        elif reading is not None and converted != line:
            found.append(MisreadLine(number + 1, reading.encoding, converted))
    if not found:
        return None
    lost = any(line.offered is None for line in found)
    offers = {line.number: line.offered or "" for line in found}
    whole = "\n".join(offers.get(n, line) for n, line in enumerate(lines, 1))
    return Misread(tuple(found), None if lost else whole)


_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
# Anything that a reading takes for a letter, besides letters: signs of Latin-1 and of the code pages, and
# quotation marks and dashes inside a word.
_SIGN = re.compile(
    r"[\x7f-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u02c6\u02dc\u2020-\u2022\u2030\u2039\u203a\u20ac\u2122"
    r"?\ufffd]|(?<=[^\W\d_])[\u2013-\u2026](?=[^\W\d_])"
)


def _converted(line: str, reading: EncodingReading | None) -> str:
    if reading is None:
        return line
    return convert_parts(line, reading) if reading.encoding in OF_A_FONT else reading.convert(line)


def _unread_words(reading: EncodingReading | None, converted: str) -> tuple[str, ...]:
    return reading.unread_words(converted) if reading else ()


def _looks_sound(text: str) -> bool:
    """Whether there is nothing to examine, found fast: every word beyond ASCII is a sound syllable, and
    there are no signs that may stand for letters."""
    return _SIGN.search(text) is None and all(
        word.isascii() or is_sound(word) for word in _WORD.findall(text)
    )


def _chosen_readings(lines: Sequence[str]) -> Mapping[int, EncodingReading]:
    """The reading of each line that is to be read in another way, by its place in `lines`."""
    if all(line.isascii() for line in lines):
        return {}
    from nqcore.text.old_encodings.readings import READINGS  # their patterns take long to compile

    scores = {r.encoding: [r.score(line) for line in lines] for r in READINGS}
    fitting = [reading for reading in READINGS if _is_certain(reading, scores[reading.encoding])]
    whole = max(
        (r for r in fitting if _fits_everywhere(scores[r.encoding])),
        key=lambda r: _sum(scores[r.encoding]).rank,
        default=None,
    )
    chosen: dict[int, EncodingReading] = {}
    for number, line in enumerate(lines):
        convinced = [r for r in fitting if scores[r.encoding][number].convincing]
        best = max(convinced, key=lambda r: scores[r.encoding][number].rank, default=whole)
        best = best or reading_of_part(line, READINGS)
        if best is not None:
            chosen[number] = best
    return chosen


def _is_certain(reading: EncodingReading, scores: Sequence[Score]) -> bool:
    """Whether there are two words that are syllables only in this reading, or one that proves it."""
    words = frozenset[str]().union(*(s.only_read for s in scores if s.convincing))
    return len(words) > 1 or any(map(reading.proves, words))


def _sum(scores: Sequence[Score]) -> Score:
    return Score(
        frozenset[str]().union(*(s.only_read for s in scores if s.convincing)),
        sum(score.only_now for score in scores),
        sum(score.undecided for score in scores),
        sum(score.neither for score in scores),
    )


def _fits_everywhere(scores: Sequence[Score]) -> bool:
    whole = _sum(scores)
    return whole.only_now == 0 and whole.convincing
