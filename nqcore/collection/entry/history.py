"""The history of a report: its steps with the figures that each changed, and figures of earlier periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from nqcore.collection.entry.entry_sheet import entry_sheet
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.validation import Typed
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import Revision, Step
from nqcore.text.numbers import write_figure


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedBox:
    """One box that a step changed, as it was written before and after ("" = empty)."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStep:
    """One revision of a report's history, and the figures it changed."""

    revision: Revision
    changed: tuple[ChangedBox, ...]


def history(repository: SubmissionRepository, submission: str) -> tuple[HistoryStep, ...]:
    """Who did what when, newest first, and from which figure to which."""
    obligation = repository.find(submission)
    taken: list[HistoryStep] = []
    before: dict[str, str] = {}
    for revision in repository.revisions(submission):
        now = _boxes(typed_answers(repository, obligation, revision))
        keys = [key for key in dict.fromkeys((*before, *now)) if before.get(key) != now.get(key)]
        changed = tuple(
            ChangedBox(key=key, before=before.get(key, ""), after=now.get(key, "")) for key in keys
        )
        last = taken[-1] if taken else None
        if last is not None and _goes_on(last.revision, revision):
            # The form saves itself every few seconds: one sitting is one entry.
            changed = _joined(last.changed, changed)
            taken.pop()
        taken.append(HistoryStep(revision=revision, changed=changed))
        before = now
    return tuple(reversed(taken))


SITTING = timedelta(minutes=30)
"""Saves of one person that follow each other within so long are one sitting."""


def _goes_on(last: Revision, next: Revision) -> bool:
    return (
        last.step is next.step is Step.SAVE
        and last.by == next.by
        and last.reason == next.reason
        and next.at - last.at <= SITTING
    )


def _joined(first: Sequence[ChangedBox], then: Sequence[ChangedBox]) -> tuple[ChangedBox, ...]:
    """Two changes one after the other as one; a box that is as it was at first has not changed."""
    found = {one.key: one for one in first}
    for one in then:
        old = found.get(one.key)
        found[one.key] = one if old is None else replace(old, after=one.after)
    return tuple(one for one in found.values() if one.before != one.after)


def _boxes(typed: Mapping[str, Typed]) -> dict[str, str]:
    """Figures and short texts by key, as they are written; only values that fit on one line."""
    return {
        key: write_figure(value) if isinstance(value, Decimal) else value
        for key, value in typed.items()
        if isinstance(value, Decimal | str)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierFigures:
    """A unit's figures over its newest periods; `rows` hold one written figure per period."""

    obligations: tuple[Obligation, ...]
    rows: tuple[tuple[Indicator, tuple[str, ...]], ...]


def earlier_figures(
    repository: SubmissionRepository, form: Form, unit: str, count: int = 6
) -> EarlierFigures:
    """What `unit` reported for `form`, oldest period first."""
    today = repository.clock().date()
    owed = [
        repository.obligation(unit, form, period)
        for period in repository.obligations.current_periods(form, today, count)
        if unit in {u.code for u in repository.obligations.owed(form, period, unit)}
    ]
    sheets = [entry_sheet(repository, obligation) for obligation in owed]
    rows: dict[str, tuple[Indicator, dict[int, str]]] = {}
    for nth, one in enumerate(sheets):
        for row in one.rows:
            if row.indicator is not None:
                rows.setdefault(row.key, (row.indicator, {}))[1][nth] = row.value
    return EarlierFigures(
        obligations=tuple(owed),
        rows=tuple(
            (indicator, tuple(values.get(nth, "") for nth in range(len(sheets))))
            for indicator, values in rows.values()
        ),
    )
