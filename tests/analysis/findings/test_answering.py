"""Which tasks answer a finding: the link may be kept at the task or at the rule."""

from __future__ import annotations

import pytest

from nqcore.analysis.findings.answering import tasks_answering, with_tasks
from nqcore.model.findings import Evidence, Finding, FindingKind
from nqcore.model.targets import Task

TASKS = (
    Task(id="a", directive="d", title="A", responsible="x", answers=("r",)),
    Task(id="b", directive="d", title="B", responsible="x"),
    Task(id="c", directive="d", title="C", responsible="x", answers=("q", "r")),
)


def finding(rule: str, *tasks: str, kind: FindingKind = FindingKind.SHORTCOMING) -> Finding:
    return Finding(
        rule=rule,
        owner="o",
        kind=kind,
        title="t",
        sentence=(),
        evidence=Evidence(figures=()),
        tasks=tasks,
    )


@pytest.mark.parametrize(
    ("of", "ids"),
    [
        (finding("r"), ("a", "c")),
        (finding("r", "b"), ("a", "b", "c")),
        (finding("q", "gone"), ("c",)),
        (finding("z"), ()),
        (finding("r", "b", kind=FindingKind.RESULT), ()),
    ],
)
def test_links_of_both_sides_count_and_a_result_needs_no_answer(
    of: Finding, ids: tuple[str, ...]
) -> None:
    assert tuple(task.id for task in tasks_answering(TASKS, of)) == ids
    assert with_tasks(of, TASKS).tasks == ids
