"""Text typed in TCVN3 (fonts .VnTime and its kin), recognised and offered in Unicode.

TCVN3 keeps its letters where Latin-1 has others, so without its font "Cộng hòa" shows as
"Céng hßa". The capital fonts (.VnTimeH) show capitals for the same small letters: the case is in
the font, not in the text, and is taken from the ASCII letters around.

Nothing is ever converted silently: `offer_unicode` makes a proposal for a person to accept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqcore.errors import N_
from nqcore.text.syllables import is_syllable

OLD_FONT = N_(
    "This passage is in an old font (.VnTime), so its accents show wrongly. "
    "Press “Convert to Unicode”."
)

# TCVN 5712:1993, table VN3, by its columns: the Latin-1 letter in which it shows, the letter meant.
TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TABLE = str.maketrans({**TCVN3, "\u03bc": "à"})  # Greek mu: a micro sign normalised on the way
_SIGNS = frozenset(shown for shown in TCVN3 if not shown.isalpha() or shown in "ªµ")
_WORD = re.compile(rf"[\w\u0300-\u036f{re.escape(''.join(_SIGNS))}]+")


@dataclass(frozen=True, slots=True)
class _Score:
    """What the words of a line say; only words that the table would change, or accented ones."""

    for_tcvn3: frozenset[str]  # syllables only when converted
    for_unicode: int  # syllables only as they stand
    undecided: int  # syllables both ways

    @property
    def convincing(self) -> bool:
        return len(self.for_tcvn3) > max(0, 3 * self.for_unicode) and (
            len(self.for_tcvn3) >= self.undecided
        )


def offer_unicode(text: str) -> str | None:
    """`text` in Unicode if it was typed in TCVN3, or None; a proposal, for a person to accept.

    The two readings of each word are scored by whether they are Vietnamese syllables. In a text
    that is partly Unicode already, only the convincing lines are converted.
    """
    lines = text.splitlines(keepends=True)
    scores = [_score(line) for line in lines]
    certain = frozenset[str]().union(*(s.for_tcvn3 for s in scores if s.convincing))
    if len(certain) < 2 and not any(map(_is_telling, certain)):
        return None
    whole = _Score(
        certain,
        sum(score.for_unicode for score in scores),
        sum(score.undecided for score in scores),
    )
    everything = whole.for_unicode == 0 and whole.convincing
    return "".join(
        _convert(line) if everything or score.convincing else line
        for line, score in zip(lines, scores, strict=True)
    )


def _is_telling(word: str) -> bool:
    """Whether one word is proof enough: two signs in it, or one within it that is no operator."""
    inner = word[1:-1].replace("·", "").replace("×", "")
    return sum(c in _SIGNS for c in word) >= 2 or any(c in _SIGNS for c in inner)


def _score(line: str) -> _Score:
    for_tcvn3, for_unicode, undecided = set(), 0, 0
    for word in _WORD.findall(line):
        converted = word.translate(_TABLE)
        if word.isascii() or (word == converted and not is_syllable(word)):
            continue
        now = is_syllable(word)
        then = word != converted and len(word) > 1 and is_syllable(converted)
        if then and not now:
            for_tcvn3.add(word.lower())
        for_unicode += now and not then
        undecided += now and then
    return _Score(frozenset(for_tcvn3), for_unicode, undecided)


def _convert(line: str) -> str:
    in_capitals = len(_ascii_letters(line)) >= 2 and _ascii_letters(line).isupper()
    return _WORD.sub(lambda match: _convert_word(match[0], in_capitals), line)


def _convert_word(word: str, in_capitals: bool) -> str:
    """One word in Unicode; a sign standing alone is punctuation (·, ×, ®) and kept."""
    if word in _SIGNS:
        return word
    converted = word.translate(_TABLE)
    letters = _ascii_letters(word)
    capitals = in_capitals or (len(letters) >= 2 and letters.isupper())
    return converted.upper() if capitals else converted


def _ascii_letters(text: str) -> str:
    return "".join(character for character in text if character.isascii() and character.isalpha())
