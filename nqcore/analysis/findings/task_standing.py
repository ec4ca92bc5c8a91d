"""How far the tasks of a review are at its end: by accepted reports and by what was noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from nqcore.analysis.findings.review import Review
from nqcore.collection.monitoring.task_progress import task_notes
from nqcore.model.fields import TaskField, TaskProgress
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.targets import Task, TaskStatus
from nqcore.model.units import EVERY_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWord:
    """What a report of `period`, or (None) a note, says of a task; `at`: when it was first sent or noted."""

    status: TaskStatus
    at: datetime
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStanding:
    """A task as it holds for the review's unit, and `words`, the newest first: what was said of it until
    `day`, the end of the review."""

    task: Task
    words: tuple[TaskWord, ...]
    day: date

    @property
    def status(self) -> TaskStatus | None:
        """The newest status; None: neither a report nor a note says anything."""
        return self.words[0].status if self.words else None

    @property
    def done(self) -> bool:
        """Whether the task is finished; work without a deadline never is."""
        return self.task.deadline is not None and self.status is TaskStatus.DONE

    @property
    def passed(self) -> bool:
        """Whether its deadline was over at the end of the review, and the task was not known to be done: the
        one answer for the body and the annex of a paper, whatever the date of the paper."""
        deadline = self.task.deadline
        return deadline is not None and deadline < self.day and not self.done

    @property
    def overdue(self) -> bool:
        """Whether it is known that the deadline was missed: it has passed, and what was said last was said of
        that day or a later one. What a report of June says is no answer for a deadline of September."""
        known = self.known_on
        return self.passed and (known is None or (self.task.deadline or known) <= known)

    @property
    def unanswered(self) -> bool:
        """Whether the deadline has passed, and nothing was said of the task since."""
        return self.passed and not self.overdue

    @property
    def known_on(self) -> date | None:
        """The day of which the newest words are: the last of their period, or that of the note; None without
        words."""
        if not self.words:
            return None
        newest = self.words[0]
        return newest.at.date() if newest.period is None else newest.period.end


def task_standings(review: Review) -> tuple[TaskStanding, ...]:
    """All tasks of the review, in order."""
    return tuple(_standing(review, task) for task in review.tasks())


def told_in_span(review: Review) -> tuple[TaskStanding, ...]:
    """The tasks of which a review of that span tells: their deadline lies in it, or before it and they are
    not done, or something was said of them in it. A unit below the top tells of those that it, or a unit
    under it, carries out."""
    below = {unit.code for unit in review.units(EVERY_UNIT)} if review.unit.parent else None
    return tuple(
        one
        for one in task_standings(review)
        if (below is None or one.task.responsible in below)
        and (is_due(review, one.task) or _was_spoken_of(review, one) or is_only_owed(review, one))
    )


def is_due(review: Review, task: Task) -> bool:
    """Whether its deadline lies in the span of the review."""
    return task.deadline is not None and review.span.start <= task.deadline <= review.span.end


def is_only_owed(review: Review, standing: TaskStanding) -> bool:
    """Whether its deadline was over before the span of the review, it is not done, and nothing was said of it
    in the span."""
    deadline = standing.task.deadline
    before = deadline is not None and deadline < review.span.start and standing.passed
    return before and not _was_spoken_of(review, standing)


def _was_spoken_of(review: Review, standing: TaskStanding) -> bool:
    start = review.span.start
    return any((one.period.end if one.period else one.at.date()) >= start for one in standing.words)


def _standing(review: Review, task: Task) -> TaskStanding:
    noted = (
        TaskWord(status=note.status, at=note.at)
        for note in task_notes(review.repository, task)
        if note.at.date() <= review.end
    )
    # Reversed, not `reverse=True`: of two words of the same moment the later one counts.
    oldest_first = sorted((*_reported(review, task), *noted), key=lambda one: one.at)
    return TaskStanding(task=task, words=tuple(reversed(oldest_first)), day=review.end)


def _reported(review: Review, task: Task) -> Iterator[TaskWord]:
    """What accepted reports of the unit that was responsible in each period say; also of forms of other
    directives: a plan's tasks may be asked in the form of the resolution above it."""
    for form in review.catalogue.forms.values():
        keys = [f.key for f in form.fields if isinstance(f, TaskField) and f.task == task.id]
        if keys and review.totals.obligations.has_calendar(form):
            yield from _in_form(review, task, form, keys[0])


def _in_form(review: Review, task: Task, form: Form, key: str) -> Iterator[TaskWord]:
    for period in review.periods_until_the_end(form):
        unit = _responsible(review, task, period.end)
        revision = review.accepted(form, period, unit) if unit in review.catalogue.units else None
        answer = revision.answers.get(key) if revision is not None else None
        if revision is not None and isinstance(answer, TaskProgress):
            at = revision.first_sent or revision.at
            yield TaskWord(status=answer.status, at=at, period=period)


def _responsible(review: Review, task: Task, on: date) -> str:
    """The unit that was responsible on that day; "" for a body outside the tree."""
    catalogue = review.catalogue
    then = catalogue.task_at(task.id, on)
    return catalogue.overlaid("task", task.id, then, review.unit.code, on)[0].responsible
