"""The Excel annex as LibreOffice works it out: the same numbers, also without those that the file brings."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from nq_spreadsheet.format import SpreadsheetFormat
from nqcore.workspace.facade import Workspace
from tests.support.demo_reports import demo_report
from tests.support.office import converted, need

pytestmark = [pytest.mark.office, pytest.mark.slow]


def without_results(data: bytes) -> bytes:
    """The workbook without the results of its formulas: who opens it must work them out."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            new.writestr(name, part)
    return output.getvalue()


@pytest.mark.parametrize("period", ["2008..2018", "2018"])
def test_every_formula_gives_the_number_of_the_report(
    demo: Workspace, tmp_path: Path, period: str
) -> None:
    need("soffice")
    report = demo_report(demo, period)
    data = SpreadsheetFormat().write(report, demo.catalogue.names)
    bare = tmp_path / "bare.xlsx"
    bare.write_bytes(without_results(data))
    (tmp_path / "out").mkdir()
    again = openpyxl.load_workbook(converted(bare, "xlsx", tmp_path / "out"), data_only=True)
    formulas = openpyxl.load_workbook(BytesIO(data))
    ours = openpyxl.load_workbook(BytesIO(data), data_only=True)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    said = ours[sheet.title][cell.coordinate].value
                    found = again[sheet.title][cell.coordinate].value
                    assert found == pytest.approx(said, abs=1e-9), (sheet.title, cell.coordinate)
                    compared += 1
    assert compared > 50
