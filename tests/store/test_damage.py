"""Damaged bytes are named, never used and never dropped."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from nqcore.errors import StoreError
from nqcore.store import DamagedJournal, Receipt, Store, readable, verify_journal
from nqcore.store.mac import mac_of
from nqcore.store.record import hash_of, line_of, prefix_of

from .helpers import AT, KEY, documents, founded, line_starts, put, segment


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A journal of an epoch and three changes, sealed and closed."""
    with founded(tmp_path) as store:
        for n in range(3):
            put(store, f"r{n}", {"n": n, "t": "Tăng"})
    return tmp_path


def head(folder: Path) -> Path:
    return folder / "journal" / "head"


@pytest.mark.slow
@pytest.mark.parametrize("key", [KEY, None], ids=["sealed", "unsealed"])
def test_a_flipped_bit_at_every_byte_is_reported_with_its_place(
    tmp_path: Path, key: bytes | None
) -> None:
    with founded(tmp_path, key) as store:
        for n in range(2):
            put(store, f"r{n}", {"n": n, "t": "Tăng"})
    path = segment(tmp_path)
    sound = path.read_bytes()
    starts = line_starts(sound)
    silent = []
    for place in range(len(sound)):
        for bit in {1 << place % 8, 0x20} if key else {1 << place % 8}:
            hurt = bytearray(sound)
            hurt[place] ^= bit
            path.write_bytes(hurt)
            number = sum(start <= place for start in starts)
            try:
                Store.open(tmp_path, key)
                silent.append((place, bit))
            except DamagedJournal as error:
                told = error.params
                assert told["file"] == str(path)
                assert (told["seq"], told["offset"]) == (number, starts[number - 1])
                assert told["before"] == number - 1
                if hurt.count(b"\n") == len(starts):
                    assert told["after"] == len(starts) - number
            assert path.read_bytes() == hurt  # nothing was touched
    assert silent == []


def test_a_flipped_bit_in_the_head_is_reported(small: Path) -> None:
    sound = head(small).read_bytes()
    for place in range(len(sound)):
        hurt = bytearray(sound)
        hurt[place] ^= 1 << place % 8
        head(small).write_bytes(hurt)
        with Store.open(small, KEY) as store:
            assert "damaged" in str(store.notes[0])
            assert place % 10 or not store.verify().ok


@pytest.mark.slow
def test_a_journal_cut_at_any_byte_is_reported_or_opens_with_a_note(small: Path) -> None:
    path = segment(small)
    sound = path.read_bytes()
    starts = line_starts(sound)
    for cut in range(len(sound)):
        path.write_bytes(sound[:cut])
        with pytest.raises(DamagedJournal) as caught:  # the head knows that more was acknowledged
            Store.open(small, KEY)
        whole = sound[:cut].count(b"\n")
        assert caught.value.params["before"] == whole
        assert caught.value.params["offset"] == (starts[whole] if whole < len(starts) else cut)
        assert path.stat().st_size == cut
        assert len(list(readable(small / "journal", KEY))) == whole
    path.write_bytes(sound)
    assert Store.open(small, KEY).verify().ok


