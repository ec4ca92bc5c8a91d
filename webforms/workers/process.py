"""A process with the same application over the same folder, which answers one request at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

LIMIT = 120.0
"""Seconds that one page may take."""
IDLE = 600.0
"""Seconds without a page after which a process ends and gives its memory back."""
NICE = 10
"""How far a process stands back behind those who save."""


class WorkerFailed(Exception):
    """The page took too long, or its process died; another process takes the next one. `begun`: the process
    had the request, so that what it was to write may be written."""

    def __init__(self, *, begun: bool) -> None:
        super().__init__()
        self.begun = begun


@dataclass(frozen=True, slots=True)
class PageAsked:
    """What is asked of a page: the WSGI variables that are text, and the form that was posted."""

    environ: Mapping[str, str]
    body: bytes = b""

    @property
    def reads(self) -> bool:
        """Whether it only reads, and may be asked again."""
        return self.environ["REQUEST_METHOD"] in ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer of a page: its status line, headers and body."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Worker:
    """One process. It is started by its first page, and again when it has ended.

    Only one thread at a time may call it: the waiting line sees to that. `make` builds the application
    in the process; it must be a function of a module, or a partial of one.
    """

    def __init__(self, make: Callable[[], Flask]) -> None:
        self._make = make
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def answer(self, asked: PageAsked, limit: float = LIMIT) -> Answered:
        """The answer to what is asked. Raises WorkerFailed."""
        try:
            return self._answer(asked, limit)
        except _Ended as ended:
            # It ended since the last page (idle, or killed). What may have been written is not asked twice.
            if ended.begun and not asked.reads:
                raise WorkerFailed(begun=True) from ended
        try:
            return self._answer(asked, limit)
        except _Ended as ended:
            raise WorkerFailed(begun=ended.begun) from ended

    def _answer(self, asked: PageAsked, limit: float) -> Answered:
        if self._pipe is None:
            self._start()
        assert self._pipe is not None
        until, begun = time.monotonic() + limit, False
        try:
            self._pipe.send(asked)
            begun = self._hear(until, begun) is None
            answered = self._hear(until, begun)
        except (EOFError, OSError) as wrong:
            self.close()
            raise _Ended(begun) from wrong
        assert answered is not None
        return answered

    def _hear(self, until: float, begun: bool) -> Answered | None:
        """What the process says next: None that it has begun, then its answer. Raises WorkerFailed."""
        assert self._pipe is not None
        if not self._pipe.poll(max(0.0, until - time.monotonic())):
            self.close()
            raise WorkerFailed(begun=begun)
        said: Answered | None = self._pipe.recv()
        return said

    def _start(self) -> None:
        # "spawn": a fork would copy the locks that other threads hold at this moment.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=run, args=(self._make, theirs), daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours

    def close(self) -> None:
        """End the process."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(10)
        self._process = self._pipe = None


class _Ended(Exception):
    """The process is no more; `begun`: it had taken the request."""

    def __init__(self, begun: bool) -> None:
        super().__init__()
        self.begun = begun


class Workers:
    """As many processes as there are places."""

    def __init__(self, make: Callable[[], Flask], count: int) -> None:
        self._free = [Worker(make) for _n in range(count)]
        self._all, self._lock = tuple(self._free), Lock()

    def answer(self, asked: PageAsked) -> Answered:
        """As `Worker.answer`, in a process that has nothing to do."""
        with self._lock:
            worker = self._free.pop()
        try:
            return worker.answer(asked)
        finally:
            with self._lock:
                self._free.append(worker)

    def close(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.close()


def run(make: Callable[[], Flask], pipe: Connection) -> None:
    """The process itself: it ends when the server does, or when nothing is asked for a while."""
    ending = _Ending()
    # Ctrl+C is for the server; SIGTERM may come to every process of a service at once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, ending.asked)
    if hasattr(os, "nice"):
        os.nice(NICE)
    app = make()
    try:
        while not ending.now and pipe.poll(IDLE):
            asked = pipe.recv()
            ending.busy = True
            pipe.send(None)  # from here on something may be written
            pipe.send(_answer_request(app, asked))
            ending.busy = False
    except (EOFError, BrokenPipeError):
        return


class _Ending:
    """The process ends at once when it is idle, and after its page when it makes one."""

    def __init__(self) -> None:
        self.busy = self.now = False

    def asked(self, number: int, frame: object) -> None:
        self.now = True
        if not self.busy:
            raise SystemExit(0)


def _answer_request(app: Flask, asked: PageAsked) -> Answered:
    from werkzeug.wrappers import Response

    environ = {
        **asked.environ,
        "CONTENT_LENGTH": str(len(asked.body)),
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(asked.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    response = Response.from_app(app, environ, buffered=True)
    return Answered(response.status, tuple(response.headers), response.get_data())
