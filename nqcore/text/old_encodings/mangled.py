"""UTF-8 that a program read as Windows-1252, Windows-1258 or Latin-1, once or several times.

Each letter became two or three characters: "Cộng hòa" is shown as "Cá»™ng hÃ²a". Bytes that the code page
does not have became control characters, as in web browsers (WHATWG Encoding Standard, windows-1252).
"""

from __future__ import annotations

import re
import unicodedata

from nqcore.text.old_encodings.encoding import Encoding
from nqcore.text.old_encodings.reading import EncodingReading
from nqcore.text.syllables import is_sound, is_syllable

_PAGES = ("latin-1", "cp1252", "cp1258")
_VOWELS = "aăâeêioôơuưy"
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_TONED = [unicodedata.normalize("NFC", vowel + mark) for vowel in _VOWELS for mark in _MARKS]
_SMALL = "".join([*"ăâđêôơư", *_TONED])
_LETTERS = _SMALL + _SMALL.upper() + _MARKS + "\u0302\u0306\u031b"
_SIGNS = "“”‘’–—…•«»°²³½×÷·±≤≥→□☐₫\xa0"  # what else Vietnamese text has beyond ASCII


def _shown(byte: int, page: str) -> str:
    one = bytes([byte])
    try:
        return one.decode(page)
    except UnicodeDecodeError:
        return chr(byte)


def _table(characters: str) -> dict[str, str]:
    return {
        "".join(_shown(byte, page) for byte in character.encode()): character
        for character in characters
        for page in _PAGES
    }


_ONCE = _table(_LETTERS + _SIGNS)
MANGLED = _table("".join(c for c in set("".join(_ONCE)) if not c.isascii())) | _ONCE
"""What is shown, and the character it stands for: also the characters that are shown for others, because a
text may have been misread twice."""
_SOFT = "\uf8fe"  # marks an "à" whose second half may be the space after the word
# The second half of "Đ" is a byte that Windows-1252 does not have, so many programs leave it out.
_BARE = r"Ä(?=[^\W\d_])"
_ANY = "|".join([*sorted(map(re.escape, MANGLED), key=len, reverse=True), _BARE])
# "à" is "Ã" and a no-break space, which many programs make a common space. A small letter before it shows
# that "Ã" is no letter of the word.
_HALF = f"[{_shown(0xC3, 'cp1252')}{_shown(0xC3, 'cp1258')}]"
_SPACED = rf"(?<=[a-z{_SMALL}]){_HALF}(?: |$)|(?<=\b[A-ZĐ])Ã$"
_CHARACTER = re.compile(f"{_ANY}|({_SPACED})", re.MULTILINE)
_WORD = re.compile(rf"(?:{_ANY}|{_SPACED}|[^\W\d_]|[\u0300-\u036f])+", re.MULTILINE)
_HIT = re.compile(f"{_ANY}|{_SPACED}", re.MULTILINE)
_SOFT_WORD = re.compile(rf"([^\W\d_]*)à{_SOFT}([^\W\d_]*)")
_THREE = re.compile("á[»º].")
_ENDS = "“”‘’–—…•»«›‹™°²³½\xa0"  # signs that may stand directly after a word
_TIMES = 3  # how often a text may have been misread


def _decode(text: str) -> str:
    softly = _CHARACTER.sub(lambda m: "à" + _SOFT if m[1] else MANGLED.get(m[0], "Đ"), text)
    return _SOFT_WORD.sub(_joined, softly).replace(_SOFT, " ")


def _joined(match: re.Match[str]) -> str:
    """ "toà" and "n" as one word; "và" and "đoàn" as two."""
    whole = f"{match[1]}à{match[2]}"
    following = match.string[match.end() : match.end() + 1]
    alone = match[2] == "" and following.strip() == ""
    return whole if alone or (match[2] and is_syllable(whole)) else f"{match[1]}à {match[2]}"


_LEFT = re.compile(rf"\w*(?:á[»º]|[ÄÆÅ]|(?<=[a-z{_SMALL}])Ã)\w*")


def unread_words(text: str) -> tuple[str, ...]:
    """The words of a converted text in which a half of a letter is left: the other half is lost."""
    return tuple(dict.fromkeys(match[0] for match in _LEFT.finditer(text)))


def _convert(text: str) -> str:
    for _ in range(_TIMES):
        if not any(_is_shown_wrongly(word) for word in _WORD.findall(text)):
            break
        text = _decode(text)
    return unicodedata.normalize("NFC", text)


def _is_shown_wrongly(word: str) -> bool:
    return _HIT.search(word) is not None and not is_sound(_without_signs(word))


def _read_word(word: str) -> str:
    """The word in Unicode; unchanged where the result is not written by people."""
    read = _convert(word)
    return read if read.strip() and all(map(is_sound, read.split())) else word


def _without_signs(word: str) -> str:
    """The word without quotation marks and the like at its ends: XÃ of "XÃ”". With three characters that
    stand for one letter it is no word at all."""
    return "" if _THREE.search(word) else word.strip(_ENDS)


def _proves(word: str) -> bool:
    return True  # such words exist in no language


_FIRST = re.escape("".join({shown[0] for shown in MANGLED}))
_SECOND = re.escape("".join({shown[1] for shown in MANGLED}))
_HINT = re.compile(f"[{_FIRST}][{_SECOND}]|{_SPACED}|{_BARE}", re.MULTILINE)
READING = EncodingReading(
    encoding=Encoding.MANGLED,
    alphabet=frozenset("".join(MANGLED)),
    hint=_HINT,
    words=_WORD,
    as_it_stands=_without_signs,
    read_word=_read_word,
    convert=_convert,
    proves=_proves,
    unread_words=unread_words,
)
