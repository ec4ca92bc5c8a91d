"""Tests whether a word can be a Vietnamese syllable; used to recognise old encodings and lost letters.

A syllable is an onset, a rime (glide, nucleus, coda) and a tone. The spelling decides more: *k*, *gh* and
*ngh* stand before i, e, ê, y and *c*, *g*, *ng* before the other vowels; a syllable that ends in c, ch, p
or t has the tone sắc or nặng. Source: 1989/QĐ-BGDĐT (2018) on spelling, and the rimes
of the common dictionaries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

_ONSETS_WRITTEN = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RIMES_WRITTEN = """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oă oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy
    uya uych uynh uyt uyu uyên uyêt uyn uyp
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu ynh yt ych
"""
_ONSETS = frozenset({"", *_ONSETS_WRITTEN.split()})
_RIMES = frozenset(_RIMES_WRITTEN.split()) - {"ă", "â"}
_MAY_END_TONED = frozenset({"i", "y", "o", "u", "uy"})
_TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPS = ("c", "ch", "p", "t")
_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})  # only before i, e, ê, y
_BEFORE_BACK = frozenset({"c", "ng"})  # never before them
_FRONT = tuple("ieêy")


@lru_cache(maxsize=16_384)  # Vietnamese has some thousand syllables, and texts repeat them
def is_syllable(word: str) -> bool:
    """Whether the spelling of `word` is possible for a Vietnamese syllable, in any case and with the
    tone mark in any position.

    >>> is_syllable("Huyện"), is_syllable("Huyeän"), is_syllable("hàt")
    (True, False, False)
    """
    letters, tones = _letters_and_tones(word)
    if len(tones) > 1:
        return False
    if letters.endswith(_STOPS) and (not tones or tones not in "\u0301\u0323"):
        return False  # syllables that end in c, ch, p, t have only the tones sắc and nặng
    return _is_spelled(letters)


@lru_cache(maxsize=16_384)
def is_sound(word: str) -> bool:
    """Whether `word` is a syllable as people write it: in small letters, in capitals, or with the first
    letter large, and with its tone on a vowel that can carry it.

    >>> is_sound("Xã"), is_sound("XÃ"), is_sound("xÃ"), is_sound("xaõ")
    (True, True, False, False)
    """
    if not word:
        return False
    shaped = word in (word.lower(), word.upper(), word.capitalize())
    return shaped and is_syllable(word) and not _tone_on_glide(word)


def _tone_on_glide(word: str) -> bool:
    """Whether the tone is on the last letter of ai, ao, uôi …, where it is never written."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    if decomposed[-1] not in _TONE_MARKS or decomposed[-2] not in "iyou":
        return False
    letters, _tone = _letters_and_tones(word)
    return not any(
        letters[:cut] in _ONSETS
        and letters[cut:] in _MAY_END_TONED
        and _may_meet(letters[:cut], letters[cut:])
        for cut in range(len(letters))
    )


def _letters_and_tones(word: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(character for character in decomposed if character in _TONE_MARKS)
    letters = "".join(character for character in decomposed if character not in _TONE_MARKS)
    return unicodedata.normalize("NFC", letters), tones


def _is_spelled(letters: str) -> bool:
    return any(
        letters[:cut] in _ONSETS
        and letters[cut:] in _RIMES
        and _may_meet(letters[:cut], letters[cut:])
        for cut in range(min(4, len(letters)))
    )


def _may_meet(onset: str, rime: str) -> bool:
    """Whether the spelling allows this onset before this rime."""
    front = rime.startswith(_FRONT)
    if onset in _BEFORE_FRONT:
        return front
    if onset in _BEFORE_BACK:
        return not front
    if onset == "g":
        return not rime.startswith(("e", "ê", "y"))  # gì, giếng; but ghe, ghê
    return rime.startswith("u") if onset == "q" else True


GAP = "?"
"""What stands for one lost letter in a word that is given to `could_be_syllable`."""


@lru_cache(maxsize=4096)
def could_be_syllable(word: str) -> bool:
    """Whether `word` is a syllable when each `GAP` in it is an accented letter or đ.

    >>> could_be_syllable("Huy?n"), could_be_syllable("wh?t")
    (True, False)
    """
    letters, tones = _letters_and_tones(word)
    if GAP not in letters or len(letters) > _LONGEST or len(tones) > 1:
        return False
    return any(
        all(
            have == want or (have == GAP and want in _LOST)
            for have, want in zip(letters, spelled, strict=True)
        )
        for spelled in _spelled_of(len(letters))
    )


_LOST = frozenset("aăâeêioôơuưyđ")  # with a tone, or with another mark, none of them is ASCII
_LONGEST = 7  # nghiêng


@cache
def _spelled_of(length: int) -> tuple[str, ...]:
    return tuple(word for pair in spelled() if len(word := "".join(pair)) == length)


def spelled() -> Iterator[tuple[str, str]]:
    """Onset and rime of every syllable that the spelling allows, without tones."""
    for onset in _ONSETS:
        for rime in _RIMES:
            if _may_meet(onset, rime):
                yield onset, rime
