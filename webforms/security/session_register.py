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
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from nqcore.errors import N_, Phrase, StoreError, system_words
from nqcore.store.sqlite_errors import full_or_busy
from webforms.security.throttle import Bucket, Tries

HOURS = 12
SECONDS = HOURS * 3600
CODE_SECONDS = 600.0
"""How long a session waits for the code of a second factor."""
SEEN_SECONDS = 60.0
"""A session is noted as used again once in this time: a write for each request would be slow."""
BUSY_SECONDS = 5.0
"""How long one process waits for another one that writes."""
MOST = 20
"""Sessions of one account at a time: with one more, the one that was used longest ago ends."""
_SHAPE = 1
"""The number of the shape of the table `sessions`. Of another shape all sessions end."""
_TABLES = """
CREATE TABLE IF NOT EXISTS sessions (
    digest TEXT PRIMARY KEY, login TEXT NOT NULL, epoch INTEGER NOT NULL,
    since REAL NOT NULL, by_link INTEGER NOT NULL, waiting INTEGER NOT NULL,
    used REAL NOT NULL, address TEXT NOT NULL, browser TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tries (
    bucket TEXT PRIMARY KEY, count INTEGER NOT NULL, since REAL NOT NULL, last REAL NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in: of `login` at its `epoch`, since `since` (seconds), with a one-time link or not.

    `waiting`: the password or link was right, and the code of the second factor is still to come. `used`:
    when it was last seen, at the `address` in the `browser`. `handle` names it on a page; it opens nothing.
    """

    handle: str
    login: str
    epoch: int
    since: float
    by_link: bool
    waiting: bool
    used: float
    address: str
    browser: str

    def holds(self, now: float, idle: float) -> bool:
        """Whether it has not ended by its age, or because it was not used for `idle` seconds. A clock that
        was put back makes no session longer."""
        age, unused = now - self.since, now - self.used
        longest = CODE_SECONDS if self.waiting else SECONDS
        return 0 <= age < longest and unused < idle


_COLUMNS = "digest, login, epoch, since, by_link, waiting, used, address, browser"


Row = tuple[str, str, int, float, int, int, float, str, str]
"""The values of these columns."""


def _session(row: Row) -> Session:
    digest, login, epoch, since, by_link, waiting, used, address, browser = row
    return Session(
        digest[:16], login, epoch, since, bool(by_link), bool(waiting), used, address, browser
    )


