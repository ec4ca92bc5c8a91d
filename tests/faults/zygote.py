"""Starts `nq serve` again and again without loading Python each time: forks itself.

Reads lines `DIR PORT WORKERS LOG`; answers the new process's number. Each one leads a process group
of its own and runs exactly the command `nq serve`. `python -m tests.faults.zygote`.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys


def _serve(folder: str, port: str, workers: str, log: str) -> None:
    from nqcore.cli import main

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    main(["serve", "-w", folder, "--port", port, "--workers", workers])


def run() -> None:
    """Fork one server for every line."""
    for name in ("gunicorn.app.base", "gunicorn.workers.gthread", "waitress", "webforms.serving"):
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are nobody's concern
    print("ready", flush=True)
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            try:
                _serve(*line.split())
            finally:
                os._exit(1)
        print(pid, flush=True)


if __name__ == "__main__":
    run()
