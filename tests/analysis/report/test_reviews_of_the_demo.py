"""The demo's reviews, read as the office reads them: other units, other spans, other documents."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.findings.span import SpanRefused
from nqcore.analysis.findings.task_standing import task_standings
from nqcore.analysis.report.blocks import paragraph_text
from nqcore.analysis.report.sentences import sentence_text
from nqcore.clock import clock_at
from nqcore.model.figures import Figure
from nqcore.model.findings import FindingKind
from nqcore.model.reports import Heading, Paragraph, Report, Table
from nqcore.model.targets import TaskStatus
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.demo_reports import demo_report, demo_verdict
from tests.support.remarks import remarks_of

TEN_YEARS = "2008..2018"


def built(ws: Workspace, period: str, unit: str = "huyen", directive: str = "20-NQ/TW") -> Report:
    return demo_report(ws, period, unit, directive)


def paragraphs(report: Report) -> list[Paragraph]:
    return [block for block in report.body if isinstance(block, Paragraph)]


def said(report: Report) -> dict[str, str]:
    """The sentence of each finding, by its rule; several may stand in one dash."""
    return {
        rule: sentence_text(one.sentence)
        for one in paragraphs(report)
        for rule in (one.finding, *one.beside)
        if rule
    }


def words(report: Report) -> str:
    """All that stands in the text, a line for each block."""
    texts = [report.title, report.coverage]
    for block in report.body:
        if isinstance(block, Heading):
            texts.append(block.text)
        elif isinstance(block, Paragraph):
            texts.append(sentence_text(block.sentence))
    return "\n".join(texts)


# -- whose figures, and of when ------------------------------------------------------------------


@pytest.mark.parametrize("period", ["2018", "2018-H1", "2018-Q2", "2018-Q3"])
def test_offices_whose_plan_was_entered_years_ago_are_not_accused_of_having_none(
    demo: Workspace, period: str
) -> None:
    told = said(built(demo, period))
    assert re.search(
        r"\b3(/| trong )16 cơ quan, đơn vị, địa phương chưa ban hành", told["res20.S1c"]
    )
    assert re.search(
        r"\b13(/| trong )16 cơ quan, đơn vị, địa phương đã ban hành", told["res20.R2a"]
    )
    assert told["res20.S1c"].rpartition("(")[2].count(",") == 2, "three are named and no more"


@pytest.mark.parametrize("period", ["2016", "2017"])
def test_the_review_of_a_year_has_no_figure_of_a_later_one(demo: Workspace, period: str) -> None:
    report = built(demo, period)
    text = words(report)
    for later in ("89,1", "89,0", "1.733", "73,9", "73,3"):
        assert later not in text
    assert "đến nay" not in text, "the year has ended"
    figures = [p.figure for one in paragraphs(report) for p in one.sentence if hasattr(p, "figure")]
    assert figures
    assert {figure.period[:4] for figure in figures} == {period}


@pytest.mark.parametrize("period", ["2007", "2019"])
def test_there_is_no_review_of_a_time_before_the_resolution_or_to_come(
    demo: Workspace, period: str
) -> None:
    with pytest.raises(SpanRefused):
        demo.report(directive="20-NQ/TW", period=period, format="html")


def test_the_review_of_a_quarter_says_the_quarter_and_has_it_in_its_annex(demo: Workspace) -> None:
    report = built(demo, "2018-Q2")
    told = said(report)
    assert "rong quý II năm 2018 đã tổ chức" in told["res20.R1a"]
    assert "từ năm 2018 đến nay" not in words(report)
    table = next(block for block in report.appendix if isinstance(block, Table))
    columns = [column.removesuffix(" ‖") for column in table.columns]
    for column in ("Quý II năm 2018", "Quý II năm 2017", "Lũy kế từ đầu năm 2018"):
        assert column in columns
    row = next(row for row in table.rows if row[0] == "A1")
    cell = row[columns.index("Quý II năm 2018")]
    assert isinstance(cell, Figure)
    assert f"đã tổ chức {cell.value} hội nghị" in told["res20.R1a"]


def test_a_quarter_of_which_few_have_reported_has_no_totals(demo: Workspace) -> None:
    """6 of 28 reports are no ground for a result of the quarter."""
    told = said(built(demo, "2018-Q3"))
    assert set(told) == {"res20.R2a", "res20.S1c"}


def test_none_so_far_is_said_up_to_the_last_report_and_not_until_today(demo: Workspace) -> None:
    """What is asked once a year is known until the end of 2017."""
    told = said(built(demo, TEN_YEARS))
    assert "đến hết năm 2017 chưa có kế hoạch kiểm tra" in told["res20.S4a"]
    assert "từ năm 2008 đến nay" not in told["res20.S4a"]


def test_no_difficulty_is_told_of_a_quarter_on_which_no_enterprise_has_reported(
    demo: Workspace,
) -> None:
    """The window of four quarters ends with the second quarter, as all figures of the report do."""
    told = said(built(demo, TEN_YEARS))
    for rule in ("res20.S5a", "res20.S5b", "res20.S5c"):
        assert "quý III năm 2018" not in told[rule]
        assert "từ quý III năm 2017 đến" in told[rule]


# -- whoever reports -----------------------------------------------------------------------------

BELOW = ("xa-an-phu", "dn-may-binh-minh", "dn-gach-long-thanh")


@pytest.mark.parametrize("unit", BELOW)
def test_no_review_of_one_unit_counts_one_of_one_or_none_of_none(
    demo: Workspace, unit: str
) -> None:
    report = built(demo, TEN_YEARS, unit)
    text = words(report)
    assert not re.search(r"(?<!\d)(1/1|1 trong 1|0 trong 0|0 đảng viên tại 0)(?!\d)", text)
    assert not re.search(r"từ (\d+) lên \1 ", text)
    assert "một số cấp ủy" not in text
    assert "Chưa giao nhiệm vụ" not in text


@pytest.mark.parametrize("unit", BELOW)
def test_the_annex_of_one_unit_has_no_row_without_a_figure(demo: Workspace, unit: str) -> None:
    for table in built(demo, TEN_YEARS, unit).appendix:
        assert isinstance(table, Table)
        for row in table.rows:
            figures = [cell for cell in row if isinstance(cell, Figure)]
            assert not figures or any(figure.value is not None for figure in figures), row[:2]


@pytest.mark.parametrize("directive", ["70-KH/HU", "79-KL/TW"])
def test_the_review_of_the_plan_judges_its_four_targets(demo: Workspace, directive: str) -> None:
    report = built(demo, TEN_YEARS, directive=directive)
    text = words(report)
    assert "Số liệu báo cáo chưa cho thấy tồn tại" not in text
    assert "Chưa có kết quả nào" not in text
    assert [("chậm so với lộ trình" in sentence) for sentence in said(report).values()] == [
        True
    ] * 4
    for value in ("73,3%", "1.733 người", "0 tổ chức", "0 người"):
        assert value in text


# -- what has worsened, and what has succeeded ---------------------------------------------------


def test_the_trends_that_have_worsened_most_are_shortcomings(demo: Workspace) -> None:
    found = demo_verdict(demo)
    worse = {f.rule: sentence_text(f.sentence) for f in found.of(FindingKind.SHORTCOMING)}
    assert "từ 366,7 lên 2.351,4 triệu đồng" in worse["nq.worsened:res20.B5"]
    assert "nq.worsened:res20.C9" not in worse  # from 2 to 0: so few are no trend
    assert "giảm từ 100,0% xuống 75,0%" in worse["nq.worsened:res20.D7.1"]
    assert "giảm từ 13 xuống 6 cuộc" in worse["nq.worsened:res20.D4"]
    assert "được giới thiệu cho Đảng xem xét, bồi dưỡng: 12" in worse["res20.S3a"]
    told = said(built(demo, TEN_YEARS))
    assert "bảo hiểm y tế đến nay đạt 89,9%" in told["nq.target:tu13.bhyt-2018"]


def test_what_figures_contradict_is_not_praised(demo: Workspace) -> None:
    """Arrears have grown to six times, and talks in enterprises fell this year."""
    text = words(built(demo, TEN_YEARS))
    assert "thực hiện tốt các chính sách" not in text
    assert "có bước đổi mới" not in text


def test_a_target_that_is_reached_takes_the_place_of_the_shortcoming(demo_copy: Path) -> None:
    unit, period = "dn-may-binh-minh", "2018-Q2"
    with open_workspace(demo_copy) as ws:
        name = f"{period}_res20.q_{unit}"
        next_quarter = ws.entry.sheet(f"2018-Q3_res20.q_{unit}")
        before = {row.key: row.before_typed for row in next_quarter.rows if row.before_typed}
        ws.reopen(name, reason="sửa số", by="vanphong")
        ws.save_draft(unit, "res20.q", period, {**before, "C6.2": "5", "C8": "20"}, by=unit)
        ws.send(name, by=unit)
        ws.accept(name, by="vanphong")
        told = said(built(ws, TEN_YEARS))
        assert {"res20.S2", "res20.S3a"} & set(told) == set()
        assert "5 tổ chức Đảng" in told["res20.R2d"]
        assert "20 đảng viên" in told["res20.R2e"]


def test_a_sentence_says_for_how_many_enterprises_it_speaks(demo: Workspace) -> None:
    """11 enterprises and co-operatives report on themselves, of 101 that there are on 30 June 2018, and of
    100 at the end of 2017, of which the wage is."""
    told = said(built(demo, TEN_YEARS))
    assert "tại 11 trong 101 doanh nghiệp, hợp tác xã trên địa bàn" in told["res20.R1b"]
    assert "tại 11 trong 100 doanh nghiệp, hợp tác xã trên địa bàn" in told["res20.R1c"]
    for rule in ("res20.S2", "res20.S3a"):
        assert "8 trong 98 doanh nghiệp, hợp tác xã ngoài khu vực Nhà nước" in told[rule]


def test_a_change_says_its_difference(demo: Workspace) -> None:
    told = said(built(demo, TEN_YEARS))
    assert "từ 1.153 lên 2.964 người (tăng 1.811 người, 157,1%)" in told["res20.R2b"]
    assert "từ 65,6% lên 89,0% (tăng 23,4 điểm phần trăm)" in told["res20.R1b"]
    assert "từ 54,7% lên 69,2% (tăng 14,5 điểm phần trăm)" in told["res20.R3b"]


def test_a_target_that_runs_is_held_against_its_path_and_not_called_missed(demo: Workspace) -> None:
    """The year has not ended; the quarter of which only six units have reported does not speak."""
    told = said(built(demo, TEN_YEARS))
    assert re.search(
        r"73,3%, chậm so với lộ trình[⁰¹²³⁴⁵⁶⁷⁸⁹]+ \(74,6%\) đến mục tiêu 80% của năm 2018",
        told["res20.S1b"],
    )
    assert "chưa đạt mục tiêu" not in words(built(demo, TEN_YEARS))


def test_one_note_says_that_no_document_sets_the_path(demo: Workspace) -> None:
    report = built(demo, TEN_YEARS)
    notes = [paragraph_text(b) for b in report.body if isinstance(b, Paragraph) and b.note]
    (note,) = [one for one in notes if "ộ trình" in one]
    sign, text = note.split(" ", 1)
    assert "theo đường thẳng" in text
    assert "không có văn bản nào quy định" in text
    on_path = {one for one in said(report).values() if "lộ trình" in one}
    assert len(on_path) == 3
    assert all(f"lộ trình{sign} (" in one for one in on_path)
    assert "ộ trình tính" not in words(built(demo, "2017"))


def test_none_in_a_quarter_is_not_a_target_of_the_year_that_is_missed(demo: Workspace) -> None:
    report = built(demo, "2018-Q2")
    told, text = said(report), words(report)
    assert "chưa có tổ chức Đảng" in told["res20.S2"]
    assert "mục tiêu của năm 2018 là 5 tổ chức" in told["res20.S2"]
    # Members are counted over the eleven years of their target: of a quarter it says nothing.
    assert "2008 - 2018" not in told["res20.S3a"]
    assert not re.search("mới (đạt|có) 0|hạn chế; trong quý", text)
    assert "nq.target:hu.to-chuc-dang-2018" not in told  # it is told once
    whole = words(built(demo, TEN_YEARS, directive="70-KH/HU"))
    assert "mới đạt 0" not in whole
    assert "đến nay là 0 tổ chức, chậm so với lộ trình" in whole


def test_a_row_of_all_quarters_is_not_more_than_all(demo: Workspace) -> None:
    assert "trong năm 2017 xã An Phú cả 4 quý đều không có cuộc" in words(
        built(demo, "2017", "xa-an-phu")
    ).replace("Trong", "trong")
    assert "4 quý liên tiếp trở lên" in words(built(demo, TEN_YEARS, "xa-an-phu"))


OF_SEVERAL = (
    "cả hệ thống chính trị",
    "ở một số cơ quan",
    "tại 1 doanh nghiệp",
    "tại các cơ quan, đơn vị",
    "Các ngành, các cấp",
    "các cơ quan, đơn vị, địa phương chưa",
    "trong các doanh nghiệp",
)


@pytest.mark.parametrize(
    "unit", ["xa-an-phu", "ldld-huyen", "ubkt", "dn-may-binh-minh", "htx-dong-ha"]
)
@pytest.mark.parametrize("period", [TEN_YEARS, "2017"])
def test_the_review_of_one_unit_does_not_speak_of_several(
    demo: Workspace, period: str, unit: str
) -> None:
    text = " ".join(said(built(demo, period, unit)).values())
    assert [words for words in OF_SEVERAL if words in text] == []


def test_what_lacks_in_the_one_co_operative_of_a_commune_is_not_said_of_the_commune(
    demo: Workspace,
) -> None:
    told = said(built(demo, TEN_YEARS, "xa-dong-ha"))
    for rule in ("res20.S2", "res20.S3a"):
        assert told[rule].startswith("Tại HTX Nông nghiệp Đông Hà, từ năm 2008 đến nay chưa")
    own = said(built(demo, TEN_YEARS, "htx-dong-ha"))["res20.S2"]
    assert own.startswith("Từ năm 2008 đến nay HTX Nông nghiệp Đông Hà chưa có")


def test_a_clause_of_nothing_is_not_printed(demo: Workspace) -> None:
    told = said(built(demo, TEN_YEARS, "ubkt"))
    assert "đã kết nạp mới 5 đoàn viên công đoàn." in told["res20.R2c"]


# -- form ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["huyen", "xa-an-phu"])
@pytest.mark.parametrize("period", [TEN_YEARS, "2018", "2018-Q2"])
def test_no_sentence_has_its_coverage_in_brackets_and_no_share_has_a_stroke(
    demo: Workspace, period: str, unit: str
) -> None:
    report = built(demo, period, unit)
    text = words(report)
    assert not re.search(r"\(theo [\d.]+(/| trong )", text)
    assert ") (theo" not in text
    assert not re.search(r"(?<![\d/])\d+/\d+ (đơn vị|cơ quan|doanh nghiệp|báo cáo|lượt)", text)


def test_the_opening_is_short_and_says_who_reports(demo: Workspace) -> None:
    opening = sentence_text(paragraphs(built(demo, TEN_YEARS))[0].sentence)
    assert len(opening.split()) < 170
    assert opening.count("thời kỳ đẩy mạnh công nghiệp hóa") == 0, "the title has it"
    assert "Ban Thường vụ Huyện ủy Tân Hòa báo cáo kết quả" in opening


def test_units_with_gaps_are_at_most_six_names_the_longest_and_newest_first(
    demo: Workspace,
) -> None:
    """Huyện đoàn has one gap, five years ago; it is the last."""
    told = said(built(demo, TEN_YEARS))["res20.S1a"]
    names = told[told.index("(") + 1 : told.index(")") + 1]
    assert names.startswith("DNTN Xây dựng Hòa Lợi, ")
    assert names.endswith("Huyện đoàn)")
    assert names.count(",") == 5, "a sixth is named: “và 1 đơn vị khác” says less"
    assert "đơn vị khác" not in names
    assert "70 cuộc có lồng ghép" in said(built(demo, TEN_YEARS))["res20.S4b"]


@pytest.mark.parametrize("unit", ["huyen", "xa-an-phu", "dn-may-binh-minh", "kiem-tra"])
@pytest.mark.parametrize("period", [TEN_YEARS, "2018", "2017", "2018-Q3"])
def test_a_part_of_the_report_is_not_there_to_say_that_it_is_empty(
    demo: Workspace, period: str, unit: str
) -> None:
    if unit == "kiem-tra":
        unit = next(code for code, one in demo.units.items() if "Kiểm tra" in one.name)
    text = words(built(demo, period, unit))
    assert "Chưa có kết quả nào" not in text
    assert "chưa cho thấy tồn tại" not in text
    assert "mới có 0 " not in text


def test_the_years_of_a_title_are_those_of_its_figures(demo: Workspace) -> None:
    for period, years in (
        ("2016..2018", "3 năm (2016 - 2018)"),
        ("2017..2018", "2 năm (2017 - 2018)"),
    ):
        assert built(demo, period).title.startswith(f"kết quả {years} ")


def test_days_are_written_in_one_way(demo: Workspace) -> None:
    text = words(built(demo, TEN_YEARS))
    assert "05/10/2018" in text
    days = re.findall(r"\b(\d{1,2})/(\d{1,2})/\d{4}", text)
    assert days
    for day, month in days:
        assert len(day) == 2
        assert len(month) == (2 if int(month) in (1, 2) or int(month) > 9 else 1)


def test_a_deadline_that_the_day_of_the_paper_has_passed_is_not_asked_for(
    demo_folder: Path,
) -> None:
    with open_workspace(demo_folder, clock=clock_at(date(2026, 6, 1))) as ws:
        report = built(ws, TEN_YEARS)
    assert "hoàn thành trước ngày 31/12/2018" not in words(report)
    (table,) = [block for block in report.appendix if block.block == "table:tasks"]
    assert isinstance(table, Table)
    rows = [row for row in table.rows if "31/12/2018" in row]
    assert rows
    # How far it is, is known until the end of the review, which is the deadline itself.
    assert not any("đã quá thời hạn" in str(row[-1]) for row in rows)


def test_solutions_are_those_that_answer_what_this_review_finds(demo: Workspace) -> None:
    def heads(period: str) -> set[str]:
        report = built(demo, period)
        return {
            sentence_text(p.sentence)[:60]
            for p in paragraphs(report)
            if re.fullmatch(r"[0-9]+[.]", p.label)
        }

    assert len(heads(TEN_YEARS)) == 6
    assert heads("2018-Q3") < heads(TEN_YEARS)


def test_as_of_a_day_the_review_is_what_was_known_then(demo_folder: Path) -> None:
    """26 of the reports of the second quarter were accepted after 5 July."""
    with open_workspace(demo_folder, clock=clock_at(date(2018, 7, 5))) as ws:
        report = built(ws, TEN_YEARS)
    assert "1.495" not in report.coverage
    told = said(report)
    assert "87,5" in told["res20.R1b"] or "quý I năm 2018" in told["res20.R1b"]


def test_the_district_does_not_report_on_tasks_of_bodies_above_it(demo: Workspace) -> None:
    text = words(built(demo, TEN_YEARS))
    assert "Ban Tuyên giáo Huyện ủy: Tiếp tục phổ biến" in text
    assert "Ban Tổ chức Tỉnh ủy: Phát triển tổ chức Đảng" not in text


def test_of_an_empty_review_the_office_learns_that_there_is_nothing_in_it(demo: Workspace) -> None:
    report = built(demo, "2018-Q2", "xa-an-phu", "70-KH/HU")
    assert said(report) == {}
    (remark,) = [one for one in remarks_of(report) if one.startswith("Báo cáo không có")]
    assert "không có kết quả và không có tồn tại" in remark
    assert not any("không được in" in one for one in remarks_of(report))
    whole = built(demo, TEN_YEARS)
    assert not any(one.startswith("Báo cáo không có") for one in remarks_of(whole))


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["huyen", "xa-an-phu", "dn-may-binh-minh", "ldld-huyen"])
@pytest.mark.parametrize("period", [TEN_YEARS, "2016..2017", "2018-Q2"])
def test_no_name_of_an_indicator_makes_a_sentence_stumble(
    demo: Workspace, period: str, unit: str
) -> None:
    text = words(built(demo, period, unit))
    for stumble in (
        "trong năm năm",
        "đến cuối kỳ từ",
        "tuyên truyền đó",
        "thực hiện, Xã",
        "và 1 đơn vị khác",
    ):
        assert stumble not in text
    assert not re.search(r"từ 0 lên [\d.,]+ [^(;.]*\(tăng", text)


def test_a_whole_year_is_compared_with_the_year_before_by_name(demo: Workspace) -> None:
    text = words(built(demo, "2016..2017"))
    assert not re.search(r"(^|[.;-] )[Nn]ăm 2017 so với cùng kỳ", text)


def test_a_sentence_about_the_unit_of_the_review_has_its_name(demo: Workspace) -> None:
    commune = said(built(demo, "2017", "xa-an-phu"))["res20.S4b"]
    assert "trong năm 2017 xã An Phú cả 4 quý đều không có cuộc" in commune.replace(
        "Trong", "trong"
    )
    company = said(built(demo, "2018-Q2", "dn-may-binh-minh"))["res20.S2"]
    name = demo.units["dn-may-binh-minh"].name
    assert company.startswith(f"Trong quý II năm 2018 {name} chưa có tổ chức Đảng")


@pytest.mark.parametrize("period", [TEN_YEARS, "2017", "2018-Q2", "2018-Q3"])
def test_an_unfinished_task_stands_among_the_solutions_or_the_office_is_asked(
    demo: Workspace, period: str
) -> None:
    review = demo.reviews.review(directive="20-NQ/TW", period=period, unit="huyen")
    report = demo.reviews.build(review)
    solutions = words(report).partition("Nhiệm vụ, giải pháp trong thời gian tới")[2]
    remarks = " ".join(remarks_of(report))
    going_on = [one for one in task_standings(review) if one.status in UNFINISHED]
    assert going_on or period == "2018-Q3"
    for one in going_on:
        title = one.task.title.rstrip(".")
        assert title[:60] in solutions or title in remarks, title


UNFINISHED = (TaskStatus.DOING, TaskStatus.NOT_STARTED)


@pytest.mark.parametrize("period", ["2017", "2018", "2018-H1", "2018-Q2"])
def test_what_is_counted_over_ten_years_is_not_held_against_one_of_them(
    demo: Workspace, period: str
) -> None:
    assert "2008 - 2018" not in said(built(demo, period)).get("res20.S3a", "")


@pytest.mark.parametrize(
    ("period", "time"),
    [
        ("2018", "năm 2018 (đến 30/6)"),
        ("2018-01-01..2018-06-30", "6 tháng đầu năm 2018"),
        ("2018-Q1..2018-Q3", "9 tháng đầu năm 2018 (đến 30/6)"),
    ],
)
def test_the_table_by_unit_is_of_the_time_of_the_title(
    demo: Workspace, period: str, time: str
) -> None:
    report = built(demo, period)
    (table,) = (one for one in report.appendix if one.block == "table:units")
    assert table.caption.endswith(f"theo đơn vị, {time}")
    assert report.title.startswith(f"kết quả {time.partition(' (')[0]} ")
