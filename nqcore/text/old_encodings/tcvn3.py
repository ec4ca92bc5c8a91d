"""Text typed in TCVN3 (fonts such as .VnTime), which is shown as other letters of Latin-1.

Without its font "Cộng hòa" is shown as "Céng hßa". The fonts for capitals (.VnTimeH) show the same small
letters as capitals: the case is in the font and not in the text, so it is taken from the ASCII letters of
the word or line. Source: TCVN 5712:1993, table VN3.
"""

from __future__ import annotations

import re

from nqcore.text.old_encodings.encoding import Encoding
from nqcore.text.old_encodings.reading import EncodingReading

# The Latin-1 characters that are shown, and the letters they stand for.
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


def _proves(word: str) -> bool:
    """Whether this word alone proves TCVN3: it has two signs, or one inside that is no operator, or it begins
    with "®", which stands after a name and never before one."""
    inner = word[1:-1].replace("·", "").replace("×", "")
    begins = word.startswith("®") and len(word) > 2
    return begins or sum(c in _SIGNS for c in word) >= 2 or any(c in _SIGNS for c in inner)


def _read_word(word: str) -> str:
    return word.translate(_TABLE)


def _convert(line: str) -> str:
    in_capitals = len(_ascii_letters(line)) >= 2 and _ascii_letters(line).isupper()
    return _WORD.sub(lambda match: _convert_word(match[0], in_capitals), line)


def _convert_word(word: str, in_capitals: bool) -> str:
    """One word in Unicode; a single sign is punctuation (·, ×, ®) and not changed."""
    if word in _SIGNS:
        return word
    converted = _read_word(word)
    letters = _ascii_letters(word)
    capitals = in_capitals or (len(letters) >= 2 and letters.isupper())
    return converted.upper() if capitals else converted


def _ascii_letters(text: str) -> str:
    return "".join(character for character in text if character.isascii() and character.isalpha())


_HINT = re.compile(r"[^\x00-\x7f]")
READING = EncodingReading(
    encoding=Encoding.TCVN3,
    alphabet=frozenset(TCVN3),
    hint=_HINT,
    words=_WORD,
    as_it_stands=str,
    read_word=_read_word,
    convert=_convert,
    proves=_proves,
)
