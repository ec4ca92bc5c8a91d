"""A person chooses the findings of a review and their words; the numbers stay the figures'."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.decisions import Selection
from nqcore.analysis.report.rewording import RelativeNumber, figure_pieces, tie_to_figures
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.tied_words import Contradicted, SentenceTooLong
from nqcore.analysis.report.wording_check import AgainstFigures
from nqcore.collection.accounts.access import Role
from nqcore.errors import Conflict, NotAllowed, UnknownName
from nqcore.model.figures import Coverage, Figure
from nqcore.model.findings import Difference, FigureRef, FindingKind, Text, UnitCount
from tests.support.small import accepted, add_accounts, found, plugin, reopen


def figure(value: str, indicator: str = "x.A") -> FigureRef:
    return FigureRef(
        Figure(
            indicator=indicator,
            unit="top",
            period="2018",
            value=Decimal(value),
            decimals=0,
            measure="",
            coverage=Coverage(due=1, reported=1),
        )
    )


TOTAL, UNITS = figure("1310"), UnitCount(("a", "b"), ("a", "b", "c"), share=True)
SENTENCE = (
    Text("mới có "),
    TOTAL,
    Text(" đoàn viên, mục tiêu là 2.500; "),
    UNITS,
    Text(" đơn vị chưa làm theo Nghị quyết số 20-NQ/TW"),
)


@pytest.mark.parametrize(
    ("text", "pieces", "contradicted", "own"),
    [
        (sentence_text(SENTENCE), (TOTAL, UNITS), (), ()),
        ("Chỉ 1310 đoàn viên.", (TOTAL,), (), ()),
        ("2/3 đơn vị chưa làm; có 1.310 đoàn viên", (UNITS, TOTAL), (), ()),
        ("mới có 1.311 đoàn viên, mục tiêu là 2.500", (), (("1.311", "1.310"),), ()),
        ("mới có 1.310 đoàn viên, mục tiêu là 2.600", (TOTAL,), (("2.600", "2.500"),), ()),
        ("mới có 1.310 đoàn viên, từ năm 2011", (TOTAL,), (), ("2011",)),
        ("thực hiện Nghị quyết số 20-NQ/TW chưa tốt", (), (), ()),
        ("Đoàn viên còn ít.", (), (), ()),
        ("", (), (), ()),
    ],
)
def test_a_number_is_the_figure_it_stood_for(text, pieces, contradicted, own):
    edited = tie_to_figures(text, SENTENCE)
    assert tuple(p for p in edited.sentence if not isinstance(p, Text)) == pieces
    assert edited.contradicted == contradicted
    assert edited.own == own or contradicted


def test_updating_puts_the_figure_in_the_place_of_the_number_that_contradicts_it():
    edited = tie_to_figures("mới có 1.311 đoàn viên, mục tiêu là 2.500", SENTENCE, update=True)
    assert edited.sentence == (Text("mới có "), TOTAL, Text(" đoàn viên, mục tiêu là 2.500"))
    assert not edited.contradicted


def test_what_lies_between_two_figures_is_not_mixed_up_with_the_second_of_them():
    none, many = (
        FigureRef(replace(figure(value, f"x.{value}").figure, measure="người"))
        for value in ("0", "814")
    )
    grown = (
        *(Text("tăng từ "), none, Text(" lên "), many, Text(" người (tăng ")),
        *(Difference(none.figure, many.figure), Text(")")),
    )
    text = sentence_text(grown)
    assert text == "tăng từ 0 lên 814 người (tăng 814 người)"
    for words in (text, f"Nhìn chung, {text}, theo báo cáo"):
        edited = tie_to_figures(words, grown)
        assert (edited.contradicted, edited.own) == ((), ())
        assert sentence_text(edited.sentence) == words
        assert {none, many} <= {*edited.parts}


PEOPLE = figure("2422")
JOINED = figure("1679", "x.B")
BIG = (Text("đã tuyên truyền cho "), PEOPLE, Text(" người, kết nạp "), JOINED, Text(" đoàn viên"))


@pytest.mark.parametrize(
    ("text", "printed", "near", "contradicted", "own"),
    [
        ("tuyên truyền cho trên 2.400 người", "", ("2.400",), (), ()),
        ("Hơn 2.400 người được tuyên truyền", "", ("2.400",), (), ()),
        ("cho gần 2.500 người, kết nạp khoảng 1.700 đoàn viên", "", ("2.500", "1.700"), (), ()),
        ("kết nạp từ 1.600 đoàn viên trở lên", "", ("1.600",), (), ()),
        ("cho trên 2.500 người", "", (), (("trên 2.500", "2.422"),), ()),
        ("cho gần 2.400 người", "", (), (("gần 2.400", "2.422"),), ()),
        ("cho hơn 2.000 người", "", (), (("hơn 2.000", "2.422"),), ()),
        ("sau hơn 10 năm", "", (), (), ("10",)),
        ("đạt 69,3%", "", (), (), ("69,3",)),
        ("cho trên 2422 người", "cho trên 2.422 người", (), (), ()),
    ],
)
def test_a_number_with_a_relation_is_tied_to_the_figure_that_it_is_true_of(
    text, printed, near, contradicted, own
):
    edited = tie_to_figures(text, BIG)
    assert tuple(p.number for p in edited.parts if isinstance(p, RelativeNumber)) == near
    assert edited.contradicted == contradicted
    assert edited.own == own
    assert sentence_text(edited.sentence) == printed or text


def test_a_share_that_the_office_computed_is_offered_and_then_follows_the_figures():
    text = "Kết nạp 69,3% số người được tuyên truyền"
    (formula,) = tie_to_figures(text, BIG).offers
    assert formula == "69,3% = 1.679 : 2.422"
    live = tie_to_figures(text, BIG, live=[formula])
    assert live.own == ()
    assert sentence_text(live.sentence) == text
    assert live.tied == {*figure_pieces(BIG)}


WORDS = st.text(alphabet="abđê ,.;%()", max_size=12)


@given(
    st.lists(
        st.tuples(WORDS, st.integers(0, 10**7)), min_size=1, max_size=6, unique_by=lambda p: p[1]
    )
)
def test_an_unchanged_sentence_keeps_every_figure_and_every_letter(rows):
    sentence = []
    for nth, (words, value) in enumerate(rows):
        sentence += [Text(words + " "), figure(str(value), f"x.{nth}"), Text(" ")]
    edited = tie_to_figures(sentence_text(tuple(sentence)), tuple(sentence))
    assert sentence_text(edited.sentence) == sentence_text(tuple(sentence))
    assert {*figure_pieces(edited.sentence)} == {*figure_pieces(tuple(sentence))}
    assert not edited.contradicted
    assert not edited.own


PRINTED = st.text(
    st.characters(blacklist_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")), max_size=60
)


@given(PRINTED)
def test_nothing_that_is_typed_gets_lost(text):
    edited = tie_to_figures(text, SENTENCE)
    if not edited.contradicted:
        # A figure is printed as figures are: 1310 becomes 1.310, and nothing else changes.
        assert sentence_text(edited.sentence).replace(".", "") == text.replace(".", "") or any(
            not isinstance(piece, Text) for piece in edited.sentence
        )


RULES_TOML = """
[pack]
id = "r"
since = 2017-01-01
basis = "Kế hoạch số 1"
[[rule]]
id = "r.low"
directive = "1-NQ/HU"
kind = "shortcoming"
type = "total"
title = "Còn ít"
order = 1
coverage = 1
indicators = ["s.A1"]
sentences.some = "mới có {A1} cuộc"

