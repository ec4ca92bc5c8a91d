"""The rows and columns of a pasted block: its cells, the boxes that its rows name, its heads."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from nqcore.collection.entry.entry_sheet import EntryRow
from nqcore.model.periods import Period, PeriodKind
from nqcore.text.folding import nfc
from nqcore.text.measures import measure_base
from nqcore.text.number_errors import LetterForDigit, SymbolForFigure
from nqcore.text.numbers import FigureError, read_figure
from nqcore.workspace.table_import.heading_words import Aside, asides
from nqcore.workspace.table_import.layout import is_numbering_texts, leans_on_row_above
from nqcore.workspace.table_import.period_names import period_in, year_in
from nqcore.workspace.table_import.said_measures import (
    USUAL,
    is_measure_heading,
    is_same_measure,
    measure_words,
    said_by_heading,
    said_by_title,
    said_by_word,
    siblings,
)
from nqcore.workspace.table_import.table_file import plain

Says = Callable[[str], int]
"""1: the head is that of the report's period, -1: of something else, 0: it does not say."""
_CELL = re.compile(r'(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)')
_FIGURE = re.compile(r"[-–−(+]?\s*[0-9][0-9.,\s\u00a0]*[%)]?|[-–−]|không", re.IGNORECASE)
_LABEL = re.compile(r"[a-zđ]{1,3}[. ]?[0-9][0-9.]*", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NUMBER_OF_COLUMN = re.compile(r"\([0-9]{1,2}\)")
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-HĐ])[.)]?")
_THIS_PERIOD = re.compile(r"(?<!\w)(?:kỳ|kì|quý|tháng|năm) (?:này|nay)(?!\w)")
_SHORT_YEAR = re.compile(
    r"((?<!\w)(?:quý|quí|quy|q|tháng|thang|t)[\s.]*(?:iii|ii|iv|i|[0-9]{1,2})"
    r"\s*[/.-]\s*)([0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:nam ngoai|chi tieu|chenh lech|con lai|thu hang|xep (?:hang|loai|thu)|\+\s*[/,]?\s*[-–])"
    r"|(?:trang|diem)(?: so| thi dua| chuan)?$"
)
_YEAR_SO_FAR = re.compile(r"(?<!\w)(?:tu dau nam|ca nam)(?!\w)")
_WITHIN = re.compile(r"(?:phat sinh )?trong (thang|quy|nam)(?!\w)")
_WORD_OF = {PeriodKind.MONTH: "thang", PeriodKind.QUARTER: "quy", PeriodKind.YEAR: "nam"}
_MAIN = re.compile(
    r"(?:(?:uoc |ket qua )?thuc hien|ket qua|tong so|so lieu|so luong"
    r"|(?:phat sinh )?trong (?:ky|thang|quy|nam))"
    r"(?!\w)"
)
"""Heads of columns as folded text, beside those that `asides` knows."""
_NO_TIME = re.compile(
    r"[0-9]+(?:/[0-9]{4})?[-/][^\W\d_]\S*"  # the number of a document
    r"|ngày\s*[0-9…. ]+\s*tháng\s*[0-9…. ]+\s*năm\s*[0-9]{4}"
    r"|(?:19|20)[0-9]{2}\s*[-–]\s*(?:19|20)[0-9]{2}",
    re.IGNORECASE,
)
"""What no period of figures is: a document, a day in words, a term of office."""
_HEADS = re.compile(
    r"(?:(?:uoc )?thuc hien|so luong|so lieu|ket qua|ke hoach|kh|du toan|muc tieu|chi tieu|tong so|tong cong"
    r"|tong|so tien|gia tri|noi dung|don vi|dvt|ten|stt|tt|ky nay)(?: .*)?"
)
"""How the head of a column begins, as folded text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the block. `at`: the number of the box that it names (-1: none); `key`: the column in which
    that stands, or what looks like a label (-1: none)."""

    cells: tuple[str, ...]
    at: int = -1
    key: int = -1


