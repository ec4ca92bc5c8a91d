"""Strangers come one after the other, so that users who are signed in never stand behind them.

All threads of a server process share one interpreter: while eighty browsers open the sign-in page and try
passwords, little of it is left for a save. So of the requests without a session one is answered at a time,
some wait for a moment, and what comes beyond gets a small page that was made before and asks again by itself.
Browsers in which a user has signed in before have a line of their own, which no other browser fills. The
cookies are believed only with our signature, and a session only while the register has it.

It stands before Flask, under waitress and gunicorn alike: what is refused must cost very little.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Flask
from itsdangerous import BadData
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import get_input_stream

from nqcore.collection.accounts.few_at_once import FewAtOnce
from webforms.security.crowd_page import CrowdPage, crowd_answer
from webforms.security.event_log import event
from webforms.security.page_rules import PageRule, rule_of
from webforms.security.session_register import SECONDS, Register
from webforms.security.sessions import DEVICE_SALT, EXTENSION, device_cookie
from webforms.security.signing import SignedCookies, signer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AT_ONCE = 1
"""Requests of strangers that a process answers at a time."""
MAY_WAIT = 8
"""Requests that may wait for their turn: each holds a thread."""
FOR_POSTS = 4
"""Places of the line that are kept for what people typed."""
WAIT_SECONDS = 3.0
"""How long one waits before it is refused."""
AGAIN = (3, 8)
"""Seconds after which the page asks again: not all browsers at the same moment."""
TOLD_EVERY = 60.0
"""Seconds between two lines of the log about a crowd."""
HELD_BYTES, BLOCK = 1_000_000, 65_536
"""Bytes of a body that are held in memory; more goes to a file. It is read in blocks."""

LINES = 2
"""Lines of a process: of strangers, and of browsers that are known."""
THREADS = LINES * (AT_ONCE + MAY_WAIT)
"""Threads that strangers hold at most: a server has them on top of those for its users."""


class Gate:
    """A WSGI application around `app`'s own: users pass, strangers come in turn."""

    def __init__(self, app: Flask, inner: WSGIApplication) -> None:
        self.app, self.inner = app, inner
        self.strangers = FewAtOnce(AT_ONCE, MAY_WAIT)
        self.known = FewAtOnce(AT_ONCE, MAY_WAIT)
        serializer = SignedCookies().get_signing_serializer(app)
        assert serializer is not None  # there is a secret
        self._sessions = serializer
        self._devices = signer(app.config["SECRET_KEY"], DEVICE_SALT)
        self._free = {"/healthz", *_static_files(app)}
        self._page = CrowdPage(app)
        self._refusals = _Refusals()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        if environ.get("PATH_INFO", "") in self._free:
            return self.inner(environ, start_response)
        request = Request(environ, populate_request=False)
        session = self._session(request)
        if self._holds(session.get("id")):
            return self.inner(environ, start_response)
        line = self.known if self._is_known(request) else self.strangers
        posted = request.method not in ("GET", "HEAD", "OPTIONS")
        with self._whole_body(environ) if posted else nullcontext():
            with line.place(seconds=WAIT_SECONDS, leaving=0 if posted else FOR_POSTS) as admitted:
                if admitted:
                    return self.inner(environ, start_response)
            self._refusals.note()
            answer = self._refuse(Request(environ), session.get("lang"), posted)
            return answer(environ, start_response)

    def _holds(self, name: object) -> bool:
        """Whether that is the name of a session that has not ended."""
        register: Register = self.app.extensions[EXTENSION]
        return register.has(name)

    def _session(self, request: Request) -> dict[str, Any]:
        """What the session's cookie says, if we have signed it."""
        cookie = request.cookies.get(self.app.config["SESSION_COOKIE_NAME"])
        try:
            found = self._sessions.loads(cookie, max_age=SECONDS) if cookie else {}
        except BadData:
            return {}
        return found if isinstance(found, dict) else {}

    def _is_known(self, request: Request) -> bool:
        """Whether a user has signed in from this browser before."""
        try:
            self._devices.loads(request.cookies.get(device_cookie(self.app), ""))
        except BadData:
            return False
        return True

    @contextmanager
    def _whole_body(self, environ: WSGIEnvironment) -> Iterator[None]:
        """Read what was posted before a place is taken: a slow sender keeps no other one waiting. What is
        longer than any page takes is not read, and is refused by its length."""
        with SpooledTemporaryFile(max_size=HELD_BYTES) as held:
            if int(environ.get("CONTENT_LENGTH") or 0) <= self._largest:
                stream, size = get_input_stream(environ), 0
                while size <= self._largest and (block := stream.read(BLOCK)):
                    size += held.write(block)
                held.seek(0)
                environ["wsgi.input"], environ["CONTENT_LENGTH"] = held, str(size)
            yield

    @cached_property
    def _largest(self) -> int:
        """The longest body that any page takes; asked when the application has all its pages."""
        views = self.app.view_functions.values()
        return max(rule.largest_body for view in views if (rule := rule_of(view)) is not None)

    def _refuse(self, request: Request, language: object, posted: bool) -> Response:
        rule, endpoint = self._rule(request) if posted else (None, "")
        return crowd_answer(
            self._page,
            request,
            language=str(language),
            posted=posted,
            rule=rule,
            signing_in=endpoint == "auth.enter",
            seconds=random.randint(*AGAIN),
        )

    def _rule(self, request: Request) -> tuple[PageRule | None, str]:
        """What the page that was posted to declares, and its endpoint."""
        adapter = self.app.url_map.bind("localhost")
        try:
            endpoint, _arguments = adapter.match(request.path, request.method)
        except HTTPException:
            return None, ""
        return rule_of(self.app.view_functions.get(endpoint)), endpoint


class _Refusals:
    """Writes of a crowd into the log: how many were put off, at most once a minute."""

    def __init__(self) -> None:
        self._lock, self._count, self._told = Lock(), 0, -TOLD_EVERY

    def note(self) -> None:
        """One more was put off."""
        with self._lock:
            self._count += 1
            now = time.monotonic()
            if now - self._told < TOLD_EVERY:
                return
            count, self._count, self._told = self._count, 0, now
        event("crowd at the sign-in", put_off=count)


def _static_files(app: Flask) -> Iterable[str]:
    """The addresses of the files of `static`. Any other address there is a page that says so, which costs
    as much as any page."""
    folder = Path(app.static_folder or "")
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return (f"{app.static_url_path}/{path.as_posix()}" for path in files)
