"""The command ``nq log``: who did what and when, as lines for a file or for another program."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path

import click

from nqcore.cli.group import main, open_here, workspace_option

SECONDS = 1.0
"""How often --follow looks for new records."""


@main.command("log")
@workspace_option
@click.option("--after", type=click.IntRange(min=0), default=0, help="Only records after this one.")
@click.option("--follow", is_flag=True, help="Go on with new records until stopped (Ctrl+C).")
@click.option(
    "--append",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Write into this file, and go on after its last record.",
)
def log(workspace: Path, after: int, follow: bool, file: Path | None) -> None:
    """Who did what and when: the journal without its figures, one object of JSON a line.

    For an archive of its own, or for a program that watches (rsyslog, journald). The lines have no figure,
    text or password, only who, when, what kind of change, its reason, and which units, reports and accounts.
    """
    from nqcore.collection.archive.log_file import last_logged, log_lines

    stop = threading.Event()
    with open_here(workspace) as ws:
        if file is not None:
            after = max(after, last_logged(file, ws.store))
        if follow:
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
            signal.signal(signal.SIGINT, lambda *_: stop.set())
        with _Sink(file) as sink:
            while True:
                for line in log_lines(ws.store, ws.accounts, after):
                    sink.write(json.dumps(line))
                after = max(after, ws.store.version)
                sink.sync()
                if not follow or stop.wait(SECONDS):
                    return
                ws.refresh()


class _Sink:
    """Where the lines go: a file, each line in one write; or standard output."""

    def __init__(self, file: Path | None) -> None:
        self._fd = (
            -1 if file is None else os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        )

    def write(self, line: str) -> None:
        """One line."""
        if self._fd < 0:
            click.echo(line)
        else:
            os.write(self._fd, f"{line}\n".encode("ascii"))

    def sync(self) -> None:
        """What was written is on the disk, or with the reader of the pipe."""
        if self._fd < 0:
            sys.stdout.flush()
        else:
            os.fsync(self._fd)

    def __enter__(self) -> _Sink:
        return self

    def __exit__(self, *ended: object) -> None:
        if self._fd >= 0:
            os.close(self._fd)
