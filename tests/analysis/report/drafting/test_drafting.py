"""The office's own text of a review: words, blocks, order, paper; every number stays that of its figure."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.decisions import Contradicted, SentenceTooLong
from nqcore.analysis.report.drafting import Joining, OwnKind, PaperDetails
from nqcore.analysis.report.drafting.paper import TooManyRecipients
from nqcore.analysis.report.drafting.steps import CannotJoin, CannotMove, NoWords
from nqcore.analysis.report.drafting.words import LONGEST_PARAGRAPH, without_source
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.wording_check import AgainstFigures
from nqcore.collection.accounts.access import Role
from nqcore.collection.tables import REVIEW_DRAFTS
from nqcore.collection.validation.texts import MisreadWords, UnstorableText
from nqcore.errors import Conflict, NotAllowed, UnknownName
from nqcore.model.findings import FigureRef
from nqcore.model.reports import Heading, Paragraph
from tests.support.small import Now, accepted, add_accounts, found, plugin, reopen

RULES = plugin(
    "nq_rules",
    """
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
coverage = 1
indicators = ["s.A1"]
sentences.some = "mới có {A1} cuộc"
[[rule]]
id = "r.some"
directive = "1-NQ/HU"
kind = "result"
type = "total"
title = "Đã làm"
coverage = 1
indicators = ["s.A1"]
sentences.some = "đã có {A1} cuộc"
""",
)
NOW = "s.A1|2018-Q1|top|all|reported"
BEFORE = "s.A1|2017-Q4|top|all|reported"


@pytest.fixture
def now():
    return Now()


@pytest.fixture
def ws(tmp_path, now):
    with found(tmp_path / "ws", now, RULES) as ws:
        add_accounts(
            ws,
            {
                "ld": ("top", Role.WATCH),
                "kt": ("top", Role.INSPECT),
                "a3": ("xa-a", Role.APPROVE),
            },
        )
        accepted(ws, "xa-b", "2017-Q4", A1="2")
        accepted(ws, "xa-b", A1="5")
        yield ws


def review(ws):
    return ws.reviews.review(directive="1-NQ/HU", period="2018")


def shown(ws):
    return ws.drafting.shown(review(ws))


def printed(ws) -> list[str]:
    """The text as every format gets it."""
    return [
        block.text if isinstance(block, Heading) else sentence_text(block.sentence)
        for block in ws.reviews.build(review(ws)).body
    ]


def name_of(ws, words: str) -> str:
    """The name of the block with these words."""
    return next(one.name for one in shown(ws).blocks if words in one.text)


def part_of(ws, heading: str) -> str:
    return name_of(ws, heading)


def add(ws, text, kind="paragraph", part="", by="duyet", **more):
    return ws.drafting.add(review(ws), kind, text, part=part, by=by, **more)


def test_a_review_without_a_draft_is_the_generated_one(ws):
    assert shown(ws).draft.empty
    assert shown(ws).report == ws.reviews.build(review(ws))
    printed = {block.block: block for block in shown(ws).report.body}
    assert [one.block for one in shown(ws).blocks if one.name in printed] == [
        block for block in printed.values() if not getattr(block, "note", False)
    ]


# -- words for generated blocks --------------------------------------------------------------------


def test_a_lead_in_gets_the_offices_words_and_its_own_ones_again(ws):
    lead = name_of(ws, "Tuy nhiên")
    ws.drafting.reword_block(review(ws), lead, "Song vẫn còn hạn chế sau:", by="ld")
    assert "Song vẫn còn hạn chế sau:" in printed(ws)
    block = next(b for b in ws.reviews.build(review(ws)).body if b.block == lead)
    assert block.own
    ws.drafting.reword_block(review(ws), lead, "", by="ld")
    assert any(text.startswith("Tuy nhiên") for text in printed(ws))


def test_the_words_of_a_generated_sentence_leave_it_when_they_lie(ws, now):
    opening = shown(ws).blocks[0]
    day = "05/4/2018"
    assert opening.text.endswith(f"(số liệu đến ngày {day}) như sau:")  # without the sign of a note
    words = f"Thực hiện Nghị quyết, Huyện ủy báo cáo (số liệu đến ngày {day}) như sau:"
    ws.drafting.reword_block(review(ws), opening.name, words, by="duyet")
    assert printed(ws)[0] == words.replace(" như sau:", " như sau¹:")
    wrong = opening.text.replace(day, "30/4/2018")
    with pytest.raises(Contradicted):
        ws.drafting.reword_block(review(ws), opening.name, wrong, by="duyet")
    now.on("2018-05-02")  # the generated sentence says another day
    assert "02/5/2018" in printed(ws)[0]
    assert shown(ws).block(opening.name).outdated
    assert shown(ws).block(opening.name).words.former == words
    (remark,) = (r for r in ws.reviews.build(review(ws)).remarks if "Lời của cơ quan" in r)
    assert words in remark


def test_a_finding_is_reworded_by_its_decision_only(ws):
    with pytest.raises(UnknownName):
        ws.drafting.reword_block(review(ws), name_of(ws, "Mới có 5"), "x", by="duyet")


# -- blocks of the office --------------------------------------------------------------------------


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
    (remark,) = (r for r in ws.reviews.build(review(ws)).remarks if "chưa có nguồn" in r)
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
    assert any("không được in" in remark for remark in ws.reviews.build(review(ws)).remarks)


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
    ("kind", "text", "label"),
    [
        ("result", "Làm tốt.", "- Làm tốt."),
        ("objective", "Thiên tai.", "- Nguyên nhân khách quan: Thiên tai."),
        ("subjective", "Do chủ quan của cán bộ.", "- Do chủ quan của cán bộ."),
        ("solution", "Làm tiếp.", "1. Làm tiếp."),
        ("paragraph", "Một đoạn.", "Một đoạn."),
    ],
)
def test_each_kind_is_printed_in_its_way(ws, kind, text, label):
    block = shown_after(ws, kind, text)
    assert f"{block.label} {sentence_text(block.sentence)}".strip() == label


def shown_after(ws, kind, text) -> Paragraph:
    name = add(ws, text, kind)
    return next(b for b in ws.reviews.build(review(ws)).body if b.block == name)


def test_a_heading_of_the_office_begins_a_part_with_blocks_of_its_own(ws):
    results = part_of(ws, "Tình hình triển khai")
    part = add(ws, "Nguyên nhân", "part", results)
    add(ws, "Thiên tai.", "objective", part)
    text = printed(ws)
    assert text.index("Nguyên nhân") + 1 == text.index("Nguyên nhân khách quan: Thiên tai.")
    assert text.index("Nguyên nhân") < text.index("Tồn tại, hạn chế")
    ws.drafting.move(review(ws), part, up=False, by="duyet")
    assert printed(ws).index("Nguyên nhân") > printed(ws).index("Tồn tại, hạn chế")


# -- order, merging, leaving out -------------------------------------------------------------------


def test_blocks_move_within_their_part_and_over_its_edge(ws):
    first = add(ws, "Một.")
    second = add(ws, "Hai.")
    assert printed(ws)[1:3] == ["Một.", "Hai."]
    ws.drafting.move(review(ws), second, up=True, by="duyet")
    assert printed(ws)[1:3] == ["Hai.", "Một."]
    ws.drafting.move(review(ws), first, up=False, by="duyet")  # into the next part
    assert shown(ws).block(first).part == part_of(ws, "Tình hình triển khai")
    ws.drafting.move(review(ws), first, up=True, by="duyet")
    assert printed(ws)[1:3] == ["Hai.", "Một."]
    opening = shown(ws).blocks[0].name
    with pytest.raises(CannotMove):
        ws.drafting.move(review(ws), opening, up=True, by="duyet")


def test_a_block_is_added_behind_the_one_that_was_named(ws):
    add(ws, "Một.")
    add(ws, "Hai.", after=shown(ws).blocks[0].name)
    assert printed(ws)[1:3] == ["Hai.", "Một."]


@pytest.mark.parametrize(
    ("how", "text"),
    [("paragraph", "Làm sớm. Có 5 cuộc."), ("sentence", "Làm sớm; có 5 cuộc.")],
)
def test_two_paragraphs_are_made_one_and_two_again(ws, how, text):
    add(ws, "Làm sớm.")
    second = add(ws, "Có 5 cuộc.", figures=[NOW])
    ws.drafting.merge(review(ws), second, how, by="duyet")
    (block,) = (b for b in ws.reviews.build(review(ws)).body if b.block == "own:1")
    assert sentence_text(block.sentence).replace("¹", "").replace("²", "") == text
    assert any(isinstance(piece, FigureRef) for piece in block.sentence)
    assert [claim.relation.value for claim in block.claims] == ["is"]
    ws.drafting.split(review(ws), second, by="duyet")
    assert "Làm sớm." in printed(ws)


def test_a_merged_finding_is_still_counted_as_told(ws):
    add(ws, "Nhìn chung còn chậm.", part=part_of(ws, "Tồn tại"), after=name_of(ws, "Tuy nhiên"))
    ws.drafting.merge(review(ws), name_of(ws, "Mới có 5"), by="duyet")
    (block,) = (b for b in ws.reviews.build(review(ws)).body if b.block == "own:1")
    assert block.finding == "r.low"


def test_nothing_stands_before_the_first_paragraph(ws):
    with pytest.raises(CannotJoin):
        ws.drafting.merge(review(ws), shown(ws).blocks[0].name, by="duyet")


def test_what_is_left_out_takes_its_note_along_and_comes_back(ws):
    add(ws, "Có 5 cuộc.", figures=[NOW])
    notes = [b for b in ws.reviews.build(review(ws)).body if isinstance(b, Paragraph) and b.note]
    assert [note.label for note in notes] == ["¹", "²"]
    opening = shown(ws).blocks[0].name
    ws.drafting.hide(review(ws), opening, by="duyet")
    left = [b for b in ws.reviews.build(review(ws)).body if isinstance(b, Paragraph) and b.note]
    assert [(note.label, note.sentence) for note in left] == [("¹", notes[1].sentence)]
    assert printed(ws)[0].startswith("Có 5 cuộc¹")
    assert not shown(ws).block(opening).printed
    ws.drafting.restore(review(ws), opening, by="duyet")
    assert printed(ws)[0].startswith("Thực hiện")


def test_a_part_is_left_out_with_all_of_its_blocks(ws):
    part = part_of(ws, "Tồn tại, hạn chế")
    ws.drafting.hide(review(ws), part, by="duyet")
    assert not any("Mới có 5" in text or "Tồn tại" in text for text in printed(ws))
    assert any("Đã có 5" in text for text in printed(ws))


OUTLINE = plugin(
    "nq_outline",
    """
