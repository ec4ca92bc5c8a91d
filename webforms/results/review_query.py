"""What a review is asked for: a directive, a period, a unit; by query or as one name in an address."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from flask import abort

from nqcore.analysis.findings import Review
from nqcore.errors import BoundariesError, UnknownName
from nqcore.model.directives import Directive
from nqcore.model.figures import REPORTED, read_boundaries
from nqcore.model.periods import Period
from nqcore.model.units import Unit
from webforms.security.page_rules import declared_actions, require
from webforms.shared.context import workspace
from webforms.shared.posted import this_request

BOUNDARIES = "co-cau"
"""The field of a query with the day whose unit boundaries hold for the figures."""
OUTLINE = "de-cuong"
"""The field of a query with the id of the outline of the report; it goes on through links too."""
AS_OF = "tinh-den"
"""The field of a query with the day up to which accepted reports count; it goes on through all links."""
YEARS = 3
"""How many single years the choice of periods offers."""


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
        """Its name in an address: "2008..2018_res20.20-nq-tw_huyen", "…_huyen@2018-10-05"."""
        day = f"@{self.boundaries}" if self.boundaries else ""
        return f"{self.period}_{self.directive.id}_{self.unit.code}{day}"

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

    def review(self) -> Review:
        """The review itself."""
        return workspace().reviews.review(
            directive=self.directive.id,
            period=self.period,
            unit=self.unit.code,
            boundaries=self.boundaries or REPORTED,
            as_of=self.as_of,
        )


def chosen(unit: Unit) -> ReviewQuery:
    """What the query (or the form that came back) asks for of that unit; without one the first
    directive over its whole life."""
    found = choices()
    args = this_request().values
    if not found:
        abort(404)
    directive = _directive(args["van-ban"]) if "van-ban" in args else found[0]
    period = args.get("ky") or periods(directive)[0]
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
    try:
        return read_boundaries(text)
    except BoundariesError:
        abort(404)


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
    # A review shows what all forms of its directives bring: an account for one form only
    # sees its figures on other pages.
    for form in asked.review().forms():
        require(*declared_actions(), unit=unit.code, form=form.id)
    return asked


def _directive(id: str) -> Directive:
    try:
        return workspace().directives[id]
    except UnknownName:
        abort(404)


def choices() -> tuple[Directive, ...]:
    """The directives that have forms or rules: only these have a review."""
    ws = workspace()
    named_by = {form.directive for form in ws.catalogue.forms.values()}
    named_by |= {rule.directive for rule in ws.catalogue.rules.values()}
    below = {link.source for link in ws.directives.links}
    found = [d for d in ws.directives if {d.id, d.number} & named_by]
    # A document that carries out no other comes first: its review contains all the others.
    return tuple(sorted(found, key=lambda d: d.id in below))


def periods(directive: Directive) -> tuple[str, ...]:
    """The periods that are offered: from the document's year to this one, then single years."""
    year = workspace().today.year
    first = directive.date.year if directive.date else year
    whole = (f"{first}..{year}",) if first < year else ()
    return (*whole, *(str(year - back) for back in range(YEARS) if year - back >= first))
