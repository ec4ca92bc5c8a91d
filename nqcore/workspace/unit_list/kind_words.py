"""Kinds of units as offices write them: "Xã", "cơ quan, đơn vị", "Khối doanh nghiệp", or inside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nqcore.model.unit_kinds import UnitKindDefinition, UnitKinds
from nqcore.text.folding import fold
from nqcore.text.suggestions import closest

_BEFORE_GROUP = re.compile(r"^(?:(?:danh sach|khoi|nhom|cac|cum) )+")
"""What stands before the kind in the row of a group: "Khối các cơ quan"."""
_NUMBER = re.compile(r"^(?:[ivxlc]+|[a-z]|\d+)[.)/:-]+\s+", re.IGNORECASE)
"""A number before a text: "I. ", "b) "."""


def words_of(text: str) -> str:
    """The words of the text without accents, capitals and marks: "Cơ quan, đơn vị" as "co quan don vi"."""
    return " ".join(re.findall(r"\w+", fold(text)))


def without_number(text: str) -> str:
    """The text without the number of a part before it: "I. Khối xã" as "Khối xã"."""
    return _NUMBER.sub("", text.strip())


class KindWords:
    """The kinds of `kinds`, found by the words that lists have for them."""

    def __init__(self, kinds: UnitKinds) -> None:
        self._by_code = kinds
        self._by_words = {words: one for one in kinds.values() for words in _words(one)}
        self._longest = max((words.count(" ") + 1 for words in self._by_words), default=0)

    def find(self, text: str) -> UnitKindDefinition | None:
        """The kind that the text names, as a whole: by a word for it, or by its code."""
        return self._by_words.get(words_of(text)) or self._by_code.get(text.strip().lower())

    def of_group(self, text: str) -> UnitKindDefinition | None:
        """The kind of the units in a group of that name: "I. Khối các cơ quan"."""
        words = words_of(without_number(text))
        return self._by_words.get(words) or self._by_words.get(_BEFORE_GROUP.sub("", words))

    def is_group(self, text: str) -> bool:
        """Whether the text is the name of a group by itself: "Khối xã", "CÁC XÃ", "DOANH NGHIỆP"; "Trạm Y tế
        xã" may as well be the name of a unit."""
        plain = without_number(text)
        says_so = _BEFORE_GROUP.match(words_of(plain)) is not None or plain.isupper()
        return says_so and self.of_group(text) is not None

    def of_name(self, name: str) -> UnitKindDefinition | None:
        """The kind that the first words of a unit's name say: "Trường THCS Nguyễn Trãi" is a school."""
        words = words_of(name).split()
        for count in range(min(self._longest, len(words)), 0, -1):
            if (found := self._by_words.get(" ".join(words[:count]))) is not None:
                return found
        return None

    def nearest(self, text: str) -> UnitKindDefinition | None:
        """The kind that is most like an unknown one: it begins with its words, or its letters are alike."""
        meant = closest(words_of(text), self._by_words)
        return self.of_name(text) or (self._by_words[meant] if meant else None)

    @property
    def names(self) -> str:
        """The names of all kinds, for a message."""
        return ", ".join(f"“{one.name}”" for one in self._by_code.values())


def _words(kind: UnitKindDefinition) -> Iterator[str]:
    return (words_of(text) for text in (kind.name, kind.plural, *kind.also) if text)
