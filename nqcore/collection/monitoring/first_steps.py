"""The first steps of a new office: its units, the forms that are on and who owes them, its accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nqcore.catalogue.loading import available
from nqcore.collection.monitoring.debts import past_due
from nqcore.collection.submissions.office_start import current_start, first_period
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import SUBMISSIONS
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstForm:
    """A form that is on, and the reports of its newest period: of those that can be filled in, or else of
    those that have begun; () where no unit below owes it. `first`: the first period that it is asked for
    since the office began; None where that is not known."""

    form: Form
    reports: tuple[Obligation, ...]
    first: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSteps:
    """How many `units` exist, the `forms` that are on, the names of plugins that are installed and not on
    (`off`), and whether a report has been begun. `since`: the day from which the office collects (None: from
    the start of each form); `proposed`: the first day of the period that runs now; `late`: how many reports
    are past due."""

    units: int
    forms: tuple[FirstForm, ...]
    off: tuple[str, ...]
    begun: bool
    since: date | None
    proposed: date
    late: int


def first_steps(
    store: Store,
    repository: SubmissionRepository,
    forms: Sequence[Form],
    root: str,
    since: date | None,
) -> FirstSteps:
    """The first steps of the units under `root` (a code) with `forms`, where the office collects from the day
    `since`."""
    today, obligations = repository.clock().date(), repository.obligations
    tree = obligations.tree(today)
    units = {unit.code for unit in repository.catalogue.units.subtree(root)}
    on = {plugin.name for plugin in repository.catalogue.plugins}
    return FirstSteps(
        units=len(tree.subtree(root)) if root in tree else 0,
        forms=tuple(
            FirstForm(
                form=one,
                reports=_reports(repository, one, root),
                first=first_period(obligations, one, since, root) if since else None,
            )
            for one in forms
        ),
        off=tuple(point.name for point in available() if point.name not in on),
        begun=len(store.table(SUBMISSIONS)) > 0,
        since=since,
        proposed=current_start(obligations.of_all_time(), forms, today),
        late=len(past_due(repository, forms, units)),
    )


def _reports(repository: SubmissionRepository, form: Form, root: str) -> tuple[Obligation, ...]:
    obligations = repository.obligations
    today = repository.clock().date()
    periods = obligations.current_periods(form, today, 1) or obligations.open_periods(
        form, today, 1
    )
    return tuple(
        repository.obligation(unit.code, form, period)
        for period in periods
        for unit in obligations.owed(form, period, root)
    )
