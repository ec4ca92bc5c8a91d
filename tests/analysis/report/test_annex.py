"""The annex: each kind of span has its own columns, and nothing stands there that says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.analysis.report.annex import HOW
from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.notes import cell_text
from nqcore.analysis.report.plain_layout import annex_line
from nqcore.model.reports import Report, Table
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.small import DISTRICT, Now, accepted, found, plugin

OTHERS = ("table:units", "table:documents", "table:tasks")
SECOND = """
[pack]
id = "o"
since = 2017-01-01
basis = "Kế hoạch số 2"
[[indicator]]
label = "C1"
name = "Tổ chức"
measure = "tổ chức"
[[indicator]]
label = "D1"
name = "Chưa ai báo cáo"
measure = "cuộc"
[[form]]
id = "o.h"
title = "Biểu nửa năm"
directive = "1-NQ/HU"
every = "half"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "A"
title = "Tổ chức"
figures = ["C1"]
[[form.section]]
key = "B"
title = "Kiểm tra"
figures = ["D1"]
"""


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Xã A reported each quarter of 2017 and the first two of 2018; it is 5 August 2018."""
    now = Now()
    now.on("2018-08-05")
    with found(tmp_path_factory.mktemp("annex") / "ws", now, plugin("nq_second", SECOND)) as ws:
        for nth, quarter in enumerate(("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2018-Q1"), 1):
            accepted(ws, "xa-a", quarter, A1=str(nth))
        accepted(ws, "xa-a", "2018-Q2", A1="6")
        yield ws


def tables(ws: Workspace, period: str, unit: str = "xa-a") -> list[Table]:
    """The tables of the forms."""
    every = [b for b in report(ws, period, unit).appendix if isinstance(b, Table)]
    return [one for one in every if one.block not in OTHERS]


def report(ws: Workspace, period: str, unit: str = "xa-a") -> Report:
    review = ws.reviews.review(directive="1-NQ/HU", period=period, unit=unit)
    return build_report(review, ws.today, "1/ab")


SPANS = [
    ("2018-Q2", {"Quý II năm 2018": "6", "Quý II năm 2017": "2", "Lũy kế từ đầu năm 2018": "11"}),
    ("2018-Q1", {"Quý I năm 2018": "5", "Quý I năm 2017": "1"}),
    ("2018-H1", {"6 tháng đầu năm 2018": "11", "6 tháng đầu năm 2017": "3"}),
    (
        "2018-9M",
        {
            "9 tháng đầu năm 2018 (đến 30/6)": "11",
            "9 tháng đầu năm 2017": "6",
            "Cùng kỳ 9 tháng đầu năm 2017 (đến 30/6)": "3",
        },
    ),
    (
        "2018",
        {
            "Quý I": "5",
            "Quý II": "6",
            "Năm 2018 (đến 30/6)": "11",
            "Năm 2017": "10",
            "Cùng kỳ năm 2017 (đến 30/6)": "3",
        },
    ),
    ("2017", {"Quý I": "1", "Quý II": "2", "Quý III": "3", "Quý IV": "4", "Năm 2017": "10"}),
    (
        "2017..2018",
        {"2017": "10", "2018 (đến 30/6)": "11", "Cả giai đoạn (đến 30/6)": "21"},
    ),
    # Days that are a period of the calendar have its columns, and of other days of one year there is one.
    ("2018-01-01..2018-06-30", {"6 tháng đầu năm 2018": "11", "6 tháng đầu năm 2017": "3"}),
    ("2018-Q1..2018-Q2", {"6 tháng đầu năm 2018": "11", "6 tháng đầu năm 2017": "3"}),
    ("2017-04-01..2017-09-30", {"Từ ngày 01/4/2017 đến ngày 30/9/2017": "5"}),
    # A year that is partly in the span has the part.
    (
        "2017-07-01..2018-03-31",
        {"2017 (từ 01/7)": "7", "2018 (đến 31/3)": "5", "Cả giai đoạn": "12"},
    ),
]


@pytest.mark.parametrize(("period", "cells"), SPANS, ids=[period for period, _ in SPANS])
def test_each_kind_of_span_has_its_own_columns(
    ws: Workspace, period: str, cells: dict[str, str]
) -> None:
    table = tables(ws, period)[0]
    first = table.rows[0]
    shown = dict(zip(table.columns[3:], map(cell_text, first[3:]), strict=True))
    bare = {title.removesuffix(" ‖"): text.rstrip("*") for title, text in shown.items()}
    assert bare == cells


