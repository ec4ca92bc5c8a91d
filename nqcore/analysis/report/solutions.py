"""What a part "Nhiệm vụ, giải pháp" takes in: what answers the shortcomings of a review.

A task is printed when it answers a shortcoming that this review prints. A review none of whose shortcomings
is answered prints the tasks that go on: continuous ones, and those that are not done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.task_standing import TaskStanding, task_standings
from nqcore.analysis.report.task_words import cooperating, deadline, who
from nqcore.errors import N_, Phrase
from nqcore.model.findings import Finding, Text
from nqcore.model.reports import Block, Paragraph
from nqcore.model.targets import TaskStatus

Wording = Callable[[str], str]
"""The last touch of a printed text, such as citations that are short after the first."""


def solutions(
    review: Review,
    shortcomings: Sequence[Finding],
    day: date,
    wording: Wording = str,
    *,
    lead: str = "",
    leads: Callable[[int], str] | None = None,
    tails: bool = True,
) -> Iterator[Block]:
    """One paragraph for each task, with what leads to them; nothing without a task. `shortcomings` are the
    printed ones, `day` the date of the document, `lead` the name of what leads to them. `leads`: the
    outline's words for so many tasks ("": those of the program). `tails`: each says who carries it out and
    by when; without them a table of the annex does."""
    chosen = _chosen(review, shortcomings)
    if chosen:
        why = "Để khắc phục những tồn tại, hạn chế nêu trên, trong" if shortcomings else "Trong"
        text = f"{why} thời gian tới tập trung thực hiện các nhiệm vụ, giải pháp sau:"
        yield Paragraph(
            (Text((leads and leads(len(chosen))) or text),),
            block=lead,
        )
    for nth, standing in enumerate(chosen, 1):
        yield Paragraph(
            (Text(wording(_sentence(review, standing, day, tails))),),
            label=f"{nth}.",
            block=f"task:{standing.task.id}",
        )


_LEFT_OUT = {
    TaskStatus.DOING: N_("A task under way that the part on solutions does not name: {title}."),
    TaskStatus.NOT_STARTED: N_(
        "A task not begun that the part on solutions does not name: {title}."
    ),
}
"""What is said to the office of a task without a place."""


def unanswered(review: Review, shortcomings: Sequence[Finding]) -> tuple[Phrase, ...]:
    """For the office: the shortcomings that no task answers, or only tasks that are done."""
    going_on = {one.task.id for one in task_standings(review) if not one.done}
    return tuple(
        Phrase(N_("No task answers the shortcoming: {title}."), {"title": finding.title})
        for finding in shortcomings
        if not going_on & {task.id for task in review.tasks_of(finding)}
    )


def unfinished(review: Review, shortcomings: Sequence[Finding]) -> tuple[Phrase, ...]:
    """For the office: the tasks that are reported as unfinished and that the part does not contain, because
    no shortcoming of this review leads to them."""
    chosen = {one.task.id for one in _chosen(review, shortcomings)}
    return tuple(
        Phrase(_LEFT_OUT[one.status], {"title": one.task.title.rstrip(".")})
        for one in task_standings(review)
        if one.status in _LEFT_OUT and one.task.id not in chosen
    )


def _chosen(review: Review, shortcomings: Sequence[Finding]) -> list[TaskStanding]:
    going_on = [one for one in task_standings(review) if not one.done]
    linked = {task.id for finding in shortcomings for task in review.tasks_of(finding)}
    return [one for one in going_on if one.task.id in linked] or going_on


def _sentence(review: Review, standing: TaskStanding, day: date, tails: bool) -> str:
    task = standing.task
    if not tails:
        return f"{task.title.rstrip('.')}."
    clauses = [f"Chủ trì: {who(review, task)}"]
    if helping := cooperating(review, task):
        clauses.append(f"phối hợp: {helping}")
    clauses.append(f"thời hạn: {deadline(standing, day)}")
    return f"{task.title.rstrip('.')}. {'; '.join(clauses)}."
