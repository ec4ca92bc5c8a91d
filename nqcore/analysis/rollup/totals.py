"""Totals: values + tree + definitions → figures with their coverage.

Typed indicators are added up by the engine, computed ones from the totals of their parts. numpy is
loaded when the first total is asked for.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from nqcore.analysis.rollup.accepted_values import AcceptedValues
from nqcore.analysis.rollup.computed_total import ComputedTotal
from nqcore.analysis.rollup.exact_total import ExactTotal
from nqcore.analysis.rollup.series_breaks import SeriesBreak, series_breaks
from nqcore.catalogue import Catalogue
from nqcore.collection.obligations import Obligations
from nqcore.errors import N_, DefinitionError, NotAddable, UnknownName
from nqcore.formulas import Operand, Reason, Reference, round_half_up
from nqcore.model.figures import REPORTED, Coverage, Figure
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator, OverTime
from nqcore.model.periods import Period, PeriodKind, previous
from nqcore.model.units import EVERY_UNIT, Scope, Unit
from nqcore.progress import Progress, quiet

NOT_REPORTED_REASON = Reason(N_("Not reported yet."), code="not-reported")
NOT_APPLICABLE_REASON = Reason(N_("Does not apply here."), code="not-applicable")
_MANY = 1_000


class Totals:
    """Roll-up over the accepted values. `today` decides which periods already count."""

    def __init__(self, obligations: Obligations, values: AcceptedValues, today: date) -> None:
        self.obligations = obligations
        self.catalogue: Catalogue = obligations.catalogue
        self.values = values
        self.today = today
        self._periods: dict[tuple[str, Period], tuple[Period, ...]] = {}
        self._form_of: dict[str, Form] = {}
        for form in self.catalogue.forms.values():
            for field in form.figures:
                if (other := self._form_of.get(field.indicator)) is not None:
                    raise DefinitionError(
                        file=self.catalogue.owner("form", form.id),
                        key=f"form[{form.id}].figures",
                        detail=f"{field.indicator} is already asked in form {other.id}; "
                        "a figure asked twice would be counted twice",
                    )
                self._form_of[field.indicator] = form

    # -- what is asked for -----------------------------------------------------------------------

    def form_of(self, indicator: str) -> Form | None:
        """The form that asks for the indicator (for a computed one: for its first typed part)."""
        seen: set[str] = set()
        waiting = [indicator]
        while waiting:
            code = waiting.pop(0)
            if code in self._form_of:
                return self._form_of[code]
            if code in seen or code not in self.catalogue.indicators:
                continue
            seen.add(code)
            for version in reversed(self.catalogue.versions[code]):
                if version.formula is not None:
                    waiting.extend(sorted(ref.code for ref in version.formula.references))
        return None

    def span(self, code: str, indicator: Indicator) -> Period:
        """The period that `code` names, in the calendar of the indicator's form."""
        form = self.form_of(indicator.code)
        return self.obligations.read(code, form)

    def definition(self, code: str, unit: str, span: Period) -> Indicator:
        """The indicator as it holds for `unit` at the end of `span`: its version of that day, its
        formula as it may be laid over for the unit. Raises UnknownName."""
        found = self.catalogue.indicator_at(code, span.end)
        if found.formula is not None:
            found, _ = self.catalogue.overlaid("indicator", code, found, unit, span.end)
        return found

    def shifted(self, reference: Reference, span: Period) -> Period | None:
        """The period that a reference means; None where a span has no such period, or where nobody
        brought the indicator."""
        if reference.code not in self.catalogue.indicators:
            return None
        if reference.shift == "now":
            return span
        form = self.form_of(reference.code)
        calendar = self.obligations.calendar(form) if form else None
        if reference.shift == "cumulative":
            since = self.catalogue.versions[reference.code][0].since
            start = (form.since if form else None) or since or span.start
            # From the first day of the period that contains the start: that one was owed too.
            if form is not None and calendar is not None:
                first = next(calendar.periods(form.every, start, start), None)
                start = first.start if first else start
            start = min(start, span.start)
            return Period(
                code=f"{start.isoformat()}..{span.end.isoformat()}",
                kind=PeriodKind.SPAN,
                start=start,
                end=span.end,
            )
        if span.kind is PeriodKind.SPAN or calendar is None:
            return None
        if reference.shift == "previous":
            return previous(span, calendar)
        # By the end: the State's year 2018 begins in 2017.
        ago = span.end.replace(year=span.end.year - 1, day=min(span.end.day, 28))
        return next(calendar.periods(span.kind, ago, ago), None)

    def begun(self, indicator: str, span: Period) -> bool:
        """Whether the form that asks for the indicator existed by the end of `span`."""
        form = self.form_of(indicator)
        return form is None or form.since is None or form.since <= span.end

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

        `own`: what the unit reported itself, by itself. A unit's own report is one cell among those
        under it and counts once in the total, like any other. `boundaries`: within the units of that
        day; None: each report counts where its unit stood then.
        """
        newest = self.catalogue.indicator(indicator)
        if unit not in self.catalogue.units:
            raise UnknownName(kind="unit", name=unit, hint="`nq units` lists the units.")
        span = self.span(period, newest)
        definition = self.definition(newest.code, unit, span)
        worked = self.work(definition, unit, span, own=own, scope=scope, boundaries=boundaries)
        value = worked.operand.fraction if worked.printed is None else worked.printed
        return Figure(
            indicator=definition.code,
            unit=unit,
            period=period,
            value=None if value is None else round_half_up(value, definition.decimals),
            decimals=definition.decimals,
            measure=definition.measure,
            coverage=worked.coverage,
            reason=reason_of(worked.operand),
            boundaries=boundaries.isoformat() if boundaries else REPORTED,
            own=own,
            scope=scope,
            version=definition.since,
        )

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
        """The totals of every indicator of `codes_of`; one that must not be added up has no value."""
        codes = progress(self.codes_of(form), "Totals")
        return tuple(self._in_table(code, unit, period, own, boundaries) for code in codes)

    def _in_table(
        self, code: str, unit: str, period: str, own: bool, boundaries: date | None
    ) -> Figure:
        try:
            return self.figure(code, unit, period, own=own, boundaries=boundaries)
        except NotAddable as refused:
            indicator = self.catalogue.indicators[code]
            details = tuple((key, str(value)) for key, value in refused.params.items())
            return Figure(
                indicator=code,
                unit=unit,
                period=period,
                value=None,
                decimals=indicator.decimals,
                measure=indicator.measure,
                coverage=Coverage(due=0, reported=0),
                reason=Reason(refused.template, details, refused.code),
                boundaries=boundaries.isoformat() if boundaries else REPORTED,
                own=own,
                version=indicator.since,
            )

    def codes_of(self, form: Form) -> tuple[str, ...]:
        """Every indicator that `form` asks for or that is computed from those, in their order."""
        codes = [
            field.indicator
            for field in form.figures
            if field.indicator in self.catalogue.indicators
        ]
        computed = [
            code
            for code, indicator in self.catalogue.indicators.items()
            if indicator.computed and self.form_of(code) is form
        ]
        order = {code: nth for nth, code in enumerate(self.catalogue.indicators)}
        return tuple(sorted(dict.fromkeys((*codes, *computed)), key=order.__getitem__))

    def breaks(
        self, unit: str, start: date, end: date, boundaries: date | None = None
    ) -> tuple[SeriesBreak, ...]:
        """*Đứt gãy chuỗi*: the days from `start` to `end` on which the figures of `unit` begin to speak
        of other borders than before."""
        engine = self.values.engine(self.obligations)
        return tuple(series_breaks(self.obligations, engine.borders, unit, start, end, boundaries))

    def reporting(
        self, form: Form, unit: str, period: Period, boundaries: date | None = None
    ) -> tuple[Unit, ...]:
        """The units that owe `form` for `period` and whose figures, or a part of them, are in those of
        `unit` within `boundaries`. Raises UnknownName."""
        if boundaries is None:
            return self.obligations.owed(form, period, unit)
        engine = self.values.engine(self.obligations)
        inside = engine.borders(boundaries).reporting(unit, period)
        return tuple(one for one in self.obligations.owed(form, period) if one.code in inside)

    # -- exact totals ----------------------------------------------------------------------------

    def work(
        self,
        indicator: Indicator,
        unit: str,
        span: Period,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
        boundaries: date | None = None,
    ) -> ExactTotal:
        """The exact total with all it is made of, by the definition that is given (`definition`
        says which one holds). Raises NotAddable."""
        if indicator.formula is None:
            return self.typed(indicator, unit, span, own=own, scope=scope, boundaries=boundaries)
        computing = ComputedTotal(self, unit, own=own, scope=scope, boundaries=boundaries)
        return computing.worked(indicator, span)

    def typed(
        self,
        indicator: Indicator,
        unit: str,
        span: Period,
        *,
        own: bool,
        scope: Scope,
        boundaries: date | None,
    ) -> ExactTotal:
        """The exact total of a typed indicator. Raises NotAddable."""
        from nqcore.analysis.rollup.typed_total import RollupQuery

        form = self._form_of.get(indicator.code)
        periods = self.counting(form, span) if form else ()
        if len(periods) > 1 and indicator.over_time is OverTime.NONE:
            raise NotAddable(indicator=indicator.code, dimension="time")
        if not periods:
            return self.nothing(unit)
        question = RollupQuery(
            indicator=indicator,
            unit=unit,
            span=span,
            periods=periods,
            own=own,
            scope=scope,
            boundaries=boundaries,
        )
        weight = self.catalogue.indicators.get(indicator.weight or "")
        if weight is None:
            return self.values.engine(self.obligations).total(question)

        def weigh(member: str, over: Period) -> Fraction | None:
            heavy = self.definition(weight.code, member, over)
            return self.work(heavy, member, over, own=True, boundaries=boundaries).operand.fraction

        return self.values.engine(self.obligations).total(question, weigh)

    def nothing(self, unit: str) -> ExactTotal:
        """The total where nothing is owed."""
        return self.values.engine(self.obligations).nothing(unit)

    def counting(self, form: Form, span: Period) -> tuple[Period, ...]:
        """The form's periods within `span` that count by `today`, in order of time."""
        key = (form.id, span)
        if key not in self._periods:
            if len(self._periods) >= _MANY:  # spans come from addresses that anybody may type
                self._periods.clear()
            self._periods[key] = self.obligations.periods(form, span, self.today)
        return self._periods[key]


def reason_of(operand: Operand) -> Reason | None:
    """Why there is no number; None when there is one."""
    return {
        "not_reported": NOT_REPORTED_REASON,
        "not_applicable": NOT_APPLICABLE_REASON,
    }.get(operand.state, operand.reason)
