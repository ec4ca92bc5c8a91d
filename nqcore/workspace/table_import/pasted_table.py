"""A pasted block as a table: which rows are heads, into which box each other row goes, and which columns have
names, measures and figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from nqcore.collection.entry.entry_sheet import EntryRow, EntrySheet
from nqcore.model.indicators import Indicator
from nqcore.workspace.table_import.name_matching import ALIKE, named_share
from nqcore.workspace.table_import.pasted_cells import (
    Line,
    LineNames,
    is_figure,
    is_group_number,
    key_of,
    pasted_rows,
    rough_number,
)
from nqcore.workspace.table_import.pasted_heads import heading_says, is_column_head, is_head
from nqcore.workspace.table_import.pasted_lines import MessageLine, message_lines
from nqcore.workspace.table_import.pasted_measures import (
    MeasureColumn,
    measure_column,
    says_its_measure,
)
from nqcore.workspace.table_import.table_file import plain


class PastedTable:
    """The rows and columns of the block for the boxes `rows` of a report, from the box number `start` on.

    `lines` are all rows, `first` is how many of them are heads, `body` are the others. `labelled`: rows name
    their own boxes."""

    def __init__(self, sheet: EntrySheet, rows: Sequence[EntryRow], text: str, start: int) -> None:
        self.sheet, self.rows, self.start = sheet, rows, start
        self.cells = pasted_rows(text)
        self.message = self._message()
        self.width = max(map(len, self.cells))
        self.lines = LineNames(rows).lines(self.cells)
        self.labelled = any(line.at >= 0 for line in self.lines)
        self.first = self._first_line()
        self.body = self.lines[self.first :]

    def _message(self) -> tuple[MessageLine, ...]:
        """The lines of the block where it is a message and no table: then its cells are the label of the box
        that each names, its own words, which may say a measure, and its figure."""
        if max(map(len, self.cells)) > 1:
            return ()
        found = message_lines([row[0] for row in self.cells], LineNames(self.rows).named) or ()
        if found:
            self.cells = tuple((one.box, one.name, one.figure) for one in found)
        return found

    def _first_line(self) -> int:
        """How many rows are heads. The rows above the first one with figures are; years are figures, too."""
        first = 0
        while first < len(self.lines) - 1 and self._is_head(first):
            first += 1
        return first

    def _is_head(self, nth: int) -> bool:
        line = self.lines[nth]
        if self.width == 1:
            figures = any(is_figure(one.cells[0]) for one in self.lines[nth + 1 :])
            return figures and is_column_head(line.cells[0], self.says, self.names)
        if self.labelled:
            return line.at < 0 and all(one.at < 0 for one in self.lines[:nth])
        return line.key < 0 and is_head(line.cells, self.says) and not self._begins_here(line)

    def _begins_here(self, line: Line) -> bool:
        """Whether a row without a figure is that of the first box, and no head above it."""
        name = next(filter(None, line.cells), "")
        is_blank = len(line.cells) < self.width or not line.cells[-1]
        like = named_share(name, indicator_of(self.rows[self.start]))
        return is_blank and like >= ALIKE and not self.says(name)

    def says(self, head: str) -> int:
        """1: a head of the report's period, -1: of something else, 0: it does not say."""
        return heading_says(head, self.sheet.obligation.period)

    @cached_property
    def _line_names(self) -> LineNames:
        return LineNames(self.rows)

    @property
    def names(self) -> Collection[str]:
        """The names of the form's boxes."""
        return self._line_names.where

    def boxes_named(self, text: str) -> Collection[int]:
        """The numbers of the boxes that have this very name or label."""
        return self._line_names.where.get(key_of(text), ())

    def is_foreign(self, line: Line) -> bool:
        """Whether the row is none of the form, so that it is named and not taken."""
        return line.at < 0 if self.labelled else line.key >= 0

    @cached_property
    def foreign(self) -> tuple[str, ...]:
        """The first words of the rows with figures that the form does not have."""
        above = self.lines[: self.first] if self.labelled else ()
        rows = [
            line
            for line in above
            if any(map(is_figure, line.cells)) and not is_head(line.cells, self.says)
        ]
        rows += [
            line
            for line in self.body
            if self.is_foreign(line) and any(self.cell(line, k) for k in self.columns)
        ]
        return tuple(next(filter(None, line.cells)) for line in rows)

    def cell(self, line: Line, k: int) -> str:
        """The text of the row in that column, behind its label; "" for none."""
        return line.cells[k] if line.key < k < len(line.cells) else ""

    @cached_property
    def boxes(self) -> tuple[int, ...]:
        """The number of the box of each row; -1 for none."""
        nth, found = self.start, []
        for line in self.body:
            counts = self.width == 1 or any(self.cell(line, k) for k in self.columns)
            is_own = (counts or self._is_named(line)) and not says_its_measure(line.cells)
            if line.at >= 0:
                found.append(line.at)
            elif not self.is_foreign(line) and is_own and nth < len(self.rows):
                found.append(nth)
                nth += 1
            else:
                found.append(-1)
        return tuple(found)

    def _is_named(self, line: Line) -> bool:
        """Whether a row without figures has its place all the same: it has a name, and heads no group."""
        name, titles = plain(self.name(line)), {plain(one.title) for one in self.sheet.sections}
        return bool(name) and name not in titles and not any(map(is_group_number, line.cells))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The lines above the figures with one text, that is not the head of a column of figures."""
        if self.width == 1:
            return ()
        behind = self.columns[0] if self.columns else self.width
        above = [
            [(k, text) for k, text in enumerate(line.cells) if text]
            for line in self.lines[: self.first]
        ]
        return tuple(one[0][1] for one in above if len(one) == 1 and one[0][0] < behind)

    def name(self, line: Line) -> str:
        """The name of the row as it stands there; "" for none."""
        return line.cells[self.words] if 0 <= self.words < len(line.cells) else ""

    @cached_property
    def _columns(self) -> tuple[int, tuple[int, ...]]:
        """The first column of words (-1: none), and the columns of figures behind it."""
        words, columns = -1, []
        for k in range(self.width):
            cells = [cell for line in self.body if (cell := self.cell(line, k))]
            some = sum(map(is_figure, cells))
            keys = sum(not self.cell(line, k) and line.key >= k for line in self.body)
            if some * 2 < len(cells) + keys:
                words = k if words < 0 else words
            elif some and any(cell.strip("-–−") for cell in cells) and k != self.measure:
                columns.append(k)
        if columns and columns[-1] > words:
            columns = [k for k in columns if k > words]
        return words, tuple(columns)

    @property
    def words(self) -> int:
        """The column with the names of the rows."""
        return self._columns[0]

    @property
    def has_one_before_a_blank(self) -> bool:
        """Whether there is one column of figures only, without a head, and a blank column behind it."""
        if len(self.columns) != 1 or self.head(self.columns[0]):
            return False
        return any(not self.filled(k) for k in range(self.columns[0] + 1, self.width))

    def naming(self, column: int) -> int:
        """The column before that of the figures which says in words what each row is, beside its label if it
        has one: its words may say a measure. -1: none."""
        for k in range(self.words + 1, column):
            cells = self.filled(k)
            if k != self.measure and sum(map(is_figure, cells)) * 2 < len(cells):
                return k
        return self.words

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns of figures."""
        return self._columns[1]

    @cached_property
    def measures(self) -> MeasureColumn | None:
        """The column of measures; None where rows say none."""
        heads = [self.head(k) for k in range(self.width)]
        cells = [[self.cell(line, k) for line in self.body] for k in range(self.width)]
        words = (
            k
            for k, column in enumerate(cells)
            if sum(map(is_figure, column)) * 2 < sum(map(bool, column))
        )
        names = -1 if self.labelled else next(words, -1)
        return measure_column(heads, cells, [indicator_of(row).measure for row in self.rows], names)

    @property
    def measure(self) -> int | None:
        """The column that says the measure of each row."""
        return None if self.measures is None else self.measures.at

    def head(self, k: int) -> str:
        """All that stands above the column."""
        above = (
            line.cells
            for line in self.lines[: self.first]
            if self.width == 1 or is_head(line.cells, self.says)
        )
        return " – ".join(cells[k] for cells in above if k < len(cells) and cells[k])

    def filled(self, k: int) -> list[str]:
        """The cells of the column that are not empty."""
        return [cell for line in self.body if (cell := self.cell(line, k))]

    def is_last(self, k: int) -> bool | None:
        """Whether the figures of the column are those of the last period; None: the report shows none."""
        same = []
        for line, nth in zip(self.body, self.boxes, strict=True):
            shown = rough_number(self.rows[nth].before) if nth >= 0 else None
            found = rough_number(self.cell(line, k))
            if shown is not None and found is not None:
                same.append(shown == found)
        return sum(same) * 2 >= len(same) if same else None


def indicator_of(row: EntryRow) -> Indicator:
    """The indicator for which the box of figures asks."""
    assert row.indicator is not None, row.key
    return row.indicator
