"""Several processes and threads at one workspace, and processes that are killed in the middle."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nqcore.model.submissions import SubmissionState
from nqcore.workspace.facade import Workspace
from tests.support.small import PERIOD, Now, accepted, finish, found, plugin, python, reopen
from tests.support.waiting import LONG, lines_of

# A form that every unit owes for every month, so that there are enough reports to send.
MONTHLY = plugin(
    "nq_monthly",
    """
[pack]
id = "m"
since = 1960-01-01
basis = "b"
[[indicator]]
label = "M1"
name = "n"
measure = "m"
[[form]]
id = "m.m"
title = "t"
directive = "1-NQ/HU"
every = "month"
due = { day = 10 }
owed_by = { units = ["xa-a", "xa-b"] }
[[form.section]]
key = "A"
title = "A"
figures = ["M1"]
""",
)

SENDING = """
import sys
from pathlib import Path
from tests.support.small import CLERK, reopen
from tests.workspace.test_processes import MONTHLY, months

def send(folder, unit, start, count, began=lambda nth: None):
    with reopen(folder, None, MONTHLY) as ws:
        for nth in range(start, start + count):
            began(nth - start)
            draft = ws.save_draft(unit, "m.m", months(nth), {"M1": str(nth)}, by=CLERK[unit])
            sent = ws.send(draft, by=CLERK[unit])
            print("ACK", sent.submission, sent.receipt, flush=True)
"""
SEND = SENDING + "send(Path(sys.argv[1]), sys.argv[2], 0, 200)"

# Starting Python and loading nqcore takes longer than the sends: one process loads, then forks.
NURSERY = (
    SENDING
    + """
import os, signal
send(Path(sys.argv[1]), "xa-b", 0, 1)  # so that all that a sending needs is loaded before the forks
sys.stdout.flush()
for line in sys.stdin:
    first, whole, delay = line.split()
    pid = os.fork()
    if pid == 0:
        # The kernel ends the process by a signal that it does not handle: as sudden as SIGKILL, and never
        # late because another process had to wait for its turn.
        later = lambda nth: nth == int(whole) and signal.setitimer(signal.ITIMER_REAL, float(delay))
        send(Path(sys.argv[1]), "xa-a", int(first), 12, later)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    print("GONE", os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM, flush=True)
"""
)


def months(nth: int) -> str:
    """The code of the nth month since 1960."""
    year, month = divmod(nth, 12)
    return f"{1960 + year}-{month + 1:02}"


def office(folder: Path) -> Workspace:
    return found(folder, Now(), MONTHLY)


def acknowledged(lines: list[str]) -> dict[str, str]:
    """Receipt by submission, of lines that came through whole."""
    words = [line.split() for line in lines]
    return {w[1]: w[2] for w in words if w[:1] == ["ACK"] and len(w) == 3}


@pytest.mark.slow
def test_two_processes_that_send_200_reports_each_at_once_leave_400_and_a_clean_history(
    tmp_path: Path,
) -> None:
    office(tmp_path / "ws").close()
    done = finish([python(SEND, tmp_path / "ws", unit) for unit in ("xa-a", "xa-b")])
    assert [d.code for d in done] == [0, 0], [d.err[-2000:] for d in done]
    told = {id: receipt for d in done for id, receipt in acknowledged(d.out.splitlines()).items()}
    assert len(told) == 400
    assert len(set(told.values())) == 400
    with reopen(tmp_path / "ws", Now(), MONTHLY) as ws:
        newest = list(ws.submissions.repository.newest_revisions())
        assert len(newest) == 400
        assert {r.submission: r.receipt for r in newest} == told
        assert {r.state for r in newest} == {SubmissionState.SENT}
        for r in newest:
            assert r.answers["M1"] == [months(n) for n in range(200)].index(r.period)
        verification = ws.verify()
        assert verification.ok, verification.sentences


@pytest.mark.slow
def test_every_acknowledged_report_is_there_after_50_kills_in_the_middle_of_sending(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "ws"
    office(folder).close()
    told: dict[str, str] = {}
    rounds, broken_off = 50, 0
    nursery = python(NURSERY, folder)
    assert nursery.stdin is not None
    with lines_of(nursery) as printed:
        told |= acknowledged([printed.next()])
        for nth in range(rounds):
            # After some whole reports and some tenths of milliseconds: somewhere else each time.
            nursery.stdin.write(f"{12 * nth} {nth % 6} {(1 + 7 * (nth % 7)) / 10_000}\n")
            nursery.stdin.flush()
            lines: list[str] = []
            # What a killed process had half printed would stand in front of the word.
            while "GONE" not in (line := printed.next()):
                lines.append(line)
            now = acknowledged(lines)
            broken_off += line.endswith("GONE True") and len(now) < 12
            told |= now
        nursery.stdin.close()
        assert nursery.wait(LONG) == 0
    assert broken_off == rounds, "a process was through before it was killed"
    with reopen(folder, Now(), MONTHLY) as ws:
        kept = {r.submission: r for r in ws.submissions.repository.newest_revisions()}
        lost = {id for id, receipt in told.items() if id not in kept or kept[id].receipt != receipt}
        assert lost == set()
        assert {kept[id].state for id in told} == {SubmissionState.SENT}
        assert {r.state for r in kept.values()} <= {SubmissionState.SENT, SubmissionState.DRAFT}
        for revision in kept.values():
            chain = ws.submissions.revisions(revision.submission)
            assert [r.number for r in chain] == list(range(1, len(chain) + 1))
        verification = ws.verify()
        assert verification.ok, verification.sentences


ACCEPT = """
import sys
from pathlib import Path
from tests.support.small import accepted, reopen
with reopen(Path(sys.argv[1])) as ws:
    if sys.argv[3] == "reopen":
        ws.reopen(f"2018-Q1_s.q_{sys.argv[2]}", reason="sai", by="duyet")
    else:
        accepted(ws, sys.argv[2], A1=sys.argv[3])
