"""Who owes a form and who is asked for an indicator, as masks over the axis of units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from nqcore.errors import UnknownName
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.units import Scope
from nqcore.obligations import Obligations
from nqcore.rollup.axis import Axis
from nqcore.rollup.exact import Mask

_MANY = 1_000
"""Scopes come from addresses that anybody may type: so many are remembered."""


class Duties:
    """Masks, each worked out once."""

    def __init__(self, obligations: Obligations, axis: Axis) -> None:
        self._obligations, self._axis = obligations, axis
        self._owed: dict[tuple[str, str], Mask] = {}
        self._scopes: dict[Scope, Mask] = {}

    def owed_in(self, form: Form, period: str) -> Mask | None:
        """The same by the period's code; None for a code that is no period."""
        try:
            return self.owed(form, self._obligations.period(form, period))
        except UnknownName:
            return None

    def owed(self, form: Form, period: Period) -> Mask:
        """The units that owe `form` for `period`."""
        key = (form.id, period.code)
        if key not in self._owed:
            owing = self._obligations.owed(form, period)
            self._owed[key] = self._mask(self._axis.place[unit.code] for unit in owing)
        return self._owed[key]

    def covered(self, scope: Scope) -> Mask:
        """The units that `scope` covers, on the whole tree."""
        if scope not in self._scopes:
            if len(self._scopes) >= _MANY:
                self._scopes.clear()
            tree = self._obligations.catalogue.units
            units = enumerate(self._axis.units)
            self._scopes[scope] = self._mask(n for n, u in units if scope.covers(u, tree))
        return self._scopes[scope]

    def table(self, form: Form, periods: Sequence[Period], unit: str, units: slice) -> Mask:
        """period × `units`: who owes `form`, in the periods at whose end `unit` itself exists."""
        top = self._obligations.catalogue.units[unit]
        nobody = np.zeros(len(self._axis), np.bool_)
        rows = [self.owed(form, p) if top.exists(p.end) else nobody for p in periods]
        return np.stack([row[units] for row in rows])

    def _mask(self, places: Iterable[int]) -> Mask:
        mask = np.zeros(len(self._axis), np.bool_)
        mask[list(places)] = True
        return mask
