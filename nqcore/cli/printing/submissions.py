"""What `nq status` prints: which units have sent a report, which are late."""

from __future__ import annotations

from nqcore.cli.printing.output import Data
from nqcore.model.codec import json_of, picked
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
                "days_late": o.days_late() if first else max(0, -o.days_left(ws.today)) or None,
                "receipt": (o.revision.receipt or None) if o.revision else None,
            }
        )
    return rows
