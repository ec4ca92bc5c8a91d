"""The cells and rows of a pasted block, and the boxes that its rows name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nqcore.collection.entry.entry_sheet import EntryRow
from nqcore.model.indicators import Indicator
from nqcore.text.folding import nfc
from nqcore.workspace.table_import.heading_words import means_another
from nqcore.workspace.table_import.layout import leans_on_row_above
from nqcore.workspace.table_import.name_matching import LIGHT, all_words
from nqcore.workspace.table_import.said_measures import USUAL, said_by_heading

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)')
_FIGURE = re.compile(r"[-–−(+]?\s*[0-9][0-9.,\s\u00a0]*[%)]?|[-–−]|không", re.IGNORECASE)
_LABEL = re.compile(r"[a-zđ]{1,3}[. ]?[0-9][0-9.]*", re.IGNORECASE)
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-HĐ])[.)]?")


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


def key_of(text: str) -> str:
    """A label or a name without case and marks, as boxes are found by it."""
    return " ".join(re.findall(r"[^\W_]+|%", nfc(text).casefold()))


class LineNames:
    """The boxes by their labels and names."""

    def __init__(self, rows: Sequence[EntryRow]) -> None:
        self._rows = rows
        self.where: dict[str, list[int]] = {}
        for nth, row in enumerate(rows):
            assert row.indicator is not None
            for name in dict.fromkeys((key_of(row.indicator.label), key_of(row.indicator.name))):
                self.where.setdefault(name, []).append(nth)

    def named(self, text: str) -> str:
        """The label of the box that a text surely names, by its label or all words of its name; "" for none.
        "Hội viên" is *Số hội viên*, where no other box is."""
        nth = self._box(text, -1)
        if nth < 0:
            words = all_words(text) - LIGHT
            alike = [
                k
                for k, row in enumerate(self._rows)
                if words and (name := _indicator(row)) and words == all_words(name.name) - LIGHT
                and not means_another(text, name.name, name.measure)
            ]  # fmt: skip
            nth = alike[0] if len(alike) == 1 else -1
        return _indicator(self._rows[nth]).label if nth >= 0 else ""

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
        found = self.where.get(key_of(text), [])
        if not found and said_by_heading(text, USUAL) is not None:
            found = self.where.get(key_of(re.sub(r"\s*[(\[][^()\[\]]*[)\]]?\s*$", "", text)), [])
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
        return _indicator(self._rows[nth]).name


def _indicator(row: EntryRow) -> Indicator:
    assert row.indicator is not None, row.key
    return row.indicator


def is_group_number(cell: str) -> bool:
    """Whether a cell numbers a group of rows: I, II., A)."""
    return _GROUP.fullmatch(cell) is not None
