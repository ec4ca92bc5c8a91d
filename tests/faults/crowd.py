"""One account asks for many reviews, and many strangers sign in, while clerks save: every save is
acknowledged and stored, every review comes in its turn, and nothing is answered with a fault."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from tests.faults.client import Client
from tests.faults.kit import Dose, Figures, room
from tests.faults.ledger import Ledger
from tests.faults.load import together
from tests.faults.office import PASSWORD, REVIEWER, figures_of, make_office
from tests.faults.server import Server
from tests.support.waiting import join_all

REVIEWS = tuple(
    f"/bao-cao-tong-hop/{year}..2018_20-nq-tw.2008-01-28_huyen.docx" for year in range(2007, 2019)
)
ASKED_AGAIN = 600
"""Times that one review is asked for before it counts as never made."""


def crowd(dose: Dose) -> Figures:
    """Twelve reviews by one account and eighty sign-ins at once, beside clerks who save."""
    figures, ledger = Figures(), Ledger()
    count, each = dose.of(2, 8), dose.of(30, 400)
    with room() as folder:
        clerks = make_office(folder / "ws", count)
        with Server(folder / "ws") as server:
            stop, codes = threading.Event(), []
            others = ask_reviews(server.port, stop, login=REVIEWER, password=PASSWORD, codes=codes)
            others += strangers(server.port, stop, codes=codes)

            def save(number: int) -> None:
                client = Client(server.port, clerks[number].login, timeout=120)
                client.sign_in()
                report = client.open(clerks[number].reports[0])
                for turn in range(each):
                    told = figures_of((number + 1) * 1_000_000 + turn * 100, report.names)
                    ledger.sent(report.id, told)
                    if client.save(report, told):
                        ledger.acked(report.id, told)

            together([partial(save, number) for number in range(count)])
            stop_and_join(stop, others)
            done = _every_review(server.port)
        figures.rounds, figures.acked = count * each, len(ledger)
        figures.must(
            len(ledger) == count * each, f"{count * each - len(ledger)} saves were refused"
        )
        figures.must(done == len(REVIEWS), f"only {done} of {len(REVIEWS)} reviews came")
        wrong = {code for code in codes if code not in (200, 303, 403, 429, 503)}
        figures.must(not wrong, f"answers {wrong}")
        ledger.judge(folder / "ws", figures, "after the crowd")
        figures.more |= {f"answers {code}": codes.count(code) for code in sorted(set(codes))}
    return figures


def _every_review(port: int) -> int:
    """How many of the reviews come to a browser that asks again as it is asked to."""
    client = Client(port, REVIEWER, timeout=180)
    client.sign_in()
    return sum(_comes(client, path) for path in REVIEWS)


def _comes(client: Client, path: str) -> bool:
    for _time in range(ASKED_AGAIN):
        status = client.ask("GET", path).status
        if status not in (429, 503):
            return status == 200
        threading.Event().wait(0.3)
    return False


def ask_reviews(
    port: int,
    stop: threading.Event,
    *,
    login: str,
    password: str,
    codes: list[int] | None = None,
) -> list[threading.Thread]:
    """Twelve tabs of one account, each of which asks for a review of its own until `stop` is set."""
    browser = Client(port, login, timeout=180, password=password)
    browser.sign_in()
    return _started([partial(_ask_on, browser.tab(port), path, stop, codes) for path in REVIEWS])


def _ask_on(tab: Client, path: str, stop: threading.Event, codes: list[int] | None) -> None:
    turn = 0
    while not stop.is_set():
        turn += 1
        status = tab.ask("GET", f"{path}?lan={turn}").status  # never the document that is kept
        if codes is not None:
            codes.append(status)
        stop.wait(0.2 if status == 200 else 1.0)


def strangers(
    port: int, stop: threading.Event, *, codes: list[int] | None = None, count: int = 80
) -> list[threading.Thread]:
    """Eighty browsers that try a password each, again and again, until `stop` is set."""
    return _started([partial(_try_on, port, number, stop, codes) for number in range(count)])


def _try_on(port: int, number: int, stop: threading.Event, codes: list[int] | None) -> None:
    client = Client(port, f"stranger-{number}", timeout=180)
    while not stop.is_set():
        status = client.try_once()
        client.close()
        if codes is not None:
            codes.append(status)
        stop.wait(1.0)


def _started(work: list[Callable[[], None]]) -> list[threading.Thread]:
    threads = [threading.Thread(target=one, daemon=True) for one in work]
    for thread in threads:
        thread.start()
    return threads


def stop_and_join(stop: threading.Event, threads: list[threading.Thread]) -> None:
    """Let them finish what they are at."""
    stop.set()
    join_all(threads)
