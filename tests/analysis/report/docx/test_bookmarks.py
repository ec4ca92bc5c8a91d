"""Every printed number stands in a bookmark of its name, and a reader sees no difference."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.report.anchors import report_anchors
from nqcore.analysis.report.docx import DocxFormat
from nqcore.analysis.report.docx.words import NAMESPACES, Bookmarks, Words, runs_xml
from nqcore.analysis.report.readback import pieces_of_docx
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.typesetting import plain_breaks, unbroken
from nqcore.catalogue.contracts import Names
from nqcore.model.findings import FigureRef, Text, TiedNumber, UnitNames
from nqcore.model.reports import Paragraph, Report, Table
from nqcore.plugin import API_VERSION
from nqcore.text.printable import printable
from tests.support.bookmarks import bookmarks
from tests.support.full_report import full_report
from tests.support.report import figure


@pytest.fixture
def many(report: Report) -> Report:
    """The report, each block with a name, and with every kind of number."""
    names = UnitNames(("a", "b"), ("Xã A", "Xã B-C"))
    more = Paragraph(
        (
            Text("Nghị quyết số "),
            TiedNumber("20-NQ/TW", "over", ("x",)),
            Text(", trên "),
            TiedNumber("2.400", "over", ("x",)),
            Text(" triệu đồng tại "),
            names,
            FigureRef(figure("12")),
            FigureRef(figure("12")),
        ),
        label="-",
        block="own:1",
    )
    body = [*full_report(report).body, more]
    named = [replace(block, block=f"own:{nth}") for nth, block in enumerate(body, 2)]
    tables = [replace(one, block=f"table:{nth}") for nth, one in enumerate(report.appendix)]
    return replace(report, body=tuple(named), appendix=tuple(tables), edition="3")


def test_every_number_stands_in_the_bookmark_of_its_anchor_as_it_is_written(
    many: Report, names: Names, every_format: DocxFormat
) -> None:
    found = bookmarks(every_format.write(many, names))
    wanted = {name: one.written for name, one in report_anchors(many).items()}
    assert len(wanted) > 100
    assert {name: plain_breaks(text) for name, text in found.items()} == wanted
    assert all(len(name) <= 40 for name in found)


def test_ids_and_names_of_bookmarks_are_unique_and_each_one_ends(
    report: Report, names: Names, every_format: DocxFormat
) -> None:
    # The hand-made report names none of its blocks, so equal figures have equal names.
    body = Document(BytesIO(every_format.write(report, names))).element.body
    begun = [(e.get(qn("w:id")), e.get(qn("w:name"))) for e in body.iter(qn("w:bookmarkStart"))]
    ended = [e.get(qn("w:id")) for e in body.iter(qn("w:bookmarkEnd"))]
    assert begun
    assert max(Counter(id for id, _ in begun).values()) == 1
    assert max(Counter(name for _, name in begun).values()) == 1
    assert sorted(id for id, _ in begun) == sorted(ended)


def test_a_table_has_bookmarks_in_its_cells_and_none_in_its_head(
    many: Report, names: Names
) -> None:
    document = Document(BytesIO(DocxFormat(PARTY_2018).write(many, names)))
    heads = [row._tr for table in document.tables for row in table.rows]
    (_, *repeated) = [row for row in heads if row.findall(f".//{qn('w:tblHeader')}")]
    assert repeated
    assert not any(row.findall(f".//{qn('w:bookmarkStart')}") for row in repeated)


def test_what_a_reader_sees_is_what_the_report_says(many: Report, names: Names) -> None:
    shown = [one for one in pieces_of_docx(DocxFormat(PARTY_2018).write(many, names)) if one]
    last = many.body[-1]
    assert isinstance(last, Paragraph)
    said = " ".join(sentence_text(last.sentence).split())
    assert f"- {said}." in shown


def test_no_line_ends_between_a_number_and_the_words_that_belong_to_it() -> None:
    pieces = [
        Words("Nghị quyết số "),
        Words("20-NQ/TW", "nq_0_a"),
        Words(" và "),
        Words("16", "nq_0_b"),
    ]
    xml = runs_xml([*pieces, Words(" triệu đồng")], Bookmarks())
    made = parse_xml(f"<w:p {NAMESPACES}>{xml}</w:p>")
    assert len(made.findall(f".//{qn('w:noBreakHyphen')}")) == 1
    texts = "".join(t.text for t in made.iter(qn("w:t")))
    assert texts == "Nghị quyết số\xa020NQ/TW và 16\xa0triệu đồng"


WORDS = st.text(st.sampled_from("aĐ1 -/.20NQTW<&>\xa0"), max_size=12)


@given(st.lists(st.tuples(WORDS, st.booleans()), max_size=6))
def test_the_pieces_together_are_the_unbroken_text_whatever_they_are(
    made: list[tuple[str, bool]],
) -> None:
    pieces = [Words(text, f"nq_0_{nth}" if mark else "") for nth, (text, mark) in enumerate(made)]
    xml = runs_xml(pieces, Bookmarks())
    paragraph = parse_xml(f"<w:p {NAMESPACES}>{xml}</w:p>")
    shown = "".join(
        (item.text or "") if item.tag == qn("w:t") else "\N{NON-BREAKING HYPHEN}"
        for item in paragraph.iter(qn("w:t"), qn("w:noBreakHyphen"))
    )
    assert shown == unbroken("".join(text for text, _ in made))
    assert xml.count("<w:bookmarkStart") == sum(mark for _, mark in made)


def test_custom_properties_say_of_which_review_and_edition_the_file_is(
    report: Report, names: Names
) -> None:
    sealed = replace(report, edition="3", seal="412/ab12", boundaries="2018-10-05")
    data = DocxFormat(PARTY_2018).write(sealed, names)
    (part,) = [
        p for p in Document(BytesIO(data)).part.package.iter_parts() if "custom.xml" in p.partname
    ]
    said = part.blob.decode()
    for name, value in {
        "nq.directive": "20-NQ/TW",
        "nq.unit": "huyen",
        "nq.span": "2008..2018",
        "nq.boundaries": "2018-10-05",
        "nq.edition": "3",
        "nq.seal": "412/ab12",
        "nq.api": API_VERSION,
    }.items():
        assert f'name="{name}"><vt:lpwstr>{escape(printable(value))}</vt:lpwstr>' in said


def test_a_table_is_read_back_with_the_title_of_a_part_over_the_cells_behind_it(
    report: Report, names: Names
) -> None:
    table = Table(
        caption="Bảng",
        columns=("Mã số", "Chỉ tiêu", "2018"),
        rows=(("A", "Học tập", ""), ("A1", "Hội nghị", figure("12"))),
        sections=(0,),
    )
    data = DocxFormat(PARTY_2018).write(replace(report, body=(table,), appendix=()), names)
    grid = next(p for p in pieces_of_docx(data) if not isinstance(p, str) and p[0][0] == "Mã số")
    assert grid[1:] == (("A", "Học tập", ""), ("A1", "Hội nghị", "12"))
