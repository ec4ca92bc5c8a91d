"""Characters of a text that cannot be seen, left out before the grammar reads it.

Word leaves optional hyphens in pasted text, web pages zero-width spaces and joiners, and programs that mix
directions of writing their marks. They stand anywhere, also inside a number. Source: the categories Cf
(format) and the default-ignorable code points of Unicode 15.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
# Some programs write an optional hyphen for the hyphen itself: "20\u00adNQ/TW".
_SOFT_FOR_HYPHEN: Final = re.compile("(?<=[0-9])\u00ad(?=[A-ZĐ])")


@dataclass(frozen=True, slots=True)
class Visible:
    """A text without its invisible characters. `kept`: after how many characters that are kept each
    invisible one stood."""

    text: str
    kept: Sequence[int] = ()

    def back(self, places: Sequence[int]) -> list[int]:
        """Offsets in the given text of pairs of start and end in this one: a span begins with its first
        visible character and ends after its last."""
        if not self.kept:
            return list(places)
        return [
            place + bisect_right(self.kept, place)
            if nth % 2 == 0 or place == 0
            else place + bisect_right(self.kept, place - 1)
            for nth, place in enumerate(places)
        ]


def visible(text: str) -> Visible:
    """`text` without the characters that cannot be seen; an optional hyphen between figure and type counts as
    a hyphen.

    >>> visible("Nghị quyết số 20\\u00ad-NQ/T\\u200bW").text
    'Nghị quyết số 20-NQ/TW'
    """
    if INVISIBLE.search(text) is None:
        return Visible(text)
    text = _SOFT_FOR_HYPHEN.sub("-", text)
    parts: list[str] = []
    kept: list[int] = []
    done = length = 0
    for found in INVISIBLE.finditer(text):
        start, end = found.span()
        parts.append(text[done:start])
        length += start - done
        kept += [length] * (end - start)
        done = end
    parts.append(text[done:])
    return Visible("".join(parts), kept)
