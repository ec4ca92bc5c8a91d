"""A cell of a spreadsheet, and a sheet of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Place = tuple[int, int]
"""A cell: its row from 1, its column from 0."""


class CellKind(StrEnum):
    """What a cell holds."""

    NUMBER = "n"
    PERCENT = "p"
    """A number that is shown with a percent sign; the text is the number before the sign."""
    TEXT = "s"
    DATE = "d"
    BOOLEAN = "b"
    ERROR = "e"


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that is not blank.

    - `text`: its content. A number has at most 15 digits, as Excel shows it: "1234.5"; 100 % is "100"; a
      date "15/9/2018"; a boolean "TRUE" or "FALSE"; an error "#N/A".
    - `words`: the letters that the number format writes beside the number or text ("người", "₫").
    - `shown`: the number as the sheet shows it, where that is another number than `text`: rounded, or
      divided by a thousand (`scaled`).
    - `unclear`: the number format shows something else than the number or text, or nothing.
    - `padding`: how many whole digits of a number are shown at least: 5 for 12 shown as 00012.
    - `raised`: a part of the text is raised, lowered or struck out (12¹ is not 121).
    - `formula`: the value is the result of a formula.
    """

    kind: CellKind
    text: str
    words: str = ""
    shown: str = ""
    scaled: bool = False
    unclear: bool = False
    raised: bool = False
    formula: bool = False
    padding: int = 0

    @property
    def display(self) -> str:
        """The content as it is shown to a user: "12,5%", "00012"."""
        if self.kind is CellKind.PERCENT:
            return self.text.replace(".", ",") + "%"
        if self.padding and self.text.isdecimal():
            return self.text.zfill(self.padding)
        return self.text

    @property
    def shows_otherwise(self) -> bool:
        """Whether the sheet shows something else than `display`."""
        return self.unclear or bool(self.words or self.shown)

    def as_json(self) -> list[Any]:
        """The cell as JSON values; the inverse of `from_json`."""
        flags = (self.scaled, self.unclear, self.raised, self.formula)
        return [self.kind.value, self.text, self.words, self.shown, self.padding, *map(int, flags)]

    @classmethod
    def from_json(cls, value: list[Any]) -> SheetCell:
        """The cell that `as_json` has written."""
        kind, text, words, shown, padding, *flags = value
        scaled, unclear, raised, formula = map(bool, flags)
        return cls(
            CellKind(kind), text, words, shown,
            scaled=scaled, unclear=unclear, raised=raised, formula=formula, padding=padding,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a file.

    - `cells`: those that are not blank, and formulas with no result (their text is ""), by place.
    - `merged`: ranges of merged cells, as (first row, first column, last row, last column).
    - `hidden_rows`, `hidden_columns`: those that the sheet does not show; `hidden`: the whole sheet.
    - `comments`: the cells beside which a comment stands; its words are not read.
    - `knows_formulas`: whether the kind of file says which cells are formulas (.xls does not).
    """

    name: str
    hidden: bool
    cells: Mapping[Place, SheetCell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: frozenset[Place] = frozenset()
    knows_formulas: bool = True

    def is_hidden(self, place: Place) -> bool:
        """Whether the cell is not shown."""
        return self.hidden or place[0] in self.hidden_rows or place[1] in self.hidden_columns

    def merged_over(self, place: Place) -> tuple[int, int, int, int] | None:
        """The range of merged cells that the cell belongs to."""
        row, column = place
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left, bottom, right
        return None

    def as_json(self) -> dict[str, Any]:
        """The sheet as JSON values; the inverse of `from_json`."""
        return {
            "name": self.name,
            "hidden": self.hidden,
            "cells": [[*place, *cell.as_json()] for place, cell in self.cells.items()],
            "merged": [list(area) for area in self.merged],
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "comments": sorted(map(list, self.comments)),
            "knows_formulas": self.knows_formulas,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Sheet:
        """The sheet that `as_json` has written."""
        cells: Iterable[list[Any]] = value["cells"]
        return cls(
            name=value["name"],
            hidden=value["hidden"],
            cells={(row, column): SheetCell.from_json(rest) for row, column, *rest in cells},
            merged=tuple((a, b, c, d) for a, b, c, d in value["merged"]),
            hidden_rows=frozenset(value["hidden_rows"]),
            hidden_columns=frozenset(value["hidden_columns"]),
            comments=frozenset((row, column) for row, column in value["comments"]),
            knows_formulas=value["knows_formulas"],
        )


def cell_name(place: Place) -> str:
    """The name of a cell in its sheet: "E12"."""
    row, column = place
    return f"{column_name(column)}{row}"


def cell_ranges(places: Iterable[Place]) -> str:
    """The names of cells, those that stand in a line without a gap as one range.

    >>> cell_ranges([(3, 2), (4, 2), (5, 2), (9, 2), (9, 3)])
    'C3:C5, C9:D9'
    """
    found: list[list[Place]] = []
    for row, column in places:
        run = found[-1] if found else []
        step = (row - run[-1][0], column - run[-1][1]) if run else (0, 0)
        same_line = len(run) < 2 or step == (run[1][0] - run[0][0], run[1][1] - run[0][1])
        if step in ((1, 0), (0, 1)) and same_line:
            run.append((row, column))
        else:
            found.append([(row, column)])
    ends = ([run[0], run[-1]] if len(run) > 1 else run for run in found)
    return ", ".join(":".join(map(cell_name, several)) for several in ends)


def column_name(column: int) -> str:
    """The letters of a column, counted from 0: "A", "AB"."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """The inverse of `column_name`, for capital and small letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
