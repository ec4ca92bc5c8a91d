"""The form as an Excel file: out, filled in with other programs, and back in to the same figures."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from nqcore.collection.entry.workbook import (
    NotATemplate,
    UploadPreview,
    WrongTemplate,
    check_template,
    preview_upload,
    read_filled,
    read_upload,
    write_workbook,
)
from nqcore.collection.entry.workbook.identity import Identity
from nqcore.files.incoming import FileRefused
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from tests.support.twenty import BEFORE, REPORT, ROWS, THIS, make

OFFICE = "soffice"
VI = translator("vi")


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with make(tmp_path / "ws") as found:
        yield found


def template(ws: Workspace, report: str = REPORT) -> bytes:
    return write_workbook(ws.entry.sheet(report), VI, directive="Nghị quyết số 20-NQ/TW")


def edited(data: bytes, change: Callable[[Worksheet], object]) -> bytes:
    """The file after somebody changed its first sheet with openpyxl and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(page: Worksheet, code: str) -> int:
    return next(row for row in range(1, 60) if page.cell(row, 7).value == code)


def put(page: Worksheet, code: str, value: object) -> None:
    page.cell(row_of(page, code), 5).value = value  # type: ignore[assignment]


def fill(page: Worksheet) -> None:
    """This quarter's figures, as numbers."""
    for code, text in THIS.items():
        put(page, code, float(text.replace(".", "").replace(",", ".")))


def looked_at(ws: Workspace, data: bytes, name: str = "bao-cao.xlsx") -> UploadPreview:
    sheet = ws.entry.sheet(REPORT)
    filled = check_template(read_filled(name, data), sheet)
    return preview_upload(ws.submissions.repository, sheet, read_upload(filled, sheet, VI))


def figures(found: UploadPreview) -> dict[str, Decimal]:
    return {
        one.then.key: one.then.answer
        for one in found.changes
        if isinstance(one.then.answer, Decimal)
    }


EXPECTED = {label: Decimal(text.replace(".", "").replace(",", ".")) for label, text in THIS.items()}


def office() -> None:
    """Skip the test where LibreOffice is not there; in CI it must be."""
    if shutil.which(OFFICE) is None:
        reason = f"{OFFICE} is missing: apt install libreoffice-calc"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


def saved_as(kind: str, data: bytes, folder: Path) -> bytes:
    """The file as LibreOffice saves it again, as .xlsx or .xls."""
    office()
    (folder / "in").mkdir(exist_ok=True)
    source = folder / "in" / "mau.xlsx"
    source.write_bytes(data)
    filters = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97"}
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         filters[kind], "--outdir", str(folder / "out"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "out" / f"mau.{kind}").read_bytes()


# -- the file itself -----------------------------------------------------------------------------


def test_the_template_looks_like_the_paper_form(ws: Workspace) -> None:
    data = template(ws)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    assert page["A1"].value == "Đảng ủy xã Bình Minh"
    assert page["A2"].value == "Báo cáo số liệu Quý III/2018"
    heading = [cell.value for cell in page[5][:6]]
    assert heading == ["TT", "Chỉ tiêu", "Đơn vị tính", "Quý II/2018", "Quý III/2018", "Giải trình"]
    row = row_of(page, "D4")
    values = [cell.value for cell in page[row][:5]]
    assert values == ["D4", "Số tiền nợ đọng bảo hiểm xã hội", "triệu đồng", 1234.5, None]
    box, old = page.cell(row, 5), page.cell(row, 4)
    assert (box.protection.locked, old.protection.locked) == (False, True)
    assert page.protection.sheet
    assert not page.protection.password
    assert (box.font.name, box.font.sz) == ("Times New Roman", 12)
    assert (old.font.color.rgb, box.number_format) == ("FF595959", "#,##0.0")
    assert page.column_dimensions["G"].hidden
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (int(page.page_setup.paperSize), int(page.page_setup.fitToHeight)) == (9, 0)
    assert page.freeze_panes == "A6"
    assert page.print_title_rows == "$5:$5"
    (rule,) = [r for r in page.data_validations.dataValidation if f"E{row}" in str(r.sqref)]
    assert rule.error == "Gõ số, ví dụ 1234,5. Không phát sinh thì gõ 0."


