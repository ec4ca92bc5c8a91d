"""Figures in new words keep what they count: an exchange of two figures of a sentence is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nqcore.analysis.report.rewording import tie_to_figures
from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.analysis.report.tied_words import printed_rewording, reword
from nqcore.analysis.report.wording_check import AgainstFigures
from nqcore.analysis.report.wording_measures import measure_remarks
from nqcore.model.findings import FigureRef, Sentence, Text
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from tests.support.demo_reports import RESOLUTION, WHOLE
from tests.support.report import figure


def counted(value: str, measure: str, indicator: str) -> FigureRef:
    decimals = len(value.partition(".")[2])
    return FigureRef(replace(figure(value, indicator, decimals=decimals), measure=measure))


MEETINGS: Sentence = (
    *(Text("đã tổ chức "), counted("148", "cuộc", "x.A"), Text(" hội nghị học tập với ")),
    *(counted("16495", "lượt người", "x.B"), Text(" lượt người dự")),
)
GROUPS: Sentence = (
    *(Text("thành lập được "), counted("12", "tổ chức", "x.A"), Text(" tổ chức đảng và ")),
    *(counted("60", "tổ chức", "x.B"), Text(" tổ chức công đoàn ở doanh nghiệp")),
)
MEMBERS: Sentence = (
    *(Text("kết nạp "), counted("1135", "người", "x.A"), Text(" đoàn viên, đạt ")),
    *(counted("54.7", "%", "x.B"), Text("% số công nhân")),
)
CASES = (
    (MEETINGS, "Đã tổ chức 16.495 hội nghị học tập với 148 lượt người dự", "16.495 148"),
    (MEETINGS, "Đã tổ chức 16.495 hội nghị; 148 cuộc đã xong", "16.495"),
    (MEETINGS, "Có 16.495 lượt người dự 148 hội nghị học tập", ""),
    (MEETINGS, "Có trên 16.000 hội nghị học tập, 148 lượt người", "16.000 148"),
    (MEETINGS, "Đã có 148 cuộc với 16.495 lượt", ""),
    (MEETINGS, "Đã có 148 buổi, 16.495 triệu đồng", "148 16.495"),
    (GROUPS, "Thành lập 60 tổ chức đảng và 12 tổ chức công đoàn", "60 12"),
    (GROUPS, "Thành lập 60 tổ chức công đoàn và 12 tổ chức đảng", ""),
    (GROUPS, "Có 60 tổ chức công đoàn, trong đó 12 tổ chức mới", ""),
    (MEMBERS, "Kết nạp 1.135% đoàn viên, đạt 54,7% số công nhân", "1.135"),
    (MEMBERS, "Kết nạp 1.135 đoàn viên, đạt 54,7 số công nhân", "54,7"),
    (MEMBERS, "Kết nạp 1.135 đoàn viên, đạt 54,7 điểm phần trăm", "54,7"),
    (MEMBERS, "Đạt tỷ lệ 54,7%; kết nạp 1.135 người", ""),
)


@pytest.mark.parametrize(("rule", "words", "numbers"), CASES, ids=[case[1] for case in CASES])
def test_a_figure_with_another_measure_is_asked_about(
    rule: Sentence, words: str, numbers: str
) -> None:
    remarks = measure_remarks(tie_to_figures(words, rule).parts, rule)
    assert [one.said.split()[0] for one in remarks] == numbers.split()


def test_it_is_kept_on_purpose_only_and_stays_marked() -> None:
    words = "Đã tổ chức 16.495 hội nghị học tập với 148 lượt người dự"
    with pytest.raises(AgainstFigures) as refused:
        reword(words, MEETINGS, (), None)
    assert "số liệu tính bằng cuộc" in refused.value.message(translator("vi"))
    kept = reword(words, MEETINGS, (), None, confirm=True)
    assert kept is not None
    assert {*kept.against} == {"measure"}
    printed = printed_rewording(kept, MEETINGS, ())
    assert printed.sentence is not None
    assert printed.remarks


def test_no_sentence_of_a_rule_is_against_itself(demo: Workspace) -> None:
    for one in demo.reviews.proposals(directive=RESOLUTION, period=WHOLE):
        words = "Đến nay, " + sentence_text(one.rule)
        assert measure_remarks(tie_to_figures(words, one.rule).parts, one.rule) == (), words


def test_the_figures_of_a_finding_of_the_demo_are_not_exchanged_unasked(demo: Workspace) -> None:
    every = demo.reviews.proposals(directive=RESOLUTION, period=WHOLE)
    rule = next(one.rule for one in every if "hội nghị" in sentence_text(one.rule))
    told = sentence_text(rule)
    first, second = [text_of(one) for one in rule if isinstance(one, FigureRef)][:2]
    turned = told.replace(first, "§").replace(second, first).replace("§", second)
    remarks = measure_remarks(tie_to_figures(turned, rule).parts, rule)
    assert {first, second} & {one.said.split()[0] for one in remarks}, turned
