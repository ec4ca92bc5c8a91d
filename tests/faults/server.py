"""The real server, `nq serve`, as a process that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tests.support.waiting import Lines

NQ = (sys.executable, "-c", "from nqcore.cli import main; main()")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def runs(pid: int) -> bool:
    """Is there such a process, and is it not merely waiting to be buried?"""
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


class Zygote:
    """Forks servers from an interpreter that has everything loaded (zygote.py)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert self._process.stdout is not None
        self._lines = Lines(self._process.stdout)
        assert self._lines.next() == "ready"

    def fork(self, folder: Path, port: int, workers: int, log: Path) -> int:
        """Number of a new server process."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{folder} {port} {workers} {log}\n")
        return int(self._lines.next())

    def __enter__(self) -> Zygote:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)


class Server:
    """One running `nq serve` and its workers, in a process group of their own."""

    def __init__(
        self,
        folder: Path,
        workers: int = 1,
        zygote: Zygote | None = None,
        prefix: tuple[str, ...] = (),
    ) -> None:
        self.port = free_port()
        # Beside the keys: the workspace's own disk may be full or read-only.
        self.log = Path(os.environ["NQ_KEYS"]).with_name(f"{folder.name}.log")
        self._process: subprocess.Popen[bytes] | None = None
        begun = time.monotonic()
        if zygote is not None:
            self.pid = zygote.fork(folder, self.port, workers, self.log)
        else:
            serve = (
                "serve",
                "-w",
                str(folder),
                "--port",
                str(self.port),
                "--workers",
                str(workers),
            )
            with open(self.log, "ab") as log:
                self._process = subprocess.Popen(
                    (*prefix, *NQ, *serve), stdout=log, stderr=log, start_new_session=True
                )
            self.pid = self._process.pid
        try:
            self._wait(300)
        except BaseException:
            self.kill()
            raise
        self.seconds = time.monotonic() - begun
        """From starting the process to its first answer."""

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5) as asked:
                asked.settimeout(seconds)
                asked.sendall(b"GET /dang-nhap HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                if asked.recv(20).startswith(b"HTTP/1."):
                    return
            if not self.alive:
                break
            time.sleep(0.01)
        raise RuntimeError(f"the server did not start: {self.log.read_text('utf-8')[-800:]}")

    @property
    def alive(self) -> bool:
        """Is it still there?"""
        if self._process is not None:
            return self._process.poll() is None
        return runs(self.pid)

    @property
    def children(self) -> list[int]:
        """Process numbers of its workers (none when it serves itself)."""
        try:
            text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii")
        except FileNotFoundError:
            return []
        return [int(word) for word in text.split()]

    @property
    def faults(self) -> list[str]:
        """The lines of its log that tell an exception nothing had expected, and where it came from."""
        return [line for line in self.log.read_text("utf-8").splitlines() if '"exception"' in line]

    def kill(self, sig: int = signal.SIGKILL) -> None:
        """The signal to the whole group at once; after SIGKILL nobody of it runs any more."""
        group = [self.pid, *self.children]
        with suppress(ProcessLookupError):
            os.killpg(self.pid, sig)
        if self._process is not None and sig == signal.SIGKILL:
            self._process.wait(60)
        until = time.monotonic() + 20
        while sig == signal.SIGKILL and any(map(runs, group)) and time.monotonic() < until:
            time.sleep(0.001)

    def stop(self) -> None:
        """As Ctrl+C does; killed after ten seconds."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGINT)
        until = time.monotonic() + 10
        while self.alive and time.monotonic() < until:
            time.sleep(0.01)
        self.kill()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
