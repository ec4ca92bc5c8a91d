"""Parts of a whole: they fall where the whole falls, and that alone is no shortcoming (law 11)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from nqcore.analysis.findings.review import Review
from nqcore.errors import NotAddable
from nqcore.formulas import Formula
from nqcore.formulas.expressions import Product, Reference
from nqcore.model.figures import Figure
from nqcore.model.indicators import Direction, Indicator


def judged_by_their_rate(review: Review) -> frozenset[str]:
    """The codes of the indicators that are the numerator of a rate with a better direction, such as B7 of
    "B7 / B6 * 100": the rate is judged in their place."""
    found: set[str] = set()
    for form in review.forms():
        for code in review.totals.lookup.codes_of(form):
            rate = review.indicator(code)
            if rate.formula is not None and rate.direction is not Direction.NEUTRAL:
                found |= _numerator(rate.formula)
    return frozenset(found)


def _numerator(formula: Formula) -> set[str]:
    match formula.expression:
        case Product(factors=((_, Reference(code=over)), ("/", Reference()), *_)):
            return {over}
    return set()


def share_has_kept(review: Review, indicator: Indicator, values: Sequence[Figure]) -> bool:
    """Whether the indicator is a part of another (`at_most`), and its share of that has not become worse
    from the first of the two `values` to the other. False where there is no such share."""
    if indicator.at_most is None:
        return False
    shares = [_share(review, indicator.at_most, figure) for figure in values]
    before, now = shares
    if before is None or now is None:
        return False
    return now <= before if indicator.direction is Direction.DOWN else now >= before


def _share(review: Review, whole: str, part: Figure) -> Fraction | None:
    try:
        of = review.figure_over(whole, part.scope, part.period).value
    except NotAddable:
        return None
    return Fraction(part.value) / Fraction(of) if of and part.value is not None else None
