"""Heavy pages of the application are answered by worker processes, in their turn."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from flask import Flask, current_app, g, make_response, render_template, request
from werkzeug.wrappers import Response

from webforms.security.event_log import event
from webforms.security.page_rules import rule_of
from webforms.shared.context import workspace
from webforms.shared.language import _, language
from webforms.workers.process import Answered, WorkerFailed, Workers
from webforms.workers.waiting_line import Ticket, Turn, WaitingLine

EXTENSION = "nqcore.workers"
AGAIN = 3
"""Seconds after which a browser that waits asks again."""
KEPT, KEPT_BYTES = 16, 32_000_000
"""Documents that are kept for the next who asks for the same, and how large they may be together."""


_OF_A_DOCUMENT = {"content-type", "content-disposition", "content-length"}


class DocumentKey(NamedTuple):
    """What a document depends on: the record of the journal, the day, the address, the language."""

    head: str
    day: str
    address: str
    language: str


class HandOver:
    """The line, the processes, and the documents made last."""

    def __init__(self, workers: Workers) -> None:
        self.workers, self.line = workers, WaitingLine()
        self._kept: OrderedDict[DocumentKey, Answered] = OrderedDict()
        self._lock = Lock()

    def kept(self, key: DocumentKey) -> Answered | None:
        """The document, if it was made already and nothing has changed since."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: DocumentKey, answered: Answered) -> None:
        """Keep a document; the oldest go when there are too many."""
        with self._lock:
            self._kept[key] = answered
            while len(self._kept) > KEPT or self._size() > KEPT_BYTES:
                self._kept.popitem(last=False)

    def _size(self) -> int:
        return sum(len(one.body) for one in self._kept.values())


def init_app(app: Flask, workers: Workers) -> None:
    """Let `workers` answer the heavy pages. To be called after every check of a request is in place."""
    app.extensions[EXTENSION] = HandOver(workers)
    app.before_request(hand_over)


def hand_over() -> Response | None:
    """The answer of a worker process; None for a page that this process makes itself."""
    rule = rule_of(current_app.view_functions.get(request.endpoint or ""))
    if rule is None or not rule.heavy or request.method not in ("GET", "HEAD") or g.account is None:
        return None
    room: HandOver = current_app.extensions[EXTENSION]
    key = _key()
    if (document := room.kept(key)) is not None:
        return _response(document)
    ticket = Ticket(g.account.login, request.full_path)
    turn = room.line.ask(ticket, time.monotonic())
    if turn is not Turn.GO:
        return _later(turn, room.line.ahead(ticket))
    try:
        answered = room.workers.answer(_variables())
    except WorkerFailed:
        event("page not made", page=request.endpoint)
        return _failed()
    finally:
        room.line.leave(ticket)
    if request.method == "GET" and _is_document(answered):  # the answer to a HEAD has no body
        room.keep(key, _without_session(answered))
    return _response(answered)


def _key() -> DocumentKey:
    ws = workspace()
    return DocumentKey(str(ws.store.head), ws.today.isoformat(), request.full_path, language())


def _variables() -> dict[str, str]:
    """The request's WSGI variables that are text: address, query, headers, cookies."""
    return {name: value for name, value in request.environ.items() if isinstance(value, str)}


def _is_document(answered: Answered) -> bool:
    """A file to download: it is the same for every account that may see it, unlike a page."""
    names = {name.lower(): value for name, value in answered.headers}
    return answered.status.startswith("200") and "attachment" in names.get(
        "content-disposition", ""
    )


def _without_session(answered: Answered) -> Answered:
    """The document without what belongs to the session that asked for it: above all its cookie."""
    kept = tuple(
        (name, value) for name, value in answered.headers if name.lower() in _OF_A_DOCUMENT
    )
    return Answered(answered.status, kept, answered.body)


def _response(answered: Answered) -> Response:
    return Response(answered.body, status=answered.status, headers=list(answered.headers))


def _later(turn: Turn, ahead: int) -> Response:
    """The page that says what is waited for; the browser asks again by itself, without a script."""
    if turn is Turn.WAIT:
        words = _("Before it, the system is making {ahead} other pages or documents.").format(
            ahead=ahead
        )
    elif turn is Turn.ACCOUNT_FULL:
        words = _(
            "You are already waiting for several documents. This one follows when they are ready."
        )
    else:
        words = _("Many people are asking for documents just now. This page tries again by itself.")
    status = 429 if turn is Turn.ACCOUNT_FULL else 503
    seconds = AGAIN if turn is Turn.WAIT else 4 * AGAIN
    answer = make_response(render_template("waiting.html", words=words, seconds=seconds), status)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Refresh"] = str(seconds)
    return answer


def _failed() -> Response:
    words = _(
        "This page took too long and was given up. Choose a shorter period or a smaller unit, then try again."
    )
    return make_response(render_template("waiting.html", words=words, seconds=0), 503)
