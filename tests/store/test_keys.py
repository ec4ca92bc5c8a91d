"""Keys and the epochs that name them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from nqcore.errors import StoreError
from nqcore.store import OtherKey, Store, key_file, load_key, make_key, verify_journal

from .helpers import AT, KEY, LATER, OTHER, documents, founded, put, segment


@pytest.fixture(autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("keys") / "of" / "nqcore"
    monkeypatch.setenv("NQ_KEYS", str(folder))
    return folder


def test_a_key_is_made_once_and_found_again(keys: Path) -> None:
    assert load_key("huyen-mau") is None
    key = make_key("huyen-mau")
    assert len(key) == 32
    assert load_key("huyen-mau") == key
    assert key_file("huyen-mau") == keys / "huyen-mau.key"
    assert stat.S_IMODE(key_file("huyen-mau").stat().st_mode) == 0o600
    with pytest.raises(StoreError, match="exists already"):
        make_key("huyen-mau")
    assert make_key("other") != key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_key_that_others_may_read_is_refused_with_the_way_to_mend_it(mode: int) -> None:
    make_key("w")
    key_file("w").chmod(mode)
    with pytest.raises(StoreError, match=f"mode {mode:04o}.*chmod 600"):
        load_key("w")
    key_file("w").chmod(0o600)
    assert load_key("w")


@pytest.mark.parametrize("text", [b"", b"abc", b"g" * 64, b"a" * 66, b"A" * 64])
def test_what_is_no_key_is_refused(text: bytes) -> None:
    make_key("w")
    key_file("w").write_bytes(text)
    with pytest.raises(StoreError, match="not a key"):
        load_key("w")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "a" * 101, "a\n"])
def test_a_workspace_id_cannot_lead_out_of_the_folder(name: str) -> None:
    with pytest.raises(StoreError, match="cannot name a key file"):
        key_file(name)


def test_without_the_variable_keys_lie_in_the_users_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NQ_KEYS")
    assert key_file("w").parts[-2:] == ("keys", "w.key")


@pytest.mark.parametrize(("made", "held"), [(KEY, OTHER), (KEY, None), (None, KEY)])
def test_another_key_reads_but_does_not_write_until_an_epoch_is_begun(
    tmp_path: Path, made: bytes | None, held: bytes | None
) -> None:
    with founded(tmp_path, made) as store:
        put(store, "a", {"x": 1})
    store = Store.open(tmp_path, held)
    assert documents(store) == {"a": {"x": 1}}
    found = store.verify()
    assert found.damages == ()
    # With a key at hand that began nothing here, somebody else's going on shows.
    assert found.ok == (held is None)
    assert all("either the wrong key file lies here" in str(words) for words in found.problems)
    assert found.unchecked == (((1, 2),) if made else ())
    with pytest.raises(OtherKey, match=r"Reading works.*right key.*nq new-key -w"):
        put(store, "b", {})
    with pytest.raises(OtherKey):
        store.check_writable()
    assert store.version == 2
    receipt = store.open_epoch(at=LATER, by="minh", why="khóa mới")
    assert receipt.seq == 3
    assert put(store, "b", {}) == 4
    store.check_writable()
    assert (store.record(3).do, store.record(3).why) == ("epoch", "khóa mới")
    found = store.verify()
    assert found.ok
    assert found.unchecked == (((1, 2),) if made else ())
    with Store.open(tmp_path, made) as first, pytest.raises(OtherKey):
        put(first, "c", {})
    if made:
        mended = verify_journal(tmp_path / "journal", made)
        assert mended.unchecked == (((3, 4),) if held else ())


def test_an_epoch_begins_by_itself_only_when_told_so(tmp_path: Path) -> None:
    with founded(tmp_path) as store:
        put(store, "a", {})
    with Store.open(tmp_path, OTHER, new_epoch=True) as store:
        assert store.version == 2  # reading begins nothing
        assert "2 seals could not be checked" in str(store.notes[0])
        assert put(store, "b", {}) == 4
        assert put(store, "c", {}) == 5
        assert [touch.seq for touch in store.history("epochs", "2")] == [3]
    with Store.open(tmp_path, OTHER) as store:
        assert set(documents(store)) == {"a", "b", "c"}
        assert store.verify().unchecked == ((1, 2),)


def test_seals_are_missed_and_unwanted_seals_are_noticed(tmp_path: Path) -> None:
    for name, key in (("sealed", KEY), ("plain", None)):
        with founded(tmp_path / name, key) as store:
            put(store, "a", {})
        path = segment(tmp_path / name)
        lines = path.read_bytes().splitlines(keepends=True)
        fields = lines[1].split(b" ", 6)
        fields[5] = b"-" if key else b"a" * 64
        path.write_bytes(lines[0] + b" ".join(fields))
        for held in (KEY, None):
            found = verify_journal(tmp_path / name / "journal", held)
            assert [bad.seq for bad in found.damages] == [2]
            with pytest.raises(StoreError, match="seal"):
                Store.open(tmp_path / name, held)


def test_a_store_without_key_is_chained_all_the_same(tmp_path: Path) -> None:
    with founded(tmp_path, None) as store:
        put(store, "a", {}, at=AT)
        assert store.record(2).mac == "-"
        assert store.record(2).prev == store.record(1).hash
    assert Store.open(tmp_path, None).verify().ok
