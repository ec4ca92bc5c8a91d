"""The steps of a draft: who may take them, one record each, two people at once, the paper."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.drafting import PaperDetails
from nqcore.analysis.report.drafting.paper import TooManyRecipients
from nqcore.collection.tables import REVIEW_DRAFTS
from nqcore.errors import Conflict, NotAllowed, UnknownName
from tests.analysis.report.drafting.drafts import add, printed, review, shown


def test_a_review_without_a_draft_is_the_generated_one(ws):
    assert shown(ws).draft.empty
    assert shown(ws).report == ws.reviews.build(review(ws))
    printed = {block.block: block for block in shown(ws).report.body}
    assert [one.block for one in shown(ws).blocks if one.name in printed] == [
        block for block in printed.values() if not getattr(block, "note", False)
    ]


def test_the_paper_gets_its_details(ws):
    paper = PaperDetails(
        number="12",
        place="Tân Hòa",
        signer="Lê Văn Nam",
        to=("Ban Thường vụ Tỉnh ủy",),
        recipients=("Như trên", "", "Lưu Văn phòng"),
        marks=("Dự thảo lần 1", " KHẨN "),
    )
    ws.drafting.details(review(ws), paper, by="so")
    report = ws.reviews.build(review(ws))
    head = report.letterhead
    assert (report.number, head.place, head.signer) == ("12", "Tân Hòa", "Lê Văn Nam")
    assert report.to == ("Ban Thường vụ Tỉnh ủy",)
    assert head.recipients == ("Như trên", "Lưu Văn phòng")
    assert report.marks == ("Dự thảo lần 1", "KHẨN")
    assert head.body == shown(ws).generated.letterhead.body
    with pytest.raises(TooManyRecipients):
        ws.drafting.details(review(ws), PaperDetails(recipients=("Xã",) * 31), by="so")


@pytest.mark.parametrize("login", ["lan", "kt", "ld", "a3"])
def test_only_who_may_decide_on_the_review_changes_its_text(ws, login):
    with pytest.raises(NotAllowed):
        add(ws, "Một.", by=login)
    assert shown(ws).draft.empty


def test_two_people_meet_on_the_same_block_only(ws):
    first, second = add(ws, "Một."), add(ws, "Hai.")
    base = {name: shown(ws).block(name).number for name in (first, second)}
    ws.drafting.reword_block(review(ws), first, "Một mới.", by="duyet", base=base[first])
    ws.drafting.reword_block(review(ws), second, "Hai mới.", by="so", base=base[second])
    assert printed(ws)[1:3] == ["Một mới.", "Hai mới."]
    with pytest.raises(Conflict) as wrong:
        ws.drafting.reword_block(review(ws), first, "Một khác.", by="so", base=base[first])
    assert wrong.value.params["who"] == "duyet"
    assert printed(ws)[1] == "Một mới."


def test_every_step_is_a_record_with_its_author(ws):
    seq = ws.store.head.seq
    name = add(ws, "Một.")
    ws.drafting.reword_block(review(ws), name, "Hai.", by="so")
    ws.drafting.hide(review(ws), name, by="duyet")
    steps = ws.drafting.history(review(ws), after=seq)
    assert [(step.by, step.words, step.hidden) for step in steps] == [
        ("duyet", "Một.", False),
        ("so", "Hai.", False),
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
