"""The progress of a task: what the responsible unit wrote in its reports, what users noted besides, and
whether its deadline is over. The newest entry counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nqcore.collection.accounts.access import WORDS, Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import TASK_NOTES
from nqcore.errors import N_, Conflict, InputError, NotAllowed, Phrase
from nqcore.model.codec import Codec
from nqcore.model.fields import TaskField, TaskProgress
from nqcore.model.submissions import Step, SubmissionState, submission_id
from nqcore.model.targets import Task, TaskStatus
from nqcore.text.folding import nfc
from nqcore.text.old_encodings import check_letters

MAX_PROGRESS_NOTE = 500
"""Characters of a note, at most."""
PERIODS_READ = 44
"""The newest periods of a form in which the progress of a task is looked for: eleven years of quarters."""


class NoteTooLong(InputError):
    """The note has more than MAX_PROGRESS_NOTE characters."""

    code = "note-too-long"
    template = N_("The note has {length} characters, at most {most}. Shorten it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNote:
    """What a user wrote about the progress of a task: in the report with the id `submission`, or ("") as a
    note."""

    status: TaskStatus
    note: str
    by: str
    at: datetime
    submission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOverview:
    """A task with its progress, newest entry first: what reports say and what was noted.

    `days` are left until its deadline (negative: it is over; None: the work is continuous). `note_count`
    counts only the notes."""

    task: Task
    progress: tuple[ProgressNote, ...]
    days: int | None
    note_count: int

    @property
    def status(self) -> TaskStatus:
        """The status of the newest entry; without any the task is not started."""
        return self.progress[0].status if self.progress else TaskStatus.NOT_STARTED

    @property
    def overdue(self) -> int:
        """For how many days the deadline is over while the task is not done; else 0."""
        late = self.days is not None and self.days < 0 and self.status is not TaskStatus.DONE
        return -self.days if late and self.days is not None else 0


def task_overview(repository: SubmissionRepository, task: Task) -> TaskOverview:
    """The progress of `task` until today."""
    notes = task_notes(repository, task)
    # Reversed, not `reverse=True`: of two notes of the same moment the later one counts.
    oldest_first = sorted((*_reported(repository, task), *notes), key=lambda one: one.at)
    today = repository.clock().date()
    return TaskOverview(
        task=task,
        progress=tuple(reversed(oldest_first)),
        days=None if task.deadline is None else (task.deadline - today).days,
        note_count=len(notes),
    )


def may_note(task: Task, actor: Actor) -> bool:
    """Whether the actor may note the progress of the task: it may enter or decide for the responsible
    unit; for a task of no unit, it may decide for a unit at the top."""
    if not task.responsible:
        return any(actor.may(Action.DECIDE, root.code) for root in actor.tree.roots)
    return any(actor.may(action, task.responsible) for action in (Action.ENTER, Action.DECIDE))


def note_task(
    repository: SubmissionRepository,
    actor: Actor,
    task: Task,
    status: TaskStatus,
    note: str,
    *,
    base: int | None = None,
) -> TaskOverview:
    """Note the progress of `task`. `base` is the number of notes that the user saw (None: not checked).
    Raises NotAllowed, NoteTooLong, MisreadText, Conflict (another user has noted something since)."""
    if not may_note(task, actor):
        raise NotAllowed(account=actor.login, action=Phrase(WORDS[Action.ENTER]), unit=task.who)
    text = nfc(note).strip()
    check_letters(text)
    if len(text) > MAX_PROGRESS_NOTE:
        raise NoteTooLong(length=len(text), most=MAX_PROGRESS_NOTE)
    at = actor.at
    with repository.store.change(by=actor.login, do="note-task", why=text, at=at) as change:
        doc: Mapping[str, Any] = change.get(TASK_NOTES, f"|{task.id}") or {"said": []}
        before = doc["said"]
        if base is not None and base != len(before):
            raise Conflict(who=before[-1]["by"] if before else "", now=len(before), yours=base)
        new = _NOTE.to_doc(ProgressNote(status=status, note=text, by=actor.login, at=at))
        change.put(TASK_NOTES, f"|{task.id}", {"unit": task.responsible, "said": [*before, new]})
    return task_overview(repository, task)


_NOTE = Codec(ProgressNote, optional={"submission"})


def task_notes(repository: SubmissionRepository, task: Task) -> tuple[ProgressNote, ...]:
    """The notes on the task, oldest first."""
    doc = repository.store.get(TASK_NOTES, f"|{task.id}")
    return tuple(_NOTE.from_doc(one) for one in (doc["said"] if doc is not None else ()))


def _reported(repository: SubmissionRepository, task: Task) -> Iterator[ProgressNote]:
    """What the responsible unit wrote about the task in reports that it sent. If the task was handed over,
    each period has the unit that was responsible then."""
    if not task.responsible or task.responsible not in repository.catalogue.units:
        return
    today: date = repository.clock().date()
    for form in repository.catalogue.forms.values():
        keys = [f.key for f in form.fields if isinstance(f, TaskField) and f.task == task.id]
        if not keys or not repository.obligations.has_calendar(form):
            continue
        for period in repository.obligations.current_periods(form, today, PERIODS_READ):
            then = repository.catalogue.task_at(task.id, min(period.end, today))
            found = _in_report(
                repository, submission_id(period.code, form.id, then.responsible), keys[0]
            )
            if found is not None:
                yield found


def _in_report(repository: SubmissionRepository, id: str, key: str) -> ProgressNote | None:
    """The answer to the task field `key` in the submission `id`, if that was sent."""
    revision = repository.revision(id)
    if revision is None or revision.state not in (SubmissionState.SENT, SubmissionState.ACCEPTED):
        return None
    answer = revision.answers.get(key)
    if not isinstance(answer, TaskProgress):
        return None
    sendings = (r for r in reversed(repository.revisions(id)) if r.step is Step.SEND)
    return ProgressNote(
        status=answer.status,
        note=answer.note,
        by=next((r.by for r in sendings), revision.by),
        at=revision.first_sent or revision.at,
        submission=id,
    )
