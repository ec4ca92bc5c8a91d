"""Hostile files are refused by name, soon, and without filling the memory; honest ones are read."""

from __future__ import annotations

import os
import signal
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from nqcore.files.incoming import (
    CSV,
    DOCX,
    JPEG,
    PDF,
    PNG,
    TEXT,
    XLSX,
    FileRefused,
    check,
    load,
    load_text,
    read_in_child,
    shown_name,
)
from nqcore.files.incoming.refusals import (
    BrokenCell,
    Damaged,
    FarCell,
    Forbidden,
    NotUtf8,
    ReadersBusy,
    TooBig,
    TooHeavy,
    UnpacksTooMuch,
    WrongKind,
)
from nqcore.files.spreadsheets.tables import read_table, table_rows
from nqcore.workspace.register.documents import docx_text, read_text
from tests.files.incoming.packages import (
    MAIN,
    OFFICE,
    SHEET,
    docx_parts,
    packed,
    understated,
    xlsx_parts,
)

BILLION = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
ZEROS = "0" * 60_000_000


def sheet(cells: str = '<c r="A1"><v>1</v></c>', before: str = "", **more: str | bytes) -> bytes:
    return packed(
        {**xlsx_parts(cells, before), **{k.replace("__", "/"): v for k, v in more.items()}}
    )


