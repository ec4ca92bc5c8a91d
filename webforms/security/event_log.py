"""What happened, for the administrator of the server: one line of JSON per event, in UTC.

A line has the page (by its endpoint, never its address: that may hold a token), which account (its
login, never a person's name), which report (its id), from where, and how it ended. No figure, no text
that a user typed, no message of an exception (it may quote both) gets in; a name that is no account's
is left out too, since people type passwords there. JSON escapes what would start another line or
move the cursor. Who changed what is in the journal, not here.

Lines go to standard error, or with `nq serve --log FOLDER` into one file a day, of which 30 are kept.
A full disk loses lines, never figures.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

from nqcore.collection.accounts.access import Account

EVENTS = logging.getLogger("nqcore.events")
EVENTS.addHandler(logging.NullHandler())  # without a log, events are dropped
KEPT_DAYS = 30
LONGEST = 200
"""Characters of one value."""
REFUSED = {400, 405, 409, 413, 415, 422}
DENIED = {401, 403, 404, 429}


def event(name: str, level: int = logging.INFO, **fields: object) -> None:
    """Log one event."""
    EVENTS.log(level, name, extra={"fields": fields})


class JsonLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower()}
        fields: dict[str, object] | None = getattr(record, "fields", None)
        if fields is None:
            # Another library's line: its words may quote anything, so only whose it is.
            line |= {"event": "other", "logger": record.name, "line": record.lineno}
        else:
            line |= {"event": record.msg, "process": record.process, **fields}
        if record.exc_info and record.exc_info[0] is not None:
            line |= where(record.exc_info[1])
        short = {k: v[:LONGEST] if isinstance(v, str) else v for k, v in line.items()}
        return json.dumps(short, ensure_ascii=True, default=str)


def where(wrong: BaseException | None) -> dict[str, object]:
    """The kind of an exception and the lines of code it came through; not its words."""
    if wrong is None:
        return {}
    frames = traceback.extract_tb(wrong.__traceback__)[-12:]
    through = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    return {"exception": type(wrong).__name__, "through": through}


class DayFiles(logging.Handler):
    """One file a day in a folder; any number of processes append to it line by line."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__()
        self._folder, self._clock = folder, clock or (lambda: datetime.now(UTC))
        self._day, self._fd = "", -1

    def emit(self, record: logging.LogRecord) -> None:
        """Append the record's line: one write, so that lines of several processes never mix."""
        try:
            day = self._clock().strftime("%Y-%m-%d")
            if day != self._day:
                self._turn(day)
            os.write(self._fd, (self.format(record) + "\n").encode("ascii"))
        except OSError:  # the disk is full or gone: figures are worth more than lines
            self._day = ""

    def _turn(self, day: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.close()
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._fd, self._day = os.open(self._folder / f"nqcore-{day}.jsonl", flags, 0o600), day
        for old in sorted(self._folder.glob("nqcore-????-??-??.jsonl"))[:-KEPT_DAYS]:
            old.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        if self._fd >= 0:
            os.close(self._fd)
        self._fd, self._day = -1, ""
        super().close()


def set_up(folder: Path | None) -> None:
    """Send every line of this process to the folder's files, or to standard error."""
    handler: logging.Handler = DayFiles(folder) if folder else logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    EVENTS.setLevel(logging.INFO)


def note(response: Response) -> Response:
    """Log what a request came to, where it is worth a line: changes, and what was not allowed."""
    status, account = response.status_code, g.get("account")
    name = _name(status, account)
    if not name and "attachment" in response.headers.get("Content-Disposition", ""):
        name = "exported"
    if name:
        args = request.view_args or {}
        fields: dict[str, Any] = {"page": request.endpoint, "status": status}
        if isinstance(account, Account):
            fields["account"] = account.login
        if "submission" in args and status < 400:
            fields["report"] = args["submission"]
        event(name, logging.INFO if status < 400 else logging.WARNING, **fields, **_source())
    return response


def _name(status: int, account: object) -> str:
    if request.endpoint in ("auth.enter", "auth.use_link", "auth.check_code"):
        names = {200: "second step asked", 303: "signed in", 429: "throttled"}
        return names.get(status, "sign-in failed")
    if status in DENIED:
        # Requests without a session for pages that do not exist are not logged.
        return "denied" if status != 404 or account is not None else ""
    if status in REFUSED:
        return "refused"
    return "done" if request.method == "POST" and status < 400 else ""


def _source() -> dict[str, object]:
    return {"from": request.remote_addr or ""}


class LoggedFlask(Flask):
    """Flask, but what it logs of an exception quotes neither its words nor the address."""

    def log_exception(self, exc_info: Any) -> None:
        """Kind and place of what a view raised."""
        event("fault", logging.ERROR, page=request.endpoint, **where(exc_info[1]), **_source())
