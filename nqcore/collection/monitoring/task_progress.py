"""How far a task is: what the responsible unit wrote in its reports, what was noted since, and whether
its deadline is over. The newest statement holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import TASK_NOTES
from nqcore.errors import N_, Conflict, InputError, NotAllowed
from nqcore.model.forms import TaskField
from nqcore.model.submissions import SubmissionState, TaskProgress, submission_id
from nqcore.model.targets import Task, TaskStatus
from nqcore.model.units import UnitTree
from nqcore.text.folding import nfc

LONGEST = 500
"""Characters of a note."""
LOOKED_AT = 44
"""Periods of a form that are looked through."""


class NoteTooLong(InputError):
    """More than a few lines."""

    code = "note-too-long"
    template = N_("The note has {length} characters, at most {most}. Shorten it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNote:
    """What somebody said of a task; `submission` is the report it stands in, "" for a note."""

    status: TaskStatus
    note: str
    by: str
    at: datetime
    submission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOverview:
    """A task with everything said of it, newest first. `days` to its deadline (negative: over; None:
    continuous work); `number` counts its notes."""

    task: Task
    said: tuple[ProgressNote, ...]
    days: int | None
    number: int

    @property
    def status(self) -> TaskStatus:
        """The newest word; not started where nobody said anything."""
        return self.said[0].status if self.said else TaskStatus.NOT_STARTED

    @property
    def overdue(self) -> int:
        """Days that the deadline is over while it is not done; else 0."""
        late = self.days is not None and self.days < 0 and self.status is not TaskStatus.DONE
        return -self.days if late and self.days is not None else 0


def task_overview(repository: SubmissionRepository, task: Task) -> TaskOverview:
    """How far `task` is today."""
    notes = _notes(repository, task)
    said = sorted((*_reported(repository, task), *notes), key=lambda one: one.at, reverse=True)
    today = repository.clock().date()
    return TaskOverview(
        task=task,
        said=tuple(said),
        days=None if task.deadline is None else (task.deadline - today).days,
        number=len(notes),
    )


def may_note(task: Task, by: Account, units: UnitTree) -> bool:
    """Who says how far a task is: people of the responsible unit, and whoever decides above it."""
    if not task.responsible:
        return any(by.may(Action.DECIDE, root.code, units) for root in units.roots)
    return any(by.may(one, task.responsible, units) for one in (Action.ENTER, Action.DECIDE))


def note_task(
    repository: SubmissionRepository,
    actor: Actor,
    task: Task,
    status: TaskStatus,
    note: str,
    *,
    base: int | None = None,
) -> TaskOverview:
    """Note the progress of `task`; `base` is how many notes the user saw. Raises NotAllowed,
    NoteTooLong, Conflict."""
    if not may_note(task, actor.account, repository.catalogue.units):
        raise NotAllowed(account=actor.login, action=Action.ENTER.value, unit=task.who)
    words = nfc(note).strip()
    if len(words) > LONGEST:
        raise NoteTooLong(length=len(words), most=LONGEST)
    at = actor.at
    with repository.store.change(by=actor.login, do="note-task", why=words, at=at) as change:
        doc: Mapping[str, Any] = change.get(TASK_NOTES, f"|{task.id}") or {"said": []}
        before = doc["said"]
        if base is not None and base != len(before):
            raise Conflict(who=before[-1]["by"] if before else "", now=len(before), yours=base)
        new = {"status": status.value, "note": words, "by": actor.login, "at": at.isoformat()}
        change.put(TASK_NOTES, f"|{task.id}", {"unit": task.responsible, "said": [*before, new]})
    return task_overview(repository, task)


def _notes(repository: SubmissionRepository, task: Task) -> tuple[ProgressNote, ...]:
    doc = repository.store.get(TASK_NOTES, f"|{task.id}")
    return tuple(
        ProgressNote(
            status=TaskStatus(one["status"]),
            note=one["note"],
            by=one["by"],
            at=datetime.fromisoformat(one["at"]),
        )
        for one in (doc["said"] if doc is not None else ())
    )


def _reported(repository: SubmissionRepository, task: Task) -> Iterator[ProgressNote]:
    """What the responsible unit wrote of it in reports that were sent; where it was inherited, each
    period's own."""
    if not task.responsible or task.responsible not in repository.catalogue.units:
        return
    today: date = repository.clock().date()
    for form in repository.catalogue.forms.values():
        keys = [f.key for f in form.fields if isinstance(f, TaskField) and f.task == task.id]
        if not keys or not repository.obligations.usable(form):
            continue
        for period in repository.obligations.current_periods(form, today, LOOKED_AT):
            then = repository.catalogue.task_at(task.id, min(period.end, today))
            id = submission_id(period.code, form.id, then.responsible)
            revision = repository.revision(id)
            if revision is None or revision.state not in (
                SubmissionState.SENT,
                SubmissionState.ACCEPTED,
            ):
                continue
            answer = revision.answers.get(keys[0])
            if isinstance(answer, TaskProgress):
                at = revision.first_sent or revision.at
                sender = next(
                    (r.by for r in reversed(repository.revisions(id)) if r.step.value == "send"),
                    revision.by,
                )
                yield ProgressNote(
                    status=answer.status, note=answer.note, by=sender, at=at, submission=id
                )
