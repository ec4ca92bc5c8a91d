"""*Việc của tôi*: what to do now; *Tổng quan* for those who only look."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, render_template

from nqcore.collection.accounts.access import Action
from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionState
from webforms.entry.overview import overview_page
from webforms.security.page_rules import SIGNED_IN, page
from webforms.shared.context import forms, looks_only, may, me, work, workspace
from webforms.shared.debts import debt_list

pages = Blueprint("work", __name__)

QUEUED = 6
"""Reports to review that are listed here; *Chờ duyệt* has them all."""


class Job(NamedTuple):
    """One line: a report and how far it is."""

    obligation: Obligation
    sheet: EntrySheet


@pages.get("/")
@page(SIGNED_IN, heavy=True, heavy_for=looks_only)
def index() -> str:
    """What the account has to do now; for one that only looks, how its unit stands."""
    return overview_page() if looks_only() else _work()


def _work() -> str:
    """Three lists: to do, sent and waiting, and how many are accepted."""
    ws, account = workspace(), me()
    owed = work()
    todo = [Job(o, ws.entry.sheet(o)) for o in owed if o.state is None or o.state.editable]
    reviewing = may(Action.APPROVE)
    return render_template(
        "work.html",
        todo=todo,
        presented=[o for o in owed if o.state is SubmissionState.PRESENTED],
        signs=ws.submissions.signs(account, account.unit),
        sent=[o for o in owed if o.state is SubmissionState.SENT],
        accepted=sum(
            1 for o in owed if o.state in (SubmissionState.ACCEPTED, SubmissionState.EXCLUDED)
        ),
        enters=may(Action.ENTER),
        coming=ws.monitoring.coming_reports(account) if may(Action.ENTER) else (),
        queue=ws.monitoring.queue(account, QUEUED) if reviewing else (),
        boards=_boards() if may(Action.REPORT) else (),
        debts=debt_list(account.unit) if may(Action.REPORT) else None,
    )


def _boards() -> list[tuple[object, int, int, int]]:
    """Per form: the current board, how many sent of how many, and how many of them are overdue."""
    ws = workspace()
    found: list[tuple[object, int, int, int]] = []
    for form in forms():
        board = ws.monitoring.board(form, me().unit)
        if not board.periods:
            continue
        newest = len(board.periods) - 1
        sent, owed = board.rate(newest)
        found.append((board, sent, owed, board.overdue_in(newest, ws.today)))
    return found
