"""A disk that forgets: which bytes and names a power cut may leave after a list of operations."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.faults.trace import Op

KINDS = ("drop", "all", "torn", "reorder")
"""Nothing un-synced stays; everything stays; a beginning of it, the last write cut at any byte; any
choice of whole writes (strict POSIX only)."""


@dataclass(slots=True)
class _Inode:
    durable: bytes = b""
    pending: list[Op] = field(default_factory=list)
    now: bytes = b""
    covered: int = 0  # of `pending`, how many a sync that has begun will make durable

    def add(self, op: Op) -> None:
        at = len(self.now) if op.at is None else op.at
        placed = Op(op.what, op.file, at, op.data)
        self.pending.append(placed)
        self.now = _apply(self.now, placed)


def _apply(data: bytes, op: Op) -> bytes:
    assert op.at is not None
    padded = data.ljust(op.at, b"\0")
    if op.what == "cut":
        return padded[: op.at]
    return padded[: op.at] + op.data + padded[op.at + len(op.data) :]


class Disk:
    """Takes operations one by one. `model`: "posix" (a name is durable after fsync of its folder) or
    "ext4" (any fsync commits all earlier names, and data in order)."""

    def __init__(self, files: dict[str, bytes], model: str) -> None:
        self.model = model
        self.names = {name: _Inode(data, [], data) for name, data in files.items()}
        self._durable = dict(self.names)
        self._meta: list[tuple[str, str, str, _Inode | None]] = []

    def take(self, op: Op) -> None:
        """One more operation."""
        if op.what == "make":
            if op.file not in self.names:
                inode = self.names[op.file] = _Inode()
                self._meta.append(("link", op.file, "", inode))
        elif op.what == "rename":
            inode = self.names[op.to] = self.names.pop(op.file)
            self._meta.append(("rename", op.file, op.to, inode))
        elif op.what == "unlink":
            del self.names[op.file]
            self._meta.append(("unlink", op.file, "", None))
        elif op.what in ("write", "cut"):
            self.names[op.file].add(op)
        elif op.what == "begin-sync" and op.file in self.names:
            self.names[op.file].covered = len(self.names[op.file].pending)
        elif op.what == "sync":
            self._sync(op.file)

    def _sync(self, file: str) -> None:
        if file in self.names:
            inode = self.names[file]
            for op in inode.pending[: inode.covered]:
                inode.durable = _apply(inode.durable, op)
            del inode.pending[: inode.covered]
            inode.covered = 0
        if file not in self.names or self.model == "ext4":  # a folder, or a common journal
            for change in self._meta:
                _rename(self._durable, change)
            self._meta.clear()

    def image(self, kind: str, rng: random.Random) -> dict[str, bytes]:
        """What may be found after a power cut now."""
        names = dict(self._durable)
        kept = {"drop": 0, "all": len(self._meta)}.get(kind, rng.randint(0, len(self._meta)))
        for change in self._meta[:kept]:
            _rename(names, change)
        return {name: self._content(inode, kind, rng) for name, inode in names.items()}

    def _content(self, inode: _Inode, kind: str, rng: random.Random) -> bytes:
        if kind == "drop" or not inode.pending:
            return inode.durable
        if kind == "all":
            return inode.now
        data = inode.durable
        if kind == "reorder" and self.model == "posix":
            for op in inode.pending:
                if rng.random() < 0.5:
                    data = _apply(data, op)
            return data
        kept = rng.randint(0, len(inode.pending))
        for op in inode.pending[:kept]:
            data = _apply(data, op)
        if kept < len(inode.pending) and inode.pending[kept].what == "write":
            op = inode.pending[kept]
            cut = op.data[: rng.randint(0, len(op.data))]
            data = _apply(data, Op("write", op.file, op.at, cut))
        return data


def _rename(names: dict[str, _Inode], change: tuple[str, str, str, _Inode | None]) -> None:
    what, old, new, inode = change
    if what == "unlink":
        names.pop(old, None)
    elif inode is not None and what == "link":
        names[old] = inode
    elif inode is not None:
        names.pop(old, None)
        names[new] = inode
