"""The audit trail as lines of JSON, for a file that is kept elsewhere: `nq log`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.collection.archive.audit_trail import whole_entry
from nqcore.errors import N_, InputError
from nqcore.store import Store

_BEGINNING = b'{"seq": '


class LogOfAnotherHistory(InputError):
    """The last line of the file is a record that the journal does not have: the journal was put back to an
    earlier state, or the file is of another office."""

    code = "log-other-history"
    template = N_(
        "{file} ends with record {seq}, which is not in this journal: the journal was put back to an earlier "
        "state, or the file belongs to another office. Keep it, and write into a new file."
    )


def log_lines(store: Store, accounts: AccountDirectory, after: int) -> Iterator[dict[str, object]]:
    """One object for every record after number `after`, oldest first, with the hash of the record."""
    for seq in range(after + 1, store.version + 1):
        record = store.record(seq)
        entry = whole_entry(record, accounts)
        yield {
            "seq": seq,
            "hash": record.hash,
            "at": entry.at.isoformat(),
            "by": entry.by,
            "do": entry.do,
            "why": entry.why,
            "units": entry.units,
            "reports": entry.reports,
            "accounts": entry.accounts,
        }


def last_logged(file: Path, store: Store) -> int:
    """The number of the last record in `file`, which `nq log --append` wrote; 0 for a new file. A line that
    a killed run did not finish is removed. Raises LogOfAnotherHistory, OSError."""
    last, whole, rest = b"", 0, b""
    try:
        with open(file, "r+b") as lines:
            for line in lines:
                if line.endswith(b"\n"):
                    last, whole = line, whole + len(line)
                else:
                    rest = line
            seq, hash = _seq_and_hash(last) if last else (0, "")
            known = 1 <= seq <= store.version and store.record(seq).hash == hash
            if (last and not known) or rest[: len(_BEGINNING)] != _BEGINNING[: len(rest)]:
                raise LogOfAnotherHistory(file=str(file), seq=seq)
            if rest:
                lines.truncate(whole)
    except FileNotFoundError:
        return 0
    return seq


def _seq_and_hash(line: bytes) -> tuple[int, str]:
    """(0, "") for a line that `log_lines` did not make."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return 0, ""
    if not isinstance(found, dict) or type(found.get("seq")) is not int:
        return 0, ""
    return found["seq"], str(found.get("hash"))
