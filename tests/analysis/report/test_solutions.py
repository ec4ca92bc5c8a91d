"""Solutions answer the shortcomings of this review; what is past is named so, what lacks one is listed."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.solutions import solutions, unanswered
from nqcore.model.findings import Finding, FindingKind
from nqcore.model.reports import Paragraph
from nqcore.model.targets import TaskStatus
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from tests.support.demo_reports import demo_verdict
from tests.support.remarks import remarks_of
from tests.support.small import Now, accepted, found, plugin, reopen

DAY = date(2018, 4, 20)


def task(id: str, more: str) -> str:
    return f'[[task]]\nid = "{id}"\ndirective = "1-NQ/HU"\ntitle = "Việc {id}."\n{more}\n'


def rule(id: str, more: str, title: str) -> str:
    return (
        f'[[rule]]\nid = "{id}"\nkind = "shortcoming"\ndirective = "1-NQ/HU"\ntitle = "{title}"\n'
        f"{more}\n"
    )


PACK = '[pack]\nid = "s"\nsince = 2017-01-01\nbasis = "b"\n'
PLANS = (
    'type = "plans"\nfield = "VB1"\n[rule.sentences]\nsome = "{missing} đơn vị chưa có kế hoạch"'
)
SILENT = 'type = "still-zero"\nindicators = ["A1"]\n[rule.sentences]\nzero = "{value} hội nghị từ đầu năm"'
TOML = PACK + "".join(
    [
        rule("s.plan", PLANS, "Ban hành kế hoạch"),
        rule("s.none", SILENT, "Hội nghị"),
        task("late", 'responsible = "xa-b"\ndeadline = 2018-03-31\nanswers = ["s.plan"]'),
        task("soon", 'responsible = "xa-a"\ndeadline = 2018-12-31\nanswers = ["s.none"]'),
        task("outside", 'responsible_name = "Ban của tỉnh"\nanswers = ["s.plan"]'),
    ]
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No commune has entered a plan; there was a conference in each unit."""
    folder = tmp_path_factory.mktemp("solutions") / "ws"
    with found(folder) as ws:
        for unit in ("xa-a", "xa-b", "dn-1", "dn-2", "dn-3"):
            accepted(ws, unit)
    return folder


def opened(folder: Path, toml: str = TOML, day: str = "2018-04-20") -> Workspace:
    now = Now()
    now.on(day)
    return reopen(folder, now, plugin("nq_rules", toml))


def shortcomings_of(ws: Workspace, unit: str = "top") -> tuple[Finding, ...]:
    found = ws.reviews.verdict(directive="1-NQ/HU", period="2018-Q1", unit=unit)
    return found.of(FindingKind.SHORTCOMING)


def printed(ws: Workspace, day: date = DAY, unit: str = "top") -> list[str]:
    review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1", unit=unit)
    blocks = list(solutions(review, shortcomings_of(ws, unit), day))
    return [
        sentence_text(one.sentence) for one in blocks if isinstance(one, Paragraph) and one.label
    ]


def test_only_tasks_that_answer_a_printed_shortcoming_stand_there(filled: Path) -> None:
    with opened(filled) as ws:
        assert printed(ws, date(2018, 3, 31)) == [
            "Việc late. Chủ trì: Xã B; thời hạn: hoàn thành trước ngày 31/3/2018.",
            "Việc outside. Chủ trì: Ban của tỉnh; thời hạn: thường xuyên.",
        ]
        # A commune has the tasks that it carries out itself.
        assert printed(ws, date(2018, 3, 31), "xa-b") == [
            "Việc late. Chủ trì: Xã B; thời hạn: hoàn thành trước ngày 31/3/2018."
        ]


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        ("2018-03-30", "đã quá thời hạn ngày 30/3/2018, chưa có báo cáo tiến độ"),
        # How far it is, is known until the end of March: of a later day nothing is judged.
        ("2018-03-31", "ngày 31/3/2018, đến ngày 31/3/2018 chưa có báo cáo tiến độ"),
        ("2018-04-10", "ngày 10/4/2018, đến ngày 31/3/2018 chưa có báo cáo tiến độ"),
        ("2018-04-20", "hoàn thành trước ngày 20/4/2018"),
    ],
)
def test_a_deadline_is_judged_on_the_last_day_of_which_something_is_known(
    filled: Path, deadline: str, said: str
) -> None:
    with opened(filled, TOML.replace("2018-03-31", deadline)) as ws:
        assert printed(ws)[0] == f"Việc late. Chủ trì: Xã B; thời hạn: {said}."


def test_without_a_linked_shortcoming_the_tasks_that_go_on_stand_there(filled: Path) -> None:
    alone = TOML.replace('"s.plan"]', '"s.none"]')
    with opened(filled, alone) as ws:
        assert {text.split(".")[0] for text in printed(ws)} == {
            "Tuyên truyền",
            "Việc late",
            "Việc soon",
            "Việc outside",
        }


def test_a_task_that_is_done_is_no_solution_and_the_office_is_asked_for_another(
    filled: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(filled, tmp_path / "ws"))
    lone = TOML.replace(
        'responsible_name = "Ban của tỉnh"\nanswers = ["s.plan"]', 'responsible = "xa-a"'
    )
    with opened(folder, lone, "2018-03-20") as ws:
        ws.monitoring.note_task("late", TaskStatus.DONE, "Xong", by="duyet")
    with opened(folder, lone) as ws:
        review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
        assert not any("Việc late" in text for text in printed(ws))
        (remark,) = unanswered(review, shortcomings_of(ws))
        assert remark.message(translator("vi")) == (
            "Chưa có nhiệm vụ, giải pháp cho tồn tại: Ban hành kế hoạch."
        )


def test_what_nothing_answers_is_a_remark_for_the_office_and_not_printed(filled: Path) -> None:
    alone = TOML.replace('"s.plan"]', '"s.none"]')
    with opened(filled, alone) as ws:
        report = build_report(ws.reviews.review(directive="1-NQ/HU", period="2018-Q1"), DAY, "1/ab")
        remark = "Chưa có nhiệm vụ, giải pháp cho tồn tại: Ban hành kế hoạch."
        assert remark in remarks_of(report)
        written = ws.report(directive="1-NQ/HU", period="2018-Q1", format="json").data
        assert remark in json.loads(written)["remarks"]
        html = ws.report(directive="1-NQ/HU", period="2018-Q1", format="html").data.decode()
        assert remark not in html


def test_the_ten_years_review_of_the_demo_keeps_the_six_tasks_of_the_office(
    demo: Workspace,
) -> None:
    review = demo.reviews.review(directive="20-NQ/TW", period="2008..2018")
    verdict = demo_verdict(demo)
    shortcomings = verdict.of(FindingKind.SHORTCOMING)
    blocks = list(solutions(review, shortcomings, demo.today))
    assert [one.label for one in blocks if isinstance(one, Paragraph) and one.label] == [
        f"{nth}." for nth in range(1, 7)
    ]
    assert {t.id for f in shortcomings for t in review.tasks_of(f)} == {
        f"hu.G{nth}" for nth in range(1, 7)
    }
