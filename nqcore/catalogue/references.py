"""References between definitions, and those of them that lead to an id which no plugin defines."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from nqcore.catalogue.owners import OwnedItems
from nqcore.model.changes import ChangeEvent
from nqcore.model.directives import Link
from nqcore.model.fields import AnyField
from nqcore.model.forms import AddedSection, Form, Question, part_id
from nqcore.model.handovers import Duty, Handover
from nqcore.model.indicators import Indicator
from nqcore.model.outlines import Outline
from nqcore.model.overlays import WITHOUT, Overlay
from nqcore.model.reports import Letterhead
from nqcore.model.rules import RuleDefinition
from nqcore.model.targets import Target, Task
from nqcore.model.unit_kinds import UnitKindDefinition
from nqcore.model.units import KIND_OF_UNITS, Scope, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A reference to an id that does not exist: `what` of `owner` names the `missing` id of that `kind`. It
    stands at the key `key` of the definition `of`, a pair of kind and id."""

    owner: str
    what: str
    kind: str
    missing: str
    key: str = ""
    of: tuple[str, str] = ("", "")


OWN_RULES = "nq."
"""The beginning of the ids of the rules of the library itself."""

KnownIds = Mapping[str, Container[str]]
"""By kind ("indicator", "form" …): the ids that are defined."""


class NamedId(NamedTuple):
    """What a definition refers to at its key `key`: kind and id; None: it refers to nothing there."""

    key: str
    kind: str
    id: str | None


def find_unresolved(known: KnownIds, items: OwnedItems) -> Iterator[Unresolved]:
    """Every reference of `items` to something that is not `known`."""
    for field, several in items.items():
        if field not in _REFERENCES:
            continue
        name, _ = _REFERENCES[field]
        for owner, item in several:
            for key, kind, id in references_of(field, item):
                if id and not _is_known(known, name, kind, id):
                    yield Unresolved(
                        owner=owner,
                        what=_label(name, item),
                        kind=kind,
                        missing=id,
                        key=key,
                        of=(name, item_id(item)),
                    )


def references_of(field: str, item: Any) -> Iterable[NamedId]:
    """What one item of that field of Definitions refers to."""
    return _REFERENCES[field][1](item) if field in _REFERENCES else ()


def _is_known(known: KnownIds, name: str, kind: str, id: str) -> bool:
    # A task may carry out a task or a target of a higher directive.
    return id in known[kind] or (name == kind == "task" and id in known["target"])


def item_id(item: Any) -> str:
    """The id of a definition, whatever its kind."""
    if isinstance(item, Link):
        return f"{item.source} {item.kind.value} {item.target}"
    if isinstance(item, Letterhead):
        return item.unit
    coded = isinstance(item, Indicator | Unit | UnitKindDefinition)
    return str(item.code if coded else item.id)


def _label(name: str, item: Any) -> str:
    if isinstance(item, Link):
        return f"{name} {item.source} → {item.target}"
    return f"{name} {item_id(item)}"


def _of_unit(unit: Unit) -> Iterator[NamedId]:
    yield NamedId("kind", KIND_OF_UNITS, unit.kind)


def _of_change(event: ChangeEvent) -> Iterator[NamedId]:
    yield NamedId("unit_kind", KIND_OF_UNITS, event.unit_kind)


def _of_scope(key: str, scope: Scope | None) -> Iterator[NamedId]:
    if scope is not None:
        for kind in sorted(scope.kinds):
            yield NamedId(f"{key}.kinds", KIND_OF_UNITS, kind)
        for code in sorted(scope.units):
            yield NamedId(f"{key}.units", "unit", code)
        yield NamedId(f"{key}.within", "unit", scope.within)


def _of_link(link: Link) -> Iterator[NamedId]:
    yield NamedId("source", "directive", link.source)
    yield NamedId("target", "directive", link.target)


