"""The office's words for a block: every number stays its figure, or is marked as having no source."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.drafting import OwnKind
from nqcore.analysis.report.drafting.own_words import LONGEST_PARAGRAPH
from nqcore.analysis.report.drafting.steps import NoWords
from nqcore.analysis.report.tied_words import Contradicted, SentenceTooLong, without_source
from nqcore.analysis.report.wording_check import AgainstFigures
from nqcore.collection.validation.texts import MisreadWords, UnstorableText
from nqcore.errors import UnknownName
from nqcore.model.findings import FigureRef
from tests.analysis.report.drafting.drafts import NOW, RULES, add, name_of, printed, review, shown
from tests.support.remarks import remarks_of
from tests.support.small import accepted, plugin, reopen

BEFORE = "s.A1|2017-Q4|top|all|reported"


def test_a_lead_in_gets_the_offices_words_and_its_own_ones_again(ws):
    lead = name_of(ws, "Tuy nhiên")
    ws.drafting.reword_block(review(ws), lead, "Song vẫn còn hạn chế sau:", by="so")
    assert "Song vẫn còn hạn chế sau:" in printed(ws)
    block = next(b for b in ws.reviews.build(review(ws)).body if b.block == lead)
    assert block.own
    ws.drafting.reword_block(review(ws), lead, "", by="so")
    assert any(text.startswith("Tuy nhiên") for text in printed(ws))


def test_the_words_of_a_generated_sentence_leave_it_when_they_lie(ws, now):
    opening = shown(ws).blocks[0]
    day = "31/3/2018"
    assert opening.text.endswith(f"(số liệu đến ngày {day}) như sau:")  # without the sign of a note
    words = f"Thực hiện Nghị quyết, Huyện ủy báo cáo (số liệu đến ngày {day}) như sau:"
    ws.drafting.reword_block(review(ws), opening.name, words, by="duyet")
    assert printed(ws)[0] == words.replace(" như sau:", " như sau¹:")
    wrong = opening.text.replace(day, "30/4/2018")
    with pytest.raises(Contradicted):
        ws.drafting.reword_block(review(ws), opening.name, wrong, by="duyet")
    now.on("2018-07-05")
    accepted(ws, "xa-a", "2018-Q2", A1="7")  # the generated sentence says another day
    assert "30/6/2018" in printed(ws)[0]
    assert shown(ws).block(opening.name).outdated
    assert shown(ws).block(opening.name).words.former == words
    (remark,) = (r for r in remarks_of(ws.reviews.build(review(ws))) if "Lời của cơ quan" in r)
    assert words in remark


def test_a_finding_is_reworded_by_its_decision_only(ws):
    with pytest.raises(UnknownName):
        ws.drafting.reword_block(review(ws), name_of(ws, "Mới có 5"), "x", by="duyet")


def test_a_number_that_equals_a_chosen_figure_is_printed_from_it_for_ever(ws):
    name = add(ws, "Toàn huyện tổ chức 5 hội nghị.", figures=[NOW])
    sentence = shown(ws).block(name).block.sentence
    assert [p.figure.id for p in sentence if isinstance(p, FigureRef)] == [NOW]
    accepted(ws, "xa-a", A1="7")
    assert "Toàn huyện tổ chức 12 hội nghị" in printed(ws)[1]
    assert shown(ws).block(name).words.moved == (("5", "12"),)
    assert shown(ws).block(name).text.startswith("Toàn huyện tổ chức 12 hội nghị")


def test_the_same_figure_twice_is_the_figure_twice(ws):
    name = add(ws, "Có 5 hội nghị; 5 hội nghị ấy do xã lo.", figures=[NOW])
    words = shown(ws).block(name).words
    assert sum(isinstance(piece, FigureRef) for piece in words.sentence) == 2
    assert words.numbers == ()


def test_a_number_without_a_source_is_kept_and_marked(ws):
    name = add(ws, "Năm 2018 có 45 lớp, từ ngày 01/02/2018, theo Nghị quyết 20-NQ/TW.")
    one = shown(ws).block(name)
    assert one.words.numbers == ("45",)
    assert one.block.own
    assert "Năm 2018 có 45 lớp" in printed(ws)[1]
    (remark,) = (r for r in remarks_of(ws.reviews.build(review(ws))) if "chưa có nguồn" in r)
    assert "45" in remark
    assert "2018," not in remark.partition("(")[0]


@pytest.mark.parametrize(
    ("numbers", "left"),
    [
        (["30/9/2018", "2018", "9/2018", "45"], ("45",)),
        (["2.018", "12,5", "3/4"], ("2.018", "12,5", "3/4")),
    ],
)
def test_days_months_and_years_need_no_source(numbers, left):
    assert without_source(numbers) == left


def test_words_that_turn_the_direction_of_chosen_figures_are_kept_on_purpose_only(ws):
    figures = [BEFORE, NOW]
    with pytest.raises(AgainstFigures):
        add(ws, "Hội nghị giảm từ 2 xuống 5.", figures=figures)
    assert add(ws, "Hội nghị tăng từ 2 lên 5.", figures=figures) == "own:1"
    name = add(ws, "Hội nghị giảm từ 2 xuống 5.", figures=figures, confirm=True)
    assert shown(ws).block(name).printed
    claims = shown(ws).block("own:1").block.claims
    assert [claim.relation.value for claim in claims] == ["is", "is", "rose"]


def test_words_that_become_untrue_are_not_printed_and_not_lost(ws):
    name = add(ws, "Hội nghị tăng từ 2 lên 5.", figures=[BEFORE, NOW])
    accepted(ws, "xa-a", "2017-Q4", A1="9")
    one = shown(ws).block(name)
    assert (one.printed, one.outdated, one.text) == (False, True, "Hội nghị tăng từ 2 lên 5.")
    assert not any("Hội nghị tăng" in text for text in printed(ws))
    assert any("không được in" in remark for remark in remarks_of(ws.reviews.build(review(ws))))


def test_a_figure_that_is_gone_leaves_its_number_without_a_source(ws, tmp_path):
    more = plugin(
        "nq_more",
        """
