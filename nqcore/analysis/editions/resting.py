"""Which frozen reviews rest on reports: those frozen since, of their directive, units and time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nqcore.analysis.editions.edition import EditionHead
from nqcore.analysis.editions.register import EditionRegister
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.submissions import SubmissionId


def editions_resting_on(
    repository: SubmissionRepository, submissions: Iterable[str], since: int
) -> Iterator[str]:
    """The ids of the editions whose review has one of the reports, and that were frozen at the record `since`
    or later; the newest first."""
    ids = [SubmissionId.parse(one) for one in submissions]
    for head in EditionRegister(repository.store).heads():
        if head.seq >= since and any(_has(repository, head, one) for one in ids):
            yield head.id


def _has(repository: SubmissionRepository, head: EditionHead, id: SubmissionId) -> bool:
    """Whether the review of an edition has the report of that id."""
    catalogue, obligations = repository.catalogue, repository.obligations
    form = catalogue.forms.get(id.form)
    if form is None or head.directive not in catalogue.directives:
        return True  # what is no longer known may have been used
    family = {one.id for one in catalogue.directives.family(head.directive)}
    mine = {one.id for one in catalogue.directives.matching(form.directive)}
    span, period = obligations.read(head.span), obligations.period(form, id.period)
    return (
        bool(family & mine)
        and span.start <= period.end
        and period.start <= span.end
        and repository.units.contains(head.unit, id.unit)
    )
