"""All sheets of a file, whichever kind it is. For `incoming.read_in_child`: the file comes from outside."""

from __future__ import annotations

from nqcore.files.incoming.file_signatures import XLSX
from nqcore.files.spreadsheets.cell import Sheet
from nqcore.files.spreadsheets.xls import read_xls
from nqcore.files.spreadsheets.xlsx import read_xlsx


def read_sheets(data: bytes) -> list[Sheet]:
    """The sheets in the bytes of an .xlsx or .xls, in the order of the file. Raises Damaged,
    UnpacksTooMuch."""
    return list(read_xlsx(data) if data.startswith(XLSX.magic) else read_xls(data))
