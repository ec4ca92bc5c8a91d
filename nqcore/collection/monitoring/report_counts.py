"""How many reports are in, and what became of the others: the one count that pages and documents use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.report_status import ReportStatus, report_status
from nqcore.model.submissions import SubmissionId, SubmissionState, submission_id

Ids = tuple[SubmissionId, ...]
"""Ids of reports; each names its unit, form and period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCounts:
    """The reports that are owed, each in exactly one group. Those in `past_due` and in `closed` are late and
    missing; only the former can still be sent.

    >>> from nqcore.model.submissions import SubmissionId
    >>> one = SubmissionId("2018-Q1", "s.q", "xa-a")
    >>> counts = ReportCounts(accepted=(one,))
    >>> len(counts.due), counts.units("accepted"), counts.units("past_due")
    (1, ('xa-a',), ())
    """

    accepted: Ids = ()
    waiting: Ids = ()
    """Sent; the office itself has not approved it yet."""
    returned: Ids = ()
    """Sent once, and with the unit for correction: returned, or reopened."""
    excluded: Ids = ()
    """Sent, and left out of the totals by the office."""
    past_due: Ids = ()
    """Not sent although the deadline (with its extension) is over."""
    not_yet_due: Ids = ()
    """Not sent; the deadline is still to come."""
    closed: Ids = ()
    """Not sent although the deadline is over, and the period is closed: the unit can send it no more."""
    ended: Ids = ()
    """Not sent; the unit has ended, and the duty ended with it or no decision says which unit has it."""
    not_brought_in: Ids = ()
    """Of a period before the office began to collect, and not brought in; not late."""

    @property
    def due(self) -> Ids:
        """All of them."""
        return tuple(id for each in fields(self) for id in getattr(self, each.name))

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes of the units with reports that are late and missing, each once."""
        return tuple(dict.fromkeys((*self.units("past_due"), *self.units("closed"))))

    def units(self, group: str) -> tuple[str, ...]:
        """The codes of the units with reports in that group, each once."""
        ids: Ids = getattr(self, group)
        return tuple(dict.fromkeys(id.unit for id in ids))


_SENT: Mapping[SubmissionState | None, ReportStatus] = MappingProxyType(
    {
        SubmissionState.ACCEPTED: ReportStatus.ACCEPTED,
        SubmissionState.SENT: ReportStatus.SENT,
        SubmissionState.EXCLUDED: ReportStatus.EXCLUDED,
    }
)
"""States whose status needs no deadline: most reports of a review have one of them."""
_GROUPS: Mapping[ReportStatus, str] = MappingProxyType(
    {
        ReportStatus.ACCEPTED: "accepted",
        ReportStatus.SENT: "waiting",
        ReportStatus.RETURNED: "returned",
        ReportStatus.EXCLUDED: "excluded",
        ReportStatus.OVERDUE: "past_due",
        ReportStatus.EMPTY: "not_yet_due",
        ReportStatus.DRAFT: "not_yet_due",
        ReportStatus.CLOSED: "closed",
        ReportStatus.ENDED: "ended",
        ReportStatus.UNDECIDED: "ended",
        ReportStatus.NOT_BROUGHT_IN: "not_brought_in",
    }
)


class GroupedReport(NamedTuple):
    """A report that is owed, and the group of `ReportCounts` in which it is. `obligation` is None where the
    group was plain without it: what is accepted, waiting or excluded."""

    group: str
    id: SubmissionId
    obligation: Obligation | None


def grouped_report(
    repository: SubmissionRepository, form: Form, period: Period, unit: str, day: date
) -> GroupedReport:
    """The report with its group by `day`: "accepted", "past_due" … Its status is that of boards and lists
    (`report_status`). Raises NotOwed where `unit` does not owe it."""
    found: Obligation | None = None
    status = _SENT.get(repository.state(submission_id(period.code, form.id, unit)))
    if status is None:
        found = repository.obligation(unit, form, period)
        status = report_status(found, day).status
        if status is ReportStatus.CLOSED and found.days_left(day) >= 0:
            status = ReportStatus.EMPTY
    return GroupedReport(_GROUPS[status], SubmissionId(period.code, form.id, unit), found)


def group_of_report(
    repository: SubmissionRepository, form: Form, period: Period, unit: str, day: date
) -> str:
    """The group of `grouped_report`."""
    return grouped_report(repository, form, period, unit, day).group


def grouped_reports(
    repository: SubmissionRepository,
    owed: Iterable[tuple[Form, Period, Iterable[str]]],
    day: date,
) -> Iterator[GroupedReport]:
    """The reports that units owe, each with its group by `day`: of each form and period, the codes of its
    units. Raises NotOwed where a unit does not owe its report."""
    for form, period, units in owed:
        for unit in units:
            yield grouped_report(repository, form, period, unit, day)


def count_reports(
    repository: SubmissionRepository,
    owed: Iterable[tuple[Form, Period, Iterable[str]]],
    day: date,
) -> ReportCounts:
    """What became by `day` of the reports of `grouped_reports`, which is given the same."""
    groups: dict[str, list[SubmissionId]] = {}
    for one in grouped_reports(repository, owed, day):
        groups.setdefault(one.group, []).append(one.id)
    return ReportCounts(**{group: tuple(ids) for group, ids in groups.items()})