def test_who_the_file_is_stands_in_it_three_times(ws: Workspace) -> None:
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "7"}, by="hoa")
    book = openpyxl.load_workbook(io.BytesIO(template(ws)))
    page, hidden = book.worksheets
    lines = {str(page["G1"].value), str(hidden["A1"].value), str(book.custom_doc_props["nq"].value)}
    (line,) = lines
    identity = Identity.read(line)
    assert identity is not None
    assert (identity.form, identity.unit, identity.period, identity.base) == (
        "muoi.q", "xa-bm", "2018-Q3", 1,
    )  # fmt: skip
    assert (hidden.title, hidden.sheet_state) == ("_nq", "veryHidden")
    assert set(book.defined_names) >= {f"nq.{label}" for label, *_ in ROWS}
    assert page.cell(row_of(page, "A1"), 5).value == 7


def test_an_identity_that_was_retyped_is_none(ws: Workspace) -> None:
    line = Identity(form="muoi.q", unit="xa-bm", period="2018-Q3", version="00000000", base=0).line
    assert Identity.read(line) is not None
    assert Identity.read(line.replace("Q3", "Q2")) is None
    assert Identity.read("") is None


def test_texts_never_become_formulas(ws: Workspace) -> None:
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "=1+1", "N1": "=HYPERLINK(1)"}, by="hoa")
    data = template(ws)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


# -- filled in and back --------------------------------------------------------------------------


def test_filled_by_openpyxl(ws: Workspace) -> None:
    found = looked_at(ws, edited(template(ws), fill))
    assert figures(found) == EXPECTED
    assert (len(found.changes), found.same, found.unread, found.notes) == (20, 0, (), ())


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_saved_again_by_libreoffice(ws: Workspace, tmp_path: Path, kind: str) -> None:
    data = saved_as(kind, edited(template(ws), fill), tmp_path)
    found = looked_at(ws, data, f"bao cao (2).{kind}")
    assert figures(found) == EXPECTED
    assert found.unread == ()
    assert [note.code for note in found.notes] == (["old-format"] if kind == "xls" else [])


@pytest.mark.slow
@pytest.mark.office
def test_filled_by_libreoffice(ws: Workspace, tmp_path: Path) -> None:
    """Typed into by LibreOffice itself, through its own macro language."""
    source = tmp_path / "mau.xlsx"
    source.write_bytes(template(ws))
    page = openpyxl.load_workbook(source).worksheets[0]
    cells = {f"E{row_of(page, code)}": text for code, text in EXPECTED.items()}
    lines = [f'  page.getCellRangeByName("{at}").setValue({value})' for at, value in cells.items()]
    profile = tmp_path / "profile"
    office()
    start = [OFFICE, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
    # The first start makes the profile and would put its own empty macros over ours.
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    basic = profile / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "Module1.xba").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE script:module PUBLIC '
        '"-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        'script:language="StarBasic">\nSub Fill\n'
        "  Dim hidden(0) As New com.sun.star.beans.PropertyValue\n"
        '  hidden(0).Name = "Hidden"\n  hidden(0).Value = True\n'
        "  book = StarDesktop.loadComponentFromURL("
        f'"file://{source}", "_blank", 0, hidden())\n'
        "  page = book.Sheets.getByIndex(0)\n"
        + "\n".join(lines)
        + "\n  book.store()\n  book.close(True)\nEnd Sub\n</script:module>\n",
        "utf-8",
    )
    (basic / "script.xlb").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE library:library PUBLIC '
        '"-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
        '<library:library xmlns:library="http://openoffice.org/2000/library" '
        'library:name="Standard" library:readonly="false" library:passwordprotected="false">\n'
        ' <library:element library:name="Module1"/>\n</library:library>\n',
        "utf-8",
    )
    (basic.parent / "script.xlc").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE library:libraries PUBLIC '
        '"-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">\n'
        '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">\n <library:library library:name="Standard" '
        'xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" '
        'library:link="false"/>\n</library:libraries>\n',
        "utf-8",
    )
    macro = "macro:///Standard.Module1.Fill"
    subprocess.run([*start, macro], check=True, capture_output=True, timeout=180)
    assert figures(looked_at(ws, source.read_bytes())) == EXPECTED


