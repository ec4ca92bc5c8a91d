"""A block of cells that is pasted into the entry form: which figure belongs in which box.

Rows with a label or a name of the form find their own boxes, and then no other row is taken; else they go
down from the box of the cursor, a named one also without a figure. Of several columns the one of the report's
period is taken, or none; what is of another unit, a plan or another box stops the paste. What a 1
of a figure is, `scales` reads as for *Nạp bảng*: a figure in another measure comes into its box with the
words of its own measure, where the box says how it would read it and takes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nqcore.collection.entry.entry_sheet import EntryRow, EntrySheet
from nqcore.errors import N_, Phrase
from nqcore.files.spreadsheets import CellKind, Sheet, SheetCell
from nqcore.model.indicators import Indicator
from nqcore.text.beginnings import first_words
from nqcore.text.measures import measure_scale, scale_words
from nqcore.text.numbers import FigureError, read_figure
from nqcore.workspace.table_import.heading_words import Aside, asides, means_another, says_more
from nqcore.workspace.table_import.layout import is_total, leans_on_row_above
from nqcore.workspace.table_import.mapping import ColumnUse, RowAxis, TableColumn, TableMapping
from nqcore.workspace.table_import.name_matching import (
    ALIKE,
    MUCH_MORE,
    NamedUnit,
    named_share,
    words_of,
)
from nqcore.workspace.table_import.pasted_cells import (
    Line,
    LineNames,
    MeasureColumn,
    first_is_unsure,
    heading_says,
    is_column_head,
    is_figure,
    is_group_number,
    is_head,
    is_main_head,
    measure_column,
    pasted_rows,
    rough_number,
    says_its_measure,
    title_says,
)
from nqcore.workspace.table_import.period_names import period_in
from nqcore.workspace.table_import.scales import Scale, TableScales
from nqcore.workspace.table_import.table_file import SheetView, plain

NO_COLUMN = N_(
    "Nothing pasted: no column is surely that of {period}. Copy that column alone, or with the row of its "
    "head."
)
UNSURE_HEAD = N_(
    "Nothing pasted: “{text}” may be the head of the column or its first figure. Copy the figures without "
    "it, or type that figure and paste the others below it."
)
OTHER_ROW = N_(
    "Nothing pasted: the row “{row}” is not “{name}” ({label}), whose turn it is. Copy the labels of the "
    "form with the figures, or paste from the box where the rows are the same."
)
OTHER_UNIT = N_(
    "Nothing pasted: “{text}” names another unit than {unit}. Copy the figures of {unit}, or paste into the "
    "report of that unit."
)
OTHER_TITLE = N_(
    "Nothing pasted: “{text}” above the figures is not {period}. Copy the figures of {period}; if these are "
    "they, copy them without that line."
)
PASTED = N_("{count} figures pasted, from {first}.")
FOREIGN = N_("{count} rows are not of this form and were not taken: {rows}. Check them.")
LEFT = N_("{count} other cells of the block were not taken. Check them.")
OTHERWISE = N_(
    "{boxes} count otherwise in the block: their figures stand there with the measure of the block and are "
    "not taken yet. Correct each as its box says."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedFigure:
    """What is put into the box of the field `key`. `otherwise`: with the words of another measure."""

    key: str
    label: str
    text: str
    otherwise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedBlock:
    """The block as it is taken: its `figures`; the first words of the rows that the form does not have; how
    many other cells are `left`; and why nothing is taken (`refusal`)."""

    figures: tuple[PastedFigure, ...] = ()
    foreign: tuple[str, ...] = ()
    left: int = 0
    refusal: Phrase | None = None

    @property
    def said(self) -> Iterator[Phrase]:
        """What the user should know."""
        if self.figures:
            params: dict[str, object] = {"count": len(self.figures), "first": self.figures[0].label}
            yield Phrase(PASTED, params)
        elif self.refusal is not None:
            yield self.refusal
        if self.foreign:
            yield Phrase(FOREIGN, {"count": len(self.foreign), "rows": ", ".join(self.foreign)})
        if labels := [one.label for one in self.figures if one.otherwise]:
            yield Phrase(OTHERWISE, {"boxes": ", ".join(labels)})
        if self.figures and self.left:
            yield Phrase(LEFT, {"count": self.left})


def read_pasted(
    sheet: EntrySheet, text: str, at: str, period: str, named: NamedUnit
) -> PastedBlock:
    """The block for the boxes of the report, from the box of the field `at`. `period`: its name in words;
    `named`: whether words name its unit."""
    rows = tuple(row for section in sheet.sections for row in section.figures)
    start = next((nth for nth, row in enumerate(rows) if row.key == at), 0)
    return _Block(sheet, rows, text, start, period, named).read()


class _Block:
    def __init__(
        self,
        sheet: EntrySheet,
        rows: Sequence[EntryRow],
        text: str,
        start: int,
        period: str,
        named: NamedUnit,
    ) -> None:
        self.sheet, self.rows, self.start, self.period, self.named = (
            sheet,
            rows,
            start,
            period,
            named,
        )
        self.cells = pasted_rows(text)
        self.width = max(map(len, self.cells))
        self.lines = LineNames(rows).lines(self.cells)
        self.labelled = any(line.at >= 0 for line in self.lines)
        self.first = self._first_line()
        self.body = self.lines[self.first :]

    def read(self) -> PastedBlock:
        box = self.rows[self.start]
        if (text := first_is_unsure(self.cells, self.first, self._says, box)) is not None:
            return PastedBlock(refusal=Phrase(UNSURE_HEAD, {"text": text}))
        if (wrong := self._wrong_row() or self._wrong_title()) is not None:
            return PastedBlock(refusal=wrong)
        column = self._choose()
        if column >= 0 and self.named.head(head := self._head(column)) < 0:
            return PastedBlock(refusal=self._other_unit(head))
        figures, left, used = [], 0, set[int]()
        scales = self._scales(column)
        for number, line in enumerate(self.body, self.first + 1):
            nth = self.boxes[number - self.first - 1]
            if self._is_foreign(line):
                continue
            value = self._cell(line, column) if column >= 0 else ""
            left += sum(
                k != column and k > line.key and is_figure(one) for k, one in enumerate(line.cells)
            )
            if value and nth >= 0 and nth not in used and "\n" not in value:
                used.add(nth)
                counted = scales.of(number, TableColumn(at=column), _indicator(self.rows[nth]))
                figures.append(_figure(self.rows[nth], value, counted))
            elif value:
                left += 1
        refusal = Phrase(NO_COLUMN, {"period": self.period})
        foreign = self.foreign
        return PastedBlock(
            figures=tuple(figures),
            foreign=foreign,
            left=left,
            refusal=None if figures or foreign else refusal,
        )

    # -- rows --------------------------------------------------------------------------------------

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
            return figures and is_column_head(line.cells[0], self._says, self.names)
        if self.labelled:
            return line.at < 0 and all(one.at < 0 for one in self.lines[:nth])
        return line.key < 0 and is_head(line.cells, self._says) and not self._begins_here(line)

    def _begins_here(self, line: Line) -> bool:
        """Whether a row without a figure is that of the first box, and no head above it."""
        name = next(filter(None, line.cells), "")
        is_blank = len(line.cells) < self.width or not line.cells[-1]
        like = named_share(name, _indicator(self.rows[self.start]))
        return is_blank and like >= ALIKE and not self._says(name)

    def _says(self, head: str) -> int:
        return heading_says(head, self.sheet.obligation.period)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the form's boxes."""
        return frozenset(LineNames(self.rows).where)

    def _is_foreign(self, line: Line) -> bool:
        return line.at < 0 if self.labelled else line.key >= 0

    @cached_property
    def foreign(self) -> tuple[str, ...]:
        """The first words of the rows with figures that the form does not have."""
        above = self.lines[: self.first] if self.labelled else ()
        rows = [
            line
            for line in above
            if any(map(is_figure, line.cells)) and not is_head(line.cells, self._says)
        ]
        rows += [
            line
            for line in self.body
            if self._is_foreign(line) and any(self._cell(line, k) for k in self.columns)
        ]
        return tuple(next(filter(None, line.cells)) for line in rows)

    def _cell(self, line: Line, k: int) -> str:
        return line.cells[k] if line.key < k < len(line.cells) else ""

    @cached_property
    def boxes(self) -> tuple[int, ...]:
        """The number of the box of each row; -1 for none."""
        nth, found = self.start, []
        for line in self.body:
            counts = self.width == 1 or any(self._cell(line, k) for k in self.columns)
            is_own = (counts or self._is_named(line)) and not says_its_measure(line.cells)
            if line.at >= 0:
                found.append(line.at)
            elif not self._is_foreign(line) and is_own and nth < len(self.rows):
                found.append(nth)
                nth += 1
            else:
                found.append(-1)
        return tuple(found)

    def _is_named(self, line: Line) -> bool:
        """Whether a row without figures has its place all the same: it has a name, and heads no group."""
        name, titles = plain(self._name(line)), {plain(one.title) for one in self.sheet.sections}
        return bool(name) and name not in titles and not any(map(is_group_number, line.cells))

    def _wrong_row(self) -> Phrase | None:
        """The first row whose name means another thing than the box into which it would go: a row too many
        would shift all others."""
        if self.labelled or self.words < 0 or self.width == 1:
            return None
        for line, nth in zip(self.body, self.boxes, strict=True):
            name = self._name(line)
            if nth < 0 or not name:
                continue
            if self.named.title(name) < 0:
                return self._other_unit(name)
            indicator = _indicator(self.rows[nth])
            if (
                _is_another(name, indicator)
                or _is_total(name, indicator)
                or self._is_of_another_box(name, nth)
            ):
                return Phrase(
                    OTHER_ROW,
                    {"row": first_words(name), "name": indicator.name, "label": indicator.label},
                )
        return None

    def _is_of_another_box(self, name: str, nth: int) -> bool:
        """Whether a name is much more like that of another box than of the box whose turn it is."""
        like = [named_share(name, _indicator(row)) for row in self.rows]
        return max(like) >= ALIKE and max(like) - like[nth] >= MUCH_MORE

    def _other_unit(self, text: str) -> Phrase:
        return Phrase(OTHER_UNIT, {"text": first_words(text), "unit": self.sheet.unit.name})

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        """The lines above the figures with one text, that is not the head of a column of figures."""
        if self.width == 1:
            return ()
        behind = self.columns[0] if self.columns else self.width
        above = [
            [(k, text) for k, text in enumerate(line.cells) if text]
            for line in self.lines[: self.first]
        ]
        return tuple(one[0][1] for one in above if len(one) == 1 and one[0][0] < behind)

    def _wrong_title(self) -> Phrase | None:
        """The first line above the figures that says they are a plan, of another period or unit."""
        period = self.sheet.obligation.period
        said = {text: title_says(text, period) for text in self._titles}
        is_own = any(one > 0 for one in said.values())
        for text, one in said.items():
            # "NĂM 2018" goes on from "BÁO CÁO QUÝ III" in the line above.
            if one < 0 and not (is_own and period_in(text) == str(period.end.year)):
                return Phrase(OTHER_TITLE, {"text": first_words(text), "period": self.period})
            if self.named.title(text) < 0:
                return self._other_unit(text)
        return None

    def _name(self, line: Line) -> str:
        return line.cells[self.words] if 0 <= self.words < len(line.cells) else ""

    # -- columns -----------------------------------------------------------------------------------

    @cached_property
    def _columns(self) -> tuple[int, tuple[int, ...]]:
        """The first column of words (-1: none), and the columns of figures behind it."""
        words, columns = -1, []
        for k in range(self.width):
            cells = [cell for line in self.body if (cell := self._cell(line, k))]
            some = sum(map(is_figure, cells))
            keys = sum(not self._cell(line, k) and line.key >= k for line in self.body)
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
    def columns(self) -> tuple[int, ...]:
        """The columns of figures."""
        return self._columns[1]

    @cached_property
    def _measures(self) -> MeasureColumn | None:
        heads = [self._head(k) for k in range(self.width)]
        cells = [[self._cell(line, k) for line in self.body] for k in range(self.width)]
        words = (
            k
            for k, column in enumerate(cells)
            if sum(map(is_figure, column)) * 2 < sum(map(bool, column))
        )
        names = -1 if self.labelled else next(words, -1)
        return measure_column(heads, cells, [_indicator(row).measure for row in self.rows], names)

    @property
    def measure(self) -> int | None:
        """The column that says the measure of each row."""
        return None if self._measures is None else self._measures.at

    def _head(self, k: int) -> str:
        above = (
            line.cells
            for line in self.lines[: self.first]
            if self.width == 1 or is_head(line.cells, self._says)
        )
        return " – ".join(cells[k] for cells in above if k < len(cells) and cells[k])

    def _choose(self) -> int:
        """The column of the report's period; -1 where none is surely that."""
        if self.width == 1:
            return -1 if self._says(self._head(0)) < 0 else 0
        said = {k: self._column_says(self._head(k)) for k in range(self.width)}
        keys = [line.key for line in self.body if line.at >= 0]
        behind = [
            k
            for k in range(max(self.words, min(keys, default=-1)) + 1, self.width)
            if k != self.measure
        ]
        own = [k for k in behind if said[k] > 0]
        best = own or [k for k in behind if said[k] == 0 and is_main_head(self._head(k))]
        if best:
            return best[0] if len(best) == 1 else -1
        signed = {k for k in self.columns if any(one[0] in "-–−+" and len(one) > 1 and is_figure(one)
                                                  for one in self._filled(k))}  # fmt: skip
        now = [k for k in self.columns if said[k] == 0 and k not in signed]
        if not now or (len(now) > 1 and any(map(self._head, now))):
            return -1
        end = now[-1]
        unsure = any(
            not self._head(k) and not any(one.strip("-–−") for one in self._filled(k))
            for k in behind
            if k > end
        )
        # Without heads the last one, unless it may be that of the last period and the next is still empty.
        if unsure and self._is_last(end) is not False:
            return -1
        if len(now) == 1:
            return end
        # Of two without heads the report shows which one is that of the last period.
        is_after = self._is_last(now[0]) and not self._is_last(end)
        return end if len(now) == 2 and is_after else -1

    def _column_says(self, head: str) -> int:
        """What a head says of its figures, also by the unit that it names."""
        said, unit = self._says(head), self.named.head(head)
        return -1 if said < 0 else max(said, unit) if unit >= 0 else said

    def _filled(self, k: int) -> list[str]:
        return [cell for line in self.body if (cell := self._cell(line, k))]

    def _is_last(self, k: int) -> bool | None:
        """Whether the figures of the column are those of the last period; None: the report shows none."""
        same = []
        for line, nth in zip(self.body, self.boxes, strict=True):
            shown = rough_number(self.rows[nth].before) if nth >= 0 else None
            found = rough_number(self._cell(line, k))
            if shown is not None and found is not None:
                same.append(shown == found)
        return sum(same) * 2 >= len(same) if same else None

    # -- measures ----------------------------------------------------------------------------------

    def _scales(self, column: int) -> TableScales:
        codes = {
            number: _indicator(self.rows[nth]).code
            for number, nth in enumerate(self.boxes, self.first + 1)
            if nth >= 0
        }
        known: Mapping[str, Indicator] = {
            one.code: one for one in (_indicator(row) for row in self.rows)
        }
        return TableScales(self.view, self._mapping(column), known, codes)

    @cached_property
    def view(self) -> SheetView:
        """The block as a sheet."""
        texts = {
            (number, k): text
            for number, line in enumerate(self.lines, 1)
            for k, text in enumerate(line.cells)
        }
        if self._measures is not None:
            for number, words in enumerate(self._measures.words, self.first + 1):
                texts[number, self._measures.at] = words
        cells = {place: SheetCell(CellKind.TEXT, text) for place, text in texts.items() if text}
        return SheetView(Sheet(name="", hidden=False, cells=cells))

    def _is_title(self, line: Line, column: int) -> bool:
        alone = sum(map(bool, line.cells)) == 1
        return alone and not (column < len(line.cells) and line.cells[column])

    def _mapping(self, column: int) -> TableMapping:
        """The block as a table: a line above it with one text, that is not the head of the column, is its
        title."""
        first = self.first + 1
        while first > 1 and not self._is_title(self.lines[first - 2], column):
            first -= 1
        uses = {column: ColumnUse.FIGURES}
        if self.measure is not None:
            uses[self.measure] = ColumnUse.MEASURE
        if 0 <= self.words != self.measure:
            uses[self.words] = ColumnUse.NAME
        used = (number for number, nth in enumerate(self.boxes, self.first + 1) if nth >= 0)
        last = max(used, default=self.first + 1)
        return TableMapping(
            sheet="",
            first=first,
            head=self.first,
            last=last,
            rows=RowAxis.INDICATOR,
            columns=tuple(TableColumn(at=k, use=use) for k, use in sorted(uses.items())),
        )


