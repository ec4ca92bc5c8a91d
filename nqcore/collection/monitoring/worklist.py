"""The worklist of an account (*Việc của tôi*): the reports that its unit owes now, and those that come."""

from __future__ import annotations

from datetime import timedelta

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.monitoring.debts import past_due
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionState

_DONE = (SubmissionState.ACCEPTED, SubmissionState.EXCLUDED)


def forms_of(repository: SubmissionRepository, account: Account) -> tuple[Form, ...]:
    """The forms that the account works with."""
    return tuple(form for form in repository.catalogue.forms.values() if account.handles(form.id))


def worklist(
    repository: SubmissionRepository, account: Account, count: int = 6
) -> tuple[Obligation, ...]:
    """The reports that the account's unit owes for the newest `count` periods of each form, and its debts
    of any earlier period: first the returned ones, then by deadline. The reports that a unit which has ended
    left to it belong to them. Empty for an account that may not enter for its unit.

    A report that was not sent before its period was locked is left out: it can no longer be entered."""
    today, forms = repository.clock().date(), forms_of(repository, account)
    left = repository.catalogue.reports_borne_by(account.unit, today)
    units = [
        unit for unit in (account.unit, *left) if account.may(Action.ENTER, unit, repository.units)
    ]
    found: dict[str, Obligation] = {}
    for one in past_due(repository, forms, {*units}):
        found[one.submission] = one
    for form in forms:
        for period in repository.obligations.current_periods(form, today, count):
            if not repository.obligations.is_awaited(period):
                continue
            for unit in units:
                if unit in repository.obligations.owing_codes(form, period):
                    one = repository.obligation(unit, form, period)
                    if unit != account.unit and one.state in _DONE:
                        continue  # nothing is left to do for the heir
                    if not one.closed:
                        found[one.submission] = one
    return tuple(
        sorted(
            found.values(), key=lambda o: (o.state is not SubmissionState.RETURNED, o.due, o.form)
        )
    )


def coming_reports(repository: SubmissionRepository, account: Account) -> tuple[Obligation, ...]:
    """For each form the next report that the account's unit will owe, after those of its worklist."""
    unit, today = account.unit, repository.clock().date()
    found = []
    for form in forms_of(repository, account):
        if not repository.obligations.has_calendar(form):
            continue
        opened = repository.obligations.current_periods(form, today, 1)
        after = opened[-1].end if opened else today
        later = repository.obligations.calendar(form).periods(
            form.every, after + timedelta(days=1), after + timedelta(days=400)
        )
        for bare in later:
            period = repository.obligations.period(form, bare.code)
            if bare.start > after and unit in repository.obligations.owing_codes(form, period):
                found.append(repository.obligation(unit, form, period))
                break
    return tuple(sorted(found, key=lambda o: (o.due, o.form)))
