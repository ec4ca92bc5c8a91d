"""What a review is asked for: the keywords of the methods that make one, and the same as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.model.directives import Directives
from nqcore.model.figures import REPORTED, read_boundaries
from nqcore.model.periods import resolve_directive


class _Needed(TypedDict):
    directive: str
    period: str


class ReviewKeywords(_Needed, total=False):
    """The keywords of a method that makes a review; `AskedReview` says what each is."""

    unit: str | None
    boundaries: date | str
    as_of: date | None
    outline: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReview:
    """What a review is asked for. `directive`: its number or id. `period`: a span, which may be
    "@20-NQ/TW..2018-09-30": from a directive's date to a cut-off. `unit`: its code (None: the one at the
    top). `boundaries`: a day within whose units all figures are given, or "reported". `as_of`: what had been
    accepted by the end of that day speaks, and nothing else (None: today). `outline`: the id of the outline
    of its report (None: the one that the office or a plugin has chosen for the directive)."""

    directive: str
    period: str
    unit: str | None = None
    boundaries: date | str = REPORTED
    as_of: date | None = None
    outline: str | None = None

    def address(self, directives: Directives, root: str) -> ReviewAddress:
        """Which review it is; `root`: the code of the unit at the top. Raises UnknownName."""
        day = read_boundaries(self.boundaries)
        return ReviewAddress(
            directive=directives[self.directive].id,
            unit=self.unit or root,
            span=resolve_directive(self.period, directives),
            boundaries=day.isoformat() if day else REPORTED,
        )
