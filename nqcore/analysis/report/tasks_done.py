"""What a part "Tình hình thực hiện nhiệm vụ" takes in: the tasks due in the span, and those reported on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from nqcore.analysis.findings import Review, Verdict
from nqcore.analysis.findings.task_standing import (
    TaskStanding,
    is_due,
    is_only_owed,
    task_standings,
    told_in_span,
)
from nqcore.analysis.report.earlier import EarlierReview
from nqcore.analysis.report.task_figures import TaskFigures
from nqcore.analysis.report.task_words import STATUS_WORDS, since_then, source, who
from nqcore.model.findings import Text
from nqcore.model.reports import Block, Paragraph
from nqcore.model.targets import TaskStatus
from nqcore.text.dates import write_date

TASK_LINE = "done:"
"""Begins the name of the block with the line of a task."""
PART_DONE = "đã thực hiện phần việc của kỳ báo cáo"
"""What is said of a standing task that was reported as done."""


def tasks_done(
    review: Review,
    wording: Callable[[str], str] = str,
    *,
    lead: str = "",
    earlier: EarlierReview | None = None,
    verdict: Verdict | None = None,
) -> Iterator[Block]:
    """What became of the tasks that the last review gave, then the counts of those that are due or reported
    on in the span, and a line for each task; nothing where there is nothing to say. `lead`: the name of the
    block with the counts. With the `verdict` of the review the line of a task that the last review gave says
    in figures what became of the shortcomings that it was to correct."""
    promised = _promised(review, earlier)
    if promised and earlier is not None:
        yield Paragraph((Text(_kept(promised, earlier)),), block=f"{lead}.promised")
    told = told_here(review)
    ids = {one.task.id for one in told}
    first = [one for one in promised if one.task.id not in ids]
    if told:
        yield _counted(review, told, lead)
    common = _common(told)
    figures = TaskFigures(earlier, verdict) if earlier is not None and verdict is not None else None
    for standing in (*first, *told):
        line = wording(_line(review, standing, common))
        pieces = tuple(figures.of(standing.task)) if figures and standing in promised else ()
        yield Paragraph(
            (Text(line.removesuffix(".")), *pieces, Text(".")) if pieces else (Text(line),),
            label="-",
            block=f"{TASK_LINE}{standing.task.id}",
        )


def told_here(review: Review) -> list[TaskStanding]:
    """The tasks that the counts are of. A body outside the tree reports on its tasks elsewhere."""
    return [one for one in told_in_span(review) if one.task.responsible]


def _promised(review: Review, earlier: EarlierReview | None) -> list[TaskStanding]:
    """The tasks that the last review gave, in its order, as they are now."""
    if earlier is None:
        return []
    standings = {one.task.id: one for one in task_standings(review)}
    return [standings[id] for id in earlier.tasks if id in standings]


def _kept(promised: Sequence[TaskStanding], earlier: EarlierReview) -> str:
    """ "Trong 6 nhiệm vụ, giải pháp nêu tại Báo cáo số 12-BC/HU, ngày …: 1 đã hoàn thành, …" """
    of = f"Trong {len(promised)} nhiệm vụ" if len(promised) > 1 else "Nhiệm vụ"
    states = _by_state(promised) if len(promised) > 1 else _state(promised[0])
    return f"{of}, giải pháp nêu tại {earlier.name}: {states}."


def _common(told: Sequence[TaskStanding]) -> str:
    """The one source of all states; "" where there are several."""
    sources = {source(one) for one in told if one.words}
    return sources.pop() if len(sources) == 1 else ""


def _counted(review: Review, told: Sequence[TaskStanding], lead: str) -> Paragraph:
    return Paragraph((Text(_counts(review, told, _common(told))),), block=lead)


def _by_state(told: Sequence[TaskStanding]) -> str:
    """ "1 đã hoàn thành, 4 đang thực hiện, trong đó 1 đã quá thời hạn": how many there are of each state,
    which together are all, then how many of them are late, and how many have a deadline that came after the
    last words on them."""
    states = Counter(map(_state, told))
    order = (STATUS_WORDS[TaskStatus.DONE], PART_DONE, *STATUS_WORDS.values())
    counts = [f"{states[state]} {state}" for state in dict.fromkeys(order) if states[state]]
    late = sum(one.overdue for one in told)
    if late:
        counts.append(f"trong đó {late} đã quá thời hạn")
    open_now = sum(one.unanswered for one in told)
    if open_now:
        which = f"{open_now} đã đến hạn nhưng chưa có báo cáo mới"
        counts.append(which if late else f"trong đó {which}")
    return ", ".join(counts)


def _counts(review: Review, told: Sequence[TaskStanding], common: str) -> str:
    """How many there are, and how many of them stand how; `common` is the source of all states."""
    text = f"có {len(told)} nhiệm vụ {_which(review, told)}: {_by_state(told)}."
    text = f"{common}, {text}" if common else text
    return text[:1].upper() + text[1:]


def _which(review: Review, told: Sequence[TaskStanding]) -> str:
    """Why they stand there: they are due, or reported on, or were due before."""
    due = sum(is_due(review, one.task) for one in told)
    owed = sum(is_only_owed(review, one) for one in told)
    why = ["đến hạn"] if due else []
    if due + owed < len(told):
        why.append("được báo cáo")
    named = [f"{' hoặc '.join(why)} trong kỳ"] if why else []
    if owed:
        named.append("đến hạn từ kỳ trước")
    return " hoặc ".join(named)


def _state(standing: TaskStanding) -> str:
    """How far it is; work without a deadline is never finished."""
    if standing.status is TaskStatus.DONE and not standing.done:
        return PART_DONE
    return STATUS_WORDS[standing.status]


def _line(review: Review, standing: TaskStanding, common: str) -> str:
    """ "Ban Tổ chức: Nâng cao vai trò …; đang thực hiện; thời hạn ngày 31/12/2018." """
    task, where = standing.task, source(standing)
    state = _state(standing)
    parts = [
        f"{who(review, task)}: {task.title.rstrip('.')}",
        f"{state} ({where})" if where and where != common else state,
    ]
    if task.deadline is None:
        goes_on = "tiếp tục thực hiện thường xuyên"
        parts.append(goes_on if state == PART_DONE else "việc thường xuyên")
    elif standing.overdue:
        parts.append(f"đã quá thời hạn ngày {write_date(task.deadline)}")
    elif standing.unanswered:
        parts.append(f"đến hạn ngày {write_date(task.deadline)}, {since_then(standing)}")
    elif not standing.done:
        parts.append(f"thời hạn ngày {write_date(task.deadline)}")
    return "; ".join(parts) + "."
