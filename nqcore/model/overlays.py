"""Overlays: changes that a plugin makes to the definitions of another plugin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """`changes` to the definition `of` of the given `kind` ("form", "indicator", "target", "task").

    It applies to the unit `within` and all units under it, from `since` to the day before `until`
    (None: without end), on the legal basis `basis`. The values of `changes` have the types of the
    changed fields.
    """

    id: str
    kind: str
    of: str
    within: str
    since: date
    basis: str
    changes: Mapping[str, object]
    until: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= on and (self.until is None or on < self.until)
