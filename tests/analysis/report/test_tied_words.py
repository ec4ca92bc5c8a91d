"""The office's words in place of a generated sentence."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.tied_words import printed_rewording, reword
from nqcore.analysis.report.wording_check import AgainstFigures
from nqcore.model.findings import FigureRef, Text
from tests.support.report import figure

RULE = (Text("Đã tổ chức "), FigureRef(figure("886")), Text(" buổi tuyên truyền."))
LOST = "Đã tổ chức nhiều buổi tuyên truyền."


def test_words_that_were_kept_on_purpose_are_saved_again_without_asking() -> None:
    with pytest.raises(AgainstFigures):
        reword(LOST, RULE, (), None)
    kept = reword(LOST, RULE, (), None, confirm=True)
    assert kept is not None
    assert kept.against == ("lost",)
    assert reword(LOST, RULE, (), kept) == kept
    with pytest.raises(AgainstFigures):
        reword("Đã tuyên truyền.", RULE, (), kept)


def test_the_words_of_the_rule_are_no_words_of_the_office() -> None:
    assert reword("đã tổ chức 886 buổi tuyên truyền.", RULE, (), None) is None
    assert reword("", RULE, (), None) is None


def test_a_number_in_the_words_is_printed_from_its_figure() -> None:
    kept = reword("Toàn huyện có 886 buổi tuyên truyền.", RULE, (), None)
    assert kept is not None
    later = (RULE[0], FigureRef(figure("900")), RULE[2])
    printed = printed_rewording(kept, later, ())
    assert printed.moved == (("886", "900"),)
    assert printed.sentence is not None
    assert later[1] in printed.sentence
