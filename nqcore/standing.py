"""How a report stands on a day, in one word: what boards, lists and pages show of an obligation."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nqcore.model.days_off import VIET_NAM
from nqcore.model.obligations import Fate, Obligation
from nqcore.model.submissions import State


class Standing(StrEnum):
    """The one word."""

    EXEMPT = "exempt"
    """Nothing is owed: *miễn*."""
    EMPTY = "empty"
    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXCLUDED = "excluded"
    OVERDUE = "overdue"
    """Not sent although the deadline is over."""
    UNDECIDED = "undecided"
    """Not sent, the unit has ended, and nobody has decided who answers for it: *chưa xác định*."""
    ENDED = "ended"
    """Not sent, and it was decided that it ended with the unit."""


class Stands(NamedTuple):
    """The word, and the days that belong to it: overdue, or late at the first sending; else 0."""

    word: Standing
    days: int


_WORDS = {
    None: Standing.EMPTY,
    State.DRAFT: Standing.DRAFT,
    State.PRESENTED: Standing.DRAFT,
    State.WITHDRAWN: Standing.DRAFT,
    State.REOPENED: Standing.RETURNED,
    State.RETURNED: Standing.RETURNED,
    State.SENT: Standing.SENT,
    State.ACCEPTED: Standing.ACCEPTED,
    State.EXCLUDED: Standing.EXCLUDED,
}


def standing(obligation: Obligation | None, today: date) -> Stands:
    """How it stands. A returned report is not overdue: it was sent once."""
    if obligation is None:
        return Stands(Standing.EXEMPT, 0)
    word = _WORDS[obligation.state]
    if word in (Standing.SENT, Standing.ACCEPTED, Standing.EXCLUDED):
        return Stands(word, max(0, obligation.days_late() or 0))
    if word is not Standing.RETURNED and obligation.fate is Fate.UNDECIDED:
        return Stands(Standing.UNDECIDED, 0)
    if obligation.fate is Fate.ENDED:
        return Stands(Standing.ENDED, 0)
    overdue = max(0, -obligation.days_left(today))
    if overdue and word in (Standing.EMPTY, Standing.DRAFT):
        return Stands(Standing.OVERDUE, overdue)
    return Stands(word, 0)


def working_day_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`, with Viet Nam's public holidays."""
    return VIET_NAM.after(day, count)
