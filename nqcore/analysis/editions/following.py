"""Review after review: what the last edition set as tasks, and which shortcomings it said already.

edition = previous_edition(review)             # None: there is no earlier one
repeated(finding, edition)                     # a shortcoming that it said, too
said_in(review, edition)                       # "đã nêu tại báo cáo năm 2017, ngày 05/10/2018"
last_tasks(review, edition, verdict.findings)  # done, not done, by whom, with the findings of now
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.analysis.editions.edition import Edition, EditionHead, ReviewAddress
from nqcore.analysis.editions.register import EditionRegister
from nqcore.analysis.findings import Review
from nqcore.analysis.findings.task_standing import TaskStanding, task_standings
from nqcore.errors import NqError
from nqcore.model.findings import Finding, FindingKind
from nqcore.model.period_names import official_period_name
from nqcore.model.periods import Period
from nqcore.model.reports import Report
from nqcore.text.dates import write_date

TASK_BLOCK = "task:"
"""The name of a block that sets a task begins with it; the task's id follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTask:
    """A task of the last edition as it stands now: `standing` says how far it is, who carries it out and
    by when; `findings` are the shortcomings of now that it answers, with their figures."""

    standing: TaskStanding
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTasks:
    """The tasks that the last edition set, in its order. `gone`: the ids of those that no definition has
    any more, or that the review's unit has not."""

    tasks: tuple[LastTask, ...]
    gone: tuple[str, ...]

    @property
    def done(self) -> tuple[LastTask, ...]:
        """Those that are done."""
        return tuple(one for one in self.tasks if one.standing.done)

    @property
    def open(self) -> tuple[LastTask, ...]:
        """Those that are not done, or never end."""
        return tuple(one for one in self.tasks if not one.standing.done)


def previous_edition(review: Review) -> Edition | None:
    """The last edition before this review: of the same directive, unit and boundaries, frozen by the day of
    the review, of a span that ended earlier; of several the one whose span ended last, and of one review
    its newest. None where there is none."""
    register = EditionRegister(review.repository.store)
    asked = ReviewAddress.of(review)
    found: list[tuple[date, int, str]] = []
    for head in register.heads(asked.directive, asked.unit):
        span = _span(review, head)
        known = head.boundaries == asked.boundaries and head.at.date() <= review.as_of
        if known and span is not None and span.end < review.span.end:
            found.append((span.end, int(head.id), head.id))
    return register[max(found)[2]] if found else None


def repeated(finding: Finding, edition: EditionHead) -> bool:
    """Whether the finding is a shortcoming that the edition said already, by the same rule."""
    if finding.kind is not FindingKind.SHORTCOMING:
        return False
    return (finding.kind.value, finding.rule) in edition.findings


def said_in(review: Review, edition: Edition) -> str:
    """Where it was said, for the document: "đã nêu tại báo cáo năm 2017, ngày 05/10/2018"; with the number
    of the signed document where the edition has it."""
    report, span = edition.report, _span(review, edition)
    if report.number:
        which = f"Báo cáo số {report.number}{report.letterhead.symbol}"
    else:
        which = f"báo cáo {official_period_name(span) if span else edition.span}"
    return f"đã nêu tại {which}, ngày {write_date(report.date)}"


def last_tasks(review: Review, edition: Edition, findings: Iterable[Finding]) -> LastTasks:
    """The tasks that the edition set, as they stand at the end of the review. `findings`: those of the
    review."""
    standings = {one.task.id: one for one in task_standings(review)}
    short = [one for one in findings if one.kind is FindingKind.SHORTCOMING]
    answered = [(one, {task.id for task in review.tasks_of(one)}) for one in short]
    ids = tuple(dict.fromkeys(tasks_set(edition.report)))
    return LastTasks(
        tasks=tuple(
            LastTask(
                standing=standings[id],
                findings=tuple(finding for finding, tasks in answered if id in tasks),
            )
            for id in ids
            if id in standings
        ),
        gone=tuple(id for id in ids if id not in standings),
    )


def tasks_set(report: Report) -> Iterator[str]:
    """The ids of the tasks that the report sets, in its order."""
    for block in report.body:
        if block.block.startswith(TASK_BLOCK):
            yield block.block.removeprefix(TASK_BLOCK).partition("#")[0]


def _span(review: Review, head: EditionHead) -> Period | None:
    try:
        return review.totals.obligations.read(head.span)
    except NqError:  # the calendar that had it is gone
        return None
