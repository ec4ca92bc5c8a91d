"""Laws: what an old encoding did to Vietnamese words is offered back exactly; clean text is never flagged."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from nqcore.text.old_encodings import Encoding, find_misread
from nqcore.text.syllables import is_syllable, spelled
from tests.text.old_encodings.encoders import to_lost, to_mangled, to_tcvn3, to_vni

_MARKS = "\u0300\u0301\u0303\u0309\u0323"


def _toned(rime: str, mark: str) -> str:
    """The rime with the tone where people write it: on the last vowel with a mark, before a consonant on
    the last vowel, else on the last but one."""
    vowels = [at for at, letter in enumerate(rime) if letter in "aăâeêioôơuưy"]
    marked = [at for at in vowels if rime[at] in "ăâêôơư"]
    closed = vowels[-1] < len(rime) - 1
    at = marked[-1] if marked else vowels[-1] if closed or len(vowels) == 1 else vowels[-2]
    return unicodedata.normalize("NFC", rime[: at + 1] + mark + rime[at + 1 :])


SYLLABLES = sorted(
    word
    for onset, rime in spelled()
    for mark in ("", *_MARKS)
    if is_syllable(word := onset + _toned(rime, mark))
)
WORDS = st.lists(st.sampled_from(SYLLABLES), min_size=6, max_size=30)
ENCODERS: dict[str, tuple[Encoding, Callable[[str], str]]] = {
    "VNI": (Encoding.VNI, to_vni),
    "TCVN3": (Encoding.TCVN3, to_tcvn3),
    "UTF-8 as Latin-1": (Encoding.MANGLED, lambda text: to_mangled(text, "latin-1")),
    "UTF-8 as 1252": (Encoding.MANGLED, lambda text: to_mangled(text, "cp1252")),
    "UTF-8 as 1258": (Encoding.MANGLED, lambda text: to_mangled(text, "cp1258")),
    "UTF-8 as 1252, twice": (Encoding.MANGLED, lambda text: to_mangled(text, "cp1252", 2)),
}


def _is_plain(words: list[str], encode: Callable[[str], str]) -> bool:
    """Whether a reader sees that it is no text: at least four words, and three times as many as others,
    are no syllables as they stand."""
    changed = [encode(word) for word in words if encode(word) != word]
    wrong = {word for word in changed if not is_syllable(word)}
    return len(wrong) >= 4 and len(wrong) >= 3 * (len(changed) - len(wrong))


def _may_be_a_name(word: str, encode: Callable[[str], str]) -> bool:
    """Whether it stands there as a syllable with a capital ("Ôm" for "ễm"): it is kept, it may be a name."""
    stands = encode(word)
    return stands != word and stands[0].isupper() and is_syllable(stands)


@pytest.mark.parametrize("name", ENCODERS)
@given(words=WORDS)
def test_words_in_an_old_encoding_are_offered_back_exactly(name: str, words: list[str]) -> None:
    encoding, encode = ENCODERS[name]
    assume(_is_plain(words, encode))
    assume(not any(_may_be_a_name(word, encode) for word in words))
    text = " ".join(words)
    found = find_misread(encode(text))
    assert found is not None
    assert found.offered == text
    assert found.encoding is encoding


@pytest.mark.parametrize("name", ["VNI", *(n for n in ENCODERS if n.startswith("UTF-8"))])
@given(words=WORDS)
@example(
    words=["a", "a", "biêm", "biên", "biêng", "đã"]
)  # "ĐÃ" is whole, no half of a letter is left
def test_capitals_are_offered_back_too(name: str, words: list[str]) -> None:
    _encoding, encode = ENCODERS[name]
    text = " ".join(words).upper()
    assume(_is_plain(text.split(), encode))
    found = find_misread(encode(text))
    assert found is not None
    assert found.offered == text


@given(words=st.lists(st.sampled_from(SYLLABLES), max_size=40))
def test_vietnamese_words_are_never_flagged(words: list[str]) -> None:
    for text in (" ".join(words), " ".join(words).upper(), " ".join(words).title()):
        assert find_misread(text) is None
        assert find_misread(unicodedata.normalize("NFD", text)) is None


@pytest.mark.parametrize("sign", ["?", "\ufffd", "??"])
@given(words=st.lists(st.sampled_from(SYLLABLES), min_size=8, max_size=30))
def test_lost_letters_are_named_and_nothing_is_offered(sign: str, words: list[str]) -> None:
    ends = [word for word in words if word[0].isascii() and word[-1].isascii()]
    inner = [word for word in ends if not word.isascii()]
    assume(inner)
    found = find_misread(to_lost(" ".join(words), sign))
    assert found is not None
    assert found.encoding is Encoding.LOST
    assert found.offered is None
    assert set(found.words) & {to_lost(word, sign) for word in inner}


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_asked_about(text: str) -> None:
    found = find_misread(text)
    assert found is None or found.offered != text


@pytest.mark.parametrize("name", ENCODERS)
@given(words=WORDS)
def test_an_offer_is_never_made_twice(name: str, words: list[str]) -> None:
    found = find_misread(ENCODERS[name][1](" ".join(words)))
    assert found is None or found.offered is None or find_misread(found.offered) is None
