"""The report as HTML: safe, without script, each figure a link to where it comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from nqcore.analysis.report.html_format import HtmlFormat, fragment
from nqcore.analysis.report.html_style import STYLE
from nqcore.analysis.report.sentences import figure_text
from nqcore.catalogue.contracts import Names
from nqcore.model.figures import Figure
from nqcore.model.findings import Text
from nqcore.model.reports import Heading, Paragraph, Report, Table

VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Collects tags, attributes and the text of links; refuses tags that do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[tuple[str | None, str]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append((dict(attrs)["href"], ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.open and self.open[-1] == "a":
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)


def href(figure: Figure) -> str:
    return f"/so-lieu?id={figure.id}&x=\"'<"


def test_every_figure_is_a_link_in_order(report: Report, names: Names) -> None:
    read = Reader(str(fragment(report, names, href)))
    assert read.links == [(href(f), figure_text(f)) for f in report.figures]
    assert all(a["class"] == "sl" for tag, a in read.tags if tag == "a")


def test_the_classes_are_those_of_the_stylesheet(report: Report, names: Names) -> None:
    read = Reader(str(fragment(report, names, href)))
    classes = {name for _, a in read.tags for name in (a.get("class") or "").split()}
    assert {"a4", "quoc-hieu", "ten-vb", "sl", "so", "gach", "ky", "ben"} <= classes


def test_a_gap_is_marked_noted_and_told_at_the_figure(report: Report, names: Names) -> None:
    html = str(fragment(report, names, href))
    read = Reader(html)
    titles = [a["title"] for tag, a in read.tags if tag == "a" and "title" in a]
    assert "có 11 trong 12 báo cáo; thiếu: Công ty TNHH May Tân Hòa" in titles
    assert "9.727</a>*</td>" in html
    assert "* Chưa đủ số liệu: cột “2017” lấy số của kỳ trước: Xã Tân An." in read.text


def test_a_row_is_named_by_its_words_and_not_by_its_number(report: Report, names: Names) -> None:
    html = str(fragment(report, names))
    assert '<tr><td>1</td><th scope="row">Khu vực nhà nước</th>' in html
    coded = Table(caption="", columns=("Mã số", "Chỉ tiêu"), rows=(("A1", "Số hội nghị"),))
    html = str(fragment(replace(report, body=(coded,), appendix=()), names))
    assert '<tr><td>A1</td><th scope="row">Số hội nghị</th>' in html


def test_the_signs_of_notes_lead_to_small_print_and_the_annex_names_its_document(
    report: Report, names: Names
) -> None:
    note = Paragraph((Text("Theo 11 trong 12 báo cáo."),), label="¹", note=True)
    html = str(fragment(replace(report, body=(*report.body, note)), names))
    assert '<p class="chu-thich">¹ Theo 11 trong 12 báo cáo.</p>' in html
    assert "(Kèm theo Báo cáo số" in html


def test_a_body_with_nothing_above_it_that_signs_in_its_own_name_has_no_empty_lines(
    report: Report, names: Names
) -> None:
    letterhead = replace(report.letterhead, superior="", authority="", signer="Nguyễn Văn A")
    html = str(fragment(replace(report, letterhead=letterhead), names))
    assert "<p></p>" not in html
    assert "<strong></strong>" not in html
    assert f'<div class="quoc-hieu"><div><p><strong>{letterhead.body.upper()}' in html


@pytest.mark.parametrize("linked", [True, False])
def test_there_is_no_style_and_no_script_whatever_the_text_is(
    report: Report, names: Names, linked: bool
) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=y> \" ' {0} {x} %s & </p></article>"
    hostile = replace(
        report,
        title=evil,
        type=evil,
        coverage=evil,
        letterhead=replace(
            report.letterhead, superior=evil, body=evil, place=evil, symbol=evil, authority=evil,
            post=evil, signer=evil, recipients=(evil, evil),
        ),
        body=(
            Heading(evil),
            Heading(evil, 2),
            Paragraph((Text(evil),), label=evil, finding=evil),
            Table(caption=evil, columns=(evil,), rows=((evil,),), notes=(evil,)),
        ),
    )  # fmt: skip
    clean = Reader(str(fragment(report, names, href if linked else None)))
    read = Reader(str(fragment(hostile, names, href if linked else None)))
    assert {tag for tag, _ in read.tags} <= {tag for tag, _ in clean.tags}
    names_of = {name for _, attributes in read.tags for name in attributes}
    assert not [name for name in names_of if name.startswith("on") or name == "style"]
    assert evil in read.text
    page = Reader(HtmlFormat().write(hostile, names).decode())
    assert not {"script", "img", "link"} & {tag for tag, _ in page.tags}
    assert [tag for tag, _ in page.tags].count("style") == 1


def test_the_page_of_its_own_looks_like_the_document_and_loads_nothing(
    report: Report, names: Names
) -> None:
    page = HtmlFormat().write(report, names).decode()
    read = Reader(page.removeprefix("<!doctype html>\n"))
    used = {name for _, a in read.tags for name in (a.get("class") or "").split()}
    styled = set(re.findall(r"\.([a-z][a-z-]*)", STYLE))
    elsewhere = {"chu-thich", "phu-luc", "muc", "dai", "kinh-gui", "chot"}
    assert styled <= used | elsewhere, "no rule for what is not there"
    assert STYLE in page
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert "</" not in STYLE
    assert "<h2>I- " in page


def test_the_page_of_its_own_is_whole_and_gives_each_exact_value(
    report: Report, names: Names
) -> None:
    page = HtmlFormat().write(report, names).decode()
    read = Reader(page.removeprefix("<!doctype html>\n"))
    assert page.startswith("<!doctype html>")
    assert ("html", {"lang": "vi"}) in read.tags
    values = [a["value"] for tag, a in read.tags if tag == "data"]
    assert len(values) == sum(f.value is not None for f in report.figures)
    assert "74.75" in values
    assert read.links == []