"""


@pytest.mark.slow
def test_totals_follow_what_this_and_other_processes_write_as_a_fresh_opening_would(
    ws: Workspace,
) -> None:
    def same_as_fresh() -> None:
        with reopen(ws.folder) as fresh:
            for unit in ws.units:
                assert ws.rollup(form="s.q", period=PERIOD, unit=unit) == fresh.rollup(
                    form="s.q", period=PERIOD, unit=unit
                )

    assert ws.figure("A1", PERIOD).value is None
    accepted(ws, "xa-a", A1="5")
    assert ws.figure("A1", PERIOD).value == 5
    for unit, what, total in (
        ("xa-b", "20", 25),
        ("dn-3", "300", 325),
        ("xa-b", "reopen", 305),
    ):
        (done,) = finish([python(ACCEPT, ws.folder, unit, what)])
        assert done.code == 0, done.err
        assert ws.figure("A1", PERIOD).value == total
        same_as_fresh()
    ws.reopen(f"{PERIOD}_s.q_xa-a", reason="sai", by="duyet")
    assert ws.figure("A1", PERIOD).value == 300
    same_as_fresh()


@pytest.fixture
def busy() -> Iterator[None]:
    """Threads take turns as often as can be."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def together(jobs: Sequence[Callable[[], object]]) -> list[object]:
    """Run the jobs at once, a thread each; what they gave."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        barrier.wait(LONG)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(LONG) for future in [pool.submit(run, job) for job in jobs]]


@pytest.mark.usefixtures("busy")
def test_threads_that_ask_for_the_first_total_at_once_all_get_the_whole(ws: Workspace) -> None:
    periods = [f"2017-Q{n}" for n in range(1, 5)]
    for period in periods:
        for unit in ("xa-a", "xa-b", "dn-2", "dn-3"):
            accepted(ws, unit, period, A1="1")
    for _ in range(20):
        with reopen(ws.folder) as fresh:
            jobs = [lambda: fresh.figure("A1", "2017").value for _ in range(4)]
            assert together(jobs) == [16] * 4


@pytest.mark.usefixtures("busy")
def test_an_accepted_report_never_vanishes_while_totals_follow_what_is_written(
    ws: Workspace,
) -> None:
    accepted(ws, "xa-a", A1="5")

    def read() -> set[object]:
        return {ws.figure("A1", PERIOD, "xa-a", own=True).value for _ in range(50)}

    def write() -> set[object]:
        for nth in range(5):
            accepted(ws, "xa-b", f"201{7 + nth // 4}-Q{nth % 4 + 1}", A1=str(nth))
        return set()

    assert together([read, read, read, write]) == [{5}, {5}, {5}, set()]
    assert ws.figure("A1", "2017", "xa-b", own=True).value == 0 + 1 + 2 + 3
