"""`nq cite`: citations in files and standard input, and with a register."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any
from unicodedata import normalize

import docx
import pytest
from click.testing import CliRunner, Result

from nqcore.catalogue import parse_definitions
from nqcore.cli import main
from nqcore.files.incoming import DOCX, FileRefused
from nqcore.workspace.register.documents import read_text
from tests.workspace.register.test_draft import links
from tests.workspace.register.texts import FIVE, PLAN


def nq(*args: object, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *map(str, args)], input=input)


def cited(*args: object, input: str | bytes | None = None) -> list[dict[str, Any]]:
    result = nq("cite", "--json", *args, input=input)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def numbers(found: list[dict[str, Any]]) -> list[str]:
    return [f"{c['number']}-{c['type']}/{c['issuer']}" for c in found]


# -- files -----------------------------------------------------------------------------------------


def test_each_citation_is_one_line_of_json_with_the_promised_keys_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIVE, "utf-8")
    found = cited(tmp_path / "a.txt")
    assert numbers(found) == [
        "20-NQ/TW",
        "79-KL/TW",
        "13-NQ/TU",
        "70-KH/HU",
        "80-KL/TW",
        "20-NQ/TW",
        "70-KH/HU",
    ]
    keys = ["text", "start", "end", "number", "year", "type", "issuer", "date", "kind", "partial"]
    assert all(list(c) == keys for c in found)
    assert found[4]["date"] == "2010-07-29"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_offsets_are_those_of_the_decoded_text_with_its_line_ends_untouched(
    tmp_path: Path, end: str
) -> None:
    text = FIVE.replace("\n", end) + f"thực hiện Kết luận{end}số 79-KL/TW"
    (tmp_path / "a.txt").write_bytes(text.encode())
    found = cited(tmp_path / "a.txt")
    assert len(found) == 8
    for citation in found:
        assert text[citation["start"] : citation["end"]] == citation["text"]
    assert cited(input=text.encode()) == found


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + "Nghị quyết số 20-NQ/TW".encode())
    assert cited(tmp_path / "a.txt")[0]["start"] == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_text_in_utf_16_is_read_by_its_mark(tmp_path: Path, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    data = mark + "thực hiện Nghị quyết số 20-NQ/TW".encode(encoding)
    (tmp_path / "a.txt").write_bytes(data)
    (found,) = cited(tmp_path / "a.txt")
    assert (found["text"], found["start"]) == ("Nghị quyết số 20-NQ/TW", 10)
    assert cited(input=data) == [found]


def test_decomposed_text_keeps_its_own_offsets(tmp_path: Path) -> None:
    text = normalize("NFD", FIVE)
    (tmp_path / "a.txt").write_text(text, "utf-8")
    found = cited(tmp_path / "a.txt")
    assert numbers(found) == numbers(cited(input=FIVE))
    for citation in found:
        assert text[citation["start"] : citation["end"]] == citation["text"]


def test_several_files_are_told_apart_and_a_dash_is_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kết luận số 79-KL/TW", "utf-8")
    result = nq("cite", tmp_path / "a.txt", "-", input="Chỉ thị số 12/CT-TTg, ngày 29/7/2010")
    assert result.stdout.splitlines() == [
        "a.txt:0-20  Kết luận số 79-KL/TW",
        "-:0-20  Chỉ thị số 12/CT-TTg  2010-07-29",
    ]


def word(path: Path) -> docx.document.Document:
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "HUYỆN ỦY TÂN HÒA"
    head.cell(1, 0).text = "Số 70-KH/HU"
    head.cell(0, 1).merge(head.cell(1, 1)).text = "Tân Hòa, ngày 12 tháng 5 năm 2014"
    document.add_paragraph("KẾ HOẠCH")
    broken = document.add_paragraph("thực hiện Nghị ")
    broken.add_run("quyết số ")
    broken.add_run("20-NQ/TW")
    inner = document.add_table(rows=1, cols=1).cell(0, 0)
    inner.text = "Kết luận số 79-KL/TW"
    inner.add_table(rows=1, cols=1).cell(0, 0).text = "Kết luận số 80-KL/TW"
    document.save(str(path))
    return document


def test_a_word_file_is_read_by_paragraphs_tables_in_their_place_and_merged_cells_once(
    tmp_path: Path,
) -> None:
    word(tmp_path / "a.docx")
    found = cited(tmp_path / "a.docx")
    assert numbers(found) == ["70-KH/HU", "20-NQ/TW", "79-KL/TW", "80-KL/TW"]
    assert found[0]["date"] == "2014-05-12"
    lines = [line for line in read_text(tmp_path / "a.docx").split("\n") if line]
    assert lines == [
        "HUYỆN ỦY TÂN HÒA",
        "Tân Hòa, ngày 12 tháng 5 năm 2014",
        "Số 70-KH/HU",
        "KẾ HOẠCH",
        "thực hiện Nghị quyết số 20-NQ/TW",
        "Kết luận số 79-KL/TW",
        "Kết luận số 80-KL/TW",
    ]


def rewritten(path: Path, change: dict[str, str]) -> None:
    """The package with changes in the text of its document."""
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    main_part = parts["word/document.xml"].decode()
    for old, new in change.items():
        assert old in main_part
        main_part = main_part.replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, data in (parts | {"word/document.xml": main_part.encode()}).items():
            package.writestr(entry, data)


def test_hyphens_that_do_not_break_and_what_was_inserted_are_read_and_what_was_deleted_is_not(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.docx"
    word(path)
    rewritten(
        path,
        {
            "<w:t>20-NQ/TW</w:t></w:r>": "<w:t>20</w:t><w:noBreakHyphen/><w:t>NQ/TW</w:t></w:r>"
            '<w:ins w:id="1" w:author="a"><w:r><w:t>, Kết luận số 81-KL/TW</w:t></w:r></w:ins>'
            '<w:del w:id="2" w:author="a"><w:r><w:delText>, Kết luận số 82-KL/TW</w:delText></w:r></w:del>'
        },
    )
    assert numbers(cited(path))[1:3] == ["20-NQ/TW", "81-KL/TW"]
    assert "82" not in read_text(path)


HEADS = [
    [
        [
            "HUYỆN ỦY TÂN HÒA\n*\nSố 70-KH/HU",
            "ĐẢNG CỘNG SẢN VIỆT NAM\nTân Hòa, ngày 12 tháng 5 năm 2014",
        ]
    ],
    [
        ["HUYỆN ỦY TÂN HÒA", "ĐẢNG CỘNG SẢN VIỆT NAM"],
        ["Số 70-KH/HU", "Tân Hòa, ngày 12 tháng 5 năm 2014"],
    ],
    [
        [
            "ĐẢNG CỘNG SẢN VIỆT NAM\nTân Hòa, ngày 12 tháng 5 năm 2014",
            "HUYỆN ỦY TÂN HÒA\n*\nSố 70-KH/HU",
        ]
    ],
    [["Số", "70-KH/HU", "Tân Hòa,", "ngày 12 tháng 5 năm 2014"]],
    [["HUYỆN ỦY TÂN HÒA", "Tân Hòa, ngày 12 tháng 5 năm 2014"], ["Số: 70-KH/HU", ""]],
]


@pytest.mark.parametrize("cells", HEADS)
def test_number_and_day_of_the_document_itself_are_found_across_its_head_table(
    tmp_path: Path, cells: list[list[str]]
) -> None:
    document = docx.Document()
    table = document.add_table(rows=len(cells), cols=len(cells[0]))
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Căn cứ Kết luận số 79-KL/TW của Bộ Chính trị, tỉnh họp ngày 05/3/2014")
    document.save(str(tmp_path / "a.docx"))
    found = cited(tmp_path / "a.docx")
    assert [(c["number"], c["date"]) for c in found] == [("70", "2014-05-12"), ("79", None)]


NOTES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:{kind}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>
<w:{kind} w:id="1"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{kind}></w:{kind}s>"""


