"""How much attached files may take: of a report, a unit's day and a unit; and freeing removed ones."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from nqcore.collection.archive.backup import check_backup, write_backup
from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.submissions import attachment_quota
from nqcore.collection.submissions.attachment_purge import purge_removed, removed_before
from nqcore.collection.submissions.attachment_quota import (
    AttachmentLimits,
    DayQuota,
    ReportQuota,
    UnitQuota,
)
from nqcore.collection.submissions.attachments import Attachments
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, found

Q1, Q2 = "2018-Q1_s.q_dn-1", "2018-Q2_s.q_dn-1"
OTHER = "2018-Q1_s.q_dn-2"


def pdf(number: int, size: int = 1000) -> bytes:
    return (b"%%PDF-1.4 %d " % number).ljust(size, b"x")


@pytest.fixture(autouse=True)
def kilobytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachment_quota, "MB", 1000)


@pytest.fixture
def now() -> Now:
    made = Now()
    made.on("2018-07-02")
    return made


@pytest.fixture
def ws(tmp_path: Path, now: Now):
    with found(tmp_path / "ws", now) as made:
        yield made


def attach(ws: Workspace, id: str, number: int, size: int = 1000, **limits: int) -> str:
    files = Attachments(ws.folder, ws.store, AttachmentLimits(**limits))
    obligation = ws.submissions.find(id)
    by = next(a.login for a in ws.accounts.all() if a.unit == obligation.unit)
    return files.attach(
        ws.submissions.actor(by), obligation, f"{number}.pdf", pdf(number, size)
    ).sha256


def remove(ws: Workspace, id: str, digest: str) -> None:
    by = next(a.login for a in ws.accounts.all() if a.unit == ws.submissions.find(id).unit)
    ws.submissions.remove_attachment(id, digest, by=by)


def test_the_last_byte_that_fits_is_taken_and_the_next_is_not(ws: Workspace) -> None:
    attach(ws, Q1, 1, 1000, report_mb=2)
    with pytest.raises(ReportQuota):
        attach(ws, Q1, 2, 1001, report_mb=2)
    attach(ws, Q1, 3, 1000, report_mb=2)
    assert len(list((ws.folder / "evidence").iterdir())) == 2, "a refused file takes no room"


def test_a_removed_file_counts_until_it_is_freed(ws: Workspace) -> None:
    for number in range(3):
        remove(ws, Q1, attach(ws, Q1, number, report_mb=3))
    with pytest.raises(ReportQuota):
        attach(ws, Q1, 9, report_mb=3)
    done = purge_removed(ws.folder, ws.store, days=0, by="nq", at=ws.clock() + timedelta(seconds=1))
    assert (done.files, done.size) == (3, 3000)
    attach(ws, Q1, 9, report_mb=3)


def test_the_same_file_again_takes_no_more(ws: Workspace) -> None:
    digest = attach(ws, Q1, 1, report_mb=1)
    remove(ws, Q1, digest)
    assert attach(ws, Q1, 1, report_mb=1) == digest


def test_a_units_day_ends_at_midnight(ws: Workspace, now: Now) -> None:
    attach(ws, Q1, 1, day_mb=1)
    with pytest.raises(DayQuota):
        attach(ws, Q2, 2, day_mb=1)
    attach(ws, OTHER, 3, day_mb=1)
    now.on("2018-07-03")
    attach(ws, Q2, 2, day_mb=1)


def test_a_unit_has_a_limit_of_its_own(ws: Workspace, now: Now) -> None:
    attach(ws, Q1, 1, unit_mb=2)
    now.on("2018-07-05")
    attach(ws, Q2, 2, unit_mb=2)
    with pytest.raises(UnitQuota):
        attach(ws, Q2, 3, unit_mb=2)
    attach(ws, OTHER, 4, unit_mb=2)


def test_only_what_was_removed_long_enough_ago_is_freed(ws: Workspace, now: Now) -> None:
    old = attach(ws, Q1, 1)
    remove(ws, Q1, old)
    kept = attach(ws, Q1, 2)
    now.on("2018-08-01")
    new = attach(ws, Q1, 3)
    remove(ws, Q1, new)
    now.on("2018-08-02")
    assert [file.sha256 for file in removed_before(ws.store, ws.clock() - timedelta(days=30))] == [
        old
    ]
    purge_removed(ws.folder, ws.store, days=30, by="nq", at=ws.clock())
    assert {path.name for path in (ws.folder / "evidence").iterdir()} == {kept, new}
    assert purge_removed(ws.folder, ws.store, days=30, by="nq", at=ws.clock()).files == 0


def test_bytes_that_another_report_still_has_stay(ws: Workspace) -> None:
    digest = attach(ws, Q1, 1)
    attach(ws, OTHER, 1)
    remove(ws, Q1, digest)
    done = purge_removed(ws.folder, ws.store, days=0, by="nq", at=ws.clock() + timedelta(seconds=1))
    assert (done.files, done.size) == (1, 0)
    assert (ws.folder / "evidence" / digest).exists()


def test_a_freed_file_is_not_missed_and_the_same_file_can_be_attached_again(
    ws: Workspace, tmp_path: Path
) -> None:
    digest = attach(ws, Q1, 1)
    remove(ws, Q1, digest)
    purge_removed(ws.folder, ws.store, days=0, by="nq", at=ws.clock() + timedelta(seconds=1))
    assert verify_folder(ws.folder, ws.settings, []).ok
    backup = tmp_path / "b.zip"
    write_backup(ws.folder, backup, at=ws.clock(), by="nq")
    check_backup(backup)
    assert attach(ws, Q1, 1) == digest
    assert verify_folder(ws.folder, ws.settings, []).ok


def test_a_killed_run_is_finished_by_the_next(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = attach(ws, Q1, 1)
    remove(ws, Q1, digest)
    later = ws.clock() + timedelta(seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_a, **_k: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            purge_removed(ws.folder, ws.store, days=0, by="nq", at=later)
    assert (ws.folder / "evidence" / digest).exists()
    assert purge_removed(ws.folder, ws.store, days=0, by="nq", at=later).size == 1000
    assert not (ws.folder / "evidence" / digest).exists()


def test_an_older_program_stops_at_the_record_of_a_purge(ws: Workspace) -> None:
    remove(ws, Q1, attach(ws, Q1, 1))
    purge_removed(ws.folder, ws.store, days=0, by="nq", at=ws.clock() + timedelta(seconds=1))
    last = ws.store.version
    assert (ws.store.record(last).do, ws.store.record(last).version) == ("purge-evidence", 2)
    attach(ws, Q1, 2)
    assert ws.store.record(last + 1).version == 2, "its document still has the freed file"
