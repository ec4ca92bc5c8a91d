"""A proposal how a table is to be read, from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from nqcore.workspace.table_import.heading_words import asides
from nqcore.workspace.table_import.layout import (
    SIGNS,
    TableArea,
    find_tables,
    heading_text,
    is_figure_like,
    is_order,
    is_total,
    layout_word,
    leans_on_row_above,
    lines_above,
)
from nqcore.workspace.table_import.left_columns import second_names
from nqcore.workspace.table_import.mapping import (
    ColumnUse,
    RowAxis,
    SignMeaning,
    TableColumn,
    TableMapping,
)
from nqcore.workspace.table_import.name_matching import words_of
from nqcore.workspace.table_import.office import TableOffice
from nqcore.workspace.table_import.period_names import (
    is_reference,
    period_in,
    title_period,
    year_in,
)
from nqcore.workspace.table_import.said_measures import is_measure_heading
from nqcore.workspace.table_import.sure_names import assign
from nqcore.workspace.table_import.table_file import SheetView, plain

_ZERO_SIGNS = frozenset({"-", "--", "kps", "khong phat sinh"})
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
_MANY = 400
"""So many rows are looked at to tell what a column is."""


def guess_mapping(
    office: TableOffice, view: SheetView, area: TableArea, rows: RowAxis | None = None
) -> TableMapping:
    """How the table in that area of the sheet is probably read; `rows`: what its rows are, where a user has
    said it."""
    return _Guess(office, view, area, rows).mapping()


def guess_mappings(office: TableOffice, view: SheetView) -> tuple[TableMapping, ...]:
    """A proposal for each table of the sheet."""
    return tuple(guess_mapping(office, view, area) for area in find_tables(view))


def year_of(office: TableOffice, view: SheetView, first: int) -> str:
    """The year of a table whose heading begins in row `first`: as the words above it say, else this year."""
    lines = [line for line in lines_above(view, first) if not is_reference(line)]
    return year_in(" ".join(lines)) or str(office.today.year)


def table_period(view: SheetView, mapping: TableMapping) -> str | None:
    """The period that the words above the table name, or those above its names: "Đơn vị (quý III/2018)". None
    where it is not plain which one they mean."""
    name = mapping.column(ColumnUse.NAME)
    texts = list(reversed(lines_above(view, mapping.first)))
    if name is not None:
        texts.append(heading_text(view, mapping.first, mapping.head, name))
    return title_period(texts)


def table_unit(office: TableOffice, view: SheetView, first: int) -> str:
    """The unit that the words above the table name: "Đơn vị báo cáo: Xã An Phú". To whom it is sent is
    none that reports."""
    for text in (line for line in reversed(lines_above(view, first)) if not is_reference(line)):
        for part in (text.rpartition(":")[2], text):
            if part.strip() and (code := office.unit_names.match(part).code):
                return code
    return ""


class _Guess:
    def __init__(
        self, office: TableOffice, view: SheetView, area: TableArea, rows: RowAxis | None
    ) -> None:
        self.office, self.view, self.area, self.rows = office, view, area, rows
        self.headings = {at: heading_text(view, area.first, area.head, at) for at in area.columns}
        self.year = year_of(office, view, area.first)

    def mapping(self) -> TableMapping:
        name, rows = self._name_column()
        measure = next((at for at, text in self.headings.items() if is_measure_heading(text)), None)
        figures = [
            at
            for at in self.area.columns
            if at not in (name, measure) and self._has_figures(at, rows)
        ]
        columns = tuple(
            TableColumn(
                at=at,
                heading=layout_word(self.headings[at]),
                use=ColumnUse.NAME
                if at == name
                else ColumnUse.MEASURE
                if at == measure
                else ColumnUse.OUT,
            )
            for at in self.area.columns
        )
        found = TableMapping(
            sheet=self.view.sheet.name,
            first=self.area.first,
            head=self.area.head,
            last=self.area.last,
            rows=rows,
            columns=columns,
            marks=self._marks(figures),
        )
        second = second_names(self.office, self.view, found, name)
        if second is not None:  # what stands beside another column of names is of those
            figures = [at for at in figures if at < second]
        found = self._with_figures(found, figures)
        period = table_period(self.view, found)
        indicators = tuple(one.indicator for one in found.figures if one.indicator)
        if rows is not RowAxis.UNIT and not found.unit:
            found = replace(found, unit=table_unit(self.office, self.view, self.area.first))
        if rows is not RowAxis.PERIOD:
            codes = indicators or (
                (found.indicator,) if found.indicator else self._row_codes(name, rows)
            )
            newest = self.office.newest_period(codes) if period == "" else ""
            found = replace(found, period=period or newest)
        return found

    def _row_codes(self, name: int, rows: RowAxis) -> tuple[str, ...]:
        if rows is not RowAxis.INDICATOR:
            return ()
        return tuple(row_indicators(self.office, self._names(name)).values())

    def _names(self, column: int) -> dict[int, str]:
        """The texts of a column, by row."""
        return {row: text for row in self._rows() if (text := self.view.text((row, column)))}

    def _rows(self) -> list[int]:
        """The rows of the table that are not blank."""
        return [row for row in self.view.rows if self.area.head < row <= self.area.last]

    def _name_column(self) -> tuple[int, RowAxis]:
        """The column with the names of the rows, and what they are: as most of its texts say."""
        best: tuple[float, int, RowAxis] = (-1.0, self.area.columns[0], RowAxis.UNIT)
        for at in self.area.columns:
            texts = {
                row: text
                for row, text in list(self._names(at).items())[:_MANY]
                if not is_order(text) and not is_figure_like(self.view, (row, at))
            }
            for count, axis in self._counts(texts):
                asked = self.rows in (None, axis)
                if asked and (count, -at) > (best[0], -best[1]):
                    best = (count, at, axis)
        return best[1], self.rows or best[2]

    def _counts(self, texts: Mapping[int, str]) -> Iterator[tuple[float, RowAxis]]:
        """How many of the texts name a unit, an indicator, a period. Where none does, the longest list of
        texts is that of the units."""
        match = self.office.unit_names.match
        units = sum(bool(match(text).code) for text in texts.values())
        proposed = sum(bool(match(text).proposals) for text in texts.values())
        yield units + 0.5 * proposed + 0.01 * len(texts), RowAxis.UNIT
        yield len(row_indicators(self.office, texts)), RowAxis.INDICATOR
        yield sum(bool(period_in(text, self.year)) for text in texts.values()), RowAxis.PERIOD

    def _has_figures(self, at: int, rows: RowAxis) -> bool:
        """Whether most cells of a column are figures; under the name of an indicator or a unit, one is
        enough."""
        places = [(row, at) for row in self._rows() if (row, at) in self.view.sheet.cells]
        numbers = sum(is_figure_like(self.view, place) for place in places)
        if set(words_of(self.headings[at])) <= {"stt", "tt"} and at < 2:
            return False
        return numbers * 2 > len(places) or (numbers > 0 and self._is_asked(at, rows))

    def _is_asked(self, at: int, rows: RowAxis) -> bool:
        text = self.headings[at]
        if rows is RowAxis.INDICATOR:
            done = "thuc hien" in plain(text) or period_in(text, self.year)
            return bool(done or self._unit_of(text))
        return bool(assign({at: text}, self.office.indicators))

    def _marks(self, figures: list[int]) -> dict[str, SignMeaning]:
        """What the signs in the columns of figures mean: a dash is a zero, dots and x are no figure."""
        found: dict[str, SignMeaning] = {}
        for row in self._rows():
            for at in figures:
                text = plain(self.view.text((row, at)))
                if text in SIGNS and text != "*":
                    found[text] = SignMeaning.ZERO if text in _ZERO_SIGNS else SignMeaning.NOTHING
        return found

    def _with_figures(self, found: TableMapping, figures: list[int]) -> TableMapping:
        texts = {at: self.headings[at] for at in figures}
        plain_texts = {at: text for at, text in texts.items() if not asides(text)}
        periods = {at: code for at, text in texts.items() if (code := period_in(text, self.year))}
        if found.rows is RowAxis.INDICATOR:
            texts = plain_texts
            periods = {at: code for at, code in periods.items() if at in texts}
            units = {at: code for at, text in texts.items() if (code := self._unit_of(text))}
            chosen = units or periods or self._one_of(texts)
            put = {at: (units.get(at, ""), "") for at in chosen}
        else:
            indicators = self._indicators(texts, periods)
            if not indicators and periods:
                titles = {0: " ".join(lines_above(self.view, found.first)[-3:])}
                found = replace(found, indicator=assign(titles, self.office.indicators).get(0, ""))
            chosen = indicators or {at: code for at, code in periods.items() if at in plain_texts}
            put = {at: ("", indicators.get(at, "")) for at in chosen}
        columns = []
        for one in found.columns:
            if one.at in put:
                unit, indicator = put[one.at]
                columns.append(
                    replace(
                        one,
                        use=ColumnUse.FIGURES,
                        unit=unit,
                        indicator=indicator,
                        period=periods.get(one.at, ""),
                    )
                )
            elif one.at in texts and found.rows is RowAxis.INDICATOR and is_total(texts[one.at]):
                columns.append(replace(one, use=ColumnUse.TOTAL))
            else:
                columns.append(one)
        return replace(found, columns=tuple(columns))

    def _indicators(self, texts: Mapping[int, str], periods: Mapping[int, str]) -> dict[int, str]:
        """The indicator of each column: one stands once in each period, quarters side by side."""
        found: dict[int, str] = {}
        for period in {periods.get(at, "") for at in texts}:
            of_period = {at: text for at, text in texts.items() if periods.get(at, "") == period}
            found |= assign(of_period, self.office.indicators)
        return found

    def _unit_of(self, text: str) -> str:
        parts = [text, *reversed(text.split(" – "))]
        for part in (*parts, *(_IN_BRACKETS.sub("", part) for part in parts)):
            if code := self.office.unit_names.match(part).code:
                return code
        return ""

    def _one_of(self, texts: Mapping[int, str]) -> dict[int, str]:
        """Of the columns of one unit's sheet, the one that says what was done; where none does and there is
        only one, that one."""
        done = [
            at
            for at, text in texts.items()
            if "thuc hien" in plain(text) or "so lieu" in plain(text)
        ]
        chosen = done[:1] or (list(texts) if len(texts) == 1 else [])
        return {at: texts[at] for at in chosen}


def row_indicators(office: TableOffice, texts: Mapping[int, str]) -> dict[int, str]:
    """The indicator of each row, by its name. A row that leans on the one above it ("Trong đó: nữ") is read
    together with it as well."""
    alone = {row: text for row, text in texts.items() if not plain(text).startswith("trong do")}
    found = assign(alone, office.indicators)
    above = ""
    for row, text in sorted(texts.items()):
        if row not in found and above and leans_on_row_above(text):
            rest = [one for one in office.indicators if one.code not in found.values()]
            found |= assign({row: f"{above} {text}"}, rest, office.indicators)
        else:
            above = text
    return found
