"""Which review: the key under which its editions, the decisions on its findings and its draft are kept."""

from __future__ import annotations

from dataclasses import dataclass

from nqcore.model.figures import REPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAddress:
    """Which review: the id of the directive, the code of the unit, the span ("2018", "2008..2018"), and
    "reported" or the day within whose boundaries its figures are. It is the same for every day up to which
    figures speak, and for every outline."""

    directive: str
    unit: str
    span: str
    boundaries: str = REPORTED

    @property
    def place(self) -> str:
        """ "huyen", or "huyen@2018-10-05": within the boundaries of a day a review has figures of its own."""
        return self.unit if self.boundaries == REPORTED else f"{self.unit}@{self.boundaries}"
