"""What of each kind goes into the review, and choosing several findings at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.choosing import KindSelection, kind_selections
from nqcore.collection.accounts.access import Role
from nqcore.errors import Conflict, NotAllowed, UnknownName
from nqcore.model.findings import FindingKind
from tests.analysis.report.test_decisions import RULES
from tests.support.small import accepted, add_accounts, found


@pytest.fixture
def ws(tmp_path):
    with found(tmp_path / "ws", None, RULES) as ws:
        add_accounts(
            ws, {"so": ("top", Role.WRITE), "ld": ("top", Role.WATCH), "kt": ("top", Role.INSPECT)}
        )
        accepted(ws, "xa-a", A1="3")
        yield ws


@pytest.fixture
def asked(ws):
    return {"period": "2018", "directive": ws.catalogue.rules["r.low"].directive}


def counts(ws, asked) -> tuple[int, int, int, int]:
    state = kind_selections(ws.reviews.proposals(**asked))[0]
    assert state.kind is FindingKind.SHORTCOMING
    return state.chosen, state.waiting, state.dismissed, state.printed


def test_several_are_chosen_and_left_at_once_and_their_words_stay(ws, asked):
    ws.reviews.reword("r.low", "Có 3 cuộc", by="duyet", **asked)
    changed = ws.reviews.choose({"r.low": "chosen", "r.also": "dismissed"}, by="so", **asked)
    assert [(one.key, one.choice.value, one.reworded) for one in changed] == [
        ("r.low", "chosen", True),
        ("r.also", "dismissed", False),
    ]
    assert counts(ws, asked) == (1, 0, 1, 1)
    assert ws.reviews.choose({"r.low": "chosen"}, by="so", **asked) == ()  # nothing new


def test_one_record_holds_all_that_are_chosen(ws, asked):
    before = ws.store.version
    ws.reviews.choose({"r.low": "chosen", "r.also": "chosen"}, by="duyet", **asked)
    assert ws.store.version == before + 1
    assert counts(ws, asked) == (2, 0, 0, 2)


def test_nothing_is_written_where_one_of_them_was_decided_by_another(ws, asked):
    ws.reviews.decide("r.also", "dismissed", by="so", **asked)
    with pytest.raises(Conflict):
        ws.reviews.choose(
            {"r.low": "chosen", "r.also": "chosen"},
            bases={"r.low": 0, "r.also": 0},
            by="duyet",
            **asked,
        )
    assert counts(ws, asked) == (0, 1, 1, 1)


def test_who_may_not_decide_and_what_is_no_finding(ws, asked):
    with pytest.raises(NotAllowed):
        ws.reviews.choose({"r.low": "chosen"}, by="kt", **asked)
    with pytest.raises(UnknownName):
        ws.reviews.choose({"r.none": "chosen"}, by="duyet", **asked)
    with pytest.raises(UnknownName, match="waiting, chosen, dismissed"):
        ws.reviews.choose({"r.low": "perhaps"}, by="duyet", **asked)
    assert counts(ws, asked) == (0, 2, 0, 2)


def test_what_has_moved_since_the_words_were_saved_is_still_told_after_choosing(ws, asked):
    ws.reviews.reword("r.low", "Có 3 cuộc", by="duyet", **asked)
    accepted(ws, "xa-b", A1="4")
    (one,) = ws.reviews.choose({"r.low": "chosen"}, by="duyet", **asked)
    assert one.moved == (("3", "7"),)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_what_is_printed_is_what_is_chosen_or_else_what_waits(chosen, waiting, dismissed):
    state = KindSelection(
        kind=FindingKind.RESULT, chosen=chosen, waiting=waiting, dismissed=dismissed
    )
    assert state.total == chosen + waiting + dismissed
    assert state.printed in (chosen, waiting)
    assert state.printed <= state.total
