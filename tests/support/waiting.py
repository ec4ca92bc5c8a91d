"""Waiting for other processes and threads, but never for ever: whoever does not come makes the test fail.

`tests/test_waits.py` says that no test waits in any other way.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, Queue
from typing import IO

LONG = 120.0
"""Seconds: longer than anything takes on a busy machine, far shorter than the limit of a test."""


class Lines:
    """What a process prints, by whole lines: what has no newline behind it is not a line.

    Where several processes print into one pipe and one of them is killed, what it had half printed
    stands in front of the next line of another one.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._queue: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while line := self._stream.readline():
            self._queue.put(line)
        self._queue.put("")

    def next(self, seconds: float = LONG) -> str:
        """The next line, without its newline."""
        try:
            line = self._queue.get(timeout=seconds)
        except Empty:
            raise AssertionError(f"nothing was printed for {seconds:g} s") from None
        assert line.endswith("\n"), f"the process ended; its last words: {line!r}"
        return line[:-1]

    def close(self) -> None:
        """After the process has ended."""
        join_all([self._reader])
        self._stream.close()


@contextmanager
def lines_of(process: subprocess.Popen[str]) -> Iterator[Lines]:
    """The lines that `process` prints. It is killed at the end of the block if it still runs."""
    assert process.stdout is not None
    lines = Lines(process.stdout)
    try:
        yield lines
    finally:
        process.kill()
        process.wait(LONG)
        lines.close()
        for stream in (process.stdin, process.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):  # what was not yet read of what it was told
                    stream.close()


def join_all(threads: Iterable[threading.Thread]) -> None:
    """Until all of them are through. Make them daemons: a hanging one would hold up the end of the run."""
    for thread in threads:
        thread.join(LONG)
        assert not thread.is_alive(), f"{thread.name} hangs"


def exit_status(pid: int, seconds: float = LONG) -> int:
    """How a forked child ended, as of os.waitpid; one that does not end is killed."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)  # bounded: a killed process ends
    raise AssertionError(f"process {pid} did not end within {seconds:g} s")
