"""Columns: which row of a list is its heading, and which of its columns is what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nqcore.workspace.unit_list.kind_words import words_of

Row = tuple[int, Sequence[str]]
"""A row that is not blank, after its number in the file."""

TITLES: Mapping[str, frozenset[str]] = {
    "number": frozenset({"stt", "tt", "so tt", "so thu tu", "no"}),
    "code": frozenset({"code", "ma", "ma don vi", "ma so", "ma co quan", "ma dv", "ma dinh danh"}),
    "name": frozenset(
        {
            "name", "ten", "ten don vi", "don vi", "ten co quan", "co quan", "co quan don vi",
            "ten co quan don vi", "co quan don vi dia phuong", "ten co quan don vi dia phuong",
            "ten don vi dia phuong", "don vi dia phuong", "ten to chuc", "to chuc", "dia phuong",
            "ten to chuc dang", "to chuc dang", "ten doanh nghiep", "ten xa phuong",
        }
    ),
    "kind": frozenset(
        {
            "kind", "loai", "loai don vi", "loai hinh", "loai co quan", "loai hinh don vi", "nhom",
            "phan loai", "khoi", "cap",
        }
    ),
    "parent": frozenset(
        {
            "parent", "cap tren", "truc thuoc", "ma cap tren", "don vi cap tren", "co quan cap tren",
            "cap tren truc tiep", "ma don vi cap tren", "truc thuoc don vi", "don vi chu quan",
            "co quan chu quan", "thuoc",
        }
    ),
    "sector": frozenset({"sector", "khu vuc", "thanh phan kinh te", "so huu"}),
}  # fmt: skip
"""The titles that each column may have, as their words without accents and in small letters."""

_TITLE_ROWS = 20
"""Among so many rows the heading is looked for."""
_COLUMN_NUMBER = re.compile(r"\(?[A-Za-z0-9]{1,2}\)?")


class ListHeading(NamedTuple):
    """The heading: the position of each column, how many rows are above the units, and the titles of
    columns that are not used. `named_only`: there is no heading, and each row is a name."""

    columns: Mapping[str, int]
    rows: int
    unused: tuple[str, ...] = ()
    named_only: bool = False


def find_heading(rows: Sequence[Row]) -> ListHeading | None:
    """The heading is the first row that names the column of names and another one, or nothing else; the rows
    above it are a title. A list of nothing but names needs none. None: neither is there."""
    for nth, (_, row) in enumerate(rows[:_TITLE_ROWS]):
        titles = [words_of(cell) for cell in row]
        columns = {
            key: titles.index(found)
            for key, names in TITLES.items()
            if (found := next((title for title in titles if title in names), "")) in names
        }
        if "name" in columns and (len(columns) > 1 or sum(map(bool, titles)) == 1):
            used = set(columns.values())
            unused = [cell.strip() for at, cell in enumerate(row) if at not in used]
            return ListHeading(
                columns, nth + 1 + _numbers_below(rows, nth), tuple(filter(None, unused))
            )
    if all(sum(bool(cell.strip()) for cell in row) == 1 for _, row in rows):
        return ListHeading({"name": 0}, 0, named_only=True)
    return None


def _numbers_below(rows: Sequence[Row], nth: int) -> int:
    """1 where the row below the heading numbers the columns: (1) (2) (3), or A B C."""
    if nth + 1 == len(rows):
        return 0
    cells = [cell.strip() for cell in rows[nth + 1][1] if cell.strip()]
    titles = sum(bool(cell.strip()) for cell in rows[nth][1])
    numbers = all(_COLUMN_NUMBER.fullmatch(cell) for cell in cells)
    return int(len(cells) == titles > 1 and numbers and len(set(cells)) == len(cells))
