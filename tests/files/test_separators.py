"""What separates the cells of a list in a text file is decided by all of its rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.files.spreadsheets.delimited import text_rows

TITLE = "BÁO CÁO KẾT QUẢ QUÝ I/2025"
LISTS = {
    "a title without separators": (
        f"{TITLE}\nĐơn vị;Số người;Diện tích\nXã A;12;1,5\nXã B;3;2,5\n",
        [[TITLE], ["Đơn vị", "Số người", "Diện tích"], ["Xã A", "12", "1,5"], ["Xã B", "3", "2,5"]],
    ),
    "titles with commas and a date": (
        "UBND XÃ A, HUYỆN B\nBáo cáo, ngày 1,2\nĐơn vị;Diện tích\nXã A;1,5\nXã B;2\n",
        [
            ["UBND XÃ A, HUYỆN B"],
            ["Báo cáo, ngày 1,2"],
            ["Đơn vị", "Diện tích"],
            ["Xã A", "1,5"],
            ["Xã B", "2"],
        ],
    ),
    "a title that Excel has filled up": (
        "BÁO CÁO, QUÝ I;;\nĐơn vị;A;B\nXã A;1,5;2,5\n",
        [["BÁO CÁO, QUÝ I", "", ""], ["Đơn vị", "A", "B"], ["Xã A", "1,5", "2,5"]],
    ),
    "as many commas as semicolons in every row": (
        "Xã A;1,5;2,5\nXã B;1,5;3,5\n",
        [["Xã A", "1,5", "2,5"], ["Xã B", "1,5", "3,5"]],
    ),
    "rows of different lengths": (
        "A;1,5\nB;2,5;x\nC;3,5;;\n",
        [["A", "1,5"], ["B", "2,5", "x"], ["C", "3,5", "", ""]],
    ),
    "commas, and remarks with semicolons": (
        "Đơn vị,Số,Ghi chú\nXã A,1,họp; tập huấn\nXã B,2,họp; thi\n",
        [["Đơn vị", "Số", "Ghi chú"], ["Xã A", "1", "họp; tập huấn"], ["Xã B", "2", "họp; thi"]],
    ),
    "semicolons, and sentences with commas": (
        "Xã;K;L\nA;một, hai, ba;bốn, năm\nB;một, hai, ba;bốn, năm\nC;một, hai, ba;bốn, năm\n",
        [["Xã", "K", "L"], *([x, "một, hai, ba", "bốn, năm"] for x in "ABC")],
    ),
    "quoted numbers with decimal commas": (
        f'{TITLE}\nĐơn vị,Diện tích\n"Xã A, B","1,5"\nXã C,2\n',
        [[TITLE], ["Đơn vị", "Diện tích"], ["Xã A, B", "1,5"], ["Xã C", "2"]],
    ),
    "tabs": (
        f"{TITLE}, ĐỢT 1\nĐơn vị\tDiện tích\nXã A\t1,5\nXã B\t2,5\n",
        [[f"{TITLE}, ĐỢT 1"], ["Đơn vị", "Diện tích"], ["Xã A", "1,5"], ["Xã B", "2,5"]],
    ),
    "a line break in a quoted cell": (
        'Đơn vị;"Diện tích,\nha"\nXã A;1,5\n',
        [["Đơn vị", "Diện tích,\nha"], ["Xã A", "1,5"]],
    ),
    "one column of decimal numbers": (
        "Diện tích\n1,5\n2,5\n",
        [["Diện tích"], ["1,5"], ["2,5"]],
    ),
    "one column of names": (
        "Tên đơn vị\nCông ty A, B\nXã C\n",
        [["Tên đơn vị"], ["Công ty A, B"], ["Xã C"]],
    ),
    "commas with a space": (
        "code, name\na, b\nc, d\n",
        [["code", " name"], ["a", " b"], ["c", " d"]],
    ),
    "one row": ("a,b\n", [["a", "b"]]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "rows"), LISTS.values(), ids=LISTS)
def test_a_list_is_separated_as_its_rows_say(text: str, rows: list[list[str]]) -> None:
    assert [row for _number, row in text_rows(text)] == rows


WORDS = st.lists(
    st.sampled_from(["Xã An Phú", "Số người", "họp", "Tổng cộng", "quý I/2025", "a"]),
    min_size=1,
    max_size=3,
)
PROSE = st.builds(lambda words, mark: mark.join(words), WORDS, st.sampled_from([", ", "; ", " "]))
NAMES = st.builds(" ".join, WORDS)
NUMBERS = st.one_of(
    st.integers(0, 10**6).map(str),
    st.builds(lambda whole, part: f"{whole},{part}", st.integers(0, 999), st.integers(0, 99)),
    st.just("1.310"),
)


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    """A list as offices write it, and its rows: titles, a heading, names with numbers and remarks. Only
    cells that hold the separator, a quote or a line break are quoted."""
    mark = draw(st.sampled_from(";\t,"))
    width = draw(st.integers(1, 4))
    remarks = draw(st.booleans())
    rows = [[NAMES, *[NUMBERS] * width, *[PROSE] * remarks]] * draw(st.integers(2, 6))
    heading = [draw(NAMES) for _ in rows[0]]
    table = [heading, *([draw(cell) for cell in row] for row in rows)]
    titles = [[draw(PROSE)] for _ in range(draw(st.integers(0, 2)))]
    filled = draw(st.booleans())
    if filled:
        titles = [[*title, *[""] * (len(heading) - 1)] for title in titles]
    every = [*titles, *table]
    lines = [
        mark.join(f'"{cell}"' if mark in cell or "\n" in cell else cell for cell in row)
        for row in every
    ]
    return "\r\n".join(lines), every


@settings(max_examples=300, deadline=None)
@given(lists())
def test_titles_remarks_and_decimal_commas_do_not_decide(made: tuple[str, list[list[str]]]) -> None:
    text, rows = made
    assert [row for _number, row in text_rows(text)] == rows
