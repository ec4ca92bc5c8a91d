"""Sixty tables as offices really send them: no cell is taken for what it is not, and what is left says why.

What may be taken stands beside each table, as a careful reader finds it (`hostile_tables`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from nqcore.workspace.import_plan import CellChange
from nqcore.workspace.table_import.left_columns import left_columns
from nqcore.workspace.table_import.mapping import ColumnUse, TableMapping
from nqcore.workspace.table_import.plan import TableLook
from nqcore.workspace.table_import.table_file import TableFile
from tests.workspace.table_import import hostile_office
from tests.workspace.table_import.hostile_tables import TABLES, Hostile

BY = "quantri"
VI = translator("vi")
Q3 = "BÁO CÁO QUÝ III NĂM 2026"


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with hostile_office.make(tmp_path_factory.mktemp("hostile") / "o") as found:
        yield found


def looked(ws: Workspace, name: str, data: bytes) -> Iterator[tuple[TableFile, TableLook]]:
    file = ws.tables.read(name, data)
    for mapping in ws.tables.guess(file, by=BY):
        yield file, ws.tables.look(file, mapping, by=BY)


def look_of(ws: Workspace, *rows: str) -> TableLook:
    ((_file, look),) = looked(ws, "bang.csv", "\n".join(rows).encode())
    return look


def key(change: CellChange) -> str:
    period = change.obligation.period.code
    short = {"2026-Q3": "", "2026-Q2": " Q2"}.get(period, f" {period}")
    return f"{change.obligation.unit} {change.field}{short}"


def taken(ws: Workspace, table: Hostile) -> dict[str, str]:
    if table.kind == "pasted":
        sheet = ws.entry.sheet(hostile_office.REPORT, checks=False)
        block = ws.entry.pasted(sheet, table.text, "HV", period=hostile_office.PERIOD)
        assert list(block.said), table.name
        return {one.key: one.text for one in block.figures}
    found: dict[str, str] = {}
    for file, look in looked(ws, f"bang.{table.kind}", table.data or table.text.encode()):
        for view in file.sheets:
            assert set(look.fates[view.sheet.name]) == set(view.filled)
        found |= {key(change): change.new for change in look.plan.changes}
    return found


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_no_cell_is_taken_for_what_it_is_not(ws: Workspace, table: Hostile) -> None:
    found = taken(ws, table)
    misread = {place: text for place, text in found.items() if table.right.get(place) != text}
    assert not misread
    assert len(found) >= table.least


def test_there_are_sixty_of_them() -> None:
    assert len({table.name for table in TABLES}) == len(TABLES) >= 60


NOT_PLAIN = [
    *("Mục tiêu hội viên", "Số hội viên mục tiêu", "Mục tiêu số hội viên năm 2026", "Kế hoạch hội viên"),
    *("KH hội viên", "Số hội viên kế hoạch", "Chỉ tiêu hội viên", "Số hội viên được giao", "HV kế hoạch"),
    *("Số hội viên bình quân", "Số hội viên trung bình", "Số hội viên đăng ký", "So hoi vien dang ky"),
    *("Phấn đấu số hội viên", "Số hội viên phấn đấu", "Ước quý IV số hội viên", "Ước số hội viên"),
    *("Số hội viên dự kiến", "Số hội viên dự báo", "Tỷ lệ % hội viên", "Tỷ lệ hội viên", "% hội viên"),
    *("Số hội viên lũy kế", "Số hội viên từ đầu năm", "Số hội viên đầu năm", "Số hội viên cùng kỳ"),
    *("Số hội viên (nữ)", "Số hội viên là đảng viên", "Số hội viên danh dự", "Số hội viên/chi hội"),
    *("Số hội viên còn thiếu", "Số hội viên xin ra", "Dân tộc thiểu số - Số hội viên", "Điểm hội viên"),
    *("Trong đó: nữ", "Số hội viên tăng", "Số hội viên nghỉ sinh hoạt", "NQ số hội viên"),
]  # fmt: skip
PLAIN = [
    *("Số hội viên", "Hội viên", "Tổng số hội viên", "Số lượng hội viên", "Số hội viên hiện có", "HV"),
    *("Số hội viên quý III/2026", "Số hội viên (người)", "Hội viên cuối kỳ", "HV. Số hội viên"),
    *("(1) Số hội viên", "Số hội viên đến 30/9/2026", "Số hội viên trên địa bàn", "SO HOI VIEN"),
]  # fmt: skip


def proposed(look: TableLook) -> list[str]:
    return [one.indicator for one in look.mapping.figures]


@pytest.mark.parametrize("head", NOT_PLAIN)
def test_a_head_that_says_more_than_the_indicator_is_left_to_the_person_with_its_reason(
    ws: Workspace, head: str
) -> None:
    look = look_of(ws, Q3, f"Đơn vị;{head}", "Xã An Phú;5", "Xã Bình Minh;6")
    assert proposed(look) == []
    assert not look.plan.changes
    words = [note.message(VI) for note in look.plan.notes]
    assert any("Chưa rõ cột nào là của chỉ tiêu nào" in one for one in words)


def test_the_reason_names_the_words_that_are_too_many(ws: Workspace) -> None:
    look = look_of(ws, Q3, "Đơn vị;Số hội viên danh dự", "Xã An Phú;5")
    assert "gần giống HV nhưng còn có chữ “danh dự”" in look.left[1].message(VI)
    assert any("“Số hội viên danh dự” gần giống HV" in note.message(VI) for note in look.plan.notes)


@pytest.mark.parametrize("head", PLAIN)
def test_a_plain_head_is_proposed(ws: Workspace, head: str) -> None:
    look = look_of(ws, Q3, f"Đơn vị;{head}", "Xã An Phú;5", "Xã Bình Minh;6")
    assert proposed(look) == ["thu.HV"]
    assert not look.left


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xã Tân Phú", "tp"), ("Xã Tân Phù", "tpp"), ("TÂN PHÙ", "tpp"), ("Tân Phú", "tp"),
        ("1. Tân Phú", "tp"), ("Xa Tan Phu", ""), ("Tân Phu", ""), ("Tân Phụ", ""), ("2) Xã An Phú", "ap"),
        ("II. Bình Minh", "bm"), ("- Xã An Phú", "ap"), ("a) An Phú", "ap"), ("An Phú 2", ""),
        ("Xã An Phú 1", ""),
    ],
)  # fmt: skip
def test_a_unit_is_the_one_of_the_exact_accents_or_none(
    ws: Workspace, text: str, code: str
) -> None:
    found = ws.tables.office(BY).unit_names.match(text)
    assert found.code == code


@pytest.mark.parametrize(
    "total",
    ["Tổng: 2 xã", "Cộng", "Cộng 2 xã", "Cộng toàn huyện", "Tổng số (2 xã)", "TỔNG CỘNG: 2 đơn vị",
     "Tổng 1 xã, 1 thị trấn", "Cộng 1 xã và 1 thị trấn"],
)  # fmt: skip
def test_a_total_says_how_many_units_it_is_of(ws: Workspace, total: str) -> None:
    look = look_of(
        ws, Q3, "Đơn vị;Số hội viên", "1. Xã An Phú;5", "2. Xã Bình Minh;6", f"{total};12"
    )
    assert look.faults == ()
    assert {key(one): one.new for one in look.plan.changes} == {"ap HV": "5", "bm HV": "6"}
    assert "sum-differs" in [note.code for note in look.plan.notes]


def test_the_heads_of_two_levels_in_a_list_are_read_together(ws: Workspace) -> None:
    look = look_of(
        ws,
        Q3,
        "TT;Đơn vị;Số hội viên;;Số chi hội;;Ghi chú",
        ";;KH;TH;KH;TH;",
        "1;Xã An Phú;20;9;4;2;",
    )
    assert {key(one): one.new for one in look.plan.changes} == {"ap HV": "9", "ap CH": "2"}


def test_two_tables_side_by_side_are_said_to_be_two(ws: Workspace) -> None:
    look = look_of(ws, Q3, "Đơn vị;Số hội viên;;Đơn vị;Số hội viên", "Xã An Phú;9;;Xã Bình Minh;8")
    assert "hai bảng đặt cạnh nhau" in look.left[4].message(VI)
    uses = {3: ColumnUse.NAME, 4: ColumnUse.FIGURES}
    assert isinstance(look.mapping, TableMapping)
    assert uses.keys() <= {one.at for one in look.mapping.columns}


def test_rows_shifted_against_their_heads_are_refused(ws: Workspace) -> None:
    look = look_of(
        ws, Q3, "TT;Đơn vị;Số hội viên;Số chi hội", "Xã An Phú;9;2;", "Xã Bình Minh;8;3;"
    )
    assert not look.plan.changes
    assert any("bị lệch so với tiêu đề" in fault.message(VI) for fault in look.faults)


def test_the_head_of_the_next_page_is_a_heading(ws: Workspace) -> None:
    rows = ("Đơn vị;Số hội viên", "Xã An Phú;9", "Đơn vị;Số hội viên", "Xã Bình Minh;8")
    look = look_of(ws, Q3, *rows)
    assert look.faults == ()
    assert {key(one): one.new for one in look.plan.changes} == {"ap HV": "9", "bm HV": "8"}


def test_a_column_that_is_used_is_not_doubted(ws: Workspace) -> None:
    look = look_of(ws, Q3, "Đơn vị;Mục tiêu hội viên;Số hội viên", "Xã An Phú;90;5")
    assert not look.left
    office = ws.tables.office(BY)
    file = ws.tables.read("b.csv", f"{Q3}\nĐơn vị;Mục tiêu hội viên\nXã An Phú;90\n".encode())
    (mapping,) = ws.tables.guess(file, by=BY)
    assert set(left_columns(office, file.sheets[0], mapping)) == {1}
