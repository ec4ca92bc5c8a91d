"""An archive that is restored is a file from outside: it is restored whole, or refused in words."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqcore.cli import main
from nqcore.collection.archive.backup import (
    BackupDamaged,
    BackupRefused,
    check_backup,
    restore_backup,
    write_backup,
)
from nqcore.collection.settings import read_settings
from nqcore.collection.tables import EVIDENCE
from nqcore.errors import StoreError
from nqcore.store import Store, key_file, load_key
from nqcore.workspace.opening import create_workspace
from tests.store.helpers import put

AT = datetime(2018, 10, 5, 8, tzinfo=UTC)
Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def archive(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound backup of a small office; not to be changed."""
    place = tmp_path_factory.mktemp("sound")
    with create_workspace(
        place / "ws", name="Huyện", plugins=["nq_model_district"], root="huyen"
    ) as ws:
        put(ws.store, "r", {"x": "1"}, at=AT)
    write_backup(place / "ws", place / "b.zip", at=AT, by="test")
    return place / "b.zip"


def sealed(file: Path) -> Path:
    """The archive with a digest that fits."""
    raw = file.read_bytes()
    file.write_bytes(raw[:-64] + sha256(raw[:-64]).hexdigest().encode())
    return file


def entries(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as source:
        return {name: source.read(name) for name in source.namelist()}


def packed(file: Path, files: Mapping[str, bytes], manifest: bytes) -> Path:
    """An archive of these files, with a digest that fits."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
        target.writestr("manifest.json", manifest)
        target.comment = b"0" * 64
    return sealed(file)


def changed(archive: Path, bad: Path, change: Change) -> Path:
    """The archive with another manifest."""
    files = entries(archive)
    manifest = json.loads(files.pop("manifest.json"))
    change(manifest)
    return packed(bad, files, json.dumps(manifest).encode())


def with_file(archive: Path, bad: Path, name: str, data: bytes = b"x") -> Path:
    """The archive with one more file, which its manifest lists."""
    files = entries(archive)
    manifest = json.loads(files.pop("manifest.json"))
    manifest["files"][name] = {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    return packed(bad, files | {name: data}, json.dumps(manifest).encode())


def refused(bad: Path, words: str) -> None:
    """By the library and by the command, and nothing is left."""
    before = sorted(bad.parent.iterdir())
    new = bad.parent / "new"
    with pytest.raises(BackupDamaged, match=words):
        restore_backup(bad, new)
    done = CliRunner().invoke(main, ["--lang", "en", "restore", str(bad), str(new)])
    assert done.exit_code == 2
    assert "is not a sound backup" in done.output
    assert done.output.count("\n") == 1
    assert "\x1b" not in done.output
    assert sorted(bad.parent.iterdir()) == before


# -- manifests -----------------------------------------------------------------------------------


def entry(**fields: object) -> Change:
    return lambda manifest: manifest["files"]["workspace.toml"].update(fields)


def field(**fields: object) -> Change:
    return lambda manifest: manifest.update(fields)


def dropped(name: str) -> Change:
    def drop(manifest: dict[str, Any]) -> None:
        del manifest[name]

    return drop


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (field(files=["workspace.toml"]), "“files” in its manifest is missing or wrong"),
        (field(files=None), "“files”"),
        (field(files={"workspace.toml": 7}), "entry of “workspace.toml”"),
        (field(files={}), "it has no workspace.toml"),
        (entry(bytes="12"), "“bytes”"),
        (entry(bytes=True), "“bytes”"),
        (entry(bytes=-1), "“bytes”"),
        (entry(bytes=10**30), "“bytes”"),
        (entry(sha256=7), "“sha256”"),
        (entry(sha256="zz"), "“sha256”"),
        (field(v="1"), "not that of a backup"),
        (field(v=True), "not that of a backup"),
        (field(v=2), "a newer nqcore wrote it"),
        (field(seq="9"), "“seq”"),
        (field(seq=None), "“seq”"),
        (field(hash="0"), "“hash”"),
        (field(key=7), "“key”"),
        (field(workspace="../../x"), "“workspace”"),
        (field(workspace="0" * 16), "names the office 0000000000000000"),
        (field(at=5), "“at”"),
        *((dropped(name), f"“{name}”") for name in ("files", "seq", "hash", "at", "workspace")),
        (field(seq=1), "its journal is not whole"),
        (field(hash="0" * 64), "its journal is not whole"),
    ],
)
def test_a_manifest_with_a_wrong_value_is_refused(
    archive: Path, tmp_path: Path, change: Change, words: str
) -> None:
    refused(changed(archive, tmp_path / "bad.zip", change), words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"[" * 200_000, "nested too deep"),
        (b'{"v":1,"files":' + b'{"a":' * 100_000, "nested too deep"),
        (b'{"v":1,"v":1}', "a name twice"),
        (b'{"v":1,"files":{"a":{"bytes":Infinity}}}', "Infinity"),
        (b'{"v":1,"files":{"a":{"bytes":NaN}}}', "NaN"),
        (b'{"v":1,"files":{"a":{"bytes":1e400}}}', "1e400"),
        (b'{"v":1,"seq":' + b"9" * 5_000 + b"}", "."),
        (b"", "."),
        (b"null", "not that of a backup"),
        (b"[]", "not that of a backup"),
        (b"\xff\xfe\x00", "."),
    ],
)
def test_a_manifest_that_is_none_is_refused(
    archive: Path, tmp_path: Path, text: bytes, words: str
) -> None:
    files = entries(archive)
    del files["manifest.json"]
    refused(packed(tmp_path / "bad.zip", files, text), words)


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../out", "outside"),
        ("/tmp/out", "outside"),
        ("a/../../out", "outside"),
        ("c:out", "outside"),
        ("a\\b", "outside"),
        ("x\n\x1b[31my", "cannot be seen"),
        ("x\u202ey", "cannot be seen"),
        ("a\u200bb", "cannot be seen"),
        (".ssh/authorized_keys", "hidden folder"),
        ("a/.git/config", "hidden folder"),
        ("a//b", "not written as a path"),
        ("./a", "not written as a path"),
        ("a/", "not written as a path"),
        ("a" * 300, "too long"),
        ("a/" * 600 + "b", "too long"),
        ("workspace.toml/x", "would lie in a file"),
        ("journal/lock", "never part of a backup"),
        ("journal/place", "never part of a backup"),
        ("journal/snapshot", "never part of a backup"),
        ("journal/snapshot-1.new", "never part of a backup"),
    ],
)
def test_a_name_that_no_backup_has_is_refused(
    archive: Path, tmp_path: Path, name: str, words: str
) -> None:
    refused(with_file(archive, tmp_path / "bad.zip", name), words)


@pytest.mark.parametrize("name", ["báo cáo.txt", ".gitignore", "sổ tay/a b.txt", "journal/x.txt"])
def test_other_names_are_restored(archive: Path, tmp_path: Path, name: str) -> None:
    restore_backup(with_file(archive, tmp_path / "more.zip", name), tmp_path / "new")
    assert (tmp_path / "new" / name).read_bytes() == b"x"


@pytest.mark.parametrize("name", ["x\ny", ".ssh/key", "a\\b", "c:d", "x\u202ey"])
def test_an_office_with_a_name_that_cannot_be_restored_makes_no_backup(
    archive: Path, tmp_path: Path, name: str
) -> None:
    restore_backup(archive, tmp_path / "ws")
    (tmp_path / "ws" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "ws" / name).write_text("x")
    with pytest.raises(BackupRefused, match="Give it another name"):
        write_backup(tmp_path / "ws", tmp_path / "b.zip", at=AT, by="test")
    assert [path.name for path in tmp_path.iterdir()] == ["ws"]


# -- entries and sizes ---------------------------------------------------------------------------


def test_a_file_that_the_manifest_does_not_list_is_refused(archive: Path, tmp_path: Path) -> None:
    files = entries(archive)
    manifest = files.pop("manifest.json")
    refused(packed(tmp_path / "bad.zip", files | {"more": b"x"}, manifest), "“more” is in")


def test_a_file_that_only_the_manifest_lists_is_refused(archive: Path, tmp_path: Path) -> None:
    files = entries(archive)
    manifest = files.pop("manifest.json")
    del files["journal/head"]
    refused(packed(tmp_path / "bad.zip", files, manifest), "“journal/head” is in")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(archive: Path, tmp_path: Path) -> None:
    files = entries(archive)
    manifest = files.pop("manifest.json")
    bad = packed(tmp_path / "bad.zip", files, manifest)
    with zipfile.ZipFile(bad, "a") as target:
        target.writestr("workspace.toml", b"other")
    refused(sealed(bad), "two files of one name")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_way_of_packing_is_refused(archive: Path, tmp_path: Path, method: int) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w", method) as target:
        for name, data in entries(archive).items():
            target.writestr(name, data)
        target.comment = b"0" * 64
    refused(sealed(bad), "not packed as nq backup does it")


def test_a_small_file_that_unpacks_to_more_than_the_disk_holds_is_refused_before_writing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = with_file(archive, tmp_path / "bad.zip", "zeros", bytes(40_000_000))
    assert bomb.stat().st_size < 200_000
    free = shutil.disk_usage(tmp_path)._replace(free=50_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: free)
    written: list[object] = []
    monkeypatch.setattr("nqcore.collection.archive.backup_reading._unpack_one", written.append)
    for give in (lambda: restore_backup(bomb, tmp_path / "new"), lambda: check_backup(bomb)):
        with pytest.raises(BackupRefused, match="needs 57 MB, and 50 MB are free"):
            give()
    assert [path.name for path in tmp_path.iterdir()] == ["bad.zip"]
    assert written == []


def test_an_entry_that_unpacks_to_more_than_it_says_is_refused(
    archive: Path, tmp_path: Path
) -> None:
    """Manifest and directory of the archive agree on a small size, and both lie."""
    files = entries(archive)
    manifest = json.loads(files.pop("manifest.json"))
    manifest["files"]["zeros"] = {"bytes": 1_000, "sha256": sha256(bytes(1_000)).hexdigest()}
    bad = packed(
        tmp_path / "bad.zip", files | {"zeros": bytes(3_000_000)}, json.dumps(manifest).encode()
    )
    raw, size = bad.read_bytes(), (3_000_000).to_bytes(4, "little")
    assert raw.count(size) == 2  # before the entry, and in the directory
    refused(bad, "“zeros” is not what the manifest says")
    bad.write_bytes(raw.replace(size, (1_000).to_bytes(4, "little")))
    refused(sealed(bad), r"it cannot be unpacked \(BadZipFile\)")


def test_an_entry_that_lies_before_the_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    """The end of the archive says that its directory begins later than it does."""
    raw = bytearray(archive.read_bytes()[:-64])
    end = raw.rindex(b"PK\x05\x06")
    later = int.from_bytes(raw[end + 16 : end + 20], "little") + 1
    raw[end + 16 : end + 20] = later.to_bytes(4, "little")
    bad = tmp_path / "bad.zip"
    bad.write_bytes(bytes(raw) + sha256(raw).hexdigest().encode())
    with pytest.raises(BackupDamaged, match="does not lie in the archive"):
        restore_backup(bad, tmp_path / "new")


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_whatever_is_changed_in_the_archive_it_is_restored_whole_or_refused(
    archive: Path, tmp_path: Path, data: st.DataObject
) -> None:
    raw = bytearray(archive.read_bytes()[:-64])
    # Half of the changes hit the directory at the end, where sizes, places and ways of packing are.
    directory = raw.rindex(b"PK\x01\x02", 0, raw.index(b"PK\x01\x02") + 4)
    start = data.draw(st.sampled_from([0, directory]))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(start, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    file = tmp_path / "bad.zip"
    file.write_bytes(bytes(raw) + sha256(raw).hexdigest().encode())
    new = tmp_path / "new"
    shutil.rmtree(new, ignore_errors=True)
    try:
        restore_backup(file, new)
    except (BackupDamaged, BackupRefused):
        assert not new.exists()
    else:
        same = {
            p.relative_to(new).as_posix(): p.read_bytes() for p in new.rglob("*") if p.is_file()
        }
        assert same == {k: v for k, v in entries(archive).items() if k != "manifest.json"}
    assert {p.name for p in tmp_path.iterdir()} <= {"bad.zip", "new"}


# -- another journal -----------------------------------------------------------------------------


class Forged(NamedTuple):
    file: Path
    id: str


@pytest.fixture
def forged(archive: Path, tmp_path: Path) -> Forged:
    """A backup of the same office whose whole journal was written anew, under another key."""
    restore_backup(archive, tmp_path / "ws")
    id = read_settings(tmp_path / "ws").id
    shutil.rmtree(tmp_path / "ws" / "journal")
    with Store.create(tmp_path / "ws", b"\7" * 32, at=AT, by="thief") as store:
        put(store, "r", {"x": "999"}, at=AT)
    own, aside = key_file(id), tmp_path / "own"
    own.rename(aside)
    own.write_text((b"\7" * 32).hex())
    own.chmod(0o600)
    write_backup(tmp_path / "ws", tmp_path / "forged.zip", at=AT, by="thief")
    own.unlink()
    aside.rename(own)
    shutil.rmtree(tmp_path / "ws")
    return Forged(tmp_path / "forged.zip", id)


def test_a_history_under_another_key_is_restored_and_said_to_be_one(forged: Forged) -> None:
    new = forged.file.parent / "new"
    done = CliRunner().invoke(main, ["--lang", "en", "restore", str(forged.file), str(new)])
    assert done.exit_code == 1
    assert "From record 1 on the journal is under the key" in done.output
    assert f"office {forged.id}" in done.output
    assert "Huyện" in done.output


def test_evidence_that_is_no_evidence_is_named_and_no_other_file_is_read(
    archive: Path, tmp_path: Path
) -> None:
    restore_backup(archive, tmp_path / "ws")
    id = read_settings(tmp_path / "ws").id
    sound = {"name": "a", "type": "t", "size": 1, "by": "x", "at": AT.isoformat()}
    docs = ({"files": 7}, {"files": [{}]}, {}, {"files": [sound | {"sha256": "/dev/zero"}]})
    with Store.open(tmp_path / "ws", load_key(id)) as store:
        for nth, doc in enumerate(docs):
            with store.change(by="thief", do="put", at=AT) as change:
                change.put(EVIDENCE, f"r{nth}", doc)
    write_backup(tmp_path / "ws", tmp_path / "b.zip", at=AT, by="thief")
    done = restore_backup(tmp_path / "b.zip", tmp_path / "new")
    assert len([p for p in done.problems if "no nqcore wrote it so" in str(p)]) == len(docs)


def test_until_a_record_without_a_day_is_refused(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no record 9999"):
        restore_backup(archive, tmp_path / "new", until=9999)
    assert not (tmp_path / "new").exists()
    assert os.listdir(tmp_path) == []