[[rule]]
id = "r.also"
directive = "1-NQ/HU"
kind = "shortcoming"
type = "total"
title = "Cũng ít"
order = 2
coverage = 1
indicators = ["s.A1"]
sentences.some = "cả huyện chỉ {A1} cuộc"
"""
RULES = plugin("nq_rules", RULES_TOML)
ASKED = {"period": "2018", "unit": "top"}


@pytest.fixture
def ws(tmp_path):
    with found(tmp_path / "ws", None, RULES) as ws:
        add_accounts(
            ws,
            {
                "so": ("top", Role.WRITE),
                "ld": ("top", Role.WATCH),
                "kt": ("top", Role.INSPECT),
                "qt": ("top", Role.ADMIN),
                "a3": ("xa-a", Role.APPROVE),
            },
        )
        accepted(ws, "xa-a", A1="3")
        yield ws


@pytest.fixture
def asked(ws):
    return {**ASKED, "directive": ws.catalogue.rules["r.low"].directive}


SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹."


def said(ws, asked) -> list[str]:
    """The shortcomings as the report prints them."""
    report = ws.report(**asked).report
    return [
        sentence_text(block.sentence).rstrip(SIGNS)
        for block in report.body
        if getattr(block, "finding", "").startswith("r.")
    ]


def test_before_anything_is_decided_the_report_is_a_draft_of_everything(ws, asked):
    assert said(ws, asked) == ["Mới có 3 cuộc", "Cả huyện chỉ 3 cuộc"]


def test_a_dismissed_finding_is_not_printed(ws, asked):
    ws.reviews.decide("r.low", "dismissed", by="duyet", **asked)
    assert said(ws, asked) == ["Cả huyện chỉ 3 cuộc"]


def test_once_one_is_chosen_only_the_chosen_ones_are_printed(ws, asked):
    ws.reviews.decide("r.also", "chosen", by="so", **asked)
    assert said(ws, asked) == ["Cả huyện chỉ 3 cuộc"]
    ws.reviews.decide("r.also", "waiting", by="so", **asked)
    assert len(said(ws, asked)) == 2


@pytest.mark.parametrize("choice", ["", "maybe", "Chosen", "CHOSEN"])
def test_an_unknown_choice_is_refused_with_the_choices_there_are(ws, asked, choice):
    with pytest.raises(UnknownName, match="waiting, chosen, dismissed"):
        ws.reviews.decide("r.low", choice, by="duyet", **asked)
    assert len(said(ws, asked)) == 2


def test_a_reworded_sentence_follows_its_figures(ws, asked):
    ws.reviews.decide(
        "r.low", "chosen", sentence="Toàn huyện mới tổ chức 3 cuộc.", by="duyet", **asked
    )
    assert said(ws, asked) == ["Toàn huyện mới tổ chức 3 cuộc"]
    accepted(ws, "xa-b", A1="4")
    assert said(ws, asked) == ["Toàn huyện mới tổ chức 7 cuộc"]
    (one, _other) = ws.reviews.proposals(**asked)
    assert one.moved == (("3", "7"),)
    assert one.reworded
    assert not one.outdated


def test_a_number_that_contradicts_its_figure_is_refused_and_can_be_updated(ws, asked):
    words = "mới có 5 cuộc"
    with pytest.raises(Contradicted, match=r"says 5, the figures now say 3"):
        ws.reviews.decide("r.low", "chosen", sentence=words, by="duyet", **asked)
    assert ws.reviews.proposals(**asked)[0].choice is Selection.WAITING
    ws.reviews.decide("r.low", "chosen", sentence=words, update=True, by="duyet", **asked)
    assert said(ws, asked) == ["Mới có 3 cuộc"]


@pytest.mark.parametrize("choice", [*Selection])
def test_a_sentence_is_reworded_in_any_state_and_stays_in_it(ws, asked, choice):
    ws.reviews.decide("r.low", choice, by="so", **asked)
    before = said(ws, asked)
    one = ws.reviews.reword("r.low", "Toàn huyện có 3 cuộc.", by="duyet", **asked)
    assert (one.choice, one.reworded) == (choice, True)
    after = said(ws, asked)
    assert len(before) == len(after)
    assert ("Toàn huyện có 3 cuộc" in after) == (choice is not Selection.DISMISSED)
    (newest, *_older) = [*ws.store.history("decisions", f"2018|{_id(ws, asked)}")][::-1]
    assert newest.do == choice.value


def test_words_that_lose_a_figure_are_kept_only_on_purpose_and_stay_marked(ws, asked):
    words = "đã tổ chức nhiều cuộc"
    with pytest.raises(AgainstFigures, match="no longer has the numbers 3") as refused:
        ws.reviews.reword("r.low", words, by="duyet", **asked)
    assert [remark.kind for remark in refused.value.remarks] == ["lost"]
    assert not ws.reviews.proposals(**asked)[0].reworded
    ws.reviews.reword("r.low", words, confirm=True, by="duyet", **asked)
    (one, other) = ws.reviews.proposals(**asked)
    assert [remark.kind for remark in one.remarks] == ["lost"]
    assert other.remarks == ()
    assert one.decision.words is not None
    assert one.decision.words.against == ("lost",)
    # Choosing it with its words unchanged asks nothing again.
    chosen = ws.reviews.decide("r.low", "chosen", sentence=words, by="duyet", **asked)
    assert chosen.reworded
    assert said(ws, asked) == ["Đã tổ chức nhiều cuộc"]


def test_a_rounded_number_stands_while_it_is_true_and_gives_way_when_it_is_not(ws, asked):
    ws.reviews.reword("r.low", "khoảng 3 cuộc", by="duyet", **asked)
    ws.reviews.reword("r.low", "mới có dưới 5 cuộc", by="duyet", **asked)
    (one, _other) = ws.reviews.proposals(**asked)
    assert one.near == (("5", "3"),)
    assert said(ws, asked)[0] == "Mới có dưới 5 cuộc"
    accepted(ws, "xa-b", A1="1")
    assert said(ws, asked)[0] == "Mới có dưới 5 cuộc"
    (one, _other) = ws.reviews.proposals(**asked)
    assert (one.outdated, one.moved) == (False, (("3", "4"),))
    accepted(ws, "dn-1", A1="9")
    (one, _other) = ws.reviews.proposals(**asked)
    assert one.outdated
    assert one.former == "mới có dưới 5 cuộc"
    assert said(ws, asked)[0].startswith("Mới có 1")


def test_only_a_record_with_new_numbers_needs_the_new_version(ws, asked, tmp_path):
    def version_of_the_last_record() -> int:
        (*_older, journal) = sorted((tmp_path / "ws" / "journal").glob("*.nqj"))
        return json.loads(journal.read_bytes().splitlines()[-1].split(b" ", 6)[6])["v"]

    ws.reviews.reword("r.low", "có 3 cuộc", by="duyet", **asked)
    assert version_of_the_last_record() == 1
    ws.reviews.reword("r.low", "có dưới 5 cuộc", by="duyet", **asked)
    assert version_of_the_last_record() == 2
    # Choosing writes the same words again: they still need it.
    ws.reviews.choose({"r.low": "chosen"}, by="duyet", **asked)
    assert version_of_the_last_record() == 2
    ws.reviews.reword("r.low", "", by="duyet", **asked)
    assert version_of_the_last_record() == 1


def test_a_rewording_whose_figure_the_rule_says_no_more_gives_way_to_the_rule(ws, asked, tmp_path):
    ws.reviews.decide("r.low", "chosen", sentence="Chỉ có 3 cuộc", by="duyet", **asked)
    ws.close()
    other = plugin("nq_rules", RULES_TOML.replace("mới có {A1} cuộc", "còn ít"))
    with reopen(tmp_path / "ws", None, other) as again:
        (one, _second) = again.reviews.proposals(**asked)
        assert one.outdated
        assert sentence_text(one.finding.sentence) == "còn ít"


@pytest.mark.parametrize("who", ["kt", "ld", "qt", "lan", "a3"])
def test_who_may_not_decide(ws, asked, who: str):
    with pytest.raises(NotAllowed):
        ws.reviews.decide("r.low", "chosen", by=who, **asked)


def test_two_people_do_not_overwrite_each_other(ws, asked):
    ws.reviews.decide("r.low", "chosen", by="duyet", base=0, **asked)
    with pytest.raises(Conflict):
        ws.reviews.decide("r.low", "dismissed", by="so", base=0, **asked)
    ws.reviews.decide("r.low", "dismissed", by="so", base=1, **asked)
    assert [t.by for t in ws.store.history("decisions", "2018|" + _id(ws, asked))] == [
        "duyet",
        "so",
    ]


def _id(ws, asked) -> str:
    return f"{ws.directives[asked['directive']].id}|top|r.low"


def test_what_is_no_finding_cannot_be_decided(ws, asked):
    with pytest.raises(UnknownName):
        ws.reviews.decide("r.none", "chosen", by="duyet", **asked)
    with pytest.raises(SentenceTooLong):
        ws.reviews.decide("r.low", "chosen", sentence="x" * 1501, by="duyet", **asked)
    assert all(one.finding.kind is FindingKind.SHORTCOMING for one in ws.reviews.proposals(**asked))
