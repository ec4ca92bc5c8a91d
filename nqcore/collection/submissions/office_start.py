"""*Ngày bắt đầu thu thập*: the day from which an office collects. No report is owed for a period that ended
before it. `nq init` writes it into the settings; what an administrator enters later holds in its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.obligations import Obligations
from nqcore.collection.submissions.brought_in import HISTORY_VERSION, is_untouched
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import HISTORY
from nqcore.errors import N_, InputError
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.store import Store
from nqcore.text.dates import write_date

_ID = "since"
"""The document of the table HISTORY. Batches of brought-in reports have numbers as their ids."""
_BACK = 24
"""Periods of a form that are looked at for one whose deadline is still to come: two years of months."""


class StartRefused(InputError):
    """Reports of an earlier period were entered here, so the office has begun before that day."""

    code = "start-refused"
    template = N_(
        "Report {submission} was entered here for a period that ends before {day}. Choose a day up to "
        "{last}."
    )


def office_start(store: Store, settings: date | None) -> date | None:
    """The day from which the office collects: the one that was entered, or else that of its `settings`."""
    doc = store.get(HISTORY, _ID)
    return settings if doc is None else date.fromisoformat(str(doc["since"]))


def set_office_start(
    repository: SubmissionRepository, actor: Actor, day: date, *, root: str
) -> None:
    """Enter the day from which the office collects. The actor must manage `root`, the unit at the top. What
    was brought in stays. Raises NotAllowed, StartRefused."""
    actor.require_for_all_forms(Action.MANAGE, root)
    store = repository.store
    with store.change(by=actor.login, do="set-start", at=actor.at) as change:
        _check_reports(repository, day)
        document = {"periods": [], "since": day.isoformat()}
        change.put(HISTORY, _ID, document, version=HISTORY_VERSION)


def _check_reports(repository: SubmissionRepository, day: date) -> None:
    """Refuse a day by which a report that was entered here would be owed no more."""
    for revision in repository.newest_revisions():
        form = repository.catalogue.forms.get(revision.form)
        # Of a form whose plugin is no longer there no period is known.
        if form is None or revision.brought_in or is_untouched(revision):
            continue
        period = repository.obligations.read(revision.period, form)
        if period.end < day:
            raise StartRefused(
                submission=revision.submission, day=write_date(day), last=write_date(period.end)
            )


def current_start(obligations: Obligations, forms: Iterable[Form], today: date) -> date:
    """The first day of the period that an office which begins on `today` collects first: of the periods that
    have begun and whose deadline is still to come, the one that ends first (the shortest of these). So no
    report is late on the first day. Without a form: the first day of the present quarter."""
    running = [
        period
        for form in forms
        for period in obligations.open_periods(form, today, _BACK)
        if period.due is not None and period.due >= today
    ]
    first = min(running, key=lambda period: (period.end, -period.start.toordinal()), default=None)
    return first.start if first else today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)


def first_period(obligations: Obligations, form: Form, since: date, root: str) -> Period | None:
    """The first period from `since` on for which a unit under `root` owes the form, with its deadline; None
    where the form is not owed within two years, or its calendar is not known."""
    if not obligations.has_calendar(form):
        return None
    last = date(min(since.year + 2, date.max.year), 12, 31)
    for bare in obligations.calendar(form).periods(form.every, since, last):
        period = obligations.period(form, bare.code)
        if since <= period.end and obligations.is_owed(form, period, root):
            return period
    return None
