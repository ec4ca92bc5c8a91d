"""Sessions and tries to sign in: one small SQLite file that all workers share.

It is kept beside the journal's key and not in the workspace, under the name of the one folder it belongs to
(`store.secret`): a copy, or a backup that is restored elsewhere, begins with an empty one, and what happens
at every sign-in does not belong into the journal. Losing it costs nothing but signing in again. The cookie
carries a session's random name only; the file has its digest, so that a copy of the file opens no session.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from webforms.security.throttle import Bucket, Tries

HOURS = 12
SECONDS = HOURS * 3600
_TABLES = """
CREATE TABLE IF NOT EXISTS sessions (
    digest TEXT PRIMARY KEY, login TEXT NOT NULL, epoch INTEGER NOT NULL,
    since REAL NOT NULL, by_link INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tries (
    bucket TEXT PRIMARY KEY, count INTEGER NOT NULL, since REAL NOT NULL, last REAL NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in: of `login` at its `epoch`, since `since` (seconds), with a one-time link or not."""

    login: str
    epoch: int
    since: float
    by_link: bool


class Register:
    """The file, opened when it is first needed; any number of threads and processes may share it."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.path, self.clock = path, clock
        self._lock, self._process = Lock(), 0
        self._base: sqlite3.Connection | None = None

    # -- sessions --------------------------------------------------------------------------------

    def begin(self, login: str, epoch: int, *, by_link: bool) -> str:
        """The name of a new session; known to its cookie only."""
        name, now = secrets.token_urlsafe(24), self.clock()
        with self._writing() as base:
            base.execute("DELETE FROM sessions WHERE since < ?", (now - SECONDS,))
            base.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)",
                (_digest(name), login, epoch, now, by_link),
            )
        return name

    def find(self, name: object) -> Session | None:
        """The session of that name, if it has not ended."""
        if not isinstance(name, str) or len(name) > 100:
            return None
        with self._open() as base:
            row = base.execute(
                "SELECT login, epoch, since, by_link FROM sessions WHERE digest = ?",
                (_digest(name),),
            ).fetchone()
        if row is None or not 0 <= self.clock() - row[2] < SECONDS:
            return None
        return Session(row[0], row[1], row[2], bool(row[3]))

    def end(self, name: object) -> None:
        """End one session: copies of its cookie are worth nothing."""
        if isinstance(name, str):
            with self._writing() as base:
                base.execute("DELETE FROM sessions WHERE digest = ?", (_digest(name),))

    # -- tries -----------------------------------------------------------------------------------

    def wait(self, buckets: Sequence[Bucket]) -> int:
        """Count one try in each of the buckets; or, if one of them is full, count nothing and return
        the seconds to wait. Counted before the password is looked at: many at once are many."""
        now = self.clock()
        with self._writing() as base:
            found = {bucket: self._tries(base, bucket) for bucket in buckets}
            left = max((bucket.left(tries, now) for bucket, tries in found.items()), default=0.0)
            if left > 0:
                return int(left) + 1
            for bucket, tries in found.items():
                more = bucket.counted(tries, now)
                base.execute(
                    "INSERT OR REPLACE INTO tries VALUES (?, ?, ?, ?)",
                    (bucket.name, more.count, more.since, more.last),
                )
            base.execute("DELETE FROM tries WHERE last < ?", (now - 86_400,))
        return 0

    def forget(self, buckets: Sequence[Bucket]) -> None:
        """The password was right: the tries of these buckets no longer count."""
        back = "UPDATE tries SET count = count - 1 WHERE bucket = ? AND count > 0"
        with self._writing() as base:
            for bucket in buckets:
                statement = back if bucket.shared else "DELETE FROM tries WHERE bucket = ?"
                base.execute(statement, (bucket.name,))

    def _tries(self, base: sqlite3.Connection, bucket: Bucket) -> Tries:
        row = base.execute(
            "SELECT count, since, last FROM tries WHERE bucket = ?", (bucket.name,)
        ).fetchone()
        return Tries(*row) if row else Tries()

    # -- the file --------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction; other processes wait for it."""
        with self._open() as base:
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
            except BaseException:
                base.execute("ROLLBACK")
                raise
            base.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            # A forked worker must not share its parent's connection.
            if self._base is None or self._process != os.getpid():
                self._base, self._process = self._connect(), os.getpid()
            yield self._base

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            return self._prepared()
        except sqlite3.OperationalError:  # busy, full, not allowed: nothing wrong with the file
            raise
        except sqlite3.DatabaseError:
            # Not a database any more: all users sign in again, nothing else is lost.
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        base = sqlite3.connect(self.path, timeout=5, isolation_level=None, check_same_thread=False)
        try:
            base.execute("PRAGMA journal_mode = WAL")
            # A sign-out that was answered holds after a power cut too.
            base.execute("PRAGMA synchronous = FULL")
            base.executescript(_TABLES)
        except BaseException:
            base.close()
            raise
        return base

    def close(self) -> None:
        """Let go of the file; it is opened again when needed."""
        with self._lock:
            if self._base is not None and self._process == os.getpid():
                self._base.close()
            self._base = None


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
