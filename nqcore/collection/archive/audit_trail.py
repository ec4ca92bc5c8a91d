"""The audit trail: who did what and when, read from the journal.

An administrator and an inspector see the records about their own unit and the units under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.collection.archive.audit_objects import AuditNames, AuditObject
from nqcore.collection.archive.audit_query import AuditKind, AuditQuery, kind_of
from nqcore.collection.tables import ACCOUNTS, LINKS, UNITS
from nqcore.model.submissions import SubmissionId
from nqcore.store import Record

PAGE_LENGTH = 100
"""Entries of one page, at most."""
READ_PER_PAGE = 5_000
"""Records of the journal that are read for one page, at most: in a large workspace few of them may be
about the units of an inspector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One record of the journal, as far as the reader may see it.

    `seq` is the number of the record and `do` its action word. `reports` are the ids of the submissions
    and `accounts` the logins that it changed; `units` are the codes of the units to which they belong.
    `objects`: what else it was done to, in words, each once.
    `times`: so many drafts that one person saved of one report on one day are this one line; the record is
    the newest of them."""

    seq: int
    at: datetime
    by: str
    do: str
    why: str
    units: tuple[str, ...]
    reports: tuple[str, ...]
    accounts: tuple[str, ...]
    times: int = 1
    objects: tuple[AuditObject, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """One page of entries, newest first. `older` is the `before` of the next page; 0: this is the last
    page. `read_to`: the moment of the oldest record that was read (None: none was)."""

    entries: tuple[AuditEntry, ...]
    older: int
    read_to: datetime | None = None


def audit_trail(
    names: AuditNames,
    actor: Actor,
    wanted: AuditQuery,
    *,
    most: int | None = None,
) -> AuditPage:
    """One page of the records that are wanted and that the actor may see. `most`: so many records are read
    for it at most (default: READ_PER_PAGE), and with it as many entries as there are in them.

    An account with limits on forms sees no record about reports of other forms, or about the whole office.
    Raises NotAllowed unless the actor may read the audit trail of its own unit."""
    store, accounts = names.store, names.accounts
    unit, tree = actor.account.unit, actor.tree
    actor.require(Action.AUDIT, unit)
    newest = store.version if wanted.before <= 0 else min(wanted.before - 1, store.version)
    oldest = max(1, newest - (most or READ_PER_PAGE) + 1)
    handles = actor.account.handles
    top = not tree.ancestors(unit) and not actor.account.forms
    found, read_to = _Folded(), None
    for seq in range(newest, oldest - 1, -1):
        record = store.record(seq)
        read_to = datetime.fromisoformat(record.at)
        if not wanted.takes(record.by, record.do, read_to):
            continue
        changed = tuple(_changed_documents(record, accounts))
        visible = [
            one
            for one in changed
            if tree.contains(unit, one.unit) and (not one.form or handles(one.form))
        ]
        if wanted.units is not None and not any(one.unit in wanted.units for one in visible):
            continue
        # A record about no unit (a setting, the first record), or about one that was taken back since, is
        # shown only at the top of the tree.
        elsewhere = [one for one in changed if one.unit not in names.catalogue.units] if top else []
        if visible or elsewhere:
            shown = [*visible, *elsewhere]
            found.add(replace(_entry(record, visible), objects=_objects(names, record, shown)))
            if most is None and len(found.entries) == (wanted.length or PAGE_LENGTH):
                break
    else:
        seq = oldest
    older = seq if seq > 1 else 0
    return AuditPage(entries=tuple(found.entries), older=older, read_to=read_to)


class _Folded:
    """The entries of a page; drafts of one person, report and day are one."""

    def __init__(self) -> None:
        self.entries: list[AuditEntry] = []
        self._drafts: dict[tuple[str, tuple[str, ...], date], int] = {}

    def add(self, entry: AuditEntry) -> None:
        """An entry that is older than the others."""
        if kind_of(entry.do) is AuditKind.DRAFTS:
            key = entry.by, entry.reports, entry.at.date()
            if key in self._drafts:
                newer = self.entries[self._drafts[key]]
                self.entries[self._drafts[key]] = replace(newer, times=newer.times + 1)
                return
            self._drafts[key] = len(self.entries)
        self.entries.append(entry)


def whole_entry(record: Record, accounts: AccountDirectory) -> AuditEntry:
    """The entry of a record with all that it changed, for the user of the machine, who may read the whole
    journal."""
    return _entry(record, list(_changed_documents(record, accounts)))


class _ChangedDocument(NamedTuple):
    """A document that a record changed: its unit ("": none), where it is kept, and the submission or account
    that it is of."""

    unit: str
    table: str
    id: str
    report: str = ""
    account: str = ""

    @property
    def form(self) -> str:
        """The form of the submission; "" where it is of none."""
        return SubmissionId.parse(self.report).form


def _changed_documents(record: Record, accounts: AccountDirectory) -> Iterator[_ChangedDocument]:
    """The documents that the record changed, each with its unit."""
    for table, docs in record.docs.items():
        for id, doc in docs.items():
            if table in (ACCOUNTS, LINKS):
                login = id if table == ACCOUNTS else (doc or {}).get("login", record.by)
                account = accounts.get(login)
                unit = account.unit if account else ""
                yield _ChangedDocument(unit, table, id, account=login)
            elif table == UNITS:
                yield _ChangedDocument(id, table, id)
            elif doc is not None and isinstance(doc.get("unit"), str) and "|" in id:
                yield _ChangedDocument(doc["unit"], table, id)
            else:
                # The ids of submissions and of what belongs to them begin with period_form_unit.
                report = id.partition("#")[0]
                unit = SubmissionId.parse(report).unit
                yield _ChangedDocument(unit, table, id, report if unit else "")


def _objects(
    names: AuditNames, record: Record, shown: Iterable[_ChangedDocument]
) -> tuple[AuditObject, ...]:
    """What the record was done to beside reports, accounts and units, each once."""
    told = (
        names.object(record, one.table, one.id, record.docs[one.table][one.id]) for one in shown
    )
    return tuple({(o if isinstance(o, str) else o.message()): o for o in told if o}.values())


def _entry(record: Record, changed: list[_ChangedDocument]) -> AuditEntry:
    def distinct(given: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in dict.fromkeys(given) if one)

    return AuditEntry(
        seq=record.seq,
        at=datetime.fromisoformat(record.at),
        by=record.by,
        do=record.do,
        why=record.why,
        units=distinct(c.unit for c in changed),
        reports=distinct(c.report for c in changed),
        accounts=distinct(c.account for c in changed),
    )
