"""What a plugin does while it starts: network, files, other programs, prints, a long time, state of the
process that belongs to all."""

from __future__ import annotations

import builtins
import decimal
import io
import locale
import logging
import os
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from types import MappingProxyType, TracebackType

CPU_SECONDS, WALL_SECONDS = 1.5, 5.0
"""How long a plugin may take to start: of the processor, and of the clock (which a busy machine prolongs)."""
_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn")
_FILES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "shutil.")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_STATE: Mapping[str, tuple[Callable[[], object], str]] = MappingProxyType(
    {
        "decimal context": (lambda: repr(decimal.getcontext()), "decimal.localcontext()"),
        "locale": (
            lambda: locale.setlocale(locale.LC_ALL),
            "no locale: nqcore writes numbers and dates",
        ),
        "working folder": (os.getcwd, "full paths"),
        "environment": (lambda: dict(os.environ), "values of your own module"),
        "time limit of sockets": (socket.getdefaulttimeout, "a limit at each call"),
        "random numbers": (lambda: hash(random.getstate()), "random.Random(seed)"),
        "search path of modules": (lambda: tuple(sys.path), "modules inside your package"),
        "limit of recursion": (sys.getrecursionlimit, "a loop"),
        "hook for exceptions": (lambda: sys.excepthook, "try and except where it may fail"),
        "handler of signals": (
            lambda: tuple(signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)),
            "no signals: the program that runs the plugin needs them",
        ),
        "threads": (threading.active_count, "no thread: do the work when a hook is called"),
        "built-in names": (
            lambda: {name: id(value) for name, value in vars(builtins).items() if name != "_"},
            "names of your own module",
        ),
        "root logger": (
            lambda: (logging.root.level, len(logging.root.handlers)),
            "logging.getLogger(__name__)",
        ),
    }
)
"""What belongs to the whole process: how it is read, and what to use in its place."""

_watching: list[StartWatch] = []


class StartWatch:
    """Watches what happens within the block, in which a plugin is loaded and its hooks are called.

    >>> with StartWatch("nq_x") as watch:
    ...     print("hello")
    >>> watch.faults()
    ['nq_x prints while it starts: “hello”. Leave the line out; what is wrong is raised or logged.']
    """

    _installed = False

    def __init__(self, name: str) -> None:
        self._name = name
        self._done: dict[str, str] = {}
        self._said = io.StringIO()
        self._redirects = (redirect_stdout(self._said), redirect_stderr(self._said))
        self._before: dict[str, object] = {}
        self._changed: list[str] = []
        self._cpu = self._wall = 0.0

    def __enter__(self) -> StartWatch:
        if not StartWatch._installed:  # a hook of audit cannot be taken away again
            sys.addaudithook(_heard)
            StartWatch._installed = True
        self._before = {what: read() for what, (read, _use) in _STATE.items()}
        for one in self._redirects:
            one.__enter__()
        self._cpu, self._wall = time.process_time(), time.perf_counter()
        _watching.append(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        wrong: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _watching.remove(self)
        self._cpu = time.process_time() - self._cpu
        self._wall = time.perf_counter() - self._wall
        for one in reversed(self._redirects):
            one.__exit__(kind, wrong, trace)
        self._changed = [
            what for what, (read, _use) in _STATE.items() if read() != self._before[what]
        ]

    def heard(self, what: str, detail: str) -> None:
        """Remember the first thing of each sort that was done."""
        self._done.setdefault(what, detail)

    def faults(self) -> list[str]:
        """What the plugin did that it must not do, one sentence each."""
        found = [
            f"{self._name} {_DONE[what].format(detail=detail)}"
            for what, detail in self._done.items()
        ]
        if said := " ".join(self._said.getvalue().split()):
            found.append(
                f"{self._name} prints while it starts: “{said}”. Leave the line out; what is wrong is "
                "raised or logged."
            )
        if self._cpu > CPU_SECONDS or self._wall > WALL_SECONDS:
            found.append(
                f"{self._name} takes {self._wall:.1f} s to start. Load heavy libraries inside the function "
                "that needs them, and wait for nothing."
            )
        for what in self._changed:
            found.append(
                f"{self._name} changes the {what} of the whole process while it starts. "
                f"Use {_STATE[what][1]}."
            )
        return found


_DONE = MappingProxyType(
    {
        "network": "uses the network while it starts ({detail}). Put the data into the package.",
        "program": "starts another program while it starts ({detail}). Do without it, or do it when a hook "
        "is called.",
        "file": "writes files while it starts ({detail}). A plugin returns values; nqcore writes files.",
    }
)


def _heard(event: str, given: tuple[object, ...]) -> None:
    """The audit hook of Python; it must be quick, and does nothing outside a watched block."""
    if not _watching:
        return
    if event in _NETWORK:
        _watching[-1].heard("network", event)
    elif event.startswith(_PROGRAMS):
        _watching[-1].heard("program", event)
    elif event.startswith(_FILES):
        _watch_file(str(given[0] if given else ""), event)
    elif event == "open" and _writes(given):
        _watch_file(str(given[0]), "open")


def _writes(given: tuple[object, ...]) -> bool:
    mode, flags = (*given, None, None)[1:3]
    if isinstance(mode, str):
        return any(sign in mode for sign in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITING)


def _watch_file(path: str, event: str) -> None:
    # The compiled code of a module is written by Python itself.
    if "__pycache__" not in path and not path.endswith(".pyc"):
        _watching[-1].heard("file", f"{event} {path}")
