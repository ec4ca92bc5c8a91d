"""References between definitions, and those of them that lead to an id which no plugin defines."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nqcore.catalogue.owners import OwnedItems
from nqcore.model.directives import Link
from nqcore.model.forms import Form
from nqcore.model.handovers import Duty, Handover
from nqcore.model.indicators import Indicator
from nqcore.model.outlines import Outline
from nqcore.model.overlays import Overlay
from nqcore.model.reports import Letterhead
from nqcore.model.rules import RuleDefinition
from nqcore.model.targets import Target, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A reference to an id that does not exist: `what` of `owner` names the `missing` id."""

    owner: str
    what: str
    kind: str
    missing: str


OWN_RULES = "nq."
"""The beginning of the ids of the rules of the library itself."""

KnownIds = Mapping[str, Container[str]]
"""By kind ("indicator", "form" …): the ids that are defined."""

Reference = tuple[str, str | None]
"""The kind and the id of what a definition refers to; None: it refers to nothing there."""


def find_unresolved(known: KnownIds, items: OwnedItems) -> Iterator[Unresolved]:
    """Every reference of `items` to something that is not `known`."""
    for field, several in items.items():
        if field not in _REFERENCES:
            continue
        name, references = _REFERENCES[field]
        for owner, item in several:
            for kind, id in references(item):
                if id and not _is_known(known, name, kind, id):
                    yield Unresolved(owner=owner, what=_label(name, item), kind=kind, missing=id)


def _is_known(known: KnownIds, name: str, kind: str, id: str) -> bool:
    # A task may carry out a task or a target of a higher directive.
    return id in known[kind] or (name == kind == "task" and id in known["target"])


def _label(name: str, item: Any) -> str:
    if isinstance(item, Link):
        return f"{name} {item.source} → {item.target}"
    if isinstance(item, Letterhead):
        return f"{name} {item.unit}"
    return f"{name} {item.code if isinstance(item, Indicator) else item.id}"


def _of_link(link: Link) -> Iterator[Reference]:
    yield "directive", link.source
    yield "directive", link.target


def _of_indicator(indicator: Indicator) -> Iterator[Reference]:
    codes = [indicator.weight, indicator.at_most, indicator.population, *indicator.parts]
    if indicator.formula:
        codes += [reference.code for reference in indicator.formula.references]
    for code in dict.fromkeys(codes):
        yield "indicator", code


def _of_form(form: Form) -> Iterator[Reference]:
    yield "directive", form.directive
    yield "calendar", form.calendar
    for field in form.fields:
        yield from field.references()


def _of_target(target: Target) -> Iterator[Reference]:
    yield "directive", target.directive
    yield "indicator", target.indicator


def _of_task(task: Task) -> Iterator[Reference]:
    yield "directive", task.directive
    for unit in (task.responsible, *task.cooperating):
        yield "unit", unit
    for id in task.implements:
        yield "task", id
    for rule in task.answers:
        yield "rule", rule


def _of_rule(rule: RuleDefinition) -> Iterator[Reference]:
    yield "directive", rule.directive
    for code in rule.indicators:
        yield "indicator", code
    for task in rule.tasks:
        yield "task", task


def _of_overlay(overlay: Overlay) -> Iterator[Reference]:
    yield overlay.kind, overlay.of
    yield "unit", overlay.within


def _of_handover(handover: Handover) -> Iterator[Reference]:
    if handover.duty is not Duty.REPORTS:
        yield handover.duty.value, handover.of


def _of_letterhead(letterhead: Letterhead) -> Iterator[Reference]:
    yield "unit", letterhead.unit


def _of_outline(outline: Outline) -> Iterator[Reference]:
    for directive in outline.default_for:
        yield "directive", directive
    for _part, take in outline.takes:
        for rule in (*take.rules, *(one for lead in take.leads for one in lead.carried_by)):
            # The library's own findings have no rule in a file.
            yield "rule", None if rule.startswith(OWN_RULES) else rule
        for form in take.forms:
            yield "form", form


_REFERENCES: Mapping[str, tuple[str, Callable[[Any], Iterable[Reference]]]] = MappingProxyType(
    {
        "links": ("link", _of_link),
        "indicators": ("indicator", _of_indicator),
        "forms": ("form", _of_form),
        "targets": ("target", _of_target),
        "tasks": ("task", _of_task),
        "rules": ("rule", _of_rule),
        "overlays": ("overlay", _of_overlay),
        "handovers": ("handover", _of_handover),
        "letterheads": ("letterhead", _of_letterhead),
        "outlines": ("outline", _of_outline),
    }
)
"""By the field of Definitions: what its items are called, and what one of them refers to."""
