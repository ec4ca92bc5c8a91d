"""`nq cite`: citations in files and standard input, and a first register drafted from a text."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from unicodedata import normalize

import docx
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.catalogue import Definitions, Plugins, build_catalogue, parse_definitions
from nqcore.cli import main
from nqcore.files.incoming import DOCX, FileRefused
from nqcore.model.directives import Directive, Directives
from nqcore.text.citations import find_citations
from nqcore.text.folding import nfc
from nqcore.workspace.register.documents import read_text
from nqcore.workspace.register.draft import draft_register
from tests.support.small import plugin

# A text of our own with the seed's five documents: no letterhead, no number of its own.
FIVE = """Tại Hội nghị, cấp ủy đề ra các giải pháp sau:
1. Tiếp tục phổ biến Nghị quyết số 20-NQ/TW của Trung ương, Kết luận số 79-KL/TW của Bộ Chính trị và \
Chương trình hành động số 13-NQ/TU của Ban Thường vụ Tỉnh ủy và Kế hoạch số 70-KH/HU của Ban Thường vụ \
Huyện ủy về tiếp tục xây dựng giai cấp công nhân, gắn với Kết luận số 80-KL/TW, ngày 29/7/2010 của Ban \
Bí thư Trung ương Đảng, các quy định về xây dựng tổ chức Đảng trong doanh nghiệp.
2. Kiểm tra việc thực hiện Nghị quyết số 20-NQ/TW của Trung ương và Kế hoạch số 70-KH/HU.
"""

PLAN = """ĐẢNG BỘ TỈNH MẪU
HUYỆN ỦY TÂN HÒA
*
Số 70-KH/HU

Tân Hòa, ngày 12 tháng 5 năm 2014

KẾ HOẠCH
thực hiện Nghị quyết số 20-NQ/TW, ngày 28/01/2008 của Ban Chấp hành Trung ương Đảng (khóa X) về tiếp \
tục xây dựng giai cấp công nhân
-----

