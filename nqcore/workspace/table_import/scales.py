"""How many a 1 of a figure is, as the words of its table say or a user has chosen.

Words that stand nearer to a figure come first: the measure of its row, its name or that of its group, a
choice, the heading of its column, the lines above the table. What is said of money is not of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from nqcore.errors import Phrase
from nqcore.model.indicators import Indicator
from nqcore.text.measures import measure_base, measure_scale, scale_words
from nqcore.workspace.table_import import notes
from nqcore.workspace.table_import.layout import (
    heading_parts,
    leans_on_row_above,
    lines_above,
    lines_below,
)
from nqcore.workspace.table_import.mapping import ColumnUse, RowAxis, TableColumn, TableMapping
from nqcore.workspace.table_import.said_measures import (
    FOREIGN,
    MONEY,
    USUAL,
    SaidMeasure,
    is_money,
    is_same_measure,
    said_by_heading,
    said_by_title,
    said_by_word,
    siblings,
)
from nqcore.workspace.table_import.table_file import SheetView


class Scale(NamedTuple):
    """How many a 1 is (0: as the indicator counts), and where that was chosen, what the file says instead
    (0: nothing else)."""

    value: int
    file_says: int = 0


class TableScales:
    """The scales of the figures of a table. `codes`: what the names of its rows mean, by row."""

    def __init__(
        self,
        view: SheetView,
        mapping: TableMapping,
        indicators: Mapping[str, Indicator],
        codes: Mapping[int, str],
    ) -> None:
        self._view, self._mapping, self._codes = view, mapping, codes
        self._measure = mapping.column(ColumnUse.MEASURE)
        self._name = mapping.column(ColumnUse.NAME)
        self._by_rows = mapping.rows is RowAxis.INDICATOR
        used = codes.values() if self._by_rows else [one.indicator for one in mapping.figures]
        counted = [indicators[code] for code in (*used, mapping.indicator) if code in indicators]
        self._has_money = any(map(_counts_money, counted)) or not counted
        self._known = USUAL | {measure_base(one.measure) for one in counted if one.measure}

    def of(self, row: int, column: TableColumn, indicator: Indicator) -> Scale | Phrase:
        """The scale of a figure of the indicator; or that the table says another measure."""
        if words := self._measure_of(row):
            found = said_by_word(words) or SaidMeasure(measure_scale(words), measure_base(words))
            return _scale(found, words, indicator)
        name = self._name_of(row)
        own = said_by_heading(name, self._known if self._by_rows else ())
        if self._by_rows and own is not None:
            return _scale(own, name, indicator)
        if (near := self._first([own, self._groups.get(row)], indicator)) is not None:
            return _scale(near, near.base, indicator)
        return self._of_column(column, indicator)

    def said_of(self, column: TableColumn, indicator: Indicator | None) -> SaidMeasure | None:
        """What the heading of a column or a line above the table says of figures of the indicator, or of
        money where each row has its own (None)."""
        own = None if self._by_rows or indicator is None else self._own(column)
        if own is not None and indicator is not None and _fits(own, indicator):
            return own
        parts = self._headings(column)
        words = (
            one
            for part in parts
            for one in (said_by_heading(part), said_by_word(part), *said_by_title(part))
        )
        return self._first((*words, *self._lines), indicator)

    def _of_column(self, column: TableColumn, indicator: Indicator) -> Scale | Phrase:
        found = self.said_of(column, indicator)
        if column.scale and (_counts_money(indicator) or not self._by_rows):
            differs = found is not None and found.scale != column.scale
            return Scale(column.scale, found.scale if found is not None and differs else 0)
        if found is not None:
            return _scale(found, found.base, indicator)
        own = self._own(column)
        # What a heading says of money is not of the people of another row; hectares are of all rows.
        if (
            own is not None
            and not (self._by_rows and is_money(own.base))
            and not _fits(own, indicator)
        ):
            return _other(own, self._headings(column)[0], indicator)
        return Scale(0)

    def _own(self, column: TableColumn) -> SaidMeasure | None:
        """What the words right above a column say; below its name they may be the measure alone."""
        headings = self._headings(column)
        for text in headings[:1]:
            if (said := said_by_heading(text, self._known)) is not None:
                return said
            words = text.strip(" .()")
            alone = said_by_word(words) or SaidMeasure(measure_scale(words), measure_base(words))
            is_known = any(is_same_measure(alone.base, one) for one in self._known if alone.base)
            return alone if alone.base == MONEY or (is_known and len(headings) > 1) else None
        return None

    def _first(
        self, several: Iterable[SaidMeasure | None], indicator: Indicator | None
    ) -> SaidMeasure | None:
        """The first that holds for figures of the indicator (None: of money): of the same measure. A number
        alone ("ĐVT: 1.000") is said of money where the table has some."""
        own = MONEY if indicator is None else measure_base(indicator.measure)
        bases = {own} if self._has_money and own != MONEY else {own, ""}
        bases |= FOREIGN if own == MONEY else siblings(own)
        return next((one for one in several if one is not None and one.base in bases), None)

    def _measure_of(self, row: int) -> str:
        """What the column of measures says of a row; a sign is no measure."""
        words = "" if self._measure is None else self._view.over((row, self._measure))
        return words if any(c in "%‰" or c.isalnum() for c in words) else ""

    def _name_of(self, row: int) -> str:
        return "" if self._name is None else self._view.text((row, self._name))

    def _headings(self, column: TableColumn) -> tuple[str, ...]:
        """The words above a column, the nearest first."""
        table = self._mapping
        return heading_parts(self._view, table.first, table.head, column.at)[::-1]

    @cached_property
    def _lines(self) -> tuple[SaidMeasure, ...]:
        """What is said for all of the table: above the names of its rows, and in the lines above it, the
        nearest first."""
        table, view, name = self._mapping, self._view, self._name
        corner = () if name is None else heading_parts(view, table.first, table.head, name)
        lines = reversed(lines_above(view, table.first))
        heads = filter(None, map(said_by_heading, reversed(corner)))
        below = lines_below(view, table.last)
        return (*heads, *(one for line in (*lines, *below) for one in said_by_title(line)))

    @cached_property
    def _groups(self) -> Mapping[int, SaidMeasure]:
        """What the heading of its group, or the row that it leans on, says of each row."""
        found: dict[int, SaidMeasure] = {}
        group = above = None
        for row, columns in self._view.rows.items():
            if not self._mapping.head < row <= self._mapping.last:
                continue
            if self._is_group(row):
                texts = [self._view.text((row, at)) for at in columns]
                group = above = next(filter(None, map(said_by_heading, texts)), None)
            elif not leans_on_row_above(self._name_of(row)):
                above = said_by_heading(self._name_of(row))
            if (holds := above or group) is not None:
                found[row] = holds
        return found

    def _is_group(self, row: int) -> bool:
        """Whether a row has no figures, and is no row of the table that is blank."""
        blank = all(self._view.is_blank((row, one.at)) for one in self._mapping.figures)
        return blank and not self._codes.get(row)


def _counts_money(indicator: Indicator) -> bool:
    return is_money(measure_base(indicator.measure))


def _scale(said: SaidMeasure, words: str, indicator: Indicator) -> Scale | Phrase:
    """The scale that was said in these words; or that it is of another measure."""
    return Scale(said.scale) if _fits(said, indicator) else _other(said, words, indicator)


def _fits(said: SaidMeasure, indicator: Indicator) -> bool:
    """Whether what is said is the measure of the indicator, in whichever scale; a number alone ("ĐVT: 1.000")
    is of any, and an indicator without a measure counts anything but money."""
    ours = measure_base(indicator.measure)
    if not said.base or not ours:
        return not is_money(said.base)
    return is_same_measure(said.base, ours)


def _other(said: SaidMeasure, theirs: str, indicator: Indicator) -> Phrase:
    params = {
        "theirs": theirs,
        "indicator": indicator.label,
        "measure": indicator.measure,
        "counted": scale_words(said.scale, said.base),
    }
    return Phrase(notes.OTHER_MEASURE, params)