def _of_indicator(indicator: Indicator) -> Iterator[NamedId]:
    found: dict[str | None, str] = {}
    for key in ("weight", "at_most", "population"):
        found.setdefault(getattr(indicator, key), key)
    found.update((code, "parts") for code in indicator.parts if code not in found)
    if indicator.formula:
        codes = sorted(reference.code for reference in indicator.formula.references)
        found.update((code, "formula") for code in codes if code not in found)
    for named, key in found.items():
        yield NamedId(key, "indicator", named)
    yield from _of_scope("asks", indicator.asks)


def _of_form(form: Form) -> Iterator[NamedId]:
    yield NamedId("directive", "directive", form.directive)
    yield NamedId("calendar", "calendar", form.calendar)
    for field in form.fields:
        yield from _of_field(field)
    for section in form.sections:
        yield from _of_scope("section.asks", section.asks)
    yield from _of_scope("owed_by", form.owed_by)
    yield from _of_scope("leader", form.leader)
    for each in form.due_for:
        yield from _of_scope("due_for.scope", each.scope)


def _of_field(field: AnyField) -> Iterator[NamedId]:
    for kind, id in field.references():
        yield NamedId(kind, kind, id)
    yield from _of_scope("asks", field.asks)


def _of_section(added: AddedSection) -> Iterator[NamedId]:
    yield NamedId("form", "form", added.form)
    yield from _of_scope("asks", added.section.asks)


def _of_question(question: Question) -> Iterator[NamedId]:
    yield NamedId("form", "form", question.form)
    yield NamedId("section", "section", part_id(question.form, question.section))
    yield from _of_field(question.field)


def _of_target(target: Target) -> Iterator[NamedId]:
    yield NamedId("directive", "directive", target.directive)
    yield NamedId("indicator", "indicator", target.indicator)
    yield from _of_scope("scope", target.scope)


def _of_task(task: Task) -> Iterator[NamedId]:
    yield NamedId("directive", "directive", task.directive)
    yield NamedId("responsible", "unit", task.responsible)
    for unit in task.cooperating:
        yield NamedId("cooperating", "unit", unit)
    for id in task.implements:
        yield NamedId("implements", "task", id)
    for rule in task.answers:
        yield NamedId("answers", "rule", rule)


def _of_rule(rule: RuleDefinition) -> Iterator[NamedId]:
    yield NamedId("directive", "directive", rule.directive)
    for code in dict.fromkeys((*rule.indicators, *rule.judged_by)):
        yield NamedId("indicators" if code in rule.indicators else "judged_by", "indicator", code)
    for task in rule.tasks:
        yield NamedId("tasks", "task", task)
    yield from _of_scope("scope", rule.scope)


def _of_overlay(overlay: Overlay) -> Iterator[NamedId]:
    yield NamedId(overlay.kind, overlay.kind, overlay.of)
    yield NamedId("within", "unit", overlay.within)
    for key in overlay.leaves_out:
        yield NamedId(f"set.{WITHOUT}", "question", part_id(overlay.of, key))


def _of_handover(handover: Handover) -> Iterator[NamedId]:
    if handover.duty is not Duty.REPORTS:
        yield NamedId(handover.duty.value, handover.duty.value, handover.of)


def _of_letterhead(letterhead: Letterhead) -> Iterator[NamedId]:
    yield NamedId("unit", "unit", letterhead.unit)


def _of_outline(outline: Outline) -> Iterator[NamedId]:
    for directive in outline.default_for:
        yield NamedId("default_for", "directive", directive)
    for _part, take in outline.takes:
        for rule in (*take.rules, *(one for lead in take.leads for one in lead.carried_by)):
            # The library's own findings have no rule in a file.
            yield NamedId("part.takes", "rule", None if rule.startswith(OWN_RULES) else rule)
        for form in take.forms:
            yield NamedId("part.takes", "form", form)


_REFERENCES: Mapping[str, tuple[str, Callable[[Any], Iterable[NamedId]]]] = MappingProxyType(
    {
        "units": ("unit", _of_unit),
        "changes": ("change", _of_change),
        "links": ("link", _of_link),
        "indicators": ("indicator", _of_indicator),
        "forms": ("form", _of_form),
        "sections": ("section", _of_section),
        "questions": ("question", _of_question),
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
