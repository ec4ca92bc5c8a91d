"""Lists of work: what an account's unit owes, and what waits for the account's approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.submissions.workflow import Desk
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionState


def forms_of(desk: Desk, account: Account) -> tuple[Form, ...]:
    """The forms that the account has to do with."""
    return tuple(form for form in desk.catalogue.forms.values() if account.handles(form.id))


def worklist(desk: Desk, account: Account, count: int = 6) -> tuple[Obligation, ...]:
    """What the account's own unit owes or has on its way: returned first, then by deadline. What can
    be entered no more, its period being closed, is not on it."""
    unit = account.unit
    if not account.may(Action.ENTER, unit, desk.units):
        return ()
    today = desk.clock().date()
    found = []
    for form in forms_of(desk, account):
        for period in desk.obligations.current_periods(form, today, count):
            if unit in {u.code for u in desk.obligations.owed(form, period, unit)}:
                one = desk.obligation(unit, form, period)
                entered = one.state is not None and not one.state.editable
                if entered or desk.locks.on(one, today) is None:
                    found.append(one)
    return tuple(
        sorted(found, key=lambda o: (o.state is not SubmissionState.RETURNED, o.due, o.form))
    )


def coming_reports(desk: Desk, account: Account) -> tuple[Obligation, ...]:
    """What the account's unit owes next, beyond what is on its list of work already: one per form."""
    unit, today = account.unit, desk.clock().date()
    found = []
    for form in forms_of(desk, account):
        if not desk.obligations.usable(form):
            continue
        opened = desk.obligations.current_periods(form, today, 1)
        after = opened[-1].end if opened else today
        later = desk.obligations.calendar(form).periods(
            form.every, after + timedelta(days=1), after + timedelta(days=400)
        )
        for bare in later:
            period = desk.obligations.period(form, bare.code)
            if bare.start > after and unit in {
                u.code for u in desk.obligations.owed(form, period, unit)
            }:
                found.append(desk.obligation(unit, form, period))
                break
    return tuple(sorted(found, key=lambda o: (o.due, o.form)))


def approval_queue(desk: Desk, account: Account, most: int | None = None) -> tuple[Obligation, ...]:
    """The reports that wait for the account's review, oldest sending first; at most `most`."""
    ids = sorted(_reviewable(desk, account), key=lambda id: _sent_at(desk, id))
    return tuple(desk.find(id) for id in ids[:most])


def _reviewable(desk: Desk, account: Account) -> Iterator[str]:
    for id in desk.heads(SubmissionState.SENT):
        _period, form, unit = id.split("_", 2)
        if account.may(Action.APPROVE, unit, desk.units, form):
            yield id


def count_waiting(desk: Desk, account: Account) -> int:
    """How many reports `approval_queue` has, without looking at them."""
    return sum(1 for _id in _reviewable(desk, account))


def _sent_at(desk: Desk, id: str) -> tuple[str, str]:
    revision = desk.revision(id)
    return (revision.at.isoformat() if revision else "", id)
