"""Run waitress until SIGTERM or SIGINT (Ctrl+C), then finish what was asked before the process ends.

From then on no new connection is taken, every answer says `Connection: close`, and the process waits until
all answers are with their browsers. A browser whose connection is idle has GRACE_SECONDS in which a request
that is on its way is still answered: its user must not wonder whether something was saved.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

GRACE_SECONDS = 1.0
DRAIN_SECONDS = 30.0
"""After this time the process ends also if an answer is not finished."""
_WAKE_SECONDS = 0.05
_BACKLOG = 128
"""Connections that the system has taken and waitress has not seen yet, at most."""

Map = dict[int, Any]


class Draining:
    """Whether the process is to end, and the signal handlers that say so."""

    def __init__(self) -> None:
        self.asked = threading.Event()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """A block in which the first SIGTERM or SIGINT sets `asked`; the next one ends the process at
        once. In another thread than the main one no signal arrives, and nothing is set."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
        for each in before:
            signal.signal(each, self._first)
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _first(self, number: int, frame: object) -> None:
        self.asked.set()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)


def run(server: Any, sockets: Map, draining: Draining) -> bool:
    """Serve until `draining` is asked for, then finish; whether every answer was finished in time.

    `server` is what `waitress.create_server` made with the map `sockets`."""
    while not draining.asked.is_set():
        # The system goes on waiting after a signal, so the wait is short.
        wasyncore.loop(timeout=_WAKE_SECONDS * 4, map=sockets, use_poll=True, count=1)
    for _ in range(_BACKLOG):
        wasyncore.loop(timeout=0, map=sockets, use_poll=True, count=1)
    for listening in [one for one in sockets.values() if isinstance(one, BaseWSGIServer)]:
        wasyncore.dispatcher.close(listening)
    try:
        return _finish(sockets)
    finally:
        server.task_dispatcher.shutdown(timeout=1)
        close(sockets)


def close(sockets: Map) -> None:
    """Close all sockets of a server."""
    wasyncore.close_all(sockets)


def _finish(sockets: Map) -> bool:
    begun = time.monotonic()
    while channels := [one for one in sockets.values() if isinstance(one, HTTPChannel)]:
        waited = time.monotonic() - begun
        for channel in channels:
            _last_answer(channel)
            if waited > GRACE_SECONDS and not _busy(channel):
                channel.will_close = True
        if waited > DRAIN_SECONDS:
            return False
        wasyncore.loop(timeout=_WAKE_SECONDS, map=sockets, use_poll=True, count=1)
    return True


def _busy(channel: Any) -> bool:
    """Whether a request is being read or answered, or bytes of an answer wait."""
    return bool(channel.requests or channel.request or channel.total_outbufs_len)


def _last_answer(channel: Any) -> None:
    """The next answer on this connection says that it is the last one."""
    for request in (channel.request, *channel.requests):
        if request is not None and request.headers_finished:
            request.headers["CONNECTION"] = "close"
