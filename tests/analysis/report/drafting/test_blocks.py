"""The blocks of a draft: kinds, places, joined, left out, and what happens to those whose part is gone."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.drafting import Joining
from nqcore.analysis.report.drafting.steps import CannotJoin, CannotMove
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.findings import FigureRef
from nqcore.model.reports import Paragraph
from tests.analysis.report.drafting.drafts import NOW, RULES, add, name_of, printed, review, shown
from tests.support.remarks import remarks_of
from tests.support.small import reopen


def part_of(ws, heading: str) -> str:
    return name_of(ws, heading)


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


def test_a_part_that_only_the_office_can_fill_is_there_to_be_filled(outlined):
    assert printed(outlined)[1:] == [*printed(outlined)[-1:]]  # the note; no empty heading
    assert "part:khach-quan" in shown(outlined).parts
    add(outlined, "Thiên tai.", "objective", "part:khach-quan")
    add(outlined, "Mục nhỏ", "heading", "part:khach-quan")
    assert printed(outlined)[1:4] == [
        "Nguyên nhân",
        "Khách quan",
        "Thiên tai.",  # its heading says the kind
    ]
    assert shown(outlined).block("own:2").block.level == 3
    ws_remarks = remarks_of(outlined.reviews.build(review(outlined)))
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
        assert any("Thiên tai." in remark for remark in remarks_of(ws.reviews.build(review(ws))))
        ws.drafting.move_to(review(ws), "own:1", "", by="duyet")
        assert any("Thiên tai." in text for text in printed(ws))
        assert shown(ws).lost == ()


def test_how_blocks_join_is_written_by_name(ws):
    assert [one.value for one in Joining] == ["", "paragraph", "sentence"]
