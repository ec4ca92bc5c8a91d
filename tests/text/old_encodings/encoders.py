"""Text as the old programs wrote it: the inverse of the readings, made here from the standards' own tables.

`to_vni` and `to_tcvn3` work letter by letter; `to_mangled` is what a program shows that reads UTF-8 as
another code page; `to_lost` what is left when a code page has no accented letters.
"""

from __future__ import annotations

import unicodedata

TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
HAT_TONES = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
BREVE_TONES = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}
I_TONES = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò", "": "i"}


def _vni_letter(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    base, tone = marks[0], "".join(mark for mark in marks[1:] if mark in TONES)
    if letter == "đ":
        return "ñ"
    if base == "i":
        return I_TONES[tone]
    if base == "y" and tone == "\u0323":
        return "î"
    if "\u0302" in marks:
        return base + HAT_TONES[tone]
    if "\u0306" in marks:
        return base + BREVE_TONES[tone]
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö"}[base]
    return base + (TONES[tone] if tone else "")


def to_vni(text: str) -> str:
    """`text` as VNI-Times shows it without its font."""
    return "".join(
        _vni_letter(c.lower()).upper() if c.isupper() else _vni_letter(c) if not c.isascii() else c
        for c in unicodedata.normalize("NFC", text)
    )


SHOWN = "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
MEANT = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


def to_tcvn3(text: str) -> str:
    """`text`, in small letters beyond ASCII, as .VnTime shows it without its font."""
    return text.translate(str.maketrans(MEANT, SHOWN))


def to_mangled(text: str, page: str, times: int = 1) -> str:
    """`text` after a program read its UTF-8 as the code page, `times` times."""
    for _ in range(times):
        shown = []
        for byte in text.encode():
            try:
                shown.append(bytes([byte]).decode(page))
            except UnicodeDecodeError:
                shown.append(chr(byte))
        text = "".join(shown)
    return text


def to_lost(text: str, sign: str = "?") -> str:
    """`text` after a program put `sign` for every letter beyond ASCII."""
    return "".join(c if c.isascii() else sign for c in unicodedata.normalize("NFC", text))
