"""What the present code writes, the program of 0.1.0 reads, or it says that a newer one wrote it."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from nqcore.clock import clock_at
from nqcore.collection.accounts.access import Role
from nqcore.collection.archive.backup import restore_backup, write_backup
from nqcore.collection.settings import read_settings
from nqcore.store import load_key
from nqcore.workspace.opening import create_workspace, open_workspace
from tests.golden.make import HERE
from tests.golden.reader_0_1_0 import Damaged, Newer, records

FOLDERS = sorted(path.name for path in HERE.iterdir() if (path / "workspace").is_dir())


def key_of(folder: Path) -> bytes:
    key = load_key(read_settings(folder).id)
    assert key is not None
    return key


def test_an_office_of_today_that_was_restored_and_served_is_read(tmp_path: Path) -> None:
    """New places, changed settings, backups: 0.1.0 cannot use them, and loses nothing by that."""
    clock = clock_at(date(2026, 11, 29))
    made = create_workspace(
        tmp_path / "a", name="Huyện", plugins=["nq_model_district"], root="huyen", clock=clock
    )
    with made as ws:
        ws.accounts.add("lan", "Lan", "huyen", [Role.ENTER], units=ws.units, by="nq", at=clock())
        ws.accounts.link("lan", by="nq", at=clock())
        write_backup(ws.folder, tmp_path / "b.zip", at=clock(), by="nq")
    restore_backup(tmp_path / "b.zip", tmp_path / "new")
    with (tmp_path / "new" / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write('hosts = ["nq.example"]\n')
    with open_workspace(tmp_path / "new", clock=clock) as ws:
        ws.archive.take_custody(by="nq serve")
        version, tables = ws.store.version, set(ws.store.tables())
    found = list(records(tmp_path / "new" / "journal", key_of(tmp_path / "new")))
    assert [one["seq"] for one in found] == list(range(1, version + 1))
    assert {table for one in found for table in one["docs"]} == tables
    assert [one["do"] for one in found[-2:]] == ["settings", "new-place"]
    # The links of the other place are gone for 0.1.0 too, which knows no places.
    links: dict[str, object] = {}
    for one in found:
        links |= one["docs"].get("links", {})
    assert links
    assert set(links.values()) == {None}


@pytest.mark.parametrize("name", FOLDERS)
def test_of_every_golden_folder_it_reads_all_up_to_a_newer_record(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(HERE / name, tmp_path / "golden"))
    for key in (folder / "keys").iterdir():
        os.chmod(key, 0o600)
    monkeypatch.setenv("NQ_KEYS", str(folder / "keys"))
    count = 0
    newer = False
    try:
        for _ in records(folder / "workspace" / "journal", key_of(folder / "workspace")):
            count += 1
    except Newer:
        newer = True
    assert count > 5
    assert not newer or not name.startswith("0.1")


@pytest.mark.parametrize(
    ("old", "new"), [(b'"by":"nq"', b'"by":"qn"'), (b'"v":1', b'"v":0'), (b"NQ1 2", b"NQ1 3")]
)
def test_the_frozen_reader_finds_damage(tmp_path: Path, old: bytes, new: bytes) -> None:
    made = create_workspace(
        tmp_path / "a", name="Huyện", plugins=["nq_model_district"], root="huyen", by="nq"
    )
    made.close()
    (segment,) = (tmp_path / "a" / "journal").glob("*.nqj")
    segment.write_bytes(segment.read_bytes().replace(old, new))
    with pytest.raises(Damaged):
        list(records(tmp_path / "a" / "journal", key_of(tmp_path / "a")))
