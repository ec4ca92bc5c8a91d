"""The journal and its TinyDB tables. Only this package uses TinyDB, and only it writes the journal.

Every change of any kind is one record appended to the journal (FORMAT.md defines its bytes). The
record is on disk before the change is acknowledged. The tables hold the newest state; they can be
rebuilt from the journal at any time.

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
from nqcore.store.record import FIRST_VERSION, Receipt, Record
from nqcore.store.store import HistoryEntry, Store
from nqcore.store.verification import Damage, Verification, readable, verify_journal

__all__ = [
    "FIRST_VERSION",
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
