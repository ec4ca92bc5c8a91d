"""SIGTERM while everybody saves: whoever had sent a request gets its answer."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from functools import partial
from http.client import HTTPException

from tests.faults.client import Client, Report
from tests.faults.kill9 import CLERKS
from tests.faults.kit import Dose, Figures, room
from tests.faults.ledger import Ledger
from tests.faults.load import together
from tests.faults.office import Clerk, figures_of, make_office
from tests.faults.server import Server


def sigterm_under_load(dose: Dose) -> Figures:
    """Rounds of: start, load, SIGTERM. The server ends with 0; nobody's answer is cut off, the next
    connection is refused; what was acknowledged is there."""
    figures, ledger = Figures(), Ledger()
    rng = random.Random(dose.seed)
    with room() as folder:
        clerks = make_office(folder / "ws", CLERKS)
        for number in range(dose.of(3, 200)):
            with Server(folder / "ws") as server:
                working, asked = threading.Event(), threading.Event()
                work = [
                    partial(_save, server, clerk, ledger, figures, number * 50 + n, working, asked)
                    for n, clerk in enumerate(clerks)
                ]
                moment = rng.uniform(0.0, 1.0)
                together([*work, partial(_stop, server, moment, working, asked)])
                assert server._process is not None
                code = server._process.wait(60)
                figures.must(code == 0, f"round {number}: exit status {code}")
            figures.rounds += 1
            ledger.judge(folder / "ws", figures, f"round {number}")
    figures.acked = len(ledger)
    return figures


def _stop(server: Server, after: float, working: threading.Event, asked: threading.Event) -> None:
    working.wait(60)
    time.sleep(after)
    asked.set()
    os.kill(server.pid, signal.SIGTERM)


def _save(
    server: Server,
    clerk: Clerk,
    ledger: Ledger,
    figures: Figures,
    number: int,
    working: threading.Event,
    asked: threading.Event,
) -> None:
    """Save until no connection is taken any more."""
    client = Client(server.port, clerk.login)
    report: Report | None = None
    made = number * 1_000_000
    while True:
        try:
            if report is None:
                client.sign_in()
                report = client.open(clerk.reports[number % len(clerk.reports)])
            made += 100
            told = figures_of(made, report.names)
            ledger.sent(report.id, told)
            if client.save(report, told):
                ledger.acked(report.id, told)
                working.set()
            else:
                figures.count("refused")
                report = client.open(report.id)
        except ConnectionRefusedError:
            figures.must(asked.is_set(), "a connection was refused before the signal")
            return
        except (OSError, HTTPException) as cut:
            figures.must(False, f"an answer was cut off: {cut!r}")
            return
