"""Text typed in VNI-Windows (fonts such as VNI-Times), the usual encoding of the South before Unicode.

A vowel with marks is the vowel and one more letter of Latin-1 behind it; a few letters are one letter of
Latin-1 alone. Without its font "Cộng hòa" is shown as "Coäng hoøa". The letters that stand alone are never
the second of a pair, so the text can be read in one way only. Source: the table of VNI-Windows as printed
in the manuals of its keyboard programs.
"""

from __future__ import annotations

import re

from nqcore.text.old_encodings.encoding import Encoding
from nqcore.text.old_encodings.reading import EncodingReading

_TONES = "ùøûõï"  # sắc, huyền, hỏi, ngã, nặng
_TONED = {
    "a": "áàảãạ", "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "y": "ýỳỷỹ", "ô": "ớờởỡợ", "ö": "ứừửữự",
}  # fmt: skip
_HATTED = {
    "a": dict(zip("âáàåãäêéèúüë", "âấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("âáàåãä", "êếềểễệ", strict=True)),
    "o": dict(zip("âáàåãä", "ôốồổỗộ", strict=True)),
}
_ALONE = dict(zip("íìæóòîôöñ", "íìỉĩịỵơưđ", strict=True))


def _table() -> dict[str, str]:
    small = dict(_ALONE)
    for vowel, letters in _TONED.items():
        small |= {vowel + mark: letter for mark, letter in zip(_TONES, letters, strict=False)}
    for vowel, marks in _HATTED.items():
        small |= {vowel + mark: letter for mark, letter in marks.items()}
    large = {shown.upper(): letter.upper() for shown, letter in small.items()}
    # "Uûy", as it is typed: only the vowel is large.
    first = {shown[0].upper() + shown[1:]: letter.upper() for shown, letter in small.items()}
    return first | small | large


VNI = _table()
"""What is shown, and the letter it stands for."""
_PAIRS = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
# Letters that Vietnamese in Unicode does not have.
_FOREIGN = frozenset("åäëïöøûüæîñ") | frozenset("åäëïöøûüæîñ".upper())


def _convert(text: str) -> str:
    return _PAIRS.sub(lambda match: VNI[match[0]], text)


def _proves(word: str) -> bool:
    """A letter that Vietnamese does not have, or a word so long that no other language has it by chance."""
    return not _FOREIGN.isdisjoint(word) or len(word) >= 4


_HINT = re.compile(r"[^\x00-\x7f]")
READING = EncodingReading(
    encoding=Encoding.VNI,
    alphabet=frozenset("".join(VNI)),
    hint=_HINT,
    words=_WORD,
    as_it_stands=str,
    read_word=_convert,
    convert=_convert,
    proves=_proves,
)
