"""Which tasks answer a finding: the link is kept at the task (`answers`) or at the rule (`tasks`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nqcore.model.findings import Finding, FindingKind
from nqcore.model.targets import Task


def tasks_answering(tasks: Iterable[Task], finding: Finding) -> tuple[Task, ...]:
    """Those of `tasks` that are meant to correct the shortcoming, in their order; a result needs none."""
    if finding.kind is not FindingKind.SHORTCOMING:
        return ()
    return tuple(t for t in tasks if finding.rule in t.answers or t.id in finding.tasks)


def with_tasks(finding: Finding, tasks: Iterable[Task]) -> Finding:
    """The same finding; its `tasks` are the ids of those that answer it."""
    return replace(finding, tasks=tuple(task.id for task in tasks_answering(tasks, finding)))
