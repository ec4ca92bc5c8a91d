"""Which words can be Vietnamese syllables."""

from __future__ import annotations

import pytest

from nqcore.text.syllables import could_be_syllable, is_sound, is_syllable

KNOWN = [
    "nghĩa",
    "quyết",
    "giếng",
    "gì",
    "khuỷu",
    "hoà",
    "hòa",
    "thuở",
    "quýt",
    "quốc",
    "quỳnh",
    "quệch",
    "uỷ",
    "khoèo",
    "ngoạp",
    "Đảng",
    "ươm",
    "xoong",
]


@pytest.mark.parametrize("word", KNOWN)
def test_a_vietnamese_syllable_is_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "ng",
        "hat",
        "hàt",
        "test",
        "Cafộ",
        "ă",
        "nghl",
        "bááo",
        "kàn",
        "cê",
        "nghà",
        "ngề",
        "gề",
        "qóc",
    ],
)
def test_another_word_is_not_a_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["Xã", "XÃ", "xã", "NGHỊ"])
def test_a_word_in_small_or_capital_letters_is_sound(word: str) -> None:
    assert is_sound(word)


@pytest.mark.parametrize("word", ["xÃ", "CéNG", "nghỊ", "hàt"])
def test_a_word_with_a_capital_inside_is_not_sound(word: str) -> None:
    assert not is_sound(word)


@pytest.mark.parametrize("word", ["Huy?n", "?oàn", "?i?u", "ngh?a", "X?", "Ph?", "?"])
def test_a_word_may_be_a_syllable_with_letters_in_its_gaps(word: str) -> None:
    assert could_be_syllable(word)


@pytest.mark.parametrize("word", ["wh?t", "cong", "php?id", "b?b?", "????????", "h?àn?h", ""])
def test_no_letters_make_a_syllable_of_another_word(word: str) -> None:
    assert not could_be_syllable(word)
