"""A clerk's saves on the demo's real server: quiet, while one account asks for twelve reviews again and
again, and while eighty strangers sign in. Alternating rounds of one run; the peer is the quiet save. The
others run in a process of their own."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Any

from nqcore.workspace.demo import PASSWORD, fill_demo, make_demo
from tests.bench.own_keys import own_keys
from tests.faults.client import Client
from tests.faults.others import posted, reviews_asked, strangers
from tests.faults.posts import POSTS
from tests.faults.server import Server

CLERK, REPORT = "dn-may-binh-minh", "2018-Q3_res20.q_dn-may-binh-minh"
READER, OFFICE = "kiemtra", "vanphong"
ROUNDS = 4


def run(args: list[str]) -> dict[str, Any]:
    """p95 of `--saves` saves in milliseconds for each state, and how many times the quiet one each is."""
    parser = argparse.ArgumentParser(prog="web --busy")
    parser.add_argument("--saves", type=int, default=200)
    options = parser.parse_args(args)
    states: dict[str, Callable[[int], AbstractContextManager[object]]] = {
        "quiet": lambda port: nullcontext(),
        "12 reviews by one account": partial(reviews_asked, login=READER, password=PASSWORD),
        **{kind: partial(posted, kind=kind, login=OFFICE, password=PASSWORD) for kind in POSTS},
        "80 sign-ins": strangers,
    }
    times: dict[str, list[float]] = {name: [] for name in states}
    with _served() as port:
        clerk = Client(port, CLERK, password=PASSWORD)
        clerk.sign_in()
        report = clerk.open(REPORT)
        _saves(clerk, report, 10)  # the first ones load what is loaded late
        for _round in range(ROUNDS):
            for name, begin in states.items():
                with begin(port):
                    time.sleep(1.0)
                    # The connection may have ended while nothing was asked.
                    report = clerk.open(REPORT)
                    times[name] += _saves(clerk, report, options.saves // ROUNDS)
    p95 = {name: quantiles(found, n=100)[94] * 1000 for name, found in times.items()}
    return {
        "bench": "web --busy",
        "unit": "ms, p95 of a save",
        "size": options.saves,
        "results": {name: round(found, 1) for name, found in p95.items()},
        "ratios": {f"{name} / quiet": found / p95["quiet"] for name, found in p95.items()},
        # Every save was acknowledged, or `_saves` has raised.
        "identical": True,
    }


@contextmanager
def _served() -> Iterator[int]:
    with tempfile.TemporaryDirectory() as folder, own_keys(folder):
        with make_demo(Path(folder) / "ws") as ws:
            fill_demo(ws)
        with Server(Path(folder) / "ws") as server:
            yield server.port


def _saves(clerk: Client, report: Any, count: int) -> list[float]:
    found = []
    for number in range(count):
        begun = time.perf_counter()
        if not clerk.save(report, {report.names[0]: str(1000 + number)}):
            raise RuntimeError(f"not saved: {clerk.refused}")
        found.append(time.perf_counter() - begun)
    return found
