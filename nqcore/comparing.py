"""Two versions of a report side by side: what changed from step to step, what two people changed at
once, and the same unit's figures over its periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from nqcore.checking import Typed
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import Revision, Step
from nqcore.sheets import Row, Sheet, current_periods, sheet
from nqcore.submitting import Desk
from nqcore.text.numbers import write_figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One box that a step changed, as it was written before and after ("" = empty)."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """One revision of a report's history, and the figures it changed."""

    revision: Revision
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """A row that was remarked on, and what stood there then and stands there now."""

    row: Row
    remark: str
    before: str
    now: str

    @property
    def changed(self) -> bool:
        """Whether the unit has dealt with it by another figure or other words."""
        return self.before != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What has to be corrected, or was: the step that asked for it (a return, a reopening, a leader's
    handing back), its words on the whole, and the rows remarked on."""

    asked: Revision
    words: str
    rows: tuple[Remarked, ...]

    @property
    def open(self) -> tuple[Remarked, ...]:
        """The remarks whose rows are as they were."""
        return tuple(one for one in self.rows if not one.changed)

    def of(self, key: str) -> Remarked | None:
        """The remark on that row."""
        return next((one for one in self.rows if one.row.key == key), None)


_ASKS = (Step.RETURN, Step.REOPEN, Step.HAND_BACK)


def correction(desk: Desk, shown: Sheet) -> Correction | None:
    """The last time that somebody asked for a correction of the report, against `shown`. None when
    nobody did, or when it was accepted since."""
    obligation = shown.obligation
    asked = dealt_with = None
    for revision in desk.revisions(obligation.submission):
        if revision.step in _ASKS:
            asked = revision
        elif revision.step is Step.ACCEPT:
            dealt_with, asked = asked, None
        elif revision.step is Step.UNDO:
            asked = dealt_with
    if asked is None:
        return None
    then = {row.key: row for row in sheet(desk, obligation, desk.typed(obligation, asked)).rows}
    rows = tuple(
        Remarked(
            row=row,
            remark=asked.remarks[row.key],
            before=_said(then[row.key]),
            now=_said(row),
        )
        for row in shown.rows
        if row.key in asked.remarks
    )
    return Correction(asked=asked, words=asked.remarks.get("", "") or asked.reason, rows=rows)


def _said(row: Row) -> str:
    """A row's answer in one line."""
    return row.value or ", ".join(text for text in row.typed.values() if text)


def history(desk: Desk, submission: str) -> tuple[StepTaken, ...]:
    """Who did what when, newest first, and from which figure to which."""
    obligation = desk.find(submission)
    taken: list[StepTaken] = []
    before: dict[str, str] = {}
    for revision in desk.revisions(submission):
        now = _boxes(desk.typed(obligation, revision))
        keys = [key for key in dict.fromkeys((*before, *now)) if before.get(key) != now.get(key)]
        changed = tuple(
            Changed(key=key, before=before.get(key, ""), after=now.get(key, "")) for key in keys
        )
        last = taken[-1] if taken else None
        if last is not None and _goes_on(last.revision, revision):
            # Saving by itself every few seconds is one sitting, told once.
            changed = _joined(last.changed, changed)
            taken.pop()
        taken.append(StepTaken(revision=revision, changed=changed))
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


def _joined(first: Sequence[Changed], then: Sequence[Changed]) -> tuple[Changed, ...]:
    """Two changes one after the other as one; a box that is as it was at first has not changed."""
    found = {one.key: one for one in first}
    for one in then:
        old = found.get(one.key)
        found[one.key] = one if old is None else replace(old, after=one.after)
    return tuple(one for one in found.values() if one.before != one.after)


def _boxes(typed: Mapping[str, Typed]) -> dict[str, str]:
    """Figures and short texts by key, as one writes them; only what can be told in one line."""
    return {
        key: write_figure(value) if isinstance(value, Decimal) else value
        for key, value in typed.items()
        if isinstance(value, Decimal | str)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A row that two people changed at once: what stands there now, and what was typed."""

    row: Row
    theirs: Mapping[str, str]
    mine: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What was typed on top of what somebody else saved meanwhile. `given` takes theirs where only
    they changed a box (the keys in `taken`) and mine where I did; `clashes` are left to the person."""

    given: Mapping[str, Typed]
    taken: tuple[str, ...]
    clashes: tuple[Clash, ...]
    now: int
    who: str


def merged(desk: Desk, obligation: Obligation, given: Mapping[str, Typed], base: int) -> Merged:
    """Compare what was typed over revision `base` with what stands there now."""
    current = desk.revision(obligation.submission)
    mine = sheet(desk, obligation, given).rows
    theirs = sheet(desk, obligation, desk.typed(obligation, current)).rows
    old = desk.revision(obligation.submission, base) if base else None
    before = sheet(desk, obligation, desk.typed(obligation, old)).rows
    result: dict[str, Typed] = dict(given)
    typed_now = desk.typed(obligation, current)
    clashes, taken = [], []
    for my, their, was in zip(mine, theirs, before, strict=True):
        if _content(my) == _content(their) or _content(their) == _content(was):
            continue
        if _content(my) == _content(was):
            taken.append(my.key)
            for name in (my.key, *my.typed):
                result.pop(name, None)
                if name in typed_now:
                    result[name] = typed_now[name]
        else:
            clashes.append(Clash(row=my, theirs=their.typed, mine=my.typed))
    return Merged(
        given=result,
        taken=tuple(taken),
        clashes=tuple(clashes),
        now=current.number if current else 0,
        who=current.by if current else "",
    )


def _content(row: Row) -> object:
    return (dict(row.typed), row.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A unit's figures over its newest periods; `rows` hold one written figure per period."""

    obligations: tuple[Obligation, ...]
    rows: tuple[tuple[Indicator, tuple[str, ...]], ...]


def past(desk: Desk, form: Form, unit: str, count: int = 6) -> Past:
    """What `unit` reported for `form`, oldest period first."""
    today = desk.clock().date()
    owed = [
        desk.obligation(unit, form, period)
        for period in current_periods(desk, form, today, count)
        if unit in {u.code for u in desk.obligations.owed(form, period, unit)}
    ]
    told = [sheet(desk, obligation) for obligation in owed]
    rows: dict[str, tuple[Indicator, dict[int, str]]] = {}
    for nth, one in enumerate(told):
        for row in one.rows:
            if row.indicator is not None:
                rows.setdefault(row.key, (row.indicator, {}))[1][nth] = row.value
    return Past(
        obligations=tuple(owed),
        rows=tuple(
            (indicator, tuple(values.get(nth, "") for nth in range(len(told))))
            for indicator, values in rows.values()
        ),
    )
