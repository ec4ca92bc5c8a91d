"""Words that somebody wrote to do harm come out as words, in every format that is built in or bundled."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pytest

from nq_spreadsheet.format import SpreadsheetFormat
from nqcore.analysis.report.html_format import HtmlFormat
from nqcore.analysis.report.json_format import JsonFormat
from nqcore.analysis.report.markdown_format import MarkdownFormat
from nqcore.catalogue.contracts import Names
from nqcore.model.findings import Text, TiedNumber, UnitNames
from nqcore.model.reports import Heading, Paragraph, Report, Table
from nqcore.plugin import CellTooLong
from nqcore.text.printable import printable

LONG = "x" * 100_000
WORDS = {
    "formula": "=cmd|' /C calc'!A0",
    "template": "{{7*7}} ${7*7} {0.__class__} %s",
    "script": "<script>alert(1)</script>",
    "attribute": "\"'><img src=x onerror=alert(1)>",
    "markdown": "[a](javascript:alert(1)) `b` **c** | d # e\\",
    "direction": "a\u202egnp.exe",
    "surrogate": "a\ud800b\udfff",
    "null": "a\x00b\x1b[31m",
    "lines": "a\r\n# b\u2028c",
    "long": LONG,
}


def hostile(report: Report, words: str) -> Report:
    """The report with the words in every place that takes some."""
    head = replace(
        report.letterhead, superior=words, body=words, place=words, symbol=words, authority=words,
        post=words, signer=words, recipients=(words, words),
    )  # fmt: skip
    cells = (words, TiedNumber(text=words, how=words, of=(words,)))
    table = Table(
        caption=words, columns=(words, words), rows=(cells, (words, words)), notes=(words,),
        block=words, sections=(1,),
    )  # fmt: skip
    paragraph = Paragraph(
        (Text(words), TiedNumber(text=words, how=words, of=()), UnitNames((words,), (words,))),
        label=words,
        finding=words,
        block=words,
    )
    return replace(
        report, type=words, title=words, coverage=words, seal=words, number=words, to=(words, words),
        edition="1", outline=words, remarks=(words,), letterhead=head,
        body=(Heading(words, 0), Heading(words), Heading(words, 2), paragraph, table),
        appendix=(table,),
    )  # fmt: skip


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def _html(data: bytes) -> str:
    page = _Page(data.decode("utf-8"))
    assert not page.tags & {"script", "img", "link", "iframe"}
    style = data.decode("utf-8").partition("<style>")[2].partition("</style>")[0]
    assert "<" not in style
    assert "url(" not in style
    return page.text


def _json(data: bytes) -> str:
    return str(json.loads(data.decode("utf-8"))["title"])


def _markdown(data: bytes) -> str:
    text = data.decode("utf-8")
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"(?<!\\)`", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}, "no cell is broken"
    return re.sub(r"\\([\W_])", r"\1", text)


def _xlsx(data: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    return " ".join(str(cell.value) for cell in cells if cell.value)


FORMATS: dict[str, tuple[Callable[[Report, Names], bytes], Callable[[bytes], str]]] = {
    "html": (HtmlFormat().write, _html),
    "json": (JsonFormat().write, _json),
    "markdown": (MarkdownFormat().write, _markdown),
    "xlsx": (SpreadsheetFormat().write, _xlsx),
}


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("format", FORMATS)
def test_hostile_words_come_out_as_words(
    report: Report, names: Names, format: str, kind: str
) -> None:
    write, read = FORMATS[format]
    told = hostile(report, WORDS[kind])
    if (format, kind) == ("xlsx", "long"):
        with pytest.raises(CellTooLong):
            write(told, names)
        return
    shown = " ".join(read(write(told, names)).split())
    assert " ".join(printable(WORDS[kind]).split()).rstrip("\\") in shown
    assert not set(shown) & set("\x00\x1b\u202e\ud800\u2028")
