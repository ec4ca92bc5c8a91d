"""Recognises text typed in TCVN3 (fonts such as .VnTime) and offers it in Unicode.

TCVN3 uses the codes of other Latin-1 letters, so without its font "Cộng hòa" is shown as "Céng hßa".
The fonts for capitals (.VnTimeH) show the same small letters as capitals: the case is in the font and
not in the text, so it is taken from the ASCII letters of the word or line.

The text is never converted without asking: `offer_unicode` makes a proposal that a user accepts.
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

# TCVN 5712:1993, table VN3: the Latin-1 characters that are shown, and the letters they stand for.
TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TABLE = str.maketrans({**TCVN3, "\u03bc": "à"})  # Greek mu: a micro sign after normalisation
_SIGNS = frozenset(shown for shown in TCVN3 if not shown.isalpha() or shown in "ªµ")
_WORD = re.compile(rf"[\w\u0300-\u036f{re.escape(''.join(_SIGNS))}]+")


@dataclass(frozen=True, slots=True)
class _Score:
    """Counts over the words of a line that TCVN3 would change or that have accents."""

    for_tcvn3: frozenset[str]  # words that are Vietnamese syllables only after conversion
    for_unicode: int  # number of words that are syllables only without conversion
    undecided: int  # number of words that are syllables in both forms

    @property
    def convincing(self) -> bool:
        return len(self.for_tcvn3) > max(0, 3 * self.for_unicode) and (
            len(self.for_tcvn3) >= self.undecided
        )


def offer_unicode(text: str) -> str | None:
    """`text` in Unicode if it was typed in TCVN3, else None. It is a proposal that a user accepts.

    Both readings of each word are tested for being Vietnamese syllables. In a text that is partly in
    Unicode already, only the lines that are clearly TCVN3 are converted.
    """
    lines = text.splitlines(keepends=True)
    scores = [_score(line) for line in lines]
    certain = frozenset[str]().union(*(s.for_tcvn3 for s in scores if s.convincing))
    if len(certain) < 2 and not any(map(_proves_tcvn3, certain)):
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


def _proves_tcvn3(word: str) -> bool:
    """Whether this word alone proves TCVN3: it has two signs, or one inside that is no operator."""
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
    """One word in Unicode; a single sign is punctuation (·, ×, ®) and not changed."""
    if word in _SIGNS:
        return word
    converted = word.translate(_TABLE)
    letters = _ascii_letters(word)
    capitals = in_capitals or (len(letters) >= 2 and letters.isupper())
    return converted.upper() if capitals else converted


def _ascii_letters(text: str) -> str:
    return "".join(character for character in text if character.isascii() and character.isalpha())
