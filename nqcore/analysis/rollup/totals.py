"""Totals: from accepted values, the tree of units and the definitions to figures with coverage.

The engine adds up typed indicators; computed ones are evaluated from the totals of their parts. numpy
is loaded when the first total is asked for.
"""

from __future__ import annotations

from copy import copy
from datetime import date

from nqcore.analysis.rollup.accepted_values import AcceptedValues
from nqcore.analysis.rollup.computed_indicators import exact_total
from nqcore.analysis.rollup.exact_total import ExactTotal
from nqcore.analysis.rollup.kept import Kept
from nqcore.analysis.rollup.lookup import Lookup
from nqcore.analysis.rollup.series_breaks import SeriesBreak, series_breaks
from nqcore.analysis.rollup.typed_totals import LazyEngine, TypedTotals
from nqcore.analysis.rollup.unit_selection import UnitSelection
from nqcore.catalogue import Catalogue
from nqcore.collection.obligations import Obligations
from nqcore.errors import N_, NotAddable, Phrase, UnknownName
from nqcore.formulas import Operand, Reason, round_half_up
from nqcore.model.figures import REPORTED, Coverage, Figure, read_boundaries
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.periods import Period
from nqcore.model.units import EVERY_UNIT, Scope, Unit
from nqcore.progress import Progress, quiet

NOT_REPORTED_REASON = Reason(N_("Not reported yet."), code="not-reported")
NOT_APPLICABLE_REASON = Reason(N_("Does not apply here."), code="not-applicable")
NOT_BEGUN_REASON = Reason(N_("The period has not come yet."), code="not-applicable")
NOT_ISSUED_REASON = Reason(N_("Before it was issued."), code="not-applicable")
NOT_FOUNDED_REASON = Reason(N_("The unit did not exist yet."), code="not-applicable")
GONE_REASON = Reason(N_("The unit had ended."), code="not-applicable")
_MOST_FIGURES = 1_000_000
"""A figure names the reports that are missing: figures with so many are kept."""
_LEAST_REPORTS = 50
"""A figure counts as so many reports, and those that it names."""
_Key = tuple[str, str, str, bool, Scope, date | None]
"""(indicator, unit, period, own, scope, boundaries)."""


