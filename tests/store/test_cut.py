"""A copy of a journal can end earlier: at a record, or at the end of a day."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nqcore.clock import VIET_NAM
from nqcore.errors import StoreError
from nqcore.store import Receipt, Store, verify_journal
from nqcore.store.cut import cut_journal
from tests.store.helpers import documents, put

KEY, OTHER = b"\1" * 32, b"\2" * 32
DAYS = {1: date(2019, 12, 30), 2: date(2019, 12, 31), 3: date(2019, 12, 31), 4: date(2020, 1, 1),
        5: date(2020, 1, 1), 6: date(2020, 6, 1)}  # fmt: skip


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=VIET_NAM)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Six records in the two segments of two years, with a snapshot; the first is the epoch."""
    with Store.create(tmp_path / "ws", KEY, at=at(DAYS[1]), by="t") as store:
        for seq in range(2, 7):
            put(store, f"r{seq}", {"n": seq}, at=at(DAYS[seq]))
        store.journal.take_snapshot()
    return tmp_path / "ws" / "journal"


@pytest.mark.parametrize("seq", range(1, 7))
def test_what_came_after_the_record_is_gone_and_the_rest_is_whole(journal: Path, seq: int) -> None:
    with Store.open(journal.parent, KEY) as store:
        hash = store.record(seq).hash
    assert cut_journal(journal, seq, KEY).last == Receipt(seq=seq, hash=hash)
    found = verify_journal(journal, KEY)
    assert found.ok
    assert (found.seq, found.hash, found.tail) == (seq, hash, 0)
    assert (journal / "0000000004.nqj").exists() == (seq > 3)
    with Store.open(journal.parent, KEY) as store:
        assert set(documents(store)) == {f"r{n}" for n in range(2, seq + 1)}
        put(store, "more", {}, at=at(date(2021, 1, 1)))
        assert store.verify().ok


@pytest.mark.parametrize(
    ("day", "seq"),
    [
        (date(2019, 12, 30), 1),
        (date(2019, 12, 31), 3),
        (date(2020, 1, 1), 5),
        (date(2020, 5, 31), 5),
        (date(2020, 6, 1), 6),
        (date(2030, 1, 1), 6),
    ],
)
def test_a_day_means_to_its_end_in_viet_nam(journal: Path, day: date, seq: int) -> None:
    assert cut_journal(journal, day, KEY).last.seq == seq


def test_after_a_clock_that_was_put_back_the_first_later_record_ends_it(tmp_path: Path) -> None:
    with Store.create(tmp_path, KEY, at=at(date(2020, 1, 1)), by="t") as store:
        put(store, "a", {}, at=at(date(2020, 3, 1)))
        put(store, "b", {}, at=at(date(2020, 2, 1)))
    assert cut_journal(tmp_path / "journal", date(2020, 2, 15), KEY).last.seq == 1


@pytest.mark.parametrize("until", [0, 7, -1, date(2019, 12, 29), date(1, 1, 1)])
def test_nothing_is_cut_where_there_is_no_such_record(journal: Path, until: int | date) -> None:
    before = {path.name: path.read_bytes() for path in journal.iterdir()}
    with pytest.raises(StoreError):
        cut_journal(journal, until, KEY)
    assert {path.name: path.read_bytes() for path in journal.iterdir()} == before


def test_the_head_is_sealed_with_the_key_of_that_record(journal: Path) -> None:
    with Store.open(journal.parent, OTHER, new_epoch=True) as store:
        store.open_epoch(at=datetime(2020, 7, 1, tzinfo=UTC), by="t")
    for name, seq, key, whole in (
        ("old, by its key", 6, KEY, True),
        ("old, by the new key", 6, OTHER, False),
        ("new", 7, OTHER, True),
        ("no key here", 7, None, False),
    ):
        copy = Path(shutil.copytree(journal, journal.parent / name))
        cut_journal(copy, seq, key)
        assert (copy / "head").exists() == whole, name
        found = verify_journal(copy, key)
        assert found.damages == ()
        assert any("head is missing" in str(one) for one in found.problems) != whole
