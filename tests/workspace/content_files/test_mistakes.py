"""What is wrong in a file with content is named by its place, all at once, and nothing is written."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nqcore.collection.content.changes import ContentPlan, ContentRefused
from nqcore.text.messages import translator
from nqcore.workspace.content_files.cells import cell_of
from nqcore.workspace.content_files.columns import BY_KIND
from nqcore.workspace.content_files.folder import NoContentFiles
from nqcore.workspace.facade import Workspace
from tests.collection.content.test_content import SET, WRONG, Tables, make
from tests.support.small import Now, found
from tests.workspace.content_files.test_round_trip import with_admin

VI = translator("vi")


@pytest.fixture
def office(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    with found(tmp_path / "ws", now) as ws:
        yield with_admin(ws)


def edited(ws: Workspace, *edits: Callable[[Any], object]) -> bytes:
    """The office's workbook as people would have changed it."""
    book = openpyxl.load_workbook(io.BytesIO(ws.content.workbook(VI)))
    for edit in edits:
        edit(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def put(sheet: str, cell: str, value: object) -> Callable[[Any], object]:
    def edit(book: Any) -> None:
        book[sheet][cell] = value

    return edit


def said(ws: Workspace, data: bytes) -> list[str]:
    return [str(one) for one in ws.content.plan_workbook(data, name="a.xlsx").mistakes]


def test_every_mistake_is_named_by_sheet_row_and_column_at_once(office: Workspace) -> None:
    make(office, *SET)
    seq = office.store.head.seq
    data = edited(
        office,
        put("Chỉ tiêu", "E5", "nhiều"),
        put("Chỉ tiêu", "F5", "tổng"),
        put("Câu hỏi thêm", "P4", "ngày mai"),
        put("Mục tiêu", "E4", None),
        put("Mục tiêu", "D4", "#N/A"),
    )
    plan = office.content.plan_workbook(data, name="a.xlsx")
    places = [str(one.where) for one in plan.mistakes]
    assert places == [
        "Sheet “Chỉ tiêu”, row 5, column E (Số chữ số thập phân)",
        "Sheet “Chỉ tiêu”, row 5, column F (Cộng theo đơn vị)",
        "Sheet “Câu hỏi thêm”, row 4, column P (Ngày đầu áp dụng)",
        "Sheet “Mục tiêu”, row 4, column D (Giá trị phải đạt)",
        "Sheet “Mục tiêu”, row 4, column E (Kỳ, như 2018 hoặc 2018-Q3)",
    ]
    assert "Sheet “Mục tiêu”, row 4, column D (Giá trị phải đạt): is the error #N/A" in str(
        plan.mistakes[3]
    )
    with pytest.raises(ContentRefused):
        office.content.apply(plan, by="qt")
    assert office.store.head.seq == seq


def test_what_is_wrong_in_the_whole_set_has_its_cell_too(office: Workspace) -> None:
    make(office, *SET)
    data = edited(office, put("Câu hỏi thêm", "B4", "Z"), put("Mục tiêu", "B4", "9-NQ/HU"))
    assert said(office, data) == [
        "Sheet “Câu hỏi thêm”, row 4, column B (Phần (khóa)): names the "
        "section “s.q/Z”, which is not known; check its spelling, or add it",
        "Sheet “Mục tiêu”, row 4, column B (Văn bản chỉ đạo (số, ký hiệu)): "
        "names the directive “9-NQ/HU”, which is not known; check its spelling, or add it",
    ]


def test_a_definition_that_cannot_be_read_blames_no_other_that_names_it(office: Workspace) -> None:
    make(office, *SET)
    (only,) = said(office, edited(office, put("Chỉ tiêu", "D4", None)))
    assert only.startswith("Sheet “Chỉ tiêu”, row 4, column D (Đơn vị tính):")


def test_what_stands_outside_the_columns_and_sheets_is_named(office: Workspace) -> None:
    data = edited(
        office,
        lambda book: book.create_sheet("Ghi chép").append(["x"]),
        put("Nhiệm vụ", "Z4", "thừa"),
        put("Phần của biểu mẫu", "A4", "vp.n"),
        put("Ô của biểu mẫu", "A4", "vp.n"),
        lambda book: book["Chỉ tiêu"].delete_rows(1, 3),
        put("Chỉ tiêu", "A1", "vp.A9"),
    )
    found_at = [str(one).split(": ")[0] for one in
                office.content.plan_workbook(data, name="a.xlsx").mistakes]  # fmt: skip
    assert sorted(found_at) == [
        "Sheet “Chỉ tiêu”",
        "Sheet “Ghi chép”",
        "Sheet “Nhiệm vụ”, cell Z4",
        "Sheet “Phần của biểu mẫu”, row 4, column A (Biểu mẫu (mã))",
        "Sheet “Ô của biểu mẫu”, row 4, column C (Loại câu trả lời)",
    ]


def test_a_sheet_made_by_hand_needs_its_headings_only(office: Workspace) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "chỉ tiêu"
    sheet.append(["Mã", "Số thứ tự trên biểu", "Tên", "Đơn vị tính", "Ngày đầu áp dụng", "Căn cứ"])
    sheet.append(["vp.A9", "A9", "Số buổi đối thoại", "buổi", "01/04/2018", "Công văn 5"])
    data = io.BytesIO()
    book.save(data)
    plan = office.content.plan_workbook(data.getvalue(), name="a.xlsx")
    assert plan.mistakes == ()
    assert [one.item.address for one in plan.items] == ["indicator:vp.A9@2018-04-01"]


TOML = """[pack]
id = "vp"
since = 2018-04-01
basis = "Công văn 5"

[[target]]
id = "vp.m"
directive = "9-NQ/HU"
indicator = "s.A1"
value = 5
period = "2018"
"""


def test_a_mistake_in_a_definition_file_has_its_line(office: Workspace, tmp_path: Path) -> None:
    (tmp_path / "vp.toml").write_text(TOML, "utf-8")
    (only,) = office.content.plan_file(tmp_path / "vp.toml").mistakes
    assert str(only).startswith("vp.toml, line 8: target vp.m: directive: names the directive")


def told(plan: ContentPlan) -> list[str]:
    """Where each mistake is, without what is wrong."""
    return [": ".join(str(one).split(": ")[:3]) for one in plan.mistakes]


UNREADABLE = TOML.replace('"vp.m"', '"vp.n"').replace("value = 5", 'value = "năm"')


@pytest.mark.parametrize("apart", [False, True], ids=["one file", "two files"])
def test_what_cannot_be_read_hides_no_other_mistake(
    office: Workspace, tmp_path: Path, apart: bool
) -> None:
    pack, table = UNREADABLE.split("\n\n")
    if apart:
        (tmp_path / "vp.toml").write_text(UNREADABLE, "utf-8")
        (tmp_path / "x.toml").write_text(TOML, "utf-8")
    else:
        (tmp_path / "vp.toml").write_text(f"{pack}\n\n{table}\n" + TOML.split("\n\n")[1], "utf-8")
    second = "x.toml, line 8" if apart else "vp.toml, line 15"
    assert told(office.content.plan_file(tmp_path)) == [
        "vp.toml, line 10: target vp.n: value",
        f"{second}: target vp.m: directive",
    ]


def test_what_names_a_table_that_cannot_be_read_is_not_blamed(
    office: Workspace, tmp_path: Path
) -> None:
    head = '[pack]\nid = "vp"\nsince = 2018-04-01\nbasis = "b"\n'
    broken = '[[indicator]]\nlabel = "A9"\nname = "Số buổi"\nmeasure = 7\n'
    names = TOML.split("\n\n")[1].replace("9-NQ/HU", "1-NQ/HU").replace("s.A1", "A9")
    plan = office.content.plan_text(head + broken + names, "vp.toml")
    assert told(plan) == ["vp.toml, line 8: indicator vp.A9: measure"]


@pytest.mark.parametrize(
    "text",
    [
        TOML.replace("value = 5", "value = five"),
        TOML.replace("since = 2018-04-01", "since = 5"),
        TOML.replace("[[target]]", "[target]"),
        TOML + "[[người]]\nten = 1\n",
        "x",
        "[pack]\nid = 5\n" * 2,
    ],
)
def test_a_text_that_is_not_understood_is_a_plan_of_its_mistakes(
    office: Workspace, tmp_path: Path, text: str
) -> None:
    (tmp_path / "a.toml").write_text(text, "utf-8")
    (tmp_path / "b.toml").write_text(UNREADABLE, "utf-8")
    plan = office.content.plan_file(tmp_path)
    where = [str(one.where).partition(",")[0] for one in plan.mistakes]
    assert {*where} == {"a.toml", "b.toml"}
    with pytest.raises(ContentRefused):
        office.content.apply(plan, by="qt")


def test_units_are_no_content_and_an_empty_folder_is_no_import(
    office: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "toml"
    folder.mkdir()
    with pytest.raises(NoContentFiles):
        office.content.plan_file(folder)
    unit = '[[unit]]\ncode = "xa-c"\nname = "Xã C"\nkind = "commune"\nparent = "top"\n'
    (folder / "units.toml").write_text(f"[pack]\nbasis = 'x'\n{unit}", "utf-8")
    (only,) = office.content.plan_file(folder).mistakes
    assert str(only).startswith("units.toml: has units or changes of units")


# -- the same bad content by each way --------------------------------------------------------------

BAD = (
    *("a cycle", "names that nobody knows", "dates that are no time", "overlays that overlap"),
    *("a target without a source", "a form that nobody owes"),
)


def toml_value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml_value(v)}" for k, v in value.items()) + " }"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def as_toml(tables: Tables) -> str:
    """The tables as people write them into a definition file."""
    lines = [
        line
        for kind, table in tables
        for line in (f"[[{kind}]]", *(f"{k} = {toml_value(v)}" for k, v in table.items()), "")
    ]
    return "\n".join(lines)


