"""*Văn bản*: the guiding documents, how they are linked, and which unit carries out what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request

from nqcore.analysis.findings.held_targets import HeldTarget
from nqcore.analysis.findings.target_verdicts import TargetVerdict
from nqcore.collection.accounts.access import Action
from nqcore.collection.monitoring.plan_matrix import PlanStatus, UnitPlan
from nqcore.collection.monitoring.task_coverage import CoveredItem, TaskCoverage, UnlinkedTask
from nqcore.collection.monitoring.task_progress import TaskOverview
from nqcore.errors import UnknownName
from nqcore.model.directives import Branch, Directive
from nqcore.model.indicators import Indicator
from nqcore.model.targets import Target, Task
from nqcore.model.units import Unit
from nqcore.text.folding import fold, sort_key
from nqcore.text.numbers import write_figure
from webforms.security.page_rules import SIGNED_IN, page
from webforms.shared.context import may, me, workspace
from webforms.shared.filters import directive_name, measured, plan_words
from webforms.shared.labels import AIMS
from webforms.shared.language import _

pages = Blueprint("directives", __name__)


@pages.get("/van-ban")
@page(SIGNED_IN)
def listing() -> str:
    """All documents as trees, and references to unknown ones; with words to search for, a plain list."""
    register = workspace().directives
    sought = request.args.get("tim", "").strip()[:200]
    found = [d for d in register if _holds(d, sought)] if sought else []
    return render_template(
        "directives.html",
        trees=register.forest(),
        unresolved=register.unresolved,
        count=len(register),
        sought=sought,
        found=[
            Branch(directive=d, links=(), below=())
            for d in sorted(found, key=lambda d: sort_key(d.name))
        ],
        force=_force(),
    )


def _holds(directive: Directive, sought: str) -> bool:
    """Whether the document's name, title or issuer has every word that is searched for, accents or not."""
    text = fold(f"{directive.name} {directive.title} {directive.body}")
    return all(word in text for word in fold(sought).split())


def _force() -> dict[str, str]:
    """The note on documents that are not in force today, by id."""
    ws = workspace()
    found = {}
    for d in ws.directives:
        if not d.issued(ws.today):
            found[d.id] = _("not issued yet")
        elif not ws.directives.in_force(d.id, ws.today):
            found[d.id] = _("no longer in force")
    return found


@pages.get("/van-ban/<id>")
@page(SIGNED_IN)
def directive(id: str) -> str:
    """One document: its cascade, the units' plans, targets, tasks and forms."""
    ws = workspace()
    try:
        found = ws.directives[id]
    except UnknownName:
        abort(404)
    register = ws.directives
    return render_template(
        "directive.html",
        directive=found,
        owner=ws.catalogue.owner("directive", found.id),
        above=register.above(found.id),
        replaced_by=register.replaced_by(found.id, ws.today),
        amended_by=register.amended_by(found.id, ws.today),
        force=_force(),
        trees=[
            tree
            for tree in register.forest()
            if found in register.family(tree.directive.id) and tree.below
        ],
        plans=_plans(found),
        forms=[
            form
            for form in ws.catalogue.forms.values()
            if register.matching(form.directive) == (found,)
        ],
        **_items(found),
    )


class TargetRow(NamedTuple):
    """A target of the document, with its verdict for the account's unit; `held`: it is one for that unit."""

    target: Target
    indicator: Indicator | None
    verdict: TargetVerdict | None
    held: bool


def _items(directive: Directive) -> dict[str, Any]:
    """The targets and tasks of the document, and how they are taken up below."""
    ws = workspace()
    coverage = ws.monitoring.task_coverage(directive.id)
    held = {one.target.id: one for one in ws.reviews.targets_of_directive(directive.id, me().unit)}
    return {
        "targets": [
            (_aim(one.item, held), _takers(one))
            for one in coverage.items
            if isinstance(one.item, Target)
        ],
        "tasks": [
            (one.item, _carried_out(one.item), _takers(one), _overview(one.item))
            for one in coverage.items
            if isinstance(one.item, Task)
        ],
        "coverage": coverage,
        "loose": _unlinked(coverage, directive),
    }


class PlansOf(NamedTuple):
    """The units that the account may see, each with the state of its plan on one document."""

    directive: Directive
    rows: tuple[tuple[Unit, UnitPlan, str, str], ...]
    missing: int
    waiting: int
    by: object


def _plans(directive: Directive) -> list[PlansOf]:
    ws = workspace()
    matrix = ws.monitoring.plans(directive.id, lambda unit: may(Action.READ, unit))
    found = []
    for one in matrix.directives:
        column = matrix.column(one)
        deadlines = {plan.deadline for _unit, plan in column if plan.deadline}
        found.append(
            PlansOf(
                directive=one,
                rows=tuple((unit, plan, *plan_words(plan)) for unit, plan in column),
                missing=len(matrix.of(one, PlanStatus.MISSING)),
                waiting=len(matrix.of(one, PlanStatus.WAITING)),
                by=deadlines.pop() if len(deadlines) == 1 else None,
            )
        )
    return found


def _overview(task: Task) -> TaskOverview | None:
    """How far the task is, for accounts that may see it."""
    if not task.responsible or not may(Action.READ, task.responsible):
        return None
    return workspace().monitoring.task_overview(task.id)


def _takers(one: CoveredItem) -> list[tuple[Task, Directive]]:
    """The tasks below that carry out a task or target, each with its document."""
    return [(task, workspace().directives[task.directive]) for task in one.tasks]


def _carried_out(task: Task) -> list[str]:
    """What a task carries out from above, in words; an id that no plugin has brought stays as it is."""
    catalogue = workspace().catalogue
    return [
        _item_words(catalogue.tasks.get(id) or catalogue.targets.get(id), id)
        for id in task.implements
    ]


def _item_words(item: Task | Target | None, id: str) -> str:
    if item is None:
        return id
    where = directive_name(item.directive)
    if isinstance(item, Task):
        return f"{item.title} ({where})"
    try:
        indicator = workspace().catalogue.indicator(item.indicator)
    except UnknownName:
        return f"{item.indicator} ({where})"
    value = measured(write_figure(item.value), indicator.measure)
    return f"{indicator.name} {_(AIMS[item.aim])} {value} ({where})"


def _unlinked(coverage: TaskCoverage, directive: Directive) -> list[tuple[UnlinkedTask, str]]:
    """The tasks that carry out nothing from above, with their document where it is another one."""
    register = workspace().directives
    return [
        (
            one,
            ""
            if register.matching(one.task.directive) == (directive,)
            else directive_name(one.task.directive),
        )
        for one in coverage.unlinked
    ]


def _aim(target: Target, held: Mapping[str, HeldTarget]) -> TargetRow:
    """A target as it holds for the account's unit, or else as the directive sets it."""
    mine = held.get(target.id)
    if mine is not None:
        target = mine.target
    return TargetRow(target, _indicator(target), mine.verdict if mine else None, mine is not None)


def _indicator(target: Target) -> Indicator | None:
    try:
        return workspace().catalogue.indicator(target.indicator)
    except UnknownName:
        return None
