"""What the last frozen review promised and blamed: its tasks open the next one, and a shortcoming that stood
in it already is marked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from nqcore.model.reports import Paragraph, Report
from nqcore.text.dates import write_date

TASK = "task:"
"""The beginning of the name of a block with a task that a review gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierReview:
    """The last review before this one: how it is cited, the ids of the tasks that it gave in their order, and
    the rules of all findings that it printed."""

    name: str
    tasks: tuple[str, ...]
    findings: frozenset[str]

    def repeats(self, rule: str) -> bool:
        """Whether it printed a finding of that rule too."""
        return rule in self.findings


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
    )


def _name(report: Report) -> str:
    """ "Báo cáo số 12-BC/HU, ngày 05/10/2017"; without its number "Báo cáo ngày 05/10/2017"."""
    day = f"ngày {write_date(report.date)}"
    if not report.number:
        return f"{report.type} {day}"
    return f"{report.type} số {report.number}{report.letterhead.symbol}, {day}"


def gone_tasks(earlier: EarlierReview, known: Collection[str]) -> Iterator[str]:
    """For the office: the tasks of the last review that are not among the `known` ones any more."""
    gone = [id for id in earlier.tasks if id not in known]
    if gone:
        yield (
            f"Nhiệm vụ nêu tại {earlier.name} nay không còn của đơn vị hoặc không còn trong danh mục: "
            f"{', '.join(gone)}."
        )
