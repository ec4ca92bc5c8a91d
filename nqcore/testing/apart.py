"""The kit in a child process: a plugin that ends or blocks its process, or uses all memory, does no harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from nqcore.testing.conformance import check_plugin, plugin_notes
from nqcore.testing.offices import OfficeGiven

SECONDS, MEGABYTES = 60, 2048
"""The limits of `check_plugin_apart`: of the processor's time, and of memory."""
PATIENCE = 3
"""So many times as long as SECONDS it may take by the clock: a plugin that sleeps uses no processor."""


NO_OFFICE = OfficeGiven()


class PluginCheck(NamedTuple):
    """`faults` are what is wrong with a plugin, `notes` what is worth a look and may well be meant."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]


def check_plugin_apart(
    name: str, *, extra: Sequence[str] = (), office: OfficeGiven = NO_OFFICE
) -> PluginCheck:
    """`check_plugin` and `plugin_notes` in a child process: a plugin that ends or blocks its process, or uses
    all memory, is found without harm."""
    with TemporaryDirectory(prefix="nq-kit-") as folder:
        asked, answer = Path(folder) / "asked.json", Path(folder) / "answer.json"
        asked.write_text(json.dumps([name, [*extra], office.as_json(), str(answer)]), "utf-8")
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NQ_KEYS": folder,
        }
        command = [sys.executable, "-P", "-c", _CHILD, str(asked), str(SECONDS), str(MEGABYTES)]
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment,
                timeout=SECONDS * PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return PluginCheck((_waits(name),), ())
        if answer.exists():
            faults, notes = json.loads(answer.read_text("utf-8"))
            return PluginCheck(tuple(faults), tuple(notes))
        return PluginCheck((_harmed(name, done.returncode, done.stderr),), ())


_CHILD = "import sys; from nqcore.testing.apart import answer; answer(*sys.argv[1:])"


def answer(asked: str, seconds: str, megabytes: str) -> None:
    """What the child process does: check, and write the answer into a file. A plugin may print what it
    likes."""
    _limit(int(seconds), int(megabytes))
    name, extra, office, file = json.loads(Path(asked).read_text("utf-8"))
    given = OfficeGiven.from_json(office).definitions()
    faults = check_plugin(name, extra=extra, office=given)
    notes = [] if faults else plugin_notes(name)
    Path(file).write_text(json.dumps([faults, notes]), "utf-8")


def _limit(seconds: int, megabytes: int) -> None:
    if os.name != "posix":
        return
    import resource

    # Of the memory that is really asked for: a converter maps much more than it uses.
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _waits(name: str) -> str:
    return (
        f"{name} was not checked in time: it waits for something while it is loaded or run, or this machine "
        "is busy. Check it again. If it says the same, take it off the list of plugins."
    )


def _harmed(name: str, status: int, said: bytes) -> str:
    last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
    how = f"ended by signal {-status}" if status < 0 else f"exit status {status}"
    return (
        f"{name} ends or blocks the process that loads it, or takes over {SECONDS} seconds of processor time "
        f"or {MEGABYTES} MB ({how}{': ' + last if last else ''}). Take it off the list of plugins until "
        "that is put right."
    )