def test_an_indicator_that_is_asked_of_no_unit_of_the_review_has_no_row(ws: Workspace) -> None:
    """Only enterprises are asked for B1 to B3, and the closed one under Xã A never reported."""
    table = tables(ws, "2018-Q2")[0]
    assert table.columns[:3] == ("Mã số", "Chỉ tiêu", "Đơn vị tính")
    assert [row[0] for row in table.rows] == ["A1"]
    assert table.notes[0] == HOW


def test_a_form_without_a_figure_in_the_span_has_no_table(ws: Workspace) -> None:
    assert tables(ws, "2018-Q2", "xa-b") == []
    assert tables(ws, "2018-Q3") == [], "the year so far alone is no annex of the quarter"
    captions = [table.caption for table in tables(ws, "2018-Q2")]
    assert captions == [
        "Biểu 1. Kết quả thực hiện các chỉ tiêu quý II năm 2018 (tổng hợp từ báo cáo quý)"
    ]


def test_the_annex_says_to_which_document_it_belongs(ws: Workspace) -> None:
    assert annex_line(report(ws, "2018-Q2")) == (
        "(Kèm theo Báo cáo số\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
        "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}-BC/ĐU, ngày 05 tháng 8 năm 2018)"
    )


def test_the_parts_of_a_form_have_a_row_each_and_several_tables_are_numbered(ws: Workspace) -> None:
    draft = ws.save_draft("xa-a", "o.h", "2018-H1", {"C1": "2", "D1": "3"}, by="lan")
    ws.send(draft, by="lan")
    ws.accept(draft, by="duyet")
    half, quarter = tables(ws, "2018-H1")
    title = "Kết quả thực hiện các chỉ tiêu 6 tháng đầu năm 2018"
    assert quarter.caption == f"Biểu 2. {title} (tổng hợp từ báo cáo quý)"
    assert half.caption == f"Biểu 1. {title} (tổng hợp từ biểu “Biểu nửa năm”)"
    assert (half.block, quarter.block) == ("table:o.h", "table:s.q")
    assert [row[:2] for row in half.rows] == [
        ("A", "Tổ chức"),
        ("C1", "Tổ chức"),
        ("B", "Kiểm tra"),
        ("D1", "Chưa ai báo cáo"),
    ]
    assert half.sections == (0, 2)
    assert all(cell == "" for cell in half.rows[0][2:])


def test_a_review_of_several_years_has_the_quarters_of_the_last_one(ws: Workspace) -> None:
    years, quarters = _of_quarters(ws, "2017..2018")
    assert quarters.block == f"{years.block}:quarters"
    heads = [head.removesuffix(" ‖") for head in quarters.columns[3:]]
    assert heads == [
        "Quý I",
        "Quý II",
        "Năm 2018 (đến 30/6)",
        "Năm 2017",
        "Cùng kỳ năm 2017 (đến 30/6)",
    ]
    assert len(_of_quarters(ws, "2018")) == 1, "a year has its quarters in its own table"
    half = _of_quarters(ws, "2017-07-01..2018-03-31")
    assert len(half) == 1, "the rest of that year is not in the span"


def _of_quarters(ws: Workspace, period: str) -> list[Table]:
    return [one for one in tables(ws, period) if one.block.startswith("table:s.q")]


def test_of_quarters_in_which_the_unit_owed_nothing_no_figures_are_said_to_be_missing(
    tmp_path: Path, now: Now
) -> None:
    """It began in the second quarter of 2017, and has reported on the last one only."""
    now.on("2018-02-05")
    begun = DISTRICT.replace("opened = 2018-02-01", "opened = 2017-05-01")
    found(tmp_path / "ws", now).close()
    with open_workspace(
        tmp_path / "ws", clock=now, modules=[("nq_small", plugin("nq_small", begun))]
    ) as ws:
        accepted(ws, "dn-1", "2017-Q4")
        review = ws.reviews.review(directive="1-NQ/HU", period="2017", unit="dn-1")
        (table, *_) = ws.reviews.build(review).appendix
    assert "Chưa có số liệu của: Quý II (từ 01/5), Quý III." in table.notes