[pack]
id = "m"
since = 2017-01-01
basis = "Kế hoạch số 2"
[[indicator]]
label = "C1"
name = "Gấp đôi"
measure = "hội nghị"
formula = "s.A1 * 2"
""",
    )
    ws.close()
    with reopen(tmp_path / "ws", None, RULES, more) as wider:
        add(wider, "Gấp đôi là 10.", figures=["m.C1|2018-Q1|top|all|reported"])
        assert shown(wider).block("own:1").words.numbers == ()
    with reopen(tmp_path / "ws", None, RULES) as again:
        assert shown(again).block("own:1").words.numbers == ("10",)
        assert "Gấp đôi là 10." in printed(again)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", NoWords),
        ("   ", NoWords),
        ("a" * (LONGEST_PARAGRAPH + 1), SentenceTooLong),
        ("chữ\x00đen", UnstorableText),
        ("chữ \u202eđảo", UnstorableText),
        ("chữ \ud800", UnstorableText),
        ("Huyeän Taân Hoøa", MisreadWords),
    ],
)
def test_words_that_cannot_be_kept_are_refused_in_words(ws, words, refusal):
    with pytest.raises(refusal):
        add(ws, words)
    assert shown(ws).draft.empty


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (
            "Đề nghị cấp trên bổ sung kinh phí cho năm sau\x00",
            "“Đề nghị cấp trên bổ sung kinh phí …”",
        ),
        ("chữ \u202eđảo", "“chữ "),
        ("\ud800 chữ", " chữ”"),
        ("Huyeän Taân Hoøa", "“Huyeän Taân Hoøa”"),
    ],
)
def test_a_refusal_names_the_words_by_their_beginning(ws, words, named):
    with pytest.raises((UnstorableText, MisreadWords)) as refused:
        add(ws, words)
    said = refused.value.message()
    assert named in said
    assert "for … " not in said
    said.encode()  # no lone surrogate in what is shown


def test_what_a_unit_wrote_lies_beside_the_part_where_it_belongs(outlined):
    accepted(outlined, "xa-a", N1="Chưa có nhà.")
    (said,) = outlined.drafting.narratives(review(outlined))
    assert said.part == "part:nguyen-nhan"


def test_a_figure_of_nowhere_cannot_be_chosen(ws):
    with pytest.raises(UnknownName):
        add(ws, "Có 5.", figures=["s.A1|2018-Q1|mars|all|reported"])


def test_what_a_unit_wrote_is_taken_over_with_its_source(ws):
    accepted(ws, "xa-a", N1="Có 3 thôn chưa có nhà.")
    (said,) = ws.drafting.narratives(review(ws))
    where = (said.unit, said.period, said.field)
    name = ws.drafting.take_narrative(review(ws), *where, part="", by="duyet")
    own = shown(ws).draft.blocks[name].own
    assert (own.kind, own.unit, own.period) == (OwnKind.NARRATIVE, "xa-a", "2018-Q1")
    assert any("Xã A" in remark and " 3 " in remark for remark in remarks_of(shown(ws).report))
    edited = ws.drafting.take_narrative(
        review(ws), *where, part="", by="duyet", text="Một số thôn chưa có nhà."
    )
    assert shown(ws).block(edited).text == "Một số thôn chưa có nhà."
    with pytest.raises(UnknownName):
        ws.drafting.take_narrative(review(ws), "xa-b", "2018-Q1", "N1", part="", by="duyet")
