"""One large file of an account is read at a time: finding the parts of a form of 20 MB takes a thread."""

from __future__ import annotations

from threading import Lock

from flask import Flask, abort, g, request

EXTENSION = "nqcore.receiving"
LARGE = 1_000_000
"""Bytes of a form that is read in no time; one of which the length is not known counts as larger."""


class Receiving:
    """The accounts of which this process reads a large file just now. Threads may share it."""

    def __init__(self) -> None:
        self._logins: set[str] = set()
        self._lock = Lock()

    def begin(self, login: str) -> bool:
        """Whether a large file of the account may be read now; then `end`."""
        with self._lock:
            free = login not in self._logins
            self._logins.add(login)
            return free

    def end(self, login: str) -> None:
        """The request is over."""
        with self._lock:
            self._logins.discard(login)


def init_app(app: Flask) -> None:
    """To be called when the account is known, and before anything reads the form."""
    room = app.extensions[EXTENSION] = Receiving()

    def begin() -> None:
        if g.account is None or request.mimetype != "multipart/form-data":
            return
        if request.content_length is not None and request.content_length <= LARGE:
            return
        if not room.begin(g.account.login):
            abort(429)
        g.receiving = g.account.login

    def end(_wrong: BaseException | None) -> None:
        login = g.pop("receiving", None)
        if login is not None:
            room.end(login)

    app.before_request(begin)
    app.teardown_request(end)
