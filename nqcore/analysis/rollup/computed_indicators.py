"""Totals of computed indicators: the formula is evaluated over the totals of its parts, so that a
ratio is never averaged."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from nqcore.analysis.rollup.exact_total import ExactTotal
from nqcore.analysis.rollup.lookup import Lookup
from nqcore.analysis.rollup.typed_totals import TypedTotals
from nqcore.analysis.rollup.unit_selection import UnitSelection
from nqcore.errors import N_, DefinitionError, NotAddable
from nqcore.formulas import NOT_REPORTED, Operand, Reason, Reference, evaluate, no_value
from nqcore.model.figures import ReportRef
from nqcore.model.indicators import Indicator
from nqcore.model.periods import Period

Part = tuple[str, str]
"""(indicator, period)."""


def exact_total(
    lookup: Lookup, typed: TypedTotals, indicator: Indicator, units: UnitSelection, span: Period
) -> ExactTotal:
    """The exact total of a typed or computed indicator, by the definition that is given. Raises
    NotAddable."""
    if indicator.formula is not None:
        return ComputedTotal(lookup, typed, units).total(indicator, span)
    weight = lookup.catalogue.indicators.get(indicator.weight or "")
    if weight is None:
        return typed.total(indicator, units, span, None)

    def weight_of(member: str, over: Period) -> Fraction | None:
        """The weights of a mean are totals as well, of each unit by itself."""
        definition = lookup.definition(weight.code, member, over)
        alone = UnitSelection(unit=member, own=True, boundaries=units.boundaries)
        return exact_total(lookup, typed, definition, alone, over).operand.fraction

    return typed.total(indicator, units, span, weight_of)


class ComputedTotal:
    """Evaluates a computed total; each part that it needs is worked out once.

    A formula may refer to its own indicator in an earlier period (``previous(C1) + A1``): then every
    period back to the first one of the form is needed. The parts still to do are kept in a list and
    not in nested calls, so there may be thousands of them.
    """

    def __init__(self, lookup: Lookup, typed: TypedTotals, units: UnitSelection) -> None:
        self._lookup, self._typed, self._units = lookup, typed, units
        self._known: dict[Part, ExactTotal | NotAddable] = {}

    def total(self, indicator: Indicator, span: Period) -> ExactTotal:
        """The exact total of a computed `indicator` for `span`. Raises NotAddable, and DefinitionError for
        a formula that needs itself in the same period."""
        path = [(indicator, span)]
        entered: set[Part] = set()
        while path:
            definition, period = path[-1]
            key = (definition.code, period.code)
            needed = self._next_part(definition, period)
            if needed is None:
                self._known[key] = self._attempt(definition, period)
                path.pop()
            elif (needed[0].code, needed[1].code) in entered:
                raise DefinitionError(
                    file=self._lookup.catalogue.owner("indicator", definition.code),
                    key=f"indicator[{definition.code}].formula",
                    detail="is computed from itself",
                )
            else:
                path.append(needed)
            entered.add(key)
        found = self._known[indicator.code, span.code]
        if isinstance(found, NotAddable):
            raise found
        return found

    def _next_part(self, indicator: Indicator, span: Period) -> tuple[Indicator, Period] | None:
        """The first part of the formula that is not worked out yet; None when all are."""
        if indicator.formula is None or not self._lookup.begun(indicator.code, span):
            return None
        for reference in sorted(indicator.formula.references):
            part = self._part(reference, span)
            if part is not None and (part[0].code, part[1].code) not in self._known:
                return part
        return None

    def _part(self, reference: Reference, span: Period) -> tuple[Indicator, Period] | None:
        shifted = self._lookup.shifted(reference, span)
        if shifted is None:
            return None
        return self._lookup.definition(reference.code, self._units.unit, shifted), shifted

    def _attempt(self, indicator: Indicator, span: Period) -> ExactTotal | NotAddable:
        try:
            if indicator.formula is None:
                return exact_total(self._lookup, self._typed, indicator, self._units, span)
            if not self._lookup.begun(indicator.code, span):
                return self._typed.nothing(self._units.unit)  # no earlier period to look back at
            return self._evaluated(indicator, span)
        except NotAddable as refused:  # raised again only where the formula uses it
            return refused

    def _evaluated(self, indicator: Indicator, span: Period) -> ExactTotal:
        from nqcore.analysis.rollup.coverage_mask import union

        assert indicator.formula is not None
        parts: dict[Reference, ExactTotal] = {}

        def operand(reference: Reference) -> Operand:
            if reference.code not in self._lookup.catalogue.indicators:
                details = (("code", reference.code),)
                return no_value(Reason(N_("{code} is gone with its plugin."), details, "gone"))
            part = self._part(reference, span)
            if part is None:
                return NOT_REPORTED
            found = self._known[part[0].code, part[1].code]
            if isinstance(found, NotAddable):
                raise found
            parts[reference] = found
            return found.operand

        result = evaluate(indicator.formula, operand)
        used = tuple(parts.values()) or (self._typed.nothing(self._units.unit),)
        return ExactTotal(
            operand=result,
            coverage_mask=union([part.coverage_mask for part in used]),
            carried=_all_of(part.carried for part in used),
            not_applicable=max(part.not_applicable for part in used),
            estimated=_all_of(part.estimated for part in used),
            apart=_all_of(part.apart for part in used),
            kept=_all_of(part.kept for part in used),
            cells=tuple,
        )


def _all_of(several: Iterable[tuple[ReportRef, ...]]) -> tuple[ReportRef, ...]:
    """Each report once, in order."""
    return tuple(dict.fromkeys(one for each in several for one in each))
