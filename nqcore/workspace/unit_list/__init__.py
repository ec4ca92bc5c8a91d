"""Reading the list of units of an office as it is: a .csv, .xlsx or .xls file, or rows that were pasted.

| file | content |
|---|---|
| `reading` | `read_units` and `read_rows`: the whole way from rows to units, all mistakes at once |
| `columns` | which row is the heading, and which column is what |
| `rows` | which row is a unit, a group, a total or a note |
| `kind_words` | kinds of units as offices write them, and the nearest known ones |
| `codes` | codes made of names, and parents given by code or by name |
| `placing` | units that are added to others: their day, document and place |
| `faults` | what is wrong with a row |
"""

from nqcore.workspace.unit_list.faults import BadUnitList, BadUnitRows
from nqcore.workspace.unit_list.placing import NoUnitsListed, placed
from nqcore.workspace.unit_list.reading import (
    UnitList,
    file_text,
    pasted_rows,
    read_rows,
    read_unit_list,
    read_units,
)

__all__ = [
    "BadUnitList",
    "BadUnitRows",
    "NoUnitsListed",
    "UnitList",
    "file_text",
    "pasted_rows",
    "placed",
    "read_rows",
    "read_unit_list",
    "read_units",
]
