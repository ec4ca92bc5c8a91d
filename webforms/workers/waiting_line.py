"""Which heavy page is made now, and which ones wait: fair between accounts, bounded, and no thread waits.

A browser that has to wait asks again every few seconds and keeps its place in the line meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

PLACES = 2
"""Pages that are made at the same time."""
OF_ONE_ACCOUNT = 6
"""Pages for which one account may wait; the next is refused."""
LONGEST = 60
"""Pages for which all accounts together may wait."""
PATIENCE = 8.0
"""Seconds without asking again after which a place is no longer kept: others go first meanwhile."""
FORGOTTEN = 30.0
"""Seconds without asking again after which a place in the line is given up."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One page that one account wants."""

    account: str
    address: str


class Turn(StrEnum):
    """What the line answers."""

    GO = "go"
    """Make the page now; then `WaitingLine.leave`."""
    WAIT = "wait"
    """Ask again in a few seconds."""
    ACCOUNT_FULL = "account full"
    """This account waits for too many pages."""
    LINE_FULL = "line full"
    """All accounts together do."""


class WaitingLine:
    """The line of one server process.

    An account has one page made at a time, so that one account alone never takes every place, and a place
    goes to the ticket that has waited longest among the accounts that have none.

    >>> line = WaitingLine(places=1)
    >>> line.ask(Ticket("lan", "/a"), now=0.0), line.ask(Ticket("huy", "/a"), now=1.0)
    (<Turn.GO: 'go'>, <Turn.WAIT: 'wait'>)
    >>> line.leave(Ticket("lan", "/a"))
    >>> line.ask(Ticket("huy", "/a"), now=4.0)
    <Turn.GO: 'go'>
    """

    def __init__(self, places: int = PLACES) -> None:
        self._places, self._lock = places, Lock()
        self._made: dict[str, Ticket] = {}
        self._waiting: dict[Ticket, float] = {}

    def ask(self, ticket: Ticket, now: float) -> Turn:
        """Whether the page may be made now (seconds of any clock that never goes back)."""
        with self._lock:
            self._forget(now)
            if ticket not in self._waiting and (refused := self._refusal(ticket)):
                return refused
            self._waiting[ticket] = now  # a ticket that is already there keeps its place
            if not self._may_go(ticket, now):
                return Turn.WAIT
            del self._waiting[ticket]
            self._made[ticket.account] = ticket
            return Turn.GO

    def leave(self, ticket: Ticket) -> None:
        """The page is made, or could not be made: its place is free."""
        with self._lock:
            del self._made[ticket.account]

    def ahead(self, ticket: Ticket) -> int:
        """How many pages come before this one at most."""
        with self._lock:
            order = list(self._waiting)
            before = order.index(ticket) if ticket in self._waiting else len(order)
            return len(self._made) + before

    def _refusal(self, ticket: Ticket) -> Turn | None:
        own = sum(other.account == ticket.account for other in self._waiting)
        if own >= OF_ONE_ACCOUNT:
            return Turn.ACCOUNT_FULL
        return Turn.LINE_FULL if len(self._waiting) >= LONGEST else None

    def _may_go(self, ticket: Ticket, now: float) -> bool:
        """Whether a place is free for the ticket beside those of the accounts that stand before it."""
        if ticket.account in self._made:
            return False
        before: set[str] = set()
        for other, asked in self._waiting.items():
            if other == ticket:
                break
            if other.account not in self._made and now - asked <= PATIENCE:
                before.add(other.account)
        free = self._places - len(self._made)
        return ticket.account not in before and len(before) < free

    def _forget(self, now: float) -> None:
        for ticket, asked in list(self._waiting.items()):
            if now - asked > FORGOTTEN:
                del self._waiting[ticket]
