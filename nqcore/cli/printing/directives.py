"""What `nq directives` prints: the register, a tree, which units have issued their plan, and which tasks
lower documents carry out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nqcore.cli.printing.output import Data
from nqcore.collection.monitoring.plan_matrix import PlanMatrix, PlanStatus
from nqcore.collection.monitoring.task_coverage import TaskCoverage
from nqcore.errors import N_, Phrase, UnknownName, Words
from nqcore.model.codec import json_of, picked
from nqcore.model.directives import Branch, Directive
from nqcore.model.targets import Aim, Target, Task
from nqcore.text.dates import write_date
from nqcore.text.numbers import write_figure
from nqcore.workspace.facade import Workspace


def directives_data(ws: Workspace, name: str | None = None, on: date | None = None) -> list[Data]:
    """The directives (all, or the one that `name` means) with their links; with `on` also whether
    they were in force that day."""
    chosen = [ws.directives[name]] if name else list(ws.directives)
    return [_directive(ws, directive, on) for directive in chosen]


def _directive(ws: Workspace, d: Directive, on: date | None) -> Data:
    register = ws.directives
    force: Data = {}
    if on:
        force = {
            "in_force": register.in_force(d.id, on),
            "replaced_by": [other.id for other in register.replaced_by(d.id, on)],
            "amended_by": [other.id for other in register.amended_by(d.id, on)],
        }
    return {
        **picked(d, "id", "type", "number", "issuer", "body", "title", "date"),
        "term": d.term or None,
        "plugin": ws.catalogue.owner("directive", d.id),
        "links": [
            picked(link, "kind", "target") | {"resolved": link.target in register}
            for link in register.above(d.id)
        ],
        **force,
    }


def directive_tree(ws: Workspace, name: str, on: date | None = None) -> Iterator[Phrase]:
    """The directive and the documents linked to it, indented: each document once, with the kinds of its
    links. Links to unknown documents are marked; with `on` also documents not in force on that day."""

    def walk(branch: Branch, depth: int) -> Iterator[Phrase]:
        d, pad = branch.directive, "  " * depth
        kinds: dict[str, list[str]] = {}
        for link in branch.links:
            kinds.setdefault(link.kind.value, []).append(ws.directives[link.target].number)
        how = "; ".join(f"{kind} {', '.join(numbers)}" for kind, numbers in kinds.items())
        issued = write_date(d.date) if d.date else "?"
        owner = ws.catalogue.owner("directive", d.id)
        line = Phrase(f"{{pad}}{{how}}{': ' if how else ''}{{name}} ({{issued}}) – {{body}} [{{owner}}]", {
            "pad": pad, "how": how, "name": d.name, "issued": issued, "body": d.body, "owner": owner,
        })  # fmt: skip
        for words in _force(ws, d, on) if on else ():
            line = Phrase("{line} – {words}", {"line": line, "words": words})
        yield line
        for link in ws.directives.unresolved:
            if link.source == d.id:
                params = {"pad": pad, "kind": link.kind.value, "target": link.target}
                yield Phrase(N_("{pad}  ! {kind} “{target}”: not known"), params)
        for below in branch.below:
            yield from walk(below, depth + 1)

    yield from walk(ws.directives.tree(ws.directives[name].id), 0)


def _force(ws: Workspace, d: Directive, on: date) -> Iterator[Phrase]:
    """Notes on `d` for that day: not issued, replaced, amended; none if it is just in force."""
    register = ws.directives
    replaced, amended = register.replaced_by(d.id, on), register.amended_by(d.id, on)
    if not d.issued(on):
        yield Phrase(N_("NOT ISSUED by {day}"), {"day": on.isoformat()})
    elif replaced:
        others = {"others": ", ".join(other.id for other in replaced)}
        yield Phrase(N_("NOT IN FORCE, replaced by {others}"), others)
    if amended:
        others = {"others": ", ".join(other.id for other in amended)}
        yield Phrase(N_("amended by {others}"), others)


def plans_data(matrix: PlanMatrix) -> Data:
    """The units' plans: a row for each unit and directive, and the counts of each directive."""
    return {
        "directives": [
            {
                **picked(d, "id", "number"),
                "asked": len(matrix.column(d)),
                **{status.value: len(matrix.of(d, status)) for status in PlanStatus},
            }
            for d in matrix.directives
        ],
        "plans": [
            {
                "unit": unit.code,
                "name": unit.name,
                "directive": d.id,
                "state": plan.status.value,
                "number": plan.document.number if plan.document else None,
                "date": json_of(plan.document and plan.document.date),
                "by": json_of(plan.deadline),
                "days_late": plan.days,
                "submission": plan.submission or None,
                "predecessor": plan.predecessor.code if plan.predecessor else None,
            }
            for d in matrix.directives
            for unit, plan in matrix.column(d)
        ],
    }


