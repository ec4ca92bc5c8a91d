"""Review after review: which frozen review comes before this one."""

from __future__ import annotations

from datetime import date

from nqcore.analysis.editions.edition import Edition, EditionHead
from nqcore.analysis.editions.register import EditionRegister
from nqcore.analysis.findings import Review
from nqcore.errors import NqError
from nqcore.model.periods import Period


def previous_edition(review: Review) -> Edition | None:
    """The last edition before this review: of the same directive, unit and boundaries, frozen by the day of
    the review, of a span that ended earlier; of several the one whose span ended last, and of one review
    its newest. None where there is none."""
    register = EditionRegister(review.repository.store)
    asked = review.address
    found: list[tuple[date, int, str]] = []
    for head in register.heads(asked.directive, asked.unit):
        span = _span(review, head)
        known = head.boundaries == asked.boundaries and head.at.date() <= review.as_of
        if known and span is not None and span.end < review.span.end:
            found.append((span.end, int(head.id), head.id))
    return register[max(found)[2]] if found else None


def _span(review: Review, head: EditionHead) -> Period | None:
    try:
        return review.totals.obligations.read(head.span)
    except NqError:  # the calendar that had it is gone
        return None
