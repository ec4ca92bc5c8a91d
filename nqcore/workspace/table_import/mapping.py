"""How a table of another office is read: which sheet and rows, what its rows and columns are, what its signs
mean. The values are written in the journal (table `mappings`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nqcore.errors import N_, InputError
from nqcore.model.codec import Codec


class RowAxis(StrEnum):
    """What each row of a table is."""

    UNIT = "unit"
    INDICATOR = "indicator"
    PERIOD = "period"


class ColumnUse(StrEnum):
    """What a column is."""

    FIGURES = "figures"
    NAME = "name"
    """The names of the rows: units, indicators or periods."""
    MEASURE = "measure"
    """*Đơn vị tính*, row by row."""
    TOTAL = "total"
    """The sum of the other columns: compared, not taken."""
    OUT = "out"
    """Left out: numbering, plan figures, rates, remarks."""


class SignMeaning(StrEnum):
    """What a sign that is no number means, such as “—”, “…” or “x”."""

    ZERO = "zero"
    """Nothing happened: 0."""
    NOTHING = "nothing"
    """No figure: the box keeps what it has."""


LEFT_OUT, TOTAL_ROW = "-", "+"
"""What stands in `TableMapping.names` instead of a code: the row is left out, or is a total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """Column `at` (from 0). `heading`: its words, as the layout is recognised by them. Of figures,
    the `unit`, the `indicator` and the `period` of its figures, where neither its rows nor the whole table
    say them; `scale`: how many a 1 of the column is, where a user has chosen it (1000000: *triệu*), of money
    only where each row has an indicator of its own; 0: as the words of the table say, else as the indicator
    counts."""

    at: int
    heading: str = ""
    use: ColumnUse = ColumnUse.OUT
    unit: str = ""
    indicator: str = ""
    period: str = ""
    scale: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """How one table is read.

    - `name`: under which it is kept; `sheet`: the name of the sheet.
    - `first`, `head`, `last`: the first and the last row of the heading, and the last row (0: no heading).
    - `rows`: what each row is; `columns`: those with content, from left to right.
    - `unit`, `indicator`, `period`: those of all figures for which neither row nor column says them.
    - `names`: what the names of rows mean, by their fold: a code, LEFT_OUT or TOTAL_ROW. Only what a user
      has decided stands here; other names are looked up each time.
    - `marks`: what signs mean, by their fold; any other text that is no number is refused.
    - `blank`: what a blank cell means; `formulas`: whether the last result of a formula is taken.
    """

    name: str = ""
    sheet: str
    first: int
    head: int
    last: int
    rows: RowAxis
    columns: tuple[TableColumn, ...]
    unit: str = ""
    indicator: str = ""
    period: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, SignMeaning] = field(default_factory=dict)
    blank: SignMeaning = SignMeaning.NOTHING
    formulas: bool = False

    @property
    def figures(self) -> tuple[TableColumn, ...]:
        """The columns of figures."""
        return tuple(one for one in self.columns if one.use is ColumnUse.FIGURES)

    @property
    def layout(self) -> tuple[str, ...]:
        """What a table of the same layout has the same: the words above its columns."""
        return tuple(one.heading for one in self.columns)

    def column(self, use: ColumnUse) -> int | None:
        """The first column of that use; None where there is none."""
        return next((one.at for one in self.columns if one.use is use), None)


MAPPING = Codec(TableMapping)
"""A mapping as JSON: a part of its document in the table `mappings`."""


class MappingUnreadable(InputError):
    """What is to be a mapping is none."""

    code = "mapping-unreadable"
    template = N_("How the table is read cannot be understood. Choose the file again.")


def written_mapping(mapping: TableMapping) -> str:
    """The mapping as a text that `read_mapping` reads."""
    return json.dumps(MAPPING.to_doc(mapping), ensure_ascii=False)


def read_mapping(text: str) -> TableMapping:
    """The mapping of that text. Raises MappingUnreadable."""
    try:
        found = MAPPING.from_doc(json.loads(text))
        ordered = 0 <= found.first <= found.head < found.last
        known = all(isinstance(one.at, int) for one in found.columns)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise MappingUnreadable from wrong
    if not (ordered and known):
        raise MappingUnreadable
    return found
