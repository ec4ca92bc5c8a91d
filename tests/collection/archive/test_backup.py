"""A backup is whole, says so only when it was read back, and never overwrites anything."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nqcore.cli import main
from nqcore.collection.archive import backup as backup_module
from nqcore.collection.archive.backup import (
    BackupDamaged,
    BackupRefused,
    check_backup,
    last_backups,
    restore_backup,
    write_backup,
)
from nqcore.collection.archive.integrity import NoReceipt, read_receipt, verify_folder
from nqcore.collection.settings import read_settings
from nqcore.collection.tables import BACKUPS
from nqcore.errors import StoreError
from nqcore.store import DamagedJournal, OtherKey, Store, key_file, load_key
from nqcore.workspace.opening import create_workspace
from tests.store.helpers import documents, put

AT = datetime(2018, 10, 5, 8, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workspace with records of two years and one file besides."""
    folder = tmp_path / "ws"
    with create_workspace(folder, name="Huyện", plugins=["nq_model_district"], root="huyen") as ws:
        for n in range(5):
            put(ws.store, f"r{n}", {"x": str(n)}, at=AT.replace(year=2030 + n // 3))
    (folder / "days-off.toml").write_text("# none of its own\n", "utf-8")
    return folder


def opened(folder: Path) -> Store:
    return Store.open(folder, load_key(read_settings(folder).id))


def test_what_is_restored_is_what_was_there(office: Path, tmp_path: Path) -> None:
    with opened(office) as store:
        expected, head = documents(store), store.head
    done = write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    assert (done.seq, done.hash) == (head.seq, head.hash)
    assert restore_backup(tmp_path / "b.zip", tmp_path / "new").sha256 == done.sha256
    for name in ("workspace.toml", "days-off.toml", *(f"journal/{each.name}" for each in
                 (office / "journal").glob("*.nqj"))):  # fmt: skip
        here, there = (tmp_path / "new" / name).read_bytes(), (office / name).read_bytes()
        assert there.startswith(here)
        assert here
    with opened(tmp_path / "new") as store:
        assert documents(store) == expected
        assert store.head == head
        put(store, "more", {})
        assert store.verify().ok


def test_the_journal_says_that_there_is_a_backup(office: Path, tmp_path: Path) -> None:
    done = write_backup(office, tmp_path / "b.zip", at=AT, by="chị Hoa")
    with opened(office) as store:
        (doc,) = documents(store, BACKUPS).values()
        assert doc == {"file": "b.zip", "seq": done.seq, "hash": done.hash, "sha256": done.sha256}
        assert store.record(store.version).by == "chị Hoa"


def test_the_key_is_not_in_it(office: Path, tmp_path: Path) -> None:
    write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    key = key_file(read_settings(office).id).read_text("ascii").strip()
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        for name in archive.namelist():
            assert key.encode() not in archive.read(name)
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["files"].keys() == set(archive.namelist()) - {"manifest.json"}
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_any_byte_changed_or_missing_is_noticed(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    write_backup(office, file, at=AT, by="test")
    whole = file.read_bytes()
    for place in range(0, len(whole), 3):
        file.write_bytes(
            whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :]
        )
        with pytest.raises(BackupDamaged, match="do not match"):
            restore_backup(file, tmp_path / "new")
        file.write_bytes(whole[:place])
        with pytest.raises(BackupDamaged, match="do not match"):
            restore_backup(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "ws"]


def test_nothing_is_ever_overwritten(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    write_backup(office, file, at=AT, by="test")
    before = file.read_bytes()
    with pytest.raises(BackupRefused, match="exists already"):
        write_backup(office, file, at=AT, by="test")
    with pytest.raises(BackupRefused, match="in the workspace itself"):
        write_backup(office, office / "b.zip", at=AT, by="test")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "letter").touch()
    for folder in (tmp_path / "there", tmp_path / "there" / "letter", office):
        with pytest.raises(BackupRefused, match="not empty"):
            restore_backup(file, folder)
    assert file.read_bytes() == before
    (tmp_path / "empty").mkdir()
    restore_backup(file, tmp_path / "empty")
    assert verify_folder(tmp_path / "empty", read_settings(office)).ok


@pytest.mark.parametrize("at", ["write_archive", "unpack", "_give_name"])
def test_a_backup_that_fails_leaves_nothing(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def full(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_module, at, full)
    with pytest.raises(OSError, match="No space"):
        write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    assert [path.name for path in tmp_path.iterdir()] == ["ws"]
    with opened(office) as store:
        assert documents(store, BACKUPS) == {}


def test_a_damaged_journal_makes_no_backup(office: Path, tmp_path: Path) -> None:
    damage(office)
    with pytest.raises(DamagedJournal):
        write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    assert [file.name for file in tmp_path.iterdir()] == ["ws"]


def test_nor_does_one_whose_damage_a_snapshot_passes_over(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nqcore.store.journal.SNAPSHOT_AFTER", 1)
    opened(office).close()
    damage(office)
    opened(office).close()
    with pytest.raises(StoreError, match="record 4: its bytes do not match its hash"):
        write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    assert [file.name for file in tmp_path.iterdir()] == ["ws"]


def no_links(*names: object) -> None:
    raise OSError(1, "Operation not permitted")


def test_a_disk_without_hard_links_takes_a_backup_too(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    done = write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    assert check_backup(tmp_path / "b.zip").sha256 == done.sha256


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_takes_the_name_meanwhile_is_not_overwritten(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    give_name, file = backup_module._give_name, tmp_path / "b.zip"

    def taken_meanwhile(new: Path, target: Path) -> None:
        target.write_text("of another user")
        give_name(new, target)

    monkeypatch.setattr(backup_module, "_give_name", taken_meanwhile)
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(BackupRefused, match="exists already"):
        write_backup(office, file, at=AT, by="test")
    assert file.read_text() == "of another user"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "ws"]


def test_a_workspace_that_cannot_be_written_is_copied_and_nothing_is_recorded(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise StoreError(detail="the disk is read-only")

    monkeypatch.setattr(Store, "change", refuse)
    done = write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    monkeypatch.undo()
    assert check_backup(tmp_path / "b.zip").sha256 == done.sha256
    with opened(office) as store:
        assert last_backups(store, 3) == ()


def test_the_newest_backups_are_listed_first_and_no_more_than_asked_for(
    office: Path, tmp_path: Path
) -> None:
    made = [
        write_backup(office, tmp_path / f"{day}.zip", at=AT.replace(day=day), by=f"chị {day}")
        for day in (5, 6, 7)
    ]
    with opened(office) as store:
        assert [(one.by, one.receipt) for one in last_backups(store, 2)] == [
            ("chị 7", made[2].receipt),
            ("chị 6", made[1].receipt),
        ]
        assert last_backups(store, 3)[2].at == AT


def test_an_archive_of_a_newer_version_and_one_with_a_longer_file_are_refused(
    office: Path, tmp_path: Path
) -> None:
    write_backup(office, tmp_path / "b.zip", at=AT, by="test")

    def newer(manifest: dict[str, Any]) -> None:
        manifest["v"] = 2

    def longer(manifest: dict[str, Any]) -> None:
        manifest["files"]["workspace.toml"]["bytes"] -= 1

    def shorter(manifest: dict[str, Any]) -> None:
        manifest["files"]["workspace.toml"]["bytes"] += 1

    def without(manifest: dict[str, Any]) -> None:
        del manifest["files"]

    for change, words in (
        (newer, "a newer nqcore wrote it"),
        (longer, "not what the manifest says"),
        (shorter, "not what the manifest says"),
        (without, "missing or wrong"),
    ):
        bad = rewritten(tmp_path / "b.zip", tmp_path / "bad.zip", change)
        with pytest.raises(BackupDamaged, match=words):
            restore_backup(bad, tmp_path / "new")
        assert not (tmp_path / "new").exists()


def rewritten(file: Path, bad: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The archive with another manifest, and with a digest that fits."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(bad, "w") as target:
        manifest = json.loads(source.read("manifest.json"))
        change(manifest)
        for name in set(source.namelist()) - {"manifest.json"}:
            target.writestr(name, source.read(name))
        target.writestr("manifest.json", json.dumps(manifest))
        target.comment = b"0" * 64
    raw = bad.read_bytes()
    bad.write_bytes(raw[:-64] + sha256(raw[:-64]).hexdigest().encode())
    return bad


def damage(office: Path) -> None:
    """Another figure in record 3."""
    for path in (office / "journal").glob("*.nqj"):
        path.write_bytes(path.read_bytes().replace(b'"x":"1"', b'"x":"7"'))


def test_names_that_lead_outside_are_refused(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    write_backup(office, file, at=AT, by="test")
    bad = tmp_path / "bad.zip"
    for name in ("../out", "/tmp/out", "a/../../out", "c:out", "a\\b"):
        with zipfile.ZipFile(file) as source, zipfile.ZipFile(bad, "w") as target:
            manifest = json.loads(source.read("manifest.json"))
            manifest["files"][name] = {"bytes": 1, "sha256": "0" * 64}
            target.writestr(name, "x")
            target.writestr("manifest.json", json.dumps(manifest))
            target.comment = b"0" * 64
        raw = bad.read_bytes()
        bad.write_bytes(raw[:-64] + sha256(raw[:-64]).hexdigest().encode())
        with pytest.raises(BackupDamaged, match="outside"):
            restore_backup(bad, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "out").exists()


def test_a_receipt_finds_that_the_whole_folder_was_put_back(office: Path, tmp_path: Path) -> None:
    shutil.copytree(office, tmp_path / "older")
    with opened(office) as store:
        put(store, "later", {})
        receipt = read_receipt(f" {store.head.seq}/{store.head.hash[:12].upper()}")
    settings = read_settings(office)
    assert verify_folder(office, settings, [receipt]).ok
    assert verify_folder(tmp_path / "older", settings).ok  # whole in itself
    found = verify_folder(tmp_path / "older", settings, [receipt])
    assert not found.ok
    assert f"Receipt {receipt.seq}/" in str(found.problems[0])


@pytest.mark.parametrize("text", ["", "412", "412/", "0/abcdefabcdef", "x/abcdefabcdef", "1/abc"])
def test_what_is_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(NoReceipt, match="Copy it from the report"):
        read_receipt(text)


def nq(*args: object) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *map(str, args)], catch_exceptions=False)


def test_the_commands_back_up_restore_elsewhere_and_go_on_under_a_new_key(
    office: Path, tmp_path: Path
) -> None:
    file, new = tmp_path / "b.zip", tmp_path / "new"
    made = nq("backup", "-w", office, file)
    assert made.exit_code == 0
    assert "restored on trial" in made.output
    assert nq("backup", "--check", file).exit_code == 0
    assert nq("backup", "-w", office, file).exit_code == 2
    key = key_file(read_settings(office).id)
    aside = key.with_suffix(".aside")
    os.rename(key, aside)  # another machine: no key there
    told = nq("restore", file, new)
    assert told.exit_code == 1  # the copy is whole, and cannot be written into without its key
    assert "is not on this machine" in told.stderr
    looked = nq("verify", "-w", new)
    assert looked.exit_code == 0
    assert "could not be checked: their key is not here" in looked.output
    with opened(new) as store, pytest.raises(OtherKey) as refused:
        put(store, "x", {})
    assert f"if it is lost, go on with a new key: nq new-key -w {new}." in str(refused.value)
    assert nq("new-key", "-w", new, "--why", "the old machine burnt").exit_code == 0
    with opened(new) as store:
        put(store, "x", {})
        assert [t.why for t in store.history("epochs", "2")] == ["the old machine burnt"]
        assert store.verify().ok
    again = nq("new-key", "-w", new, "--why", "again")
    assert again.exit_code == 2
    assert "exists already" in again.output
    receipt = f"{opened(new).head.seq}/{opened(new).head.hash[:12]}"
    assert nq("verify", "-w", new, "--receipt", receipt).exit_code == 0
    assert nq("verify", "-w", office, "--receipt", receipt).exit_code == 1
    key.unlink()
    os.rename(aside, key)
    with pytest.raises(StoreError):
        read_settings_of_nothing(tmp_path)


def read_settings_of_nothing(folder: Path) -> None:
    """A folder without a journal has nothing to open."""
    Store.open(folder / "nowhere", None)


def test_a_backup_can_be_checked_without_leaving_anything(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    write_backup(office, file, at=AT, by="test")
    assert check_backup(file).files == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "ws"]


# -- as of an earlier moment ---------------------------------------------------------------------


def test_a_backup_is_restored_to_a_record_and_to_a_day(office: Path, tmp_path: Path) -> None:
    made = write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    with opened(office) as store:
        records = {seq: store.record(seq) for seq in range(1, made.seq + 1)}
    for until, seq in ((3, 3), (made.seq, made.seq), ("2030-12-31", 5), ("2031-10-05", made.seq)):
        new = tmp_path / f"until {until}"
        done = nq("restore", tmp_path / "b.zip", new, "--until", until)
        assert done.exit_code == 0, done.output
        point = records[seq]
        assert f"as of {point.at}, up to record {seq}/{point.hash[:12]}" in done.output
        found = verify_folder(new, read_settings(new))
        assert found.ok
        assert (found.seq, found.hash) == (seq, point.hash)
        with opened(new) as store:
            put(store, "goes on", {})
            assert store.verify().ok


@pytest.mark.parametrize(
    "until", ["0", "-1", "9999", "1999-01-01", "2018-02-30", "yesterday", "4/x"]
)
def test_a_moment_that_is_not_in_the_backup_is_refused(
    office: Path, tmp_path: Path, until: str
) -> None:
    write_backup(office, tmp_path / "b.zip", at=AT, by="test")
    done = nq("restore", tmp_path / "b.zip", tmp_path / "new", f"--until={until}")
    assert done.exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "ws"]
