"""References between definitions: which of them point at something that no plugin brought."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from nqcore.catalogue.catalogue import Unresolved
from nqcore.model.forms import DocumentField, TaskField
from nqcore.model.handovers import (
    Duty,
    Handover,
)

Tables = Mapping[str, Container[str]]
"""By kind ("indicator", "form" …): the ids that somebody brought."""


def find_unresolved(
    known: Tables, flat: Mapping[str, list[tuple[str, Any]]]
) -> Iterable[Unresolved]:
    """Every reference to something that is not `known`. `flat`: all definitions by the name of their
    field in Definitions, each with its owner."""

    def look(owner: str, what: str, kind: str, id: str | None) -> Iterable[Unresolved]:
        if id and id not in known[kind]:
            yield Unresolved(owner=owner, what=what, kind=kind, missing=id)

    for owner, link in flat["links"]:
        for end in (link.source, link.target):
            yield from look(owner, f"link {link.source} → {link.target}", "directive", end)
    for owner, i in flat["indicators"]:
        needs = [i.weight, i.at_most, *i.parts]
        needs += [ref.code for ref in i.formula.references] if i.formula else []
        for code in dict.fromkeys(needs):
            yield from look(owner, f"indicator {i.code}", "indicator", code)
    for owner, form in flat["forms"]:
        yield from look(owner, f"form {form.id}", "directive", form.directive)
        yield from look(owner, f"form {form.id}", "calendar", form.calendar)
        for field in form.figures:
            yield from look(owner, f"form {form.id}", "indicator", field.indicator)
        for field in form.fields:
            if isinstance(field, TaskField):
                yield from look(owner, f"form {form.id}", "task", field.task)
            elif isinstance(field, DocumentField):
                yield from look(owner, f"form {form.id}", "directive", field.directive)
    for owner, target in flat["targets"]:
        yield from look(owner, f"target {target.id}", "directive", target.directive)
        yield from look(owner, f"target {target.id}", "indicator", target.indicator)
    for owner, task in flat["tasks"]:
        yield from look(owner, f"task {task.id}", "directive", task.directive)
        for unit in (task.responsible, *task.cooperating):
            yield from look(owner, f"task {task.id}", "unit", unit)
        for id in task.implements:
            if id not in known["target"]:
                yield from look(owner, f"task {task.id}", "task", id)
        for rule in task.answers:
            yield from look(owner, f"task {task.id}", "rule", rule)
    for owner, rule in flat["rules"]:
        yield from look(owner, f"rule {rule.id}", "directive", rule.directive)
        for code in rule.indicators:
            yield from look(owner, f"rule {rule.id}", "indicator", code)
        for task_id in rule.tasks:
            yield from look(owner, f"rule {rule.id}", "task", task_id)
    for owner, overlay in flat["overlays"]:
        yield from look(owner, f"overlay {overlay.id}", overlay.kind, overlay.of)
        yield from look(owner, f"overlay {overlay.id}", "unit", overlay.within)
    for owner, handover in flat["handovers"]:
        yield from unresolved_handovers(known, owner, [handover])


def unresolved_handovers(
    known: Tables, owner: str, handovers: Iterable[Handover]
) -> Iterable[Unresolved]:
    """The decisions whose form, task or target is not `known`."""
    for each in handovers:
        if each.duty is not Duty.REPORTS and each.of and each.of not in known[each.duty.value]:
            yield Unresolved(
                owner=owner, what=f"handover {each.id}", kind=each.duty.value, missing=each.of
            )
