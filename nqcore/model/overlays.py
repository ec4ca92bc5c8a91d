"""Overlays: how a plugin changes what another plugin defined, openly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """`changes` to the `kind` ("form", "indicator", "target", "task") of id `of`, for the unit
    `within` and all under it, from `since` (to `until`, half-open), on the legal ground `basis`.

    The values of `changes` are already of the type that the changed key has.
    """

    id: str
    kind: str
    of: str
    within: str
    since: date
    basis: str
    changes: Mapping[str, object]
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= on and (self.until is None or on < self.until)