def locked(data: bytes) -> bytes:
    """Every entry marked as encrypted."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.find(mark)
        while start >= 0:
            changed[start + at] |= 1
            start = changed.find(mark, start + 4)
    return bytes(changed)


def doubled(tmp: Path) -> bytes:
    file = tmp / "d.zip"
    with zipfile.ZipFile(file, "w") as package:
        for name, content in xlsx_parts().items():
            package.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr(SHEET, xlsx_parts('<c r="A1"><v>2</v></c>')[SHEET])
    return file.read_bytes()


def comment(size: int) -> str:
    return "<!-- " + "x" * size + " -->"


HOSTILE: dict[str, tuple[str, object, type[FileRefused]]] = {
    "a zip bomb": ("b.xlsx", lambda: sheet(xl__media__x=ZEROS), UnpacksTooMuch),
    "a sheet that is a bomb": ("b.xlsx", lambda: sheet("<c><v>0</v></c>" * 400_000), UnpacksTooMuch),
    "a bomb that understates itself": (
        "b.xlsx",
        lambda: understated(sheet(xl__media__x=ZEROS), "xl/media/x", 1000),
        FileRefused,
    ),
    "too many entries": (
        "b.xlsx",
        lambda: sheet(**{f"xl__{n}": "" for n in range(XLSX.max_entries)}),
        UnpacksTooMuch,
    ),
    "a far cell": ("b.xlsx", lambda: sheet('<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>'), FarCell),
    "a far cell behind a prefix": (
        "b.xlsx",
        lambda: packed({**xlsx_parts(), SHEET: "<x:c s='1' r='A1048576' t='n'><x:v>1</x:v></x:c>"}),
        FarCell,
    ),
    "a cell beyond any sheet": ("b.xlsx", lambda: sheet('<c r="ZZZZZ1"><v>1</v></c>'), FarCell),
    "a billion laughs": ("b.xlsx", lambda: sheet(before=BILLION), Forbidden),
    "an external entity": ("b.xlsx", lambda: sheet(before=OUTSIDE), Forbidden),
    "an entity across two pieces": (
        "b.xlsx",
        lambda: packed({**xlsx_parts(), SHEET: comment(65_516) + OUTSIDE}),
        Forbidden,
    ),
    "an entity in UTF-16": ("b.xlsx", lambda: sheet(xl__x_xml=OUTSIDE) and packed(
        {**xlsx_parts(), "xl/x.xml": OUTSIDE.encode("utf-16")}), Forbidden),
    "an entity in UTF-7": ("b.xlsx", lambda: packed(
        {**xlsx_parts(), "xl/x.xml": '<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE'}), Forbidden),
    "an entity in a document": ("b.docx", lambda: packed(docx_parts(before=BILLION)), Forbidden),
    "an entity in its relations": ("b.docx", lambda: packed(
        {**docx_parts(), "word/_rels/document.xml.rels": OUTSIDE}), Forbidden),
    "macros": ("b.xlsx", lambda: sheet(xl__vbaProject_bin="") and packed(
        {**xlsx_parts(), "xl/vbaProject.bin": b"x"}), Forbidden),
    "a password": ("b.xlsx", lambda: locked(sheet()), Damaged),
    "an old .xls or a locked file": ("b.xlsx", lambda: b"\xd0\xcf\x11\xe0" + bytes(2000), WrongKind),
    "a document called a sheet": ("b.xlsx", lambda: packed(docx_parts()), WrongKind),
    "a sheet called a document": ("b.docx", sheet, WrongKind),
    "a page called a sheet": ("b.xlsx", lambda: b"<html><table>", WrongKind),
    "a program called a picture": ("b.png", lambda: b"MZ\x90\x00", WrongKind),
    "an ending that is not taken": ("b.exe", lambda: b"MZ", WrongKind),
    "two endings": ("b.xlsx.exe", sheet, WrongKind),
    "cut off": ("b.xlsx", lambda: sheet()[:-80], FileRefused),
    "empty": ("b.xlsx", lambda: b"", FileRefused),
    "one element of a megabyte": ("b.xlsx", lambda: packed(
        {**xlsx_parts(), SHEET: "<c " + os.urandom(700_000).hex()}), Damaged),
    "a body far too big": ("b.xlsx", lambda: bytes(XLSX.max_bytes + 1), TooBig),
    "a list in UTF-16, cut off": ("b.csv", lambda: "đơn vị,số".encode("utf-16")[:-1], NotUtf8),
    "a list in UTF-16 without its mark": ("b.csv", lambda: "đơn vị,số".encode("utf-16-le"), NotUtf8),
    "a list with zero bytes": ("b.csv", lambda: b"a,b\nc\0,d", NotUtf8),
    "bytes behind the end of an entry": ("b.xlsx", lambda: padded(sheet()), FileRefused),
}  # fmt: skip
WRITTEN = Path(__file__).with_name("written-by-the-child")
KINDS = (XLSX, DOCX, CSV, PDF, JPEG, PNG)


def padded(data: bytes) -> bytes:
    """A package with something before it: readers disagree on where its entries lie."""
    return b"PK\x03\x04" + bytes(100) + data


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_by_name_soon_and_in_little_memory(case: str) -> None:
    name, make, why = HOSTILE[case]
    data = make()  # type: ignore[operator]
    tracemalloc.start()
    began = time.monotonic()
    try:
        with pytest.raises(why) as wrong:
            check(name, data, KINDS)
        seconds, (_now, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert name in str(wrong.value)
    assert seconds < 10
    assert peak < len(data) + 8_000_000


def test_a_list_that_excel_saved_as_unicode_text_is_taken() -> None:
    assert check("b.txt", "đơn vị\tsố".encode("utf-16"), KINDS) is CSV


def test_an_entry_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        check("b.xlsx", doubled(tmp_path), [XLSX])


def test_a_cell_with_an_error_is_named_and_not_read_as_blank(tmp_path: Path) -> None:
    file = tmp_path / "đơn vị.xlsx"
    file.write_bytes(sheet('<c r="B1"><v>5</v></c><c r="C1" t="e"><v>#N/A</v></c>'))
    with pytest.raises(BrokenCell) as wrong:
        read_table(file)
    assert (wrong.value.params["cell"], wrong.value.params["error"]) == ("C1", "#N/A")


def test_a_percent_cell_of_a_list_is_read_as_it_is_shown(tmp_path: Path) -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="9"/></cellXfs></styleSheet>'
    parts = xlsx_parts('<c r="B1" s="1"><v>1</v></c><c r="C1"><v>1</v></c>')
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(
        "<Relationship ", f'<Relationship Id="r9" Type="{OFFICE}/styles" Target="styles.xml"/>'
        "<Relationship ", 1,
    )  # fmt: skip
    file = tmp_path / "đơn vị.xlsx"
    file.write_bytes(packed(parts | {"xl/styles.xml": styles}))
    assert read_table(file) == [["", "100%", "1"]]


def test_honest_files_pass_and_are_read(tmp_path: Path) -> None:
    file = tmp_path / "số liệu.xlsx"
    file.write_bytes(sheet('<c r="A1" t="inlineStr"><is><t>ô</t></is></c><c r="C1"><v>5</v></c>'))
    assert read_table(file) == [["ô", "", "5"]]
    word = tmp_path / "văn bản.docx"
    word.write_bytes(packed(docx_parts()))
    assert read_text(word) == "chữ"
    assert check("a.PDF", b"%PDF-1.7", KINDS) is PDF
    assert check("a.jpeg", b"\xff\xd8\xff\xe0", KINDS) is JPEG
    (tmp_path / "tin.md").write_text("\ufeffchữ")
    assert load_text(tmp_path / "tin.md", TEXT) == "chữ"


def test_far_cells_with_nothing_in_them_do_no_harm(tmp_path: Path) -> None:
    data = sheet('<c r="A1"><v>1</v></c><c r="XFD1048576" s="1"/>')
    check("b.xlsx", data, [XLSX])
    assert read_in_child(table_rows, data, file="b.xlsx")[0][0] == "1"


def test_a_device_is_not_read_for_ever(tmp_path: Path) -> None:
    link = tmp_path / "endless.csv"
    link.symlink_to("/dev/zero")
    for read in (lambda: load(link, [CSV]), lambda: load_text(link, CSV)):
        with pytest.raises(TooBig):
            read()


def test_an_entity_never_brings_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật 4711")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]>'
    body = "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"
    data = packed(docx_parts(body, before=entity))
    with pytest.raises(Forbidden):
        check("b.docx", data, [DOCX])
    # Even without the gate the reader takes nothing from outside.
    try:
        read = read_in_child(docx_text, data, file="b.docx")
    except FileRefused as wrong:
        read = str(wrong)
    assert "4711" not in read


# -- the child ------------------------------------------------------------------------------------


def endless(_data: bytes) -> None:
    while True:
        pass


def stopped(seconds: bytes) -> str:
    """A process that the machine gives no processor time for so many seconds."""
    waker = f"sleep {seconds.decode()}; kill -CONT {os.getpid()}"
    os.posix_spawn("/bin/sh", ["sh", "-c", waker], os.environ)
    os.kill(os.getpid(), signal.SIGSTOP)
    return "read"


def hungry(_data: bytes) -> int:
    return len(bytearray(2_000_000_000))


def exiting(_data: bytes) -> None:
    os._exit(0)


def leaving(_data: bytes) -> None:
    raise SystemExit(0)


def raising(_data: bytes) -> None:
    raise ZeroDivisionError("số 1310")


def refusing(_data: bytes) -> None:
    raise FarCell(file="", cell="ZZ9")


def environment(_data: bytes) -> list[str]:
    return sorted(os.environ)


def writing(_data: bytes) -> None:
    WRITTEN.write_text("x")


@pytest.mark.slow
@pytest.mark.parametrize("reader", [endless, hungry])
def test_a_reader_that_takes_too_much_is_stopped(reader: object) -> None:
    with pytest.raises(TooHeavy):
        read_in_child(reader, b"", file="b.xlsx", seconds=2, megabytes=256)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.skipif(
    os.name != "posix", reason="only there the processor time of a child is limited"
)
def test_a_small_file_on_a_busy_machine_is_read_or_comes_again_later() -> None:
    assert read_in_child(stopped, b"3", file="b.xlsx", seconds=2) == "read"
    with pytest.raises(ReadersBusy, match=r"b\.xlsx .* machine is busy. Try again"):
        read_in_child(stopped, b"8", file="b.xlsx", seconds=1)


@pytest.mark.parametrize("reader", [exiting, leaving, raising, writing])
def test_a_reader_that_breaks_is_a_damaged_file(reader: object) -> None:
    with pytest.raises(Damaged) as wrong:
        read_in_child(reader, b"", file="b.xlsx")  # type: ignore[arg-type]
    assert "1310" not in str(wrong.value)
    assert not WRITTEN.exists() or not WRITTEN.read_text()
    WRITTEN.unlink(missing_ok=True)


def test_a_readers_own_refusal_comes_through_with_the_files_name() -> None:
    with pytest.raises(FarCell, match=r"b\.xlsx: cell ZZ9"):
        read_in_child(refusing, b"", file="b.xlsx")


def test_the_child_knows_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQ_KEYS", "/secret")
    monkeypatch.setenv("DB_PASSWORD", "hunter2")
    found = read_in_child(environment, b"", file="x")
    assert not {"NQ_KEYS", "DB_PASSWORD", "HOME", "PATH"} & set(found)


def test_a_reader_that_is_not_there_is_our_fault_not_the_files() -> None:
    def inner(_data: bytes) -> None: ...

    with pytest.raises(RuntimeError):
        read_in_child(inner, b"", file="x")


@pytest.mark.slow
@pytest.mark.parametrize("byte", range(0, 1200, 7))
def test_a_flipped_byte_in_a_sheet_is_refused_or_changes_nothing(byte: int) -> None:
    data = sheet('<c r="A1"><v>1310</v></c>')
    if byte >= len(data):
        pytest.skip("behind the end")
    changed = data[:byte] + bytes([data[byte] ^ 0x20]) + data[byte + 1 :]
    try:
        check("b.xlsx", changed, [XLSX])
    except FileRefused:
        return
    # A reader may refuse it too; it may not read another figure.
    with suppress(FileRefused):
        assert table_rows(changed) == [["1310"]]


# -- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("báo cáo.xlsx", "báo cáo.xlsx"),
        ("отчёт.docx", "отчёт.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\số.xlsx", "số.xlsx"),
        ("a\u202exslx.exe", "axslx.exe"),
        ("a\0b\r\nc.pdf", "ab c.pdf"),
        ("CON", "_CON"),
        ("nul.xlsx", "_nul.xlsx"),
        ("x" * 300 + ".xlsx", "x" * 250 + ".xlsx"),
        ("ặ" * 200 + ".pdf", "ặ" * 200 + ".pdf"),
        ("...", "tệp"),
        ("", "tệp"),
        ('<img src="x">.png', "_img src=_x__.png"),
        ("\ud800.pdf", "pdf"),
    ],
)
def test_a_name_is_shown_without_what_could_do_harm(given: str, shown: str) -> None:
    assert shown_name(given) == shown
