"""The secrets of second factors: a small SQLite file beside the journal's key, outside the workspace.

The journal never forgets, and a backup holds the journal, so a secret in it could be neither changed nor
kept from those who have a backup. The journal only says which secret an account has, by a random name; the
secret lies here under that name. So a backup does not give away a secret, and this file alone does not show
whose secrets they are.

Copies of a workspace have the same id and share the file: the same people, the same telephones. A copy may
read every secret, and may change or delete only those that were made in its own folder.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nqcore.errors import N_, Phrase, StoreError
from nqcore.store.keys import key_file
from nqcore.store.place import place_of, unrecorded_place
from nqcore.store.sqlite_errors import full_or_busy

if TYPE_CHECKING:  # only those who have a second factor need it
    import sqlite3

BUSY_SECONDS = 5.0
"""How long one process waits for another one that writes."""
_TABLES = """
CREATE TABLE IF NOT EXISTS factors (
    name TEXT PRIMARY KEY, folder TEXT NOT NULL, seed TEXT NOT NULL, step INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recovery (
    name TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (name, digest)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS begun (
    folder TEXT NOT NULL, login TEXT NOT NULL, seed TEXT NOT NULL, since REAL NOT NULL,
    PRIMARY KEY (folder, login)
) WITHOUT ROWID;
"""


class StoredFactor(NamedTuple):
    """The seed of the codes, and the number of the last step whose code was used."""

    seed: str
    step: int


def factor_file(workspace_id: str) -> Path:
    """The path of the secrets of that workspace."""
    return key_file(workspace_id).with_suffix(".factors")


class FactorFile:
    """The secrets of the workspace in `folder`. The file is opened for each call; processes may share it."""

    def __init__(self, workspace_id: str, folder: Path) -> None:
        self.path, self._folder = factor_file(workspace_id), folder

    def begin(self, login: str, seed: str, since: float) -> None:
        """Keep a new seed until the user has shown that his app has it; an earlier one is forgotten."""
        with self._writing() as base:
            base.execute(
                "INSERT OR REPLACE INTO begun VALUES (?, ?, ?, ?)", (self._mark, login, seed, since)
            )

    def begun(self, login: str) -> tuple[str, float] | None:
        """The seed that `login` has begun with, and since when; None without one."""
        if not self.path.exists():
            return None
        with self._writing() as base:
            row = base.execute(
                "SELECT seed, since FROM begun WHERE folder = ? AND login = ?", (self._mark, login)
            ).fetchone()
        return None if row is None else (str(row[0]), float(row[1]))

    def keep(self, name: str, factor: StoredFactor, digests: Iterable[str]) -> None:
        """Keep the secret `name` with the digests of its recovery codes."""
        with self._writing() as base:
            base.execute(
                "INSERT INTO factors VALUES (?, ?, ?, ?)",
                (name, self._mark, factor.seed, factor.step),
            )
            base.executemany(
                "INSERT INTO recovery VALUES (?, ?)", [(name, digest) for digest in digests]
            )

    def get(self, name: str) -> StoredFactor | None:
        """The secret of that name; None where it is lost."""
        if not self.path.exists():
            return None
        with self._writing() as base:
            row = base.execute("SELECT seed, step FROM factors WHERE name = ?", (name,)).fetchone()
        return None if row is None else StoredFactor(str(row[0]), int(row[1]))

    def use_step(self, name: str, step: int) -> bool:
        """Note that the code of that step was used; False where it or a later one was used before."""
        with self._writing() as base:
            done = base.execute(
                "UPDATE factors SET step = ? WHERE name = ? AND step < ?", (step, name, step)
            )
        return done.rowcount == 1

    def use_recovery(self, name: str, digest: str) -> bool:
        """Use up a recovery code; False where there is none with that digest."""
        if not self.path.exists():
            return False
        with self._writing() as base:
            done = base.execute(
                "DELETE FROM recovery WHERE name = ? AND digest = ?", (name, digest)
            )
        return done.rowcount == 1

    def recovery_left(self, name: str) -> int:
        """How many recovery codes are left."""
        if not self.path.exists():
            return 0
        with self._writing() as base:
            row = base.execute("SELECT count(*) FROM recovery WHERE name = ?", (name,)).fetchone()
        return int(row[0])

    def forget(self, name: str, begun: str = "") -> None:
        """Delete the secret, unless it was made in another copy of the workspace; and the seed that the login
        `begun` has begun with."""
        if not self.path.exists():
            return
        with self._writing() as base:
            gone = base.execute(
                "DELETE FROM factors WHERE name = ? AND folder = ?", (name, self._mark)
            )
            if gone.rowcount:
                base.execute("DELETE FROM recovery WHERE name = ?", (name,))
            if begun:
                own = (self._mark, begun)
                base.execute("DELETE FROM begun WHERE folder = ? AND login = ?", own)

    @property
    def _mark(self) -> str:
        return place_of(self._folder) or unrecorded_place(self._folder)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction. Raises StoreFull, StoreBusy, and StoreError where the file cannot be used, or others
        may read it; then nothing was written."""
        import sqlite3

        try:
            base = self._opened()
        except (OSError, sqlite3.Error) as wrong:
            raise self._unusable(wrong) from wrong
        try:
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
            except BaseException:
                if base.in_transaction:  # on a full disk SQLite has ended it itself
                    base.execute("ROLLBACK")
                raise
            base.execute("COMMIT")
        except sqlite3.Error as wrong:
            raise self._unusable(wrong) from wrong
        finally:
            base.close()

    def _opened(self) -> sqlite3.Connection:
        import sqlite3

        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        mode = stat.S_IMODE(os.fstat(fd).st_mode)
        os.close(fd)
        if os.name == "posix" and mode & 0o077:
            raise StoreError(
                detail=Phrase(
                    N_(
                        "Other accounts may read the secrets of second factors {path} (mode {mode:04o}). "
                        "Mend it with: chmod 600 '{path}', then nq user totp-reset --all"
                    ),
                    {"path": self.path, "mode": mode},
                )
            )
        base = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            # What is deleted is overwritten, and no second file beside this one holds a secret for long.
            base.execute("PRAGMA secure_delete = ON")
            base.execute("PRAGMA synchronous = FULL")
            base.executescript(_TABLES)
        except BaseException:
            base.close()
            raise
        return base

    def _unusable(self, wrong: sqlite3.Error | OSError) -> StoreError:
        return full_or_busy(wrong, self.path, BUSY_SECONDS) or StoreError(
            detail=Phrase(
                N_(
                    "The secrets of second factors {path} cannot be used: {wrong}. Put a copy of the "
                    "file back, or move it away and run nq user totp-reset --all."
                ),
                {"path": self.path, "wrong": wrong},
            )
        )
