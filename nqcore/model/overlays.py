"""Overlays: changes that a plugin makes to the definitions of another plugin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

WITHOUT = "without"
"""The change of a form that leaves fields out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """`changes` to the definition `of` of the given `kind` ("form", "indicator", "target", "task").

    It applies to the unit `within` and all units under it, from `since` to the day before `until`
    (None: without end), on the legal basis `basis`. The values of `changes` have the types of the
    changed fields; of a form also `WITHOUT`, the keys of fields that are not asked there.
    """

    id: str
    kind: str
    of: str
    within: str
    since: date
    basis: str
    changes: Mapping[str, object]
    until: date | None = None

    @property
    def leaves_out(self) -> tuple[str, ...]:
        """The keys of the fields that its units are not asked for; several such overlays add up."""
        keys = self.changes.get(WITHOUT, ())
        assert isinstance(keys, tuple)
        return keys

    @property
    def sets(self) -> Mapping[str, object]:
        """The fields of the definition that it sets."""
        return {name: value for name, value in self.changes.items() if name != WITHOUT}

    def in_force(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= on and (self.until is None or on < self.until)
