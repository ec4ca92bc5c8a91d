"""The boxes of a field: what a user types into or chooses from, on a page and in a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nqcore.errors import Translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One coded answer, so that the same answer can be counted over units."""

    code: str
    text: str


class BoxKind(StrEnum):
    """How a box is filled in."""

    FIGURE = "figure"
    SHORT = "short"
    """One line of text."""
    LONG = "long"
    """Several lines of text."""
    TICKS = "ticks"
    """None, one or several of its options."""
    ONE_OF = "one_of"
    """One of its options, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box. `name` is its input name, unique in a form ("B4", "VB1.date").

    `label` names it where a field has several (a msgid). `options` are what can be chosen; with `fixed`
    their texts are msgids too, otherwise they are the form's own words. `digits`: a telephone shows its
    keyboard of digits.
    """

    name: str
    kind: BoxKind
    label: str = ""
    options: tuple[Option, ...] = ()
    fixed: bool = False
    digits: bool = False

    def option_texts(self, translate: Translate) -> dict[str, str]:
        """The texts of its options by their codes, in the language of `translate`."""
        return {o.code: translate(o.text) if self.fixed else o.text for o in self.options}