def pasted_rows(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of the text as spreadsheets copy it: one with a line break stands in quotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        found = _CELL.match(text, at)
        assert found is not None
        quoted = found[1]
        rows[-1].append((found[2] if quoted is None else quoted.replace('""', '"')).strip())
        if not found[3]:
            return tuple(map(tuple, rows))
        if found[3] == "\n":
            rows.append([])
        at = found.end()


def is_figure(cell: str) -> bool:
    """Whether a cell is a number, or a sign of none."""
    return _FIGURE.fullmatch(cell) is not None


def rough_number(cell: str) -> Decimal | None:
    """The digits of a cell, to be compared with what the report shows."""
    digits = re.sub(r"[^0-9,]", "", cell).replace(",", ".", 1).replace(",", "")
    return Decimal(digits) if digits.strip(".") else None


def _key(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+|%", nfc(text).casefold()))


class LineNames:
    """The boxes by their labels and names."""

    def __init__(self, rows: Sequence[EntryRow]) -> None:
        self._rows = rows
        self.where: dict[str, list[int]] = {}
        for nth, row in enumerate(rows):
            assert row.indicator is not None
            for name in dict.fromkeys((_key(row.indicator.label), _key(row.indicator.name))):
                self.where.setdefault(name, []).append(nth)

    def lines(self, cells: Sequence[Sequence[str]]) -> tuple[Line, ...]:
        """The rows with the boxes that they name; a block of one column names none."""
        lines = [Line(tuple(row)) for row in cells]
        if max(map(len, cells)) > 1:
            above = -1
            for nth, line in enumerate(lines):
                lines[nth] = found = self._placed(line, above)
                words = (one for one in line.cells if one and not is_figure(one))
                if not any(map(leans_on_row_above, words)):
                    above = found.at
        return tuple(lines)

    def _placed(self, line: Line, above: int) -> Line:
        """The row with its box. `above`: the box of the row on which it may lean."""
        named, begun, found = any(one and not is_figure(one) for one in line.cells), False, line
        for k, text in enumerate(line.cells):
            if found.at < 0 and text and (not is_figure(text) or (named and not begun)):
                # The name of an indicator in the last column is the head of that column.
                at = self._box(text, above) if k < len(line.cells) - 1 else -1
                found = replace(found, at=at, key=k) if at >= 0 else found
            begun = begun or bool(text)
            if found.key < 0 and _LABEL.fullmatch(text):
                found = replace(found, key=k)  # what looks like a label, and is none of this form
        return found

    def _box(self, text: str, above: int) -> int:
        found = self.where.get(_key(text), [])
        if not found and said_by_heading(text, USUAL) is not None:
            found = self.where.get(_key(re.sub(r"\s*[(\[][^()\[\]]*[)\]]?\s*$", "", text)), [])
        if leans_on_row_above(text):
            found = [nth for nth in found if above >= 0 and self._leans_on(nth) == above]
        return found[0] if len(found) == 1 else -1

    def _leans_on(self, nth: int) -> int:
        """The box above, on whose name that of this one leans."""
        above = nth - 1
        while above >= 0 and leans_on_row_above(self._name(above)):
            above -= 1
        return above

    def _name(self, nth: int) -> str:
        indicator = self._rows[nth].indicator
        assert indicator is not None
        return indicator.name


def heading_says(head: str, period: Period) -> int:
    """1: a head of that period, -1: of something else, 0: it does not say."""
    if not head:
        return 0
    if asides(head) or _says_another(head, period.kind):
        return -1
    if _THIS_PERIOD.search(nfc(head).casefold()):
        return 1
    year = str(period.end.year)
    if found := period_in(_full_years(head), year):
        return 1 if found == period.code else -1
    other = year_in(head)
    return -1 if other and other != year else 0


def _says_another(head: str, kind: PeriodKind) -> bool:
    """Whether a head says that its figures are of another time, what is missing, a mark or a page."""
    parts = [plain(part) for part in head.split(" – ")]
    if kind is not PeriodKind.YEAR and any(map(_YEAR_SO_FAR.search, parts)):
        return True
    times = [found[1] for part in parts if (found := _WITHIN.match(part))]
    return any(map(_OTHER.match, parts)) or any(one != _WORD_OF.get(kind) for one in times)


def is_main_head(head: str) -> bool:
    """Whether a head is the usual one of the figures that are reported."""
    return any(_MAIN.match(plain(part)) for part in head.split(" – "))


def title_says(title: str, period: Period) -> int:
    """What a line above a table says of it, as `heading_says`: the documents and days that it names say
    nothing, nor what the table compares or counts."""
    words = _NO_TIME.sub(" ", nfc(title))
    if Aside.PLAN in asides(words):
        return -1
    year = str(period.end.year)
    if found := period_in(_full_years(words), year):
        return 1 if found == period.code else -1
    return -1 if year_in(words) not in ("", year) else 0


def _full_years(text: str) -> str:
    """Years of two digits behind a period in full: "Quý 3/18"."""
    return _SHORT_YEAR.sub(r"\g<1>20\2", text)


def is_head(cells: Sequence[str], says: Says) -> bool:
    """Whether a row of several cells is a head: words without figures, numbers of columns, years, periods."""
    filled = [one for one in cells if one]
    figures = [one for one in filled if is_figure(one)]
    if not figures or is_numbering_texts(filled) or _number_columns(filled):
        return True
    if all(map(_YEAR.fullmatch, figures)):
        steps = {int(later) - int(year) for year, later in pairwise(figures)}
        words = [plain(one) for one in filled if not is_figure(one)]
        if steps in ({1}, {-1}) or any(map(_HEADS.fullmatch, words)):
            return True
    return any(says(one) > 0 for one in filled if not is_figure(one))


def is_group_number(cell: str) -> bool:
    """Whether a cell numbers a group of rows: I, II., A)."""
    return _GROUP.fullmatch(cell) is not None


def _number_columns(filled: Sequence[str]) -> bool:
    """Whether the cells are (1), (2), beside words for the others at most."""
    numbers = [one for one in filled if _NUMBER_OF_COLUMN.fullmatch(one)]
    rest = [one for one in filled if one not in numbers]
    steps = {int(b.strip("()")) - int(a.strip("()")) for a, b in pairwise(numbers)}
    begins = len(numbers) > 1 or numbers == ["(1)"]
    return begins and steps <= {1} and all(len(one.strip("()")) == 1 for one in rest)


def is_column_head(cell: str, says: Says, names: Collection[str]) -> bool:
    """Whether the cell of a single column is surely its head."""
    if not cell or is_figure(cell):
        return False
    said = said_by_heading(cell, USUAL) or said_by_word(cell) or said_by_title(cell)
    is_known = _HEADS.fullmatch(plain(cell)) or _key(cell) in names
    return bool(says(cell) or ((is_known or said) and not re.match(r"\s*[-+(]?[0-9]", cell)))


def first_is_unsure(
    cells: Sequence[Sequence[str]], first: int, says: Says, box: EntryRow
) -> str | None:
    """The first cell of a single column that may be its head or a figure; None where it is neither."""
    if any(len(row) > 1 for row in cells) or first >= len(cells) - 1:
        return None
    text, rest = cells[first][0], [one for row in cells[first + 1 :] for one in row if one]
    if not text or not any(map(is_figure, rest)):
        return None
    if is_figure(text):
        unsure = bool(_YEAR.fullmatch(text) or _NUMBER_OF_COLUMN.fullmatch(text))
        return text if unsure else None
    return None if any(map(str.isdigit, text)) or _is_sign(text, box) else text


def _is_sign(text: str, box: EntryRow) -> bool:
    """Whether a text stands in place of a figure."""
    assert box.indicator is not None
    try:
        read_figure(text, decimals=box.indicator.decimals, measure=box.indicator.measure)
    except (SymbolForFigure, LetterForDigit):
        return True
    except FigureError:
        return False
    return True


class MeasureColumn(NamedTuple):
    """The column that says the measure of each row: where it stands, and its word for each row ("": none)."""

    at: int
    words: tuple[str, ...]


def measure_column(
    heads: Sequence[str], columns: Sequence[Sequence[str]], known: Collection[str], names: int
) -> MeasureColumn | None:
    """The column of measures: by its head, because all of its cells are measures, or because some of its
    words say money or a scale; what else such a column says is a remark. `names`: the first column of
    words, which has the names of the rows unless it says money or a scale (-1: rows have labels)."""
    for k, head in enumerate(heads):
        if is_measure_heading(head):
            return MeasureColumn(k, tuple(map(measure_words, columns[k])))
    bases = USUAL | {measure_base(one) for one in known if one}
    found: list[tuple[bool, int, MeasureColumn]] = []
    for k, cells in enumerate(columns):
        filled = sum(map(bool, cells))
        words = tuple(
            word if _is_measure(word, bases) else "" for word in map(measure_words, cells)
        )
        is_whole = sum(map(bool, words)) == filled
        sure = sum(map(_is_sure_measure, words))
        is_words = sum(map(is_figure, cells)) * 2 < filled
        if is_words and (sure or (is_whole and k != names)):
            found.append((is_whole, sure, MeasureColumn(k, words)))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _is_measure(text: str, bases: Collection[str]) -> bool:
    if not text or is_figure(text):
        return False
    base = measure_base(text)
    return _is_sure_measure(text) or any(is_same_measure(base, one) for one in bases)


def _is_sure_measure(text: str) -> bool:
    """Whether a word is surely a measure: of money, with a scale, or one of several of a quantity."""
    return bool(text) and (said_by_word(text) is not None or bool(siblings(measure_base(text))))


def says_its_measure(cells: Sequence[str]) -> bool:
    """Whether a row below the figures is no figure, but says their measure: "Đơn vị tính: nghìn đồng"."""
    words = [one for one in cells if one]
    return (
        len(words) == 1 and not re.match(r"[-+(]?[0-9]", words[0]) and bool(said_by_title(words[0]))
    )
