"""Runs a reader in a child process with limited time, memory and environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar, cast

from nqcore.files.incoming.file_names import shown_name
from nqcore.files.incoming.refusals import Damaged, FileRefused, ReadersBusy, TooHeavy

T = TypeVar("T")

SECONDS, MEGABYTES = 10, 512
"""Limits of one file: seconds of processor time, so that a small file is read on a busy machine too."""
PATIENCE = 3
"""By the clock a child may take this many times its processor time; then the machine is too busy."""
AT_ONCE = 2
WAIT = 20.0
"""Seconds to wait for a free place among the child processes."""
_places = BoundedSemaphore(AT_ONCE)
_CHILD = "from nqcore.files.incoming.child_process import main; main()"
_KEPT = ("LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP")
"""The environment variables of the child: no key, no password, no path of the workspace."""

DONE, REFUSED, FAILED, NO_MEMORY = 0, 3, 4, 5
"""Exit statuses of the child process."""


def read_in_child(
    reader: Callable[[bytes], T],
    data: bytes,
    *,
    file: str,
    seconds: int = SECONDS,
    megabytes: int = MEGABYTES,
) -> T:
    """The result of ``reader(data)``, computed in a child process. `seconds` (of processor time) and
    `megabytes` are its limits.

    Raises FileRefused: that of the reader, Damaged when the reader raised another error, TooHeavy
    when it exceeded a limit, ReadersBusy when too many files are being read, or when the machine gave the
    child too little processor time.
    """
    shown = shown_name(file)
    place = f"{reader.__module__}:{reader.__qualname__}"
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    # Each thread of a pool (of numpy and others) would need part of the memory.
    environment["OPENBLAS_NUM_THREADS"] = environment["OMP_NUM_THREADS"] = "1"
    if not _places.acquire(timeout=WAIT):
        raise ReadersBusy(file=shown)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _CHILD, place, shown, str(seconds), str(megabytes)],
            input=data,
            capture_output=True,
            env=environment,
            timeout=seconds * PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as wrong:
        raise late(shown) from wrong
    finally:
        _places.release()
    crashed = done.returncode == 1 and b"Traceback" in done.stderr
    if (done.returncode == DONE and not done.stdout) or (0 < done.returncode < 3 and not crashed):
        raise Damaged(file=shown, detail="exit")  # a library ended the process
    if done.returncode == DONE:
        return cast(T, json.loads(done.stdout))
    if done.returncode == REFUSED:
        refusal = json.loads(done.stdout)
        raise FileRefused.from_child(refusal["code"], refusal["template"], refusal["params"])
    if done.returncode == FAILED:
        raise Damaged(file=shown, detail=done.stdout.decode("utf-8", "replace")[:200])
    if crashed:  # the file is not the cause: the reader itself could not be imported
        raise RuntimeError(f"{place}: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
    # No memory left, or ended by a signal: SIGXCPU, SIGKILL, or SIGABRT of a library without memory.
    raise TooHeavy(file=shown)


def late(shown: str) -> FileRefused:
    """Why the file `shown` was not read by the clock's end. A child that has used its processor time was
    ended by the system before that; where the system sets no such limit (Windows), the file is too heavy."""
    return ReadersBusy(file=shown) if os.name == "posix" else TooHeavy(file=shown)
