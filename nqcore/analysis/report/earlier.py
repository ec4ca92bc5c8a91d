"""What the last frozen review promised and blamed: its tasks open the next one, and a shortcoming that stood
in it already is marked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from nqcore.analysis.findings import COUNT
from nqcore.errors import N_, Phrase
from nqcore.model.findings import FigureRef, Sentence, UnitCount
from nqcore.model.reports import Paragraph, Report
from nqcore.text.dates import write_date

LiveNumber = FigureRef | UnitCount
"""A number of a sentence that the program knows."""
TASK = "task:"
"""The beginning of the name of a block with a task that a review gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierReview:
    """The last review before this one: how it is cited, the ids of the tasks that it gave in their order, the
    rules of all findings that it printed, and the live numbers of each of its sentences with findings."""

    name: str
    tasks: tuple[str, ...]
    findings: frozenset[str]
    numbers: tuple[tuple[frozenset[str], tuple[LiveNumber, ...]], ...] = ()

    def repeats(self, rule: str) -> bool:
        """Whether it printed a finding of that rule too."""
        return rule in self.findings

    def number_like(self, rule: str, now: LiveNumber) -> LiveNumber | None:
        """What it said in place of the number `now` of that rule: the count of the same units' doing, or the
        figure of the same indicator, unit and scope; None where it did not say it."""
        return next((one for one in self._of(rule) if _is_like(one, now, rule)), None)

    def count_of(self, rule: str) -> UnitCount | None:
        """The first count of units that the rule gave in it."""
        counts = (one for one in self._of(rule) if isinstance(one, UnitCount) and one.among)
        return next((one for one in counts if _rule_of(one) == rule), None)

    def _of(self, rule: str) -> Iterator[LiveNumber]:
        for rules, numbers in self.numbers:
            if rule in rules:
                yield from numbers


def earlier_review(report: Report) -> EarlierReview:
    """What the next review has to know of the frozen `report`."""
    paragraphs = [block for block in report.body if isinstance(block, Paragraph)]
    return EarlierReview(
        name=_name(report),
        tasks=tuple(
            block.block.removeprefix(TASK) for block in paragraphs if block.block.startswith(TASK)
        ),
        findings=frozenset(
            rule for block in paragraphs for rule in (block.finding, *block.beside) if rule
        ),
        numbers=tuple(
            (frozenset((block.finding, *block.beside)), tuple(live_numbers(block.sentence)))
            for block in paragraphs
            if block.finding
        ),
    )


def live_numbers(sentence: Sentence) -> Iterator[LiveNumber]:
    """The figures and counts of units in a sentence; a count says of how many it is."""
    for piece in sentence:
        if isinstance(piece, UnitCount):
            yield replace(piece, share=bool(piece.among))
        elif isinstance(piece, FigureRef):
            yield piece


def same_number(one: LiveNumber, other: LiveNumber) -> bool:
    """Whether both are the number of the same address."""
    if isinstance(one, FigureRef) and isinstance(other, FigureRef):
        return one.figure.id == other.figure.id
    return isinstance(one, UnitCount) and isinstance(other, UnitCount) and one.id == other.id


def _is_like(then: LiveNumber, now: LiveNumber, rule: str) -> bool:
    if isinstance(then, UnitCount) and isinstance(now, UnitCount):
        return _rule_of(then) == rule and _place(then) == _place(now)
    if isinstance(then, FigureRef) and isinstance(now, FigureRef):
        one, other = then.figure, now.figure
        return (one.indicator, one.unit, one.scope) == (other.indicator, other.unit, other.scope)
    return False


def _rule_of(count: UnitCount) -> str:
    return count.id.removeprefix(COUNT).partition("|")[0]


def _place(count: UnitCount) -> str:
    """Which of the counts of its sentence it is."""
    return count.id.split("|")[3] if count.id.count("|") == 4 else ""


def _name(report: Report) -> str:
    """ "Báo cáo số 12-BC/HU, ngày 05/10/2017"; without its number "Báo cáo ngày 05/10/2017"."""
    day = f"ngày {write_date(report.date)}"
    if not report.number:
        return f"{report.type} {day}"
    return f"{report.type} số {report.number}{report.letterhead.symbol}, {day}"


def gone_tasks(earlier: EarlierReview, known: Collection[str]) -> Iterator[Phrase]:
    """For the office: the tasks of the last review that are not among the `known` ones any more."""
    gone = [id for id in earlier.tasks if id not in known]
    if gone:
        yield Phrase(
            N_("Tasks given in “{report}” that are the unit's no more, or in no list: {tasks}."),
            {"report": earlier.name, "tasks": ", ".join(gone)},
        )
