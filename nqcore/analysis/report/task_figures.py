"""What became of the shortcomings that a task of the last review was to correct: figures then and now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nqcore.analysis.findings import Verdict
from nqcore.analysis.report.earlier import EarlierReview, LiveNumber, live_numbers, same_number
from nqcore.analysis.report.sentences import text_of
from nqcore.model.findings import (
    Finding,
    FindingKind,
    Piece,
    SilentState,
    Text,
    UnitCount,
)
from nqcore.model.targets import Task


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """The shortcomings of the last review beside those of now."""

    earlier: EarlierReview
    verdict: Verdict

    def of(self, task: Task) -> Iterator[Piece]:
        """The clauses that follow the state of the task: "; tồn tại “…”: báo cáo trước 3 trong 16 đơn vị, nay
        2 trong 16 đơn vị". Nothing of a shortcoming that the last review did not print, or whose rule cannot
        be answered now."""
        for rule in task.answers:
            if self.earlier.repeats(rule):
                yield from self._clause(rule)

    def _clause(self, rule: str) -> Iterator[Piece]:
        found = [one for one in self.verdict.of(FindingKind.SHORTCOMING) if one.rule == rule]
        if found:
            now = next(_said_of(found[0]), None)
            then = self.earlier.number_like(rule, now) if now is not None else None
            yield from _there(found[0].title, then, now)
            return
        for silent in self.verdict.silent:
            if silent.rule == rule and silent.state is SilentState.DOES_NOT_HOLD:
                yield from _gone(silent.title, self.earlier.count_of(rule))


def _said_of(finding: Finding) -> Iterator[LiveNumber]:
    """The numbers that say how large the shortcoming is: of how many units it is true, and the figures of
    what is claimed. Other numbers of the sentence count reports, or the units that there are."""
    subjects = {claim.subject for claim in finding.claims}
    for number in live_numbers(finding.sentence):
        if isinstance(number, UnitCount):
            if number.among:
                yield number
        elif number.figure.indicator in subjects:
            yield number


def _there(title: str, then: LiveNumber | None, now: LiveNumber | None) -> Iterator[Piece]:
    """The shortcoming is there as before."""
    if now is None:
        yield Text(f"; tồn tại “{title}” vẫn còn")
    elif then is None or same_number(then, now):
        yield from (Text(f"; tồn tại “{title}”: nay "), now, Text(_measure(now)))
    elif text_of(then) == text_of(now):
        yield from (Text(f"; tồn tại “{title}”: vẫn "), now, Text(_measure(now)))
        yield Text(" như báo cáo trước")
    else:
        yield from (Text(f"; tồn tại “{title}”: báo cáo trước "), then, Text(_measure(then)))
        yield from (Text(", nay "), now, Text(_measure(now)))


def _gone(title: str, then: UnitCount | None) -> Iterator[Piece]:
    yield Text(f"; tồn tại “{title}” không còn")
    if then is not None:
        yield from (Text(" (báo cáo trước "), then, Text(f"{_measure(then)})"))


def _measure(number: LiveNumber) -> str:
    """What follows the number."""
    if isinstance(number, UnitCount):
        return " đơn vị"
    measure = number.figure.measure
    return measure if measure.startswith("%") else f" {measure}"
