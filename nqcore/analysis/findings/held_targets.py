"""The targets that a unit has on a day, each with its verdict of that day, for a list beside no review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.analysis.findings.review import Review
from nqcore.analysis.findings.span import SpanRefused
from nqcore.analysis.findings.target_verdicts import TargetVerdict, target_verdict
from nqcore.analysis.rollup import Totals
from nqcore.catalogue.targets_in_force import target_in_force, targets_in_force
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import UnknownName
from nqcore.model.directives import Directive
from nqcore.model.targets import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTarget:
    """A target as it holds for the unit. `verdict` is None before its period begins, and where its directive
    or its indicator is not known."""

    target: Target
    verdict: TargetVerdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTargets:
    """The targets of `unit` on the day `on`, within the boundaries of a day or as reported."""

    totals: Totals
    repository: SubmissionRepository
    unit: str
    on: date
    boundaries: date | None = None

    def of_directive(self, directive: Directive) -> tuple[HeldTarget, ...]:
        """Those that the directive itself sets, in its order."""
        return tuple(self._held_of(directive))

    def of_indicator(self, indicator: str) -> tuple[HeldTarget, ...]:
        """Those of all directives for the indicator (its code). Raises UnknownName."""
        found = targets_in_force(self.totals.catalogue, indicator, self.unit, self.on)
        return tuple(HeldTarget(target=each, verdict=self._verdict(each)) for each in found)

    def _held_of(self, directive: Directive) -> Iterator[HeldTarget]:
        catalogue = self.totals.catalogue
        for target in catalogue.targets.values():
            if catalogue.directives.matching(target.directive) == (directive,):
                held = target_in_force(catalogue, target, self.unit, self.on)
                if held is not None:
                    yield HeldTarget(target=held, verdict=self._verdict(held))

    def _verdict(self, target: Target) -> TargetVerdict | None:
        """The verdict in a review from the first day of the target's period until the day."""
        catalogue = self.totals.catalogue
        found = catalogue.directives.matching(target.directive)
        try:
            indicator = catalogue.indicator(target.indicator)
            start = self.totals.lookup.span(target.period, indicator).start
            if start > self.on or len(found) != 1:
                return None
            span = f"{start}..{self.on}"
            review = Review(
                self.totals, self.repository, found[0], self.unit, span, self.boundaries
            )
            return target_verdict(review, target)
        except (UnknownName, SpanRefused):
            return None
