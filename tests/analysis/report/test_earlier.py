"""Review after review: the tasks of the last one open the next, and what it blamed already is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nqcore.analysis.findings import Verdict
from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.earlier import EarlierReview, earlier_review
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.task_figures import TaskFigures
from nqcore.model.figures import Reason
from nqcore.model.findings import FindingKind, Silence, SilentState, UnitCount
from nqcore.model.reports import Paragraph, Report
from nqcore.workspace.facade import Workspace
from tests.support.remarks import remarks_of

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


def test_a_task_says_in_figures_what_became_of_the_shortcomings_that_it_was_to_correct(
    demo: Workspace,
) -> None:
    told = paragraphs(built(demo, earlier_review(last(demo))))
    assert told["done:hu.G2"].endswith(
        "; tồn tại “Chưa ban hành kế hoạch thực hiện nghị quyết”: vẫn 3 trong 16 đơn vị như báo cáo "
        "trước; tồn tại “Chưa thành lập được tổ chức Đảng trong doanh nghiệp ngoài khu vực Nhà nước” "
        "vẫn còn."
    )
    assert "tồn tại “" not in paragraphs(built(demo, None))["done:hu.G2"]


def _count(rule: str, units: int, among: int) -> UnitCount:
    """A count of the last review, as its sentence had it."""
    of = tuple(f"x-{nth}" for nth in range(among))
    return UnitCount(of[:units], of, share=True, id=f"count:{rule}|2008..2017|huyen|0|reported")


@pytest.mark.parametrize(
    ("task", "rule", "then", "clause"),
    [
        ("hu.G2", "res20.S1c", 9, "; tồn tại “{title}”: báo cáo trước 9 trong 20 đơn vị, nay 3 trong 16 "
         "đơn vị"),
        ("hu.G2", "res20.S1c", None, "; tồn tại “{title}”: nay 3 trong 16 đơn vị"),
        ("hu.G3", "res20.S3b", None, "; tồn tại “{title}”: nay 1.733 người"),
    ],
)  # fmt: skip
def test_the_figure_of_then_stands_beside_that_of_now(
    demo: Workspace, task: str, rule: str, then: int | None, clause: str
) -> None:
    numbers = () if then is None else ((frozenset({rule}), (_count(rule, then, 20),)),)
    earlier = EarlierReview(name=NAME, tasks=(task,), findings=frozenset({rule}), numbers=numbers)
    titles = {
        one.rule: one.title for one in demo.findings(directive="20-NQ/TW", period="2008..2018")
    }
    told = paragraphs(built(demo, earlier))[f"done:{task}"]
    assert told.endswith(clause.format(title=titles[rule]) + ".")


def test_a_shortcoming_that_the_figures_disprove_now_is_gone_and_an_unknown_one_is_not_named(
    demo: Workspace,
) -> None:
    review = demo.reviews.review(directive="20-NQ/TW", period="2008..2018")
    rule, task = "res20.S1c", next(one for one in review.tasks() if one.id == "hu.G2")
    earlier = EarlierReview(
        name=NAME, tasks=(task.id,), findings=frozenset({rule}),
        numbers=((frozenset({rule}), (_count(rule, 9, 20),)),),
    )  # fmt: skip

    def clause(state: SilentState) -> str:
        silent = Silence(
            rule=rule, owner="p", kind=FindingKind.SHORTCOMING, title="Chưa có kế hoạch", state=state,
            why=Reason(template="x"),
        )  # fmt: skip
        verdict = Verdict(findings=(), not_evaluated=(), silent=(silent,))
        return sentence_text(tuple(TaskFigures(earlier, verdict).of(task)))

    assert clause(SilentState.DOES_NOT_HOLD) == (
        "; tồn tại “Chưa có kế hoạch” không còn (báo cáo trước 9 trong 20 đơn vị)"
    )
    assert clause(SilentState.TOO_FEW_REPORTS) == clause(SilentState.NO_DATA) == ""


def test_a_task_that_is_gone_is_a_remark(demo: Workspace) -> None:
    earlier = EarlierReview(name=NAME, tasks=("hu.G1", "gone"), findings=frozenset())
    report = built(demo, earlier)
    (remark,) = [text for text in remarks_of(report) if NAME in text]
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
