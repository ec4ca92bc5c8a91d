"""Time to the first byte of a page, beside an empty Flask and Jinja page of the same size.

Both are served by waitress from one process of their own and asked in turn by one visitor who keeps
the connection, so that whatever else the machine does hits both alike. `--writes` measures sending
reports instead, `--busy` saving while others ask for reviews and sign in.
"""

from __future__ import annotations

import argparse
import http.client
import importlib
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from tests.bench import web_office
from tests.support.waiting import lines_of

PAGES = {
    # name: (who, address)
    "todo": ("xa", "/"),
    "todo-office": ("vp", "/"),
    "form": ("xa", "/bao-cao/2018-Q3_b.q_xa-001/nhap"),
    "board": ("vp", "/tien-do"),
    "board-50": ("vp", "/tien-do?don-vi=h-0"),
    "figures": ("vp", "/so-lieu"),
    "findings": ("vp", "/ton-tai?van-ban=1-nq-tu.2000-01-05&ky=2008..2018&don-vi=tinh"),
    "debts": ("vp", "/con-no"),
}

OTHERS = {"--writes": "web_writes", "--busy": "web_busy"}
"""What else is measured, each in a module of its own."""


def run(args: list[str]) -> dict[str, Any]:
    """p50 and p95 in milliseconds, and how many times the empty page's p95 each page takes."""
    for option, module in OTHERS.items():
        if option in args:
            rest = [arg for arg in args if arg != option]
            result: dict[str, Any] = importlib.import_module(f"tests.bench.{module}").run(rest)
            return result
    parser = argparse.ArgumentParser(prog="web")
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--periods", type=int, default=40)
    parser.add_argument("--turns", type=int, default=150)
    parser.add_argument("--only", choices=PAGES, nargs="+", default=[*PAGES])
    options = parser.parse_args(args)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ws"
        web_office.make(path, options.units, options.periods, more=web_office.RULES)
        with _served(path, options.units) as ports:
            measured = {
                name: _compared(ports, *PAGES[name], options.turns) for name in options.only
            }
    results: dict[str, float] = {}
    for name, (ours, theirs, size) in measured.items():
        results |= {
            f"{name} p50": _at(ours, 50),
            f"{name} p95": _at(ours, 95),
            f"{name} empty p95": _at(theirs, 95),
            f"{name} times": round(_at(ours, 95) / _at(theirs, 95), 2),
            f"{name} bytes": size,
        }
    return {
        "bench": "web",
        "unit": "ms",
        "size": options.units * options.periods,
        "results": results,
        # Nothing to compare: a page of words is no page of figures.
        "identical": True,
    }


def _at(times: list[float], percent: int) -> float:
    return round(quantiles(times, n=100)[percent - 1] * 1000, 3)


def _compared(
    ports: tuple[int, int], who: str, address: str, turns: int
) -> tuple[list[float], list[float], int]:
    """Seconds to the first byte of our page and of the empty one, in turn."""
    visitor, empty = map(_Visitor, ports)
    visitor.sign_in(who)
    size = visitor.get(address)[1]
    ours, theirs = [], []
    for turn in range(turns + 10):
        mine, theirs_now = visitor.get(address)[0], empty.get(f"/?bytes={size}")[0]
        if turn >= 10:  # the first ones load what is loaded late
            ours.append(mine)
            theirs.append(theirs_now)
    return ours, theirs, size


@contextmanager
def _served(folder: Path, units: int) -> Iterator[tuple[int, int]]:
    """The ports of the office and of the empty page."""
    command = [sys.executable, "-m", "tests.bench.web_serve", str(folder), str(units)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with lines_of(process) as lines:
        ours, theirs = lines.next().split()
        yield int(ours), int(theirs)


class _Visitor:
    """One browser's connection and cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.connection.connect()
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.cookies: dict[str, str] = {}

    def get(self, path: str, body: str | None = None) -> tuple[float, int]:
        """Seconds until the answer's head is there, and the bytes of its body."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begin = time.perf_counter()
        self.connection.request("GET" if body is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        took = time.perf_counter() - begin
        self.text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != (200 if body is None else 303):
            raise RuntimeError(f"{path} answered {answer.status}")
        return took, len(self.text.encode())

    def sign_in(self, login: str) -> None:
        """Through the page, as a person does."""
        self.get("/dang-nhap")
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.text)
        assert token is not None
        fields = {"csrf_token": token[1], "login": login, "password": web_office.PASSWORD}
        self.get("/dang-nhap", urlencode(fields))
