"""Somebody who can change every file, but has no key: what `nq verify` finds, and with receipts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.settings import read_settings
from nqcore.store import Receipt, Store
from nqcore.store.head import head_line
from nqcore.store.record import ZERO, hash_of, line_of, prefix_of
from tests.faults.kit import Dose, Figures, copied, room
from tests.faults.office import open_store
from tests.faults.steps import Submit

OTHER = b"not the key of this workspace!!!"
Lines = list[bytes]
_FIELDS = re.compile(rb"NQ1 (\d+) (\d+) (\S+) (\S+) (\S+) (.*)\n", re.DOTALL)


def tamper(dose: Dose) -> Figures:
    """Each attack once: found by the files alone, found with a receipt kept outside."""
    figures = Figures()
    alone: dict[str, bool] = {}
    with room(fast=True) as folder:
        whole, before = folder / "ws", folder / "before"
        step = Submit(whole, 3)
        step.do(lambda number: None)
        copied(whole, before)
        with open_store(whole) as store:
            with store.change(by="kit", do="put", at=datetime(2030, 1, 1, tzinfo=UTC)) as change:
                change.put("kit", "last", {"x": "1"})
            receipt = Receipt(seq=store.head.seq, hash=store.head.hash[:12])
        settings = read_settings(whole)
        figures.must(verify_folder(whole, settings, [receipt]).ok, "an untouched folder is not ok")
        for name, attack in ATTACKS.items():
            target = copied(whole, folder / "attacked")
            attack(target, before)
            figures.rounds += 1
            alone[name] = not verify_folder(target, settings).ok
            if verify_folder(target, settings, [receipt]).ok:
                figures.silent += 1
                figures.sample(f"{name} is not found")
    missed = [name for name, found in alone.items() if not found]
    figures.must(missed == ["put the whole folder back"], f"the files alone miss {missed}")
    figures.more |= {
        "found_with_receipts": figures.rounds - figures.silent,
        "found_with_files_alone": sum(alone.values()),
        "attacks": list(alone),
    }
    return figures


def _first(folder: Path) -> Path:
    return min((folder / "journal").glob("*.nqj"))


def _lines(path: Path) -> Lines:
    return path.read_bytes().splitlines(keepends=True)


def _payload(line: bytes) -> bytes:
    found = _FIELDS.fullmatch(line)
    assert found is not None
    return found[6]


def _rewritten(line: bytes, payload: bytes, *, seq: int | None = None, prev: str = "") -> bytes:
    """The line with that payload, number and predecessor, its hash made anew; the old seal."""
    found = _FIELDS.fullmatch(line)
    assert found is not None
    number = int(found[1]) if seq is None else seq
    prefix = prefix_of(number, len(payload), prev or found[3].decode())
    return line_of(prefix, hash_of(prefix, payload), found[5].decode(), payload)


def _chained(lines: Lines, first: int = 1, prev: str = ZERO) -> Lines:
    """All numbers, predecessors and hashes made anew from the first line on."""
    made = []
    for seq, line in enumerate(lines, first):
        made.append(_rewritten(line, _payload(line), seq=seq, prev=prev))
        prev = made[-1].split(b" ")[4].decode()
    return made


def _put(folder: Path, lines: Lines) -> None:
    """These are all the records now; the head is made to fit, as well as it goes without the key."""
    for path in (folder / "journal").glob("*.nqj"):
        if path != _first(folder):
            path.unlink()
    _first(folder).write_bytes(b"".join(lines))
    (folder / "journal" / "snapshot").unlink(missing_ok=True)
    _, seq, _, _, hash, *_ = lines[-1].split(b" ")
    (folder / "journal" / "head").write_bytes(head_line(int(seq), hash.decode(), OTHER))


def _all(folder: Path) -> Lines:
    return [line for p in sorted((folder / "journal").glob("*.nqj")) for line in _lines(p)]


def _other_figure(line: bytes) -> bytes:
    return _payload(line).replace(b'"A1":"0"', b'"A1":"9"')


def _at(lines: Lines) -> int:
    """A record with figures, in the middle."""
    return next(n for n, line in enumerate(lines) if b'"A1":"0"' in line)


def _edit(folder: Path, before: Path) -> None:
    lines = _all(folder)
    n = _at(lines)
    lines[n] = lines[n].replace(b'"A1":"0"', b'"A1":"9"')
    _put(folder, lines)


def _edit_and_hash(folder: Path, before: Path) -> None:
    lines = _all(folder)
    n = _at(lines)
    lines[n] = _rewritten(lines[n], _other_figure(lines[n]))
    _put(folder, lines)


def _edit_and_chain(folder: Path, before: Path) -> None:
    lines = _all(folder)
    n = _at(lines)
    lines[n] = _rewritten(lines[n], _other_figure(lines[n]))
    _put(folder, _chained(lines))


def _remove(folder: Path, before: Path) -> None:
    lines = _all(folder)
    del lines[_at(lines)]
    _put(folder, lines)


def _remove_and_chain(folder: Path, before: Path) -> None:
    lines = _all(folder)
    del lines[_at(lines)]
    _put(folder, _chained(lines))


def _swap_and_chain(folder: Path, before: Path) -> None:
    lines = _all(folder)
    n = _at(lines)
    lines[n], lines[n + 1] = lines[n + 1], lines[n]
    _put(folder, _chained(lines))


def _repeat(folder: Path, before: Path) -> None:
    lines = _all(folder)
    _put(folder, _chained([*lines, lines[_at(lines)]]))


def _append(folder: Path, before: Path) -> None:
    lines = _all(folder)
    last = lines[_at(lines)]
    forged = _rewritten(
        last,
        _other_figure(last),
        seq=len(lines) + 1,
        prev=lines[-1].split(b" ")[4].decode(),
    )
    _put(folder, [*lines, forged])


def _append_under_own_key(folder: Path, before: Path) -> None:
    with Store.open(folder, OTHER, new_epoch=True) as store:
        at = datetime(2030, 1, 2, tzinfo=UTC)
        with store.change(by="lan", do="put", at=at) as change:
            change.put("kit", "forged", {"x": "1"})


def _cut_off(folder: Path, before: Path) -> None:
    _put(folder, _all(folder)[:-1])


def _empty(folder: Path, before: Path) -> None:
    shutil.rmtree(folder / "journal")
    Store.create(folder, OTHER, datetime(2018, 1, 1, tzinfo=UTC), "lan").close()


def _put_back(folder: Path, before: Path) -> None:
    copied(before, folder)


ATTACKS: dict[str, Callable[[Path, Path], None]] = {
    "change a figure": _edit,
    "change a figure and its hash": _edit_and_hash,
    "change a figure and all hashes after it": _edit_and_chain,
    "remove a record": _remove,
    "remove a record and chain anew": _remove_and_chain,
    "swap two records and chain anew": _swap_and_chain,
    "repeat a record": _repeat,
    "append a record": _append,
    "cut off the end": _cut_off,
    "begin an empty journal": _empty,
    "put the whole folder back": _put_back,
    "append under a key of one's own": _append_under_own_key,
}
"""The eleven of the study, and a twelfth that this format makes possible."""
