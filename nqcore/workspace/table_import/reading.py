"""The cells of a table under its mapping: each that is not blank is taken, refused, or left out by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from nqcore.collection.entry.workbook.figure_cells import typed_figure
from nqcore.errors import N_, InputError, Phrase
from nqcore.files.spreadsheets import CellKind, SheetCell
from nqcore.files.spreadsheets.cell import Place, cell_name, column_name
from nqcore.files.spreadsheets.delimited import OTHER_CELLS
from nqcore.model.indicators import Indicator
from nqcore.text.measures import measure_scale, scale_words
from nqcore.text.number_errors import LetterForDigit
from nqcore.text.numbers import exact_text, read_figure
from nqcore.workspace.table_import import notes as said
from nqcore.workspace.table_import.guess import row_indicators, year_of
from nqcore.workspace.table_import.layout import (
    NAME_HEADS,
    ORDER_HEADS,
    heading_text,
    is_head_again,
    is_numbering,
    is_order,
    is_total,
)
from nqcore.workspace.table_import.mapping import (
    LEFT_OUT,
    TOTAL_ROW,
    ColumnUse,
    RowAxis,
    SignMeaning,
    TableColumn,
    TableMapping,
)
from nqcore.workspace.table_import.name_matching import UnitMatch, similar
from nqcore.workspace.table_import.office import TableOffice
from nqcore.workspace.table_import.period_names import is_period_heading, period_in, plain_period
from nqcore.workspace.table_import.said_measures import SaidMeasure
from nqcore.workspace.table_import.scales import Scale, TableScales
from nqcore.workspace.table_import.table_file import SheetView, TableFile, plain


class Fate(StrEnum):
    """What becomes of a cell."""

    TAKEN = "taken"
    REFUSED = "refused"
    TITLE = "title"
    HEADING = "heading"
    NAME = "name"
    GROUP = "group"
    TOTAL = "total"
    OTHER_COLUMN = "other column"
    ROW_OUT = "row out"
    NO_FIGURE = "no figure"
    BELOW = "below"
    OTHER_SHEET = "other sheet"
    NOT_ASKED = "not asked"


FATES: Mapping[Fate, str] = {
    Fate.TAKEN: N_("taken"),
    Fate.REFUSED: N_("refused"),
    Fate.TITLE: N_("left out: above the table"),
    Fate.HEADING: N_("left out: heading"),
    Fate.NAME: N_("left out: name or number of the row"),
    Fate.GROUP: N_("left out: heading of a group"),
    Fate.TOTAL: N_("left out: total, compared"),
    Fate.OTHER_COLUMN: N_("left out: other column"),
    Fate.ROW_OUT: N_("left out: row not wanted"),
    Fate.NO_FIGURE: N_("left out: sign for no figure"),
    Fate.BELOW: N_("left out: below the table"),
    Fate.OTHER_SHEET: N_("left out: other sheet"),
    Fate.NOT_ASKED: N_("left out: not asked of that unit"),
}
"""A fate in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFigure:
    """A figure of the table, as it would be typed into its box. `zero`: a sign or a blank stands for it."""

    place: Place
    unit: str
    indicator: str
    period: str
    typed: str
    zero: bool = False

    @property
    def cell(self) -> str:
        """The name of its cell."""
        return cell_name(self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFault:
    """Why a cell is refused."""

    place: Place
    problem: Phrase | InputError


class FigureScale(NamedTuple):
    """The scale of a taken cell, and the measure of its indicator."""

    scale: Scale
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowName:
    """The name of a row: its `text`, what it means (`code`: that of a unit, an indicator or a period,
    LEFT_OUT, TOTAL_ROW, or "" where it is not known), what it could mean, and whether the row has figures."""

    row: int
    text: str
    code: str
    proposals: tuple[str, ...] = ()
    decided: bool = False
    former: bool = False
    figures: bool = True

    @property
    def key(self) -> str:
        """By this a decision on the name is kept."""
        return plain(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """A table as it was read: the `figures`, the `faults`, the `names` of its rows, the signs in it that mean
    nothing yet (`signs`, as they stand there), and the fate of every cell that is not blank, by sheet."""

    figures: tuple[ReadFigure, ...]
    faults: tuple[CellFault, ...]
    names: tuple[RowName, ...]
    signs: tuple[str, ...]
    fates: Mapping[str, Mapping[Place, Fate]]
    texts: int
    formulas: tuple[str, ...]
    values: Mapping[Place, Decimal]
    """The numbers of the taken cells as the file counts them: what totals are compared with."""
    scaled: Mapping[Place, FigureScale]
    said_scales: Mapping[int, SaidMeasure]
    """What the words of the table say of the figures of a column, by its place."""


def read_rows(office: TableOffice, file: TableFile, mapping: TableMapping) -> TableReading:
    """Read the table of the file that the mapping describes."""
    view = file.sheet(mapping.sheet)
    assert view is not None, mapping.sheet
    reading = TableReader(office, file, view, mapping).read()
    others = {
        one.sheet.name: dict.fromkeys(one.filled, Fate.OTHER_SHEET)
        for one in file.sheets
        if one is not view
    }
    return TableReading(
        figures=tuple(reading.figures),
        faults=tuple(reading.faults),
        names=reading.names,
        signs=tuple(dict.fromkeys(reading.signs)),
        fates={view.sheet.name: reading.fates, **others},
        texts=reading.texts,
        formulas=tuple(reading.formulas),
        values=reading.values,
        scaled=reading.scaled,
        said_scales=reading.said_scales(),
    )


class TableReader:
    """Reads one table, row by row."""

    def __init__(
        self, office: TableOffice, file: TableFile, view: SheetView, mapping: TableMapping
    ) -> None:
        self.office, self.file, self.view, self.mapping = office, file, view, mapping
        self.figures: list[ReadFigure] = []
        self.faults: list[CellFault] = []
        self.signs: list[str] = []
        self.fates: dict[Place, Fate] = {}
        self.formulas: list[str] = []
        self.values: dict[Place, Decimal] = {}
        self.texts = 0
        self._columns = {one.at: one for one in mapping.columns}
        self._indicators = office.repository.catalogue.indicators
        self.scaled: dict[Place, FigureScale] = {}
        self._measure = mapping.column(ColumnUse.MEASURE)
        self._name = mapping.column(ColumnUse.NAME)

    def read(self) -> TableReader:
        """Read the table; then every cell that is not blank has its fate."""
        known = {one.row: one for one in self.names}
        for row, columns in self.view.rows.items():
            if row < self.mapping.first:
                self._leave_out(row, columns, Fate.TITLE)
            elif row <= self.mapping.head or self._is_heading(row):
                self._leave_out(row, columns, Fate.HEADING)
            elif row > self.mapping.last:
                self._leave_out(row, columns, Fate.BELOW)
            else:
                self._read_row(row, columns, known.get(row))
        if self.mapping.blank is SignMeaning.ZERO:
            self._read_blanks(known)
        return self

    def _is_heading(self, row: int) -> bool:
        """Whether a row below the heading numbers the columns, or is the heading again on the next page."""
        table = self.mapping
        return is_numbering(self.view, row) or is_head_again(
            self.view, table.first, table.head, row
        )

    def _leave_out(self, row: int, columns: tuple[int, ...], fate: Fate) -> None:
        for at in columns:
            self.fates[row, at] = fate

    # -- what the rows are -------------------------------------------------------------------------

    @cached_property
    def names(self) -> tuple[RowName, ...]:
        """The names of the rows, with what they mean."""
        texts = dict(self._row_texts())
        indicators = (
            row_indicators(self.office, texts) if self.mapping.rows is RowAxis.INDICATOR else {}
        )
        year = year_of(self.office, self.view, self.mapping.first)
        return tuple(
            self._row_name(row, text, indicators.get(row, ""), year) for row, text in texts.items()
        )

    def _row_texts(self) -> Iterator[tuple[int, str]]:
        """The name of each row of the table: the text in the column of names, or else the first text beside
        it that says a total."""
        for row in self.view.rows:
            if not self.mapping.head < row <= self.mapping.last or self._is_heading(row):
                continue
            text = "" if self._name is None else self.view.text((row, self._name))
            if not text or is_order(text):
                for at in self.view.rows.get(row, ()):
                    other = self._columns.get(at)
                    if (other is None or other.use is ColumnUse.OUT) and is_total(
                        self.view.text((row, at))
                    ):
                        text = self.view.text((row, at))
            if text:
                yield row, text

    def _row_name(self, row: int, text: str, indicator: str, year: str) -> RowName:
        key = plain(text)
        figures = any(
            one.use is ColumnUse.FIGURES and not self.view.is_blank((row, one.at))
            for one in self.mapping.columns
        )
        decided = self.mapping.names.get(key)
        if decided is not None:
            return RowName(row=row, text=text, code=decided, decided=True, figures=figures)
        match = self._match(text, indicator, year)
        code = match.code
        if not code and is_total(text):
            code = TOTAL_ROW
        return RowName(
            row=row,
            text=text,
            code=code,
            proposals=match.proposals,
            former=match.former,
            figures=figures,
        )

    def _match(self, text: str, indicator: str, year: str) -> UnitMatch:
        if self.mapping.rows is RowAxis.UNIT:
            return self.office.unit_names.match(text)
        if self.mapping.rows is RowAxis.INDICATOR:
            return UnitMatch(indicator, () if indicator else similar(text, self.office.indicators))
        return UnitMatch(plain_period(text, year))

    # -- one row -----------------------------------------------------------------------------------

    def _read_row(self, row: int, columns: tuple[int, ...], name: RowName | None) -> None:
        for at in columns:
            place = (row, at)
            column = self._columns.get(at)
            if column is None or column.use not in (ColumnUse.FIGURES, ColumnUse.TOTAL):
                self.fates[place] = self._beside(row, at, name)
            elif name is not None and name.code == TOTAL_ROW:
                self.fates[place] = Fate.TOTAL
            elif name is not None and name.code == LEFT_OUT:
                self.fates[place] = Fate.ROW_OUT
            elif column.use is ColumnUse.TOTAL:
                self.fates[place] = Fate.TOTAL
            else:
                self._read_cell(place, column, name)

    def _beside(self, row: int, at: int, name: RowName | None) -> Fate:
        """The fate of a cell that stands in no column of figures."""
        is_group = name is not None and not name.figures and name.code in ("", TOTAL_ROW)
        is_number = self._name is not None and at < self._name
        if at in (self._name, self._measure) or (is_number and is_order(self.view.text((row, at)))):
            return Fate.GROUP if is_group else Fate.NAME
        return Fate.GROUP if is_group else Fate.OTHER_COLUMN

    def _read_cell(self, place: Place, column: TableColumn, name: RowName | None) -> None:
        cell = self.view.sheet.cells[place]
        sign = self.mapping.marks.get(plain(self.view.text(place)))
        if sign is SignMeaning.NOTHING and cell.kind is CellKind.TEXT and not cell.formula:
            self.fates[place] = Fate.NO_FIGURE
            return
        who = self._whose(place, column, name)
        if isinstance(who, Phrase):
            self._refuse(place, who)
            return
        unit, indicator, period = who
        if sign is SignMeaning.ZERO and cell.kind is CellKind.TEXT and not cell.formula:
            self._take(place, unit, indicator.code, period, "0", zero=True)
            self.values[place] = Decimal(0)
            return
        if (wrong := self._wrong_cell(place, cell)) is not None:
            self._refuse(place, wrong)
            return
        scale = self.scales.of(place[0], column, indicator)
        if isinstance(scale, Phrase):
            self._refuse(place, scale)
            return
        typed = self._typed(place, cell, indicator, scale.value)
        if isinstance(typed, str):
            self.scaled[place] = FigureScale(scale, indicator.measure)
            self._take(place, unit, indicator.code, period, typed)
        else:
            self._refuse(place, typed)

    def _whose(
        self, place: Place, column: TableColumn, name: RowName | None
    ) -> tuple[str, Indicator, str] | Phrase:
        """Unit, indicator and period of a figure, or what is missing."""
        if name is None:
            return Phrase(said.NO_NAME)
        if not name.code:
            return Phrase(said.NAME_UNKNOWN, {"name": name.text})
        rows, table = self.mapping.rows, self.mapping
        unit = name.code if rows is RowAxis.UNIT else column.unit or table.unit
        code = name.code if rows is RowAxis.INDICATOR else column.indicator or table.indicator
        period = name.code if rows is RowAxis.PERIOD else column.period or table.period
        indicator = self._indicators.get(code)
        if not unit:
            return Phrase(said.NO_UNIT)
        if indicator is None:
            return Phrase(said.NO_INDICATOR)
        if not period:
            return Phrase(said.NO_PERIOD)
        return self._wrong_row(place[0], column, period) or (unit, indicator, period)

    def _wrong_row(self, row: int, column: TableColumn, period: str) -> Phrase | None:
        """Why no figure of the row is sure: its cells are shifted, or it says another period."""
        cells, head = self.view.widths.get(row, 0), self._heading_width
        if head and cells != head:
            return Phrase(OTHER_CELLS, {"cells": cells, "head": head})
        if self._shifted_under:
            return Phrase(said.SHIFTED, {"heading": self._shifted_under})
        if self.mapping.rows is RowAxis.PERIOD or column.period:
            return None
        for at, heading in self._columns_of_periods.items():
            text = self.view.over((row, at))
            theirs = period_in(f"{heading} {text}", period[:4]) if text else ""
            if theirs and theirs != period and not period.startswith(f"{theirs}-"):
                return Phrase(said.OTHER_PERIOD, {"theirs": text})
        return None

    @cached_property
    def _heading_width(self) -> int:
        """How many cells the rows of the heading have in a list with commas, else 0."""
        rows = range(self.mapping.first, self.mapping.head + 1)
        return max((self.view.widths.get(row, 0) for row in rows), default=0)

    @cached_property
    def _shifted_under(self) -> str:
        """The head of the numbers of rows, where names stand below it though another head is that of names;
        "" where nothing is shifted."""
        table = self.mapping
        heads = {
            one.at: heading_text(self.view, table.first, table.head, one.at)
            for one in table.columns
        }
        own = heads.pop(self._name or 0, "")
        others = {plain(text) for text in heads.values()}
        is_shifted = plain(own) in ORDER_HEADS and others & (NAME_HEADS - ORDER_HEADS)
        return own if is_shifted else ""

    @cached_property
    def _columns_of_periods(self) -> dict[int, str]:
        """The columns beside the names that say the period of each row, with the words above them."""
        table = self.mapping
        heads = {
            one.at: heading_text(self.view, table.first, table.head, one.at)
            for one in table.columns
            if one.use is ColumnUse.OUT
        }
        return {at: head for at, head in heads.items() if is_period_heading(head)}

    def _wrong_cell(self, place: Place, cell: SheetCell) -> Phrase | None:
        area = self.view.sheet.merged_over(place)
        if area is not None and area != (*place, *place):
            top, left, bottom, right = area
            words = f"{column_name(left)}{top}:{column_name(right)}{bottom}"
            return Phrase(said.MERGED_FIGURE, {"area": words})
        if cell.formula and not cell.text.strip():
            return Phrase(said.NO_RESULT)
        return None

    @cached_property
    def scales(self) -> TableScales:
        """How many a 1 of each figure is."""
        codes = {one.row: one.code for one in self.names}
        return TableScales(self.view, self.mapping, self._indicators, codes)

    def said_scales(self) -> dict[int, SaidMeasure]:
        """What the words of the table say of the figures of each column, or of money in it."""
        found: dict[int, SaidMeasure] = {}
        for one in self.mapping.figures:
            indicator = self._indicators.get(one.indicator or self.mapping.indicator)
            by_rows = self.mapping.rows is RowAxis.INDICATOR
            said_of = self.scales.said_of(one, None if by_rows else indicator)
            if said_of is not None and (by_rows or indicator is not None):
                found[one.at] = said_of
        return found

    def _typed(
        self, place: Place, cell: SheetCell, indicator: Indicator, scale: int
    ) -> str | Phrase | InputError:
        """The cell as it would be typed, in the measure of the indicator; or why it is not taken."""
        if cell.formula:
            if not self.mapping.formulas:
                return Phrase(said.FORMULA)
            self.formulas.append(cell_name(place))
            cell = replace(cell, formula=False)
        own = measure_scale(indicator.measure)
        # A column in đồng for a box in triệu đồng has six decimals less; one in tỷ has three more.
        counted = _in_scale(indicator, scale or own, own)
        found = typed_figure(cell, indicator.label, counted, place[0])
        if not found.text:
            note = found.notes[0]
            return Phrase(note.template, note.params)
        try:
            value = read_figure(
                found.text, decimals=counted.decimals, measure=counted.measure
            ).value
        except InputError as wrong:
            if cell.kind is CellKind.TEXT and not any(c.isdigit() for c in found.text):
                self.signs.append(self.view.text(place))
                if isinstance(wrong, LetterForDigit):
                    return wrong
                return Phrase(said.SIGN, {"text": self.view.text(place)})
            return wrong
        if value is None:
            return Phrase(said.SIGN, {"text": self.view.text(place)})
        if cell.kind is CellKind.TEXT and not self.file.typed:
            self.texts += 1
        self.values[place] = value
        if counted is indicator:
            return found.text
        return exact_text(value * (scale or own) / own, indicator.decimals)

    def _take(
        self,
        place: Place,
        unit: str,
        indicator: str,
        period: str,
        typed: str,
        *,
        zero: bool = False,
    ) -> None:
        self.figures.append(
            ReadFigure(
                place=place, unit=unit, indicator=indicator, period=period, typed=typed, zero=zero
            )
        )
        if not self.view.is_blank(place):
            self.fates[place] = Fate.TAKEN

    def _refuse(self, place: Place, problem: Phrase | InputError) -> None:
        self.faults.append(CellFault(place=place, problem=problem))
        self.fates[place] = Fate.REFUSED

    def _read_blanks(self, known: Mapping[int, RowName]) -> None:
        """Blank cells of known rows as zeros."""
        for row, name in known.items():
            if name.code in ("", LEFT_OUT, TOTAL_ROW) or not name.figures:
                continue
            for column in self.mapping.figures:
                if self.view.is_blank((row, column.at)):
                    who = self._whose((row, column.at), column, name)
                    if not isinstance(who, Phrase):
                        unit, indicator, period = who
                        self._take((row, column.at), unit, indicator.code, period, "0", zero=True)


def _in_scale(indicator: Indicator, scale: int, own: int) -> Indicator:
    """The indicator as a column of that scale counts it: one in *đồng* has six decimals less than one in
    *triệu đồng*."""
    if scale == own:
        return indicator
    places = len(str(scale)) - len(str(own))
    return replace(
        indicator,
        decimals=max(0, indicator.decimals + places),
        measure=scale_words(scale, indicator.measure),
    )
