"""The annex with the tasks: what is to be done, by whom, by when, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.task_standing import TaskStanding, task_standings
from nqcore.analysis.report.sentences import write_count
from nqcore.analysis.report.task_words import STATUS_WORDS, cooperating, since_then, source, who
from nqcore.analysis.report.tasks_done import PART_DONE, told_here
from nqcore.model.outlines import Content
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
            notes=tuple(_beside(review, found)),
            block=BLOCK,
        )


def _beside(review: Review, rows: Sequence[TaskStanding]) -> Iterator[str]:
    """Why the table has more tasks than the text counts, where the outline has a text that counts them."""
    counts = any(take.what is Content.TASKS_DONE for _part, take in review.outline.takes)
    told = {one.task.id for one in told_here(review)}
    others = [one for one in rows if one.task.id not in told]
    if not counts or not told or not others:
        return
    outside = sum(not one.task.responsible for one in others)
    why = []
    if outside:
        why.append(
            f"{write_count(outside)} nhiệm vụ do cơ quan không thuộc danh sách đơn vị báo cáo chủ trì"
        )
    if len(others) > outside:
        rest = write_count(len(others) - outside)
        why.append(
            f"{rest} nhiệm vụ không đến hạn, không được báo cáo trong kỳ hoặc đơn vị chỉ phối hợp"
        )
    yield (
        f"Biểu có {write_count(len(rows))} nhiệm vụ được giao; phần tình hình thực hiện nhiệm vụ nêu "
        f"{write_count(len(told))} nhiệm vụ của kỳ, không nêu {' và '.join(why)}."
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
    if standing.overdue:
        text += "; đã quá thời hạn"
    elif standing.unanswered:
        text += f"; {since_then(standing)}"
    return text[:1].upper() + text[1:]
