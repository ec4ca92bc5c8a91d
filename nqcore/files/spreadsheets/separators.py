"""What separates the cells of a list in a text file: decided by all of its rows, not by the first."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

SEPARATORS = "\t;,"
"""What may separate cells; the first are the rarest in what people write."""
ONE_COLUMN = "\x1f"
"""What separates the cells of a list of one column: no text has it."""
_NUMBER = re.compile(r"\s*[-+(]?[0-9][0-9.,\s]*%?\)?\s*")


def separator_of(text: str) -> str:
    """The separator that makes a table of the text: most rows have the same number of cells, and no cell but
    a number holds another separator.

    >>> separator_of("BÁO CÁO, QUÝ I\\nXã;Diện tích\\nAn Phú;1,5\\nBình Minh;2\\n")
    ';'
    >>> separator_of("Diện tích\\n1,5\\n2,5\\n") == ONE_COLUMN
    True
    """
    gains = {ONE_COLUMN: _gain_of_one_column(text)}
    gains |= {
        one: gain for one in SEPARATORS if one in text and (gain := _gain(text, one)) is not None
    }
    return max(gains, key=gains.__getitem__)


def _gain(text: str, separator: str) -> int | None:
    """How many rows agree on the number of their cells, less the cells that look as if they were several.
    None where it is the comma of sentences and names."""
    rows = list(_rows(text, separator))
    widths = Counter(len(row) for row in rows)
    if separator == "," and len(widths) > 1 and all(map(_is_sentence, rows)):
        return None
    others = SEPARATORS.replace(separator, "")
    doubtful = sum(_holds(cell, others) for row in rows for cell in row)
    return max((count for width, count in widths.items() if width > 1), default=0) - doubtful


def _gain_of_one_column(text: str) -> int:
    """The same for a list of one column: its numbers with a comma, less the rows that look like several."""
    cells = [cell for row in _rows(text, ONE_COLUMN) for cell in row]
    numbers = sum("," in cell and _NUMBER.fullmatch(cell) is not None for cell in cells)
    return numbers - sum(_holds(cell, SEPARATORS) for cell in cells)


def _is_sentence(row: Sequence[str]) -> bool:
    """Whether a space and words follow every comma."""
    return all(cell.startswith(" ") and not _NUMBER.fullmatch(cell) for cell in row[1:])


def _holds(cell: str, separators: str) -> bool:
    """Whether a cell that is no number holds one of the separators, other than before a space."""
    return not _NUMBER.fullmatch(cell) and bool(re.search(rf"[{separators}](?=\S)", cell))


def _rows(text: str, separator: str) -> Iterator[Sequence[str]]:
    """The rows that are not blank, as far as they can be read."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error:
        return
