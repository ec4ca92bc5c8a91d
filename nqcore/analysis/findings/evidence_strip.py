"""What stands behind a finding about units that did nothing: each unit's reports, period by period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nqcore.analysis.findings.review import Review
from nqcore.model.claims import Claim, Deed
from nqcore.model.findings import Finding
from nqcore.model.periods import Period


class StripState(StrEnum):
    """What a unit reported of a period."""

    HAD = "had"
    """Another figure than 0."""
    ZERO = "zero"
    """Reported as 0."""
    MISSING = "missing"
    """It is asked, and no accepted report says anything."""
    NOT_ASKED = "not_asked"
    """It owed no report with this indicator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStrip:
    """The unit with that code: one state for each period of the strip."""

    unit: str
    states: tuple[StripState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceStrip:
    """The periods spoken of, oldest first, and the units that the finding names, in its order."""

    indicator: str
    periods: tuple[Period, ...]
    units: tuple[UnitStrip, ...]

    @property
    def years(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Each year with the places of its periods in `periods` and in a unit's `states`."""
        found: dict[int, list[int]] = {}
        for place, period in enumerate(self.periods):
            found.setdefault(period.end.year, []).append(place)
        return tuple((year, tuple(places)) for year, places in found.items())


def evidence_strip(review: Review, finding: Finding) -> EvidenceStrip | None:
    """The strip of the finding's first claim about periods with 0; None where it has no such claim.

    Example: ``evidence_strip(review, finding).units[0].states[-3:]`` are three times ``StripState.ZERO``
    for a unit whose last three reports say 0.
    """
    claim = next((one for one in finding.claims if one.what is Deed.IDLE), None)
    if claim is None:
        return None
    spoken = frozenset(finding.evidence.periods)
    periods = tuple(p for p in review.periods(claim.subject) if p.code in spoken)
    units = tuple(
        UnitStrip(unit=unit, states=tuple(_states(review, claim, unit, periods)))
        for unit in claim.units
    )
    return EvidenceStrip(indicator=claim.subject, periods=periods, units=units)


def _states(
    review: Review, claim: Claim, unit: str, periods: tuple[Period, ...]
) -> Iterator[StripState]:
    asked = frozenset(period.code for period in review.asked(claim.subject, unit))
    for period in periods:
        value = review.value(claim.subject, unit, period.code) if period.code in asked else None
        if value is not None:
            yield StripState.HAD if value else StripState.ZERO
        else:
            yield StripState.MISSING if period.code in asked else StripState.NOT_ASKED
