"""What an opened finding shows beside its words: its figures, a drawing or a strip that fits what is claimed,
and the tasks that answer it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.evidence_strip import EvidenceStrip, StripState
from nqcore.errors import N_, NqError
from nqcore.model.figures import Figure
from nqcore.model.findings import Finding
from nqcore.model.periods import Period, PeriodKind
from webforms.results.charts import ColumnChart, columns
from webforms.shared.context import workspace

MOST = 12
"""Columns of a drawing by period; a review with more is drawn by year."""

STATES = {
    StripState.HAD: ("●", N_("did something")),
    StripState.ZERO: ("0", N_("reported as 0")),
    StripState.MISSING: ("–", N_("no accepted report")),
    StripState.NOT_ASKED: ("·", N_("not asked")),
}
"""The sign of a state in a strip, and its words."""


class FindingTask(NamedTuple):
    """A task that answers a finding: its id and title, the unit responsible, and by when."""

    id: str
    title: str
    who: str
    by: date | None


class ShownEvidence(NamedTuple):
    """`figures` by indicator; a `strip` where units are said to have done nothing, else the `chart`: the
    first figure by year over a long review, by period over a short one."""

    figures: list[tuple[str, list[Figure]]]
    strip: EvidenceStrip | None
    chart: tuple[ColumnChart, ...]
    tasks: list[FindingTask]


def shown_evidence(review: Review, finding: Finding) -> ShownEvidence:
    """All that the page of findings shows of one of them when it is opened."""
    strip = workspace().reviews.evidence_strip(review, finding)
    return ShownEvidence(
        _by_indicator(finding.evidence.figures),
        strip,
        () if strip is not None else _chart(review, finding),
        [FindingTask(t.id, t.title, t.who, t.deadline) for t in review.tasks_of(finding)],
    )


def _by_indicator(figures: Iterable[Figure]) -> list[tuple[str, list[Figure]]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.indicator, []).append(figure)
    return list(found.items())


def _chart(review: Review, finding: Finding) -> tuple[ColumnChart, ...]:
    if not finding.evidence.figures:
        return ()
    first = finding.evidence.figures[0]
    try:
        every = review.periods(first.indicator)
        if len(every) > MOST:
            years = tuple(_whole_years(review, first.indicator, every))
            every = years if len(years) > 1 else every[-MOST:]
        return columns(
            [(p, review.figure_over(first.indicator, first.scope, p.code)) for p in every]
        )
    except NqError:  # of a code in a rule that no form asks for, or that has no total
        return ()


def _whole_years(review: Review, indicator: str, every: tuple[Period, ...]) -> Iterator[Period]:
    """The years of which every period is in the review, oldest first."""
    for year in range(every[0].start.year, every[-1].end.year + 1):
        whole = review.span_read(indicator, str(year))
        if every[0].start <= whole.start and whole.end <= every[-1].end:
            yield Period(code=whole.code, kind=PeriodKind.YEAR, start=whole.start, end=whole.end)
