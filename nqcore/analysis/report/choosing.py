"""Which findings of a review are chosen, of each kind, and choosing several at once.

Of each kind the report prints the chosen findings as soon as one is chosen, and before that all that are
not passed over. A page has to say so before the first one is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nqcore.analysis.findings import Review
from nqcore.analysis.report.decisions import (
    FindingProposal,
    Selection,
    check_base,
    chosen_doc,
    decided,
    decision_id,
    proposals,
    require_decider,
)
from nqcore.analysis.report.reworded_parts import record_version
from nqcore.collection.accounts.access import Account
from nqcore.collection.tables import DECISIONS
from nqcore.errors import N_, UnknownName, Words
from nqcore.model.findings import FindingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSelection:
    """How many findings of one kind are chosen, wait for a decision, and are passed over.

    >>> KindSelection(kind=FindingKind.RESULT, chosen=0, waiting=11, dismissed=1).printed
    11
    """

    kind: FindingKind
    chosen: int
    waiting: int
    dismissed: int

    @property
    def total(self) -> int:
        """All findings of the kind."""
        return self.chosen + self.waiting + self.dismissed

    @property
    def printed(self) -> int:
        """How many the report prints."""
        return self.chosen or self.waiting


def kind_selections(every: Iterable[FindingProposal]) -> tuple[KindSelection, ...]:
    """The state of the choice of each kind, shortcomings first, as the pages have them."""
    listed = tuple(every)

    def count(kind: FindingKind, choice: Selection) -> int:
        return sum(one.finding.kind is kind and one.choice is choice for one in listed)

    return tuple(
        KindSelection(
            kind=kind,
            chosen=count(kind, Selection.CHOSEN),
            waiting=count(kind, Selection.WAITING),
            dismissed=count(kind, Selection.DISMISSED),
        )
        for kind in (FindingKind.SHORTCOMING, FindingKind.RESULT)
    )


def choose(
    review: Review,
    choices: Mapping[str, Selection],
    *,
    by: Account,
    at: datetime,
    bases: Mapping[str, int] | None = None,
) -> tuple[FindingProposal, ...]:
    """Decide on several findings at once: what becomes of each, by its key; their words stay.

    `bases`: the number of the decision that the user saw, by key. What is decided so already is not written
    again. Returns the findings that changed. Raises NotAllowed, UnknownName, Conflict: then nothing is
    written, unless another user decides at this very moment.
    """
    require_decider(review, by)
    known = {one.key: one for one in proposals(review)}
    for key in choices:
        if key not in known:
            raise UnknownName(kind="finding", name=key, hint=Words(N_("Open it from the list.")))
    changed = {key: to for key, to in choices.items() if known[key].choice is not to}
    store, seen = review.repository.store, bases or {}
    for key in changed:
        check_base(store.get(DECISIONS, decision_id(review, key)), seen.get(key))
    return tuple(
        one
        for to in Selection
        if (keys := [key for key, choice in changed.items() if choice is to])
        for one in _decide(review, [known[key] for key in keys], to, by=by, at=at, seen=seen)
    )


def _decide(
    review: Review,
    several: Sequence[FindingProposal],
    to: Selection,
    *,
    by: Account,
    at: datetime,
    seen: Mapping[str, int],
) -> list[FindingProposal]:
    """Write the same decision on several findings, in one record: a record has one action word."""
    found: list[FindingProposal] = []
    with review.repository.store.change(by=by.login, do=to.value, at=at) as change:
        for one in several:
            id = decision_id(review, one.key)
            stored = change.get(DECISIONS, id)
            check_base(stored, seen.get(one.key))
            doc = chosen_doc(review, stored, one, to, by.login, at)
            change.put(DECISIONS, id, doc, version=record_version(doc["parts"]))
            found.append(decided(one, doc))
    return found
