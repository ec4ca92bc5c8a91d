"""The reviews of a unit that speak now: of each chief directive that of this year, or of the last one."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.analysis.findings.review import Review
from nqcore.analysis.findings.span import SpanRefused
from nqcore.analysis.rollup import Totals
from nqcore.catalogue.reviewed_directives import reviewed_directives
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.directives import Directive


class CurrentReviews:
    """The reviews of `unit` (a code) with all units under it, as of the day of `totals`."""

    def __init__(self, totals: Totals, repository: SubmissionRepository, unit: str) -> None:
        self._totals, self._repository, self._unit = totals, repository, unit

    def directives(self) -> Iterator[Directive]:
        """The directives with a review that is in no other's."""
        catalogue = self._totals.catalogue
        inside: set[str] = set()
        for one in reviewed_directives(catalogue):
            if one.id not in inside:
                inside |= {each.id for each in catalogue.directives.family(one.id)}
                yield one

    def over(self, directive: Directive, span: str) -> Review | None:
        """The review over that time; None of a time in which there was none."""
        try:
            return Review(self._totals, self._repository, directive, self._unit, span)
        except SpanRefused:
            return None

    def newest(self, directive: Directive) -> Review | None:
        """The review of this year, or of the last one as long as this year has no period that speaks; None
        where no unit owed a report of it."""
        year = self._totals.today.year
        found = [self.over(directive, str(one)) for one in (year, year - 1)]
        owed = [one for one in found if one is not None and _is_owed(one)]
        return next((one for one in owed if one.is_covered), next(iter(owed), None))


def _is_owed(review: Review) -> bool:
    """Whether the unit, or one under it, owed a report of the review."""
    return any(
        review.owed(form, period) for form in review.forms() for period in review.periods_of(form)
    )
