"""The history of a report: its steps with the boxes that each changed; and the figures of a unit over
its last periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from nqcore.collection.entry.entry_sheet import entry_sheet
from nqcore.collection.submissions.checking import fields_asked
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import Translate
from nqcore.model.fields import AnyField, FigureField, answer_lines, type_of
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import Revision, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedBox:
    """One field or box that a step changed: its text before and after ("" = empty). `label` is what the
    form calls it."""

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStep:
    """One revision of a report, and the boxes that it changed."""

    revision: Revision
    changed: tuple[ChangedBox, ...]


def history(
    repository: SubmissionRepository, submission: str, translate: Translate = str
) -> tuple[HistoryStep, ...]:
    """The steps of a report, newest first, each with the boxes it changed; answers that are words are in
    the language of `translate`. Saves of one user that follow each other within SITTING are one step.
    Raises UnknownName, NotOwed."""
    obligation = repository.find(submission)
    fields = {field.key: field for field in fields_asked(repository, obligation)}
    labels = {
        name: name if isinstance(field, FigureField) else field.title(repository.catalogue)
        for field in fields.values()
        for name in (field.key, *field.input_names)
    }
    steps: list[HistoryStep] = []
    before: dict[str, str] = {}
    for revision in repository.revisions(submission):
        now = _one_line_values(revision, fields, translate)
        keys = [key for key in dict.fromkeys((*before, *now)) if before.get(key) != now.get(key)]
        changed = tuple(
            ChangedBox(
                key=key,
                label=labels.get(key, key),
                before=before.get(key, ""),
                after=now.get(key, ""),
            )
            for key in keys
        )
        last = steps[-1] if steps else None
        if last is not None and _same_sitting(last.revision, revision):
            # The form saves itself every few seconds; the history shows one step for all these saves.
            changed = _join_changes(last.changed, changed)
            steps.pop()
        steps.append(HistoryStep(revision=revision, changed=changed))
        before = now
    return tuple(reversed(steps))


SITTING = timedelta(minutes=30)
"""Saves of one user with at most this much time between them are shown as one step."""


def _same_sitting(last: Revision, next: Revision) -> bool:
    """Whether both revisions are saves of one user, soon one after the other."""
    return (
        last.step is next.step is Step.SAVE
        and last.by == next.by
        and last.reason == next.reason
        and next.at - last.at <= SITTING
    )


def _join_changes(
    first: Sequence[ChangedBox], second: Sequence[ChangedBox]
) -> tuple[ChangedBox, ...]:
    """Two changes, one after the other, as one. A box that is in the end as it was at first is left
    out."""
    found = {one.key: one for one in first}
    for one in second:
        old = found.get(one.key)
        found[one.key] = one if old is None else replace(old, after=one.after)
    return tuple(one for one in found.values() if one.before != one.after)


def _one_line_values(
    revision: Revision, fields: Mapping[str, AnyField], translate: Translate
) -> dict[str, str]:
    """The answers of a revision as they are written, by field key, and the texts that could not be read
    by input name. What is empty is left out; a field that the form has lost is written as plain text."""
    answers = {
        key: "; ".join(answer_lines(fields[key], answer, translate))
        if key in fields
        else type_of(answer).plain(answer)
        for key, answer in revision.answers.items()
        if answer not in ("", ())
    }
    return answers | dict(revision.unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierFigures:
    """The figures of a unit over its last periods, oldest first. `obligations` has one report per
    period, `rows` one written figure per period for each indicator ("" = none)."""

    obligations: tuple[Obligation, ...]
    rows: tuple[tuple[Indicator, tuple[str, ...]], ...]


def earlier_figures(
    repository: SubmissionRepository, form: Form, unit: str, count: int = 6
) -> EarlierFigures:
    """The figures that `unit` has entered for `form` in the last `count` periods, oldest first."""
    today = repository.clock().date()
    owed = [
        repository.obligation(unit, form, period)
        for period in repository.obligations.current_periods(form, today, count)
        if unit in repository.obligations.owing_codes(form, period)
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
