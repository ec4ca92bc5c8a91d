"""The form of one definition on *Quản trị › Nội dung*: what was typed, what it says, what is wrong."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.form import BaseForm

from nqcore.catalogue.item_kinds import Item, table_of
from nqcore.catalogue.item_mistakes import ItemMistake
from nqcore.collection.content.changes import ContentPlan
from nqcore.errors import InputError, UnknownName, in_a_row
from webforms.admin.content_boxes import (
    MANY_LINES,
    BoxType,
    ContentBox,
    inside,
    put_inside,
    read_box,
    written,
)
from webforms.admin.content_shapes import PLACE, ContentShape, Table
from webforms.shared.context import workspace
from webforms.shared.filters import message
from webforms.shared.language import _

CHOSEN = (BoxType.CHOICE, BoxType.FLAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentForm:
    """A form: its sort, what stands in its boxes, what it changes (None: it is new), and what is wrong,
    by the key of the box ("": no single one)."""

    shape: ContentShape
    boxes: BaseForm
    before: Item | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[ContentBox, ...]:
        """The boxes that can be filled in."""
        new = self.before is None
        return tuple(one for one in self.shape.boxes if new or not one.fixed)

    def choices(self, box: ContentBox) -> list[tuple[str, str]]:
        """What can be chosen in a box, with what stands in it already."""
        found = [] if box.choices is None else box.choices()
        if box.key == PLACE and self.before is not None:
            form = table_of(self.before).get("form", "")
            found = [one for one in found if one[0].startswith(f"{form}/")]
        here = self.boxes[box.key].data
        known = {value for value, _words in found}
        given = here if isinstance(here, list) else [here]
        found += [(one, one) for one in given if one and one not in known]
        return [("", _(box.first)), *found] if box.first else found

    def words(self, box: ContentBox) -> str:
        """What stands in the box, in words."""
        data = self.boxes[box.key].data
        if box.type is BoxType.TICKS or box.type in CHOSEN:
            words = dict(self.choices(box))
            given: list[str] = data if isinstance(data, list) else [data or ""]
            return "; ".join(words.get(one, one) for one in given if one)
        return str(data or "")


def _field(box: ContentBox) -> Field:
    if box.type is BoxType.TICKS:
        return SelectMultipleField(choices=[], validate_choice=False)
    if box.type in CHOSEN:
        return SelectField(choices=[], validate_choice=False)
    return TextAreaField() if box.type in MANY_LINES else StringField()


def _boxes(
    shape: ContentShape, posted: MultiDict[str, str] | None, data: Mapping[str, object]
) -> BaseForm:
    form = BaseForm({box.key: _field(box) for box in shape.boxes})  # type: ignore[arg-type]
    form.process(posted, data=data)
    return form


def posted_form(
    shape: ContentShape, posted: MultiDict[str, str], before: Item | None
) -> ContentForm:
    """The form as it was sent."""
    return ContentForm(shape=shape, boxes=_boxes(shape, posted, {}), before=before)


def new_form(shape: ContentShape, given: Mapping[str, str]) -> ContentForm:
    """An empty form; `given`: what is known already, by the keys of the boxes."""
    data: dict[str, object] = {"minimum": "0"}
    if shape.kind == "indicator":
        data["label"] = _free_label()
    return ContentForm(shape=shape, boxes=_boxes(shape, None, data | dict(given)))


def form_of(shape: ContentShape, item: Item) -> ContentForm:
    """The form of a definition that is there."""
    table = table_of(item)
    data = {box.key: written(box, _said(shape, table, box)) for box in shape.boxes}
    return ContentForm(shape=shape, boxes=_boxes(shape, None, data), before=item)


def _said(shape: ContentShape, table: Table, box: ContentBox) -> Any:
    if box.key == PLACE:
        (key,) = inside(table, "set.without") or [table.get("section")]
        return f"{table['form']}/{key}"
    if box.key == "minimum" and "minimum" not in table:
        return 0
    if box.key in _USUAL and inside(table, box.key) is None:
        return _USUAL[box.key]
    return inside(table, box.key)


_USUAL: Mapping[str, str] = {
    "units": "sum",
    "time": "sum",
    "direction": "neutral",
    "aim": "at_least",
}
"""What a definition means that does not say it, where a box says it."""


# -- what it says ----------------------------------------------------------------------------------


def tables_of_form(form: ContentForm) -> list[Table]:
    """The definitions that the form says, as a file has them. What cannot be read is noted in `errors`."""
    shape, before = form.shape, form.before
    old = {} if before is None else table_of(before)
    table: Table = {**old, **shape.says}
    for box in form.shown:
        data = form.boxes[box.key].data
        texts = data if isinstance(data, list) else [data or ""]
        try:
            value = read_box(box, texts, old, workspace().today)
        except (InputError, UnknownName) as wrong:
            form.errors.setdefault(box.key, []).append(message(wrong))
            continue
        put_inside(table, box.key, value)
    place = table.pop(PLACE, None)
    if place is not None:
        _put_place(shape, table, place, old)
    found = {key: value for key, value in table.items() if value != {}}
    if form.errors:
        return []
    if not old:
        _put_ids(shape, found)
    return _each(shape, found)


def _put_place(shape: ContentShape, table: Table, place: str, old: Table) -> None:
    form, _slash, key = place.partition("/")
    table["form"] = old.get("form", form)
    if shape.kind == "overlay":
        table["set"] = {"without": [key]}
    else:
        table["section"] = key


def _each(shape: ContentShape, table: Table) -> list[Table]:
    """One definition for each value of the key `several`."""
    if not shape.several:
        return [table]
    values = table[shape.several]
    first, *more = [values] if isinstance(values, str) else dict.fromkeys(values)
    found = [{**table, shape.several: first}]
    found += [{**table, shape.several: one, "id": f"{table['id']}.{one}"} for one in more]
    return found


# -- ids that are given by themselves --------------------------------------------------------------

_LETTERS: Mapping[str, str] = {
    "form": "bm",
    "target": "mt",
    "task": "nv",
    "rule": "qt",
    "overlay": "dc",
}


def _put_ids(shape: ContentShape, table: Table) -> None:
    root = workspace().settings.root
    if shape.kind == "indicator":
        table["code"] = workspace().content.indicator_code(table["label"])
    elif shape.kind == "section":
        table.setdefault("key", _free_section(table["form"]))
    elif shape.kind == "question" and "indicator" not in table:
        table.setdefault("key", _free_field(table["section"]))
    elif shape.kind in _LETTERS:
        nth = len(workspace().content.steps()) + 1
        table["id"] = f"{root}.{_LETTERS[shape.kind]}{nth}"


def _free_label() -> str:
    taken = {one.label for one in workspace().catalogue.indicators.values()}
    return next(f"T{n}" for n in range(1, len(taken) + 2) if f"T{n}" not in taken)


def _free_section(form: str) -> str:
    known = workspace().catalogue.forms.get(form)
    taken = {one.key for one in known.sections} if known else set()
    letters = (a for a in string.ascii_uppercase if a not in taken)
    return next(letters, f"M{len(taken) + 1}")


def _free_field(section: str) -> str:
    forms = workspace().catalogue.forms.values()
    taken = {one.key for form in forms for one in form.fields}
    begin = section if section.isascii() and section.isalnum() else "H"
    return next(f"{begin}.h{n}" for n in range(1, len(taken) + 2) if f"{begin}.h{n}" not in taken)


# -- what is wrong ---------------------------------------------------------------------------------

_BESIDE: Mapping[str, tuple[str, ...]] = {
    "form": (PLACE, "form"),
    "section": (PLACE,),
    "set": ("set.value", PLACE),
    "without": (PLACE,),
    "value": ("value", "set.value"),
    "code": ("code", "label"),
    "key": ("key", "indicator", PLACE),
    "id": ("number",),
    "weight": ("units",),
}
"""At which box a mistake is shown whose key has none of its own."""


def planned(form: ContentForm) -> ContentPlan | None:
    """What the form would do; None where something in it is wrong, which `errors` then has."""
    tables = tables_of_form(form)
    if form.errors:
        return None
    why = str(tables[0].get("basis", ""))
    plan = workspace().content.plan([(form.shape.kind, one) for one in tables], why)
    note_mistakes(form, plan.mistakes)
    return None if form.errors else plan


def note_mistakes(form: ContentForm, mistakes: tuple[ItemMistake, ...]) -> None:
    """Note the mistakes that the service found, each at its box."""
    keys = {box.key for box in form.shown}
    for one in mistakes:
        key = _box_of(one, keys) if one.kind == form.shape.kind else ""
        words = message(in_a_row(one.detail, one.remedy)) if key else message(one)
        sentence = f"{words[:1].upper()}{words[1:]}."
        if sentence not in form.errors.setdefault(key, []):
            form.errors[key].append(sentence)


def _box_of(mistake: ItemMistake, keys: set[str]) -> str:
    begin = mistake.key.partition(".")[0]
    near = (mistake.key, *_BESIDE.get(begin, ()), f"{mistake.key}.kinds", f"{begin}.kinds", begin)
    return next((one for one in near if one in keys), "")
