"""What `nq debts` prints: what each unit owes of every period, and of what it was reminded."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.cli.printing.output import Data
from nqcore.collection.monitoring.debts import UnsettledReports
from nqcore.errors import N_, Phrase
from nqcore.model.codec import json_of, picked
from nqcore.model.obligations import Obligation
from nqcore.text.dates import write_date
from nqcore.workspace.facade import Workspace


def debts_data(ws: Workspace, found: tuple[UnsettledReports, ...]) -> list[Data]:
    """Each unit with its reports that are past due, returned or waiting, as JSON."""
    return [
        {
            "unit": one.unit.code,
            "name": one.unit.name,
            "past_due": [_report(ws, report) for report in one.past_due],
            "returned": [_report(ws, report) for report in one.returned],
            "waiting": [str(id) for id in one.waiting],
        }
        for one in found
    ]


def _report(ws: Workspace, report: Obligation) -> Data:
    reminded = ws.monitoring.reminders(report.submission)
    return {
        "submission": report.submission,
        "due": json_of(report.due),
        "days_overdue": max(0, -report.days_left(ws.today)),
        "reminded": [picked(each, "by") | {"at": each.at.isoformat()} for each in reminded],
    }


def debt_rows(ws: Workspace, found: tuple[UnsettledReports, ...]) -> Iterator[tuple[object, ...]]:
    """The reports that units are to send, as rows of a table: the unit with the oldest debt first."""
    for one in found:
        for report in one.asked:
            overdue = report in one.past_due
            last = ws.monitoring.reminders(report.submission)[-1:]
            yield (
                one.unit.code,
                one.unit.name,
                report.submission,
                report.due,
                -report.days_left(ws.today) if overdue else Phrase(N_("returned")),
                *(f"{write_date(each.at.date())} ({each.by})" for each in last),
                *("-" for _ in range(1 - len(last))),
            )


def debts_line(found: tuple[UnsettledReports, ...]) -> Phrase:
    """How many reports these are: "12 past due of 5 units, 1 returned, 3 waiting."."""
    words = N_("{past_due} past due of {units} units, {returned} returned, {waiting} waiting.")
    return Phrase(
        words,
        {
            "past_due": sum(len(one.past_due) for one in found),
            "units": sum(bool(one.past_due) for one in found),
            "returned": sum(len(one.returned) for one in found),
            "waiting": sum(len(one.waiting) for one in found),
        },
    )
