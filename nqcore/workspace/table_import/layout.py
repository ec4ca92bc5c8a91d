"""Where the tables of a sheet are: their headings, their rows, the words above each column.

A row of figures has a name and, right of it, a number or a sign such as “—”. A table is a run of such rows
with what stands between them (groups, blank rows, totals), below a heading of rows with several cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nqcore.files.spreadsheets import CellKind
from nqcore.files.spreadsheets.cell import Place
from nqcore.text.measures import has_scale
from nqcore.workspace.table_import.period_names import masked, period_in
from nqcore.workspace.table_import.said_measures import is_measure_alone, is_measure_heading
from nqcore.workspace.table_import.table_file import SheetView, plain

_FIGURE = re.compile(r"[-+(]?\s*[0-9][0-9.,'\s]*%?\)?")
_NEAR_FIGURE = re.compile(r"[~≈><]?\s*[-+(]?\s*[0-9][^A-Za-z]*")
_WITH_WORDS = re.compile(
    r"[~≈><]?\s*[-+(]?[0-9](?:[0-9.,\s]*[0-9])?\)?\s*(?P<words>[^\W\d_][\w./]*\.?(?:\s+[^\W\d_][\w./]*){0,2})"
)
"""A number with its measure or scale: 350 triệu, 12 lượt người."""
_WITH_LETTERS = re.compile(r"[-+(]?(?:(?=.*[0-9])[0-9OoIl|]+(?:[.,][0-9OoIl|]+)*|[Oo]+)\s*%?\)?")
"""A number with letters in place of digits: 1O0, O."""
_THOUSANDS = re.compile(r"1(?:[.,]?000)+\s*(?:đồng|đ|vnđ|vnd)\.?", re.IGNORECASE)
"""The measure of a column, not a figure: 1.000 đồng."""
_TIMES = frozenset({"thang", "nam", "quy", "tuan", "ngay", "gio", "ky", "tuoi"})
_NUMBERING = re.compile(r"\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})\)?(?:\s*=.*)?")
_ORDER = re.compile(r"\(?(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[ivxlc]{1,5}|[a-z])[.)]?")
SIGNS = frozenset({"-", "--", "...", "..", "…", "x", "(x)", "*", "kps", "khong phat sinh"})
"""What stands in place of a figure, as folded text."""
_TOTAL = re.compile(
    r"(?:tong cong|tong so|tong|cong|cong chung|toan (?:huyen|tinh|xa|thi xa|thanh pho|nganh|don vi))"
    r"(?:\s*(?:[:.]|\(.*\)|[ivx0-9+ ]+|toan (?:huyen|tinh|xa)|chung|cac don vi"
    r"|[0-9]+ (?:xa|phuong|thi tran|huyen|don vi|to chuc|co so|doanh nghiep|truong|thon|to)(?![a-z])"
    r"|,|va(?![a-z])))*"
    r"(?:\s*(?:cum|khoi|nhom|phan|muc)(?: [a-z0-9.]+){0,6})?"
)
_HEADING_WORDS = (
    "stt",
    "tt",
    "so tt",
    "noi dung",
    "chi tieu",
    "ten ",
    "don vi",
    "dia phuong",
    "dvt",
)
"""How the heading of a column of names or measures begins."""
ORDER_HEADS = frozenset({"stt", "tt", "so tt"})
NAME_HEADS = ORDER_HEADS | {
    *("noi dung", "chi tieu", "don vi", "ten don vi", "dia phuong", "xa", "ho va ten"),
}
"""Heads of the first columns of a table, as folded text: of the numbers of rows, of their names."""
_RATES = frozenset({"%", "(%)", "‰", "+/-", "±"})
"""Heads of columns that have no letters."""
_GAP = 2
"""Blank rows that a table may have inside."""
_HEADING_ROWS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TableArea:
    """A table: the first and the last row of its heading, its last row, and its columns (from 0)."""

    first: int
    head: int
    last: int
    columns: tuple[int, ...]


def is_order(text: str) -> bool:
    """Whether a text only numbers a row: 1, 2.1, II, a)."""
    return _ORDER.fullmatch(plain(text)) is not None


def is_total(text: str) -> bool:
    """Whether the name of a row says that it is a total: *Tổng cộng*, *Cộng*, *Toàn huyện*."""
    return _TOTAL.fullmatch(plain(text).strip(" .:")) is not None


def is_figure_like(view: SheetView, place: Place) -> bool:
    """Whether the cell stands where a figure belongs: a number, a sign in its place, or nearly one."""
    cell = view.sheet.cells.get(place)
    if cell is None:
        return False
    if cell.formula or cell.kind in (CellKind.NUMBER, CellKind.PERCENT, CellKind.ERROR):
        return True
    text = view.text(place)
    return cell.kind is CellKind.TEXT and bool(
        _FIGURE.fullmatch(text)
        or plain(text) in SIGNS
        or _NEAR_FIGURE.fullmatch(text)
        or _WITH_LETTERS.fullmatch(text)
        or _is_number_with_words(text)
    )


def _is_number_with_words(text: str) -> bool:
    """Whether a text is a number with its scale, or with a measure of one or two small words: a name begins
    with a capital letter, and "6 tháng" is a time."""
    found = _WITH_WORDS.fullmatch(text)
    if found is None or _THOUSANDS.fullmatch(text):
        return False
    words = found["words"]
    first = plain(words.split()[0])
    is_measure = words == words.lower() and len(words.split()) < 3 and first not in _TIMES
    return is_measure or has_scale(text, "")


def find_tables(view: SheetView) -> tuple[TableArea, ...]:
    """The tables of the sheet, from top to bottom."""
    runs = list(_runs(view))
    return (
        tuple(
            _area(view, run, before)
            for run, before in zip(runs, [0, *map(_end, runs)][:-1], strict=True)
        )
        if runs
        else ()
    )


def _end(run: list[int]) -> int:
    return run[-1]


def _runs(view: SheetView) -> Iterator[list[int]]:
    """The rows of figures of each table."""
    run: list[int] = []
    for row in sorted(view.rows):
        if _is_row_of_figures(view, row):
            if run and row - run[-1] > _GAP + 1 and _has_heading_between(view, run[-1], row):
                yield run
                run = []
            run.append(row)
        elif run and _begins_a_table(view, run[-1], row):
            yield run
            run = []
    if run:
        yield run


def _begins_a_table(view: SheetView, last: int, row: int) -> bool:
    """Whether the row is the heading of another table, and not a row of this one with words in place of a
    figure: it stands apart, and a blank row or the usual words of a heading say so."""
    if not _is_heading_row(view, row):
        return False
    if row == last + 1:
        # The same head again is that of the next page.
        first = plain(view.text((row, view.rows[row][0]))).strip(" .:")
        return first in NAME_HEADS and row not in view.repeated
    blank = any(above not in view.rows for above in range(last + 1, row))
    texts = [plain(view.text((row, at))) for at in view.rows[row]]
    return blank or any(text.startswith(_HEADING_WORDS) for text in texts)


def _has_heading_between(view: SheetView, above: int, below: int) -> bool:
    return any(_is_heading_row(view, row) for row in range(above + 1, below))


def _is_row_of_figures(view: SheetView, row: int) -> bool:
    columns = view.rows.get(row, ())
    names = [at for at in columns if _is_name(view, (row, at))]
    if not names or is_numbering(view, row) or is_row_of_measures(view, row):
        return False
    figures = [at for at in columns if at > names[0] and is_figure_like(view, (row, at))]
    return bool(figures) and not _is_row_of_periods(view, row, names[0], figures)


def _is_row_of_periods(view: SheetView, row: int, name: int, figures: list[int]) -> bool:
    """Whether what looks like figures is a heading of years: 2024, 2025. Below a heading or figures 2024 is a
    figure, as 1900 is."""
    years = [view.text((row, at)) for at in figures]
    if not all(text.isdecimal() and period_in(text) for text in years):
        return False
    if any(
        at > name and period_in(view.text((row, at)), "2000")
        for at in view.rows[row]
        if at not in figures
    ):
        return True
    if {int(later) - int(year) for year, later in pairwise(years)} not in ({1}, {-1}):
        return False
    above = row - 1
    is_below = _is_heading_row(view, above) or any(
        is_figure_like(view, (above, at)) for at in view.rows.get(above, ())
    )
    return not is_below or plain(view.text((row, name))).startswith(_HEADING_WORDS)


def _is_name(view: SheetView, place: Place) -> bool:
    cell = view.sheet.cells[place]
    text = view.text(place)
    return (
        cell.kind is CellKind.TEXT
        and not cell.formula
        and any(char.isalpha() for char in text)
        and not is_order(text)
        and not is_figure_like(view, place)
    )


def is_numbering(view: SheetView, row: int) -> bool:
    """Whether the row numbers the columns: (A) (B) (1) (2)=(1)/(3)."""
    return is_numbering_texts([view.text((row, at)) for at in view.rows.get(row, ())])


def is_numbering_texts(cells: Sequence[str]) -> bool:
    """Whether the cells of a row number the columns."""
    texts = list(map(plain, cells))
    if len(texts) < 3 or not all(map(_NUMBERING.fullmatch, texts)):
        return False
    digits = [int(text.strip("()")) for text in texts if text.strip("()").isdecimal()]
    return bool(digits) and digits == list(range(digits[0], digits[0] + len(digits)))


def is_row_of_measures(view: SheetView, row: int) -> bool:
    """Whether the row, below the words of a heading, says the measure of each column: ĐVT | người | tỷ đồng.
    A measure below the name of the rows or in the column of measures is none of a column."""
    columns = view.rows.get(row, ())
    measures = [at for at in columns if is_measure_alone(view.text((row, at)))]
    others = [view.text((row, at)) for at in columns if at not in measures]
    is_labelled = any(map(is_measure_heading, others))
    above = row - 2 if is_numbering(view, row - 1) else row - 1
    return bool(measures) and all(
        (
            *(_stands_over_figures(view, (above, at)) for at in measures),
            *(
                is_measure_heading(text)
                or is_order(text)
                or plain(text) in SIGNS
                or (is_labelled and _has_words(text))
                for text in others
            ),
        )
    )


def _stands_over_figures(view: SheetView, place: Place) -> bool:
    """Whether the cell has the words of a column that is neither that of the names nor of the measures."""
    words = plain(view.over(place))
    return (
        place[1] > 0
        and _has_words(words)
        and not words.startswith(_HEADING_WORDS)
        and not is_figure_like(view, place)
    )


def _is_title_with_measure(view: SheetView, row: int) -> bool:
    """Whether the row is a title and, at its side, the measure of the table; the heading begins below it."""
    texts = [view.text((row, at)) for at in view.rows.get(row, ())]
    below = [plain(view.text((row + 1, at))) for at in view.rows.get(row, ())]
    return (
        list(map(is_measure_alone, texts)) == [False, True]
        and not plain(texts[0]).startswith(_HEADING_WORDS)
        and below[0].startswith(_HEADING_WORDS)
    )


def _is_heading_row(view: SheetView, row: int) -> bool:
    """Whether the row has the words of several columns and no figures."""
    columns = view.rows.get(row, ())
    texts = [at for at in columns if _has_words(view.text((row, at)))]
    periods = [at for at in columns if period_in(view.text((row, at)), "2000")]
    worded = set(texts) | set(periods)
    return len(worded) > 1 and all(
        at in worded and (at in periods or not is_figure_like(view, (row, at))) for at in columns
    )


def _has_words(text: str) -> bool:
    """Whether a text is more than the number of a row."""
    return (any(char.isalpha() for char in text) and not is_order(text)) or text in _RATES


def _area(view: SheetView, run: list[int], before: int) -> TableArea:
    head = _head(view, run[0], before)
    first = head
    while first - 1 > before and head - first < _HEADING_ROWS and _belongs_to_heading(view, first):
        first -= 1
    columns = sorted(
        {at for row in (*range(first, head + 1), *run) for at in view.rows.get(row, ())}
    )
    return TableArea(first=first, head=head, last=_last(view, run), columns=tuple(columns))


def _head(view: SheetView, row: int, before: int) -> int:
    """The last row of the heading above the first row of figures; `before` is the last row that belongs to
    another table. A row of numbering is part of the heading."""
    for above in range(row - 1, max(before, row - 1 - _HEADING_ROWS), -1):
        if (
            is_numbering(view, above)
            or _is_heading_row(view, above)
            or is_row_of_measures(view, above)
        ):
            return _end_of_names(view, max(before, above - _HEADING_ROWS), above)
    return row - 1


def _end_of_names(view: SheetView, before: int, head: int) -> int:
    """The last row of a heading that seems to end in row `head`: a text below "Chỉ tiêu" is the name of a
    row, also where words stand in place of its figures."""
    for row in range(before + 1, head):
        for at in view.rows.get(row, ()) if _is_heading_row(view, row) else ():
            below = view.text((row + 1, at))
            if is_row_of_measures(view, row + 1):
                continue
            if plain(view.text((row, at))) in _HEADING_WORDS and below and not is_order(below):
                return row if not is_numbering(view, row + 1) else row + 1
    return head


def _belongs_to_heading(view: SheetView, first: int) -> bool:
    """Whether the row above `first` is part of the same heading."""
    above = first - 1
    if is_numbering(view, first) or is_row_of_measures(view, first):
        return bool(view.rows.get(above))
    if _is_title_with_measure(view, above):
        return False
    if _is_heading_row(view, above):
        return True
    return any(top <= above < first <= bottom for top, _left, bottom, _right in view.sheet.merged)


def _last(view: SheetView, run: list[int]) -> int:
    """The last row of the table: the last with figures, those right below it that have words in place of
    them, and a total."""
    last = run[-1]
    places = {at for at in view.rows[last] if is_figure_like(view, (last, at))}
    while (texts := view.rows.get(last + 1, ())) and places & {*texts} and min(texts) < min(places):
        if _begins_a_table(view, last, last + 1):
            return last
        last += 1
    for row in range(last + 1, last + _GAP + 2):
        if any(is_total(view.text((row, at))) for at in view.rows.get(row, ())):
            return row
    return last


def heading_parts(view: SheetView, first: int, head: int, column: int) -> tuple[str, ...]:
    """The words above a column, from the top level to the lowest. Words that stand over all of the table, and
    the numbering of columns, are not among them."""
    rows = [row for row in range(max(1, first), head + 1) if not is_numbering(view, row)]
    texts = (
        view.over((row, column)).strip() or _spread_over(view, row, rows, column) for row in rows
    )
    return tuple(dict.fromkeys(filter(None, texts)))


def _spread_over(view: SheetView, row: int, rows: Sequence[int], column: int) -> str:
    """The words of an upper level that stand over several columns in a sheet that does not merge cells, as no
    .csv does: those to the left, where the level below divides them."""
    below = [one for one in rows if one > row and not is_row_of_measures(view, one)]
    if not below or not _is_divided(view, below[0], column):
        return ""
    if any(top <= row <= bottom for top, _left, bottom, _right in view.sheet.merged):
        return ""
    at = column - 1
    while at >= 0 and not view.over((row, at)):
        if not _is_divided(view, below[0], at):
            return ""
        at -= 1
    return view.over((row, at)).strip() if at >= 0 and _is_divided(view, below[0], at) else ""


def _is_divided(view: SheetView, below: int, column: int) -> bool:
    return _has_words(view.text((below, column))) or bool(
        period_in(view.text((below, column)), "2000")
    )


def heading_text(view: SheetView, first: int, head: int, column: int) -> str:
    """The same as one text."""
    return " – ".join(heading_parts(view, first, head, column))


def is_head_again(view: SheetView, first: int, head: int, row: int) -> bool:
    """Whether a row of the table has the very words of a row of its heading: the next page of it."""

    def words(number: int) -> list[tuple[int, str]]:
        return [(at, plain(view.text((number, at)))) for at in view.rows.get(number, ())]

    return row in view.repeated and any(words(row) == words(one) for one in range(first, head + 1))


def lines_above(view: SheetView, first: int) -> tuple[str, ...]:
    """The texts above row `first`, the nearest last. What stands in another table is not among them."""
    if not any(row < first for row in view.rows):
        return ()
    others = [
        range(area.first, area.last + 1)
        for area in find_tables(view)
        if area.last < first and (area.last - area.head > 1 or _has_usual_heading(view, area))
    ]
    return tuple(
        view.text(place)
        for place in view.filled
        if place[0] < first and not any(place[0] in other for other in others)
    )


def lines_below(view: SheetView, last: int) -> tuple[str, ...]:
    """The texts below row `last`: a footnote to the table. Where another table follows, those right below it
    only, before a blank row: what follows is the title of the other."""
    others = [area.first for area in find_tables(view) if area.first > last]
    rows = [row for row in view.rows if row > last and all(row < first for first in others)]
    if others:
        rows = [row for nth, row in enumerate(rows, last + 1) if row == nth]
    return tuple(view.text((row, at)) for row in rows for at in view.rows[row])


def _has_usual_heading(view: SheetView, area: TableArea) -> bool:
    """Whether usual words stand above the names of a table: one row without them may be a title with a
    number ("Năm", 2026)."""
    places = [
        (row, at) for row in range(area.first, area.head + 1) for at in view.rows.get(row, ())
    ]
    return any(plain(view.text(place)) in _HEADING_WORDS for place in places)


def leans_on_row_above(name: str) -> bool:
    """Whether the name of a row says only with the one above it what it is: "Trong đó: nữ"."""
    return plain(name).startswith(("trong do", "- ", "+ "))


def layout_word(text: str) -> str:
    """The words above a column as they are kept: without accents, the period masked."""
    return masked(text)
