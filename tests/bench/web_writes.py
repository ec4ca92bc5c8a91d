"""Saving reports through HTTP, beside a bare Flask page that commits one row to SQLite (WAL, FULL).

Ours is the real `nq serve`: signed in once per client, with CSRF token, form manifest, reading of every
figure and the journal's fsync. The other reads the same posted fields and inserts them as JSON. Both run
under waitress with eight threads; the same clients ask them in alternating rounds.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from tests.bench.own_keys import own_keys
from tests.faults.client import Client
from tests.faults.office import Clerk, figures_of, make_office, stored
from tests.faults.server import Server
from tests.support.waiting import join_all, lines_of

ROUNDS = 7
_HOUR = 3600.0
"""No round takes that long."""
_BARE = """
import json, sqlite3, sys, threading
from flask import Flask, request
from waitress import create_server
app, own = Flask("bare"), threading.local()
def base():
    if not hasattr(own, "base"):
        own.base = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
        own.base.execute("pragma journal_mode=wal")
        own.base.execute("pragma synchronous=full")
        own.base.execute("create table if not exists t(id integer primary key, doc text)")
    return own.base
@app.post("/")
def save():
    base().execute("insert into t(doc) values(?)", (json.dumps(request.form.to_dict()),))
    return "saved"
server = create_server(app, host="127.0.0.1", port=0, threads=8)
import logging; logging.getLogger("waitress.queue").setLevel(logging.ERROR)
print(server.effective_port, flush=True)
server.run()
"""


def run(args: list[str]) -> dict[str, Any]:
    """Acknowledged posts per second with `--clients` clients: medians of alternating rounds."""
    parser = argparse.ArgumentParser(prog="web --writes")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--posts", type=int, default=320, help="of all clients, in one round")
    parser.add_argument("--dir", default=None, help="a folder on the disk to measure")
    options = parser.parse_args(args)
    results: dict[str, float] = {}
    same = True
    for count in options.clients:
        with tempfile.TemporaryDirectory(dir=options.dir) as folder, own_keys(folder):
            ours, theirs, alike = _measure(Path(folder), count, options.posts)
        results |= {
            f"nqcore, {count} clients": ours,
            f"bare Flask and sqlite3, {count} clients": theirs,
            f"ratio, {count} clients": round(ours / theirs, 2),
        }
        same = same and alike
    return {
        "bench": "web --writes",
        "unit": "posts per s",
        "size": options.posts,
        "results": results,
        # Everything that was acknowledged is stored with the figures that were posted.
        "identical": same,
    }


def _measure(folder: Path, count: int, posts: int) -> tuple[float, float, bool]:
    clerks = make_office(folder / "ws", count)
    bare = subprocess.Popen(
        (sys.executable, "-c", _BARE, str(folder / "peer.sqlite")),
        stdout=subprocess.PIPE,
        text=True,
    )
    with lines_of(bare) as lines:
        port = int(lines.next())
        with Server(folder / "ws") as server:
            ours = [_Ours(server.port, clerk, n) for n, clerk in enumerate(clerks, 1)]
            theirs = [_Bare(port, dict(each.report.fields)) for each in ours]
            rates: tuple[list[float], list[float]] = ([], [])
            for _ in range(ROUNDS):
                for rate, savers in zip(rates, (ours, theirs), strict=True):
                    rate.append(posts / _seconds([each.save for each in savers], posts // count))
        kept = list(stored(folder / "ws").values())
        alike = all(told in kept for each in ours for told in each.told)
        alike = alike and len(kept) == sum(len(each.told) for each in ours)
    return round(median(rates[0]), 1), round(median(rates[1]), 1), alike


def _seconds(savers: Sequence[Callable[[], None]], each: int) -> float:
    """That many posts of every client, all clients at once."""
    gate = threading.Barrier(len(savers) + 1)

    def work(save: Callable[[], None]) -> None:
        gate.wait(_HOUR)
        for _ in range(each):
            save()
        gate.wait(_HOUR)

    threads = [threading.Thread(target=partial(work, save), daemon=True) for save in savers]
    for thread in threads:
        thread.start()
    gate.wait(_HOUR)
    begin = time.perf_counter()
    gate.wait(_HOUR)
    seconds = time.perf_counter() - begin
    join_all(threads)
    return seconds


class _Ours:
    """A signed-in clerk with an open report."""

    def __init__(self, port: int, clerk: Clerk, number: int) -> None:
        self.client = Client(port, clerk.login)
        self.client.sign_in()
        self.clerk, self._number = clerk, number * 1_000_000
        self.report = self.client.open(clerk.reports[0])
        self.told: list[dict[str, str]] = []

    def save(self) -> None:
        """Save the next revision."""
        self._number += 100
        figures = figures_of(self._number, self.report.names)
        assert self.client.save(self.report, figures), self.client.refused
        self.told.append(figures)


class _Bare:
    """The same fields posted to the other page."""

    def __init__(self, port: int, fields: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._fields = fields

    def save(self) -> None:
        """Save one row."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", "/", urlencode(self._fields), headers)
        answer = self._connection.getresponse()
        assert answer.read() == b"saved"
