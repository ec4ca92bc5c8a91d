"""The first steps of a new office: its units, the forms that are on and who owes them, its accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nqcore.catalogue.loading import available
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import SUBMISSIONS
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstForm:
    """A form that is on, and the reports of its newest period that can be filled in; () where no unit below
    owes it now."""

    form: Form
    reports: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSteps:
    """How many `units` exist, the `forms` that are on, the names of plugins that are installed and not on
    (`off`), and whether a report has been begun."""

    units: int
    forms: tuple[FirstForm, ...]
    off: tuple[str, ...]
    begun: bool


def first_steps(
    store: Store, repository: SubmissionRepository, forms: Sequence[Form], root: str
) -> FirstSteps:
    """The first steps of the units under `root` (a code) with `forms`."""
    today = repository.clock().date()
    tree = repository.obligations.tree(today)
    on = {plugin.name for plugin in repository.catalogue.plugins}
    return FirstSteps(
        units=len(tree.subtree(root)) if root in tree else 0,
        forms=tuple(FirstForm(form=one, reports=_reports(repository, one, root)) for one in forms),
        off=tuple(point.name for point in available() if point.name not in on),
        begun=len(store.table(SUBMISSIONS)) > 0,
    )


def _reports(repository: SubmissionRepository, form: Form, root: str) -> tuple[Obligation, ...]:
    obligations = repository.obligations
    periods = obligations.current_periods(form, repository.clock().date(), 1)
    return tuple(
        repository.obligation(unit.code, form, period)
        for period in periods
        for unit in obligations.owed(form, period, root)
    )
