"""Coverage of tasks: which tasks and targets of a directive no task below carries out, and which tasks
carry out nothing of a document above.

A document is below another one by the links of the register of directives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from nqcore.catalogue import Catalogue
from nqcore.catalogue.targets_in_force import target_as_set
from nqcore.model.directives import Directive, Directives
from nqcore.model.targets import Target, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredItem:
    """A task or target of a directive, and the `tasks` of documents below that carry it out."""

    item: Task | Target
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkedTask:
    """A task that carries out nothing of a document above. `unknown` are the ids that it names and that
    are neither tasks nor targets of a document above."""

    task: Task
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCoverage:
    """The coverage of the tasks and targets (`items`) of `directive` by tasks of the documents `below` it;
    `unlinked` are tasks of all these documents."""

    directive: Directive
    below: tuple[Directive, ...]
    items: tuple[CoveredItem, ...]
    unlinked: tuple[UnlinkedTask, ...]

    @property
    def uncovered(self) -> tuple[CoveredItem, ...]:
        """The items that no task below carries out. Empty where no document is below."""
        return tuple(one for one in self.items if not one.tasks) if self.below else ()


def task_coverage(catalogue: Catalogue, directive: Directive, on: date) -> TaskCoverage:
    """Which tasks below carry out the tasks and targets of `directive`, and which tasks of it and of the
    documents below it carry out nothing of a document above them. Targets are those that hold on that day."""
    register = catalogue.directives
    below = register.under(directive.id)
    lower = {d.id for d in below}
    tasks = sorted(catalogue.tasks.values(), key=lambda task: (task.order, task.id))
    home = {task.id: _document(register, task) for task in tasks}
    own: list[Task | Target] = [
        *(task for task in tasks if home[task.id] == directive.id),
        *(
            found
            for target in catalogue.targets.values()
            if _document(register, target) == directive.id
            and (found := target_as_set(catalogue, target, on)) is not None
        ),
    ]
    above = _items_above(register, [*tasks, *catalogue.targets.values()])
    return TaskCoverage(
        directive=directive,
        below=below,
        items=tuple(
            CoveredItem(
                item=item,
                tasks=tuple(
                    task for task in tasks if home[task.id] in lower and item.id in task.implements
                ),
            )
            for item in own
        ),
        unlinked=tuple(
            UnlinkedTask(task=task, unknown=task.implements)
            for task in tasks
            if home[task.id] in {directive.id, *lower}
            # Without a task or target above there is nothing that the task could carry out.
            and (there := above.get(home[task.id]))
            and there.isdisjoint(task.implements)
        ),
    )


def _document(register: Directives, item: Task | Target) -> str:
    """The id of the directive that the item names; "" unless exactly one has this name."""
    found = register.matching(item.directive)
    return found[0].id if len(found) == 1 else ""


def _items_above(register: Directives, items: Iterable[Task | Target]) -> Mapping[str, Set[str]]:
    """For each directive (its id) the ids of the tasks and targets of all documents above it."""
    by_document: dict[str, set[str]] = {}
    for item in items:
        by_document.setdefault(_document(register, item), set()).add(item.id)
    above: dict[str, set[str]] = {}
    for document, ids in by_document.items():
        if document:
            for lower in register.under(document):
                above.setdefault(lower.id, set()).update(ids)
    return above
