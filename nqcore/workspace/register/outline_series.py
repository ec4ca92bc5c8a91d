"""How deep each heading of an outline stands: by the series that its mark is of, not by the mark alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nqcore.workspace.register.outline_marks import HeadingMark, follows

_RANKS = {"part": 0, "chapter": 1, "section": 2, "letter": 2, "roman": 2}
"""Marks that never stand under one with a higher number; all others have the next one."""
_LAST = 3


@dataclass(slots=True)
class _OpenHead:
    kind: str
    nth: int
    style: int


class Series:
    """The headings above the next one, each with the series that it is of. A mark of a series that is open
    continues it; one of another series begins one under the last heading. So letters that begin again under
    each number stand under that number, in whatever order an office uses its marks."""

    def __init__(self) -> None:
        self._open: list[_OpenHead] = []

    def chosen(self, marks: Sequence[HeadingMark]) -> HeadingMark | None:
        """The mark that continues a series, else one that begins one. "C. Mác" does neither."""
        for one in marks:
            if (last := self.last(one.kind)) and follows(one, last):
                return one
        begins = [one for one in marks if one.nth == 1]
        return next(iter((*begins, *(one for one in marks if one.kind != "letter"))), None)

    def last(self, kind: str) -> int:
        """The number of the open heading of that series; 0 where none is open."""
        return next((one.nth for one in self._open if one.kind == kind), 0)

    def place(self, mark: HeadingMark | None, style: int) -> int:
        """How many headings stand above this one, which is open from now on. `mark`: None for a heading that
        only its `style` makes one."""
        new = _OpenHead("" if mark is None else mark.kind, 0 if mark is None else mark.nth, style)
        depth = self._depth(new)
        self._open = [*self._open[:depth], new]
        return depth

    def _depth(self, new: _OpenHead) -> int:
        for depth, one in enumerate(self._open):
            if new.kind and one.kind == new.kind:
                return depth
            if new.style and one.style == new.style and "" in (one.kind, new.kind):
                return depth
        depth = len(self._open)
        while depth and _ends(self._open[depth - 1], new):
            depth -= 1
        return depth


def _ends(one: _OpenHead, new: _OpenHead) -> bool:
    """Whether the open heading cannot stand above the new one."""
    if new.style and one.style > new.style:
        return True
    return bool(new.kind) and _rank(one.kind) > _rank(new.kind)


def _rank(kind: str) -> int:
    return _RANKS.get(kind, _LAST)
