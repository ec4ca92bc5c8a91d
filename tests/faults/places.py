"""The disk fills up or becomes read-only, a writer freezes, the clock goes back: the real server."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from tests.faults.client import Client, Report
from tests.faults.kill9 import CLERKS, Load
from tests.faults.kit import Dose, Figures, room
from tests.faults.ledger import Ledger
from tests.faults.office import Clerk, figures_of, make_office, open_store
from tests.faults.server import Server
from tests.support.waiting import lines_of


def missing() -> str:
    """Why no small disk can be mounted here, or nothing."""
    if os.geteuid() != 0:
        return "needs root, to mount a small disk"
    probe = Path("/dev/shm") / f"nq-probe-{os.getpid()}"
    probe.mkdir()
    try:
        done = subprocess.run(
            ("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", probe),
            capture_output=True,
            timeout=60,
        )
        if done.returncode == 0:
            subprocess.run(("umount", probe), check=True, timeout=60)
        return "" if done.returncode == 0 else "may not mount a small disk"
    finally:
        probe.rmdir()


@contextmanager
def _small_disk(folder: Path, kib: int) -> Iterator[Path]:
    """A disk of that size with an office on it; the keys lie elsewhere."""
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(
        ("mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", disk), check=True, timeout=60
    )
    try:
        yield disk / "ws"
    finally:
        subprocess.run(("umount", "-l", disk), check=True, timeout=60)


def _remount(office: Path, options: str) -> None:
    subprocess.run(("mount", "-o", f"remount,{options}", office.parent), check=True, timeout=60)


class Saver:
    """One clerk who saves and keeps book."""

    def __init__(self, server: Server, clerk: Clerk, ledger: Ledger, number: int = 0) -> None:
        self.client = Client(server.port, clerk.login, timeout=30)
        self.client.sign_in()
        self.clerk, self.ledger, self.number = clerk, ledger, number
        self.report: Report | None = None
        self.seconds = 0.0

    def save(self) -> str:
        """ "" when it was acknowledged, else the page that refused it."""
        if self.report is None:
            at = self.number // 15 % len(self.clerk.reports)
            self.report = self.client.open(self.clerk.reports[at])
        self.number += 1
        told = figures_of(1000 + self.number * 100, self.report.names)
        self.ledger.sent(self.report.id, told)
        begun = time.monotonic()
        saved = self.client.save(self.report, told)
        self.seconds = time.monotonic() - begun
        if saved:
            self.ledger.acked(self.report.id, told)
            if self.number % 15 == 0:
                self.report = None
            return ""
        self.report = None
        assert self.client.refused is not None
        return f"{self.client.refused.status} {self.client.refused.text}"

    def reads(self) -> bool:
        """Does a page of figures still open?"""
        return self.client.ask("GET", f"/bao-cao/{self.clerk.reports[0]}").status == 200


def disk_full(dose: Dose) -> Figures:
    """Saving until nothing fits any more, reading meanwhile, then room again: it simply goes on."""
    figures = Figures()
    for size in (320, 512)[: dose.of(1, 2)]:
        with room() as folder, _small_disk(folder, size) as office:
            (clerk,) = make_office(office, 1)
            ledger = Ledger()
            with Server(office) as server:
                saver = Saver(server, clerk, ledger)
                refused = 0
                for _ in range(3000):
                    page = saver.save()
                    if not page:
                        continue
                    refused += 1
                    figures.must(page.startswith("503"), f"a full disk answered {page[:80]}")
                    figures.must("Ổ đĩa của máy chủ đã đầy" in page, "it is not said why")
                    figures.must(saver.reads(), "nothing can be read while the disk is full")
                    if refused == 20:
                        break
                figures.must(refused == 20, "the disk did not fill up")
                ledger.judge(office, figures, "full")
                _remount(office, f"size={size * 8}k")
                for _ in range(20):
                    figures.must(not saver.save(), "with room again it is still refused")
            figures.rounds += refused
            figures.acked += len(ledger)
            figures.count("refused", refused)
            ledger.judge(office, figures, "with room again")
    return figures


def read_only(dose: Dose) -> Figures:
    """The disk becomes read-only under the server, and is read-only when one starts."""
    figures = Figures()
    for _ in range(dose.of(1, 10)):
        with room() as folder, _small_disk(folder, 8000) as office:
            (clerk,) = make_office(office, 1)
            ledger = Ledger()
            with Server(office) as server:
                saver = Saver(server, clerk, ledger)
                figures.must(saver.reads(), "nothing can be read")
                _remount(office, "ro")  # the system allows it as long as nothing was written
                _refused_but_read(saver, figures)
                _remount(office, "rw")
                for _ in range(5):
                    figures.must(not saver.save(), "writable again it is still refused")
            _remount(office, "ro")
            ledger.judge(office, figures, "read-only")
            with Server(office) as server:
                saver = Saver(server, clerk, ledger, 100)
                _refused_but_read(saver, figures)
                _remount(office, "rw")
                for _ in range(5):
                    figures.must(not saver.save(), "writable again it is still refused")
            figures.rounds += 1
            figures.acked += len(ledger)
            ledger.judge(office, figures, "writable again")
    return figures


def _refused_but_read(saver: Saver, figures: Figures) -> None:
    figures.must(saver.reads(), "nothing can be read on a read-only disk")
    page = saver.save()
    figures.must(page.startswith("503"), f"a read-only disk answered {page[:80]}")
    figures.count("refused")
    figures.must(saver.reads(), "nothing can be read on a read-only disk after that")


HOLDER = """
import sys
from nqcore.clock import system_clock
from nqcore.workspace.opening import open_workspace
with open_workspace(sys.argv[1]) as ws:
    with ws.store.change(by="kit", do="hold", at=system_clock()):
        print("HELD", flush=True)
        sys.stdin.readline()
