"""Who did what and when, as the journal tells it: for an administrator or an inspector, and only of
the units that they look after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.collection.tables import ACCOUNTS, LINKS, UNITS
from nqcore.model.submissions import SubmissionId
from nqcore.store import Record, Store

SHOWN = 100
"""Records of one page."""
LOOKED_AT = 5_000
"""Records that one page reads at most, where few of them are one's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One record of the journal that one may see. `do` is the action word; `reports` the reports it
    touched, `accounts` the logins; `units` whose they are."""

    seq: int
    at: datetime
    by: str
    do: str
    why: str
    units: tuple[str, ...]
    reports: tuple[str, ...]
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """A page of entries, newest first; `older` is where the next page begins (0: there is none)."""

    entries: tuple[AuditEntry, ...]
    older: int


def audit_trail(
    store: Store, accounts: AccountDirectory, actor: Actor, before: int = 0, who: str = ""
) -> AuditPage:
    """What was done before record `before` (0: up to now), by the login `who` where one is named, as
    far as the actor may see it. Raises NotAllowed."""
    unit, tree = actor.account.unit, actor.tree
    actor.require(Action.AUDIT, unit)
    newest = store.version if before <= 0 else min(before - 1, store.version)
    oldest = max(1, newest - LOOKED_AT + 1)
    top = not tree.ancestors(unit)
    found: list[AuditEntry] = []
    for seq in range(newest, oldest - 1, -1):
        record = store.record(seq)
        if who not in ("", record.by):
            continue
        touched = [t for t in _touched(record, accounts) if tree.contains(unit, t.unit)]
        # A record about no unit (a setting, the founding) is shown at the top only.
        if touched or (top and not any(t.unit for t in _touched(record, accounts))):
            found.append(_entry(record, touched))
            if len(found) == SHOWN:
                return AuditPage(entries=tuple(found), older=seq if seq > 1 else 0)
    return AuditPage(entries=tuple(found), older=oldest if oldest > 1 else 0)


class _Touch(NamedTuple):
    unit: str
    report: str = ""
    account: str = ""


def _touched(record: Record, accounts: AccountDirectory) -> Iterator[_Touch]:
    """Whose documents a record changed."""
    for table, docs in record.docs.items():
        for id, doc in docs.items():
            if table in (ACCOUNTS, LINKS):
                login = id if table == ACCOUNTS else (doc or {}).get("login", record.by)
                account = accounts.get(login)
                yield _Touch(account.unit if account else "", account=login)
            elif table == UNITS:
                yield _Touch(id)
            elif doc is not None and isinstance(doc.get("unit"), str) and "|" in id:
                yield _Touch(doc["unit"])
            else:
                # Reports and what is kept about them are named period_form_unit.
                report = id.partition("#")[0]
                unit = SubmissionId.parse(report).unit
                yield _Touch(unit, report) if unit else _Touch("")


def _entry(record: Record, touched: list[_Touch]) -> AuditEntry:
    def some(given: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in dict.fromkeys(given) if one)

    return AuditEntry(
        seq=record.seq,
        at=datetime.fromisoformat(record.at),
        by=record.by,
        do=record.do,
        why=record.why,
        units=some(t.unit for t in touched),
        reports=some(t.report for t in touched),
        accounts=some(t.account for t in touched),
    )
