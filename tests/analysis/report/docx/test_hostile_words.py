"""Whatever is typed into a text of a report comes out of every layout as that text and changes no other."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn

from nqcore.analysis.report.readback import pieces_of_docx
from nqcore.analysis.report.typesetting import plain_breaks
from nqcore.catalogue.contracts import Names
from nqcore.model.findings import Text, TiedNumber
from nqcore.model.reports import Heading, Paragraph, Report, Table
from nqcore.plugin import DocxFormat
from nqcore.text.printable import printable
from tests.support.bookmarks import bookmarks

HOSTILE = {
    "a command of a spreadsheet": "=cmd|' /C calc'!A0",
    "a formula": '=HYPERLINK("http://a.example","x")',
    "a template": "{{7*7}} ${7*7} {% x %}",
    "a script": "<script>alert(1)</script>",
    "XML": '</w:t></w:r></w:p><w:p/>&amp;&#0;]]>"',
    "a field of Word": '{ INCLUDETEXT "x" } \x13 PAGE \x14 1 \x15',
    "a turned direction": "a\u202eb\u2066c\u200fd",
    "lone surrogates": "a\ud800b\udfffc",
    "NUL and other controls": "a\x00b\x08c\x1bd\x7fe",
    "no characters": "a\ufffeb\uffffc",
    "the breaks of lines": "a\nb\r\nc\td\u2028e\x0bf",
    "letters beyond the first plane": "a\U0001f600b\U00020000c",
    "marks without end": "a" + "\u0301" * 500,
    "100 KB on one line": "x" * 100_000,
    "100 KB of words": "một hai " * 12_500,
}


def hostile_report(report: Report, evil: str) -> Report:
    """The report with that text in each of its texts."""
    letterhead = replace(
        report.letterhead,
        superior=evil,
        body=evil,
        place=evil,
        symbol=evil,
        authority=evil,
        post=evil,
        signer=evil,
        recipients=(evil, evil),
    )
    table = Table(
        caption=evil,
        columns=(evil, "Số"),
        rows=((evil, evil), ("A", "")),
        notes=(evil,),
        sections=(1,),
    )
    body = (
        *(Heading(evil, level) for level in (0, 1, 2, 3)),
        Paragraph((Text(evil), TiedNumber(evil, "over", ("x",))), label=evil, block="own:1"),
        table,
    )
    return replace(
        report,
        directive=evil,
        unit=evil,
        period=evil,
        type=evil,
        title=evil,
        letterhead=letterhead,
        body=body,
        appendix=(table,),
        coverage=evil,
        seal=f"1/{evil}",
        number=evil,
        to=(evil, evil),
        edition="3",
        marks=(evil,),
    )


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_come_out_as_text(
    report: Report, names: Names, every_format: DocxFormat, evil: str
) -> None:
    data = every_format.write(hostile_report(report, evil), names)
    shown = [plain_breaks(one) for one in pieces_of_docx(data) if isinstance(one, str)]
    said = " ".join(plain_breaks(printable(evil)).split())
    assert sum(said in one for one in shown) > 5
    harmless = Document(BytesIO(every_format.write(hostile_report(report, "vô hại"), names)))
    opened = Document(BytesIO(data))
    assert structure(opened) == structure(harmless)


def test_an_edition_that_is_no_part_of_a_name_gives_no_bookmark(
    report: Report, names: Names, every_format: DocxFormat
) -> None:
    assert bookmarks(every_format.write(report, names))
    assert bookmarks(every_format.write(replace(report, edition='3"/>'), names)) == {}


def structure(document: DocxDocument) -> list[str]:
    """The elements of the body without those that only hold a text."""
    texts = {qn("w:t"), qn("w:noBreakHyphen"), qn("w:r"), qn("w:rPr"), qn("w:sz"), qn("w:szCs")}
    body = document.element.body
    return [item.tag for item in body.iter() if item.tag not in texts]
