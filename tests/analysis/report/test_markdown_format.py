"""The format "markdown": tables, heads as in the document, and words that no reader takes for marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nqcore.analysis.report.markdown_format import MarkdownFormat, escaped
from nqcore.analysis.report.notes import cell_text
from nqcore.analysis.report.sentences import figure_text
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report, Table


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a_b*c", r"a\_b\*c"),
        ("- a", r"\- a"),
        ("# a", r"\# a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("---", r"\---"),
        ("4.210", "4.210"),
        ("-5", "-5"),
        ("+157,7%", "+157,7%"),
        ("năm 2018. Đến nay", "năm 2018. Đến nay"),
        ("a | b <i>", r"a \| b \<i\>"),
        ("http://x.vn", r"http\://x.vn"),
        ("a@b.vn", r"a\@b.vn"),
        ("70-KH/HU", "70-KH/HU"),
    ],
)
def test_a_mark_of_markdown_is_escaped_and_nothing_else(text: str, written: str) -> None:
    assert escaped(text) == written


def test_every_figure_is_there_and_tables_are_tables(report: Report, names: Names) -> None:
    text = MarkdownFormat().write(report, names).decode()
    for figure in report.figures:
        assert figure_text(figure) in text
    table = next(one for one in report.appendix if isinstance(one, Table))
    row = table.rows[0]
    assert f"| {' | '.join(escaped(cell_text(cell)) for cell in row)} |" in text
    assert "| ---: |" in text
    assert "## I- KẾT QUẢ THỰC HIỆN" in text
    assert text.endswith("\n")


def test_a_section_row_is_bold(report: Report, names: Names) -> None:
    table = Table(caption="x", columns=("a", "b"), rows=(("A", "Phần"), ("A1", "c")), sections=(0,))
    text = MarkdownFormat().write(replace(report, appendix=(table,)), names).decode()
    assert "| **A** | **Phần** |" in text
    assert "| A1 | c |" in text