"""


def frozen_writer(dose: Dose) -> Figures:
    """A process is frozen while it holds the lock: others are told within ten seconds and read on.
    Then workers are frozen at random under load."""
    figures, longest = Figures(), 0.0
    with room() as folder:
        (clerk,) = make_office(folder / "ws", 1)
        ledger = Ledger()
        with Server(folder / "ws") as server:
            saver = Saver(server, clerk, ledger)
            for _ in range(dose.of(1, 5)):
                figures.must(not saver.save(), "refused before anything is frozen")
                holder = subprocess.Popen(
                    (sys.executable, "-c", HOLDER, folder / "ws"),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
                assert holder.stdin is not None
                with lines_of(holder) as lines:
                    assert lines.next() == "HELD"
                    holder.send_signal(signal.SIGSTOP)
                    page = saver.save()
                    longest = max(longest, saver.seconds)
                    figures.must(page.startswith("503"), f"a frozen writer answered {page[:80]}")
                    figures.must("đang lưu quá lâu" in page, "it is not said why")
                    figures.must(saver.reads(), "nothing can be read while a writer is frozen")
                    holder.send_signal(signal.SIGCONT)
                    print(file=holder.stdin, flush=True)
                    holder.wait(60)
                figures.must(not saver.save(), "refused after the frozen one went on")
                figures.rounds += 1
        figures.acked += len(ledger)
        ledger.judge(folder / "ws", figures, "frozen")
    figures.must(longest <= 10, f"{longest:.1f} s until the message")
    figures.more["longest_wait_s"] = round(longest, 2)
    _frozen_workers(dose, figures)
    return figures


def _frozen_workers(dose: Dose, figures: Figures) -> None:
    rng = random.Random(dose.seed)
    with room() as folder:
        load, ledger = Load(make_office(folder / "ws", CLERKS)), Ledger()
        with Server(folder / "ws", 3) as server:
            for _ in range(dose.of(1, 20)):
                running = load.run(server, ledger, rng)
                running.working.wait(20)
                for _ in range(3):
                    time.sleep(rng.uniform(0, 0.05))
                    worker = rng.choice(server.children)
                    os.kill(worker, signal.SIGSTOP)
                    time.sleep(0.3)
                    os.kill(worker, signal.SIGCONT)
                    figures.count("workers_frozen")
                running.finish()
                figures.acked += running.acked
                figures.rounds += 1
        ledger.judge(folder / "ws", figures, "frozen workers")


def clock_back(dose: Dose) -> Figures:
    """The machine's clock: now, a year back, a day ahead, two hours back, now."""
    figures = Figures()
    if shutil.which("faketime") is None:
        raise RuntimeError("needs faketime")
    with room() as folder:
        (clerk,) = make_office(folder / "ws", 1)
        ledger, number = Ledger(), 0
        for shift in ("+0", "-365d", "+1d", "-2h", "+0") * dose.of(1, 4):
            prefix = () if shift == "+0" else ("faketime", "-f", shift)
            with Server(folder / "ws", prefix=prefix) as server:
                client = Client(server.port, clerk.login)
                client.sign_in()
                report = client.open(clerk.reports[0])
                for _ in range(5):
                    number += 1
                    told = figures_of(1000 + number * 100, report.names)
                    ledger.sent(report.id, told)
                    saved = client.save(report, told)
                    figures.must(saved, f"refused with the clock at {shift}")
                    ledger.acked(report.id, told)
            with open_store(folder / "ws") as store:
                head = store.get(SUBMISSIONS, report.id) or {"revision": 0}
                newest = store.get(REVISIONS, f"{report.id}#{head['revision']}") or {}
            shown = newest.get("answers", {}).get("figures", {})
            figures.must(head["revision"] == number, f"revision {head['revision']} of {number}")
            figures.must(told.items() >= shown.items() and bool(shown), "not the last one shows")
            figures.rounds += 1
        figures.acked = len(ledger)
        ledger.judge(folder / "ws", figures, "clock")
    return figures
