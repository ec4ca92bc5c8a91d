"""The annex with the tasks: what is to be done, by whom, by when, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.task_standing import TaskStanding, task_standings
from nqcore.analysis.report.task_words import STATUS_WORDS, cooperating, source, who
from nqcore.analysis.report.tasks_done import PART_DONE
from nqcore.model.reports import Table
from nqcore.model.targets import TaskStatus
from nqcore.text.dates import write_date

BLOCK = "table:tasks"
_COLUMNS = ("TT", "Nhiệm vụ, giải pháp", "Chủ trì", "Phối hợp", "Thời hạn", "Tình hình")


def task_table(review: Review) -> Iterator[Table]:
    """The table of all tasks of the review, as they are at its end. None where there is no task."""
    found = task_standings(review)
    if found:
        yield Table(
            caption="Phân công thực hiện nhiệm vụ, giải pháp",
            columns=_COLUMNS,
            rows=tuple(_row(review, nth, one) for nth, one in enumerate(found, 1)),
            block=BLOCK,
        )


def _row(review: Review, nth: int, standing: TaskStanding) -> tuple[str, ...]:
    task = standing.task
    return (
        str(nth),
        task.title.rstrip("."),
        who(review, task),
        cooperating(review, task),
        write_date(task.deadline) if task.deadline else "Thường xuyên",
        _state(standing),
    )


def _state(standing: TaskStanding) -> str:
    part = standing.status is TaskStatus.DONE and not standing.done
    words = PART_DONE if part else STATUS_WORDS[standing.status]
    where = source(standing)
    text = f"{words} ({where})" if where else words
    text += "; đã quá thời hạn" if standing.overdue else ""
    return text[:1].upper() + text[1:]
