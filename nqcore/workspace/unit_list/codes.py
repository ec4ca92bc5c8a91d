"""Codes: made of names where the list has none; parents given by code or by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from nqcore.model.units import Unit
from nqcore.text.folding import nfc, slug
from nqcore.workspace.unit_list.kind_words import words_of

_CODE = re.compile(r"[a-z0-9][a-z0-9.-]*")


def is_code(text: str) -> bool:
    """Whether the text can be the code of a unit."""
    return _CODE.fullmatch(text) is not None


def free_code(name: str, taken: Iterable[str]) -> str:
    """A code for the unit of that name, which none of `taken` is."""
    base = slug(name) or "don-vi"
    codes, code, nth = set(taken), base, 1
    while code in codes:
        nth += 1
        code = f"{base}-{nth}"
    return code


class KnownUnits:
    """The units that a parent may be: those of the list, by the codes and names of its rows, and those
    that are there already."""

    def __init__(self, listed: Mapping[str, str], existing: Mapping[str, Unit]) -> None:
        self.listed, self.existing = listed, existing
        self._by_name: dict[str, list[str]] = {}
        names = {code: unit.name for code, unit in existing.items()} | dict(listed)
        for code, name in names.items():
            self._by_name.setdefault(words_of(name), []).append(code)
        self._names = names
        self.names = tuple(names.values())

    def codes(self, text: str) -> list[str]:
        """The codes of the units that the text means: one by its code, or all of that name: of several whose
        names differ by accents alone, those with the accents of the text."""
        for code in (text, text.lower()):
            if code in self.listed or code in self.existing:
                return [code]
        alike = self._by_name.get(words_of(text), [])
        given = " ".join(nfc(text).casefold().split())
        exact = [
            one for one in alike if " ".join(nfc(self._names[one]).casefold().split()) == given
        ]
        return exact or alike
