"""kill -9 with 50,000 submissions stored: nothing is lost, and it is soon back."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from pathlib import Path

from nqcore.clock import system_clock
from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from tests.faults.kill9 import CLERKS, Load
from tests.faults.kit import Dose, Figures, room
from tests.faults.ledger import Ledger
from tests.faults.office import QUARTERS, make_office, open_store
from tests.faults.server import Server, Zygote

SECONDS = 5.0
"""Within which the server has to answer again."""


def kill9_large(dose: Dose) -> Figures:
    """The server killed and started again over a large journal. Each restart is a fresh program."""
    figures = Figures()
    rng = random.Random(dose.seed)
    rounds, reports = dose.of(2, 100), dose.of(2_000, 50_000)
    seconds: list[float] = []
    with room() as folder, Zygote() as zygote:
        office = folder / "ws"
        load, ledger = Load(make_office(office, CLERKS)), Ledger()
        fill(office, reports)
        for number in range(rounds):
            # Half of them load Python anew, too.
            server = Server(office, 1 + 2 * (number % 4 == 3), zygote if number % 2 else None)
            seconds.append(server.seconds)
            running = load.run(server, ledger, rng)
            running.working.wait(30)
            time.sleep(rng.uniform(0.0, 0.25))
            server.kill()
            running.finish()
            figures.rounds += 1
            figures.acked += running.acked
            if number % 10 == 9 or number == rounds - 1:
                ledger.judge(office, figures, f"round {number}", ignore="kho-")
        with open_store(office) as store:
            kept = len(store.table(SUBMISSIONS))
            figures.must(store.verify().ok, "verify finds damage")
        figures.must(kept >= reports, f"only {kept} submissions are there")
    seconds.sort()
    figures.must(seconds[-1] < SECONDS or not dose.full, f"a restart took {seconds[-1]:.1f} s")
    figures.more |= {
        "stored": kept,
        "median_restart_s": round(seconds[len(seconds) // 2], 2),
        "longest_restart_s": round(seconds[-1], 2),
    }
    return figures


def fill(office: Path, count: int) -> None:
    """That many submissions of twenty figures each by units that no clerk belongs to, as separate
    records, through the store."""
    at = system_clock() - timedelta(days=30)
    with open_store(office) as store:
        for number in range(count):
            unit = f"kho-{number // len(QUARTERS)}"
            period = QUARTERS[number % len(QUARTERS)]
            id = f"{period}_res20.q_{unit}"
            with store.change(by="kho", do="save", at=at) as change:
                change.put(
                    REVISIONS, f"{id}#1", _revision(id, unit, period, number, at.isoformat())
                )
                change.put(SUBMISSIONS, id, {"revision": 1, "state": "draft"})


def _revision(id: str, unit: str, period: str, number: int, at: str) -> dict[str, object]:
    return {
        "submission": id,
        "unit": unit,
        "form": "res20.q",
        "period": period,
        "number": 1,
        "state": "draft",
        "step": "save",
        "answers": {"figures": {f"B{box}": str(number * box % 99_991) for box in range(20)}},
        "by": "kho",
        "at": at,
    }
