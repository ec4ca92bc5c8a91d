"""Letters that a program could not store and replaced by "?" or by the replacement character."""

from __future__ import annotations

import re
import unicodedata

from nqcore.text.characters import LOST
from nqcore.text.syllables import GAP, could_be_syllable, is_syllable

_LETTER = r"[^\W\d_]"
# A word with such a sign in it; several signs in a row stand for one letter of several bytes.
_WORD = re.compile(
    rf"(?<![\w/&=.:@#%+-])(?:[?{LOST}]*{_LETTER}+[?{LOST}])+(?:{_LETTER}|[?{LOST}])*(?![\w/&=@])"
    rf"|(?<![\w/&=.:@#%+?-])[?{LOST}]+{_LETTER}+(?![\w/&=@?])"
)
_SIGNS = re.compile(f"[?{LOST}]+")


def words_with_lost_letters(text: str) -> tuple[str, ...]:
    """The words of `text` in which letters are lost; none where the signs may be question marks.

    A sign between two letters of what would be a syllable is proof. At the end or the beginning of a word
    it may be a question mark, so there it counts only if the rest is no word ("Ph?"), and twice.
    """
    if "?" not in text and LOST not in text:
        return ()
    proved = False
    found: dict[str, None] = {}
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        word = match[0]
        gapped = _SIGNS.sub(GAP, word)  # one sign for each byte …
        single = word.replace(LOST, GAP)  # … or for each letter
        inner = GAP in gapped[1:-1]
        if LOST in word:
            proved = True
        elif not (could_be_syllable(gapped) or could_be_syllable(single)) or not (
            inner or _is_no_word(gapped)
        ):
            continue
        proved |= inner
        found[word] = None
    return tuple(found) if proved or len(found) > 1 else ()


def _is_no_word(gapped: str) -> bool:
    return gapped.startswith(GAP) or not is_syllable(gapped.strip(GAP))
