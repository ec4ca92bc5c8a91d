"""Heads and titles of a pasted block: which rows they are, and what they say of the figures below."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from nqcore.collection.entry.entry_sheet import EntryRow
from nqcore.model.periods import Period, PeriodKind
from nqcore.text.folding import nfc
from nqcore.text.number_errors import LetterForDigit, SymbolForFigure
from nqcore.text.numbers import FigureError, read_figure
from nqcore.workspace.table_import.heading_words import Aside, asides
from nqcore.workspace.table_import.layout import is_numbering_texts
from nqcore.workspace.table_import.pasted_cells import is_figure, key_of
from nqcore.workspace.table_import.period_names import period_in, year_in
from nqcore.workspace.table_import.said_measures import (
    USUAL,
    said_by_heading,
    said_by_title,
    said_by_word,
)
from nqcore.workspace.table_import.table_file import plain

Says = Callable[[str], int]
"""1: the head is that of the report's period, -1: of something else, 0: it does not say."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NUMBER_OF_COLUMN = re.compile(r"\([0-9]{1,2}\)")
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
    is_known = _HEADS.fullmatch(plain(cell)) or key_of(cell) in names
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