_PLANS = {
    PlanStatus.ISSUED: N_("issued"),
    PlanStatus.LATE: N_("issued"),
    PlanStatus.WAITING: N_("plan waits"),
    PlanStatus.MISSING: N_("no plan"),
}
"""What `nq directives --plans` prints for each status."""


def plan_lines(matrix: PlanMatrix) -> Iterator[Phrase]:
    """The units' plans, directive by directive."""
    if not matrix.directives:
        yield Phrase(N_("No form asks any unit for a plan here."))
    for d in matrix.directives:
        column = matrix.column(d)
        issued = len(matrix.of(d, PlanStatus.ISSUED, PlanStatus.LATE))
        words = N_("{directive}: {count} of {due} units have issued their plan")
        yield Phrase(words, {"directive": d.name, "count": issued, "due": len(column)})
        for unit, plan in column:
            document = plan.document
            text = f"  {document.number}" if document else ""
            if document:
                text += f"  {json_of(document.date) or '?'}"
            if plan.predecessor:
                text += f"  ({plan.predecessor.name})"
            state = Phrase(_PLANS[plan.status])
            if plan.days:
                words = (
                    N_("{state}, {days} days late")
                    if document
                    else N_("{state}, {days} days overdue")
                )
                state = Phrase(words, {"state": state, "days": plan.days})
            line = f"  {unit.code}  {unit.name}{text}"
            yield Phrase("{line}: {state}", {"line": line, "state": state})


def coverage_data(ws: Workspace, coverage: TaskCoverage) -> Data:
    """The tasks and targets of a directive, the tasks of lower documents that carry them out, and the tasks
    of lower documents that carry out none."""
    return {
        "directive": coverage.directive.id,
        "below": [d.id for d in coverage.below],
        "items": [
            {
                "id": one.item.id,
                "kind": "task" if isinstance(one.item, Task) else "target",
                "title": item_title(ws, one.item),
                "by": [task.id for task in one.tasks],
            }
            for one in coverage.items
        ],
        "uncovered": [one.item.id for one in coverage.uncovered],
        "loose": [
            {
                **picked(one.task, "id", "directive", "title"),
                "unknown": list(one.unknown),
            }
            for one in coverage.unlinked
        ],
    }


def item_title(ws: Workspace, item: Task | Target) -> str:
    """The title of a task; the indicator, aim and value of a target."""
    if isinstance(item, Task):
        return item.title
    try:
        indicator = ws.catalogue.indicator(item.indicator)
    except UnknownName:
        return f"{item.indicator} {_AIMS[item.aim]} {write_figure(item.value)} ({item.period})"
    want = f"{_AIMS[item.aim]} {write_figure(item.value)} {indicator.measure}"
    return f"{indicator.label}. {indicator.name} {want} ({item.period})"


_AIMS = {Aim.AT_LEAST: "≥", Aim.AT_MOST: "≤"}
_SHOWN = 90
"""Characters of a title in a line; the text of a task may be as long as a paragraph."""


def coverage_lines(ws: Workspace, coverage: TaskCoverage) -> Iterator[Words]:
    """The tasks and targets of a directive, with the tasks that carry them out."""

    def line(id: str, title: str) -> str:
        return f"{id}  {title if len(title) <= _SHOWN else title[:_SHOWN].rstrip() + '…'}"

    d = coverage.directive
    if not coverage.items:
        words = N_("{directive} sets no task or target that is known here.")
        yield Phrase(words, {"directive": d.name})
    elif not coverage.below:
        yield Phrase(N_("{directive}: no document stands below it."), {"directive": d.name})
    for one in coverage.items:
        yield line(one.item.id, item_title(ws, one.item))
        for task in one.tasks:
            yield f"    ← {line(task.id, task.title)}"
        if coverage.below and not one.tasks:
            yield Phrase("    ! {words}", {"words": Phrase(N_("nobody below carries it out"))})
    for loose in coverage.unlinked:
        params = {"task": line(loose.task.id, loose.task.title), "names": ", ".join(loose.unknown)}
        yield Phrase(
            N_("! answers nothing above (names {names}): {task}")
            if loose.unknown
            else N_("! answers nothing above: {task}"),
            params,
        )
