"""Which units are under a unit, owe a form and are asked for an indicator, by period, as masks.

The tree of a period is the tree of its last day. All masks are over the axis of units. Many periods
have the same tree, so each mask is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nqcore.analysis.rollup.axis import Axis
from nqcore.analysis.rollup.exact_integers import Mask
from nqcore.collection.obligations import Obligations
from nqcore.errors import UnknownName
from nqcore.model.asking import Asking
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.units import EVERY_UNIT, Scope

_MOST_SCOPES = 1_000
"""Scopes come from addresses in which a user may type anything: so many masks of them are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class _Members:
    """The places low:high of the axis, and of them (where there is one) only those of `mask`. Units that
    do not exist in the period may be in it: they owe nothing."""

    low: int
    high: int
    mask: Mask | None = None


_EVERYBODY = Asking()
_NO_MEMBERS = _Members(0, 0)


class ReportingMask:
    """The reporting obligations of the units of `axis`."""

    def __init__(self, obligations: Obligations, axis: Axis) -> None:
        self._obligations, self._axis = obligations, axis
        self._periods: dict[tuple[str, str], Period | None] = {}
        self._owed: dict[tuple[str, str], Mask] = {}
        self._covered: dict[tuple[Scope, int], Mask] = {}
        self._under: dict[tuple[str, bool, int], _Members] = {}
        self._existing: dict[int, Mask] = {}

    def due(self, form: Form, indicator: str, code: str) -> Mask | None:
        """The units that owe `form` for the period of that code and are asked for the indicator; None for
        a code that is not a period of the form, and for a period in which no unit is asked."""
        period = self._period(form, code)
        if period is None:
            return None
        asking = self._obligations.catalogue.asking(indicator, period.end)
        if asking is None:
            return None
        due: Mask = self._owing(form, period) & self._asked_of(asking, period)
        return due

    def asked(self, indicator: str, periods: Sequence[Period], units: slice) -> Mask:
        """Which of `units` are asked for the indicator, as a mask period × units: those of its `asks` and of
        its question in the form, from the period on that contains their first days, until the last one
        before the question ends."""
        catalogue = self._obligations.catalogue
        asked = np.zeros((len(periods), units.stop - units.start), np.bool_)
        for row, period in zip(asked, periods, strict=True):
            asking = catalogue.asking(indicator, period.end)
            if asking == _EVERYBODY:
                row[:] = True
            elif asking is not None:
                row[:] = self._asked_of(asking, period)[units]
        return asked

    def _asked_of(self, asking: Asking, period: Period) -> Mask:
        found: Mask = np.ones(len(self._axis), np.bool_)
        for scope in asking.scopes:
            found = found & self._in_scope(scope, period)
        for root in asking.without:
            found = found & ~self._in_scope(Scope(within=root), period)
        return found

    def _period(self, form: Form, code: str) -> Period | None:
        key = (form.id, code)
        if key not in self._periods:
            try:
                self._periods[key] = self._obligations.period(form, code)
            except UnknownName:
                self._periods[key] = None
        return self._periods[key]

    def owed(
        self, form: Form, periods: Sequence[Period], unit: str, *, own: bool
    ) -> tuple[slice, Mask]:
        """Which units of `unit` and those under it (`own`: `unit` alone) owe `form`: the range of units on
        the axis, and a mask period × units of that range."""
        members = [self._members(unit, period, own) for period in periods]
        low, high = self._axis.range_of(unit, own=own)
        low = min([low, *(each.low for each in members if each is not _NO_MEMBERS)])
        high = max([high, *(each.high for each in members)])
        table = np.zeros((len(periods), high - low), np.bool_)
        for row, period, each in zip(table, periods, members, strict=True):
            owing = self._owing(form, period)[each.low : each.high]
            row[each.low - low : each.high - low] = (
                owing if each.mask is None else owing & each.mask
            )
        return slice(low, high), table

    def owing(self, form: Form, periods: Sequence[Period]) -> Mask:
        """Which units owe `form`, as a mask period × every unit of the axis."""
        return np.stack([self._owing(form, period) for period in periods])

    def covered(self, scope: Scope, periods: Sequence[Period], units: slice) -> Mask:
        """Which of `units` the `scope` covers, as a mask period × units."""
        if scope == EVERY_UNIT:
            return np.ones((len(periods), units.stop - units.start), np.bool_)
        return np.stack([self._in_scope(scope, period)[units] for period in periods])

    def _owing(self, form: Form, period: Period) -> Mask:
        key = (form.id, period.code)
        if key not in self._owed:
            self._owed[key] = self._mask(self._obligations.owing_codes(form, period))
        return self._owed[key]

    def _in_scope(self, scope: Scope, period: Period) -> Mask:
        key = (scope, self._obligations.tree_version(period.end))
        if key not in self._covered:
            if len(self._covered) >= _MOST_SCOPES:
                self._covered.clear()
            whole = self._obligations.catalogue.units
            tree = self._obligations.tree(period.end)
            self._covered[key] = self._mask(u.code for u in tree.values() if scope.covers(u, whole))
        return self._covered[key]

    def _members(self, unit: str, period: Period, own: bool) -> _Members:
        key = (unit, own, self._obligations.tree_version(period.end))
        if key not in self._under:
            self._under[key] = self._find_members(unit, period, own)
        return self._under[key]

    def _find_members(self, unit: str, period: Period, own: bool) -> _Members:
        tree, epoch = self._obligations.tree(period.end), self._obligations.tree_version(period.end)
        if unit not in tree:
            return _NO_MEMBERS
        if own:
            return _Members(*self._axis.range_of(unit, own=True))
        mask = self._mask(member.code for member in tree.subtree(unit))
        places = mask.nonzero()[0]
        low, high = int(places[0]), int(places[-1]) + 1
        if epoch not in self._existing:
            self._existing[epoch] = self._mask(tree)
        whole = int(self._existing[epoch][low:high].sum()) == len(places)
        return _Members(low, high, None if whole else mask[low:high])

    def _mask(self, codes: Iterable[str]) -> Mask:
        mask = np.zeros(len(self._axis), np.bool_)
        mask[[self._axis.place[code] for code in codes]] = True
        return mask
