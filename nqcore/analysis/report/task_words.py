"""The words of a task in the official document: who carries it out, by when, and how far it is."""

from __future__ import annotations

from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.task_standing import TaskStanding
from nqcore.model.handovers import Duty
from nqcore.model.period_names import official_period_name
from nqcore.model.targets import Task, TaskStatus
from nqcore.text.dates import write_date

STATUS_WORDS = {
    TaskStatus.DONE: "đã hoàn thành",
    TaskStatus.DOING: "đang thực hiện",
    TaskStatus.NOT_STARTED: "chưa triển khai",
    None: "chưa có báo cáo tiến độ",
}
"""None: neither a report nor a note says anything; that is not "chưa triển khai"."""


def who(review: Review, task: Task) -> str:
    """The name of who is responsible: a unit, or a body outside the tree."""
    return _name(review, task, task.responsible) if task.responsible else task.responsible_name


def cooperating(review: Review, task: Task) -> str:
    """The names of the units that help; "" for none."""
    return ", ".join(_name(review, task, code) for code in task.cooperating)


def _name(review: Review, task: Task, code: str) -> str:
    catalogue, end = review.catalogue, review.end
    if code not in catalogue.units:
        return f"“{code}” (đơn vị không còn trong danh sách)"
    found = catalogue.units.state(code, end).name
    if catalogue.bearer(code, Duty.TASK, task.id, end).decided:
        return found
    return f"{found} (đã kết thúc hoạt động, chưa xác định đơn vị kế thừa)"


def source(standing: TaskStanding) -> str:
    """Where its state stands: "theo báo cáo năm 2017"; "" where nothing is said of it."""
    if not standing.words:
        return ""
    newest = standing.words[0]
    if newest.period is None:
        return f"theo ghi nhận ngày {write_date(newest.at.date())}"
    return f"theo báo cáo {official_period_name(newest.period)}"


def since_then(standing: TaskStanding) -> str:
    """What is not known of a task whose deadline has passed since the last words on it."""
    known = standing.known_on or standing.day
    return f"chưa có báo cáo sau ngày {write_date(known)}"


def deadline(standing: TaskStanding, day: date) -> str:
    """By when, as it is said in a paper of that day. How far the task is, is known until the end of the
    review: a deadline that came between the two is named, and neither missed nor asked for."""
    by = standing.task.deadline
    if by is None:
        return "thường xuyên"
    if standing.done or (by >= day and not standing.passed):
        return f"hoàn thành trước ngày {write_date(by)}"
    state = STATUS_WORDS[standing.status]
    if standing.overdue:
        return f"đã quá thời hạn ngày {write_date(by)}, {state}"
    known = standing.known_on or standing.day
    return f"ngày {write_date(by)}, đến ngày {write_date(known)} {state}"