Căn cứ Hướng dẫn số 31-HD/BTCTW, ngày 05/3/2014 của Ban Tổ chức Trung ương;
Căn cứ Chương trình hành động số 13-NQ/TU của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Huyện ủy ban hành \
Kế hoạch thực hiện Nghị quyết số 20-NQ/TW và Kết luận số 79-KL/TW, ngày 25/12/2013 của Bộ Chính trị \
như sau:
1. Các chi bộ thực hiện Kế hoạch này, gắn với Kết luận số 80-KL/TW của Ban Bí thư.
2. Kế hoạch này thay thế Kế hoạch số 12-KH/HU, ngày 01/02/2009 của Ban Thường vụ Huyện ủy.
"""


def nq(*args: object, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *map(str, args)], input=input)


def cited(*args: object, input: str | bytes | None = None) -> list[dict[str, object]]:
    result = nq("cite", "--json", *args, input=input)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def numbers(found: list[dict[str, object]]) -> list[str]:
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
        assert text[citation["start"] : citation["end"]] == citation["text"]  # type: ignore[misc]
    assert cited(input=text.encode()) == found


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + "Nghị quyết số 20-NQ/TW".encode())
    assert cited(tmp_path / "a.txt")[0]["start"] == 0


def test_decomposed_text_keeps_its_own_offsets(tmp_path: Path) -> None:
    text = normalize("NFD", FIVE)
    (tmp_path / "a.txt").write_text(text, "utf-8")
    found = cited(tmp_path / "a.txt")
    assert numbers(found) == numbers(cited(input=FIVE))
    for citation in found:
        assert text[citation["start"] : citation["end"]] == citation["text"]  # type: ignore[misc]


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
    assert numbers(cited(tmp_path / "a.docx")) == ["70-KH/HU", "20-NQ/TW", "79-KL/TW", "80-KL/TW"]
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
        ("note.txt", "Nghị quyết".encode("utf-16"), "is not text in UTF-8 (line 1)"),
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
    assert re.search("[Ss]ave it|[Ss]ave its|choose it again", line)


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
    assert nq("cite", input=b"\xff\xfe").exit_code == 2
    assert nq("cite", "nowhere.txt").exit_code == 2
    assert nq("cite", "--json", "--register", input="x").exit_code == 2


# -- a first register --------------------------------------------------------------------------------


def pack(text: str) -> Definitions:
    """The stub of `text` as a plugin would read it, before anybody completed it."""
    return parse_definitions("stub.toml", draft_register(text))


def links(definitions: Definitions) -> set[tuple[str, str, str]]:
    return {(link.source, link.kind.value, link.target) for link in definitions.links}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_stub_of_a_text_with_the_five_documents_has_these_five(form: str) -> None:
    found = pack(normalize(form, FIVE))  # type: ignore[arg-type]
    assert [(d.type, d.number, d.issuer, d.body, d.date) for d in found.directives] == [
        ("Nghị quyết", "20-NQ/TW", "TW", "Trung ương", None),
        ("Kết luận", "79-KL/TW", "TW", "Bộ Chính trị", None),
        ("Chương trình hành động", "13-NQ/TU", "TU", "Ban Thường vụ Tỉnh ủy", None),
        ("Kế hoạch", "70-KH/HU", "HU", "Ban Thường vụ Huyện ủy", None),
        ("Kết luận", "80-KL/TW", "TW", "Ban Bí thư Trung ương Đảng", date(2010, 7, 29)),
    ]
    assert found.directives[3].title == "về tiếp tục xây dựng giai cấp công nhân"
    # Who carries out whom the text does not say; that 80-KL/TW goes along it does.
    assert links(found) == {("80-KL/TW", "goes_with", "20-NQ/TW")}
    stub = draft_register(FIVE)
    assert stub == nfc(stub)
    assert '# source = "70-KH/HU"\n# kind = "implements"\n# target = "13-NQ/TU"' in stub
    assert "the type and the symbol do not fit" in stub


def test_the_stub_reads_before_and_after_it_is_completed_and_gives_a_register() -> None:
    for text in (FIVE, PLAN, PLAN.replace("Số 70-KH/HU", "Số      -KH/HU")):
        for stub in (draft_register(text), draft_register(text).replace("…", "điền sau")):
            tomllib.loads(stub)
            catalogue = build_catalogue(
                Plugins([], modules=[("nq_draft", plugin("nq_draft", stub))])
            )
            assert catalogue.faults == ()
            assert catalogue.unresolved == ()


def test_a_plan_says_what_it_carries_out_what_it_rests_on_and_what_it_replaces() -> None:
    found = pack(PLAN)
    own = found.directives[0]
    assert (own.type, own.number, own.date) == ("Kế hoạch", "70-KH/HU", date(2014, 5, 12))
    assert own.title.startswith("thực hiện Nghị quyết số 20-NQ/TW, ngày 28/01/2008")
    assert links(found) == {
        ("70-KH/HU", "implements", "20-NQ/TW"),
        ("70-KH/HU", "implements", "79-KL/TW"),
        ("70-KH/HU", "guided_by", "31-HD/BTCTW"),
        ("70-KH/HU", "guided_by", "13-NQ/TU"),
        ("70-KH/HU", "goes_with", "80-KL/TW"),
        ("70-KH/HU", "replaces", "12-KH/HU"),
    }
    resolution = next(d for d in found.directives if d.number == "20-NQ/TW")
    assert resolution.body == "Ban Chấp hành Trung ương Đảng"
    assert resolution.title == "về tiếp tục xây dựng giai cấp công nhân"
    assert next(d for d in found.directives if d.number == "79-KL/TW").body == "Bộ Chính trị"


def test_a_plan_whose_number_is_still_blank_is_a_document_of_its_own() -> None:
    found = pack(PLAN.replace("Số 70-KH/HU", "Số      -KH/HU"))
    assert (found.directives[0].number, found.directives[0].issuer) == ("…-KH/HU", "HU")
    assert ("…-KH/HU", "implements", "20-NQ/TW") in links(found)


@pytest.mark.parametrize(
    ("sentence", "tie"),
    [
        (
            "Kết luận số 79-KL/TW về đẩy mạnh thực hiện Nghị quyết số 20-NQ/TW",
            ("79-KL/TW", "concludes", "20-NQ/TW"),
        ),
        (
            "Chương trình hành động số 13-NQ/TU của Ban Thường vụ Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW",
            ("13-NQ/TU", "implements", "20-NQ/TW"),
        ),
        (
            "Nghị định số 148/2020/NĐ-CP ngày 18/12/2020 của Chính phủ sửa đổi, bổ sung một số điều của "
            "Nghị định số 43/2014/NĐ-CP",
            ("148/2020/NĐ-CP", "amends", "43/2014/NĐ-CP"),
        ),
        (
            "Quyết định số 5-QĐ/HU thay thế Quyết định số 4-QĐ/HU",
            ("5-QĐ/HU", "replaces", "4-QĐ/HU"),
        ),
    ],
)
def test_what_one_cited_document_does_to_another_is_not_put_to_the_text_itself(
    sentence: str, tie: tuple[str, str, str]
) -> None:
    assert links(pack(f"Theo báo cáo, {sentence}.")) == {tie}


def test_documents_of_a_joint_list_get_the_symbol_of_its_end() -> None:
    found = pack("Triển khai các Nghị quyết số 18, 19-NQ/TW và các Nghị định số 12, 13/2015/NĐ-CP.")
    assert [d.number for d in found.directives] == [
        "18-NQ/TW",
        "19-NQ/TW",
        "12/2015/NĐ-CP",
        "13/2015/NĐ-CP",
    ]


def test_one_number_with_two_days_is_two_documents_and_links_say_which() -> None:
    found = pack(
        "Số 5-KH/HU\nKẾ HOẠCH\nthực hiện Nghị quyết số 20-NQ/TW, ngày 28/01/2008 và Nghị quyết số "
        "20-NQ/TW, ngày 01/11/2012"
    )
    assert [d.date for d in found.directives[1:]] == [date(2008, 1, 28), date(2012, 11, 1)]
    assert {target for _, _, target in links(found)} == {
        "20-NQ/TW@2008-01-28",
        "20-NQ/TW@2012-11-01",
    }


def test_writings_of_one_number_are_one_document_and_short_ones_are_listed_apart() -> None:
    stub = draft_register("NQ số 20-NQ/TƯ; NGHỊ QUYẾT SỐ 20 – NQ/TW; Nghị quyết 20/NQ-TW; KL 80")
    found = parse_definitions("stub.toml", stub)
    assert [(d.type, d.number) for d in found.directives] == [("Nghị quyết", "20-NQ/TƯ")]
    assert "without a whole number:\n#   KL 80" in stub


def test_several_files_give_one_register(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    (tmp_path / "b.txt").write_text(FIVE, "utf-8")
    result = nq("cite", "--register", tmp_path / "a.txt", tmp_path / "b.txt")
    found = parse_definitions("stub.toml", result.stdout)
    assert len({d.number for d in found.directives}) == len(found.directives) == 7


PIECES = (
    *("Số ", "-KH/HU", "Nghị quyết số 20-NQ/TW", "KẾ HOẠCH", "Kết luận số 79-KL/TW", " của "),
    *(", ngày 29/7/2010", "\n", "\r\n", '"', "\\", "về việc", " thực hiện ", "Căn cứ ", "…", ";"),
    *("Bộ Chính trị", "\x00", "\x85", " "),
)


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=30,
    ).map("".join)
)
def test_whatever_the_text_the_stub_can_be_read(text: str) -> None:
    found = pack(text)
    assert {d.number for d in found.directives} >= {
        link.source.partition("@")[0] for link in found.links
    }


# -- what a citation means in a register -------------------------------------------------------------


def directive(id: str, number: str, day: str | None, type: str = "Nghị quyết") -> Directive:
    return Directive(
        id=id,
        type=type,
        number=number,
        issuer=number.partition("/")[2],
        body="b",
        title="t",
        date=date.fromisoformat(day) if day else None,
    )


REGISTER = Directives(
    [
        directive("x", "20-NQ/TW", "2008-01-28"),
        directive("xi", "20-NQ/TW", "2012-11-01"),
        directive("kl80", "80-KL/TW", "2010-07-29", "Kết luận"),
        directive("ct", "13-NQ/TU", None, "Chương trình hành động"),
        directive("nd", "30/2020/NĐ-CP", "2020-03-05", "Nghị định"),
    ]
)


@pytest.mark.parametrize(
    ("text", "ids", "contradicts"),
    [
        ("Nghị quyết số 20-NQ/TW, ngày 28/01/2008", ["x"], False),
        ("Nghị quyết số 20-NQ/TW", ["x", "xi"], False),
        ("Nghị quyết số 20/NQ-TW ngày 1/11/2012", ["xi"], False),
        ("Nghị quyết số 20-NQ/TW, ngày 29/01/2008", ["x", "xi"], True),
        ("Kết luận số 80-KL/TW, ngày 30/7/2010", ["kl80"], True),
        ("theo KL 80", ["kl80"], False),
        ("Kết luận số 080-KL/TW", ["kl80"], False),
        ("Chương trình hành động số 13-NQ/TU, ngày 1/1/2009", ["ct"], False),
        ("Nghị định số 30/2020/NĐ-CP", ["nd"], False),
        ("Nghị định số 30/2021/NĐ-CP", [], False),
        ("Nghị quyết số 21-NQ/TW", [], False),
        ("Nghị quyết số 20-NQ/TU", [], False),
    ],
)
def test_a_citation_is_one_document_or_several_or_none_and_never_guessed(
    text: str, ids: list[str], contradicts: bool
) -> None:
    for form in ("NFC", "NFD"):
        (citation,) = find_citations(normalize(form, text))  # type: ignore[arg-type]
        found = REGISTER.resolve(citation)
        assert [d.id for d in found.candidates] == ids
        assert found.contradicts is contradicts
        assert (found.directive is not None) is (len(ids) == 1)


def test_a_text_cites_nothing_that_did_not_exist_on_its_day() -> None:
    (citation,) = find_citations("Nghị quyết số 20-NQ/TW")
    assert [d.id for d in REGISTER.resolve(citation, at=date(2010, 1, 1)).candidates] == ["x"]
    assert [d.id for d in REGISTER.resolve(citation, at=date(2012, 11, 1)).candidates] == [
        "x",
        "xi",
    ]
    assert REGISTER.resolve(citation, at=date(2000, 1, 1)).candidates == ()


def test_a_number_that_only_ends_alike_is_another_document() -> None:
    odd = Directives([directive("odd", "0-A", None)])
    (citation,) = find_citations("Nghị quyết số 20-NQ/TW")
    assert odd.resolve(citation).candidates == ()


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
