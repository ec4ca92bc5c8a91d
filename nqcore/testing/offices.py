"""The office beside which a plugin is checked: a workspace, a list of units, or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nqcore.catalogue import Definitions


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeGiven:
    """`workspace`: the folder of an office, whose own definitions and units are there; `units`: a list of
    units as `nq init --units` takes it. Neither: no office."""

    workspace: str = ""
    units: str = ""

    def definitions(self) -> Definitions | None:
        """What the office itself has. Raises what opening the workspace or reading the list raises."""
        if self.workspace:
            return _of_workspace(Path(self.workspace))
        return _of_list(Path(self.units)) if self.units else None

    def as_json(self) -> dict[str, str]:
        """The value as a JSON object."""
        return {"workspace": self.workspace, "units": self.units}

    @classmethod
    def from_json(cls, found: dict[str, str]) -> OfficeGiven:
        """The inverse of `as_json`."""
        return cls(**found)


def _of_workspace(folder: Path) -> Definitions:
    from nqcore.collection.reorganisation.own_definitions import own_definitions
    from nqcore.store import Store

    store = Store.open(folder)
    try:
        return own_definitions(store)
    finally:
        store.close()


def _of_list(file: Path) -> Definitions:
    from nqcore.workspace.unit_list import read_units

    return Definitions(units=read_units(file))
