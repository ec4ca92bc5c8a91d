"""Running a reader in a child process that may not take long, much, or anything with it."""

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
AT_ONCE = 2
WAIT = 20.0
"""Seconds that a file waits for others that are being read."""
_places = BoundedSemaphore(AT_ONCE)
_CHILD = "from nqcore.files.incoming.reader_process import main; main()"
_KEPT = ("LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP")
"""What the child knows of the environment: no key, no password, no path of the workspace."""

DONE, REFUSED, FAILED, NO_MEMORY = 0, 3, 4, 5
"""How the child ends."""


def read_apart(
    reader: Callable[[bytes], T],
    data: bytes,
    *,
    file: str,
    seconds: int = SECONDS,
    megabytes: int = MEGABYTES,
) -> T:
    """``reader(data)``, computed in a child process. Raises FileRefused: the reader's own, Damaged
    when it raised anything else, TooHeavy when it took more than it may."""
    shown = shown_name(file)
    place = f"{reader.__module__}:{reader.__qualname__}"
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    # numpy's and others' pools of threads would each take their share of the memory.
    environment["OPENBLAS_NUM_THREADS"] = environment["OMP_NUM_THREADS"] = "1"
    if not _places.acquire(timeout=WAIT):
        raise ReadersBusy(file=shown)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _CHILD, place, shown, str(seconds), str(megabytes)],
            input=data,
            capture_output=True,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as wrong:
        raise TooHeavy(file=shown) from wrong
    finally:
        _places.release()
    crashed = done.returncode == 1 and b"Traceback" in done.stderr
    if (done.returncode == DONE and not done.stdout) or (0 < done.returncode < 3 and not crashed):
        raise Damaged(file=shown, detail="exit")  # a library ended the process
    if done.returncode == DONE:
        return cast(T, json.loads(done.stdout))
    if done.returncode == REFUSED:
        said = json.loads(done.stdout)
        raise FileRefused.said(said["code"], said["template"], said["params"])
    if done.returncode == FAILED:
        raise Damaged(file=shown, detail=done.stdout.decode("utf-8", "replace")[:200])
    if crashed:  # not the file's fault: the reader could not even be imported
        raise RuntimeError(f"{place}: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
    # No memory left, or stopped by a signal: SIGXCPU, SIGKILL, SIGABRT of a library without memory.
    raise TooHeavy(file=shown)
