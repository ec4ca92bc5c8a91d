"""Two users press their buttons in the same moment. What one of them did between the other's looking and
writing is put in between by the test itself, at exactly that place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from nqcore.collection.entry.autofill import zeros
from nqcore.collection.submissions import attachments
from nqcore.collection.submissions.period_locks import PeriodLocked
from nqcore.collection.tables import EVIDENCE, PERIOD_LOCKS, SUBMISSIONS
from nqcore.errors import Conflict, StateError
from nqcore.store import Store
from nqcore.workspace.facade import Workspace
from tests.support.twenty import REPORT, make
from tests.support.waiting import join_all

PDF = b"%PDF-1.4\n1 0 obj\n"


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with make(tmp_path / "ws") as found:
        found.save_draft("xa-bm", "muoi.q", "2018-Q3", zeros(found.entry.sheet(REPORT)), by="hoa")
        yield found


def just_before_writing(
    monkeypatch: pytest.MonkeyPatch, doing: str, meanwhile: Callable[[], object]
) -> None:
    """`meanwhile` is done by somebody else right before the record `doing` takes its lock."""
    begin, done = Store.change, []

    def change(self: Store, *, by: str, do: str, **named: Any) -> Any:
        if do == doing and not done:
            done.append(do)
            meanwhile()
        return begin(self, by=by, do=do, **named)

    monkeypatch.setattr(Store, "change", change)


def close_period(ws: Workspace) -> None:
    with ws.store.change(by="test", do="lock-period", at=ws.clock()) as change:
        doc = {"on": True, "by": "test", "at": ws.clock().isoformat()}
        change.put(PERIOD_LOCKS, "muoi.q|2018-Q3", doc)


def attach(ws: Workspace, data: bytes = PDF) -> None:
    ws.submissions.attach(REPORT, "ban-ky.pdf", data, by="hoa")


def remove(ws: Workspace) -> None:
    ws.submissions.remove_attachment(REPORT, sha256(PDF).hexdigest(), by="hoa")


@pytest.mark.parametrize("doing", ["attach", "remove-evidence"])
def test_nothing_is_attached_or_removed_after_the_report_was_sent(
    ws: Workspace, doing: str, monkeypatch: pytest.MonkeyPatch
):
    if doing == "remove-evidence":
        attach(ws)
    before = ws.submissions.attachments.of(REPORT)
    just_before_writing(monkeypatch, doing, lambda: ws.send(REPORT, by="hoa"))
    with pytest.raises(StateError, match="the report is sent"):
        attach(ws) if doing == "attach" else remove(ws)
    assert ws.submissions.attachments.of(REPORT) == before
    (sent,) = [each.seq for each in ws.store.history(SUBMISSIONS, REPORT) if each.do == "send"]
    assert all(each.seq < sent for each in ws.store.history(EVIDENCE, REPORT))


def test_nothing_is_attached_after_the_period_was_closed(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
):
    just_before_writing(monkeypatch, "attach", lambda: close_period(ws))
    with pytest.raises(PeriodLocked):
        attach(ws)
    assert ws.submissions.attachments.of(REPORT) == ()


def test_one_file_from_many_at_once_is_stored_once_and_nobody_is_refused(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
):
    """All are about to write the bytes when the first of them begins."""
    gate, write = threading.Barrier(6), attachments.write_new

    def together(path: Path, data: bytes) -> None:
        gate.wait(60)
        write(path, data)

    monkeypatch.setattr(attachments, "write_new", together)
    refused: list[BaseException] = []

    def one() -> None:
        try:
            attach(ws)
        except BaseException as wrong:
            refused.append(wrong)

    threads = [threading.Thread(target=one, daemon=True) for _ in range(6)]
    for thread in threads:
        thread.start()
    join_all(threads)
    assert refused == []
    (file,) = ws.submissions.attachments.of(REPORT)
    assert ws.submissions.attachments.read(file) == PDF
    assert [path.name for path in (ws.folder / EVIDENCE).iterdir()] == [file.sha256]


# -- a button that is pressed twice ----------------------------------------------------------------


def test_what_is_sent_twice_is_sent_once_and_both_get_the_receipt(ws: Workspace):
    first = ws.submissions.send(REPORT, by="hoa", base=1)
    assert ws.submissions.send(REPORT, by="hoa", base=1) == first
    assert [each.number for each in ws.submissions.revisions(REPORT)] == [1, 2]


def test_the_second_sending_in_the_same_moment_gets_the_receipt_too(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
):
    just_before_writing(monkeypatch, "send", lambda: ws.submissions.send(REPORT, by="hoa", base=1))
    second = ws.submissions.send(REPORT, by="hoa", base=1)
    assert (second.number, second.receipt) == (2, ws.submissions.revisions(REPORT)[-1].receipt)
    assert len(ws.submissions.revisions(REPORT)) == 2


def test_what_is_accepted_or_returned_twice_with_the_same_words_is_so_once(ws: Workspace):
    ws.send(REPORT, by="hoa")
    back = ws.submissions.return_(REPORT, by="nam", remarks={"A1": "Xem lại"}, base=2)
    assert ws.submissions.return_(REPORT, by="nam", remarks={"A1": "Xem lại"}, base=2) == back
    ws.submissions.send(REPORT, by="hoa", base=3)
    done = ws.submissions.accept(REPORT, by="nam", base=4)
    assert ws.submissions.accept(REPORT, by="nam", base=4) == done


def test_other_words_are_not_taken_for_the_same_press(ws: Workspace):
    ws.send(REPORT, by="hoa")
    ws.submissions.return_(REPORT, by="nam", remarks={"A1": "Xem lại"}, base=2)
    with pytest.raises(StateError):
        ws.submissions.return_(REPORT, by="nam", remarks={"A1": "Sửa số"}, base=2)
    with pytest.raises(StateError):
        ws.submissions.accept(REPORT, by="nam", base=2)


def test_a_draft_that_was_changed_since_is_not_taken_for_sent(ws: Workspace):
    ws.save_draft(
        "xa-bm", "muoi.q", "2018-Q3", {**zeros(ws.entry.sheet(REPORT)), "A1": "7"}, by="hoa"
    )
    with pytest.raises(Conflict):
        ws.submissions.send(REPORT, by="hoa", base=1)
