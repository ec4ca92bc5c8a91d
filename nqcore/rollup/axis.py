"""The axis of units: those that report, in pre-order of the whole tree.

All that stands under a unit is one stretch of it, on any day: a unit that does not exist then only
leaves a gap, and what stood under it hangs on the nearest ancestor that does, which has it too.
"""

from __future__ import annotations

from collections.abc import Callable

from nqcore.model.units import Unit, UnitTree


class Axis:
    """The units of `tree` that `reports` picks, each at its place."""

    __slots__ = ("_stretch", "codes", "place", "units")

    def __init__(self, tree: UnitTree, reports: Callable[[Unit], bool]) -> None:
        self.units: list[Unit] = []
        self._stretch: dict[str, tuple[int, int]] = {}
        path: list[tuple[str, int]] = []
        for code, unit in tree.items():
            while path and path[-1][0] != unit.parent:
                self._close(path)
            path.append((code, len(self.units)))
            if reports(unit):
                self.units.append(unit)
        while path:
            self._close(path)
        self.codes: tuple[str, ...] = tuple(unit.code for unit in self.units)
        self.place: dict[str, int] = {code: nth for nth, code in enumerate(self.codes)}

    def _close(self, path: list[tuple[str, int]]) -> None:
        code, start = path.pop()
        self._stretch[code] = (start, len(self.units))

    def __len__(self) -> int:
        return len(self.codes)

    def ends(self, unit: str, *, own: bool = False) -> tuple[int, int]:
        """The stretch lo:hi of `unit` and all under it; `own`: of it alone, empty when it does not
        report."""
        if not own:
            return self._stretch[unit]
        place = self.place.get(unit)
        return (0, 0) if place is None else (place, place + 1)

    def inner(self) -> dict[str, tuple[int, int]]:
        """The stretch of every unit that more than one reporting unit is in, in pre-order."""
        found = {code: ends for code, ends in self._stretch.items() if ends[1] - ends[0] > 1}
        return dict(sorted(found.items(), key=lambda item: (item[1][0], -item[1][1])))