class Totals:
    """Roll-up over the accepted values: every figure with its coverage, exact until it is rounded.

    `today` decides which periods already count. `lookup` answers which form and definition an
    indicator has; `typed` adds up what units typed.
    """

    def __init__(self, obligations: Obligations, values: AcceptedValues, today: date) -> None:
        """Raises DefinitionError when two forms ask for the same indicator."""
        self.obligations = obligations
        self.catalogue: Catalogue = obligations.catalogue
        self.values = values
        self.today = today
        self.lookup = Lookup(obligations)
        self._engine = LazyEngine(obligations, values)
        self.typed = TypedTotals(self.lookup, self._engine, today)
        self._kept: Kept[_Key, Figure] = Kept(_MOST_FIGURES)

    def on(self, today: date) -> Totals:
        """The same totals as of another day; both have the same engine."""
        found = copy(self)
        found.today = today
        found.typed = TypedTotals(self.lookup, self._engine, today)
        found._kept = Kept(_MOST_FIGURES)
        return found

    # -- figures ---------------------------------------------------------------------------------

    def figure(
        self,
        indicator: str,
        unit: str,
        period: str,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
        boundaries: date | None = None,
    ) -> Figure:
        """The total of `indicator` for `unit` and all under it in `period`, over the units that
        `scope` covers. Raises UnknownName, NotAddable.

        `period` is a code such as "2018-Q3", "2018" or "2008..2018". `own`: only what the unit itself
        reported; in the total its own report is one cell like those of the units under it.
        `boundaries`: within the units of that day; None: each report counts at the place that its
        unit had in the tree then.
        """
        key, version = (indicator, unit, period, own, scope, boundaries), self.values.version
        found = self._kept.get(key, version)
        if found is None:
            found = self._figure(*key)
            each = found.coverage
            named = (each.missing, each.carried, each.estimated, each.apart, each.kept)
            self._kept.keep(key, found, version, _LEAST_REPORTS + sum(map(len, named)))
        return found

    def _figure(
        self,
        indicator: str,
        unit: str,
        period: str,
        own: bool,
        scope: Scope,
        boundaries: date | None,
    ) -> Figure:
        newest = self.catalogue.indicator(indicator)
        if unit not in self.catalogue.units:
            raise UnknownName(
                kind="unit", name=unit, hint=Phrase(N_("`nq units` lists the units."))
            )
        span = self.lookup.span(period, newest)
        definition = self.lookup.definition(newest.code, unit, span)
        exact = self.exact(definition, unit, span, own=own, scope=scope, boundaries=boundaries)
        value = exact.operand.fraction if exact.printed is None else exact.printed
        return Figure(
            indicator=definition.code,
            unit=unit,
            period=period,
            value=None if value is None else round_half_up(value, definition.decimals),
            decimals=definition.decimals,
            measure=definition.measure,
            coverage=exact.coverage,
            reason=self._reason(exact.operand, definition.code, unit, span, boundaries),
            boundaries=boundaries.isoformat() if boundaries else REPORTED,
            own=own,
            scope=scope,
            version=definition.since,
        )

    def _reason(
        self, operand: Operand, code: str, unit: str, span: Period, boundaries: date | None
    ) -> Reason | None:
        """Why there is no number. What does not apply for its time alone says so, and not that it never
        does."""
        reason = reason_of(operand)
        if reason is not NOT_APPLICABLE_REASON:
            return reason
        if span.start > self.today:
            return NOT_BEGUN_REASON
        form, member = self.lookup.form_of(code), self.catalogue.units[unit]
        since = form.since if form is not None else None
        if not self.catalogue.begun(code, span.end) or (since is not None and since > span.end):
            return NOT_ISSUED_REASON
        if boundaries is None and member.opened is not None and member.opened > span.end:
            return NOT_FOUNDED_REASON
        if boundaries is None and member.closed is not None and member.closed <= span.start:
            return GONE_REASON
        return reason

    def of_form(
        self,
        form: Form,
        unit: str,
        period: str,
        *,
        own: bool = False,
        boundaries: date | None = None,
        progress: Progress = quiet,
    ) -> tuple[Figure, ...]:
        """The totals of every indicator of the form (`Lookup.codes_of`); one that must not be added up has
        no value, with the reason."""
        codes = progress(self.lookup.codes_of(form), "Totals")
        return tuple(self.figure_in_table(code, unit, period, own, boundaries) for code in codes)

    def figure_in_table(
        self,
        code: str,
        unit: str,
        period: str,
        own: bool,
        boundaries: date | None,
        scope: Scope = EVERY_UNIT,
    ) -> Figure:
        """The figure as a row of a table shows it: where `figure` raises NotAddable it has no value,
        with that as the reason."""
        try:
            return self.figure(code, unit, period, own=own, scope=scope, boundaries=boundaries)
        except NotAddable as refused:
            indicator = self.catalogue.indicator(code)
            details = tuple((key, str(value)) for key, value in refused.params.items())
            return Figure(
                indicator=indicator.code,
                unit=unit,
                period=period,
                value=None,
                decimals=indicator.decimals,
                measure=indicator.measure,
                coverage=Coverage(due=0, reported=0),
                reason=Reason(refused.template, details, refused.code),
                boundaries=boundaries.isoformat() if boundaries else REPORTED,
                own=own,
                scope=scope,
                version=indicator.since,
            )

    def is_zero(self, figure: Figure) -> bool:
        """Whether the exact value is 0. The value 0,0 may also be a rounded one, such as 0.04."""
        if figure.value != 0:
            return False
        span = self.lookup.span(figure.period, self.catalogue.indicator(figure.indicator))
        exact = self.exact(
            self.lookup.definition(figure.indicator, figure.unit, span),
            figure.unit,
            span,
            own=figure.own,
            scope=figure.scope,
            boundaries=read_boundaries(figure.boundaries),
        )
        return exact.operand.fraction == 0

    def breaks(
        self, unit: str, start: date, end: date, boundaries: date | None = None
    ) -> tuple[SeriesBreak, ...]:
        """Series breaks (*đứt gãy chuỗi*): the days from `start` to `end` from which on the figures of
        `unit` cover other units than before."""
        engine = self._engine()
        return tuple(
            series_breaks(self.obligations, engine.boundaries, unit, start, end, boundaries)
        )

    def members(
        self, unit: str, period: Period, boundaries: date | None = None
    ) -> tuple[Unit, ...]:
        """The units of `period` whose figures, or a part of them, are in those of `unit` within
        `boundaries`; as they are on the last day of `period`, in the order of the tree. Raises
        UnknownName where `unit` does not exist on the day of `boundaries`."""
        tree = self.obligations.tree(period.end)
        if boundaries is None:
            return tree.subtree(unit) if unit in tree else ()
        inside = self._engine().boundaries(boundaries).reporting(unit, period)
        return tuple(one for one in tree.values() if one.code in inside)

    # -- exact totals ----------------------------------------------------------------------------

    def exact(
        self,
        indicator: Indicator,
        unit: str,
        span: Period,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
        boundaries: date | None = None,
    ) -> ExactTotal:
        """The exact total and all cells that it was made of, by the definition that is given
        (`Lookup.definition` says which one holds). Raises NotAddable."""
        units = UnitSelection(unit=unit, own=own, scope=scope, boundaries=boundaries)
        return exact_total(self.lookup, self.typed, indicator, units, span)


def reason_of(operand: Operand) -> Reason | None:
    """Why there is no number; None when there is one."""
    return {
        "not_reported": NOT_REPORTED_REASON,
        "not_applicable": NOT_APPLICABLE_REASON,
    }.get(operand.state, operand.reason)