def _figure(row: EntryRow, value: str, counted: Scale | Phrase) -> PastedFigure:
    """What is put into the box: the figure as it stands, or with the measure in which the block counts it."""
    indicator = _indicator(row)
    words = ""
    if isinstance(counted, Phrase):
        words = str(counted.params["counted"])
    elif counted.value not in (0, measure_scale(indicator.measure)):
        words = scale_words(counted.value, indicator.measure)
    if not _is_plain_number(value, indicator):
        words = ""
    return PastedFigure(
        key=row.key, label=indicator.label, text=f"{value} {words}".strip(), otherwise=bool(words)
    )


def _is_another(name: str, indicator: Indicator) -> bool:
    """Whether the name of a row cannot be that of the indicator: with words of it, it means something else;
    without any, it says more than it, or is a part of the row above and the indicator is not."""
    if {*words_of(name)} & {*words_of(indicator.name)}:
        return means_another(name, indicator.name, indicator.measure)
    is_part = Aside.PART in asides(name) and indicator.at_most is None
    return says_more(name, indicator.name, indicator.measure) or (
        is_part and not leans_on_row_above(indicator.name)
    )


def _is_total(name: str, indicator: Indicator) -> bool:
    return is_total(name) and not plain(indicator.name).startswith(plain(name))


def _indicator(row: EntryRow) -> Indicator:
    assert row.indicator is not None, row.key
    return row.indicator


def _is_plain_number(text: str, indicator: Indicator) -> bool:
    """Whether the text is a number that is not 0: what has words of its own is judged by its box."""
    for decimals in (indicator.decimals, 0, 9):
        try:
            value = read_figure(text, decimals=decimals).value
        except FigureError:
            continue
        return bool(value)
    return False
