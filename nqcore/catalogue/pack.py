"""The table `[pack]` of a definition file: defaults for all its other tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDefaults:
    """The defaults of a file: the id in front of its indicators' labels, and first day and legal basis
    of each item that has none of its own."""

    id: str = ""
    since: date | None = None
    basis: str = ""

    def code(self, label: str) -> str:
        """An indicator's full code: a bare label ("B4") gets the pack's id in front ("res20.B4")."""
        return f"{self.id}.{label}" if self.id and label[:1].isupper() else label
