"""The fields of the pages, as WTForms forms. What they mean is read and judged by nqcore."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm

from nqcore.collection.entry.entry_sheet import EXPLANATION, EntrySheet
from nqcore.errors import N_, InputError
from nqcore.model.fields import Box, BoxKind, Typed
from webforms.shared.as_typed import FIELD as AS_TYPED
from webforms.shared.language import _

KEEP = "giu."
"""In front of a row's key: which of two figures to keep."""
BEHALF = "ly_do"
"""Why a user of a unit above changes the unit's figures."""
CHECKED = "da_soat"
"""The keys of copied boxes that were touched, as the script found them."""
FRAME = ("csrf_token", "phien_ban", "ban_kia", "viec", BEHALF, CHECKED, "loi", AS_TYPED)
"""What the page itself sends along."""


class UnexpectedFields(InputError):
    """The form that came back is not the form that was sent out."""

    code = "wrong-fields"
    template = N_(
        "The page that came back is not whole ({fields}). Nothing was saved; "
        "go back and send the page again."
    )


def fields_of(sheet: EntrySheet) -> dict[str, Field]:
    """The fields of a report by input name, unbound, as the definition of its form asks."""
    fields: dict[str, Field] = {}
    for row in sheet.rows:
        fields.update((box.name, _field_of(box)) for box in row.field.boxes)
        fields[EXPLANATION + row.key] = StringField()
    return fields


def _field_of(box: Box) -> Field:
    # Only the codes: the words are the page's. (3.3 takes texts, the stubs do not know it.)
    codes: list[Any] = ["", *(option.code for option in box.options)]
    if box.kind is BoxKind.TICKS:
        return SelectMultipleField(choices=codes[1:], validate_choice=False)
    if box.kind is BoxKind.ONE_OF:
        return SelectField(choices=codes, validate_choice=False)
    return TextAreaField() if box.kind is BoxKind.LONG else StringField()


def entry_form(sheet: EntrySheet, posted: MultiDict[str, str] | None = None) -> BaseForm:
    """The form of a report, filled from `posted` or else from the sheet."""
    form = BaseForm(fields_of(sheet))  # type: ignore[arg-type]
    shown: dict[str, object] = {}
    for row in sheet.rows:
        shown.update(row.given)
        shown[EXPLANATION + row.key] = row.explanation
    form.process(posted, data=shown)
    return form


def whole(posted: MultiDict[str, str], sheet: EntrySheet) -> None:
    """Refuse a form with missing, doubled or strange fields, naming them: a proxy or parser that
    lost something must not pass for a box left empty. Raises WrongFields."""
    boxes = [box for row in sheet.rows for box in row.field.boxes]
    many = {box.name for box in boxes if box.kind is BoxKind.TICKS}
    due = {name for row in sheet.rows for name in row.typed} - many
    optional = {prefix + row.key for prefix in (EXPLANATION, KEEP) for row in sheet.rows}
    wrong = [_("{name} is missing").format(name=name) for name in sorted(due - set(posted))]
    for name, values in posted.lists():
        if name not in due | many | optional and name not in FRAME:
            wrong.append(_("{name} is not asked for").format(name=name[:40]))
        elif name not in many and len(values) > 1:
            wrong.append(_("{name} stands there twice").format(name=name))
        if len(wrong) > 20:
            break
    if wrong:
        raise UnexpectedFields(fields=", ".join(wrong[:20]))


def typed(form: BaseForm, sheet: EntrySheet) -> dict[str, Typed]:
    """What was typed, by input name, as `Workspace.save_draft` takes it."""
    names = [name for row in sheet.rows for name in row.typed]
    return {name: form[name].data or "" for name in names if name in form._fields}


def explanations(form: BaseForm, sheet: EntrySheet, posted: Mapping[str, str]) -> dict[str, str]:
    """The unit's words on unusual figures; a row whose box was not on the page keeps its own."""
    found = {}
    for row in sheet.rows:
        name = EXPLANATION + row.key
        words = form[name].data if name in posted else row.explanation
        if words and words.strip():
            found[row.key] = words.strip()
    return found
