"""Review after review: the tasks of the last one open the next, and what it blamed already is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.earlier import EarlierReview, earlier_review
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.reports import Paragraph, Report
from nqcore.workspace.facade import Workspace

DAY = date(2018, 1, 20)
NAME = "Báo cáo số 12-BC/HU, ngày 20/01/2018"


def last(ws: Workspace, number: str = "12") -> Report:
    review = ws.reviews.review(directive="20-NQ/TW", period="2008..2017")
    return replace(build_report(review, DAY, "1/ab"), number=number)


def built(ws: Workspace, earlier: EarlierReview | None) -> Report:
    review = ws.reviews.review(directive="20-NQ/TW", period="2008..2018")
    return build_report(review, ws.today, "1/ab", earlier=earlier)


def paragraphs(report: Report) -> dict[str, str]:
    return {b.block: sentence_text(b.sentence) for b in report.body if isinstance(b, Paragraph)}


@pytest.mark.parametrize(("number", "name"), [("12", NAME), ("", "Báo cáo ngày 20/01/2018")])
def test_a_frozen_report_says_its_tasks_its_findings_and_how_it_is_cited(
    demo: Workspace, number: str, name: str
) -> None:
    earlier = earlier_review(last(demo, number))
    assert earlier.name == name
    assert earlier.tasks == tuple(f"hu.G{nth}" for nth in range(1, 7))
    assert earlier.repeats("res20.S2")
    assert earlier.repeats("res20.S5b"), "also the second finding of a dash"
    assert not earlier.repeats("")


def test_the_tasks_of_the_last_review_open_the_part_on_tasks(demo: Workspace) -> None:
    told = paragraphs(built(demo, earlier_review(last(demo))))
    assert told["lead:nhiem-vu.promised"] == (
        f"Trong 6 nhiệm vụ, giải pháp nêu tại {NAME}: 1 đã thực hiện phần việc của kỳ báo cáo, "
        "4 đang thực hiện, 1 chưa triển khai."
    )
    names = [*told]
    assert names.index("lead:nhiem-vu.promised") < names.index("done:hu.G1")
    assert [name for name in names if name.startswith("done:")].count("done:hu.G1") == 1
    assert "lead:nhiem-vu.promised" not in paragraphs(built(demo, None))


def test_a_task_that_is_gone_is_a_remark(demo: Workspace) -> None:
    earlier = EarlierReview(name=NAME, tasks=("hu.G1", "gone"), findings=frozenset())
    report = built(demo, earlier)
    (remark,) = [text for text in report.remarks if NAME in text]
    assert remark.endswith("trong danh mục: gone.")
    assert paragraphs(report)["lead:nhiem-vu.promised"] == (
        f"Nhiệm vụ, giải pháp nêu tại {NAME}: đang thực hiện."
    )


def test_only_a_shortcoming_that_is_said_again_is_marked(demo: Workspace) -> None:
    earlier = EarlierReview(
        name=NAME, tasks=(), findings=frozenset({"res20.S2", "res20.R2a", "res20.S5b"})
    )
    report = built(demo, earlier)
    (note,) = [
        b
        for b in report.body
        if isinstance(b, Paragraph) and b.note and NAME in sentence_text(b.sentence)
    ]
    assert sentence_text(note.sentence) == f"Đã nêu tại {NAME}."
    told = paragraphs(report)
    assert told["finding:res20.S2"].endswith(f"{note.label}.")
    assert told["finding:res20.S5a"].count(note.label) == 1, "only the second of the three"
    assert note.label not in told["finding:res20.R2a"], "a result is no repeated shortcoming"
    assert note.label not in told["finding:tu13.doi-thoai"]
