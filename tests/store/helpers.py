"""What the tests of the store share."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from nqcore.store import Store

AT = datetime(2018, 10, 5, 8, 0, tzinfo=timezone(timedelta(hours=7)))
LATER = datetime(2018, 10, 6, 9, 30, tzinfo=UTC)
KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
ROOT = Path(__file__).parents[2]


def founded(folder: Path, key: bytes | None = KEY) -> Store:
    """A new store in `folder`."""
    return Store.create(folder, key, AT, "chị Hoa")


def put(store: Store, id: str, doc: dict[str, Any], table: str = "reports", **said: Any) -> int:
    """One change with one document; the number of its record."""
    told: dict[str, Any] = {"by": "lan", "do": "put", "at": AT} | said
    with store.change(**told) as change:
        change.put(table, id, doc)
    return change.receipt.seq


def segment(folder: Path) -> Path:
    """The journal's only file of records."""
    (path,) = (folder / "journal").glob("*.nqj")
    return path


def line_starts(data: bytes) -> list[int]:
    """Byte offset of every record."""
    return [0] + [n + 1 for n, byte in enumerate(data[:-1]) if byte == 10]


def documents(store: Store, table: str = "reports") -> dict[str, Any]:
    """All documents of a table by id."""
    return {str(doc.doc_id): dict(doc) for doc in store.table(table)}


def start(program: str, *args: object) -> subprocess.Popen[str]:
    """A Python process that runs `program` from the checkout's root."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, args)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
