"""Files as offices send them: each gives the right value or the right words, the same in the library, from
`nq import` and on the page. One row for each data file of `tests/data/cells`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

import nqcore.workspace.opening
from nqcore.cli import main
from nqcore.errors import NqError
from nqcore.text.messages import translator
from nqcore.workspace.bulk_import import apply_import, plan_import
from nqcore.workspace.facade import Workspace
from nqcore.workspace.unit_list import read_units
from tests.support.bug_office import CELLS, OTHER, REPORT, make, upload, visitor

VI = translator("vi")

TAKEN: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "01-percent-100.xlsx": ({"P1": "100"}, ()),
    "03-long-explanation.xlsx": ({"N1": "5"}, ()),
    "04-float-noise-whole.xlsx": ({"N1": "57"}, ()),
    "19-wrong-column.xlsx": (
        {},
        ("Cột kỳ trước của N1 (hàng 7) ghi 5, mẫu để trống.", "gõ vào cột E"),
    ),
    "22-mixed-language.csv": ({"N1": "5"}, ()),
}
"""Templates and lists of values that are taken: the boxes, and the notes."""

REFUSED: dict[str, tuple[str, ...]] = {
    "02-error-cell.xlsx": ("N1 (hàng 7) chứa lỗi #DIV/0! của Excel.",),
    "08-wrong-scale-dong.xlsx": (
        "Ô này tính bằng triệu đồng: 1.234,5?",
        "“1.234.500.000 đồng”",
    ),
    "08-wrong-scale-ty.xlsx": ("Ô này tính bằng triệu đồng: 1.200,0?", "“1,2 tỷ đồng”"),
    "17-date-cell.xlsx": ("“1/5/2026” là ngày", "Excel tự đổi chữ như 1/5 thành ngày"),
    "18-column-inserted.xlsx": ("bị chèn hoặc xóa cột", "nằm ở cột H, đúng ra ở cột G"),
    "09-foreign-appendix.xlsx": ("Không nhận ra mẫu. Tải mẫu Excel ở trang nhập số liệu",),
    "09-foreign-bieu01.xlsx": ("Không nhận ra mẫu. Tải mẫu Excel ở trang nhập số liệu",),
    "09-foreign-vntime.xls": ("Không nhận ra mẫu. Tải mẫu Excel ở trang nhập số liệu",),
    "16-template.ods": ("16-template.ods không phải tệp Excel (.xlsx), Excel 97-2003 (.xls)",),
    "25-plugin-bom.toml": ("25-plugin-bom.toml không phải tệp Excel (.xlsx)",),
}
"""Files that are refused by name, whole."""

UNIT_LISTS: dict[str, tuple[str, ...]] = {
    "00-tinh.csv": (),
    "13-names-with-question-marks.csv": (
        "dòng 2: Mất chữ có dấu trong “Huy?n T?n H?a”",
        "Viết lại các từ này.",
    ),
    "14-sep.csv": (),
    "14-tab.csv": (),
    "16-units.xls": (),
    "15-group-row.xlsx": (),
    "15-title-rows.xlsx": (),
}
"""Lists of units: taken, or the words of the refusal."""

OTHERS = {"07-cleared-cell.csv": "test_a_cell_that_was_cleared_keeps_what_is_entered"}


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with make(tmp_path / "ws") as found:
        yield found


def nq(ws: Workspace, monkeypatch: pytest.MonkeyPatch, *args: str) -> Result:
    """`nq import` over this office; its plugin is handed in, it is not installed."""
    monkeypatch.setattr(nqcore.workspace.opening, "open_workspace", lambda *_a, **_k: ws)
    monkeypatch.setattr(ws, "close", lambda: None)
    return CliRunner().invoke(main, ["--lang", "vi", "import", "-w", str(ws.folder), *args])


def test_every_data_file_has_its_row() -> None:
    named = {*TAKEN, *REFUSED, *UNIT_LISTS, *OTHERS}
    assert {file.name for file in CELLS.iterdir()} == named
    assert set(OTHERS.values()) <= globals().keys()


@pytest.mark.parametrize("name", TAKEN)
def test_the_library_takes_the_right_value(ws: Workspace, name: str) -> None:
    values, words = TAKEN[name]
    plan = plan_import(ws, CELLS / name)
    found = {change.field: change.new for change in plan.changes}
    assert {key: new for key, new in found.items() if not key.startswith("giai_trinh.")} == values
    said = " ".join(note.message(VI) for note in plan.notes)
    assert all(part in said for part in words)
    assert bool(words) == bool(said)


@pytest.mark.parametrize("name", TAKEN)
def test_the_command_takes_the_same_and_prints_the_same_notes(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    values, words = TAKEN[name]
    done = nq(ws, monkeypatch, str(CELLS / name), "--dry-run")
    assert done.exit_code == 0, done.output
    for field, value in values.items():
        assert f" {field}: – → {value}\n" in done.output
    explained = done.output.count(f"{REPORT} giai_trinh.")
    assert explained == (1 if name == "03-long-explanation.xlsx" else 0)
    assert f"{len(values) + explained} ô thay đổi" in done.output
    assert all(part in done.output for part in words)


@pytest.mark.parametrize("name", [name for name in TAKEN if name.endswith(".xlsx")])
def test_the_page_shows_the_same(ws: Workspace, name: str) -> None:
    values, words = TAKEN[name]
    page = upload(visitor(ws), REPORT, name, (CELLS / name).read_bytes())
    assert all(part in page.words for part in words)
    if not values:
        assert "Tệp không có số nào khác với số đã nhập." in page.words
    else:
        shown = page.form(f"/bao-cao/{REPORT}/nhap")
        for field, value in values.items():
            assert shown[field].replace(",0", "") == value


@pytest.mark.parametrize("name", REFUSED)
def test_the_library_the_command_and_the_page_refuse_in_the_same_words(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with pytest.raises(NqError) as wrong:
        plan_import(ws, CELLS / name)
    said = wrong.value.message(VI)
    assert all(part in said for part in REFUSED[name]), said
    done = nq(ws, monkeypatch, str(CELLS / name))
    assert done.exit_code == 2
    assert all(part in done.output for part in REFUSED[name]), done.output
    page = upload(visitor(ws), REPORT, name, (CELLS / name).read_bytes())
    assert all(part in page.words for part in REFUSED[name]), page.words
    assert not ws.submissions.revisions(REPORT)


@pytest.mark.parametrize("name", UNIT_LISTS)
def test_a_list_of_units_is_taken_or_refused_by_name(tmp_path: Path, name: str) -> None:
    words = UNIT_LISTS[name]
    args = ["--lang", "vi", "init", str(tmp_path / "w"), "--units", str(CELLS / name)]
    done = CliRunner().invoke(main, args)
    if words:
        with pytest.raises(NqError) as wrong:
            read_units(CELLS / name)
        for said in (wrong.value.message(VI), done.output):
            assert all(part in said for part in words), said
        assert done.exit_code == 2
    else:
        assert read_units(CELLS / name)[0].parent is None
        assert done.exit_code == 0, done.output


def test_a_long_explanation_is_kept_whole(ws: Workspace) -> None:
    plan = plan_import(ws, CELLS / "03-long-explanation.xlsx")
    (words,) = plan.explanations[REPORT].values()
    page = openpyxl.load_workbook(CELLS / "03-long-explanation.xlsx").worksheets[0]
    assert words == str(page["F7"].value).strip()
    assert len(words) > 800


def _edited(change: Callable[[Workbook], object], name: str = "04-float-noise-whole.xlsx") -> bytes:
    book = openpyxl.load_workbook(CELLS / name)
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_cell_that_was_cleared_keeps_what_is_entered(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ws.save_draft("h1-a", "bug.q", "2026-Q3", {"N1": "5"}, by="quantri")
    words = "N1 để trống trong tệp, vẫn giữ 5."
    done = nq(ws, monkeypatch, str(CELLS / "07-cleared-cell.csv"))
    assert (done.exit_code, words in done.output) == (0, True)
    sheet = ws.entry.sheet(REPORT)
    book = openpyxl.load_workbook(BytesIO(ws.entry.workbook(sheet, VI, directive="01-KH/TU")))
    book.worksheets[0]["E7"] = None
    file = tmp_path / "mau.xlsx"
    book.save(file)
    done = nq(ws, monkeypatch, str(file))
    assert (done.exit_code, words in done.output) == (0, True)
    assert words in upload(visitor(ws), REPORT, "mau.xlsx", file.read_bytes()).words
    assert str(ws.entry.sheet(REPORT).reading.answers["N1"]) == "5"


def test_a_raised_digit_is_no_digit(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
        book.worksheets[0]["E7"] = CellRichText("12", raised)

    file = tmp_path / "mau.xlsx"
    file.write_bytes(_edited(change))
    words = "N1 (hàng 7) ghi “121”, có ký tự viết nâng lên, hạ xuống hoặc gạch ngang."
    done = nq(ws, monkeypatch, str(file))
    assert (done.exit_code, words in done.output) == (2, True)
    assert words in upload(visitor(ws), REPORT, "mau.xlsx", file.read_bytes()).words
    assert not ws.submissions.revisions(REPORT)


def _two_templates(ws: Workspace, *, same: bool = False) -> bytes:
    """A workbook with the templates of two reports (or twice the same), each with a figure."""
    reports = (REPORT, REPORT if same else OTHER)
    files = [ws.entry.workbook(ws.entry.sheet(r), VI, directive="01-KH/TU") for r in reports]
    book = openpyxl.load_workbook(BytesIO(files[0]))
    book.worksheets[0]["E7"] = 5
    second = book.create_sheet("Xã Bình Minh")
    for row in openpyxl.load_workbook(BytesIO(files[1])).worksheets[0].iter_rows():
        for cell in row:
            if cell.value is not None:
                second[cell.coordinate] = cell.value
    second["E7"] = 77
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_command_takes_all_templates_of_a_workbook(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "hai-xa.xlsx"
    file.write_bytes(_two_templates(ws))
    plan = plan_import(ws, file)
    assert {(c.obligation.unit, c.new) for c in plan.changes} == {("h1-a", "5"), ("h1-b", "77")}
    assert plan.notes == ()
    apply_import(ws, plan, by=ws.account("quantri"))
    assert str(ws.entry.sheet(OTHER).reading.answers["N1"]) == "77"


def test_a_page_takes_its_own_template_and_names_the_other(ws: Workspace) -> None:
    data = _two_templates(ws)
    quantri = visitor(ws)
    page = upload(quantri, REPORT, "hai-xa.xlsx", data)
    assert page.form(f"/bao-cao/{REPORT}/nhap")["N1"] == "5"
    assert "Trang tính “Xã Bình Minh” là mẫu của báo cáo khác (h1-b, 2026-Q3)" in page.words
    page = upload(quantri, OTHER, "hai-xa.xlsx", data)
    assert page.form(f"/bao-cao/{OTHER}/nhap")["N1"] == "77"


def test_two_templates_of_one_report_are_refused_by_name(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "hai-lan.xlsx"
    file.write_bytes(_two_templates(ws, same=True))
    words = "Các trang tính “Báo cáo”, “Xã Bình Minh” đều là mẫu của cùng một báo cáo."
    done = nq(ws, monkeypatch, str(file))
    assert (done.exit_code, words in done.output) == (2, True)
    assert words in upload(visitor(ws), REPORT, "hai-lan.xlsx", file.read_bytes()).words
