"""The journal and its TinyDB tables: the only room that knows TinyDB, and the only one that writes.

Every change of any kind is one appended record of the journal (FORMAT.md), on disk before it is
acknowledged. The tables are what the journal amounts to and can be rebuilt from it at any time.

    store = Store.open(folder, load_key(workspace_id))
    with store.change(by="lan", do="send", why="", at=now) as change:
        change.put("submissions", "VX|2018-Q3", {"state": "sent", "B6": "1310"})
    print(change.receipt.seq, change.receipt.hash)
    store.table("submissions").search(Query().state == "sent")
"""

from tinydb import Query

from nqcore.store.change import Change
from nqcore.store.errors import DamagedJournal, OtherKey, StoreBusy, StoreFull, StoreStopped
from nqcore.store.keys import key_file, load_key, make_key
from nqcore.store.record import Receipt, Record
from nqcore.store.store import HistoryEntry, Store
from nqcore.store.verification import Damage, Verification, readable, verify_journal

__all__ = [
    "Change",
    "Damage",
    "DamagedJournal",
    "HistoryEntry",
    "OtherKey",
    "Query",
    "Receipt",
    "Record",
    "Store",
    "StoreBusy",
    "StoreFull",
    "StoreStopped",
    "Verification",
    "key_file",
    "load_key",
    "make_key",
    "readable",
    "verify_journal",
]
