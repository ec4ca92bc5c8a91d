"""*Số liệu* (`/so-lieu`): every indicator with its figures over the years, to search, filter and export."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from nqcore.analysis.findings.held_targets import HeldTarget
from nqcore.analysis.series.figure_table import FigureTable, SeriesRow
from nqcore.analysis.series.times import SeriesTime
from nqcore.collection.accounts.access import Action
from nqcore.files.table_xlsx import MEDIA_TYPE, table_workbook
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.forms import Form
from nqcore.model.units import Unit
from nqcore.text.printable import printable
from webforms.results.charts import Spark, spark
from webforms.results.figure_list_query import OWN, FigureListQuery, asked
from webforms.results.figures import address
from webforms.security.page_rules import QUERIED_UNIT, page
from webforms.shared.context import forms, may, workspace
from webforms.shared.filters import period_short, reason_words, time_short
from webforms.shared.kinds import group_words
from webforms.shared.language import _
from webforms.shared.paging import paged

pages = Blueprint("figure_list", __name__)


LINES = 25
"""So many rows has one page."""


class SeriesLine(NamedTuple):
    """A row of the page: the indicator's figures, their drawing, and its targets."""

    row: SeriesRow
    spark: Spark | None
    targets: tuple[HeldTarget, ...]


class SeriesPart(NamedTuple):
    """The lines of one form that stand on this page, in its sections."""

    form: Form
    times: tuple[SeriesTime, ...]
    heads: tuple[str, ...]
    sections: list[tuple[str, list[SeriesLine]]]


@pages.get("/so-lieu")
@page(Action.READ, QUERIED_UNIT)
def listing() -> str:
    """Every indicator × years or periods."""
    query = asked()
    tables = query.tables()
    shown = paged([(table, row) for table in tables for row in table.rows], LINES)
    return render_template(
        "figure_list.html",
        query=query,
        page=shown,
        parts=list(_parts(query, shown.lines)),
        years=query.years(),
        forms=forms(),
        units=_units(query),
        scopes=_scopes(query),
        address=address,
    )


@pages.get("/chi-tieu")
@page(Action.READ, QUERIED_UNIT)
def all_indicators() -> Answer:
    """The list of indicators is the list of their figures."""
    asked_for: dict[str, Any] = request.args.to_dict()
    return redirect(url_for("figure_list.listing", **asked_for), 302)


@pages.get("/so-lieu.xlsx")
@page(Action.READ, QUERIED_UNIT)
def spreadsheet() -> Response:
    """The whole list in Excel, numbers as numbers."""
    query = asked()
    head_row, rows = _flat(query.tables())
    title = f"{_('Figures')} – {query.unit.name}"
    return _file(table_workbook(title, head_row, rows), query, "xlsx", MEDIA_TYPE)


@pages.get("/so-lieu.csv")
@page(Action.READ, QUERIED_UNIT)
def comma_separated() -> Response:
    """The whole list as CSV that Excel opens: with the mark of UTF-8, whole numbers and points."""
    query = asked()
    head_row, rows = _flat(query.tables())
    written = StringIO()
    csv.writer(written).writerows([head_row, *([_plain(cell) for cell in row] for row in rows)])
    data = written.getvalue().encode("utf-8-sig", "replace")
    return _file(data, query, "csv", "text/csv; charset=utf-8")


def _parts(
    query: FigureListQuery, lines: Sequence[tuple[FigureTable, SeriesRow]]
) -> Iterator[SeriesPart]:
    for form_id, members in groupby(lines, key=lambda one: one[0].form.id):
        several = list(members)
        table = several[0][0]
        whole = [time.whole for time in table.times]
        sections = groupby((row for _table, row in several), key=lambda row: row.section.title)
        yield SeriesPart(
            workspace().catalogue.form(form_id),
            table.times,
            tuple(map(time_short, table.times)),
            [(title, [_line(query, row, whole) for row in rows]) for title, rows in sections],
        )


def _line(query: FigureListQuery, row: SeriesRow, whole: Sequence[bool]) -> SeriesLine:
    ws, code = workspace(), row.indicator.code
    # A verdict is of today and of the whole unit: it stands beside no other figures.
    if query.scope != "all" or query.as_of is not None:
        return SeriesLine(row, spark(row.figures, whole), ())
    held = ws.reviews.targets_of_indicator(
        code, query.unit.code, boundaries=query.boundaries or REPORTED
    )
    return SeriesLine(row, spark(row.figures, whole), held)


def _units(query: FigureListQuery) -> list[Unit]:
    """The unit, those above it that one may see, and those directly under it."""
    ws = workspace()
    tree = ws.obligations.tree(query.boundaries or ws.today)
    code = query.unit.code
    if code not in tree:
        return [query.unit]
    above = [one for one in reversed(tree.ancestors(code)) if may(Action.READ, one.code)]
    return [*above, query.unit, *tree.children(code)]


def _scopes(query: FigureListQuery) -> list[tuple[str, str]]:
    """Which part of the units can be chosen: all, the unit's own reports, the units of one kind."""
    ws = workspace()
    tree = ws.obligations.tree(query.boundaries or ws.today)
    below = tree.subtree(query.unit.code)[1:] if query.unit.code in tree else ()
    if not below:
        return []
    kinds = dict.fromkeys(one.kind for one in below)
    found = [("all", _("The unit and all under it")), (OWN, _("Its own reports only"))]
    return [*found, *((f"kinds={kind}", group_words(kind)) for kind in kinds)]


# -- the same as a file ----------------------------------------------------------------------------

Cell = str | Decimal | int
"""A cell of the exported table."""


def _flat(tables: Sequence[FigureTable]) -> tuple[list[str], list[list[Cell]]]:
    """One table of all forms: the times of all, and for each figure how many reports are in it."""
    times = {time.code: time for table in tables for time in table.times}
    order = sorted(times.values(), key=lambda time: (time.period.end, time.period.start))
    names = [_("Form"), _("Section"), _("Code"), _("Indicator"), _("Measure")]
    for time in order:
        names += [time_short(time), _("{period}: reports").format(period=period_short(time.period))]
    return names, [_cells(table, row, order) for table in tables for row in table.rows]


def _cells(table: FigureTable, row: SeriesRow, order: Sequence[SeriesTime]) -> list[Cell]:
    figures = {time.code: figure for time, figure in zip(table.times, row.figures, strict=True)}
    one = row.indicator
    cells: list[Cell] = [table.form.title, row.section.title, one.label, one.name, one.measure]
    for time in order:
        cells += _pair(figures.get(time.code))
    return cells


def _pair(figure: Figure | None) -> tuple[Cell, Cell]:
    """The value, or why there is none; and "27/28"."""
    if figure is None:
        return "", ""
    c = figure.coverage
    reports = f"{c.reported}/{c.due}" if c.due else ""
    if figure.value is not None:
        return figure.value, reports
    return reason_words(figure.reason) if figure.reason else "", reports


def _plain(cell: Cell) -> str:
    """Text that no program takes for a formula."""
    text = printable(str(cell))
    return f"'{text}" if isinstance(cell, str) and text[:1] in "=+-@\t" and text else text


def _file(data: bytes, query: FigureListQuery, suffix: str, kind: str) -> Response:
    name = quote(f"so-lieu-{query.unit.code}.{suffix}")
    disposition = f"attachment; filename*=UTF-8''{name}"
    return Response(data, content_type=kind, headers={"Content-Disposition": disposition})