def test_what_is_entered_comes_back_unchanged(ws: Workspace) -> None:
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", dict(THIS) | {"N1": "Hai câu.\nVà một."}, by="hoa")
    found = looked_at(ws, template(ws))
    assert (found.changes, found.same, found.notes) == ((), 20, ())


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([label for label, _n, measure, *_ in ROWS if measure != "%"]),
        st.decimals(0, 10**14, places=1, allow_nan=False, allow_infinity=False),
        min_size=1,
        max_size=5,
    )
)
def test_any_figure_comes_back_as_it_went(ws: Workspace, given: dict[str, Decimal]) -> None:
    values = {
        label: value if label == "D4" else value.to_integral_value()
        for label, value in given.items()
    }

    def type_in(page: Worksheet) -> None:
        for label, value in values.items():
            put(page, label, float(value))

    assert figures(looked_at(ws, edited(template(ws), type_in))) == values


def test_a_blank_cell_empties_nothing_and_what_others_entered_stays(ws: Workspace) -> None:
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "7", "A2": "1310"}, by="hoa")
    data = template(ws)
    # Meanwhile somebody corrects A1 and enters A3; the file still shows the old A1.
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "9", "A2": "1310", "A3": "8"}, by="bithu")

    def change(page: Worksheet) -> None:
        put(page, "A2", None)
        put(page, "B1", 3425)

    found = looked_at(ws, edited(data, change))
    assert figures(found) == {"B1": Decimal(3425)}
    assert found.base == 1


def test_narratives_and_explanations_come_along(ws: Workspace) -> None:
    def change(page: Worksheet) -> None:
        put(page, "B6", 50)
        page.cell(row_of(page, "B6"), 6).value = "Tổng hợp cả khối trường học"
        page.cell(row_of(page, "N1"), 1).value = "Tổ chức Tháng Công nhân."

    found = looked_at(ws, edited(template(ws), change))
    assert found.explanations == {"B6": "Tổng hợp cả khối trường học"}
    assert found.given["N1"] == "Tổ chức Tháng Công nhân."


# -- what is wrong, in words ---------------------------------------------------------------------


def test_another_period_is_stopped(ws: Workspace) -> None:
    with pytest.raises(WrongTemplate) as wrong:
        looked_at(ws, template(ws, BEFORE))
    assert wrong.value.movable
    assert wrong.value.message(VI).startswith(
        "Tệp này là mẫu của 2018-Q2, đang nhập 2018-Q3. Tải mẫu đúng kỳ, hoặc bấm “Chuyển số"
    )


def test_another_unit_is_stopped_and_its_figures_are_not_moved(ws: Workspace) -> None:
    with pytest.raises(WrongTemplate) as wrong:
        looked_at(ws, template(ws, REPORT.replace("xa-bm", "xa-ap")))
    assert not wrong.value.movable
    assert wrong.value.message(VI) == "Tệp này của xa-ap. Chọn tệp của xa-bm."


def test_another_version_of_the_form_is_stopped(ws: Workspace) -> None:
    sheet = ws.entry.sheet(REPORT)
    book = read_filled("a.xlsx", template(ws))
    old = Identity(form="muoi.q", unit="xa-bm", period="2018-Q3", version="0a0a0a0a", base=0)
    from dataclasses import replace

    with pytest.raises(WrongTemplate) as wrong:
        check_template(replace(book, templates=(replace(book.templates[0], identity=old),)), sheet)
    assert wrong.value.code == "wrong-version"


def _shift(page: Worksheet) -> None:
    """The visible cells of two rows change places, the hidden codes do not."""
    a, b = row_of(page, "B1"), row_of(page, "B2")
    for column in range(1, 7):
        first, second = page.cell(a, column), page.cell(b, column)
        first.value, second.value = second.value, first.value
    page.cell(a, 5).value = 28


def _move(page: Worksheet) -> None:
    """Two whole rows change places."""
    _shift(page)
    a, b = page.cell(row_of(page, "B1"), 7), page.cell(row_of(page, "B2"), 7)
    a.value, b.value = b.value, a.value


