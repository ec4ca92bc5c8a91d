"""The axis of units: every unit that ever existed, in pre-order of the newest tree.

A unit and all units under it are one range lo:hi of the axis, as long as no unit moves. A unit that
does not exist on a day leaves a gap in the range. Which units were under which on a day, where some
have moved since, is answered by masks (`reporting_mask`).
"""

from __future__ import annotations

from nqcore.model.units import UnitTree


class Axis:
    """The units of `tree`, each with its place: an index from 0."""

    __slots__ = ("_ranges", "codes", "place")

    def __init__(self, tree: UnitTree) -> None:
        self.codes: tuple[str, ...] = tuple(tree)
        self.place: dict[str, int] = {code: nth for nth, code in enumerate(self.codes)}
        self._ranges: dict[str, tuple[int, int]] = {}
        path: list[str] = []
        for code, unit in tree.items():
            while path and path[-1] != unit.parent:
                self._close(path.pop(), self.place[code])
            path.append(code)
        while path:
            self._close(path.pop(), len(self.codes))

    def _close(self, code: str, end: int) -> None:
        self._ranges[code] = (self.place[code], end)

    def __len__(self) -> int:
        return len(self.codes)

    def range_of(self, unit: str, *, own: bool = False) -> tuple[int, int]:
        """The range lo:hi of `unit` and all units under it; `own`: of `unit` alone."""
        return (self.place[unit], self.place[unit] + 1) if own else self._ranges[unit]

    def inner_ranges(self) -> dict[str, tuple[int, int]]:
        """The range of every inner unit (a unit with others under it), in pre-order."""
        return {
            code: self._ranges[code]
            for code in self.codes
            if self._ranges[code][1] - self.place[code] > 1
        }
