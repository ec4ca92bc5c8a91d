"""What `nq status` prints: which units have sent a report, which are late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nqcore.cli.printing.output import Data
from nqcore.collection.monitoring.report_counts import count_reports
from nqcore.errors import N_, Phrase
from nqcore.model.codec import json_of, picked
from nqcore.model.obligations import Obligation
from nqcore.model.report_status import ReportStatus, report_status
from nqcore.text.dates import write_date
from nqcore.workspace.facade import Workspace


def status_data(ws: Workspace, form: str, period: str) -> list[Data]:
    """Every unit that owes `form` for `period`, and the state of its submission."""
    definition = ws.catalogue.form(form)
    found = ws.obligations.own_period(definition, period)
    rows = []
    for unit in ws.obligations.owed(definition, found):
        o = ws.submissions.obligation(unit.code, definition, found)
        first = o.revision.first_sent if o.revision else None
        rows.append(
            {
                "unit": unit.code,
                "name": unit.name,
                "submission": o.submission,
                "state": json_of(o.state),
                "due": json_of(o.due),
                "extension": o.extension and picked(o.extension, "until", "reason", "by"),
                "sent": json_of(first),
                "days_late": _days_late(o, ws.today),
                "receipt": (o.revision.receipt or None) if o.revision else None,
            }
        )
    return rows


def _days_late(o: Obligation, today: date) -> int | None:
    """Days from the deadline to the first sending, or to today while it is overdue; None: in time,
    brought in from paper, or of a time before the office began."""
    if o.revision is not None and (o.revision.first_sent or o.revision.brought_in):
        return o.days_late()
    stands = report_status(o, today)
    return stands.days if stands.status is ReportStatus.OVERDUE else None


def status_line(ws: Workspace, form: str, period: str) -> Phrase:
    """How many reports are in, and what became of the others: "3/5 accepted, 1 waiting, …"."""
    definition = ws.catalogue.form(form)
    found = ws.obligations.own_period(definition, period)
    units = [unit.code for unit in ws.obligations.owed(definition, found)]
    c = count_reports(ws.submissions.repository, [(definition, found, units)], ws.today)
    others = (
        (len(c.waiting), N_("{count} waiting")),
        (len(c.returned), N_("{count} returned")),
        (len(c.excluded), N_("{count} excluded")),
        (len(c.past_due), N_("{count} past due")),
        (len(c.not_yet_due), N_("{count} not yet due")),
        (len(c.closed), N_("{count} not sent, the period is closed")),
        (len(c.ended), N_("{count} of units that have ended")),
        (len(c.not_brought_in), N_("{count} without old figures")),
    )
    accepted = {"count": len(c.accepted), "due": len(c.due)}
    counted = tuple(Phrase(words, {"count": number}) for number, words in others if number)
    return Phrase("{all}.", {"all": (Phrase(N_("{count}/{due} accepted"), accepted), *counted)})


def brought_in_data(ws: Workspace) -> list[Data]:
    """What was brought in as accepted, by record."""
    return [
        {
            "id": one.id,
            "at": json_of(one.at),
            "by": one.by,
            "basis": one.basis,
            "submissions": list(one.submissions),
            "taken_out": one.taken_out,
        }
        for one in ws.submissions.brought_in()
    ]


def brought_in_rows(ws: Workspace) -> Iterator[tuple[object, ...]]:
    """The same as rows of a table."""
    for one in ws.submissions.brought_in():
        note = Phrase(N_("taken out")) if one.taken_out else ""
        yield one.id, write_date(one.at.date()), one.by, len(one.submissions), one.basis, note
