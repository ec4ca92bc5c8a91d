"""Names of sheets: what their table is by, none twice, at most 31 letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import count

from nq_spreadsheet.times import kind_of
from nqcore.plugin import Figure, PeriodKind, Table, printable

MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_OF_BLOCKS = {
    "table:units": "Theo đơn vị",
    "table:documents": "Văn bản",
    "table:tasks": "Nhiệm vụ",
}
_OF_KINDS = {
    PeriodKind.YEAR: "Theo năm",
    PeriodKind.QUARTER: "Theo quý",
    PeriodKind.MONTH: "Theo tháng",
}
_SHORT = (PeriodKind.MONTH, PeriodKind.QUARTER)
_LIST = "Danh sách"
_OTHER = "Số liệu"


class SheetNames:
    """The names that a workbook has so far."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def unused(self, wanted: str) -> str:
        """The name, or with a number behind it where a sheet has it."""
        plain = _FORBIDDEN.sub(" ", printable(wanted)).strip() or _OTHER
        numbered = (f"{plain[: MOST - 5]} ({nth})" for nth in count(2))
        name = plain[:MOST]
        while name.casefold() in self._used:
            name = next(numbered)
        self._used.add(name.casefold())
        return name

    def of_table(self, table: Table) -> str:
        """The name of the table's sheet: "Theo năm", "Theo quý", "Theo đơn vị" …"""
        return self.unused(_OF_BLOCKS.get(table.block) or _by_times(table))


def _by_times(table: Table) -> str:
    """By the times that stand side by side: quarters of one year, or years."""
    columns = [time for row in table.rows if len(time := _times(row)) > 1]
    if not columns:
        figures = any(isinstance(cell, Figure) for row in table.rows for cell in row)
        return _OTHER if figures else _LIST
    kinds = Counter(columns[0])
    shorter = next((kind for kind in _SHORT if kinds[kind] > 1), PeriodKind.YEAR)
    return _OF_KINDS[shorter]


def _times(row: Sequence[object]) -> list[PeriodKind]:
    """The kinds of the different times of one row."""
    codes = dict.fromkeys(cell.period for cell in row if isinstance(cell, Figure))
    return [kind for code in codes if (kind := kind_of(code)) in _OF_KINDS and kind is not None]
