"""Opening from a snapshot shows what opening from the records shows, or the records are read."""

from __future__ import annotations

import hmac
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nqcore.store import DamagedJournal, Store
from nqcore.store import journal as journal_module
from nqcore.store.mac import fingerprint

from .helpers import KEY, OTHER, documents, founded, put


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot at every opening that reads anything."""
    monkeypatch.setattr(journal_module, "SNAPSHOT_AFTER", 1)


def all_of(store: Store) -> dict[str, Any]:
    """Everything that can be asked of a store."""
    tables = {name: documents(store, name) for name in store.tables()}
    return {
        "tables": {name: list(docs.items()) for name, docs in tables.items()},
        "history": {
            (name, id): [(touch.seq, touch.doc) for touch in store.history(name, id)]
            for name in ("reports", "units")
            for id in ("a", "b", "c", "gone")
        },
        "head": store.head,
        "changes": list(store.changes_since(0)),
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journal over two years with a dropped document, and a snapshot before its last record."""
    with founded(tmp_path) as store:
        put(store, "a", {"x": "1"})
        put(store, "gone", {"x": "0"})
        put(store, "b", {"x": "Tăng"}, table="units")
        with store.change(by="lan", do="drop", at=datetime(2019, 1, 2, tzinfo=UTC)) as change:
            change.drop("reports", "gone")
        put(store, "a", {"x": "2"}, at=datetime(2019, 1, 3, tzinfo=UTC))
    Store.open(tmp_path, KEY).close()
    assert (tmp_path / "journal" / "snapshot").exists()
    with Store.open(tmp_path, KEY) as store:
        put(store, "c", {"x": "3"}, at=datetime(2019, 1, 4, tzinfo=UTC))
    return tmp_path


def without(folder: Path, target: Path) -> Store:
    """The same opened from its records alone."""
    shutil.copytree(folder, target)
    (target / "journal" / "snapshot").unlink()
    return Store.open(target, KEY)


def test_a_snapshot_changes_nothing_that_can_be_asked(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder, KEY) as fast, without(folder, tmp_path / "slow") as slow:
        assert all_of(fast) == all_of(slow)
        assert put(fast, "a", {"x": "9"}) == put(slow, "a", {"x": "9"})
        assert fast.verify().ok


def test_opening_from_a_snapshot_reads_only_what_came_after_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nqcore.store import reader

    real, decoded = reader.decode, []

    def counting(line: bytes, *, seq: int | None, prev: str | None) -> Any:
        decoded.append(seq)
        return real(line, seq=seq, prev=prev)

    monkeypatch.setattr(reader, "decode", counting)
    with Store.open(folder, KEY):
        # The snapshot's own record, the one behind it, and the one that the head names.
        assert decoded == [6, 7, 7]


@pytest.mark.slow
def test_a_snapshot_with_any_byte_changed_is_not_used(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "SNAPSHOT_AFTER", 1000)
    path = folder / "journal" / "snapshot"
    whole = path.read_bytes()
    with Store.open(folder, KEY) as store:
        expected = all_of(store)
    for place in range(len(whole)):
        path.write_bytes(
            whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :]
        )
        caplog.clear()
        with Store.open(folder, KEY) as store:
            assert all_of(store) == expected
        assert "every record is read" in caplog.text
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with Store.open(folder, KEY) as store:
            assert store.head == expected["head"]


def test_a_snapshot_of_another_journal_or_key_is_not_used(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    snapshot = (folder / "journal" / "snapshot").read_bytes()
    with founded(tmp_path / "other") as other:
        for n in range(8):
            put(other, f"r{n}", {}, at=datetime(2018 + n // 4, 1, 1, tzinfo=UTC))
    (tmp_path / "other" / "journal" / "snapshot").write_bytes(snapshot)
    with Store.open(tmp_path / "other", KEY) as other:
        assert set(documents(other)) == {f"r{n}" for n in range(8)}
    assert "every record is read" in caplog.text
    with Store.open(folder, OTHER) as reading:
        assert documents(reading)["c"] == {"x": "3"}
        assert "7 seals could not be checked" in str(reading.notes[0])


def test_a_snapshot_does_not_hide_that_a_file_is_gone_or_shorter(folder: Path) -> None:
    first, second = sorted((folder / "journal").glob("*.nqj"))
    whole = first.read_bytes()
    for rest in (whole[:-1], whole[: len(whole) // 2], b""):
        first.write_bytes(rest)
        with pytest.raises(DamagedJournal):
            Store.open(folder, KEY)
    first.unlink()
    with pytest.raises(DamagedJournal):
        Store.open(folder, KEY)
    first.write_bytes(whole)
    second.write_bytes(b"".join(second.read_bytes().splitlines(keepends=True)[:-2]))
    with pytest.raises(DamagedJournal):
        Store.open(folder, KEY)


def test_damage_that_a_snapshot_passes_over_shows_no_other_figure_and_is_found_by_verify(
    folder: Path,
) -> None:
    first = min((folder / "journal").glob("*.nqj"))
    whole = first.read_bytes()
    place = whole.index(b'"x":"1"') + 5
    first.write_bytes(whole[:place] + b"7" + whole[place + 1 :])
    with Store.open(folder, KEY) as store:
        assert documents(store) == {"a": {"x": "2"}, "c": {"x": "3"}}
        with pytest.raises(DamagedJournal):
            store.history("reports", "a")
        found = store.verify()
        assert found.damages[0].seq == 2


def test_a_snapshot_that_cannot_be_written_does_not_stop_anything(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from nqcore.store import snapshot

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    (folder / "journal" / "snapshot").unlink()
    monkeypatch.setattr(snapshot.os, "replace", full)
    with Store.open(folder, KEY) as store:
        assert len(documents(store)) == 2
    assert "No snapshot could be written" in caplog.text
    assert list((folder / "journal").glob("snapshot*")) == []


def test_what_a_killed_writer_of_snapshots_left_is_cleared_away(folder: Path) -> None:
    (folder / "journal" / "snapshot-99999.new").write_bytes(b"NQS1 half")
    with Store.open(folder, KEY) as store:
        put(store, "d", {})
    Store.open(folder, KEY).close()
    assert [path.name for path in (folder / "journal").glob("snapshot*")] == ["snapshot"]


def test_opening_with_another_key_leaves_no_snapshot_sealed_with_it(folder: Path) -> None:
    path = folder / "journal" / "snapshot"
    ours = path.read_bytes()
    with Store.open(folder, OTHER) as store:
        assert documents(store)["c"] == {"x": "3"}
    assert path.read_bytes() == ours
    path.unlink()
    Store.open(folder, OTHER).close()
    assert not path.exists()


def test_a_snapshot_that_names_another_key_is_not_used_even_under_the_right_seal(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = folder / "journal" / "snapshot"
    end = path.read_bytes().rfind(b"\n", 0, -1) + 1
    foreign = path.read_bytes()[:end].replace(
        fingerprint(KEY).encode(), fingerprint(OTHER).encode()
    )
    seal = hmac.new(KEY, foreign, "sha256").hexdigest().encode() + b"\n"
    path.write_bytes(foreign + seal)
    with Store.open(folder, KEY) as store:
        assert documents(store)["c"] == {"x": "3"}
    assert "another version or key wrote it" in caplog.text
