"""All sheets of a file, whichever kind it is. For `incoming.read_in_child`: the file comes from outside."""

from __future__ import annotations

import io
import zipfile

from nqcore.files.incoming.file_signatures import ODS, XLSX
from nqcore.files.incoming.refusals import BROKEN_PACKAGE, Damaged
from nqcore.files.spreadsheets.cell import Sheet
from nqcore.files.spreadsheets.ods import read_ods
from nqcore.files.spreadsheets.xls import read_xls
from nqcore.files.spreadsheets.xlsx import read_xlsx


def read_sheets(data: bytes) -> list[Sheet]:
    """The sheets in the bytes of an .xlsx, .ods or .xls, in the order of the file. Raises Damaged,
    UnpacksTooMuch."""
    if not data.startswith(XLSX.magic):
        return list(read_xls(data))
    return list(read_ods(data) if _is_open_document(data) else read_xlsx(data))


def _is_open_document(data: bytes) -> bool:
    """Whether a package has the list of contents of an OpenDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return ODS.contents in package.namelist()
    except zipfile.BadZipFile as wrong:
        raise Damaged(file="", detail=BROKEN_PACKAGE) from wrong
