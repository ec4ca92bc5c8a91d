"""What a review is asked for: a directive, a period, a unit; by query or as one name in an address."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from flask import abort

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.analysis.findings.review_periods import first_asked, in_order
from nqcore.errors import BoundariesError, UnknownName
from nqcore.model.directives import Directive
from nqcore.model.figures import REPORTED, read_boundaries
from nqcore.model.periods import Period
from nqcore.model.units import Unit
from nqcore.text.dates import DateError, read_date
from nqcore.workspace.asked_review import ReviewKeywords
from webforms.security.page_rules import declared_actions, require
from webforms.shared.context import me, workspace
from webforms.shared.posted import this_request

BOUNDARIES = "co-cau"
"""The field of a query with the day whose unit boundaries hold for the figures."""
OUTLINE = "de-cuong"
"""The field of a query with the id of the outline of the report; it goes on through links too."""
AS_OF = "tinh-den"
"""The field of a query with the day up to which accepted reports count; it goes on through all links."""
Offered = tuple[Period, ...]
"""The periods of a choice, in its order: `period_options` of macros.html groups them by kind."""


class ReviewQuery(NamedTuple):
    """One review. `boundaries`: the day whose unit boundaries hold for the figures; None: as reported.
    `as_of`: the day up to which accepted reports count; None: today. `outline`: that of the report; None: the
    one that the office has chosen."""

    directive: Directive
    period: str
    unit: Unit
    boundaries: date | None = None
    as_of: date | None = None
    outline: str | None = None

    @property
    def id(self) -> str:
        """Its name in an address."""
        return name_of(
            ReviewAddress(
                directive=self.directive.id,
                unit=self.unit.code,
                span=self.period,
                boundaries=str(self.boundaries or REPORTED),
            )
        )

    @property
    def query(self) -> dict[str, Any]:
        """What the address of a page asks for this review, by the names of its fields."""
        return {
            "van-ban": self.directive.id,
            "ky": self.period,
            "don-vi": self.unit.code,
            BOUNDARIES: self.boundaries,
            AS_OF: self.as_of,
            OUTLINE: self.outline,
        }

    @property
    def days(self) -> dict[str, Any]:
        """The part of `query` that the review's `id` does not have."""
        return {AS_OF: self.as_of, OUTLINE: self.outline}

    @property
    def span(self) -> Period:
        """The days it covers."""
        return workspace().obligations.read(self.period)

    @property
    def keywords(self) -> ReviewKeywords:
        """What it asks for, as the methods of `ws.reviews` and `ws.editions` take it."""
        return {
            "directive": self.directive.id,
            "period": self.period,
            "unit": self.unit.code,
            "boundaries": self.boundaries or REPORTED,
            "as_of": self.as_of,
            "outline": self.outline,
        }

    @property
    def periods(self) -> Offered:
        """The periods that a page of this review offers beside its own."""
        return periods(self.unit, self.directive, near=self.period, day=self.boundaries)

    @property
    def is_owed(self) -> bool:
        """Whether the unit, or one under it, owed a report in the period."""
        return workspace().reviews.is_owed(
            self.directive.id,
            self.period,
            self.unit.code,
            boundaries=self.boundaries or REPORTED,
        )

    def review(self) -> Review:
        """The review itself."""
        return workspace().reviews.review(**self.keywords)


def chosen(unit: Unit) -> ReviewQuery:
    """What the query (or the form that came back) asks for of that unit; without one the first
    directive over its whole life."""
    found = workspace().reviews.directives()
    args = this_request().values
    if not found:
        abort(404)
    directive = _directive(args["van-ban"]) if "van-ban" in args else found[0]
    period = args.get("ky") or first_period(directive, unit)
    return _checked(directive, period, unit, boundaries())


def boundaries() -> date | None:
    """The day that the query asks for (`co-cau`); None: as reported."""
    return _day(this_request().values.get(BOUNDARIES) or REPORTED)


def as_of() -> date | None:
    """The day that the query asks for (`tinh-den`); None: today."""
    return _day(this_request().values.get(AS_OF) or REPORTED)


def outline() -> str | None:
    """The id of the outline that the query asks for (`de-cuong`); None: the one chosen by the office."""
    asked = this_request().values.get(OUTLINE) or None
    if asked and asked not in workspace().catalogue.outlines:
        abort(404)
    return asked


def _day(text: str) -> date | None:
    """As addresses write it, "2018-10-05", or as people type it, "5/10/2018"."""
    try:
        return read_boundaries(text)
    except BoundariesError:
        pass
    try:
        return read_date(text, today=workspace().today)
    except DateError:
        abort(404)


def name_of(review: ReviewAddress) -> str:
    """The name of a review in an address: "2008..2018_res20.20-nq-tw_huyen", "…_huyen@2018-10-05"."""
    return f"{review.span}_{review.directive}_{review.place}"


def unit_in_name(id: str) -> str:
    """The code of the unit in a review's id; "?", which is no unit's, where it names none."""
    return id.rpartition("_")[2].partition("@")[0] or "?"


def named(id: str, unit: Unit) -> ReviewQuery:
    """What the address names, of that unit."""
    period, _, rest = id.partition("_")
    directive, _, place = rest.rpartition("_")
    day = place.partition("@")[2]
    return _checked(_directive(directive), period, unit, _day(day or REPORTED))


def _checked(directive: Directive, period: str, unit: Unit, day: date | None) -> ReviewQuery:
    ws = workspace()
    try:
        ws.obligations.read(period)
    except UnknownName:
        abort(404)
    if day is not None and unit.code not in ws.obligations.tree(day):
        abort(404)
    asked = ReviewQuery(directive, period, unit, day, as_of(), outline())
    require(*declared_actions(), unit=unit.code)
    # A review shows what all forms of its directives bring: an account for one form only
    # sees its figures on other pages.
    me().require_forms(asked.review().forms())
    return asked


def _directive(id: str) -> Directive:
    try:
        return workspace().directives[id]
    except UnknownName:
        abort(404)


def periods(
    unit: Unit, *directives: Directive, near: str | None = None, day: date | None = None
) -> Offered:
    """The periods of which a review of the unit is offered, on any of the directives; with the parts of the
    years of `near`, the period that is shown; within the boundaries of `day`."""
    reviews = workspace().reviews
    every = (
        period
        for one in directives
        for period in reviews.periods(one.id, unit.code, boundaries=day or REPORTED, near=near)
    )
    return in_order(every)


def first_period(directive: Directive, unit: Unit) -> str:
    """The code of the period that is shown before one is chosen; this year where none is offered."""
    found = first_asked(periods(unit, directive))
    return found.code if found else str(workspace().today.year)
