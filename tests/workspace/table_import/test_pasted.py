"""A block that is pasted into the entry form: each figure comes into its own box, or is refused or named.

`tests/webforms/entry/test_fill_in_browser.py` pastes into the page itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from nqcore.workspace.table_import.pasted import PastedBlock
from tests.support import bug_office, twenty

VI = translator("vi")


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The form of people, a rate, *triệu đồng* and *ha*: N1, S1, P1, M1, M3."""
    with bug_office.make(tmp_path_factory.mktemp("pasted") / "w") as found:
        yield found


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The form of twenty figures."""
    with twenty.make(tmp_path_factory.mktemp("pasted") / "w") as found:
        yield found


def pasted(ws: Workspace, text: str, at: str = "N1") -> PastedBlock:
    sheet = ws.entry.sheet(bug_office.REPORT, checks=False)
    return ws.entry.pasted(sheet, text, at, period="Quý III/2026")


def pasted_long(ws: Workspace, text: str, at: str = "A1") -> PastedBlock:
    sheet = ws.entry.sheet(twenty.REPORT, checks=False)
    return ws.entry.pasted(sheet, text, at, period="Quý III/2018")


def boxes(block: PastedBlock) -> dict[str, str]:
    return {one.key: one.text for one in block.figures}


def words_of(block: PastedBlock) -> str:
    return " ".join(one.message(VI) for one in block.said)


# -- measures --------------------------------------------------------------------------------------

OTHERWISE = {
    "a column of measures": (
        "TT\tChỉ tiêu\tĐVT\tQuý III\nN1\tSố người dự\tngười\t12\nM1\tThu ngân sách\ttỷ đồng\t5\n"
        "M3\tDiện tích\tm2\t12000",
        {"N1": "12", "M1": "5 tỷ đồng", "M3": "12000 m2"},
    ),
    "its heading in full": (
        "Chỉ tiêu\tĐơn vị tính\tSố liệu\nThu ngân sách\tđồng\t5000000\nDiện tích\tha\t3",
        {"M1": "5000000 đồng", "M3": "3"},
    ),
    "a column of measures without a heading": (
        "N1\tngười\t12\nM1\ttỷ đồng\t5",
        {"N1": "12", "M1": "5 tỷ đồng"},
    ),
    "a column of measures with a word that is none": (
        "Thu ngân sách\ttỷ đồng\t5\nSố người dự\tđồng chí\t3", {"M1": "5 tỷ đồng", "N1": "3"}
    ),
    "a measure behind the figure with its name": ("M1\t5\tĐVT: tỷ đồng", {"M1": "5 tỷ đồng"}),
    "a measure among remarks": ("M1\t5\tnghìn đ\nN1\t3\tđã rà soát", {"M1": "5 nghìn đồng", "N1": "3"}),
    "square metres among remarks": ("M3\t5\tm2\nN1\t3\tđã rà soát", {"M3": "5 m2", "N1": "3"}),
    "the measure in the heading": (
        "TT\tChỉ tiêu\tSố tiền (tỷ đồng)\nM1\tThu ngân sách\t5",
        {"M1": "5 tỷ đồng"},
    ),
    "the heading says it of money only": (
        "TT\tSố liệu (tỷ đồng)\nN1\t12\nM1\t5",
        {"N1": "12", "M1": "5 tỷ đồng"},
    ),
    "a line above": ("ĐVT: nghìn đồng\t\nN1\t12\nM1\t5", {"N1": "12", "M1": "5 nghìn đồng"}),
    "a line below": ("N1\t12\nM1\t5\nĐơn vị: nghìn đồng\t", {"N1": "12", "M1": "5 nghìn đồng"}),
    "a line above that says m2": ("Đơn vị tính: m2\t\nM3\t5", {"M3": "5 m2"}),
    "a heading that says m2": ("TT\tDiện tích (m²)\nM3\t5", {"M3": "5 m²"}),
    "the name of the row": ("Thu ngân sách (tỷ đồng)\t5\nDiện tích (ha)\t3", {"M1": "5 tỷ đồng", "M3": "3"}),
    "one thousand in figures": ("TT\tĐVT: 1.000 đ\nM1\t5", {"M1": "5 nghìn đồng"}),
    "hundreds": ("TT\tSố tiền (trăm triệu đồng)\nM1\t5", {"M1": "5 trăm triệu đồng"}),
    "another money": ("TT\tSố tiền (USD)\nM1\t5", {"M1": "5 usd"}),
    "the same measure": ("TT\tSố tiền (triệu đồng)\nM1\t5", {"M1": "5"}),
    "the same in short": ("TT\tSố tiền (tr.đ)\nM1\t5", {"M1": "5"}),
    "a cell with its own words": (
        "TT\tSố tiền (tỷ đồng)\nN1\t3\nM1\t5 triệu đồng", {"N1": "3", "M1": "5 triệu đồng"}
    ),
    "a zero": ("TT\tSố tiền (tỷ đồng)\nM1\t0\nN1\t3", {"M1": "0", "N1": "3"}),
    "no figure": ("TT\tSố tiền (tỷ đồng)\nM1\tchưa có\nN1\t3", {"M1": "chưa có", "N1": "3"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_figure_in_another_measure_comes_with_its_words_and_is_named(
    ws: Workspace, text: str, found: dict[str, str]
) -> None:
    block = pasted(ws, text)
    assert boxes(block) == found
    for one in block.figures:
        assert one.otherwise == (not one.text.isdigit() and one.text not in NOT_MARKED)
        assert not one.otherwise or one.key in words_of(block)
    if any(one.otherwise for one in block.figures):
        assert "chưa lấy" in words_of(block)


NOT_MARKED = {"5 triệu đồng", "chưa có"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Số tiền (tỷ đồng)\n5", "5 tỷ đồng"),
        ("5\nĐơn vị: nghìn đồng", "5 nghìn đồng"),
        ("ĐVT: đồng\n5", "5 đồng"),
    ],
)
def test_a_single_column_says_its_measure_too(ws: Workspace, text: str, value: str) -> None:
    assert boxes(pasted(ws, text, "M1")) == {"M1": value}


def test_what_stands_in_the_box_is_refused_with_its_reading(ws: Workspace) -> None:
    obligation = ws.submissions.find(bug_office.REPORT)
    block = pasted(ws, "M1\ttỷ đồng\t5\nM3\tm2\t12000")
    reading = ws.entry.read(obligation, boxes(block))
    assert not {"M1", "M3"} & reading.answers.keys()
    words = [problem.message(VI) for problem in reading.problems if problem.field in ("M1", "M3")]
    assert "Ô này tính bằng triệu đồng: 5.000" in words[0]
    assert "Ô này tính bằng ha; “12000 m2” có chữ khác." in words[1]


# -- heads -----------------------------------------------------------------------------------------

HEADS = {
    "years": ("Chỉ tiêu\t2016\t2017\t2018\nSố hội nghị\t5\t6\t7", {}, "không rõ cột nào"),
    "numbers of columns": (
        "Chỉ tiêu\tThực hiện\n(1)\t(2)\nMột\t7\nHai\t8",
        {"A1": "7", "A2": "8"},
        "Đã dán 2 số",
    ),
    "letters and numbers of columns": (
        "TT\tChỉ tiêu\tKế hoạch\tThực hiện\nA\tB\t1\t2\n1\tMột\t9\t7\n2\tHai\t9\t8",
        {"A1": "7", "A2": "8"},
        "Đã dán 2 số",
    ),
    "what was done": ("Thực hiện\n7\n8", {"A1": "7", "A2": "8"}, "Đã dán 2 số"),
    "an amount": ("Số lượng\n7\n8", {"A1": "7", "A2": "8"}, "Đã dán 2 số"),
    "two heads": ("Kết quả\nThực hiện\n7\n8", {"A1": "7", "A2": "8"}, "Đã dán 2 số"),
    "a plan": ("Kế hoạch\n7\n8", {}, "không rõ cột nào"),
    "a plan beside": ("Chỉ tiêu\tKế hoạch\tThực hiện\nMột\t9\t7\nHai\t9\t8", {"A1": "7", "A2": "8"}, ""),
    "women beside": ("Chỉ tiêu\tTổng số\tTrong đó: nữ\nMột\t9\t7\nHai\t9\t8", {"A1": "9", "A2": "9"}, ""),
    "a rate beside": ("Chỉ tiêu\tSố lượng\tTỷ lệ (%)\nMột\t9\t7\nHai\t9\t8", {"A1": "9", "A2": "9"}, ""),
    "unknown words": ("Xã Bình Minh\n7\n8", {}, "“Xã Bình Minh” có thể là tiêu đề cột"),
    "a year above figures": ("2018\n7\n8", {}, "“2018” có thể là tiêu đề cột"),
    "a number of a column": ("(1)\n7\n8", {}, "“(1)” có thể là tiêu đề cột"),
    "a sign is no head": ("…\n7\n8", {"A1": "…", "A2": "7", "A3": "8"}, "Đã dán 3 số"),
    "words with a digit": ("27 ngươi\n8", {"A1": "27 ngươi", "A2": "8"}, "Đã dán 2 số"),
    "a year below": ("7\n2018", {"A1": "7", "A2": "2018"}, "Đã dán 2 số"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found", "words"), HEADS.values(), ids=HEADS)
def test_a_head_is_no_figure(long: Workspace, text: str, found: dict[str, str], words: str) -> None:
    block = pasted_long(long, text)
    assert boxes(block) == found
    assert words in words_of(block)


UNITS = {
    "the own one first": ("Chỉ tiêu\tXã Bình Minh\tXã An Phú\nA1\t7\t2\nA2\t8\t3", {"A1": "7", "A2": "8"}),
    "the own one last": ("Chỉ tiêu\tAn Phú\tUBND xã Bình Minh\nA1\t2\t7", {"A1": "7"}),
    "beside the whole": ("Chỉ tiêu\tĐảng ủy xã Bình Minh\tTổng số\nA1\t7\t9", {"A1": "7"}),
    "another one alone": ("Chỉ tiêu\tXã An Phú\nA1\t2", {}),
    "the unit above": ("Chỉ tiêu\tHuyện ủy Tân Hòa\nA1\t2", {}),
    "another one in a title": ("BÁO CÁO CỦA ĐẢNG ỦY XÃ AN PHÚ\t\nA1\t2", {}),
    "the unit above in a title": ("HUYỆN ỦY TÂN HÒA\t\nA1\t7", {"A1": "7"}),
    "rows of units": ("Xã Bình Minh\t7\nXã An Phú\t2", {}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), UNITS.values(), ids=UNITS)
def test_figures_of_another_unit_are_not_taken(
    long: Workspace, text: str, found: dict[str, str]
) -> None:
    block = pasted_long(long, text)
    assert boxes(block) == found
    assert found or "là tên đơn vị khác, không phải Đảng ủy xã Bình Minh" in words_of(block)


TITLES = {
    "BÁO CÁO QUÝ II NĂM 2018": False,
    "Quý II/2018": False,
    "Quý 3/17": False,
    "Số liệu năm 2017": False,
    "Kế hoạch năm 2018": False,
    "Kế hoạch quý III/2018": False,
    "BÁO CÁO QUÝ III NĂM 2018": True,
    "Số liệu quý 3/18": True,
    "Báo cáo quý III/2018 so với cùng kỳ năm 2017": True,
    "Kèm theo Kế hoạch số 70-KH/HU ngày 15 tháng 8 năm 2017": True,
    "Tân Hòa, ngày 15/9/2018": True,
    "Nhiệm kỳ 2015 - 2020": True,
    "TÌNH HÌNH TĂNG CƯỜNG CÔNG TÁC NỮ": True,
}


@pytest.mark.parametrize("head", ["", "TT\tSố liệu\n"], ids=["without a head", "above the head"])
@pytest.mark.parametrize(("title", "taken"), TITLES.items(), ids=TITLES)
def test_a_title_of_another_period_or_a_plan_stops_the_paste(
    long: Workspace, title: str, taken: bool, head: str
) -> None:
    block = pasted_long(long, f"{title}\t\n{head}A1\t7\nA2\t8")
    assert boxes(block) == ({"A1": "7", "A2": "8"} if taken else {})
    assert taken or f"dòng “{title}” phía trên không phải Quý III/2018" in words_of(block)


def test_a_title_may_go_on_in_the_next_line(long: Workspace) -> None:
    assert boxes(pasted_long(long, "BÁO CÁO QUÝ III\t\nNĂM 2018\t\nA1\t7")) == {"A1": "7"}


@pytest.mark.parametrize(
    "other",
    [
        "Lũy kế", "Từ đầu năm", "Cả năm", "Ước cả năm", "Năm ngoái", "Chỉ tiêu", "+/-", "Chênh lệch",
        "Còn lại", "Điểm", "Xếp hạng", "Trang", "Quý 3/17", "Trong tháng", "Cột khác", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "head", ["Thực hiện", "Tổng số", "Số liệu", "Số lượng", "Trong quý", "Quý 3/18", "Quý III"]
)
def test_the_column_of_the_report_is_before_any_other(
    long: Workspace, head: str, other: str
) -> None:
    for names, rows in (("TT", ("A1", "A2")), ("Nội dung", ("Số hội nghị", "Số lượt người"))):
        first = "\n".join([f"{names}\t{head}\t{other}", f"{rows[0]}\t7\t90", f"{rows[1]}\t8\t91"])
        last = "\n".join([f"{names}\t{other}\t{head}", f"{rows[0]}\t90\t7", f"{rows[1]}\t91\t8"])
        assert (
            boxes(pasted_long(long, first))
            == boxes(pasted_long(long, last))
            == {"A1": "7", "A2": "8"}
        )


@pytest.mark.parametrize(
    "text",
    [
        "TT\tCột X\tCột Y\nA1\t7\t9\nA2\t8\t9",
        "TT\tCột X\t\nA1\t7\t9\nA2\t8\t9",
        "TT\tThực hiện\tTổng số\nA1\t7\t9\nA2\t8\t9",
        "TT\tĐiểm\nA1\t7\nA2\t8",
        "Chỉ tiêu\tTrang\nSố hội nghị\t7\nSố lượt người\t8",
        "A1\t7\t9\nA2\t8\t9",
        "A1\t7\t9\t5\nA2\t8\t9\t5",
        "7\t9\n8\t9",
    ],
)
def test_columns_of_which_none_is_surely_that_of_the_report_stop_the_paste(
    long: Workspace, text: str
) -> None:
    block = pasted_long(long, text)
    assert not block.figures
    assert words_of(block).startswith(NOTHING)


NOTHING = "Chưa dán số nào: không rõ cột nào là của Quý III/2018."
TAKEN = "Đã dán 2 số, từ A1."


@pytest.mark.parametrize(
    ("pasted", "found", "said"),
    [
        ("A1\t7\nZ9\t99\nA3\t8", {"A1": "7", "A2": "", "A3": "8"}, f"{TAKEN} 1 hàng không có trong "
         "biểu này nên không lấy: Z9."),
        ("Z1\tSố khác\t7\nZ2\tSố nữa\t8", {"A1": "", "A2": ""}, "2 hàng không có trong biểu này nên không "
         "lấy: Z1, Z2."),
        ("\n".join(f"{row[1]}\t{row[5]}" for row in twenty.ROWS[5:0:-4]) + "\nSố khác\t99", {"A2": "1310",
         "B2": "28", "A1": ""}, "không lấy: Số khác."),
        ('A1\t"Số hội\nnghị"\t7\nA2\t"Số ""lượt""\nngười"\t1310', {"A1": "7", "A2": "1310"}, TAKEN),
        ('"Các\nhội nghị"\t7\n"Các\nlượt"\t1310', {"A1": "7", "A2": "1310", "A3": ""}, TAKEN),
        ('A1\t"7\n8"\nA2\t1310\nA3\t9', {"A1": "", "A2": "1310", "A3": "9"}, "1 ô khác trong vùng dán "
         "không lấy."),
        ("A1\t7\nA1\t8\nA2\t9", {"A1": "7", "A2": "9"}, f"{TAKEN} 1 ô khác"),
        ("TT\tQuý II\tQuý III\tTăng\nA1\t6\t\t\nA2\t1245\t1310\t65\nA3\t8\t\t\nB1\t1\t5\t4",
         {"A1": "", "A2": "1310", "A3": "", "B1": "5"}, "Đã dán 2 số, từ A2. 6 ô khác"),
        ("TT\tNăm trước\tQ3\tKế hoạch năm 2018\nA1\t6\t7\t9\nA2\t5\t8\t9", {"A1": "7", "A2": "8"}, TAKEN),
        ("TT\tQuý III/2017\tThực hiện quý III năm 2018\nA1\t6\t7\nA2\t5\t8", {"A1": "7", "A2": "8"}, TAKEN),
        ("TT\tQuý II\tQuý III\nA1\t6\t\nA2\t1245\t", {"A1": "", "A2": ""}, NOTHING),
        ("TT\tQuý II\nA1\t6\nA2\t1245", {"A1": "", "A2": ""}, NOTHING),
        ("A1\t6\t\nA2\t1245\t1310\nA3\t8\t9\nA4\t72,5\t\nB1\t3412\t", {"A1": "", "A2": "1310",
         "A3": "9", "A4": "", "B1": ""}, "Đã dán 2 số, từ A2."),
        ("A1\t6\t\nA2\t1245\t\nA3\t8\t", {"A1": "", "A2": "", "A3": ""}, NOTHING),
        ("A1\t6\t7\t+1\nA2\t1245\t1310\t+65", {"A1": "7", "A2": "1310"}, TAKEN),
        ("A1\t6\t7\t1\nA2\t1245\t1310\t65", {"A1": "", "A2": ""}, NOTHING),
        ("A1\t7\t6\nA2\t1310\t1245", {"A1": "", "A2": ""}, NOTHING),
        ("A1\t6\nA2\t1245", {"A1": "6", "A2": "1245"}, TAKEN),
        ("A1\tx\t7\t\nA2\ty\t1310\t", {"A1": "7", "A2": "1310"}, TAKEN),
        ("Một\t6\t7\nHai\t1245\t\nBa\t8\t9", {"A1": "7", "A2": "", "A3": "9"}, TAKEN),
        ("Lời\nkhác", {"A1": "Lời", "A2": "khác"}, TAKEN),
        ("Quý III/2018\n7\n1310", {"A1": "7", "A2": "1310"}, TAKEN),
        ("Quý II/2018\n6\n1245", {"A1": "", "A2": ""}, NOTHING),
        ("Số liệu quý III/2018\nTT\tKỳ trước\tKỳ này\nA1\t6\t7\nA2\t1245\t1310", {"A1": "7",
         "A2": "1310"}, TAKEN),
    ],
    ids=[
        "a row with a foreign label", "foreign labels only", "names are labels too, a foreign one is none",
        "line breaks in names", "line breaks without labels", "a line break in a figure", "a label twice",
        "the new column is mostly empty", "heads in short", "the same quarter of another year",
        "the new column is empty", "only the last period", "mostly empty without heads",
        "empty without heads", "what went up without heads", "three columns without heads",
        "the other way round", "nothing has changed", "an empty column of notes",
        "an empty cell without labels keeps its place", "words",
        "a column with its head", "the column of the last period with its head", "a title above the heads",
    ],
)  # fmt: skip
def test_what_is_pasted_is_taken_refused_or_named(
    long: Workspace, pasted: str, found: dict[str, str], said: str
) -> None:
    block = pasted_long(long, pasted)
    assert {id: boxes(block).get(id, "") for id in found} == found
    assert said in words_of(block)


# -- rows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Công đoàn cơ sở\t28\nTrong đó: nữ\t20\nHội viên\t30",
        "Công đoàn cơ sở\t28\n- Tỷ lệ nữ\t20\nHội viên\t30",
        "Công đoàn cơ sở\t28\nKế hoạch\t20\nHội viên\t30",
    ],
)
def test_a_row_that_is_not_of_the_box_whose_turn_it_is_stops_the_paste(
    long: Workspace, text: str
) -> None:
    block = pasted_long(long, text, "B2")
    assert not block.figures
    assert "không phải “Công đoàn cơ sở thành lập mới trong kỳ” (B3)" in words_of(block)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Số buổi tuyên truyền\t8\nSố hội nghị quán triệt\t7\nSố lượt người\t3",
            "Số buổi tuyên truyền",
        ),
        ("Số hội nghị\t7\nBuổi\t8\nLượt người\t3", "Buổi"),
        ("Số hội nghị\t\nSố buổi tuyên truyền\t8", "Số buổi tuyên truyền"),
        ("Số hội nghị\t7\nCông tác khác\t\nSố lượt người\t3", "Số lượt người"),
        ("Hội nghị\t7\nLượt người\t8\nCộng\t15", "Cộng"),
        ("Tổng cộng\t15\nHội nghị\t7", "Tổng cộng"),
    ],
)
def test_a_row_that_is_rather_another_one_or_a_total_stops_the_paste(
    long: Workspace, text: str, row: str
) -> None:
    block = pasted_long(long, text)
    assert not block.figures
    assert f"hàng “{row}” không phải" in words_of(block)


def test_names_in_their_order_are_taken(long: Workspace) -> None:
    rows = [(label, " ".join(name.split()[1:]), now) for label, name, *_, now in twenty.ROWS]
    block = pasted_long(long, "\n".join(f"{name}\t{now}" for _label, name, now in rows))
    assert boxes(block) == {label: now for label, _name, now in rows}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hội nghị\t7\nLượt người\t\nBuổi\t8", {"A1": "7", "A3": "8"}),
        ("Hội nghị\t7\nLượt người\t9\nBuổi\t8", {"A1": "7", "A2": "9", "A3": "8"}),
        ("Nội dung\tSố liệu\nHội nghị\t7\nLượt người\t9", {"A1": "7", "A2": "9"}),
    ],
)
def test_names_that_are_measures_are_names(
    long: Workspace, text: str, found: dict[str, str]
) -> None:
    assert boxes(pasted_long(long, text)) == found


NAMED = {
    "in the middle": (
        "Số hội nghị\t7\nSố lượt người\t\nSố buổi tuyên truyền\t8", {"A1": "7", "A3": "8"}
    ),
    "the first": ("Số hội nghị\t\nSố lượt người\t5", {"A2": "5"}),
    "the last": ("Số hội nghị\t7\nSố lượt người\t", {"A1": "7"}),
    "below a head": (
        "TT\tNội dung\tThực hiện\n1\tSố hội nghị\t\n2\tSố lượt người\t5", {"A2": "5"}
    ),
    "a title of the form is no row": (
        "A\tCông tác quán triệt, tuyên truyền\t\n1\tSố hội nghị\t7\n2\tSố lượt người\t5",
        {"A1": "7", "A2": "5"},
    ),
    "a group between": (
        "Số hội nghị\t7\nCông tác quán triệt, tuyên truyền\t\nSố lượt người\t5", {"A1": "7", "A2": "5"}
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), NAMED.values(), ids=NAMED)
def test_a_row_with_a_name_keeps_its_place_without_a_figure(
    long: Workspace, text: str, found: dict[str, str]
) -> None:
    assert boxes(pasted_long(long, text)) == found


def test_a_row_above_the_first_own_one_is_named(long: Workspace) -> None:
    block = pasted_long(long, "Z9\t99\nA1\t7\nA2\t8")
    assert boxes(block) == {"A1": "7", "A2": "8"}
    assert block.foreign == ("Z9",)


def test_a_large_block_is_read_in_time(long: Workspace) -> None:
    rows = "".join(f"Hàng {nth}\t{nth}\t{nth}\n" for nth in range(2000))
    assert len(pasted_long(long, f"A1\t7\t\n{rows}").foreign) == 2000


@pytest.mark.parametrize("text", ["\t", "\n", "\t\n\t", "a\tb\nc\td", '"', '"a\tb', "1\t\t\n\n\n2"])
def test_a_block_of_any_form_is_answered(long: Workspace, text: str) -> None:
    block = pasted_long(long, text)
    assert words_of(block)


def test_a_blank_column_beside_the_only_figures_is_said(long: Workspace) -> None:
    block = pasted_long(long, "A1\t6\t\nA2\t1245\t\nA3\t8\t")
    assert not block.figures
    assert "không chọn cột trống" in words_of(block)


MESSAGES = {
    "labels": ("A1: 7\nA2: 1.310", {"A1": "7", "A2": "1.310"}),
    "labels and spaces": ("A1 7\nA2 1 310", {"A1": "7", "A2": "1 310"}),
    "an equals sign": ("A1=7\nB2 = 28", {"A1": "7", "B2": "28"}),
    "bullets and names": (
        "- Tổng số công đoàn cơ sở: 28\n• Số hội nghị quán triệt, học tập nghị quyết: 7",
        {"A1": "7", "B2": "28"},
    ),
    "a number of the line": ("1. A1: 7\n2. B2: 28", {"A1": "7", "B2": "28"}),
    "lines in turn": ("B2\n28\nA1\n7", {"A1": "7", "B2": "28"}),
    "the words of a name without its light words": ("Công đoàn cơ sở: 28", {"B2": "28"}),
    "greetings around": ("Em gửi anh số liệu ạ:\nA1: 7\nCảm ơn anh", {"A1": "7"}),
    "a measure in the name": ("Số tiền nợ đọng bảo hiểm xã hội (tỷ đồng): 5", {"D4": "5 tỷ đồng"}),
    "a measure above": ("ĐVT: nghìn đồng\nD4: 5", {"D4": "5 nghìn đồng"}),
    "the measure of the cell": ("D4: 5 tỷ", {"D4": "5 tỷ"}),
    "two figures": ("A1: 7 (kế hoạch 9)", {"A1": "7 (kế hoạch 9)"}),
    "one that the form does not have": ("A1: 7\nSố đảng viên: 9", {"A1": "7"}),
    "none that the form has": ("Số đảng viên: 9\nSố chi bộ: 3", {}),
    "a part": ("Công đoàn cơ sở ngoài nhà nước: 9", {}),
    "another period": ("Báo cáo quý II/2018\nA1: 7", {}),
    "another unit": ("Xã An Phú\nA1: 7", {}),
    "times are no names": ("15:30\n7", {"A1": "15:30", "A2": "7"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_finds_its_boxes_or_says_what_to_write(
    long: Workspace, text: str, found: dict[str, str]
) -> None:
    block = pasted_long(long, text)
    assert boxes(block) == found
    assert found or words_of(block).startswith("Chưa dán số nào: ")


def test_what_a_message_has_beside_the_form_is_named(long: Workspace) -> None:
    assert pasted_long(long, "A1: 7\nSố đảng viên: 9").foreign == ("Số đảng viên",)
    words = words_of(pasted_long(long, "Số đảng viên: 9"))
    assert "Ghi ký hiệu của ô trước mỗi số, như “A1: 7”" in words


@pytest.mark.parametrize(
    "name", ["Số lượt người tham gia học tập, quán triệt", "Số buổi tuyên truyền"]
)
def test_a_label_beside_the_name_of_another_box_stops_the_paste(long: Workspace, name: str) -> None:
    block = pasted_long(long, f"A1\t{name}\t7")
    assert not block.figures
    assert "không phải “Số hội nghị quán triệt, học tập nghị quyết” (A1)" in words_of(block)


def test_the_measure_in_the_name_beside_a_label_holds(long: Workspace) -> None:
    text = "A1\tSố hội nghị\t7\nD4\tSố tiền nợ đọng bảo hiểm xã hội (tỷ đồng)\t5"
    assert boxes(pasted_long(long, text)) == {"A1": "7", "D4": "5 tỷ đồng"}