@pytest.mark.slow
def test_a_torn_last_record_of_any_length_is_moved_aside_and_said(
    small: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = segment(small)
    sound = path.read_bytes()
    last = line_starts(sound)[-1]
    path.write_bytes(sound[:last])
    head(small).unlink()
    with Store.open(small, KEY) as store:  # writes the head as it was before the last change
        put(store, "r2", {"n": 2, "t": "Tăng"})
    sound = path.read_bytes()
    shutil.copytree(small, small / "copy")
    # Go back to the head of the moment before, as a crash in the middle of the write leaves it.
    with founded(small / "twin") as twin:
        for n in range(2):
            put(twin, f"r{n}", {"n": n, "t": "Tăng"})
    earlier = head(small / "twin").read_bytes()
    for length in range(1, len(sound) - last):
        path.write_bytes(sound[: last + length])
        head(small).write_bytes(earlier)
        caplog.clear()
        with caplog.at_level(logging.WARNING, "nqcore.store"), Store.open(small, KEY) as store:
            (said,) = map(str, store.repairs)
            assert f"byte {last}" in said
            assert said in caplog.text
            if length == len(sound) - last - 1:
                assert "line end" in said
                assert set(documents(store)) == {"r0", "r1", "r2"}
                assert path.read_bytes() == sound
            else:
                assert f"{length} bytes" in said
                assert set(documents(store)) == {"r0", "r1"}
                assert path.read_bytes() == sound[:last]
                (aside,) = (small / "journal").glob("torn-*")
                assert aside.name in said
                assert aside.read_bytes() == sound[last : last + length]
                aside.unlink()
                assert put(store, "new", {}) == 4
            assert store.verify().ok


def test_zeros_that_a_power_cut_left_at_the_end_are_a_torn_record(small: Path) -> None:
    path = segment(small)
    for tail in (b"\0" * 100, b"NQ1 5 1\0\0\0", b"\0"):
        with path.open("ab") as file:
            file.write(tail)
        with Store.open(small, KEY) as store:
            assert f"{len(tail)} bytes" in str(store.repairs[0])
    assert len(list((small / "journal").glob("torn-0000000005-*.bin"))) == 3


@pytest.mark.parametrize(
    "tail",
    [b"x", b"NQ2", b"NQ1 6 ", b"NQ1 5 0", b"NQ1 5 12 f", b'{"v":1', b"NQ1 5  "],
)
def test_what_no_cut_off_write_can_have_left_is_damage(small: Path, tail: bytes) -> None:
    with segment(small).open("ab") as file:
        file.write(tail)
    with pytest.raises(DamagedJournal, match="not the beginning of the next record"):
        Store.open(small, KEY)
    assert not verify_journal(small / "journal", KEY).ok


def test_a_running_store_mends_what_a_killed_one_left(small: Path) -> None:
    store = Store.open(small, KEY)
    with segment(small).open("ab") as file:
        file.write(b"NQ1 5 99 ")
    assert store.refresh() == 0
    assert put(store, "next", {}) == 5
    assert "9 bytes" in str(store.repairs[0])
    assert store.verify().ok


def test_damage_in_the_middle_tells_what_can_still_be_read(small: Path) -> None:
    path = segment(small)
    data = bytearray(path.read_bytes())
    starts = line_starts(bytes(data))
    data[starts[2] - 3] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedJournal) as caught:
        Store.open(small, KEY)
    error = caught.value
    assert str(error).startswith(f"{path} is damaged at byte {starts[1]} (record 2): ")
    assert "1 records before it and 2 after it can still be read" in str(error)
    german = {
        "its bytes do not match its hash": "die Bytes passen nicht",
        error.template: "{reason}",
    }
    assert error.message(lambda text: german[text]) == "die Bytes passen nicht"
    assert [record.seq for record in readable(small / "journal", KEY)] == [1, 3, 4]
    found = verify_journal(small / "journal", KEY)
    assert (found.damages[0].offset, found.damages[0].seq, found.records) == (starts[1], 2, 3)
    assert found.unchecked == ((3, 4),)  # the damaged record may have opened an epoch
    assert any("byte" in sentence for sentence in found.sentences)


def test_damage_under_a_running_store_stops_writing_and_is_named(small: Path) -> None:
    store = Store.open(small, KEY)
    with segment(small).open("ab") as file:
        file.write(b"NQ1 5 99 rubbish\n")
    with pytest.raises(DamagedJournal):
        store.refresh()
    with pytest.raises(DamagedJournal):
        put(store, "x", {})
    assert set(documents(store)) == {"r0", "r1", "r2"}


def forged(folder: Path, payload: bytes, key: bytes | None = KEY) -> None:
    """Append a record with these payload bytes and everything else right."""
    with Store.open(folder, KEY) as store:
        seq, prev = store.head.seq + 1, store.head.hash
    prefix = prefix_of(seq, len(payload), prev)
    digest = hash_of(prefix, payload)
    with segment(folder).open("ab") as file:
        file.write(line_of(prefix, digest, mac_of(key, digest), payload))


BODY = b'{"v":1,"at":"2018-10-05T08:00:00+07:00","by":"l","do":"p","why":"","docs":%b}'


