"""Charts that Excel itself draws, of the numbers on the sheets: they follow a number that is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nq_spreadsheet.looks import Looks
from nq_spreadsheet.sheet_names import SheetNames
from nq_spreadsheet.table_sheets import HEAD, TableSheet
from nq_spreadsheet.times import kind_of, time_of
from nqcore.plugin import Figure, Names, PeriodKind, TiedNumber, printable

NAME = "Biểu đồ"
_MOST, _FEWEST_POINTS = 8, 3
_ACROSS, _ROWS, _COLUMNS = 2, 17, 9


def add_charts(
    book: Any, looks: Looks, titles: SheetNames, tables: Sequence[TableSheet], names: Names
) -> None:
    """A sheet with the charts; none where no table has three times or units to compare."""
    found = [(made, row) for made in tables for row in _told(made)][:_MOST]
    by_unit = [made for made in tables if made.table.block == "table:units"]
    if not found and not by_unit:
        return
    sheet = book.add_worksheet(titles.unused(NAME))
    sheet.write_string(0, 0, "Biểu đồ một số chỉ tiêu", looks.get("plain", bold=True))
    charts = [*(_by_time(book, made, row, names) for made, row in found)]
    charts += [chart for made in by_unit for chart in _by_unit(book, made)]
    for nth, chart in enumerate(charts):
        down, across = divmod(nth, _ACROSS)
        sheet.insert_chart(2 + down * _ROWS, across * _COLUMNS, chart)
    lines = -(-len(charts) // _ACROSS)
    sheet.set_h_pagebreaks([2 + line * _ROWS for line in range(2, lines, 2)])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _told(made: TableSheet) -> Iterator[int]:
    """The rows of a table by year with a target; where none has one, its first rows."""
    rows = [nth for nth, row in enumerate(made.table.rows) if _is_series(row)]
    aimed = [nth for nth in rows if _target(made.table.rows[nth]) is not None]
    yield from aimed or rows[:2]


def _columns(row: Sequence[object]) -> list[int]:
    """The columns with the years of one indicator, side by side."""
    return [
        n
        for n, cell in enumerate(row)
        if isinstance(cell, Figure) and kind_of(cell.period) is PeriodKind.YEAR
    ]


def _is_series(row: Sequence[object]) -> bool:
    """Whether the row has enough years, each after the one before it."""
    cells = [row[column] for column in _columns(row)]
    codes = [cell.period for cell in cells if isinstance(cell, Figure)]
    starts = [time.start for code in codes if (time := time_of(code)) is not None]
    return len(starts) >= _FEWEST_POINTS and starts == sorted(set(starts))


def _target(row: Sequence[object]) -> int | None:
    found = (n for n, c in enumerate(row) if isinstance(c, TiedNumber) and c.how == "target")
    return next(found, None)


def _by_time(book: Any, made: TableSheet, nth: int, names: Names) -> Any:
    row = made.table.rows[nth]
    columns, (y, _) = _columns(row), made.place((nth, 0))
    figure = row[columns[0]]
    assert isinstance(figure, Figure)
    indicator = names.indicators.get(figure.indicator)
    title = indicator.name if indicator else figure.indicator
    chart = book.add_chart({"type": "column"})
    first, last = columns[0], columns[-1]
    chart.add_series(
        {
            "name": [made.name, y, _name_column(row)],
            "categories": [made.name, HEAD, first, HEAD, last],
            "values": [made.name, y, first, y, last],
            "fill": {"color": "#3B6EA5"},
            "gap": 60,
        }
    )
    _dress(chart, f"{title} ({figure.measure})", [row[column] for column in columns])
    return chart


def _name_column(row: Sequence[object]) -> int:
    return next((n for n, cell in enumerate(row) if isinstance(cell, str) and len(cell) > 8), 0)


def _by_unit(book: Any, made: TableSheet) -> Iterator[Any]:
    """One chart: the first indicator of the table by unit."""
    rows = [nth for nth, row in enumerate(made.table.rows) if row[0] != ""]
    if len(rows) < _FEWEST_POINTS:
        return
    (top, _), (bottom, _) = made.place((rows[0], 0)), made.place((rows[-1], 0))
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": [made.name, HEAD, 2],
            "categories": [made.name, top, 1, bottom, 1],
            "values": [made.name, top, 2, bottom, 2],
            "fill": {"color": "#3B6EA5"},
            "gap": 40,
        }
    )
    _dress(chart, made.table.columns[2], [made.table.rows[nth][2] for nth in rows])
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "interval_unit": 1})
    chart.set_size({"width": 560, "height": max(320, 60 + 17 * len(rows))})
    yield chart


def _dress(chart: Any, title: str, cells: Sequence[object]) -> None:
    """The title, and an axis from 0 on: a bar that begins elsewhere shows a wrong proportion."""
    values = [cell.value for cell in cells if isinstance(cell, Figure) and cell.value is not None]
    axis: dict[str, Any] = {"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    if min(values, default=0) >= 0:
        axis["min"] = 0
    chart.set_title({"name": printable(title), "name_font": {"size": 11}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis(axis)
    chart.set_x_axis({"num_font": {"size": 8}})
    chart.set_size({"width": 560, "height": 320})
