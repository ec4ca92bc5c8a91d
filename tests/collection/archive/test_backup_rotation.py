"""A folder of backups keeps the newest sound ones, and nothing is deleted that only a backup has."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nqcore.cli import main
from nqcore.clock import VIET_NAM
from nqcore.collection.archive.backup import restore_backup, write_backup
from nqcore.collection.archive.backup_rotation import (
    Rotation,
    backup_name,
    free_name,
    rotate_backups,
)
from nqcore.collection.settings import read_settings
from nqcore.store import Store, load_key
from nqcore.workspace.opening import create_workspace
from tests.store.helpers import documents, put

AT = datetime(2018, 10, 5, 17, 30, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    create_workspace(folder, name="Huyện", plugins=["nq_model_district"], root="huyen").close()
    (tmp_path / "backups").mkdir()
    return folder


@pytest.fixture
def place(office: Path) -> Path:
    return office.parent / "backups"


def opened(folder: Path) -> Store:
    return Store.open(folder, load_key(read_settings(folder).id))


def backed_up(office: Path, place: Path, day: int) -> Path:
    """A backup of that day, after one more record."""
    at = AT + timedelta(days=day)
    with opened(office) as store:
        put(store, f"day {day}", {}, at=at)
    file = place / backup_name(read_settings(office).id, at)
    write_backup(office, file, at=at, by="test")
    return file


def rotated(office: Path, place: Path, keep: int) -> Rotation:
    with opened(office) as store:
        return rotate_backups(place, read_settings(office).id, store, keep)


def days_in(file: Path, new: Path) -> set[str]:
    """The days of which there is a record, after restoring."""
    restore_backup(file, new)
    with opened(new) as store:
        return set(documents(store))


@pytest.mark.parametrize("keep", [1, 2, 3, 4, 9])
def test_the_newest_are_kept_and_restore(office: Path, place: Path, keep: int) -> None:
    files = [backed_up(office, place, day) for day in range(4)]
    found = rotated(office, place, keep)
    assert set(found.kept) == set(files[-keep:])
    assert set(found.deleted) == set(files[:-keep])
    assert set(place.iterdir()) == set(files[-keep:])
    for nth, file in enumerate(found.kept):
        days = {f"day {day}" for day in range(4 - nth)}
        assert days_in(file, office.parent / f"new {nth}") == days


def test_a_damaged_one_does_not_count_and_is_left(office: Path, place: Path) -> None:
    files = [backed_up(office, place, day) for day in range(4)]
    data = bytearray(files[3].read_bytes())
    data[len(data) // 2] ^= 1
    files[3].write_bytes(data)
    files[2].write_bytes(b"")
    found = rotated(office, place, 1)
    assert found.kept == (files[1],)
    assert found.deleted == (files[0],)
    assert set(found.damaged) == {files[2], files[3]}
    assert set(place.iterdir()) == set(files[1:])


def test_what_the_present_journal_lacks_is_never_deleted(office: Path, place: Path) -> None:
    """After a restore, the backups of the time that was left behind may be all that is left of it."""
    files = [backed_up(office, place, day) for day in range(3)]
    shutil.rmtree(office)
    restore_backup(files[0], office)
    later = [backed_up(office, place, day) for day in (5, 6)]
    found = rotated(office, place, 1)
    assert found.kept == (later[1],)
    assert set(found.deleted) == {files[0], later[0]}
    assert set(place.iterdir()) == {files[1], files[2], later[1]}


def test_other_files_and_other_offices_are_left(office: Path, place: Path, tmp_path: Path) -> None:
    create_workspace(
        tmp_path / "other", name="Xã", plugins=["nq_model_district"], root="huyen"
    ).close()
    theirs = [backed_up(tmp_path / "other", place, day) for day in range(2)]
    ours = [backed_up(office, place, day) for day in range(2)]
    (place / "by hand.zip").write_bytes(ours[0].read_bytes())
    id = read_settings(office).id
    lied = place / backup_name(id, AT + timedelta(days=30))
    lied.write_bytes(theirs[0].read_bytes())  # another office's under our name
    (place / backup_name(id, AT + timedelta(days=31))).symlink_to(ours[0])
    assert rotated(office, place, 1).deleted == (ours[0],)
    assert lied.exists()
    assert (place / "by hand.zip").exists()
    assert all(path.exists() for path in theirs)


def nq(*args: object) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *map(str, args)], catch_exceptions=False)


def test_the_command_names_the_backup_and_keeps_so_many(office: Path, place: Path) -> None:
    old = [backed_up(office, place, day) for day in range(3)]
    done = nq("backup", "-w", office, place, "--keep", 2)
    assert done.exit_code == 0, done.output
    assert f"{old[0]}: deleted" in done.output
    new = set(place.iterdir()) - set(old)
    assert len(new) == 1
    assert set(place.iterdir()) == {old[2], *new}
    with (office / "workspace.toml").open("a") as file:
        file.write(f'backups = "{place}"\n')
    assert nq("backup", "-w", office).exit_code in (0, 2)  # 2: the same second
    assert nq("backup", "--check", next(iter(new))).exit_code == 0


def test_a_damaged_backup_makes_the_command_say_so(office: Path, place: Path) -> None:
    old = backed_up(office, place, 0)
    old.write_bytes(old.read_bytes()[:-1])
    done = nq("backup", "-w", office, place, "--keep", 1)
    assert done.exit_code == 1
    assert f"{old} is damaged" in done.output


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--keep", "2", "no-such-folder"], "needs a folder"),
        (["--keep", "0", "backups"], "0"),
        ([], "Name FILE or a folder"),
        (["--check"], "--check needs FILE"),
        (["--check", "--keep", "2", "backups"], "takes no --keep"),
    ],
)
def test_a_wrong_use_is_refused(
    office: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], words: str
) -> None:
    monkeypatch.chdir(office.parent)
    done = nq("backup", "-w", office, *args)
    assert done.exit_code == 2
    assert words in done.output
    assert list((office.parent / "backups").iterdir()) == []


def test_a_failed_backup_deletes_nothing(
    office: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [backed_up(office, place, day) for day in range(3)]
    (office / "link").symlink_to(place)
    assert nq("backup", "-w", office, place, "--keep", 1).exit_code == 2
    assert set(place.iterdir()) == set(old)


def test_two_backups_in_one_second_have_two_names(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 29, 23, 59, 59, tzinfo=VIET_NAM)
    names = []
    for _n in range(3):
        found = free_name(tmp_path, "75c8babd1561713d", moment)
        found.touch()
        names.append(found.name.partition("-")[2])
    assert names == ["20261129T235959.zip", "20261130T000000.zip", "20261130T000001.zip"]
