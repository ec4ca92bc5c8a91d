"""Heavy pages of the application are answered by worker processes, in their turn."""

from __future__ import annotations

import time
from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import NamedTuple, Protocol

from flask import Flask, current_app, g, make_response, render_template, request
from werkzeug.wrappers import Response

from webforms.security.event_log import event
from webforms.security.held_words import TOKEN
from webforms.security.page_rules import rule_of
from webforms.shared.context import workspace
from webforms.shared.language import _, language
from webforms.workers.elsewhere import EXTENSION, made_elsewhere
from webforms.workers.process import Answered, PageAsked, WorkerFailed, Workers
from webforms.workers.waiting_line import Ticket, Turn, WaitingLine

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


class SendAgain(Protocol):
    """Makes the page of a form that is to be sent again, and its status: `webforms.unsaved.send_again`."""

    def __call__(self, notice: str, *, status: int, seconds: int = 0) -> tuple[str, int]:
        """`notice` says why; a script may send it after `seconds`."""
        ...


class HandOver:
    """The line, the processes, and the documents made last."""

    def __init__(self, workers: Workers, send_again: SendAgain) -> None:
        self.workers, self.line, self.send_again = workers, WaitingLine(), send_again
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


def init_app(app: Flask, workers: Workers, send_again: SendAgain) -> None:
    """Let `workers` answer the heavy pages. To be called after every check of a request is in place."""
    app.extensions[EXTENSION] = HandOver(workers, send_again)
    app.before_request(hand_over)


def hand_over() -> Response | None:
    """The answer of a worker process; None for a page that this process makes itself."""
    rule = rule_of(current_app.view_functions.get(request.endpoint or ""))
    if rule is None or not made_elsewhere(rule) or g.account is None:
        return None
    if request.method not in ("GET", "HEAD", "POST"):
        return None
    room: HandOver = current_app.extensions[EXTENSION]
    if request.method == "POST":
        return _in_turn(room, PageAsked(_variables(), request.get_data()))
    key = _key()
    if (document := room.kept(key)) is not None:
        return _response(document)
    return _in_turn(room, PageAsked(_variables()), key)


def _in_turn(room: HandOver, asked: PageAsked, key: DocumentKey | None = None) -> Response:
    """The answer of a process, or where there is none yet, what is waited for; a document is kept under
    `key`."""
    ticket = Ticket(g.account.login, _wanted())
    turn = room.line.ask(ticket, time.monotonic())
    if turn is not Turn.GO:
        return _later(room, turn, room.line.ahead(ticket))
    try:
        answered = room.workers.answer(asked)
    except WorkerFailed as wrong:
        event("page not made", page=request.endpoint)
        return _failed(room, begun=wrong.begun)
    finally:
        room.line.leave(ticket)
    # The answer to a HEAD has no body.
    if key is not None and request.method == "GET" and _is_document(answered):
        room.keep(key, _without_session(answered))
    return _response(answered)


def _wanted() -> str:
    """What stands in the line: the address, and of a form what was typed. The same form sent again is the
    same, so that it keeps its place."""
    if request.method != "POST":
        return request.full_path
    fields = [(name, text) for name, text in request.form.items(multi=True) if name != TOKEN]
    return f"{request.full_path} {sha256(repr(fields).encode('utf-8', 'replace')).hexdigest()}"


def _key() -> DocumentKey:
    ws = workspace()
    return DocumentKey(str(ws.store.head), ws.today.isoformat(), request.full_path, language())


def _variables() -> dict[str, str]:
    """The request's WSGI variables that are text: address, query, headers, cookies."""
    found = {name: value for name, value in request.environ.items() if isinstance(value, str)}
    found.pop("HTTP_TRANSFER_ENCODING", None)  # the body is handed over in one piece
    return found


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


def _later(room: HandOver, turn: Turn, ahead: int) -> Response:
    """What is waited for: a page that a browser asks for again by itself, without a script; or the form with
    all that was typed, to be sent again."""
    writes = request.method == "POST"
    status = 429 if turn is Turn.ACCOUNT_FULL else 503
    seconds = AGAIN if turn is Turn.WAIT else 4 * AGAIN
    if writes:
        answer = make_response(
            *room.send_again(_not_yet(turn, ahead), status=status, seconds=seconds)
        )
    else:
        words = _for_page(turn, ahead)
        page = render_template("waiting.html", words=words, seconds=seconds)
        answer = make_response(page, status)
        answer.headers["Refresh"] = str(seconds)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _for_page(turn: Turn, ahead: int) -> str:
    if turn is Turn.WAIT:
        words = _("Before it, the system is making {ahead} other pages or documents.")
        return words.format(ahead=ahead)
    if turn is Turn.ACCOUNT_FULL:
        return _(
            "You are already waiting for several documents. This one follows when they are ready."
        )
    return _("Many people are asking for documents just now. This page tries again by itself.")


def _not_yet(turn: Turn, ahead: int) -> str:
    if turn is Turn.WAIT:
        words = _(
            "Not saved yet: before it, the system is making {ahead} other pages or documents. Everything "
            "that was typed is still here; send it in a moment."
        )
        return words.format(ahead=ahead)
    if turn is Turn.ACCOUNT_FULL:
        return _(
            "Not saved yet: you are already waiting for several pages or documents. Everything that was "
            "typed is still here; send it when they are ready."
        )
    return _(
        "Not saved yet: many people are asking for documents just now. Everything that was typed is "
        "still here; send it in a moment."
    )


def _failed(room: HandOver, *, begun: bool) -> Response:
    if request.method != "POST":
        words = _(
            "This page took too long and was given up. Choose a shorter period or a smaller unit, then "
            "try again."
        )
        return make_response(render_template("waiting.html", words=words, seconds=0), 503)
    if begun:
        notice = _(
            "This took too long and was given up; whether it was saved is not certain. Open the page again "
            "in another tab and look, then send it once more if it is missing."
        )
    else:
        notice = _("Not saved: the system could not begin. Send it again in a moment.")
    return make_response(*room.send_again(notice, status=503))
