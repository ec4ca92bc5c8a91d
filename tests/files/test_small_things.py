"""Small things of files: names, kinds, texts in other encodings."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage, Headers

from nqcore.collection.settings import read_settings, write_settings
from nqcore.collection.submissions.attachments import MEDIA_TYPES
from nqcore.errors import DefinitionError, NqError
from nqcore.files.incoming import CSV, DOC, HEIC, XLS, FileRefused, check, load_text
from nqcore.files.spreadsheets import csv_rows
from nqcore.files.spreadsheets.delimited import BrokenRow
from nqcore.text.messages import translator
from nqcore.workspace.bulk_import import plan_import
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from nqcore.workspace.unit_list import read_units
from tests.support.bug_office import CELLS, REPORT, make, visitor
from webforms.shared.sent_files import sent_name

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = [["code", "name"], ["xa", "Xã Ấp, Đông"]]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ('code,name\nxa,"Xã Ấp, Đông"\n', "utf-8"),
        ('code,name\r\nxa,"Xã Ấp, Đông"\r\n', "utf-8-sig"),
        ("code;name\nxa;Xã Ấp, Đông\n", "utf-8-sig"),
        ("code\tname\nxa\tXã Ấp, Đông\n", "utf-8"),
        ("code\tname\r\nxa\tXã Ấp, Đông\r\n", "utf-16"),  # Excel's "Unicode text"
        ("sep=;\ncode;name\nxa;Xã Ấp, Đông\n", "utf-8"),
        ('SEP=,\r\ncode,name\r\nxa,"Xã Ấp, Đông"\r\n', "utf-8-sig"),
        ("sep=\t\ncode\tname\nxa\tXã Ấp, Đông\n", "utf-8"),
        ('\n\ncode,name\n\nxa,"Xã Ấp, Đông"\n,\n', "utf-8"),
    ],
)
def test_a_list_is_read_whatever_separates_its_cells(
    tmp_path: Path, text: str, encoding: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(text.encode(encoding))
    assert [row for _, row in csv_rows(file)] == ROWS


def test_rows_keep_the_numbers_of_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("sep=;\ncode;name\n\nxa;Xã A\n", "utf-8")
    assert [number for number, _ in csv_rows(file)] == [2, 4]


def test_a_row_that_is_no_csv_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('code,name\nxa,"Xã\n', "utf-8")
    with pytest.raises(BrokenRow):
        list(csv_rows(file))
    with pytest.raises(NqError, match=r"a\.csv, row"):
        read_units(file)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('xa,"Xã', "mở mà không đóng"),
        ('xa,"Xã" A', "còn chữ thừa"),
        ("xa," + "ă" * 140_000, "dài hơn 131.072 ký tự"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_the_language_of_the_reader(
    tmp_path: Path, row: str, why: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"code,name\n{row}\n", "utf-8")
    with pytest.raises(BrokenRow) as wrong:
        list(csv_rows(file))
    assert why in wrong.value.message(translator("vi"))


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a"])
def test_a_spreadsheet_with_the_name_of_a_text_is_named(tmp_path: Path, name: str) -> None:
    for data in ((CELLS / "16-units.xls").read_bytes(), (CELLS / "16-template.ods").read_bytes()):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(FileRefused) as wrong:
            load_text(tmp_path / name, CSV)
        assert wrong.value.code == "file-kind"


@pytest.mark.parametrize("name", ["a.ods", "a.xlsm", "a.xlsb", "a.pdf", "a.docx", "a.numbers"])
def test_other_kinds_of_files_are_refused_by_name(tmp_path: Path, keys: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    with make(tmp_path / "ws") as ws, pytest.raises(FileRefused) as wrong:
        plan_import(ws, tmp_path / name)
    assert str(wrong.value).startswith(f"{name} is not a file of the kind Excel (.xlsx)")
    # A list of units may be an .ods; this one is none.
    kinds = "OpenDocument" if name == "a.ods" else r"\.xlsx.*\.xls.*\.ods.*\.csv"
    with pytest.raises(FileRefused, match=kinds):
        read_units(tmp_path / name)


def test_columns_of_a_list_of_values_that_are_not_read_are_named(
    tmp_path: Path, keys: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("unit,period,indicator,value,ghi chú\nh1-a,2026-Q3,bug.N1,5,xem lại\n", "utf-8")
    with make(tmp_path / "ws") as ws:
        (note,) = plan_import(ws, file).notes
        assert note.params == {"columns": "“ghi chú”"}
        file.write_text("unit,period,indicator,value,value\nh1-a,2026-Q3,bug.N1,5,6\n", "utf-8")
        with pytest.raises(NqError, match="stands twice"):
            plan_import(ws, file)


# -- evidence ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("bien ban.doc", OLE + b"\0" * 600, DOC),
        ("so lieu.XLS", OLE + b"\0" * 600, XLS),
        ("anh.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", HEIC),
        ("anh.HEIF", b"\0\0\0\x1cftypmif1\0\0\0\0", HEIC),
    ],
)
def test_old_documents_and_photographs_of_telephones_are_evidence(
    name: str, data: bytes, kind: object
) -> None:
    assert check(name, data, tuple(MEDIA_TYPES)) is kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.doc", OLE + b"\0" * 100 + "_VBA_PROJECT".encode("utf-16-le")),
        ("a.doc", b"<html>"),
        ("a.heic", b"\0\0\0\x18ftypisom\0\0\0\0"),
        ("a.heic", b"ftypheic"),
        ("a.docm", OLE),
    ],
)
def test_what_is_not_such_a_file_or_has_macros_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(FileRefused):
        check(name, data, tuple(MEDIA_TYPES))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (
            'form-data; name="tep"; filename="C:\\Users\\An\\Bản ký.PDF"',
            "C:\\Users\\An\\Bản ký.PDF",
        ),
        ('form-data; name="tep"; filename="\\\\may\\chung\\a.pdf"', "\\\\may\\chung\\a.pdf"),
        ('form-data; name="tep"; filename="a.pdf"', "a.pdf"),
    ],
)
def test_a_path_of_windows_is_not_taken_for_escapes(head: str, name: str) -> None:
    sent = FileStorage(BytesIO(), filename="a.pdf", headers=Headers({"Content-Disposition": head}))
    assert sent_name(sent) == name


def test_evidence_from_an_old_browser_shows_its_own_name(tmp_path: Path, keys: Path) -> None:
    with make(tmp_path / "ws") as ws:
        quantri = visitor(ws)
        head = 'Content-Disposition: form-data; name="{}"'
        path = "C:\\Users\\An\\Bản ký.PDF"
        body = "\r\n".join(
            [
                *("--x", head.format("csrf_token"), "", quantri.token()),
                *("--x", f'{head.format("tep")}; filename="{path}"', "", "%PDF-1.7", "--x--", ""),
            ]
        )
        answer = quantri.client.post(
            f"/bao-cao/{REPORT}/minh-chung",
            data=body.encode(),
            content_type="multipart/form-data; boundary=x",
        )
        assert answer.status_code == 303
        (file,) = ws.submissions.attachments.of(REPORT)
        assert file.name == "Bản ký.PDF"


# -- settings and plugins --------------------------------------------------------------------------


def test_a_language_that_is_not_there_is_refused(tmp_path: Path, keys: Path) -> None:
    with make(tmp_path / "ws"):
        pass
    file = tmp_path / "ws" / "workspace.toml"
    write_settings(tmp_path / "ws", read_settings(tmp_path / "ws"))
    file.write_text(file.read_text("utf-8").replace('language = "vi"', 'language = "fr"'), "utf-8")
    with pytest.raises(DefinitionError, match="give one of vi, en"):
        read_settings(tmp_path / "ws")


def test_a_plugin_of_another_spelling_is_suggested(tmp_path: Path, keys: Path) -> None:
    from nqcore.workspace.opening import create_workspace

    ws: Workspace = create_workspace(
        tmp_path / "ws", name="A", plugins=("nq-res20", "nq_model_district"), root="huyen"
    )
    with ws:
        details = [fault.detail for fault in ws.faults if fault.plugin == "nq-res20"]
    assert any("did you mean “nq_res20”?" in detail for detail in details), details
    with open_workspace(tmp_path / "ws") as again:
        assert any("nq_res20" in fault.detail for fault in again.faults)
