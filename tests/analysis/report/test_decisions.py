"""A person chooses the findings of a review and their words; the numbers stay the figures'."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.decisions import Contradicted, Selection, SentenceTooLong
from nqcore.analysis.report.rewording import figure_pieces, tie_to_figures
from nqcore.analysis.report.sentences import sentence_text
from nqcore.collection.accounts.access import Role
from nqcore.errors import Conflict, NotAllowed, UnknownName
from nqcore.model.figures import Coverage, Figure
from nqcore.model.findings import FigureRef, FindingKind, Text, UnitCount
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
    ws.reviews.decide("r.also", "chosen", by="ld", **asked)
    assert said(ws, asked) == ["Cả huyện chỉ 3 cuộc"]
    ws.reviews.decide("r.also", "waiting", by="ld", **asked)
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


def test_a_rewording_whose_figure_the_rule_says_no_more_gives_way_to_the_rule(ws, asked, tmp_path):
    ws.reviews.decide("r.low", "chosen", sentence="Chỉ có 3 cuộc", by="duyet", **asked)
    ws.close()
    other = plugin("nq_rules", RULES_TOML.replace("mới có {A1} cuộc", "còn ít"))
    with reopen(tmp_path / "ws", None, other) as again:
        (one, _second) = again.reviews.proposals(**asked)
        assert one.outdated
        assert sentence_text(one.finding.sentence) == "còn ít"


@pytest.mark.parametrize("who", ["kt", "qt", "lan", "a3"])
def test_who_may_not_decide(ws, asked, who: str):
    with pytest.raises(NotAllowed):
        ws.reviews.decide("r.low", "chosen", by=who, **asked)


def test_two_people_do_not_overwrite_each_other(ws, asked):
    ws.reviews.decide("r.low", "chosen", by="duyet", base=0, **asked)
    with pytest.raises(Conflict):
        ws.reviews.decide("r.low", "dismissed", by="ld", base=0, **asked)
    ws.reviews.decide("r.low", "dismissed", by="ld", base=1, **asked)
    assert [t.by for t in ws.store.history("decisions", "2018|" + _id(ws, asked))] == [
        "duyet",
        "ld",
    ]


def _id(ws, asked) -> str:
    return f"{ws.directives[asked['directive']].id}|top|r.low"


def test_what_is_no_finding_cannot_be_decided(ws, asked):
    with pytest.raises(UnknownName):
        ws.reviews.decide("r.none", "chosen", by="duyet", **asked)
    with pytest.raises(SentenceTooLong):
        ws.reviews.decide("r.low", "chosen", sentence="x" * 1501, by="duyet", **asked)
    assert all(one.finding.kind is FindingKind.SHORTCOMING for one in ws.reviews.proposals(**asked))
