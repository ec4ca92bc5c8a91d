"""What *Số liệu* is asked for: whose figures, of which forms, over which times; the rows that it finds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import abort, request

from nqcore.analysis.provenance.explain_figures import ScopeError, read_scope
from nqcore.analysis.series.figure_table import FigureTable, SeriesRow
from nqcore.analysis.series.times import TimeStep
from nqcore.errors import BoundariesError, UnknownName
from nqcore.model.figures import REPORTED
from nqcore.model.forms import Form
from nqcore.model.units import Unit
from webforms.results.review_query import AS_OF, BOUNDARIES, as_of, boundaries
from webforms.security.page_rules import this_unit
from webforms.shared.context import forms, workspace
from webforms.shared.paging import is_named, sought

MOST = {TimeStep.YEAR: 11, TimeStep.PERIOD: 8}
"""So many times stand side by side."""
STEPS = {"nam": TimeStep.YEAR, "ky": TimeStep.PERIOD}
"""The words of the address."""
OWN = "own"


class FigureListQuery(NamedTuple):
    """One list of figures. `form`: only of that one; `upto`: the year with which the times end; `words`:
    what the names have; `scope`: over which units, as a figure's address writes it."""

    unit: Unit
    form: Form | None
    step: str
    upto: str
    words: str
    scope: str
    boundaries: date | None
    as_of: date | None

    @property
    def query(self) -> dict[str, Any]:
        """The address of the same list, by the names of its fields."""
        return {
            "don-vi": self.unit.code,
            "mau": self.form.id if self.form else None,
            "theo": self.step,
            "den": self.upto or None,
            "tim": self.words or None,
            "pham-vi": self.scope if self.scope != "all" else None,
            BOUNDARIES: self.boundaries,
            AS_OF: self.as_of,
        }

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms whose figures are listed."""
        return (self.form,) if self.form else forms()

    def tables(self) -> list[FigureTable]:
        """The figures of each form that has some, only the rows that are searched for."""
        found = [self._table(form) for form in self.forms]
        return [table for table in found if table.rows]

    def years(self) -> list[str]:
        """The years with which the list can end, newest first."""
        several = (
            workspace().totals.times(form, self.unit.code, boundaries=self.boundaries or REPORTED)
            for form in self.forms
        )
        return sorted({time.code for times in several for time in times}, reverse=True)

    def _table(self, form: Form) -> FigureTable:
        table = workspace().totals.table(
            form,
            self.unit.code,
            step=STEPS[self.step],
            upto=self.upto or None,
            most=MOST[STEPS[self.step]],
            own=self.scope == OWN,
            scope=read_scope(self.scope, workspace().catalogue.unit_kinds),
            boundaries=self.boundaries or REPORTED,
            as_of=self.as_of,
        )
        return table.with_rows(_named(table.rows, self.words))


def _named(rows: Sequence[SeriesRow], words: str) -> tuple[SeriesRow, ...]:
    """The rows whose label, name or section has every word, with accents or without."""
    return tuple(
        row
        for row in rows
        if is_named(f"{row.indicator.label} {row.indicator.name} {row.section.title}", words)
    )


def asked() -> FigureListQuery:
    """What the address asks for; 404 for what there is not."""
    args = request.args
    known = {form.id: form for form in forms()}
    form, step = args.get("mau") or None, args.get("theo") or "nam"
    if (form and form not in known) or step not in STEPS:
        abort(404)
    scope, upto = args.get("pham-vi") or "all", args.get("den") or ""
    try:
        read_scope(scope, workspace().catalogue.unit_kinds)
        if upto:
            workspace().obligations.read(upto)
    except (ScopeError, UnknownName, BoundariesError):
        abort(404)
    return FigureListQuery(
        this_unit(), known.get(form or ""), step, upto, sought(), scope, boundaries(), as_of()
    )
