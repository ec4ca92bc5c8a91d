"""Many clients at once on the real server: everything acknowledged is stored, once each."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from tests.faults.client import Client, Report
from tests.faults.kit import Dose, Figures, room
from tests.faults.ledger import Ledger
from tests.faults.office import Clerk, figures_of, make_office, open_store, stored
from tests.faults.server import Server

_HOUR = 3600.0
"""No load takes that long."""


def together(work: Sequence[Callable[[], None]]) -> None:
    """All of them at the same time, each in its thread; the first error is raised."""
    errors: list[BaseException] = []

    def run(one: Callable[[], None]) -> None:
        try:
            one()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(one,), daemon=True) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_HOUR)
        assert not thread.is_alive()
    if errors:
        raise errors[0]


def clients(dose: Dose) -> Figures:
    """Fifty clients who submit a thousand times each."""
    figures, ledger = Figures(), Ledger()
    count, each = dose.of(8, 50), dose.of(12, 1000)
    times: list[float] = []
    with room() as folder:
        clerks = make_office(folder / "ws", count)
        with Server(folder / "ws") as server:

            def work(number: int, clerk: Clerk) -> None:
                client = Client(server.port, clerk.login, timeout=120)
                client.sign_in()
                made = 0
                while made < each:
                    report = client.open(clerk.reports[made % len(clerk.reports)])
                    for _ in range(min(20, each - made)):  # revisions of one report in a row
                        made += 1
                        told = figures_of(number * 10_000_000 + made * 100, report.names)
                        ledger.sent(report.id, told)
                        begun = time.monotonic()
                        if client.save(report, told):
                            ledger.acked(report.id, told)
                            times.append(time.monotonic() - begun)

            begun = time.monotonic()
            together([partial(work, n, clerk) for n, clerk in enumerate(clerks, 1)])
            seconds = time.monotonic() - begun
        figures.rounds, figures.acked = count * each, len(ledger)
        figures.must(len(ledger) == count * each, f"{count * each - len(ledger)} were refused")
        ledger.judge(folder / "ws", figures, "after all")
        kept = len(stored(folder / "ws"))
        figures.must(kept == len(ledger), f"{kept} are stored, {len(ledger)} were acknowledged")
    times.sort()
    figures.more |= {
        "clients": count,
        "per_s": round(len(times) / seconds, 1),
        "p99_s": round(times[len(times) * 99 // 100], 3),
    }
    return figures


def identical(dose: Dose) -> Figures:
    """Fifty identical posts at the same moment, a hundred times: one revision each."""
    figures = Figures()
    rounds, count = dose.of(4, 100), dose.of(10, 50)
    with room() as folder:
        clerks = make_office(folder / "ws", 4)
        with Server(folder / "ws") as server:
            for clerk in clerks:
                browser = Client(server.port, clerk.login, timeout=120)
                browser.sign_in()
                tabs = [browser.tab(server.port) for _ in range(count)]
                for id in clerk.reports[: rounds - figures.rounds]:
                    _post_identical(folder / "ws", id, tabs, figures)
                for each in (browser, *tabs):
                    each.close()
    return figures


def _post_identical(folder: Path, id: str, browsers: list[Client], figures: Figures) -> None:
    opened = [(one, one.open(id)) for one in browsers]
    told = figures_of(7000 + figures.rounds * 100, opened[0][1].names)
    gate = threading.Barrier(len(browsers))
    answers: list[bool] = []

    def post(one: Client, report: Report) -> None:
        gate.wait(120)
        answers.append(one.save(report, told))

    together([partial(post, one, report) for one, report in opened])
    figures.rounds += 1
    figures.acked += any(answers)
    figures.count("posts", len(browsers))
    figures.must(any(answers), f"{id}: nobody was told that it is saved")
    with open_store(folder) as store:
        head, first = store.get(SUBMISSIONS, id), store.get(REVISIONS, f"{id}#1")
    if head is None or first is None:
        figures.lost += 1
    elif head["revision"] != 1:
        figures.changed += 1
        figures.sample(f"{id} has {head['revision']} revisions")
    elif not told.items() >= first["answers"]["figures"].items():
        figures.changed += 1
        figures.sample(f"{id} differs")


def editors(dose: Dose) -> Figures:
    """Two people change one report at the same moment: both changes stay, or one is told."""
    figures = Figures()
    rng = random.Random(dose.seed)
    with room() as folder:
        (clerk,) = make_office(folder / "ws", 1)
        with Server(folder / "ws") as server:
            both = [Client(server.port, clerk.login) for _ in range(2)]
            for one in both:
                one.sign_in()
            for number in range(dose.of(10, 200)):
                id = rng.choice(clerk.reports)
                _edit_both(folder / "ws", id, both, number, figures)
    return figures


def _edit_both(folder: Path, id: str, both: list[Client], number: int, figures: Figures) -> None:
    opened = [one.open(id) for one in both]
    same = number % 2 == 0
    names = opened[0].names
    fields = (names[0], names[0] if same else names[1])
    typed = [str(100_000 + 2 * number), str(100_001 + 2 * number)]
    told = [False, False]

    def post(n: int) -> None:
        told[n] = both[n].save(opened[n], {fields[n]: typed[n]})

    together([partial(post, 0), partial(post, 1)])
    figures.rounds += 1
    figures.acked += sum(told)
    figures.must(any(told), f"{id}: neither was saved")
    with open_store(folder) as store:
        head = store.get(SUBMISSIONS, id) or {"revision": 0}
        newest = store.get(REVISIONS, f"{id}#{head['revision']}") or {}
    now = newest.get("answers", {}).get("figures", {})
    for n in (0, 1):
        if told[n] and now.get(fields[n]) != typed[n]:
            figures.lost += 1
            figures.sample(f"{id}: {fields[n]} is not {typed[n]}, although that was acknowledged")
