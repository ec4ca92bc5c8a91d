"""A block of cells that is pasted into the entry form: which figure belongs in which box.

Rows with a label or a name of the form find their own boxes, and then no other row is taken; else they go
down from the box of the cursor, a named one also without a figure. Of several columns the one of the report's
period is taken, or none; what is of another unit, a plan or another box stops the paste. What a 1
of a figure is, `scales` reads as for *Nạp bảng*: a figure in another measure comes into its box with the
words of its own measure, where the box says how it would read it and takes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    is_figure,
)
from nqcore.workspace.table_import.pasted_column import chosen_column
from nqcore.workspace.table_import.pasted_heads import (
    first_is_unsure,
    title_says,
)
from nqcore.workspace.table_import.pasted_table import PastedTable, indicator_of
from nqcore.workspace.table_import.period_names import period_in
from nqcore.workspace.table_import.scales import Scale, TableScales
from nqcore.workspace.table_import.table_file import SheetView, plain

NO_COLUMN = N_(
    "Nothing pasted: no column is surely that of {period}. Copy that column alone, or with the row of its "
    "head."
)
BLANK_BESIDE = N_(
    "Nothing pasted: no column is surely that of {period}. A blank column right of the figures may be the "
    "one: copy again without the blank column."
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
NO_NAMES = N_(
    "Nothing pasted: “{text}” names no box of this form. Write the label of the box before each figure, as "
    "in “{label}: 7”, or paste the figures alone into their boxes."
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
    return _Reading(PastedTable(sheet, rows, text, start), period, named).read()


class _Reading:
    """The block for one report; `period` is the name of its period in words."""

    def __init__(self, table: PastedTable, period: str, named: NamedUnit) -> None:
        self.table, self.period, self.named = table, period, named

    def read(self) -> PastedBlock:
        box = self.table.rows[self.table.start]
        if self.table.message and not self.table.labelled:
            params = {
                "text": first_words(self.table.message[0].name),
                "label": indicator_of(box).label,
            }
            return PastedBlock(refusal=Phrase(NO_NAMES, params))
        if (
            text := first_is_unsure(self.table.cells, self.table.first, self.table.says, box)
        ) is not None:
            return PastedBlock(refusal=Phrase(UNSURE_HEAD, {"text": text}))
        if (wrong := self._wrong_row() or self._wrong_title()) is not None:
            return PastedBlock(refusal=wrong)
        column = chosen_column(self.table, self.named)
        if column >= 0 and self.named.head(head := self.table.head(column)) < 0:
            return PastedBlock(refusal=self._other_unit(head))
        figures, left, used = [], 0, set[int]()
        scales = self._scales(column)
        for number, line in enumerate(self.table.body, self.table.first + 1):
            nth = self.table.boxes[number - self.table.first - 1]
            if self.table.is_foreign(line):
                continue
            value = self.table.cell(line, column) if column >= 0 else ""
            left += sum(
                k != column and k > line.key and is_figure(one) for k, one in enumerate(line.cells)
            )
            if value and nth >= 0 and nth not in used and "\n" not in value:
                used.add(nth)
                counted = scales.of(
                    number, TableColumn(at=column), indicator_of(self.table.rows[nth])
                )
                figures.append(_figure(self.table.rows[nth], value, counted))
            elif value:
                left += 1
        words = BLANK_BESIDE if column < 0 and self.table.has_one_before_a_blank else NO_COLUMN
        refusal = Phrase(words, {"period": self.period})
        foreign = self.table.foreign
        return PastedBlock(
            figures=tuple(figures),
            foreign=foreign,
            left=left,
            refusal=None if figures or foreign else refusal,
        )

    def _wrong_row(self) -> Phrase | None:
        """The first row whose name means another thing than the box into which it would go: a row too many
        would shift all others."""
        if self.table.words < 0 or self.table.width == 1 or self.table.message:
            return None
        beside = self.table.naming(next(iter(self.table.columns), self.table.width))
        if self.table.labelled and beside == self.table.words:
            return None
        for line, nth in zip(self.table.body, self.table.boxes, strict=True):
            name = self.table.cell(line, beside) if self.table.labelled else self.table.name(line)
            if nth < 0 or not name:
                continue
            if self.named.title(name) < 0:
                return self._other_unit(name)
            indicator = indicator_of(self.table.rows[nth])
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
        """Whether a name is that of another box, or much more like it than the box whose turn it is."""
        own = self.table.boxes_named(name)
        if own:
            return nth not in own
        like = [named_share(name, indicator_of(row)) for row in self.table.rows]
        return max(like) >= ALIKE and max(like) - like[nth] >= MUCH_MORE

    def _other_unit(self, text: str) -> Phrase:
        return Phrase(OTHER_UNIT, {"text": first_words(text), "unit": self.table.sheet.unit.name})

    def _wrong_title(self) -> Phrase | None:
        """The first line above the figures that says they are a plan, of another period or unit."""
        period = self.table.sheet.obligation.period
        said = {text: title_says(text, period) for text in self.table.titles}
        is_own = any(one > 0 for one in said.values())
        for text, one in said.items():
            # "NĂM 2018" goes on from "BÁO CÁO QUÝ III" in the line above.
            if one < 0 and not (is_own and period_in(text) == str(period.end.year)):
                return Phrase(OTHER_TITLE, {"text": first_words(text), "period": self.period})
            if self.named.title(text) < 0:
                return self._other_unit(text)
        return None

    def _scales(self, column: int) -> TableScales:
        codes = {
            number: indicator_of(self.table.rows[nth]).code
            for number, nth in enumerate(self.table.boxes, self.table.first + 1)
            if nth >= 0
        }
        known: Mapping[str, Indicator] = {
            one.code: one for one in (indicator_of(row) for row in self.table.rows)
        }
        return TableScales(self.view, self._mapping(column), known, codes)

    @cached_property
    def view(self) -> SheetView:
        """The block as a sheet."""
        texts = {
            (number, k): text
            for number, line in enumerate(self.table.lines, 1)
            for k, text in enumerate(line.cells)
        }
        if self.table.measures is not None:
            for number, words in enumerate(self.table.measures.words, self.table.first + 1):
                texts[number, self.table.measures.at] = words
        cells = {place: SheetCell(CellKind.TEXT, text) for place, text in texts.items() if text}
        return SheetView(Sheet(name="", hidden=False, cells=cells))

    def _is_title(self, line: Line, column: int) -> bool:
        alone = sum(map(bool, line.cells)) == 1
        return alone and not (column < len(line.cells) and line.cells[column])

    def _mapping(self, column: int) -> TableMapping:
        """The block as a table: a line above it with one text, that is not the head of the column, is its
        title."""
        first = self.table.first + 1
        while first > 1 and not self._is_title(self.table.lines[first - 2], column):
            first -= 1
        uses = {column: ColumnUse.FIGURES}
        if self.table.measure is not None:
            uses[self.table.measure] = ColumnUse.MEASURE
        if 0 <= (named := self.table.naming(column)) != self.table.measure:
            uses[named] = ColumnUse.NAME
        used = (
            number for number, nth in enumerate(self.table.boxes, self.table.first + 1) if nth >= 0
        )
        last = max(used, default=self.table.first + 1)
        return TableMapping(
            sheet="",
            first=first,
            head=self.table.first,
            last=last,
            rows=RowAxis.INDICATOR,
            columns=tuple(TableColumn(at=k, use=use) for k, use in sorted(uses.items())),
        )


def _figure(row: EntryRow, value: str, counted: Scale | Phrase) -> PastedFigure:
    """What is put into the box: the figure as it stands, or with the measure in which the block counts it."""
    indicator = indicator_of(row)
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


def _is_plain_number(text: str, indicator: Indicator) -> bool:
    """Whether the text is a number that is not 0: what has words of its own is judged by its box."""
    for decimals in (indicator.decimals, 0, 9):
        try:
            value = read_figure(text, decimals=decimals).value
        except FigureError:
            continue
        return bool(value)
    return False
