"""The hand-made report with all that an official paper can have: a number, marks, a basis, halves."""

from __future__ import annotations

from dataclasses import replace

from nqcore.model.findings import Text
from nqcore.model.reports import Heading, Paragraph, Report, Table


def full_report(report: Report) -> Report:
    """`report` with number 5, two bases, two halves, a heading with a letter, marks and a seal."""
    opening, *body = report.body
    results, *others = body
    by_year, by_unit = report.appendix
    assert isinstance(by_year, Table)
    assert isinstance(by_unit, Table)
    section = ("", "Chia theo khu vực", *([""] * (len(by_unit.columns) - 2)))
    by_unit = replace(by_unit, rows=(section, *by_unit.rows), sections=(0,))
    return replace(
        report,
        number="5",
        marks=("Dự thảo lần 1",),
        seal="412/ab12cd34ef56ab12cd34ef56ab",
        edition="3",
        coverage="",
        body=(
            Paragraph((Text("Căn cứ Điều lệ Đảng"),)),
            Paragraph((Text("Căn cứ Kế hoạch số 70-KH/HU"),)),
            opening,
            Heading("Tình hình và kết quả thực hiện", 0),
            results,
            *others,
            Heading("Phương hướng, nhiệm vụ, giải pháp", 0),
            Heading("Phương hướng"),
            Heading("Nhiệm vụ", 2),
            Heading("Nhiệm vụ thứ nhất", 3),
            Paragraph((Text("Trên đây là báo cáo kết quả"),)),
        ),
        appendix=(by_year, by_unit),
    )
