"""A draft keeps what was typed, whatever it is; its paper and its Excel file can still be made."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqcore.collection.entry.workbook import write_workbook
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from tests.support.twenty import REPORT, make

VI = translator("vi")
TYPED = st.text(
    st.sampled_from("\x00\x01\x0b\x1f\x7f\x85\u202e\u2066\ufffd\uffff\U0001ffff12a,.-=\t\n"),
    max_size=12,
)


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with make(tmp_path / "ws") as found:
        yield found


@given(TYPED)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_paper_and_the_excel_file_of_any_draft_open(ws: Workspace, typed: str) -> None:
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": typed}, by="hoa")
    sheet = ws.entry.sheet(REPORT)

    paper = Document(io.BytesIO(ws.entry.signing_copy(sheet, VI, directive="", above="")))
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(sheet, VI, directive="")))

    assert len(paper.tables[-2].rows) > len(sheet.rows)
    assert book.worksheets[0].max_row > len(sheet.rows)


def test_a_character_that_no_file_holds_is_seen_in_its_place(ws: Workspace) -> None:
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "1\x012"}, by="hoa")
    sheet = ws.entry.sheet(REPORT)

    paper = Document(io.BytesIO(ws.entry.signing_copy(sheet, VI, directive="", above="")))
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(sheet, VI, directive="")))

    printed = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "1\ufffd2" in printed
    assert "1□2" in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