@pytest.mark.parametrize(
    "payload",
    [
        BODY % b'{"t":{"a":{"x":1,"x":2}}}',
        BODY % b'{"t":{"a":{"x":NaN}}}',
        BODY % b'{"t":{"a":{"x":1.5}}}',
        BODY % b'{"t":{"a":{"x":-Infinity}}}',
        BODY % b'{"t":{"a":[]}}',
        BODY % b'{"t":[]}',
        BODY % b"[]",
        BODY % b"{}" + b" ",
        b" " + BODY % b"{}",
        (BODY % b"{}")[:-1] + b',"more":1}',
        (BODY % b"{}").replace(b'"why":"",', b""),
        (BODY % b"{}").replace(b'"by":"l"', b'"by":1'),
        (BODY % b"{}").replace(b'"v":1', b'"v":true'),
        b'"text"',
        b"\xff",
        BODY % (b"[" * 100_000),
    ],
)
def test_a_record_whose_text_breaks_the_format_is_damage_even_with_the_right_hash(
    small: Path, payload: bytes
) -> None:
    forged(small, payload)
    with pytest.raises(DamagedJournal, match="text is not what the format says"):
        Store.open(small, KEY)


def test_a_record_of_a_later_version_is_refused_but_is_no_damage(small: Path) -> None:
    forged(small, (BODY % b"{}").replace(b'"v":1', b'"v":3'))
    with pytest.raises(StoreError, match="newer nqcore") as caught:
        Store.open(small, KEY)
    assert not isinstance(caught.value, DamagedJournal)


def test_a_removed_a_swapped_and_a_repeated_record_are_damage(small: Path) -> None:
    path = segment(small)
    lines = path.read_bytes().splitlines(keepends=True)
    for order in ([0, 2, 3], [0, 2, 1, 3], [0, 1, 1, 2, 3], [1, 2, 3], [0, 1, 3, 2]):
        path.write_bytes(b"".join(lines[n] for n in order))
        with pytest.raises(DamagedJournal):
            Store.open(small, KEY)
        assert verify_journal(small / "journal", KEY).damages


def test_a_record_that_was_rewritten_with_its_hashes_but_without_the_key_is_found(
    small: Path,
) -> None:
    path = segment(small)
    prev, out = "0" * 64, b""
    for line in path.read_bytes().splitlines():
        fields = line.split(b" ", 6)
        payload = fields[6].replace(b'"n":1', b'"n":9')
        prefix = prefix_of(int(fields[1]), len(payload), prev)
        digest = hash_of(prefix, payload)
        out += line_of(prefix, digest, fields[5].decode(), payload)
        prev = digest.hex()
    path.write_bytes(out)
    head(small).unlink()
    with pytest.raises(DamagedJournal, match="seal") as caught:
        Store.open(small, KEY)
    assert caught.value.params["seq"] == 3


def test_records_cut_off_with_the_head_removed_are_found_by_verify_and_by_receipt(
    small: Path,
) -> None:
    with Store.open(small, KEY) as store:
        receipt = store.head
    path = segment(small)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    head(small).unlink()
    with Store.open(small, KEY) as store:
        assert "missing" in str(store.notes[0])
        assert not store.verify().ok
        put(store, "next", {})
        assert store.verify().ok  # from the files alone nobody could tell any more
        found = store.verify([receipt])
        assert not found.ok
        assert f"Receipt 4/{receipt.hash[:12]} is not in this journal" in found.sentences[0]
        assert store.verify([Receipt(seq=3, hash=store.record(3).hash[:10])]).ok


def test_a_head_that_was_forged_without_the_key_is_found(small: Path) -> None:
    from nqcore.store.head import head_line

    with Store.open(small, KEY) as store:
        earlier = store.record(3)
    path = segment(small)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    head(small).write_bytes(head_line(3, earlier.hash, b"x" * 32))
    with Store.open(small, KEY) as store:
        assert any("not sealed" in sentence for sentence in store.verify().sentences)
    head(small).write_bytes(head_line(2, earlier.hash, KEY))
    with pytest.raises(DamagedJournal, match="acknowledged"):
        Store.open(small, KEY)
    assert not verify_journal(small / "journal", KEY).ok


def test_several_segments_are_read_in_order_and_a_gap_is_damage(small: Path) -> None:
    first = segment(small)
    lines = first.read_bytes().splitlines(keepends=True)
    second, empty = first.with_name("0000000003.nqj"), first.with_name("0000000005.nqj")
    first.write_bytes(b"".join(lines[:2]))
    running = None
    second.write_bytes(b"".join(lines[2:]))
    with Store.open(small, KEY) as store:
        assert set(documents(store)) == {"r0", "r1", "r2"}
        assert [touch.seq for touch in store.history("reports", "r1")] == [3]
        running = Store.open(small, KEY)
        empty.touch()
        assert store.refresh() == 0
        assert put(store, "r3", {}) == 5
        assert empty.stat().st_size > 0
        assert store.verify().ok
    assert running.refresh() == 1
    with Store.open(small, KEY) as store:
        assert set(documents(store)) == {"r0", "r1", "r2", "r3"}
    with second.open("ab") as file:
        file.write(b"NQ1 5")
    with pytest.raises(DamagedJournal, match="a later file follows"):
        Store.open(small, KEY)
    second.unlink()
    with pytest.raises(DamagedJournal, match="does not begin where"):
        Store.open(small, KEY)
    assert not verify_journal(small / "journal", KEY).ok


