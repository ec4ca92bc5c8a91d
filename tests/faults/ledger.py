"""What was sent and what was promised, kept outside the program, and the comparison afterwards."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

from nqcore.errors import StoreError
from tests.faults.kit import Figures
from tests.faults.office import by_figures, stored


class Ledger:
    """Kept by the clerks themselves. Figures are told apart by the first one, which never repeats."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: dict[tuple[str, str], Mapping[str, str]] = {}
        self._acked: dict[tuple[str, str], Mapping[str, str]] = {}

    def sent(self, report: str, figures: Mapping[str, str]) -> None:
        """About to be asked for: may be kept or not until there is an answer."""
        with self._lock:
            self._sent[report, next(iter(figures.values()))] = figures

    def acked(self, report: str, figures: Mapping[str, str]) -> None:
        """The program has said that it is saved."""
        with self._lock:
            self._acked[report, next(iter(figures.values()))] = figures

    def __len__(self) -> int:
        return len(self._acked)

    def copy(self) -> Ledger:
        """As it stands now."""
        made = Ledger()
        with self._lock:
            made._sent, made._acked = dict(self._sent), dict(self._acked)
        return made

    def judge(
        self,
        folder: Path,
        figures: Figures,
        where: str,
        *,
        sent: Ledger | None = None,
        ignore: str = "",
    ) -> None:
        """Open the data anew and count what is lost, changed, or was never sent (by `sent`).

        `ignore`: reports of units whose codes begin so were there before.
        """
        try:
            found = by_figures(stored(folder))
        except StoreError as error:
            figures.unreadable += 1
            figures.sample(f"{where}: {error}")
            return
        for key, wanted in self._acked.items():
            if key not in found:
                figures.lost += 1
                figures.sample(f"{where}: {key} is lost")
            elif dict(found[key]) != dict(wanted):
                figures.changed += 1
                figures.sample(f"{where}: {key} differs: {found[key]}")
        asked = (sent or self)._sent
        for key, there in found.items():
            if ignore and f"_{ignore}" in key[0]:
                continue
            if key not in asked or dict(asked[key]) != dict(there):
                figures.changed += 1
                figures.sample(f"{where}: {key} is not what was sent")
