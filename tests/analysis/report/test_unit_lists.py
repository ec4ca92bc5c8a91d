"""Units by name: five of them in the sentence, all of them in an annex, and alive in a reworded sentence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.findings.sentence_templates import fill_template
from nqcore.analysis.report.docx import DocxFormat
from nqcore.analysis.report.html_format import HtmlFormat
from nqcore.analysis.report.json_format import JsonFormat
from nqcore.analysis.report.rewording import figure_pieces, same_number, tie_to_figures
from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.analysis.report.unit_lists import unit_lists
from nqcore.catalogue.contracts import Names
from nqcore.model.findings import Text, UnitCount, UnitNames
from nqcore.model.reports import Paragraph, Report


def named(count: int) -> UnitNames:
    return UnitNames(tuple(f"xa-{n}" for n in range(count)), tuple(f"Xã {n}" for n in range(count)))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, ""),
        (1, "Xã 0"),
        (5, "Xã 0, Xã 1, Xã 2, Xã 3, Xã 4"),
        (6, "Xã 0, Xã 1, Xã 2, Xã 3, Xã 4, Xã 5"),
        (7, "Xã 0, Xã 1, Xã 2, Xã 3, Xã 4 và 2 đơn vị khác"),
        (1310, "Xã 0, Xã 1, Xã 2, Xã 3, Xã 4 và 1.305 đơn vị khác"),
    ],
)
def test_a_sentence_names_at_most_six_units(count: int, text: str) -> None:
    assert text_of(named(count)) == text


def test_there_are_as_many_names_as_units() -> None:
    with pytest.raises(ValueError, match="as many names"):
        UnitNames(("xa-a",), ())


def test_a_template_takes_a_list_of_units() -> None:
    sentence = fill_template("chưa làm: {names}", {"names": named(2)}, "r", "o")
    assert sentence == (Text("chưa làm: "), named(2))


def test_the_annex_has_every_unit_of_a_list_that_was_cut() -> None:
    body = (
        Paragraph((Text("a "), named(8)), finding="r"),
        Paragraph((named(6),), finding="r"),
        Paragraph((named(7),), label="¹", note=True),
    )
    long, late = unit_lists(body, {"r": "Học tập"}, {})
    assert long.caption == "Danh sách đơn vị kèm theo: Học tập"
    assert long.rows[5] == ("6", "Xã 5")
    assert late.caption == "Danh sách đơn vị kèm theo: Quá hạn chưa có báo cáo"
    assert len(late.rows) == 7


def test_every_format_writes_a_list_and_reads_it_again(report: Report, names: Names) -> None:
    body = (*report.body, Paragraph((Text("Còn lại: "), named(7), Text("."))))
    told = replace(report, body=body, appendix=tuple(unit_lists(body, {}, {})))
    DocxFormat(PARTY_2018).write(told, names)
    assert "Xã 4 và 2 đơn vị khác." in HtmlFormat().write(told, names).decode()
    piece = json.loads(JsonFormat().write(told, names))["body"][-1]["pieces"][1]
    assert piece["kind"] == "names"
    assert piece["units"][-1] == "xa-6"
    assert piece["names"][-1] == "Xã 6"


COUNT = UnitCount(("a", "b"), ("a", "b", "c"), share=True)
SENTENCE = (COUNT, Text(" xã chưa làm ("), named(7), Text("), từ năm 2008"))
PRINTED = text_of(named(7))


@pytest.mark.parametrize(
    ("text", "pieces", "contradicted", "own"),
    [
        (sentence_text(SENTENCE), (COUNT, named(7)), (), ()),
        (f"Từ năm 2008, {PRINTED} chưa làm", (named(7),), (), ()),
        (f"{PRINTED} và {PRINTED}", (named(7),), (), ()),
        ("2 trong 3 xã chưa làm (Xã 1)", (COUNT,), (), ("1",)),
        ("2 trong 3 xã chưa làm, từ năm 2008", (COUNT,), (), ()),
        # As 0.1 printed it.
        ("2/3 xã chưa làm", (COUNT,), (), ()),
        ("1/3 xã chưa làm", (), (("1/3", "2 trong 3"),), ()),
        ("1 trong 3 xã chưa làm", (), (("1 trong 3", "2 trong 3"),), ()),
    ],
)
def test_a_reworded_sentence_keeps_its_list_and_its_share_alive(text, pieces, contradicted, own):
    edited = tie_to_figures(text, SENTENCE)
    assert tuple(p for p in edited.sentence if not isinstance(p, Text)) == pieces
    assert edited.contradicted == contradicted
    assert edited.own == own


def test_a_share_that_0_1_wrote_has_not_moved() -> None:
    assert same_number("6/28", "6 trong 28")
    assert same_number("1.026/1.310", "1.026 trong 1.310")
    assert not same_number("6/28", "7 trong 28")
    assert not same_number("6", "6 trong 28")


def test_a_list_has_an_address_in_its_sentence() -> None:
    assert figure_pieces(SENTENCE)["#1"] == named(7)


def test_a_list_in_a_dash_of_several_findings_has_the_title_of_its_own() -> None:
    first, second = named(8), named(7)
    body = [Paragraph((first, Text(". "), second), label="-", finding="a", beside=("b",))]
    titles, lists = {"a": "Học tập", "b": "Kế hoạch"}, {"a": [first], "b": [second]}
    assert [table.caption.rpartition(": ")[2] for table in unit_lists(body, titles, lists)] == [
        "Học tập",
        "Kế hoạch",
    ]