def as_workbook(ws: Workspace, tables: Tables) -> bytes:
    """The tables as people type them into the office's workbook: each value below its key."""
    book = openpyxl.load_workbook(io.BytesIO(ws.content.workbook(VI)))
    for kind, table in tables:
        flat = {
            key: value
            for name, given in table.items()
            for key, value in (
                ((f"{name}.{k}", v) for k, v in given.items())
                if isinstance(given, dict)
                else ((name, given),)
            )
        }
        page = book[VI(BY_KIND[kind].title)]
        row = next(n for n in range(4, 40) if all(one.value is None for one in page[n]))
        columns = {one.key: (at, one) for at, one in enumerate(BY_KIND[kind].columns, 1)}
        for key, value in flat.items():
            at, column = columns[key]
            page.cell(row, at, cell_of(column, value, str))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("case", BAD)
def test_bad_content_in_a_workbook_is_refused_at_its_cells(office: Workspace, case: str) -> None:
    tables, places = WRONG[case]
    seq = office.store.head.seq
    plan = office.content.plan_workbook(as_workbook(office, tables), name="a.xlsx")
    assert {(one.kind, one.id, one.key) for one in plan.mistakes} == places
    assert all("row " in str(one.where) for one in plan.mistakes)
    with pytest.raises(ContentRefused):
        office.content.apply(plan, by="qt")
    assert office.store.head.seq == seq


@pytest.mark.parametrize("case", BAD)
def test_bad_content_in_a_definition_file_is_refused_at_its_lines(
    office: Workspace, tmp_path: Path, case: str
) -> None:
    tables, places = WRONG[case]
    seq = office.store.head.seq
    (tmp_path / "vp.toml").write_text('[pack]\nid = "vp"\n' + as_toml(tables), "utf-8")
    plan = office.content.plan_file(tmp_path / "vp.toml")
    assert {(one.kind, one.id, one.key) for one in plan.mistakes} == places
    assert all(str(one).startswith("vp.toml, line ") for one in plan.mistakes)
    with pytest.raises(ContentRefused):
        office.content.apply(plan, by="qt")
    assert office.store.head.seq == seq