[pack]
id = "o"
since = 2017-01-01
basis = "Hướng dẫn số 1"
[[outline]]
id = "rieng"
title = "Đề cương riêng"
default_for = ["1-NQ/HU"]
[[outline.part]]
key = "mo-dau"
takes = [{ what = "opening" }]
[[outline.part]]
key = "nguyen-nhan"
heading = "Nguyên nhân"
offers = ["N1"]
takes = [{ what = "causes" }]
[[outline.part]]
key = "khach-quan"
heading = "Khách quan"
level = 2
takes = [{ what = "own" }]
[[outline.part]]
key = "kien-nghi"
heading = "Kiến nghị"
takes = [{ what = "proposals" }]
""",
)


@pytest.fixture
def outlined(ws, tmp_path):
    """The same office with an outline of its own."""
    ws.close()
    with reopen(tmp_path / "ws", None, RULES, OUTLINE) as again:
        yield again


def test_a_part_that_only_the_office_can_fill_is_there_to_be_filled(outlined):
    assert printed(outlined)[1:] == [*printed(outlined)[-1:]]  # the note; no empty heading
    assert "part:khach-quan" in shown(outlined).parts
    add(outlined, "Thiên tai.", "objective", "part:khach-quan")
    add(outlined, "Mục nhỏ", "heading", "part:khach-quan")
    assert printed(outlined)[1:4] == [
        "Nguyên nhân",
        "Khách quan",
        "Nguyên nhân khách quan: Thiên tai.",
    ]
    assert shown(outlined).block("own:2").block.level == 3
    ws_remarks = outlined.reviews.build(review(outlined)).remarks
    assert any("Kiến nghị" in remark and "Nguyên nhân" not in remark for remark in ws_remarks)


def test_a_part_moves_and_is_left_out_with_the_parts_below_it(outlined):
    add(outlined, "Thiên tai.", "objective", "part:khach-quan")
    add(outlined, "Đề nghị cấp kinh phí.", "proposal", "part:kien-nghi")
    ws = outlined
    ws.drafting.move(review(ws), "part:nguyen-nhan", up=False, by="duyet")
    heads = [text for text in printed(ws) if text in ("Nguyên nhân", "Khách quan", "Kiến nghị")]
    assert heads == ["Kiến nghị", "Nguyên nhân", "Khách quan"]
    with pytest.raises(CannotMove):
        ws.drafting.move(review(ws), "part:khach-quan", up=True, by="duyet")
    ws.drafting.hide(review(ws), "part:nguyen-nhan", by="duyet")
    assert not any("Thiên tai" in text or "Nguyên nhân" in text for text in printed(ws))


def test_words_whose_part_is_gone_are_shown_for_use_elsewhere(outlined, tmp_path):
    add(outlined, "Thiên tai.", "objective", "part:khach-quan")
    outlined.close()
    with reopen(tmp_path / "ws", None, RULES) as ws:
        assert not any("Thiên tai." in text for text in printed(ws))
        assert [(lost.name, lost.words) for lost in shown(ws).lost] == [("own:1", "Thiên tai.")]
        assert any("Thiên tai." in remark for remark in ws.reviews.build(review(ws)).remarks)
        ws.drafting.move_to(review(ws), "own:1", "", by="duyet")
        assert any("Thiên tai." in text for text in printed(ws))
        assert shown(ws).lost == ()


def test_what_a_unit_wrote_lies_beside_the_part_where_it_belongs(outlined):
    accepted(outlined, "xa-a", N1="Chưa có nhà.")
    (said,) = outlined.drafting.narratives(review(outlined))
    assert said.part == "part:nguyen-nhan"


# -- the paper, people, history --------------------------------------------------------------------


def test_the_paper_gets_its_details(ws):
    paper = PaperDetails(
        number="12",
        place="Tân Hòa",
        signer="Lê Văn Nam",
        to=("Ban Thường vụ Tỉnh ủy",),
        recipients=("Như trên", "", "Lưu Văn phòng"),
    )
    ws.drafting.details(review(ws), paper, by="ld")
    report = ws.reviews.build(review(ws))
    head = report.letterhead
    assert (report.number, head.place, head.signer) == ("12", "Tân Hòa", "Lê Văn Nam")
    assert report.to == ("Ban Thường vụ Tỉnh ủy",)
    assert head.recipients == ("Như trên", "Lưu Văn phòng")
    assert head.body == shown(ws).generated.letterhead.body
    with pytest.raises(TooManyRecipients):
        ws.drafting.details(review(ws), PaperDetails(recipients=("Xã",) * 31), by="ld")


@pytest.mark.parametrize("login", ["lan", "kt", "a3"])
def test_only_who_may_decide_on_the_review_changes_its_text(ws, login):
    with pytest.raises(NotAllowed):
        add(ws, "Một.", by=login)
    assert shown(ws).draft.empty


def test_two_people_meet_on_the_same_block_only(ws):
    first, second = add(ws, "Một."), add(ws, "Hai.")
    base = {name: shown(ws).block(name).number for name in (first, second)}
    ws.drafting.reword_block(review(ws), first, "Một mới.", by="duyet", base=base[first])
    ws.drafting.reword_block(review(ws), second, "Hai mới.", by="ld", base=base[second])
    assert printed(ws)[1:3] == ["Một mới.", "Hai mới."]
    with pytest.raises(Conflict) as wrong:
        ws.drafting.reword_block(review(ws), first, "Một khác.", by="ld", base=base[first])
    assert wrong.value.params["who"] == "duyet"
    assert printed(ws)[1] == "Một mới."


def test_every_step_is_a_record_with_its_author(ws):
    seq = ws.store.head.seq
    name = add(ws, "Một.")
    ws.drafting.reword_block(review(ws), name, "Hai.", by="ld")
    ws.drafting.hide(review(ws), name, by="duyet")
    steps = ws.drafting.history(review(ws), after=seq)
    assert [(step.by, step.words, step.hidden) for step in steps] == [
        ("duyet", "Một.", False),
        ("ld", "Hai.", False),
        ("duyet", "Hai.", True),
    ]
    assert [ws.store.record(step.seq).do for step in steps] == ["draft-review"] * 3
    assert [step.seq for step in ws.drafting.history(review(ws), after=steps[0].seq)] == [
        step.seq for step in steps[1:]
    ]
    assert len([*ws.store.table(REVIEW_DRAFTS)]) == 1


def test_a_draft_belongs_to_one_review(ws):
    add(ws, "Một.")
    for asked in ({"period": "2018-Q1"}, {"period": "2018", "boundaries": "2018-04-05"}):
        other = ws.reviews.review(directive="1-NQ/HU", **asked)
        assert ws.drafting.shown(other).draft.empty


def test_a_figure_of_nowhere_cannot_be_chosen(ws):
    with pytest.raises(UnknownName):
        add(ws, "Có 5.", figures=["s.A1|2018-Q1|mars|all|reported"])


def test_an_unknown_block_and_part_are_named(ws):
    for call in (
        lambda: add(ws, "Một.", part="part:mars"),
        lambda: ws.drafting.reword_block(review(ws), "own:9", "Một.", by="duyet"),
        lambda: ws.drafting.move(review(ws), "own:9", up=True, by="duyet"),
        lambda: ws.drafting.hide(review(ws), "own:9", by="duyet"),
        lambda: add(ws, "Một.", kind="poem"),
    ):
        with pytest.raises(UnknownName):
            call()


def test_what_a_unit_wrote_is_taken_over_with_its_source(ws):
    accepted(ws, "xa-a", N1="Có 3 thôn chưa có nhà.")
    (said,) = ws.drafting.narratives(review(ws))
    where = (said.unit, said.period, said.field)
    name = ws.drafting.take_narrative(review(ws), *where, part="", by="duyet")
    own = shown(ws).draft.blocks[name].own
    assert (own.kind, own.unit, own.period) == (OwnKind.NARRATIVE, "xa-a", "2018-Q1")
    assert any("Xã A" in remark and " 3 " in remark for remark in shown(ws).report.remarks)
    edited = ws.drafting.take_narrative(
        review(ws), *where, part="", by="duyet", text="Một số thôn chưa có nhà."
    )
    assert shown(ws).block(edited).text == "Một số thôn chưa có nhà."
    with pytest.raises(UnknownName):
        ws.drafting.take_narrative(review(ws), "xa-b", "2018-Q1", "N1", part="", by="duyet")


def test_how_blocks_join_is_written_by_name(ws):
    assert [one.value for one in Joining] == ["", "paragraph", "sentence"]