def test_an_empty_or_missing_journal_is_not_an_empty_store(small: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no journal"):
        Store.open(tmp_path / "nowhere", KEY)
    segment(small).write_bytes(b"")
    with pytest.raises(DamagedJournal):
        Store.open(small, KEY)
    head(small).unlink()
    with pytest.raises(DamagedJournal):
        Store.open(small, KEY)
    assert not verify_journal(small / "journal", KEY).ok
    assert not verify_journal(tmp_path / "nowhere", KEY).ok


def test_a_journal_is_founded_once_and_a_founding_that_was_cut_off_can_be_repeated(
    tmp_path: Path,
) -> None:
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal" / "new").write_bytes(b"NQ1 1 ")
    (tmp_path / "journal" / "head").write_bytes(b"x")
    founded(tmp_path).close()
    assert Store.open(tmp_path, KEY).verify().ok
    with pytest.raises(StoreError, match="has a journal already"):
        founded(tmp_path)
    with pytest.raises(StoreError, match="No journal could be made"):
        Store.create(tmp_path / "journal" / "head", KEY, AT, "x")


def test_a_hole_before_what_was_never_promised_is_a_torn_end(small: Path) -> None:
    """A power cut kept a later write of two that no fsync had covered yet."""
    path, head = segment(small), small / "journal" / "head"
    whole, promised = path.read_bytes(), head.read_bytes()
    with Store.open(small, KEY) as store:
        seq, expected = store.version, documents(store)
        for n in range(3):
            put(store, f"later{n}", {})
    later = path.read_bytes()[len(whole) :]
    first = later.index(b"\n") + 1
    for kept in (0, 1, 20, 90, 220, first - 2):
        path.write_bytes(whole + later[:kept] + b"\0" * (first - kept) + later[first:])
        head.write_bytes(promised)
        found = verify_journal(small / "journal", KEY)
        assert found.ok
        assert (found.seq, found.tail) == (seq, len(later))
        with Store.open(small, KEY) as store:
            assert documents(store) == expected
            assert "never acknowledged record" in str(store.repairs[0])
            assert put(store, "next", {}) == seq + 1
        assert verify_journal(small / "journal", KEY).ok


def test_a_hole_in_what_was_promised_or_may_have_been_is_damage(small: Path) -> None:
    path, head = segment(small), small / "journal" / "head"
    with Store.open(small, KEY) as store:
        seq = store.version
        put(store, "later", {})
        put(store, "last", {})
    whole, promised = path.read_bytes(), head.read_bytes()
    start = line_starts(whole)[seq]
    end = line_starts(whole)[seq + 1]
    path.write_bytes(whole[:start] + b"\0" * (end - start) + whole[end:])
    for said in (promised, None, b"nonsense"):
        if said is None:
            head.unlink()
        else:
            head.write_bytes(said)
        found = verify_journal(small / "journal", KEY)
        assert found.damages[0].seq == seq + 1
        assert found.records == seq + 1  # the one behind it can still be read
        with pytest.raises(DamagedJournal):
            Store.open(small, KEY)


def test_a_head_that_a_killed_writer_left_behind_is_put_right_at_opening(small: Path) -> None:
    with Store.open(small, KEY) as store:
        behind = head(small).read_bytes()
        put(store, "new", {"x": "9"})
        right = head(small).read_bytes()
    assert behind != right
    head(small).write_bytes(behind)  # killed between the record and the head
    with Store.open(small, KEY) as store:
        assert (store.repairs, store.notes) == ((), ())
    assert head(small).read_bytes() == right


def test_damage_is_said_in_words_without_a_translator_too() -> None:
    wrong = DamagedJournal(
        file="journal/1.nqj", offset=41, seq=2, reason="The record ends early.", before=1, after=0
    )
    assert "The record ends early." in wrong.message()
    assert wrong.message() == wrong.message(lambda text: text)
