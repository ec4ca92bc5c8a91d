"""Coverage of tasks: which task or target of a higher document nobody below takes up, and which task
below answers nothing above. A document stands below another by the links of the register."""

from __future__ import annotations

from dataclasses import dataclass

from nqcore.catalogue import Catalogue
from nqcore.model.directives import Directive
from nqcore.model.targets import Target, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """A task or target of the higher document, and the tasks below that carry it out."""

    item: Task | Target
    by: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkedTask:
    """A task that answers nothing above it; `unknown` are ids that it names and nobody brought, or
    that do not stand in a document above."""

    task: Task
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCoverage:
    """`below` are the documents that stand below `directive`; without any nothing can be covered."""

    directive: Directive
    below: tuple[Directive, ...]
    items: tuple[TakenUp, ...]
    loose: tuple[UnlinkedTask, ...]

    @property
    def uncovered(self) -> tuple[TakenUp, ...]:
        """The tasks and targets that nobody below carries out."""
        return tuple(one for one in self.items if not one.by) if self.below else ()


def task_coverage(catalogue: Catalogue, directive: Directive) -> TaskCoverage:
    """How the tasks and targets of `directive` are taken up below, and which tasks of its own and
    of what stands below it answer nothing above them."""
    register = catalogue.directives
    below = register.under(directive.id)
    tasks = sorted(catalogue.tasks.values(), key=lambda task: (task.order, task.id))

    def of(name: str) -> str:
        """The id of the document that `name` means, "" when it is not one."""
        found = register.matching(name)
        return found[0].id if len(found) == 1 else ""

    lower = {d.id for d in below}
    taking = [task for task in tasks if of(task.directive) in lower]
    own: list[Task | Target] = [
        *(task for task in tasks if of(task.directive) == directive.id),
        *(t for t in catalogue.targets.values() if of(t.directive) == directive.id),
    ]
    # What each document of the register sets itself, and so what there is above another.
    sets: dict[str, set[str]] = {}
    everything: list[Task | Target] = [*tasks, *catalogue.targets.values()]
    for item in everything:
        sets.setdefault(of(item.directive), set()).add(item.id)
    above: dict[str, set[str]] = {}
    for id, items in sets.items():
        if id:
            for d in register.under(id):
                above.setdefault(d.id, set()).update(items)
    loose = []
    for task in tasks:
        home = of(task.directive)
        # Where nothing above sets a task or a target there is nothing to answer.
        there = above.get(home, set()) if home in {directive.id, *lower} else set()
        if there and not there.intersection(task.implements):
            loose.append(UnlinkedTask(task=task, unknown=task.implements))
    return TaskCoverage(
        directive=directive,
        below=below,
        items=tuple(
            TakenUp(item=item, by=tuple(task for task in taking if item.id in task.implements))
            for item in own
        ),
        loose=tuple(loose),
    )
