"""The spans that a review may have: of days on which the directive was in the world and the unit was there,
and that have come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from nqcore.errors import N_, InputError, in_a_row
from nqcore.model.changes import ChangeEvent
from nqcore.model.directives import Directive
from nqcore.model.periods import Period
from nqcore.model.units import Unit, UnitTree
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


class UnitNotFounded(SpanRefused):
    """The unit was founded after the span."""

    code = "unit-not-founded"
    template = N_("{unit} was founded on {day}, after {period}. Ask for a later period.")


class UnitEnded(SpanRefused):
    """The unit ended before the span, and no unit went on with its work. Params: unit, day, period."""

    code = "unit-ended"
    template = N_(
        "{unit} ended on {day}, before {period}, and no unit went on with its work. Ask for an "
        "earlier period."
    )


class UnitWentOn(UnitEnded):
    """The unit ended before the span. Params: also heirs: the names of the units that went on."""

    template = N_(
        "{unit} ended on {day}, before {period}; its work went on in {heirs}. Ask for a review of the unit "
        "that went on, or for an earlier period."
    )


def check_span(span: Period, directive: Directive, today: date) -> None:
    """Raise SpanBeforeDirective or SpanNotBegun where a review of the span would have nothing to speak
    of. A directive whose date is unknown has no first day."""
    if directive.date is not None and span.end < directive.date:
        raise SpanBeforeDirective(
            period=span.code, directive=directive.number, day=write_date(directive.date)
        )
    if span.start > today:
        raise SpanNotBegun(period=span.code, day=write_date(span.start))


def check_unit(
    span: Period,
    unit: Unit,
    units: UnitTree,
    changes: Iterable[ChangeEvent],
    boundaries: date | None,
    today: date,
) -> None:
    """Raise UnitEnded, UnitWentOn or UnitNotFounded where the unit was there on no day of the span: its
    review would be empty. Within the `boundaries` of a day on which it was there, it has the figures of its
    territory."""
    if boundaries is not None and unit.exists(boundaries):
        return
    if unit.opened is not None and unit.opened > min(span.end, today):
        raise UnitNotFounded(unit=unit.name, day=write_date(unit.opened), period=span.code)
    if unit.closed is None or unit.closed > span.start:
        return
    heirs = [units.state(code, span.start).name for code in _heirs(unit, units, [*changes], span)]
    day = write_date(unit.closed)
    if heirs:
        raise UnitWentOn(unit=unit.name, day=day, period=span.code, heirs=in_a_row(*heirs))
    raise UnitEnded(unit=unit.name, day=day, period=span.code)


def _heirs(
    unit: Unit, units: UnitTree, changes: Iterable[ChangeEvent], span: Period
) -> Iterator[str]:
    """The units that went on with the work of one that ended, each once; for one of them that had ended too
    before the span, those that went on after it."""
    waiting, seen = [unit], {unit.code}
    while waiting:
        ended = waiting.pop(0)
        for event in changes:
            if event.date != ended.closed:
                continue
            for code in (one.target for one in event.transfers if one.source == ended.code):
                if code in seen:
                    continue
                seen.add(code)
                heir = units[code]
                if heir.closed is not None and heir.closed <= span.start:
                    waiting.append(heir)
                else:
                    yield code
