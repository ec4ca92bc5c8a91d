"""The part on tasks that were due in the span, or reported on in it: counts, states, what is past due."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.task_table import task_table
from nqcore.analysis.report.tasks_done import tasks_done
from nqcore.model.reports import Paragraph, Table
from nqcore.model.targets import TaskStatus
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, accepted, found, plugin, reopen

TOML = """
[pack]
id = "s"
since = 2017-01-01
basis = "b"
[[task]]
id = "due"
directive = "1-NQ/HU"
title = "Xây dựng quy chế"
responsible = "xa-b"
deadline = 2018-02-28
[[task]]
id = "far"
directive = "1-NQ/HU"
title = "Tổng kết"
responsible_name = "Ban của tỉnh"
deadline = 2019-12-31
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`t1` (continuous, of xa-a) is under way by the report of 2018-Q1; xa-b noted on 10 April 2018."""
    folder = tmp_path_factory.mktemp("tasks") / "ws"
    now = Now()
    with found(folder, now, plugin("nq_rules", TOML)) as ws:
        for unit in ("xa-a", "xa-b"):
            accepted(ws, unit)
        now.on("2018-04-10")
        ws.monitoring.note_task("due", TaskStatus.DOING, "Đang lấy ý kiến", by="binh")
    return folder


def told(folder: Path, period: str, unit: str = "top") -> list[str]:
    now = Now()
    now.on("2018-07-20")
    with reopen(folder, now, plugin("nq_rules", TOML)) as ws:
        blocks = list(tasks_done(ws.reviews.review(directive="1-NQ/HU", period=period, unit=unit)))
    return [sentence_text(one.sentence) for one in blocks if isinstance(one, Paragraph)]


def test_tasks_due_or_reported_on_are_told_with_their_state_and_counts(filled: Path) -> None:
    assert told(filled, "2018-Q1") == [
        "Theo báo cáo quý I năm 2018, có 2 nhiệm vụ đến hạn hoặc được báo cáo trong kỳ: "
        "1 đang thực hiện, 1 chưa có báo cáo tiến độ, trong đó 1 đã quá thời hạn.",
        "Xã B: Xây dựng quy chế; chưa có báo cáo tiến độ; đã quá thời hạn ngày 28/02/2018.",
        "Xã A: Tuyên truyền; đang thực hiện; việc thường xuyên.",
    ]


def test_where_all_are_due_none_is_said_to_be_only_reported_on(filled: Path) -> None:
    first, *_ = told(filled, "2018-Q1", "xa-b")
    assert first.startswith("Có 1 nhiệm vụ đến hạn trong kỳ: ")


def test_what_is_overdue_from_before_the_span_is_told_again(filled: Path) -> None:
    assert told(filled, "2018-Q3") == [
        "Theo ghi nhận ngày 10/4/2018, có 1 nhiệm vụ đến hạn từ kỳ trước: "
        "1 đang thực hiện, trong đó 1 đã quá thời hạn.",
        "Xã B: Xây dựng quy chế; đang thực hiện; đã quá thời hạn ngày 28/02/2018.",
    ]


def test_what_was_noted_after_the_span_does_not_speak_in_it(filled: Path) -> None:
    assert told(filled, "2018-Q2") == [
        "Theo ghi nhận ngày 10/4/2018, có 1 nhiệm vụ được báo cáo trong kỳ: "
        "1 đang thực hiện, trong đó 1 đã quá thời hạn.",
        "Xã B: Xây dựng quy chế; đang thực hiện; đã quá thời hạn ngày 28/02/2018.",
    ]


def test_nothing_is_printed_where_nothing_was_due_or_reported(filled: Path) -> None:
    assert told(filled, "2017") == []
    assert told(filled, "2018-Q1", "dn-3") == []


@pytest.mark.parametrize(
    ("deadline", "late"),
    [("2018-02-28", True), ("2018-03-31", False), ("2018-05-31", False), ("2019-12-31", False)],
)
def test_body_and_annex_of_one_paper_say_the_same_of_what_is_overdue(
    filled: Path, deadline: str, late: bool
) -> None:
    """Both by the end of the review: how far a task is, is known until then only, whatever the date (20 July)
    of the paper."""
    now = Now()
    now.on("2018-07-20")
    rules = TOML.replace("2018-02-28", deadline)
    with reopen(filled, now, plugin("nq_rules", rules)) as ws:
        review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
        body = [sentence_text(b.sentence) for b in tasks_done(review) if isinstance(b, Paragraph)]
        report = build_report(review, now().date(), "")
    (table,) = [b for b in report.appendix if isinstance(b, Table) and b.block == "table:tasks"]
    (row,) = [row for row in table.rows if row[1] == "Xây dựng quy chế"]
    assert ("đã quá thời hạn" in str(row[-1])) is late
    assert ("trong đó 1 đã quá thời hạn" in body[0]) is late
    assert any("đã quá thời hạn ngày" in line for line in body[1:]) is late


@pytest.mark.parametrize(
    ("deadline", "line", "count", "cell"),
    [
        # The note of 10 April says how far it was at the end of that day.
        ("2018-04-10", "đã quá thời hạn ngày 10/4/2018", "1 đã quá thời hạn", "; đã quá thời hạn"),
        (
            "2018-05-31",
            "đến hạn ngày 31/5/2018, chưa có báo cáo sau ngày 10/4/2018",
            "1 đã đến hạn nhưng chưa có báo cáo mới",
            "; chưa có báo cáo sau ngày 10/4/2018",
        ),
        ("2018-06-30", "thời hạn ngày 30/6/2018", "", ""),
    ],
)
def test_what_was_said_in_april_is_not_judged_by_a_deadline_of_may(
    filled: Path, deadline: str, line: str, count: str, cell: str
) -> None:
    now = Now()
    now.on("2018-07-20")
    given = plugin("nq_rules", TOML.replace("2018-02-28", deadline))
    with reopen(filled, now, given) as ws:
        review = ws.reviews.review(directive="1-NQ/HU", period="2018-H1")
        body = [sentence_text(b.sentence) for b in tasks_done(review) if isinstance(b, Paragraph)]
        (table,) = task_table(review)
    state = "đang thực hiện (theo ghi nhận ngày 10/4/2018)"
    assert f"Xã B: Xây dựng quy chế; {state}; {line}." in body
    assert body[0].endswith(f"2 đang thực hiện{count and ', trong đó '}{count}.")
    (row,) = [row for row in table.rows if row[1] == "Xây dựng quy chế"]
    assert row[-1] == f"{state[:1].upper()}{state[1:]}{cell}"


def test_a_table_with_more_tasks_than_the_text_counts_says_why(filled: Path) -> None:
    now = Now()
    now.on("2018-07-20")
    with reopen(filled, now, plugin("nq_rules", TOML)) as ws:
        review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
        (table,) = task_table(review)
    assert len(table.rows) == 3
    assert table.notes == (
        "Biểu có 3 nhiệm vụ được giao; phần tình hình thực hiện nhiệm vụ nêu 2 nhiệm vụ của kỳ, không nêu "
        "1 nhiệm vụ do cơ quan không thuộc danh sách đơn vị báo cáo chủ trì.",
    )


def test_a_unit_tells_of_the_tasks_that_it_carries_out(filled: Path) -> None:
    assert told(filled, "2018-Q1", "xa-a")[1:] == [
        "Xã A: Tuyên truyền; đang thực hiện; việc thường xuyên."
    ]


def test_the_plan_of_the_demo_tells_of_its_tasks_though_their_form_is_another_s(
    demo: Workspace,
) -> None:
    review = demo.reviews.review(directive="70-KH/HU", period="2017")
    first = next(one for one in tasks_done(review) if isinstance(one, Paragraph))
    assert sentence_text(first.sentence) == (
        "Theo báo cáo năm 2017, có 6 nhiệm vụ được báo cáo trong kỳ: 1 đã thực hiện phần việc của kỳ "
        "báo cáo, 4 đang thực hiện, 1 chưa triển khai."
    )


def test_a_long_title_is_printed_whole(filled: Path) -> None:
    long = TOML.replace("Xây dựng quy chế", "Xây dựng quy chế " * 20)
    with reopen(filled, Now(), plugin("nq_rules", long)) as ws:
        review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1", unit="xa-b")
        (line,) = [one for one in tasks_done(review) if isinstance(one, Paragraph)][1:]
    assert "Xây dựng quy chế " * 20 in sentence_text(line.sentence)
