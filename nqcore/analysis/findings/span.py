"""The spans that a review may have: of days on which the directive was in the world, and that have come."""

from __future__ import annotations

from datetime import date

from nqcore.errors import N_, InputError
from nqcore.model.directives import Directive
from nqcore.model.periods import Period
from nqcore.text.dates import write_date


class SpanRefused(InputError):
    """There is no review of that span."""

    code = "span-refused"
    template = N_("There is no review of {period}. Ask for another period.")


class SpanBeforeDirective(SpanRefused):
    """The span ends before the directive was issued."""

    code = "span-before-directive"
    template = N_("{period} ends before {directive} was issued ({day}). Ask for a later period.")


class SpanNotBegun(SpanRefused):
    """The span lies in the future."""

    code = "span-not-begun"
    template = N_("{period} begins on {day}. Ask for a period that has begun.")


def check_span(span: Period, directive: Directive, today: date) -> None:
    """Raise SpanBeforeDirective or SpanNotBegun where a review of the span would have nothing to speak
    of. A directive whose date is unknown has no first day."""
    if directive.date is not None and span.end < directive.date:
        raise SpanBeforeDirective(
            period=span.code, directive=directive.number, day=write_date(directive.date)
        )
    if span.start > today:
        raise SpanNotBegun(period=span.code, day=write_date(span.start))
