"""Tests whether a word can be a Vietnamese syllable; used to recognise old encodings."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ONSETS_WRITTEN = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES_WRITTEN = """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oă oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh uêt ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya
    uych uynh uyt uyu uyên uyêt uyn uyp
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu ynh
"""
_ONSETS = frozenset({"", *_ONSETS_WRITTEN.split()})
_RIMES = frozenset(_RIMES_WRITTEN.split()) - {"ă", "â"}
_TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPS = ("c", "ch", "p", "t")


@lru_cache(maxsize=16_384)  # Vietnamese has some thousand syllables, and texts repeat them
def is_syllable(word: str) -> bool:
    """Whether the spelling of `word` is possible for a Vietnamese syllable, in any case and with the
    tone mark in any position."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = [character for character in decomposed if character in _TONE_MARKS]
    letters = "".join(character for character in decomposed if character not in _TONE_MARKS)
    letters = unicodedata.normalize("NFC", letters)
    if len(tones) > 1:
        return False
    if letters.endswith(_STOPS) and (not tones or tones[0] not in "\u0301\u0323"):
        return False  # syllables that end in c, ch, p, t have only the tones sắc and nặng
    return any(
        letters[:cut] in _ONSETS and letters[cut:] in _RIMES for cut in range(min(4, len(letters)))
    )
