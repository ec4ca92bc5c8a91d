"""The whole annex of the demo's ten-year review: official tables whose numbers have names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nqcore.analysis.editions.edition import REPORT
from nqcore.analysis.report import unit_table as by_unit
from nqcore.analysis.report.anchors import report_anchors
from nqcore.analysis.report.notes import cell_text
from nqcore.model.figures import Figure
from nqcore.model.findings import TiedNumber
from nqcore.model.reports import Report, Table
from nqcore.progress import quiet
from nqcore.workspace.facade import Workspace
from tests.support.demo_reports import demo_report


@pytest.fixture(scope="module")
def ten_years(demo: Workspace) -> Report:
    return demo_report(demo)


@pytest.fixture(scope="module")
def tables(ten_years: Report) -> dict[str, Table]:
    return {one.block: one for one in ten_years.appendix if isinstance(one, Table)}


def cell(table: Table, row: str, column: str) -> str:
    line = next(one for one in table.rows if row in one[:2])
    return cell_text(line[table.columns.index(column)])


def test_every_table_has_its_name_and_its_number(
    ten_years: Report, tables: dict[str, Table]
) -> None:
    assert list(tables)[:6] == [
        "table:res20.q",
        "table:res20.q:quarters",
        "table:res20.y",
        "table:units",
        "table:documents",
        "table:tasks",
    ]
    numbers = [one.caption.split(".")[0] for one in tables.values()]
    assert numbers == [f"Biểu {nth}" for nth in range(1, len(numbers) + 1)]
    assert len(tables) == len(ten_years.appendix), "no two of one name"


def test_parts_of_a_form_are_section_rows_and_codes_have_a_column(tables: dict[str, Table]) -> None:
    table = tables["table:res20.q"]
    assert table.columns[:3] == ("Mã số", "Chỉ tiêu", "Đơn vị tính")
    heads = [table.rows[place] for place in table.sections]
    assert [row[0] for row in heads] == ["A", "B", "C", "D", "E"]
    assert all(cell == "" for row in heads for cell in row[2:])
    others = [row for nth, row in enumerate(table.rows) if nth not in table.sections]
    assert all(isinstance(row[0], str) and len(row[0]) > 1 for row in others)


def test_the_year_that_is_not_over_says_so_in_its_head(tables: dict[str, Table]) -> None:
    heads = tables["table:res20.q"].columns
    assert [one for one in heads if "(đến 30/6)" in one] == [
        "2018 (đến 30/6)",
        "Cả giai đoạn (đến 30/6)",
    ]
    assert tables["table:units"].caption.endswith("(đến 30/6)")


def test_what_stands_has_no_total_over_the_years(tables: dict[str, Table]) -> None:
    table, whole = tables["table:res20.q"], "Cả giai đoạn (đến 30/6)"
    assert cell(table, "C3.3", whole) == "x"
    assert cell(table, "B2.1", whole) == "x"
    assert cell(table, "A1", whole) == "1.442*"
    assert any(note.startswith("“x”") for note in table.notes)


def test_the_target_of_an_indicator_stands_beside_it(tables: dict[str, Table]) -> None:
    table, head = tables["table:res20.q"], "Mục tiêu năm 2018"
    assert cell(table, "C3.3", head) == "2.500"
    assert cell(table, "C8", head) == "20 (2008 - 2018)"
    assert cell(table, "A1", head) == ""
    assert head not in tables["table:res20.y"].columns


def test_full_years_are_compared_with_each_other_and_half_a_year_with_half_a_year(
    demo: Workspace, tables: dict[str, Table]
) -> None:
    years, quarters = tables["table:res20.q"], tables["table:res20.q:quarters"]
    assert years.columns[-1] == "Tăng, giảm năm 2017 so với năm 2008"
    assert quarters.columns[-1] == "Tăng, giảm so với cùng kỳ năm 2017 (đến 30/6)"
    for table in (years, quarters):
        for row in table.rows:
            change = row[-1]
            if not isinstance(change, TiedNumber):
                continue
            shown = {one.id: one for one in row if isinstance(one, Figure)}
            before, now = (shown[id].value for id in change.of)
            assert before is not None
            assert now is not None
            assert (now > before) == change.text.startswith("+")
            assert (now < before) == change.text.startswith("−")
    january_to_june = demo.figure("res20.A2", "2017-01-01..2017-06-30").value
    assert cell(quarters, "A2", "Cùng kỳ năm 2017 (đến 30/6)").rstrip("*").replace(".", "") == str(
        january_to_june
    )


def test_the_units_add_up_to_the_total_where_an_indicator_adds_up(tables: dict[str, Table]) -> None:
    table = tables["table:units"]
    *lines, total = table.rows
    assert total[:2] == ("", "Tổng cộng")
    for place, head in enumerate(table.columns[2:], 2):
        if "(%)" in head:
            continue
        found = [row[place] for row in lines]
        values = [one.value for one in found if isinstance(one, Figure) and one.value is not None]
        every = total[place]
        assert isinstance(every, Figure)
        assert sum(values, Decimal(0)) == every.value, head
    assert "Công ty CP Gạch ngói Long Thành" in [row[1] for row in lines], "it closed in 2016"


def test_a_table_of_many_units_has_fewer_indicators_and_says_which_are_left_out(
    demo: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_unit, "CELLS", 60)
    review = demo.reviews.review(directive="20-NQ/TW", period="2017")
    (table,) = by_unit.unit_table(review, quiet)
    figures = sum(isinstance(one, Figure) for row in table.rows for one in row)
    assert len(table.columns) == 4
    assert figures <= 60
    assert table.notes[1].startswith("Biểu không nêu các chỉ tiêu chính khác, có mã số")
    left_out = (
        table.notes[1]
        .removeprefix("Biểu không nêu các chỉ tiêu chính khác, có mã số ")[:-1]
        .split(", ")
    )
    lookup = review.totals.lookup
    asked = [review.indicator(c).label for form in review.forms() for c in lookup.codes_of(form)]
    assert left_out == sorted(left_out, key=asked.index), "in the order of the form"
    monkeypatch.setattr(by_unit, "CELLS", 20)
    (table,) = by_unit.unit_table(review, quiet)
    assert any(note.startswith("Biểu nêu 10 trong ") for note in table.notes)


def test_the_documents_are_the_directives_and_the_plans_that_units_entered(
    tables: dict[str, Table],
) -> None:
    table = tables["table:documents"]
    first, second = table.sections
    assert table.rows[first][1] == "Văn bản chỉ đạo"
    assert table.rows[1][1:4] == (
        "20-NQ/TW",
        "28/01/2008",
        "Ban Chấp hành Trung ương Đảng (khóa X)",
    )
    plans = table.rows[second + 1 :]
    assert len(plans) == 13
    days = [date(*map(int, reversed(str(row[2]).split("/")))) for row in plans]
    assert days == sorted(days)


def test_tasks_have_their_owner_their_deadline_and_their_state(tables: dict[str, Table]) -> None:
    table = tables["table:tasks"]
    assert table.columns[2:] == ("Chủ trì", "Phối hợp", "Thời hạn", "Tình hình")
    assert {row[4] for row in table.rows} == {"31/12/2018", "Thường xuyên"}
    ended = next(row for row in table.rows if row[2] == "Liên đoàn Lao động huyện")
    assert str(ended[5]).startswith("Đã thực hiện phần việc"), "standing work is never finished"


def test_the_report_is_stored_and_read_again_with_every_cell(ten_years: Report) -> None:
    again = REPORT.from_doc(REPORT.to_doc(ten_years))
    assert again == ten_years
    assert list(report_anchors(again)) == list(report_anchors(ten_years))


def test_every_figure_of_the_annex_has_one_name(
    ten_years: Report, tables: dict[str, Table]
) -> None:
    numbers = sum(
        not isinstance(one, str) for table in tables.values() for row in table.rows for one in row
    )
    anchors = report_anchors(ten_years)
    assert sum(one.block.startswith("table:") for one in anchors.values()) == numbers
