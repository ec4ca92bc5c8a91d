"""A backup holds every evidence file that the office has, wherever the folder lies, or is none."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.collection.archive import backup_writing
from nqcore.collection.archive.backup import BackupRefused, restore_backup, write_backup
from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.settings import read_settings
from tests.collection.archive.test_backup import AT
from tests.support.twenty import make

FILES = {f"Biên bản {n}.pdf": b"%PDF-1.7\n" + str(n).encode() * 400 for n in range(3)}


@pytest.fixture
def office(tmp_path: Path, keys: Path) -> Path:
    """A workspace with evidence that was moved to a bigger disk and is reached through a link."""
    folder = tmp_path / "ws"
    with make(folder) as ws:
        report = ws.submissions.obligation("xa-bm", "muoi.q", "2018-Q3")
        for name, data in FILES.items():
            ws.submissions.attach(report, name, data, by=ws.accounts["hoa"])
    (folder / "evidence").rename(tmp_path / "disk")
    (folder / "evidence").symlink_to(tmp_path / "disk")
    return folder


def test_evidence_behind_a_link_is_in_the_backup(office: Path, tmp_path: Path) -> None:
    write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    new = tmp_path / "new"
    restore_backup(tmp_path / "b.zip", new)
    assert not (new / "evidence").is_symlink()
    assert {p.read_bytes() for p in (new / "evidence").iterdir()} == set(FILES.values())
    assert verify_folder(new, read_settings(new)).problems == ()


@pytest.mark.parametrize("name", ["journal", "old", "evidence/old", "days-off.toml"])
def test_any_other_link_is_refused_by_name(office: Path, tmp_path: Path, name: str) -> None:
    there = tmp_path / "there"
    if name == "journal":
        (office / name).rename(there)
    elif name == "days-off.toml":
        there.write_text("# none\n", "utf-8")
    else:
        there.mkdir()
    (office / name).symlink_to(there)
    with pytest.raises(BackupRefused, match="is a symbolic link") as wrong:
        write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    assert str(office / name) in str(wrong.value)
    assert not (tmp_path / "b.zip").exists()


def test_a_link_to_a_disk_that_is_not_there_is_refused(office: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").rename(tmp_path / "pulled out")
    done = CliRunner().invoke(main, ["--lang", "en", "backup", "-w", str(office),
                                     str(tmp_path / "b.zip")])  # fmt: skip
    assert done.exit_code == 2
    assert "leads to no folder" in done.output
    assert str(tmp_path / "disk") in done.output
    assert not (tmp_path / "b.zip").exists()


def test_what_is_no_file_is_refused(office: Path, tmp_path: Path) -> None:
    os.mkfifo(office / "pipe")
    with pytest.raises(BackupRefused, match="pipe is neither a file nor a folder"):
        write_backup(office, tmp_path / "b.zip", at=AT, by="test")


def test_a_backup_is_not_put_among_the_evidence(office: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="in the workspace itself"):
        write_backup(office, tmp_path / "disk" / "b.zip", at=AT, by="test")


def test_a_copy_that_lacks_a_file_that_the_office_has_is_no_backup(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the reason: the restored copy is compared with the folder."""
    lost = sha256(next(iter(FILES.values()))).hexdigest()
    every = backup_writing.files_to_copy

    def forgetful(folder: Path):
        return (path for path in every(folder) if path.name != lost)

    monkeypatch.setattr(backup_writing, "files_to_copy", forgetful)
    with pytest.raises(BackupRefused, match=f"lacks what .*{lost}"):
        write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    assert not (tmp_path / "b.zip").exists()


def test_evidence_that_was_lost_before_does_not_stop_backups(office: Path, tmp_path: Path) -> None:
    (tmp_path / "disk" / sha256(next(iter(FILES.values()))).hexdigest()).unlink()
    write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    restore_backup(tmp_path / "b.zip", tmp_path / "new")
    assert len(list((tmp_path / "new" / "evidence").iterdir())) == 2