class Register:
    """The file, opened when it is first needed; any number of threads and processes may share it.

    `idle`: seconds without a request after which a session ends."""

    def __init__(
        self, path: Path, clock: Callable[[], float] = time.time, *, idle: float = SECONDS
    ) -> None:
        self.path, self.clock, self.idle = path, clock, idle
        self._lock, self._process = Lock(), 0
        self._base: sqlite3.Connection | None = None

    # -- sessions --------------------------------------------------------------------------------

    def begin(
        self,
        login: str,
        epoch: int,
        *,
        by_link: bool,
        waiting: bool = False,
        address: str = "",
        browser: str = "",
    ) -> str:
        """The name of a new session; known to its cookie only."""
        name, now = secrets.token_urlsafe(24), self.clock()
        row = (_digest(name), login, epoch, now, by_link, waiting, now, address, browser)
        with self._writing() as base:
            base.execute(
                "DELETE FROM sessions WHERE since < ? OR used < ?", (now - SECONDS, now - self.idle)
            )
            base.execute(f"INSERT INTO sessions ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)", row)
            base.execute(
                "DELETE FROM sessions WHERE login = ? AND digest NOT IN (SELECT digest FROM sessions "
                "WHERE login = ? ORDER BY used DESC, digest = ? DESC LIMIT ?)",
                (login, login, _digest(name), MOST),
            )
        return name

    def find(self, name: object) -> Session | None:
        """The session of that name, if it has not ended; it counts as used now, where that can be noted."""
        if not isinstance(name, str) or len(name) > 100:
            return None
        with self._open() as base:
            row = self._row(base, name)
        now = self.clock()
        if row is None or not (found := _session(row)).holds(now, self.idle):
            return None
        if now - found.used >= SEEN_SECONDS:
            with suppress(StoreError), self._writing() as base:
                base.execute(
                    "UPDATE sessions SET used = max(used, ?) WHERE digest = ?", (now, row[0])
                )
        return found

    def has(self, name: object) -> bool:
        """Whether there is a session of that name which has not ended. It is not noted as used. False where
        the file cannot be read."""
        if not isinstance(name, str) or len(name) > 100:
            return False
        try:
            with self._open() as base:
                row = self._row(base, name)
        except StoreError:  # the page that is asked for says what is wrong
            return False
        return row is not None and _session(row).holds(self.clock(), self.idle)

    def sessions_of(self, login: str, epoch: int) -> tuple[Session, ...]:
        """The sessions of the account that have not ended, the one that was used last first."""
        with self._open() as base:
            rows = base.execute(
                f"SELECT {_COLUMNS} FROM sessions WHERE login = ? AND epoch = ? AND NOT waiting "
                "ORDER BY used DESC",
                (login, epoch),
            ).fetchall()
        now = self.clock()
        return tuple(one for one in map(_session, rows) if one.holds(now, self.idle))

    def end(self, name: object) -> None:
        """End one session: copies of its cookie are worth nothing."""
        if isinstance(name, str):
            with self._writing() as base:
                base.execute("DELETE FROM sessions WHERE digest = ?", (_digest(name),))

    def end_others(self, login: str, own: object, handle: str | None = None) -> int:
        """End the sessions of the account, except that of the name `own`: all of them, or the one with
        that `handle`. Returns how many there were."""
        kept = _digest(own) if isinstance(own, str) else ""
        with self._writing() as base:
            done = base.execute(
                "DELETE FROM sessions WHERE login = ? AND digest != ? "
                "AND (? IS NULL OR substr(digest, 1, 16) = ?)",
                (login, kept, handle, handle),
            )
        return done.rowcount

    def _row(self, base: sqlite3.Connection, name: str) -> Row | None:
        found: Row | None = base.execute(
            f"SELECT {_COLUMNS} FROM sessions WHERE digest = ?", (_digest(name),)
        ).fetchone()
        return found

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
        """A transaction; other processes wait for it. Raises as `_open`; then nothing was written."""
        with self._open() as base:
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
                base.execute("COMMIT")
            except BaseException:
                if base.in_transaction:  # on a full disk SQLite has ended it itself
                    base.execute("ROLLBACK")
                raise

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file. Raises StoreFull, StoreBusy, and StoreError for what else SQLite or the system says."""
        with self._lock:
            try:
                # A forked worker must not share its parent's connection.
                if self._base is None or self._process != os.getpid():
                    self._base, self._process = self._connect(), os.getpid()
                yield self._base
            except (sqlite3.Error, OSError) as wrong:
                raise self._refused(wrong) from wrong

    def _refused(self, wrong: sqlite3.Error | OSError) -> StoreError:
        """What was wrong, as an error of the store."""
        if (usual := full_or_busy(wrong, self.path, BUSY_SECONDS)) is not None:
            return usual
        why = system_words(wrong) if isinstance(wrong, OSError) else Phrase(str(wrong))
        words = N_(
            "The file of the sessions {path} cannot be used ({why}). Check the disk and whose file it is, "
            "then try again."
        )
        return StoreError(detail=Phrase(words, {"path": self.path, "why": why}))

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
        base = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            base.execute("PRAGMA journal_mode = WAL")
            # A sign-out that was answered holds after a power cut too.
            base.execute("PRAGMA synchronous = FULL")
            if base.execute("PRAGMA user_version").fetchone()[0] != _SHAPE:
                base.executescript(
                    f"BEGIN IMMEDIATE; DROP TABLE IF EXISTS sessions; PRAGMA user_version = {_SHAPE}; COMMIT"
                )
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