def test_page_headers_footers_footnotes_and_endnotes_of_a_word_file_are_read(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    document.add_paragraph("thực hiện Nghị quyết số 20-NQ/TW")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Số 70-KH/HU\tTân Hòa, ngày 12 tháng 5 năm 2014"
    section.footer.paragraphs[0].text = "Kèm theo Kế hoạch số 71-KH/HU"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = section.header.paragraphs[0].text
    path = tmp_path / "a.docx"
    document.save(str(path))
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    links, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    for n, (kind, words) in enumerate(
        {"footnote": "Quy định số 08-QĐi/TW", "endnote": "Kết luận số 80-KL/TW"}.items()
    ):
        parts[f"word/{kind}s.xml"] = NOTES.format(kind=kind, words=words).encode()
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        link = f'<Relationship Id="rN{n}" Type="{office}/{kind}s" Target="{kind}s.xml"/>'
        parts[links] = parts[links].replace(b"</Relationships>", f"{link}</Relationships>".encode())
        media = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        entry = f'<Override PartName="/word/{kind}s.xml" ContentType="{media}.{kind}s+xml"/>'
        parts[types] = parts[types].replace(b"</Types>", f"{entry}</Types>".encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    found = cited(path)
    assert numbers(found) == ["70-KH/HU", "20-NQ/TW", "71-KH/HU", "08-QĐi/TW", "80-KL/TW"]
    assert found[0]["date"] == "2014-05-12"
    text = read_text(path)
    assert all(text[c["start"] : c["end"]] == c["text"] for c in found)


# -- what cannot be read -----------------------------------------------------------------------------


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"<Types/>")
        package.writestr("word/document.xml", b"0" * 60 * 1024 * 1024)


def many(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", b"<Types/>")
        package.writestr("word/document.xml", b"<document/>")
        for nth in range(DOCX.max_entries + 1):
            package.writestr(f"{nth}", b"")


def no_word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("x.txt", b"x")


def broken_xml(path: Path) -> None:
    word(path)
    rewritten(path, {"</w:body>": ""})


def entities(path: Path) -> None:
    word(path)
    rewritten(path, {"<w:body>": "<w:body>&undefined;"})


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("old.txt", "Uû ban nh©n d©n".encode("latin-1"), "is not text in UTF-8 (line 1)"),
        ("cut.txt", "Nghị quyết".encode("utf-16")[:-1], "is not text in UTF-8 (line 1)"),
        ("list.xlsx", b"PK\x03\x04", "is no text and no Word file (.docx). Open it, copy its text"),
        ("list", b"PK\x03\x04", "is no text and no Word file (.docx). Open it, copy its text"),
        (
            "report.pdf",
            b"%PDF-1.7\n",
            "is no text and no Word file (.docx). Open it, copy its text",
        ),
        (
            "whole.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "is no text and no Word file (.docx). Open it",
        ),
        ("old.doc", b"\xd0\xcf\x11\xe0", "is not text in UTF-8"),
        ("text.docx", FIVE.encode(), "not a file of the kind Word (.docx)"),
        ("empty.docx", b"", "is empty"),
        ("zip.docx", no_word, "not a file of the kind Word (.docx)"),
        ("xml.docx", broken_xml, "is damaged"),
        ("entity.docx", entities, "is damaged"),
        ("bomb.docx", bomb, "unpacks to too much"),
        ("many.docx", many, "unpacks to too much"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_that_says_what_to_do(
    tmp_path: Path, name: str, content: object, words: str
) -> None:
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content(path)  # type: ignore[operator]
    result = nq("cite", path)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert name in line
    assert words in line
    assert re.search("[Ss]ave it|[Ss]ave its|choose it again|copy its text", line)


def test_a_damaged_word_file_is_refused_wherever_the_damage_is(tmp_path: Path) -> None:
    word(tmp_path / "a.docx")
    data = (tmp_path / "a.docx").read_bytes()
    for at in range(0, len(data), 997):
        path = tmp_path / "damaged.docx"
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        try:
            read_text(path)
        except FileRefused:
            continue


def test_standard_input_that_is_not_utf8_and_a_file_that_is_not_there_are_refused() -> None:
    assert nq("cite", input=b"\xff\xfd").exit_code == 2
    assert nq("cite", "nowhere.txt").exit_code == 2
    assert nq("cite", "--json", "--register", input="x").exit_code == 2


# -- with a register -----------------------------------------------------------------------------


def test_several_files_give_one_register(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    (tmp_path / "b.txt").write_text(FIVE, "utf-8")
    result = nq("cite", "--register", tmp_path / "a.txt", tmp_path / "b.txt")
    found = parse_definitions("stub.toml", result.stdout)
    assert len({d.number for d in found.directives}) == len(found.directives) == 7


def test_with_a_workspace_each_citation_says_what_it_means_there(demo_folder: Path) -> None:
    text = "Nghị quyết số 20-NQ/TW; Kết luận số 80-KL/TW, ngày 30/7/2010; Nghị quyết số 21-NQ/TW"
    found = cited("-w", demo_folder, input=text)
    assert [(c["directives"], c["contradicts"]) for c in found] == [
        (["20-nq-tw.2008-01-28"], False),
        (["80-kl-tw.2010-07-29"], True),
        ([], False),
    ]
    lines = nq("cite", "-w", demo_folder, input=text).stdout.splitlines()
    assert lines[0].endswith("= 20-nq-tw.2008-01-28")
    assert lines[1].endswith("= 80-kl-tw.2010-07-29, but of 2010-07-29")
    assert lines[2].endswith("? not in the register")


def test_what_a_workspace_has_already_is_not_drafted_again(demo_folder: Path) -> None:
    text = PLAN.replace("Số 70-KH/HU", "Số 71-KH/HU")
    stub = nq("cite", "--register", "-w", demo_folder, input=text).stdout
    found = parse_definitions("stub.toml", stub)
    assert [d.number for d in found.directives] == ["71-KH/HU", "31-HD/BTCTW", "12-KH/HU"]
    assert ("71-KH/HU", "implements", "20-nq-tw.2008-01-28") in links(found)
    assert "# Kết luận số 79-KL/TW: the register has it, as 79-kl-tw.2013-12-25." in stub
