"""The words of two reports compared: signs and numbers of notes are counted anew, and are no words."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from nqcore.analysis.frozen.causes import ChangeCause
from nqcore.analysis.frozen.difference import _sentences
from nqcore.analysis.frozen.texts import without_signs


@pytest.mark.parametrize(
    ("words", "without"),
    [
        ("chậm so với lộ trình¹⁵ (74,6%)", "chậm so với lộ trình (74,6%)"),
        ("giảm 28,1 triệu đồng)²¹, ²².", "giảm 28,1 triệu đồng)."),
        ("xây 20 m² nhà, 3 km² rừng", "xây 20 m² nhà, 3 km² rừng"),
        ("", ""),
        (None, None),
    ],
)
def test_the_sign_of_a_note_is_no_word(words: str | None, without: str | None) -> None:
    assert without_signs(words) == without


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The blocks that are named as changed between two texts of these words."""
    links = [SimpleNamespace(words=words, causes=("p",)) for words in (before, after)]
    return [one.block for one in _sentences(cast(Any, links))]


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ({"a": "tăng¹."}, {"a": "tăng²."}, []),
        ({"a": "tăng¹."}, {"a": "giảm²."}, ["a"]),
        (
            {"note:1": "Theo 5 báo cáo."},
            {"note:1": "Mới.", "note:2": "Theo 5 báo cáo."},
            ["note:1"],
        ),
        ({"note:1": "A.", "note:2": "B."}, {"note:1": "B."}, ["note:1"]),
        ({"note:1": "A."}, {"note:1": "C."}, ["note:1"]),
    ],
)
def test_a_note_with_another_number_alone_is_no_change(
    before: dict[str, str], after: dict[str, str], named: list[str]
) -> None:
    assert changed(before, after) == named


def _link(cause: ChangeCause, **words: str) -> Any:
    named = {name.replace("note_", "note:"): text for name, text in words.items()}
    return SimpleNamespace(words=named, causes=(cause,))


def test_notes_that_change_places_are_a_change_of_both_sentences() -> None:
    """Each note still stands in the text, and under another sentence."""
    notes = {"note_1": "Theo 3 trong 4 báo cáo.", "note_2": "Theo 4 trong 4 báo cáo."}
    before = _link(ChangeCause.LATE, x="tăng 5 người¹", y="giảm 2 người²", **notes)
    after = _link(ChangeCause.LATE, x="tăng 5 người²", y="giảm 2 người¹", **notes)
    found = {one.block: one for one in _sentences([before, after])}
    assert {*found} == {"x", "y"}
    assert found["x"].before == "tăng 5 người¹ Theo 3 trong 4 báo cáo."
    assert found["x"].after == "tăng 5 người² Theo 4 trong 4 báo cáo."
    assert found["x"].causes == (ChangeCause.LATE,)


def test_notes_that_are_only_counted_anew_are_no_change() -> None:
    kept = {"x": "tăng 5 người³", "note_1": "a", "note_2": "b", "note_3": "c"}
    before = _link(ChangeCause.WORDING, **kept)
    after = _link(ChangeCause.WORDING, x="tăng 5 người²", note_1="a", note_2="c")
    (gone,) = _sentences([before, after])
    assert (gone.block, gone.before, gone.after) == ("note:2", "b", "")
