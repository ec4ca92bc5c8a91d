"""Users of one unit press their buttons in the same moment: every race ends as if one had come after the
other, and each of them is answered with what was done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from nqcore.collection.tables import EVIDENCE, REVISIONS, SUBMISSIONS
from tests.faults.client import Answer, Client
from tests.faults.kit import Dose, Figures, room
from tests.faults.load import together
from tests.faults.office import make_office, open_store
from tests.faults.server import Server
from tests.support.visitor import Page

PDF = b"%PDF-1.4\n1 0 obj\n"
AT_ONCE = 4


def races(dose: Dose) -> Figures:
    """On each report: boxes saved at once, one file attached at once, attached and removed while it is
    sent, and sent several times at once."""
    figures = Figures()
    with room() as folder:
        (clerk,) = make_office(folder / "ws", 1)
        with Server(folder / "ws") as server:
            first = Client(server.port, clerk.login, timeout=120)
            first.sign_in()
            tabs = [first, *(first.tab(server.port) for _ in range(AT_ONCE - 1))]
            for id in clerk.reports[: dose.of(4, 40)]:
                _boxes(folder / "ws", id, tabs, figures)
                _one_file(folder / "ws", id, tabs, figures)
                _attach_and_send(folder / "ws", id, tabs, figures)
                figures.rounds += 1
            for one in tabs:
                one.close()
    return figures


def _at_once(work: Sequence[Callable[[], Answer | bool]]) -> list[Answer | bool]:
    """What each of them answers; they begin at the same moment."""
    gate = threading.Barrier(len(work))
    found: list[Answer | bool] = [False] * len(work)

    def run(nth: int) -> None:
        gate.wait(120)
        found[nth] = work[nth]()

    together([partial(run, nth) for nth in range(len(work))])
    return [*found]


def _boxes(folder: Path, id: str, tabs: list[Client], figures: Figures) -> None:
    """Everybody another box: all are saved, and nobody is asked anything."""
    opened = [tab.open(id) for tab in tabs]
    typed = dict(zip(opened[0].names, (str(500 + n) for n in range(len(tabs))), strict=False))
    saved = _at_once(
        [
            partial(tab.save, report, {name: text})
            for tab, report, (name, text) in zip(tabs, opened, typed.items(), strict=True)
        ]
    )
    figures.acked += sum(bool(one) for one in saved)
    for tab, one in zip(tabs, saved, strict=True):
        said = "" if one or tab.refused is None else f"{tab.refused.status} {tab.refused.place}"
        figures.must(bool(one), f"{id}: different boxes were not put together: {said}")
    with open_store(folder) as store:
        head = store.get(SUBMISSIONS, id) or {"revision": 0}
        newest = store.get(REVISIONS, f"{id}#{head['revision']}") or {}
    kept = newest.get("answers", {}).get("figures", {})
    for (name, text), one in zip(typed.items(), saved, strict=True):
        if one and kept.get(name) != text:
            figures.lost += 1
            figures.sample(f"{id}: {name} is {kept.get(name)}, {text} was acknowledged")


def _one_file(folder: Path, id: str, tabs: list[Client], figures: Figures) -> None:
    """One file from all of them: each is told that it is attached, and it is stored once."""
    data = PDF + id.encode()
    answers = _at_once([partial(tab.attach, id, "ban-ky.pdf", data) for tab in tabs])
    figures.acked += 1
    figures.must({_status(one) for one in answers} == {303}, f"{id}: one file at once: {answers}")
    with open_store(folder) as store:
        files = (store.get(EVIDENCE, id) or {"files": []})["files"]
    if len(files) != 1 or (folder / EVIDENCE / files[0]["sha256"]).read_bytes() != data:
        figures.lost += 1
        figures.sample(f"{id}: {len(files)} files")
    left = [path.name for path in (folder / EVIDENCE).iterdir() if path.name.startswith(".")]
    figures.must(left == [], f"{id}: left behind: {left}")


def _attach_and_send(folder: Path, id: str, tabs: list[Client], figures: Figures) -> None:
    """Sent twice while files are attached and removed: what is attached or removed was so before it was
    sent, and both who sent it see the receipt."""
    report = tabs[0].open(id)
    nothing = dict.fromkeys(report.names, "0")
    tabs[0].ask("POST", report.path, report.fields | nothing | {"viec": "luu"})
    check = f"/bao-cao/{id}/kiem-tra"
    form = Page(tabs[0].ask("GET", check).text).forms[-1][1].to_dict() | {"viec": "gui"}
    with open_store(folder) as store:
        digest = store.get(EVIDENCE, id)["files"][0]["sha256"]  # type: ignore[index]
    answers = _at_once(
        [
            partial(tabs[0].ask, "POST", check, form),
            partial(tabs[1].ask, "POST", check, form),
            partial(tabs[2].attach, id, "them.pdf", PDF * 200_000 + id.encode()),
            partial(tabs[3].ask, "POST", f"/bao-cao/{id}/minh-chung/{digest}/bo", form),
        ]
    )
    shown = f"/bao-cao/{id}"
    for one in answers[:2]:
        assert isinstance(one, Answer)
        place = f"{one.status} {one.place}"
        figures.must((one.status, one.place) == (303, shown), f"{id}: sent at once: {place}")
    figures.must("“sent”" not in tabs[0].ask("GET", shown).text, f"{id}: English words")
    with open_store(folder) as store:
        sent = [each.seq for each in store.history(SUBMISSIONS, id) if each.do == "send"]
        after = [each.seq for each in store.history(EVIDENCE, id) if sent and each.seq > sent[0]]
    figures.acked += 1
    figures.lost += not sent
    figures.must(len(sent) == 1, f"{id}: sent {len(sent)} times")
    figures.must(after == [], f"{id}: files were changed after it was sent")


def _status(one: Answer | bool) -> int:
    return one.status if isinstance(one, Answer) else 0
