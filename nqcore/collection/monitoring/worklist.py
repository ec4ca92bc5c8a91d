"""Lists of work: what an account's unit owes, and what waits for the account's approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionId, SubmissionState


def forms_of(repository: SubmissionRepository, account: Account) -> tuple[Form, ...]:
    """The forms that the account has to do with."""
    return tuple(form for form in repository.catalogue.forms.values() if account.handles(form.id))


def worklist(
    repository: SubmissionRepository, account: Account, count: int = 6
) -> tuple[Obligation, ...]:
    """What the account's own unit owes or has on its way: returned first, then by deadline. What can
    be entered no more, its period being closed, is not on it."""
    unit = account.unit
    if not account.may(Action.ENTER, unit, repository.units):
        return ()
    today = repository.clock().date()
    found = []
    for form in forms_of(repository, account):
        for period in repository.obligations.current_periods(form, today, count):
            if unit in {u.code for u in repository.obligations.owed(form, period, unit)}:
                one = repository.obligation(unit, form, period)
                entered = one.state is not None and not one.state.editable
                if entered or repository.locks.on(one, today) is None:
                    found.append(one)
    return tuple(
        sorted(found, key=lambda o: (o.state is not SubmissionState.RETURNED, o.due, o.form))
    )


def coming_reports(repository: SubmissionRepository, account: Account) -> tuple[Obligation, ...]:
    """What the account's unit owes next, beyond what is on its list of work already: one per form."""
    unit, today = account.unit, repository.clock().date()
    found = []
    for form in forms_of(repository, account):
        if not repository.obligations.usable(form):
            continue
        opened = repository.obligations.current_periods(form, today, 1)
        after = opened[-1].end if opened else today
        later = repository.obligations.calendar(form).periods(
            form.every, after + timedelta(days=1), after + timedelta(days=400)
        )
        for bare in later:
            period = repository.obligations.period(form, bare.code)
            if bare.start > after and unit in {
                u.code for u in repository.obligations.owed(form, period, unit)
            }:
                found.append(repository.obligation(unit, form, period))
                break
    return tuple(sorted(found, key=lambda o: (o.due, o.form)))


def approval_queue(
    repository: SubmissionRepository, account: Account, most: int | None = None
) -> tuple[Obligation, ...]:
    """The reports that wait for the account's review, oldest sending first; at most `most`."""
    ids = sorted(_reviewable(repository, account), key=lambda id: _sent_at(repository, id))
    return tuple(repository.find(id) for id in ids[:most])


def _reviewable(repository: SubmissionRepository, account: Account) -> Iterator[str]:
    for id in repository.ids(SubmissionState.SENT):
        place = SubmissionId.parse(id)
        if account.may(Action.APPROVE, place.unit, repository.units, place.form):
            yield id


def count_waiting(repository: SubmissionRepository, account: Account) -> int:
    """How many reports `approval_queue` has, without looking at them."""
    return sum(1 for _id in _reviewable(repository, account))


def _sent_at(repository: SubmissionRepository, id: str) -> tuple[str, str]:
    revision = repository.revision(id)
    return (revision.at.isoformat() if revision else "", id)
