"""Places where a document may be cited: a very fast scan of the whole text.

`re` searches a set of characters one by one, but a single literal byte with memchr, which is much
faster. So each character is replaced by one byte (its low byte), every digit by "0" and every space
by " ", and the pattern begins with "0". Two characters with the same low byte give a false candidate,
which the caller discards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nqcore.text.citations.document_types import SHORT_FORMS, TYPES

_SPACES: Final = b"\t\n\r\x0b\x0c\x20\xa0\xff"  # \x0b is also U+200B, \xff U+FEFF
_TABLE: Final = bytes(
    0x30 if 0x30 <= byte <= 0x39 else 0x20 if byte in _SPACES else byte for byte in range(256)
)


def _low(text: str) -> bytes:
    return re.escape(bytes(ord(letter) & 0xFF for letter in text))


def _any_of(words: list[str]) -> bytes:
    return b"(?:" + b"|".join(_low(word) for word in words) + b")"


_SEP: Final = b"[/\\-\xad\x0d\x0f-\x15D] {0,4}"  # U+2044 ends in 44, which is "D"
_UPPER: Final = b"[A-Z\x10\xd0\x89\xaf\xd4\xa0\xc2\x02\xca]"
_TYPE: Final = _any_of(sorted(TYPES - {"L"}))
_SHORTS: Final = {
    size: _any_of([s for s in sorted(SHORT_FORMS) if len(s) == size]) for size in (2, 4)
}
_ENDS: Final = _any_of(["yết", "uận", "thị", "ịnh", " tư", "dẫn"])
_CAPS: Final = _any_of(["YẾT", "UẬN", "THỊ", "ỊNH", " TƯ", "DẪN"])

_CANDIDATE: Final = re.compile(
    # the last digit before a separator and a capital, or before a type ("84 QĐ/TWĐTN") …
    b"0(?:(?!0)(?:[A-Za-z\x10\x11]? {0,4}" + _SEP + b"(?:0000 {0,4}" + _SEP + b")?" + _UPPER
    + b"| {0,4}" + _TYPE + b" {0,4}" + _SEP + b")"
    # … or the first digit after "số", the end of a type word, or a shorthand
    + b"|(?<!00)(?:(?<=[\xd0\xd1]0)|(?<=[\xd0\xd1][ :]0)|(?<=[\xd0\xd1][ :] 0)"
    + b"|(?<=" + _ENDS + b" 0)|(?<=" + _ENDS + b"  0)|(?<=" + _CAPS + b" 0)"
    + b"|(?<=" + _SHORTS[2] + b"0)|(?<=" + _SHORTS[2] + b" 0)"
    + b"|(?<=" + _SHORTS[4] + b"0)|(?<=" + _SHORTS[4] + b" 0)))"
)  # fmt: skip


# The text is scanned in pieces that fit into the processor's cache. The pieces overlap by more
# characters than the pattern looks at before and after a candidate.
_PIECE: Final = 1 << 16
_OVERLAP: Final = 64


def candidates(text: str) -> Iterator[int]:
    """Offsets of digits that may be the last of a document's number or the first of a short form."""
    for start in range(0, len(text), _PIECE):
        first = max(0, start - _OVERLAP)
        low = _low_bytes(text[first : start + _PIECE + _OVERLAP])
        for m in _CANDIDATE.finditer(low):
            at = first + m.start()
            if at >= start + _PIECE:
                break
            if at >= start:
                yield at


def _low_bytes(piece: str) -> bytes:
    wide = piece.encode("utf-16-le", "surrogatepass")
    if len(wide) == 2 * len(piece):
        return wide[::2].translate(_TABLE)
    return piece.encode("utf-32-le", "surrogatepass")[::4].translate(_TABLE)  # emoji and the like
