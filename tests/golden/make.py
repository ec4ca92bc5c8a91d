"""Makes the golden folder of the present version: `python -m tests.golden.make`. Once per release.

A workspace over three years, with an account, a report through its steps, a dropped document, an
epoch under a second key, a torn end and a snapshot.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Role
from nqcore.collection.settings import read_settings
from nqcore.store import Store, key_file, load_key, make_key
from nqcore.version import __version__
from nqcore.workspace.demo import PLUGINS
from nqcore.workspace.opening import create_workspace

HERE = Path(__file__).parent
REPORT = ("xa-an-phu", "res20.q", "2018-Q3")


def at(year: int) -> datetime:
    return datetime(year, 10, 5, 8, 0, tzinfo=VIET_NAM)


def everything(store: Store) -> dict[str, Any]:
    """All documents, who made each record, and the end of the chain."""
    records = [store.record(seq) for seq in range(1, store.version + 1)]
    return {
        "tables": {
            name: {str(doc.doc_id): dict(doc) for doc in store.table(name)}
            for name in store.tables()
        },
        "records": [[r.seq, r.at, r.by, r.do, r.why, r.hash] for r in records],
        "dropped": [touch.doc for touch in store.history("notes", "dropped")],
    }


def make(folder: Path) -> None:
    """The folder: `workspace/`, the keys in `keys/`, and what must be read from it."""
    os.environ["NQ_KEYS"] = str(folder / "keys")
    workspace = folder / "workspace"
    ws = create_workspace(
        workspace,
        name="Huyện Tân Hòa",
        plugins=PLUGINS,
        root="huyen",
        since=date(2008, 1, 1),
        clock=lambda: at(2018),
    )
    with ws:
        for login, role in (("mai", Role.ENTER), ("nam", Role.APPROVE)):
            unit = "xa-an-phu" if role is Role.ENTER else "huyen"
            ws.accounts.add(login, login, unit, [role], units=ws.units, by="nq init", at=at(2018))
        sheet = ws.entry.sheet(ws.submissions.obligation(*REPORT))
        figures = {row.key: str(n) for n, row in enumerate(sheet.rows) if row.indicator}
        ws.save_draft(*REPORT, figures | {"N1": "Tăng so với cùng kỳ."}, by="mai")
        with ws.store.change(by="mai", do="note", why="thử", at=at(2018)) as change:
            change.put("notes", "dropped", {"text": "Ghi chú", "n": -(2**63), "yes": True})
            change.put("notes", "kept", {"list": [None, {"deep": ["a"]}], "big": 2**63 - 1})
        with ws.store.change(by="nam", do="tidy", at=at(2019)) as change:
            change.drop("notes", "dropped")
    id = read_settings(workspace).id
    os.rename(key_file(id), key_file(id).with_suffix(".first"))
    with Store.open(workspace, make_key(id)) as store:
        store.open_epoch(at=at(2020), by="nam", why="khóa cũ đã mất")
        with store.change(by="nam", do="note", at=at(2020)) as change:
            change.put("notes", "sealed", {"x": "1.310"})
        store.journal.take_snapshot()
    with Store.open(workspace, load_key(id)) as store:
        expected = everything(store)
    with open(max((workspace / "journal").glob("*.nqj")), "ab") as file:
        file.write(f"NQ1 {len(expected['records']) + 1} 41".encode())
    (folder / "expected.json").write_text(
        json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    target = HERE / __version__
    if target.exists():
        sys.exit(f"{target} exists: what was released is never made again.")
    target.mkdir()
    try:
        make(target)
    except BaseException:
        shutil.rmtree(target)
        raise
