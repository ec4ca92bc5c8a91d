"""What a part "Tình hình thực hiện nhiệm vụ" takes in: the tasks due in the span, and those reported on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.task_standing import (
    TaskStanding,
    is_due,
    task_standings,
    told_in_span,
)
from nqcore.analysis.report.earlier import EarlierReview
from nqcore.analysis.report.task_words import STATUS_WORDS, source, who
from nqcore.model.findings import Text
from nqcore.model.reports import Block, Paragraph
from nqcore.model.targets import TaskStatus
from nqcore.text.dates import write_date

PART_DONE = "đã thực hiện phần việc của kỳ báo cáo"
"""What is said of a standing task that was reported as done."""


def tasks_done(
    review: Review,
    wording: Callable[[str], str] = str,
    *,
    lead: str = "",
    earlier: EarlierReview | None = None,
) -> Iterator[Block]:
    """What became of the tasks that the last review gave, then the counts of those that are due or reported
    on in the span, and a line for each task; nothing where there is nothing to say. `lead`: the name of the
    block with the counts."""
    promised = _promised(review, earlier)
    if promised and earlier is not None:
        yield Paragraph((Text(_kept(promised, earlier)),), block=f"{lead}.promised")
    # A body outside the tree reports on its tasks elsewhere.
    told = [one for one in told_in_span(review) if one.task.responsible]
    ids = {one.task.id for one in told}
    first = [one for one in promised if one.task.id not in ids]
    if told:
        yield _counted(review, told, lead)
    common = _common(told)
    for standing in (*first, *told):
        yield Paragraph(
            (Text(wording(_line(review, standing, common))),),
            label="-",
            block=f"done:{standing.task.id}",
        )


def _promised(review: Review, earlier: EarlierReview | None) -> list[TaskStanding]:
    """The tasks that the last review gave, in its order, as they are now."""
    if earlier is None:
        return []
    standings = {one.task.id: one for one in task_standings(review)}
    return [standings[id] for id in earlier.tasks if id in standings]


def _kept(promised: Sequence[TaskStanding], earlier: EarlierReview) -> str:
    """ "Trong 6 nhiệm vụ, giải pháp nêu tại Báo cáo số 12-BC/HU, ngày …: 1 đã hoàn thành, …" """
    late = sum(one.overdue(one.day) for one in promised)
    counts = [*_by_state(promised), *([f"{late} đã quá thời hạn"] if late else [])]
    of = f"Trong {len(promised)} nhiệm vụ" if len(promised) > 1 else "Nhiệm vụ"
    states = ", ".join(counts) if len(promised) > 1 else _state(promised[0])
    return f"{of}, giải pháp nêu tại {earlier.name}: {states}."


def _common(told: Sequence[TaskStanding]) -> str:
    """The one source of all states; "" where there are several."""
    sources = {source(one) for one in told if one.words}
    return sources.pop() if len(sources) == 1 else ""


def _counted(review: Review, told: Sequence[TaskStanding], lead: str) -> Paragraph:
    return Paragraph((Text(_counts(review, told, _common(told))),), block=lead)


def _by_state(told: Iterable[TaskStanding]) -> list[str]:
    """ "1 đã hoàn thành", "4 đang thực hiện": how many there are of each state."""
    states = Counter(map(_state, told))
    order = (STATUS_WORDS[TaskStatus.DONE], PART_DONE, *STATUS_WORDS.values())
    return [f"{states[state]} {state}" for state in dict.fromkeys(order) if states[state]]


def _counts(review: Review, told: Sequence[TaskStanding], common: str) -> str:
    """How many there are, and how many of them stand how; `common` is the source of all states."""
    counts = _by_state(told)
    late = sum(one.overdue(one.day) for one in told)
    if late:
        counts.append(f"{late} đã quá thời hạn")
    due = sum(is_due(review, one.task) for one in told)
    which = "đến hạn hoặc được báo cáo" if due else "được báo cáo"
    text = f"có {len(told)} nhiệm vụ {which} trong kỳ: {', '.join(counts)}."
    text = f"{common}, {text}" if common else text
    return text[:1].upper() + text[1:]


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
    elif standing.overdue(standing.day):
        parts.append(f"đã quá thời hạn ngày {write_date(task.deadline)}")
    elif not standing.done:
        parts.append(f"thời hạn ngày {write_date(task.deadline)}")
    return "; ".join(parts) + "."
