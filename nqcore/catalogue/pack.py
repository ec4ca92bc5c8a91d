"""The table `[pack]` of a definition file: defaults for all its other tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nqcore.catalogue.toml_table import TomlTable


@dataclass(frozen=True, slots=True)
class PackDefaults:
    """The defaults of a file."""

    id: str = ""
    since: date | None = None
    basis: str = ""

    @classmethod
    def read(cls, keys: TomlTable | None) -> PackDefaults:
        """The defaults in the table `[pack]`; none without it."""
        if keys is None:
            return cls()
        pack = cls(keys.text("id", ""), keys.opt_day("since"), keys.text("basis", ""))
        keys.done()
        return pack

    def code(self, label: str) -> str:
        """An indicator's full code: a bare label ("B4") gets the pack's id in front ("res20.B4")."""
        return f"{self.id}.{label}" if self.id and label[:1].isupper() else label

    def basis_of(self, keys: TomlTable) -> str:
        """The legal basis of the item, or else of the file. Raises DefinitionError if neither has one."""
        basis = keys.text("basis", self.basis)
        if not basis:
            raise keys.wrong("basis", "is missing; give the legal basis here or once in [pack]")
        return basis

    def since_of(self, keys: TomlTable) -> date:
        """The first day of the item, or else of the file. Raises DefinitionError if neither has one."""
        since = keys.opt_day("since") or self.since
        if since is None:
            raise keys.wrong("since", "is missing; give the first day here or once in [pack]")
        return since
