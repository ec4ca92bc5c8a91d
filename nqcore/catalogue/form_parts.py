"""The parts of forms: sections and fields of several owners become one form, and who is asked for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from nqcore.catalogue.owners import Owned, OwnerRegister
from nqcore.errors import DuplicateId
from nqcore.model.fields import FIELD_TYPES, AnyField, FigureField
from nqcore.model.forms import AddedSection, Form, Question, Section, part_id
from nqcore.model.overlays import Overlay

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The overlays that leave fields of forms out, by form and key of the field."""

    overlays: Mapping[tuple[str, str], tuple[Overlay, ...]]

    @classmethod
    def of(cls, overlays: Iterable[Overlay]) -> LeftOut:
        """Those among `overlays`."""
        found: dict[tuple[str, str], list[Overlay]] = {}
        for overlay in overlays:
            if overlay.kind == "form":
                for key in overlay.leaves_out:
                    found.setdefault((overlay.of, key), []).append(overlay)
        return cls(MappingProxyType({place: tuple(each) for place, each in found.items()}))


def whole_forms(
    forms: Mapping[str, Form],
    sections: Sequence[Owned[AddedSection]],
    questions: Sequence[Owned[Question]],
    register: OwnerRegister,
) -> dict[str, Form]:
    """The forms with the sections and questions that are added to them; one whose form or section does not
    exist is left out (`find_unresolved` names it). Every section and every field is registered with its
    owner. Raises DuplicateId where two have one key, or one input."""
    inputs: dict[tuple[str, str], str] = {}
    for form in forms.values():
        owner = register.owners["form", form.id]
        for section in form.sections:
            register.add("section", part_id(form.id, section.key), owner)
        for field in form.fields:
            _register_field(register, inputs, form.id, field, owner)
    for owner, added in sections:
        register.add("section", added.id, owner)
    for owner, question in questions:
        _register_field(register, inputs, question.form, question.field, owner)
    if not sections and not questions:
        return dict(forms)
    return {
        id: _whole(
            form,
            [added for _, added in sections if added.form == id],
            [question for _, question in questions if question.form == id],
        )
        for id, form in forms.items()
    }


def ids_of(register: OwnerRegister, kind: str) -> frozenset[str]:
    """The ids of that kind that have an owner."""
    return frozenset(id for of, id in register.owners if of == kind)


def typed_in(forms: Iterable[Form]) -> dict[str, tuple[Form, FigureField]]:
    """By indicator: the form that asks for it, and its field there; the first one, if several do."""
    found: dict[str, tuple[Form, FigureField]] = {}
    for form in forms:
        for field in form.figures:
            found.setdefault(field.indicator, (form, field))
    return found


def _register_field(
    register: OwnerRegister,
    inputs: dict[tuple[str, str], str],
    form: str,
    field: AnyField,
    owner: str,
) -> None:
    id = part_id(form, field.key)
    register.add("question", id, owner)
    for name in {field.key, *field.input_names}:
        other = inputs.setdefault((form, name), id)
        if other != id:
            first = register.owners["question", other]
            raise DuplicateId(kind="question", id=id, first=first, second=owner)


def _whole(form: Form, added: Sequence[AddedSection], questions: Sequence[Question]) -> Form:
    if not added and not questions:
        return form
    own = list(_placed(form.sections))
    own += [((one.order or _LAST, 0, *natural(one.section.key)), one.section) for one in added]
    sections = (section for _, section in sorted(own, key=lambda each: each[0]))
    whole = tuple(_with(section, questions) for section in sections)
    return replace(form, sections=whole)


def _with(section: Section, questions: Sequence[Question]) -> Section:
    """The section with its questions: by type, as a form shows them, and there by their places."""
    mine = [one for one in questions if one.section == section.key]
    if not mine:
        return section
    fields: list[AnyField] = []
    for kind in FIELD_TYPES:
        placed = list(_placed([field for field in section.fields if type(field) is kind]))
        placed += [
            ((one.order or _LAST, 0, *natural(one.field.key)), one.field)
            for one in mine
            if type(one.field) is kind
        ]
        fields += (field for _, field in sorted(placed, key=lambda each: each[0]))
    return replace(section, fields=tuple(fields))


_LAST = 1_000_000
"""A place behind all that a form itself has."""

_Place = tuple[int | str, ...]


def _placed(items: Iterable[T]) -> Iterator[tuple[_Place, T]]:
    """Those that the form itself has, each with its place; one that is added there stands before it."""
    return (((nth, 1), item) for nth, item in enumerate(items, 1))


def natural(key: str) -> tuple[int | str, ...]:
    """The order in which people count keys: C2 before C10. Texts and numbers take turns in it.

    >>> sorted(["C10", "C2", "B"], key=natural)
    ['B', 'C2', 'C10']
    """
    parts = re.split(r"([0-9]+)", key)
    return tuple(int(part) if nth % 2 else part for nth, part in enumerate(parts))
