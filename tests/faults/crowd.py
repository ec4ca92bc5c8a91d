"""One account asks for many reviews, and many strangers sign in, while clerks save: every save is
acknowledged and stored, every review comes in its turn, and nothing is answered with a fault. And many people
who sign in at the same moment all get in."""

from __future__ import annotations

import threading
import time
from collections import Counter
from functools import partial

from tests.faults.client import Client
from tests.faults.kit import Dose, Figures, room
from tests.faults.ledger import Ledger
from tests.faults.load import together
from tests.faults.office import PASSWORD, REVIEWER, figures_of, make_office
from tests.faults.others import REVIEWS, reviews_asked, strangers
from tests.faults.server import Server

ASKED_AGAIN = 600
"""Times that one review is asked for before it counts as never made."""


def crowd(dose: Dose) -> Figures:
    """Twelve reviews by one account and eighty sign-ins at once, beside clerks who save."""
    figures, ledger = Figures(), Ledger()
    count, each = dose.of(2, 8), dose.of(30, 400)
    with room() as folder:
        clerks = make_office(folder / "ws", count)
        with Server(folder / "ws") as server:
            browsers = [Client(server.port, clerk.login, timeout=120) for clerk in clerks[:count]]
            for browser in browsers:
                browser.sign_in()

            def save(number: int) -> None:
                client = browsers[number]
                report = client.open(clerks[number].reports[0])
                for turn in range(each):
                    told = figures_of((number + 1) * 1_000_000 + turn * 100, report.names)
                    ledger.sent(report.id, told)
                    if client.save(report, told):
                        ledger.acked(report.id, told)

            with (
                reviews_asked(server.port, login=REVIEWER, password=PASSWORD) as reviews,
                strangers(server.port) as tried,
            ):
                together([partial(save, number) for number in range(count)])
            codes = reviews + tried
            for line in server.faults:
                figures.sample(line)
            done = _every_review(server.port)
        figures.rounds, figures.acked = count * each, len(ledger)
        figures.must(
            len(ledger) == count * each, f"{count * each - len(ledger)} saves were refused"
        )
        figures.must(done == len(REVIEWS), f"only {done} of {len(REVIEWS)} reviews came")
        wrong = {code for code in codes if code not in (200, 303, 403, 429, 503)}
        figures.must(not wrong, f"answers {wrong}")
        ledger.judge(folder / "ws", figures, "after the crowd")
        figures.more |= {f"answers {code}": codes[code] for code in sorted(codes)}
    return figures


IN_TIME = 60.0
"""Seconds within which everybody has signed in on such a morning."""


def morning(dose: Dose) -> Figures:
    """Eighty people behind one address who sign in at the same moment, each with the right password."""
    figures = Figures()
    count = dose.of(12, 80)
    seconds: list[float] = []
    with room() as folder:
        clerks = make_office(folder / "ws", count)
        with Server(folder / "ws") as server:
            gate, tries = threading.Barrier(count), Counter[int]()

            def come(number: int) -> None:
                client = Client(server.port, clerks[number].login, timeout=IN_TIME)
                gate.wait(IN_TIME)
                begun = time.monotonic()
                while (status := client.try_once()) != 303:
                    tries[status] += 1
                    assert time.monotonic() - begun < IN_TIME, f"still {status}"
                    time.sleep(client.wait)
                report = client.open(clerks[number].reports[0])
                seconds.append(time.monotonic() - begun)
                figures.must(bool(report.names), f"{client.login} sees no report")

            together([partial(come, number) for number in range(count)])
    figures.rounds = count
    figures.must(set(tries) <= {503}, f"answers {dict(tries)}")
    seconds.sort()
    figures.more |= {
        "median_s": round(seconds[count // 2], 1),
        "last_s": round(seconds[-1], 1),
        "put_off": sum(tries.values()),
    }
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
