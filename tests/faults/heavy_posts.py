"""One account freezes reviews, presses buttons of the builder and sends documents to be checked, twelve at
once, while clerks save: every save is acknowledged and stored, what was posted gets its turn, and nothing is
answered with a fault."""

from __future__ import annotations

import threading
from functools import partial

from tests.faults.client import Client
from tests.faults.crowd import ASKED_AGAIN
from tests.faults.kit import Dose, Figures, room
from tests.faults.ledger import Ledger
from tests.faults.load import together
from tests.faults.office import PASSWORD, REVIEWER, figures_of, make_office
from tests.faults.others import Codes, posted
from tests.faults.posts import POSTS, WAITS, YEARS, freeze, token_of
from tests.faults.server import Server


def heavy_posts(dose: Dose) -> Figures:
    """Twelve of each at once by one account, beside clerks who save."""
    figures, ledger, codes = Figures(), Ledger(), Codes()
    clerk_count, each = dose.of(2, 8), dose.of(20, 200)
    with room() as folder:
        clerks = make_office(folder / "ws", clerk_count)
        with Server(folder / "ws") as server:
            for name in POSTS:
                with posted(server.port, kind=name, login=REVIEWER, password=PASSWORD) as heard:

                    def save(number: int) -> None:
                        client = Client(server.port, clerks[number].login, timeout=120)
                        client.sign_in()
                        report = client.open(clerks[number].reports[0])
                        for _turn in range(each):
                            told = figures_of((len(ledger) + 1) * 1_000 + number, report.names)
                            ledger.sent(report.id, told)
                            if client.save(report, told):
                                ledger.acked(report.id, told)

                    together([partial(save, number) for number in range(clerk_count)])
                codes += heard
                figures.rounds += clerk_count * each
            for line in server.faults:
                figures.sample(line)
            done = _every_freeze(server.port)
        figures.acked = len(ledger)
        figures.must(figures.acked == figures.rounds, "saves were refused")
        figures.must(done == len(YEARS), f"only {done} of {len(YEARS)} freezes came to their turn")
        wrong = {*codes} - {200, 303, 422, *WAITS}
        figures.must(not wrong, f"answers {wrong}")
        figures.must(bool({*codes} & {*WAITS}), "nobody had to wait")
        ledger.judge(folder / "ws", figures, "after the posts")
        figures.more |= {f"answers {code}": codes[code] for code in sorted(codes)}
    return figures


def _every_freeze(port: int) -> int:
    """How many of the freezes come to their turn, when they are sent again as their page says."""
    client = Client(port, REVIEWER, timeout=180)
    client.sign_in()
    token = token_of(client)
    return sum(_comes(client, year, token) for year in YEARS)


def _comes(client: Client, year: int, token: str) -> bool:
    for _time in range(ASKED_AGAIN):
        status = freeze(client, year, token, 99_999_999).status
        if status not in WAITS:
            return status == 303
        threading.Event().wait(0.3)
    return False
