"""The annex with the figures: one table for each form, with its indicators in the parts of the form.

What is not asked of any unit of the review has no row; a time or an indicator without any figure has no
column or row, and a note names the indicators for which no report has come. A review of several years has a
second table of each form: the quarters of the last year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nqcore.analysis.findings import Review
from nqcore.analysis.report import annex_changes
from nqcore.analysis.report.annex_changes import change_cell
from nqcore.analysis.report.annex_columns import (
    AnnexColumn,
    ColumnRole,
    asked_periods,
    columns,
    compared,
    last_year,
)
from nqcore.analysis.report.annex_targets import TargetColumn, target_column
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.notes import BROKEN, break_note
from nqcore.analysis.report.report_coverage import known_on
from nqcore.analysis.report.sentences import NO_VALUE
from nqcore.analysis.report.told_time import told_time
from nqcore.analysis.rollup import SeriesBreak
from nqcore.analysis.rollup.lookup import Lookup
from nqcore.errors import NotAddable
from nqcore.model.figures import Figure, reason_text
from nqcore.model.forms import Form, Section
from nqcore.model.indicators import Indicator
from nqcore.model.period_names import official_period_name
from nqcore.model.periods import Period
from nqcore.model.reports import Cell, Table
from nqcore.progress import Progress

HOW = (
    "Trong mỗi cột, số phát sinh được cộng các kỳ báo cáo, số hiện có là số ở kỳ cuối, tỷ lệ tính lại từ các "
    "số thành phần."
)
NOT_ADDED = "không cộng"
STANDS = "x"
"""In the column of several years, for what stands at the end of a time: the years do not add up."""
STANDS_NOTE = f"“{STANDS}”: số hiện có, không cộng qua các năm."
_NARROW = 6
"""Tables with more columns want the long side of the page."""


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
        return any(map(_is_asked, self.cells))


def annex(review: Review, citations: Citations, progress: Progress) -> Iterator[Table]:
    """The tables, in the order of the forms; a form without a figure in the span has none."""
    for form in review.forms():
        span = review.totals.obligations.read(review.period, form)
        for part, time in (("", span), ("quarters", last_year(review, form))):
            if time is None:
                continue
            made = _FormTable(review, form, time, part).table(citations, progress)
            if made is not None:
                yield made


class _FormTable:
    """The table of a form over one time."""

    def __init__(self, review: Review, form: Form, span: Period, part: str) -> None:
        self._review, self._form, self._span, self._part = review, form, span, part
        self._shown = columns(review, form, span)
        self._pair = compared(self._shown)

    def table(self, citations: Citations, progress: Progress) -> Table | None:
        """The table; None where nothing stands in it."""
        codes = self._review.totals.lookup.codes_of(self._form)
        if not codes or not self._shown:
            return None
        rows = [self._row(code) for code in progress(codes, self._form.title)]
        asked = [row for row in rows if row.asked]
        full = [row for row in asked if not row.empty]
        kept = [n for n in range(len(self._shown)) if not all(_is_empty(r.cells[n]) for r in full)]
        if not full or all(self._shown[n].beside for n in kept):
            return None
        targets = target_column(self._review, [row.indicator.code for row in full], self._span)
        lines = _Lines(full, kept, targets, self._changes(full))
        breaks = self._breaks()
        body, sections = lines.of(self._form, self._review.totals.lookup)
        heads = ("Mã số", "Chỉ tiêu", "Đơn vị tính", *(self._head(n, breaks) for n in kept))
        heads += (targets.title,) if targets else ()
        heads += (self._change_head(),) if lines.changes else ()
        return Table(
            caption=self._caption(citations),
            columns=heads,
            rows=body,
            notes=(*self._notes(lines, asked, kept), *self._break_notes(breaks)),
            block=f"table:{self._form.id}" + (f":{self._part}" if self._part else ""),
            sections=sections,
            wide=len(heads) > _NARROW,
        )

    def _row(self, code: str) -> _Row:
        cells = tuple(self._cell(code, column) for column in self._shown)
        return _Row(indicator=self._review.indicator(code), cells=cells)

    def _cell(self, code: str, column: AnnexColumn) -> Cell:
        """The total; words where it must not be added up, so that the report can still be written."""
        several = column.whole and any(c.role is ColumnRole.YEAR for c in self._shown)
        if several and self._review.reporting.is_stock(code):
            return STANDS
        try:
            return self._review.figure(code, period=column.code)
        except NotAddable:
            return NOT_ADDED

    def _changes(self, rows: Sequence[_Row]) -> tuple[Cell, ...]:
        """The cells of the column of changes; () where nothing can be compared."""
        if self._pair is None:
            return ()
        found = [self._change(row, *self._pair) for row in rows]
        return () if all(isinstance(cell, str) for cell in found) else tuple(found)

    def _change(self, row: _Row, before: AnnexColumn, now: AnnexColumn) -> Cell:
        """The change of an indicator; a question that came or ended within one of the two times has a shorter
        time there than in the other."""
        then, here = (row.cells[self._shown.index(one)] for one in (before, now))
        if not isinstance(then, Figure) or not isinstance(here, Figure):
            return ""
        review, code = self._review, row.indicator.code
        asked = [asked_periods(review, self._form, code, one) for one in (before, now)]
        if not review.reporting.is_stock(code) and len(asked[0]) != len(asked[1]):
            return NO_VALUE
        return change_cell(then, here)

    def _change_head(self) -> str:
        assert self._pair is not None
        before, now = self._pair
        if now.role is ColumnRole.YEAR:
            return f"Tăng, giảm {now.name} so với {before.name}"
        return f"Tăng, giảm so với {'cùng kỳ ' if now.partial else ''}{before.name}"

    def _caption(self, citations: Citations) -> str:
        times = "theo quý, " if self._part else ""
        time = official_period_name(told_time(self._review, self._span))
        return (
            f"Kết quả thực hiện các chỉ tiêu {times}{time} "
            f"({_source(citations.brief(self._form.title))})"
        )

    def _head(self, nth: int, breaks: tuple[SeriesBreak, ...]) -> str:
        """The head of a column, with the mark of a series break where there is one in its time."""
        column = self._shown[nth]
        broken = not column.whole and any(column.start <= b.day <= column.end for b in breaks)
        return f"{column.title} {BROKEN}" if broken else column.title

    def _breaks(self) -> tuple[SeriesBreak, ...]:
        start, end = min(c.start for c in self._shown), max(c.end for c in self._shown)
        until, review = min(end, known_on(self._review)), self._review
        return review.totals.breaks(review.unit.code, start, until, review.boundaries)

    def _break_notes(self, breaks: tuple[SeriesBreak, ...]) -> Iterator[str]:
        return (break_note(b, self._review.catalogue.units) for b in breaks)

    def _notes(self, lines: _Lines, asked: Sequence[_Row], kept: Sequence[int]) -> Iterator[str]:
        yield HOW
        if any(cell == STANDS for row in lines.rows for cell in row.cells):
            yield STANDS_NOTE
        if lines.changes:
            yield annex_changes.HOW
        if lines.targets:
            yield from lines.targets.notes
        yield from _unreported(asked)
        titles = [
            column.title
            for n, column in enumerate(self._shown)
            if n not in kept and not column.beside and any(_is_asked(row.cells[n]) for row in asked)
        ]
        if titles:  # of a time for which the unit owed nothing nothing is missing
            yield f"Chưa có số liệu của: {', '.join(titles)}."


@dataclass(frozen=True, slots=True)
class _Lines:
    """The rows of the table, in the parts of the form."""

    rows: Sequence[_Row]
    kept: Sequence[int]
    targets: TargetColumn | None
    changes: tuple[Cell, ...]

    def of(
        self, form: Form, lookup: Lookup
    ) -> tuple[tuple[tuple[Cell, ...], ...], tuple[int, ...]]:
        """The lines, and the places of the heads of sections among them: one for each part of the form
        where there are several."""
        parts = self._parts(lookup.sections_of(form))
        changes = {id(row): cell for row, cell in zip(self.rows, self.changes, strict=False)}
        lines: list[tuple[Cell, ...]] = []
        sections: list[int] = []
        for section, members in parts:
            made = [self._line(row, changes) for row in members]
            if len(parts) > 1:
                sections.append(len(lines))
                lines.append((section.key, section.title, *("" for _ in made[0][2:])))
            lines += made
        return tuple(lines), tuple(sections)

    def _parts(
        self, sections: Iterable[tuple[Section, Sequence[str]]]
    ) -> list[tuple[Section, list[_Row]]]:
        """The rows of each part of the form that has any."""
        rows = {row.indicator.code: row for row in self.rows}
        parts = ((section, [rows[c] for c in codes if c in rows]) for section, codes in sections)
        return [(section, members) for section, members in parts if members]

    def _line(self, row: _Row, changes: dict[int, Cell]) -> tuple[Cell, ...]:
        one = row.indicator
        cells: list[Cell] = [one.label, one.name, one.measure, *(row.cells[n] for n in self.kept)]
        if self.targets:
            cells.append(self.targets.cells.get(one.code, ""))
        if changes:
            cells.append(changes[id(row)])
        return tuple(cells)


def _source(form: str) -> str:
    """Where the figures of a table are from: "tổng hợp từ báo cáo quý …"."""
    name = form.replace("Báo cáo", "báo cáo", 1) if form.startswith("Báo cáo") else f"biểu “{form}”"
    return f"tổng hợp từ {name}"


def _unreported(asked: Sequence[_Row]) -> Iterator[str]:
    """Why the indicators without a figure have no row: nothing was reported, or a ratio has no divisor."""
    codes: dict[str, list[str]] = {}
    for row in asked:
        if row.empty:
            (reason, *_) = (reason_text(c.reason) for c in row.cells if isinstance(c, Figure))
            codes.setdefault(reason, []).append(row.indicator.label)
    for reason, labels in codes.items():
        yield f"Chỉ tiêu có mã số {', '.join(labels)}: {reason}."


def _is_asked(cell: Cell) -> bool:
    """Whether some unit was asked for it at that time."""
    reason = cell.reason if isinstance(cell, Figure) else None
    return reason is None or reason.code != "not-applicable"


def _is_empty(cell: Cell) -> bool:
    """Whether the cell tells nothing: there is no value, or it only says that the years do not add up."""
    return cell == STANDS or (isinstance(cell, Figure) and cell.value is None)