def _twice(page: Worksheet) -> None:
    put(page, "B5", 60)
    row = page.max_row + 2
    for column in (1, 2, 7):
        page.cell(row, column).value = page.cell(row_of(page, "B5"), column).value
    page.cell(row, 5).value = 61


def _thousand(page: Worksheet) -> None:
    put(page, "A1", 7)
    for row in range(100, 1100):
        page.cell(row, 2).value = "thừa"
        page.cell(row, 5).value = row


def _gone(page: Worksheet) -> None:
    page.delete_rows(row_of(page, "C3.2"))
    put(page, "A1", 7)


@pytest.mark.parametrize(
    ("change", "kept", "words"),
    [
        (
            _shift,
            {},
            "ghi B2 nhưng chỗ này là của B1: các ô đã bị xê dịch. Kiểm tra lại hàng này",
        ),
        (_move, {"B2": 28}, "B2 đã chuyển sang hàng 12, vẫn nhận theo mã. Kiểm tra lại số này."),
        (
            lambda page: put(page, "B5", "=30+30"),
            {},
            "chứa công thức. Gõ số kết quả thay công thức rồi nạp lại; ô này giữ nguyên số cũ.",
        ),
        (
            lambda page: put(page, "A2", "1.310"),
            {"A2": 1310},
            "A2 là chữ “1.310”, được đọc như khi gõ vào ô. Kiểm tra lại trong bảng.",
        ),
        (_twice, {}, "B5 có ở cả hàng"),
        (_thousand, {"A1": 7}, "Có 1000 hàng thừa, không thuộc mẫu (từ hàng 100), không đọc."),
        (_gone, {"A1": 7}, "Tệp thiếu các dòng: C3.2. Kiểm tra lại"),
        (
            lambda page: put(page, "A4", 0.748),
            {},
            "A4 là 0,748. Nếu là 74,8% thì gõ 74,8; nếu đúng là 0,748 thì gõ thêm dấu nháy",
        ),
    ],
    ids=["shifted", "moved", "formula", "text", "twice", "extra rows", "a row gone", "percent"],
)
def test_what_is_odd_in_a_file_is_said_in_words(
    ws: Workspace, change: Callable[[Worksheet], object], kept: dict[str, int], words: str
) -> None:
    found = looked_at(ws, edited(template(ws), change))
    assert figures(found) == kept
    assert any(words in note.message(VI) for note in found.notes), [
        note.message(VI) for note in found.notes
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("27 ngươi", "Ô này tính bằng người; “27 ngươi” có chữ khác."),
        (27.5, "Nhập số nguyên, không có phần thập phân. Đơn vị đã nhập 27,5."),
        (-3, "Nhập số từ 0 trở lên."),
        (True, "Không đọc được “TRUE”"),
        ("5/9", "“5/9” là ngày hoặc phân số"),
    ],
)
def test_what_cannot_be_read_is_kept_as_typed_and_explained(
    ws: Workspace, value: object, said: str
) -> None:
    found = looked_at(ws, edited(template(ws), lambda page: put(page, "B5", value)))
    (row,) = found.unread
    assert row.key == "B5"
    assert any(said in problem.message(VI) for problem in row.problems)


def test_a_date_that_excel_made_of_a_figure_is_no_figure(ws: Workspace) -> None:
    from datetime import datetime

    found = looked_at(ws, edited(template(ws), lambda page: put(page, "B5", datetime(2018, 9, 5))))
    (row,) = found.unread
    assert row.typed["B5"] == "5/9/2018"


def _plain() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0]["E7"] = 5
    book.save(out)
    return out.getvalue()


def test_another_workbook_is_no_template() -> None:
    with pytest.raises(NotATemplate) as wrong:
        read_filled("so-lieu.xlsx", _plain())
    assert wrong.value.message(VI).startswith("Không nhận ra mẫu. Tải mẫu Excel")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"not a zip"),
        ("a.xls", b"not ole"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("a.docx", b"PK\x03\x04"),
        ("a.xlsx", b""),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 11_000_000),
    ],
)
def test_hostile_files_are_refused_in_words(name: str, data: bytes) -> None:
    with pytest.raises(FileRefused) as wrong:
        read_filled(name, data)
    assert wrong.value.message(VI)
