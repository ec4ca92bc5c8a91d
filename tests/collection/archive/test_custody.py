"""A copy, a restored folder and one that was put back are places of their own; changed settings are known."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nqcore.cli import main
from nqcore.clock import clock_at
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.directory import LinkRefused
from nqcore.collection.archive.backup import restore_backup, write_backup
from nqcore.collection.archive.custody import BACK, NEW, Custody
from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.archive.last_seen import newest_seen, note_seen, read_weaker
from nqcore.collection.settings import read_settings
from nqcore.collection.tables import LINKS, PLACES, SETTINGS
from nqcore.store import key_file
from nqcore.store.place import place_of
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace

Copy = Callable[[Workspace, Path], None]
PEOPLE = {"qt": Role.ADMIN, "dn": Role.ENTER, "xa": Role.ENTER, "duyet": Role.APPROVE}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """An office that was made here, with four accounts."""
    clock = clock_at(date(2018, 4, 5))
    with create_workspace(
        tmp_path / "ws", name="Huyện", plugins=["nq_model_district"], root="huyen", clock=clock
    ) as ws:
        for login, role in PEOPLE.items():
            ws.accounts.add(login, login, "huyen", [role], units=ws.units, by="nq", at=ws.clock())
            ws.accounts.set_password(login, "mật khẩu cũ", by=login, at=ws.clock())
        yield ws


def taken(ws: Workspace) -> Custody:
    return ws.archive.take_custody(by="nq serve")


def copied(ws: Workspace, to: Path) -> None:
    shutil.copytree(ws.folder, to)


def restored(ws: Workspace, to: Path) -> None:
    write_backup(ws.folder, to.with_suffix(".zip"), at=ws.clock(), by="test")
    restore_backup(to.with_suffix(".zip"), to)


def moved(ws: Workspace, to: Path) -> None:
    ws.close()
    ws.folder.rename(to)


def test_a_folder_that_was_made_here_is_a_place_and_stays_one(ws: Workspace) -> None:
    before = ws.store.version
    found = taken(ws)
    assert found.place == place_of(ws.folder)
    assert found.sentences() == ()
    assert taken(ws) == found
    assert ws.store.version == before


def test_what_another_process_writes_meanwhile_was_not_put_back(ws: Workspace) -> None:
    """A worker of the pages begins while people save: its store is a moment older than what is noted."""
    place = taken(ws).place
    with open_workspace(ws.folder, clock=ws.clock) as begins:
        ws.accounts.add("moi", "m", "huyen", [Role.ENTER], units=ws.units, by="nq", at=ws.clock())
        note_seen(ws.settings.id, place, ws.store)
        assert begins.store.version < ws.store.version
        found = taken(begins)
        assert (found.place, found.sentences()) == (place, ())
    assert place_of(ws.folder) == place


@pytest.mark.parametrize("copy", [copied, restored, moved])
def test_another_folder_is_another_place_without_links(
    ws: Workspace, tmp_path: Path, copy: Copy
) -> None:
    own = taken(ws).place
    link = ws.accounts.link("xa", by="qt", at=ws.clock())
    copy(ws, tmp_path / "new")
    with open_workspace(tmp_path / "new", clock=ws.clock) as new:
        found = taken(new)
        assert found.place not in (own, None)
        assert found.renewed == NEW
        assert found.weaker == ()  # it has all that was seen
        assert len(found.sentences()) == 1
        assert new.store.table(LINKS).all() == []
        with pytest.raises(LinkRefused):
            new.accounts.open_link(link.token, at=ws.clock())
        assert new.store.record(new.store.version).do == "new-place"
        assert len(new.store.table(PLACES).all()) == 1
        assert taken(new).sentences() == ()
    if copy is not moved:
        assert taken(ws).sentences() == ()  # the original goes on
        assert ws.accounts.open_link(link.token, at=ws.clock()).login == "xa"


def weaken(ws: Workspace) -> None:
    """Everything that a restore would take back."""
    people, now = ws.accounts, ws.clock()
    people.lock("dn", by="qt", at=now)
    people.set_password("xa", "mật khẩu mới", by="xa", at=now)
    people.assign("duyet", [Role.WATCH], ["s.q"], by="qt", at=now)
    people.link("qt", by="qt", at=now)


WEAKER = {
    "dn was locked and is open again.",
    "xa has an earlier password again.",
    "duyet has the roles review again.",
    "duyet works with more forms again.",
}


def beginnings(sentences: tuple[str, ...]) -> set[str]:
    return {f"{one.partition('. ')[0].removesuffix('.')}." for one in sentences}


def test_a_restore_says_what_became_weaker(ws: Workspace, tmp_path: Path) -> None:
    write_backup(ws.folder, tmp_path / "b.zip", at=ws.clock(), by="test")
    weaken(ws)
    done = CliRunner().invoke(
        main, ["--lang", "en", "restore", str(tmp_path / "b.zip"), str(tmp_path / "new")]
    )
    assert done.exit_code == 0
    assert beginnings(tuple(done.output.splitlines())) >= WEAKER
    with open_workspace(tmp_path / "new", clock=ws.clock) as new:
        found = taken(new)
        assert beginnings(found.sentences()[1:]) == WEAKER
        (doc,) = new.store.table(PLACES).all()
        assert beginnings(tuple(doc["weaker"])) == WEAKER
        assert doc["seen"].startswith(f"{ws.store.version}/")


def test_a_folder_that_was_put_back_in_its_place_is_noticed(ws: Workspace, tmp_path: Path) -> None:
    """Not by `nq restore`: somebody copied an older state over the folder, which stays the same one."""
    shutil.copytree(ws.folder, tmp_path / "older")
    weaken(ws)
    newest, place = ws.store.head, place_of(ws.folder)
    ws.close()
    for old in (ws.folder / "journal").iterdir():
        old.unlink()
    shutil.copytree(tmp_path / "older", ws.folder, dirs_exist_ok=True)
    assert place_of(ws.folder) == place
    settings = read_settings(ws.folder)
    told = verify_folder(ws.folder, settings)
    assert not told.ok
    assert f"Receipt {newest.seq}/" in str(told.problems[0])
    with open_workspace(ws.folder, clock=ws.clock) as back:
        found = taken(back)
        assert found.renewed == BACK
        assert found.place != place
        assert beginnings(found.sentences()[1:]) == WEAKER
        assert taken(back).sentences() == ()
    assert verify_folder(ws.folder, settings).ok
    assert not list(key_file(settings.id).parent.glob(f"{settings.id}.{place[:16]}.*"))


def test_only_figures_that_were_put_back_end_the_sessions_too(
    ws: Workspace, tmp_path: Path
) -> None:
    place = taken(ws).place
    shutil.copytree(ws.folder, tmp_path / "older")
    with ws.store.change(by="lan", do="save", at=ws.clock()) as change:
        change.put("notes", "n", {})
    ws.close()
    shutil.rmtree(ws.folder / "journal")
    shutil.copytree(tmp_path / "older", ws.folder, dirs_exist_ok=True)
    with open_workspace(ws.folder, clock=ws.clock) as back:
        found = taken(back)
        assert found.place != place
        assert found.weaker == ()


def test_what_was_seen_names_no_person_and_no_password(ws: Workspace) -> None:
    found = newest_seen(ws.settings.id)
    assert found is not None
    keys = key_file(ws.settings.id).parent
    for path in keys.glob(f"{ws.settings.id}.*.accounts"):
        text = path.read_text("utf-8")
        assert path.stat().st_mode & 0o077 == 0
        assert "argon2" not in text
        assert "mật khẩu" not in text


def test_a_lost_or_damaged_note_of_what_was_seen_costs_nothing_else(ws: Workspace) -> None:
    keys = key_file(ws.settings.id).parent
    for suffix, data in ((".accounts", b"[" * 100_000), (".head", b"x"), (".head", b"")):
        for path in keys.glob(f"{ws.settings.id}.*{suffix}"):
            path.write_bytes(data)
        assert taken(ws).sentences() == ()
    ws.accounts.lock("dn", by="qt", at=ws.clock())


@pytest.fixture
def read_only(ws: Workspace, tmp_path: Path) -> Iterator[Path]:
    """A copy of the office that nobody can write: root may write past the permissions, so for root it lies on
    a disk of its own that takes nothing."""
    place = tmp_path / "ro"
    if os.geteuid() != 0:
        shutil.copytree(ws.folder, place)
        for path in place.rglob("*"):
            path.chmod(0o500 if path.is_dir() else 0o400)
        yield place
        return
    place.mkdir()

    def mount(*options: str) -> bool:
        done = subprocess.run(["mount", *options, place], capture_output=True, timeout=60)
        return done.returncode == 0

    if not mount("-t", "tmpfs", "tmpfs"):
        pytest.skip("no disk can be mounted here")
    try:
        shutil.copytree(ws.folder, place, dirs_exist_ok=True)
        assert mount("-o", "remount,ro")
        yield place
    finally:
        subprocess.run(["umount", place], check=True, timeout=60)


def test_a_folder_that_can_only_be_read_is_served(ws: Workspace, read_only: Path) -> None:
    with open_workspace(read_only, clock=ws.clock) as readable:
        assert len(taken(readable).place) == 32


# -- settings ------------------------------------------------------------------------------------


def nq(*args: object) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *map(str, args)], catch_exceptions=False)


def test_a_changed_setting_is_known_by_name_and_since_when(ws: Workspace) -> None:
    settings = read_settings(ws.folder)
    assert verify_folder(ws.folder, settings).notes == ()
    with (ws.folder / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write('hosts = ["evil.example"]\n')
    done = nq("verify", "-w", ws.folder)
    assert done.exit_code == 0  # a person may change it
    (line,) = [one for one in done.output.splitlines() if one.startswith("workspace.toml")]
    assert "was changed after record" in line
    assert "(hosts)" in line
    with open_workspace(ws.folder, clock=lambda: ws.clock() + timedelta(days=1)) as again:
        before = again.store.version
        assert taken(again).settings == ("workspace.toml: hosts",)
        assert taken(again).settings == ()
        assert again.store.version == before + 1
        record = again.store.record(again.store.version)
        assert (record.do, record.by) == ("settings", "nq serve")
        assert "evil" not in str(record.docs)  # names and digests only
        assert set(record.docs[SETTINGS]["workspace.toml"]["keys"]) >= {"hosts", "id", "name"}
    assert verify_folder(ws.folder, settings).notes == ()


@pytest.mark.parametrize(
    "text", ["", "x = [[[[", "\xff", '[[day]]\ndate = 2019-01-02\nname = "N"\nworking = false\n']
)
def test_any_text_of_a_file_is_recorded(ws: Workspace, text: str) -> None:
    (ws.folder / "days-off.toml").write_bytes(text.encode("latin-1"))
    assert len(taken(ws).settings) >= 1
    assert taken(ws).settings == ()
    (ws.folder / "days-off.toml").unlink()
    assert len(taken(ws).settings) >= 1
    assert taken(ws).settings == ()


def test_what_killed_runs_left_is_removed_when_the_office_is_served(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp, evidence = tmp_path / "temp", ws.folder / "evidence"
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    left = evidence / f".{'ab' * 32}.7-{'0' * 16}.new"
    kept = evidence / ("cd" * 32)
    killed = temp / ".nq-work-abc"
    for path in (left, kept, killed / "lock", killed / "sao-luu-2018.zip"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    os.utime(left, (0, 0))
    taken(ws)
    assert [*evidence.iterdir()] == [kept]
    assert [*temp.iterdir()] == []


def test_the_last_place_is_known_with_what_became_weaker(ws: Workspace, tmp_path: Path) -> None:
    assert ws.archive.last_place() is None
    taken(ws)
    assert ws.archive.last_place() is None  # it is where it was made
    copied(ws, tmp_path / "old")
    ws.accounts.lock("dn", by="qt", at=ws.clock())
    ws.accounts.set_password("xa", "mật khẩu mới hẳn", by="xa", at=ws.clock())
    ws.close()
    shutil.copytree(tmp_path / "old", ws.folder, dirs_exist_ok=True)
    with open_workspace(ws.folder) as back:
        sentences = taken(back).weaker
        found = back.archive.last_place()
    assert found is not None
    assert found.seen
    assert found.weaker == sentences
    assert {one.login for one in found.weaker} == {"dn", "xa"}
    assert found.weaker[0].message(translator("vi")).startswith("dn ")


@pytest.mark.parametrize("text", ["x", "một câu khác", "a {login} b", ""])
def test_a_sentence_of_another_program_stays_as_it_is(text: str) -> None:
    assert read_weaker(text).message() == text
