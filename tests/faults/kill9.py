"""kill -9 of the real server at random moments under load, with one and with several workers."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from contextlib import suppress
from http.client import HTTPException

from tests.faults.client import Client, Report
from tests.faults.kit import Dose, Figures, copied, room
from tests.faults.ledger import Ledger
from tests.faults.office import Clerk, figures_of, make_office
from tests.faults.server import Server, Zygote

CLERKS = 6
RENEW = 60  # rounds after which the journal starts anew: a round must not cost ever more


class Load:
    """Clerks who save one revision after another until the server stops answering."""

    def __init__(self, clerks: tuple[Clerk, ...]) -> None:
        self.clerks = clerks
        self.clients: dict[str, Client] = {}
        self._number = 1000

    def run(self, server: Server, ledger: Ledger, rng: random.Random) -> Running:
        """Start them all."""
        starts = {}
        for clerk in self.clerks:
            starts[clerk.login] = self._number
            self._number += 1_000_000
        return Running(self, server, ledger, rng, starts)


class Running:
    """The clerks at work on one server."""

    def __init__(
        self,
        load: Load,
        server: Server,
        ledger: Ledger,
        rng: random.Random,
        starts: dict[str, int],
    ) -> None:
        self.acked = 0
        self.refused: list[str] = []
        self.working = threading.Event()
        self._stop = threading.Event()
        self._ledger, self._load, self._server = ledger, load, server
        self._threads = [
            threading.Thread(
                target=self._work,
                args=(clerk, rng.choice(clerk.reports), starts[clerk.login]),
                daemon=True,
            )
            for clerk in load.clerks
        ]
        for thread in self._threads:
            thread.start()

    def _work(self, clerk: Clerk, id: str, number: int) -> None:
        clients = self._load.clients
        with suppress(OSError, HTTPException):
            if clerk.login not in clients:
                clients[clerk.login] = Client(self._server.port, clerk.login)
                clients[clerk.login].sign_in()
            client = clients[clerk.login]
            client.move(self._server.port)
            report: Report | None = None
            while not self._stop.is_set():
                report = report or client.open(id)
                number += 100
                figures = figures_of(number, report.names)
                self._ledger.sent(id, figures)
                if client.save(report, figures):
                    self._ledger.acked(id, figures)
                    self.acked += 1
                    self.working.set()
                else:
                    assert client.refused is not None
                    self.refused.append(f"{client.refused.status} {client.refused.text[-200:]}")
                    report = None

    def finish(self) -> None:
        """No more requests; wait for the last answers."""
        self._stop.set()
        for thread in self._threads:
            thread.join(40)


def kill9(dose: Dose, workers: int = 1) -> Figures:
    """Rounds of: start, load, SIGKILL, open the data anew, compare with what was promised."""
    figures = Figures()
    rng = random.Random(dose.seed * 10 + workers)
    rounds = dose.of(5, 2000 if workers == 1 else 1000)
    longest, starts = 0.0, []
    with room() as folder, Zygote() as zygote:
        gold, office = folder / "gold", folder / "ws"
        clerks = make_office(gold, CLERKS)
        server: Server | None = None
        for number in range(rounds):
            if number % RENEW == 0:
                if server is not None:
                    server.kill()
                    server = None
                copied(gold, office)
                ledger, load = Ledger(), Load(clerks)
            if server is None:
                cold = number % 20 == 0  # a fresh interpreter too, now and then
                server = Server(office, workers, None if cold else zygote)
                starts.append(server.seconds)
                figures.count("cold_starts" if cold else "warm_starts")
            running = load.run(server, ledger, rng)
            running.working.wait(20)
            time.sleep(rng.uniform(0.0, 0.25))
            server = _strike(server, workers, rng, figures)
            running.finish()
            figures.rounds += 1
            figures.acked += running.acked
            figures.count("refused", len(running.refused))
            ledger.judge(office, figures, f"round {number}")
        if server is not None:
            server.kill()
    longest = max(starts)
    figures.more |= {"workers": workers, "longest_start_s": round(longest, 2)}
    return figures


def _strike(server: Server, workers: int, rng: random.Random, figures: Figures) -> Server | None:
    """Kill everything at once, or (with several workers, half of the time) one worker only."""
    children = server.children
    if workers > 1 and children and rng.random() < 0.5:
        with suppress(ProcessLookupError):
            os.kill(rng.choice(children), signal.SIGKILL)
        figures.count("killed_one_worker")
        return server
    server.kill()
    figures.count("killed_all")
    return None
