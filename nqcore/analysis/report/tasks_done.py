"""The part "Tình hình thực hiện nhiệm vụ được giao": the tasks due in the span, and those reported on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.task_standing import TaskStanding, told_in_span
from nqcore.analysis.report.task_words import STATUS_WORDS, source, who
from nqcore.model.findings import Text
from nqcore.model.reports import Block, Heading, Paragraph
from nqcore.model.targets import TaskStatus
from nqcore.text.dates import write_date


def tasks_done(review: Review, wording: Callable[[str], str] = str) -> Iterator[Block]:
    """The heading, the counts, and a line for each task; nothing where there is nothing to say."""
    # A body outside the tree reports on its tasks elsewhere.
    told = [one for one in told_in_span(review) if one.task.responsible]
    if not told:
        return
    yield Heading("Tình hình thực hiện nhiệm vụ được giao")
    sources = {source(one) for one in told if one.words}
    common = sources.pop() if len(sources) == 1 else ""
    yield Paragraph((Text(_counts(told, common)),))
    for standing in told:
        yield Paragraph((Text(wording(_line(review, standing, common))),), label="-")


def _counts(told: Sequence[TaskStanding], common: str) -> str:
    """How many there are, and how many of them stand how; `common` is the source of all states."""
    counts = [
        f"{count} {STATUS_WORDS[status]}"
        for status in (TaskStatus.DONE, TaskStatus.DOING, TaskStatus.NOT_STARTED, None)
        if (count := sum(one.status is status for one in told))
    ]
    late = sum(one.overdue(one.day) for one in told)
    if late:
        counts.append(f"{late} đã quá thời hạn")
    text = f"có {len(told)} nhiệm vụ đến hạn hoặc được báo cáo trong kỳ: {', '.join(counts)}."
    text = f"{common}, {text}" if common else text
    return text[:1].upper() + text[1:]


def _line(review: Review, standing: TaskStanding, common: str) -> str:
    """ "Ban Tổ chức: Nâng cao vai trò …; đang thực hiện; thời hạn ngày 31/12/2018." """
    task, where = standing.task, source(standing)
    state = STATUS_WORDS[standing.status]
    if standing.done and task.deadline is None:
        state = f"{state} phần việc của kỳ báo cáo"
    parts = [
        f"{who(review, task)}: {task.title.rstrip('.')}",
        f"{state} ({where})" if where and where != common else state,
    ]
    if task.deadline is None:
        parts.append("tiếp tục thực hiện thường xuyên" if standing.done else "việc thường xuyên")
    elif standing.overdue(standing.day):
        parts.append(f"đã quá thời hạn ngày {write_date(task.deadline)}")
    elif not standing.done:
        parts.append(f"thời hạn ngày {write_date(task.deadline)}")
    return "; ".join(parts) + "."
