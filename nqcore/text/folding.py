"""Comparing Vietnamese text: one normal form, search without accents, dictionary order, slugs."""

from __future__ import annotations

import re
import unicodedata

# đ has no Unicode decomposition; old conversions wrote Eth or African D instead of it.
_BARE_D = str.maketrans(dict.fromkeys("đĐðÐɖƉ", "d"))
_ONE_D = str.maketrans({"Ð": "đ", "ð": "đ", "Ɖ": "đ", "ɖ": "đ"})
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: rank for rank, letter in enumerate(_ALPHABET, start=1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # level is 0
_SYLLABLE = re.compile(r"[0-9]+|(?:[^\W\d_][\u0300-\u036f]*)+")

SyllableKey = tuple[tuple[int, ...], int]
SortKey = tuple[tuple[SyllableKey, ...], str]


def nfc(text: str) -> str:
    """`text` in Unicode NFC, the form in which all text is stored and compared."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` for a search without accents: two texts match when their folds are equal.

    The fold ignores tone marks and other accents (hòa = hoà = hoa), the bar of đ, case, the kind of
    dash, repeated spaces and invisible format characters.
    """
    bare = text
    for _ in range(2):  # each of the two steps can make the other one necessary again, once
        bare = unicodedata.normalize("NFKD", bare).casefold()
    bare = unicodedata.normalize("NFKD", bare).translate(_BARE_D)
    kept = (c for c in bare if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join("".join(kept).translate(_DASHES).split())


def slug(text: str) -> str:
    """`text` in the ASCII letters and digits of its fold, joined by "-"; "" when it has none."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def sort_key(text: str) -> SortKey:
    """A key for sorting in the order of Vietnamese dictionaries; equal texts sort by code points.

    Syllable by syllable: first the letters (a ă â b c d đ e ê … o ô ơ … u ư …), then the tone
    (level, huyền, hỏi, ngã, sắc, nặng). Numbers come before letters and sort by value. Case,
    punctuation and the position of the tone mark in its syllable do not count.
    """
    composed = nfc(text)
    plain = nfc(composed.casefold()).translate(_ONE_D)
    return tuple(map(_syllable_key, _SYLLABLE.findall(plain))), composed


def _syllable_key(syllable: str) -> SyllableKey:
    if syllable.isdigit() and syllable.isascii():
        digits = syllable.lstrip("0")
        return (0, len(digits), *map(int, digits)), 0
    letters: list[str] = []
    tone = 0
    for character in unicodedata.normalize("NFD", syllable):
        if character in _TONES:
            tone = _TONES[character]
        elif unicodedata.combining(character):
            hatted = nfc(letters[-1] + character)
            letters[-1] = hatted if hatted in _RANKS else letters[-1]
        else:
            letters.append(character)
    ranks = tuple(_RANKS.get(letter) or len(_RANKS) + ord(letter) for letter in letters)
    return ranks, tone
