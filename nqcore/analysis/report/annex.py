"""The annex: one table for each form, with its indicators in the parts of the form.

What is not asked of any unit of the review has no row; a time or an indicator without any figure has no
column or row, and a note names the indicators for which no report has come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nqcore.analysis.findings import Review
from nqcore.analysis.report.annex_columns import AnnexColumn, columns
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.notes import BROKEN, break_note
from nqcore.analysis.report.report_coverage import known_on
from nqcore.analysis.rollup import SeriesBreak
from nqcore.errors import NotAddable
from nqcore.model.fields import FigureField
from nqcore.model.figures import Figure, reason_text
from nqcore.model.forms import Form, Section
from nqcore.model.indicators import Indicator
from nqcore.model.period_names import official_period_name
from nqcore.model.reports import Table
from nqcore.progress import Progress

HOW = (
    "Trong mỗi cột, số phát sinh được cộng các kỳ báo cáo, số hiện có là số ở kỳ cuối, tỷ lệ tính lại từ các "
    "số thành phần."
)
NOT_ADDED = "không cộng"

Cell = str | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    indicator: Indicator
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        return all(map(_is_empty, self.cells))

    @property
    def asked(self) -> bool:
        """Whether some unit of the review is asked for the indicator."""
        return any(
            not isinstance(cell, Figure)
            or cell.reason is None
            or cell.reason.code != "not-applicable"
            for cell in self.cells
        )


def annex(review: Review, citations: Citations, progress: Progress) -> tuple[Table, ...]:
    """The tables, in the order of the forms; a form without a figure in the span has none."""
    found = (_table(review, form, citations, progress) for form in review.forms())
    tables = [table for table in found if table is not None]
    if len(tables) == 1:
        return tuple(tables)
    return tuple(
        replace(table, caption=f"Biểu {nth}. {table.caption}")
        for nth, table in enumerate(tables, 1)
    )


def _table(review: Review, form: Form, citations: Citations, progress: Progress) -> Table | None:
    codes = review.totals.lookup.codes_of(form)
    shown = columns(review, form)
    if not codes or not shown:
        return None
    rows = [
        _Row(
            indicator=review.indicator(code),
            cells=tuple(_cell(review, code, column) for column in shown),
        )
        for code in progress(codes, form.title)
    ]
    asked = [row for row in rows if row.asked]
    full = [row for row in asked if not row.empty]
    if not full:
        return None
    kept = [n for n in range(len(shown)) if not all(_is_empty(row.cells[n]) for row in full)]
    if all(shown[n].beside for n in kept):
        return None
    breaks = _breaks(review, shown)
    return Table(
        caption=f"{_source(citations.brief(form.title))}, {official_period_name(review.span)}",
        columns=("Mã số", "Chỉ tiêu", "Đơn vị tính", *(_head(shown, n, breaks) for n in kept)),
        rows=tuple(_lines(form, full, kept)),
        notes=(
            HOW,
            *_unreported(asked),
            *_unknown(shown, kept),
            *(break_note(b, review.catalogue.units) for b in breaks),
        ),
        block=f"table:{form.id}",
    )


def _source(form: str) -> str:
    """Where the figures of a table are from: "Số liệu tổng hợp từ báo cáo quý …"."""
    name = form.replace("Báo cáo", "báo cáo", 1) if form.startswith("Báo cáo") else f"biểu “{form}”"
    return f"Số liệu tổng hợp từ {name}"


def _lines(form: Form, rows: Sequence[_Row], kept: Sequence[int]) -> Iterator[tuple[Cell, ...]]:
    """The rows in the parts of the form; a part has a row for its title where there are several."""
    parts = _parts(form, rows)
    for section, members in parts:
        if len(parts) > 1:
            yield (section.key, section.title, "", *("" for _ in kept))
        for row in members:
            one = row.indicator
            yield (one.label, one.name, one.measure, *(row.cells[n] for n in kept))


def _parts(form: Form, rows: Sequence[_Row]) -> list[tuple[Section, list[_Row]]]:
    """The rows of each part. A computed indicator is in the part of the one before it."""
    place = {
        field.indicator: section
        for section in form.sections
        for field in section.fields
        if isinstance(field, FigureField)
    }
    parts: dict[str, tuple[Section, list[_Row]]] = {}
    section = next(iter(place.values()), form.sections[0])
    for row in rows:
        section = place.get(row.indicator.code, section)
        parts.setdefault(section.key, (section, []))[1].append(row)
    return list(parts.values())


def _unreported(asked: Sequence[_Row]) -> Iterator[str]:
    """Why the indicators without a figure have no row: nothing was reported, or a ratio has no divisor."""
    codes: dict[str, list[str]] = {}
    for row in asked:
        if row.empty:
            (reason, *_) = (reason_text(c.reason) for c in row.cells if isinstance(c, Figure))
            codes.setdefault(reason, []).append(row.indicator.label)
    for reason, labels in codes.items():
        yield f"Chỉ tiêu có mã số {', '.join(labels)}: {reason}."


def _unknown(shown: Sequence[AnnexColumn], kept: Sequence[int]) -> Iterator[str]:
    titles = [c.title for n, c in enumerate(shown) if n not in kept and not c.beside]
    if titles:
        yield f"Chưa có số liệu của: {', '.join(titles)}."


def _breaks(review: Review, shown: Sequence[AnnexColumn]) -> tuple[SeriesBreak, ...]:
    start, end = min(c.start for c in shown), max(c.end for c in shown)
    until = min(end, known_on(review))
    return review.totals.breaks(review.unit.code, start, until, review.boundaries)


def _head(shown: Sequence[AnnexColumn], nth: int, breaks: tuple[SeriesBreak, ...]) -> str:
    """The head of a column, with the mark of a series break where there is one in its time."""
    column = shown[nth]
    broken = not column.whole and any(column.start <= b.day <= column.end for b in breaks)
    return f"{column.title} {BROKEN}" if broken else column.title


def _cell(review: Review, code: str, column: AnnexColumn) -> Cell:
    """The total; words where it must not be added up, so that the report can still be written."""
    try:
        return review.figure(code, period=column.code)
    except NotAddable:
        return NOT_ADDED


def _is_empty(cell: Cell) -> bool:
    return isinstance(cell, Figure) and cell.value is None
