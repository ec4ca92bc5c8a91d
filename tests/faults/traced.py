"""One action in a forked child under strace: count its system calls, or make the k-th one fail.

The child is a copy of this process with everything loaded and opened. What it has promised it writes
into memory that both share, so that telling costs no system call and cannot be hit itself.
"""

from __future__ import annotations

import mmap
import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Ack = Callable[[int], None]
Action = Callable[[Ack], None]

WRITES = re.compile(
    "write|writev|pwrite64|ftruncate|fsync|fdatasync|rename|renameat2?|unlink|unlinkat|mkdir|mkdirat"
    "|rmdir|openat|link|linkat|fchmod|flock|copy_file_range|sendfile|utimensat"
)
"""Calls that a full disk can refuse, too."""
_NO_FAULT = re.compile(
    r"exit|exit_group|rt_sig\w+|restart_syscall|kill|tgkill|wait4|brk|munmap|madvise|getpid|gettid|"
    r"clock_\w+|getrandom|futex|rseq|set_robust_list|sched_\w+|get\w*uid|get\w*gid|mprotect"
)
"""Calls that the kernel does not refuse for want of a disk."""


@dataclass(frozen=True, slots=True)
class Run:
    """`acked` numbers, and whether the child came to its end by itself."""

    acked: frozenset[int]
    ended: bool


def missing() -> str:
    """Why nothing can be traced here, or nothing."""
    return "" if shutil.which("strace") else "needs strace"


def traced(action: Action, options: tuple[str, ...] = (), seconds: float = 60) -> Run:
    """Fork, stop, attach strace with `options`, run `action` in the child, wait for its end."""
    shared = mmap.mmap(-1, 4096)
    child = os.fork()
    if child == 0:
        status = 7
        try:
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 1)
            os.dup2(null, 2)
            os.kill(os.getpid(), signal.SIGSTOP)
            action(lambda number: shared.__setitem__(number, 1))
            status = 0
        finally:
            os._exit(status)
    alarm = _Alarm(child, seconds)
    _, status = os.waitpid(child, os.WUNTRACED)  # bounded: by the alarm
    assert os.WIFSTOPPED(status)
    strace = subprocess.Popen(
        ("strace", "-f", "-p", str(child), *options), stderr=subprocess.PIPE, text=True
    )
    assert strace.stderr is not None
    said = ""
    while "attached" not in said:
        line = strace.stderr.readline()  # bounded: by the alarm
        if not line:
            alarm.cancel()
            os.kill(child, signal.SIGKILL)
            raise RuntimeError(f"strace did not attach: {said}")
        said += line
    os.kill(child, signal.SIGCONT)
    _, status = os.waitpid(child, 0)  # bounded: by the alarm
    alarm.cancel()
    strace.stderr.close()
    strace.wait(60)
    acked = frozenset(number for number in range(len(shared)) if shared[number])
    shared.close()
    return Run(acked, os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0)


class _Alarm:
    """Kills the child when it hangs. A signal, not a thread: this process forks."""

    def __init__(self, child: int, seconds: float) -> None:
        def ring(*_: object) -> None:
            os.kill(child, signal.SIGKILL)

        self._before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def cancel(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)


def calls(action: Action, log: Path) -> Counter[str]:
    """How often the action makes each system call that may fail."""
    run = traced(action, ("-o", str(log)))
    assert run.ended, log.read_text("utf-8", "replace")[-2000:]
    found = re.findall(r"^\d+\s+(\w+)\(", log.read_text("utf-8", "replace"), re.MULTILINE)
    log.unlink()
    return Counter(name for name in found if not _NO_FAULT.fullmatch(name))


def kills(count: Counter[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """strace options that kill at every call, each with a name for it."""
    for name, times in sorted(count.items()):
        for k in range(1, times + 1):
            inject = f"inject={name}:signal=SIGKILL:when={k}"
            yield f"{name} {k} SIGKILL", ("-e", f"trace={name}", "-e", inject, "-o", os.devnull)


def errors(count: Counter[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """strace options that make every call fail, once and from then on, each with a name for it."""
    for name, times in sorted(count.items()):
        for error in ("EIO", "ENOSPC") if WRITES.fullmatch(name) else ("EIO",):
            for k in range(1, times + 1):
                for ever in ("", "+"):
                    inject = f"inject={name}:error={error}:when={k}{ever}"
                    yield (
                        f"{name} {k}{ever} {error}",
                        ("-e", f"trace={name}", "-e", inject, "-o", os.devnull),
                    )


class Restorer:
    """Puts a folder back to what it was, into the same files: this process may have them open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._was = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def __call__(self) -> None:
        """Every file as it was; others removed."""
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_file() and path not in self._was:
                path.unlink()
        for path, data in self._was.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "r+b" if path.exists() else "xb") as file:
                file.truncate()
                file.write(data)
