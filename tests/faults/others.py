"""Those who load a server while somebody else's saves are watched: twelve tabs of one account that ask for
reviews or post what builds one, or eighty strangers who try a password each.

They run in a process of their own, so that what they cost is never part of what is measured beside them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count

from tests.faults.client import Client
from tests.faults.posts import POSTS, YEARS
from tests.support.waiting import join_all, lines_of

REVIEWS = tuple(
    f"/bao-cao-tong-hop/{year}..2018_20-nq-tw.2008-01-28_huyen.docx" for year in range(2007, 2019)
)
STRANGERS = 80
LONGEST = 3600.0
"""Seconds after which they end by themselves."""

Codes = Counter[int]
"""How often each status was answered."""


@contextmanager
def reviews_asked(port: int, *, login: str, password: str) -> Iterator[Codes]:
    """A block beside which one account asks for twelve reviews again and again. What they were answered is
    known after it."""
    with _beside("reviews", str(port), login, password) as codes:
        yield codes


@contextmanager
def posted(port: int, *, kind: str, login: str, password: str) -> Iterator[Codes]:
    """A block beside which one account posts, in twelve tabs, what `kind` of `POSTS` says."""
    with _beside(kind, str(port), login, password) as codes:
        yield codes


@contextmanager
def strangers(port: int) -> Iterator[Codes]:
    """A block beside which eighty browsers try a wrong password each, again and again."""
    with _beside("strangers", str(port)) as codes:
        yield codes


@contextmanager
def _beside(*what: str) -> Iterator[Codes]:
    codes = Codes()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.others", *what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with lines_of(process) as lines:
        assert lines.next() == "begun"
        yield codes
        assert process.stdin is not None
        process.stdin.close()  # the sign to finish what they are at
        codes.update({int(code): count for code, count in json.loads(lines.next()).items()})


class _Crowd:
    """The threads of the process."""

    def __init__(self) -> None:
        self._stop, self._codes, self._lock = threading.Event(), Codes(), threading.Lock()

    def run(self, once: list[Callable[[], int]], pause: float) -> None:
        """Do each again and again in a thread, until the standard input ends; then tell the codes."""
        threads = [
            threading.Thread(target=self._repeat, args=(one, pause), daemon=True) for one in once
        ]
        for thread in threads:
            thread.start()
        print("begun", flush=True)
        threading.Thread(target=self._wait_for_the_end, daemon=True).start()
        self._stop.wait(LONGEST)
        self._stop.set()
        join_all(threads)
        print(json.dumps(self._codes), flush=True)

    def _wait_for_the_end(self) -> None:
        sys.stdin.read()
        self._stop.set()

    def _repeat(self, once: Callable[[], int], pause: float) -> None:
        while not self._stop.is_set():
            status = once()
            with self._lock:
                self._codes[status] += 1
            self._stop.wait(0.2 if status in (200, 303) else pause)


def _ask(tab: Client, path: str, turns: Iterator[int]) -> int:
    # Each time another address: never the document that is kept.
    return tab.ask("GET", f"{path}?lan={next(turns)}").status


def _try(port: int, number: int) -> int:
    client = Client(port, f"stranger-{number}", timeout=180)
    try:
        return client.try_once()
    finally:
        client.close()


def main(kind: str, port: int, *account: str) -> None:
    """The process."""
    if kind == "strangers":
        _Crowd().run([partial(_try, port, number) for number in range(STRANGERS)], pause=1.0)
        return
    login, password = account
    browser = Client(port, login, timeout=180, password=password)
    browser.sign_in()
    if kind in POSTS:
        tabs = [POSTS[kind](browser.tab(port), year) for year in YEARS]
    else:
        tabs = [partial(_ask, browser.tab(port), path, count(1)) for path in REVIEWS]
    _Crowd().run(tabs, pause=1.0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
