"""The answer to an autosave while a user types. The script of the page only shows it; the server has read
and checked everything."""

from __future__ import annotations

from collections.abc import Collection

from flask import get_template_attribute, jsonify
from werkzeug.wrappers import Response
from wtforms.form import BaseForm

from nqcore.collection.entry.entry_sheet import EXPLANATION, EntryRow, EntrySheet
from nqcore.text.folding import nfc
from webforms.shared.context import workspace
from webforms.shared.filters import box_id, clock_time, row_class
from webforms.shared.language import _

Json = dict[str, object]


def live_feedback(
    sheet: EntrySheet, base: int, taken: Collection[str], form: BaseForm, *, complain: bool
) -> Response | tuple[Response, int]:
    """The `sheet` for the page that posted `form` and was saved as revision `base`: what to show beside
    each row, what another user has entered in the rows `taken`, which this user has not changed, and the
    explanations that are not as the page has them. `sheet` may be newer than `base`."""
    theirs = [row for row in sheet.rows if row.key in taken]
    if any(box.options for row in theirs for box in row.field.boxes):
        return refused(
            _("Somebody else has just changed this report. Press “Save draft” to see it.")
        )
    back = {box_id(name): text for row in theirs for name, text in row.typed.items()}
    back |= _other_explanations(sheet, form)
    answer: Json = {
        "phien_ban": base,
        "luu": _("Saved {time}").format(time=clock_time(workspace().clock())),
        "dem": f"{sheet.filled}/{sheet.boxes}",
        "muc": _sections(sheet),
        "o": {box_id(next(iter(row.typed))): _row(row, form, complain) for row in sheet.rows},
        "gia": back,
    }
    if complain:
        errors = _macro("error_list", sheet) if sheet.blocking else ""
        answer["tom_tat"] = errors
    return jsonify(answer)


def _other_explanations(sheet: EntrySheet, form: BaseForm) -> dict[str, str]:
    """The stored explanations that are others than those in `form`, by the id of their box. `form` has
    them from then on."""
    found = {}
    for row in sheet.rows:
        if row.indicator is not None:
            field = form[EXPLANATION + row.key]
            if nfc((field.data or "").strip()) != row.explanation:
                field.data = found[f"gt-{box_id(row.key)}"] = row.explanation
    return found


def _row(row: EntryRow, form: BaseForm, complain: bool) -> Json:
    """What the page shows beside one row."""
    shown: Json = {
        "duoi": _macro("said", row, complain),
        "lop": row_class(row, complain),
        "sai": bool(row.problems_of("error") or (complain and row.blank)),
    }
    if row.indicator is not None:
        shown["tg"] = row.change or "–"
        shown["gt"] = _macro("explain", row, form[EXPLANATION + row.key])
    return shown


def _sections(sheet: EntrySheet) -> Json:
    """How many number boxes of each section are filled, and whether all are."""
    return {
        section.key: [
            f"{section.key} {section.filled}/{len(section.figures)}",
            section.filled == len(section.figures),
        ]
        for section in sheet.sections
        if section.figures
    }


def _macro(name: str, *given: object) -> str:
    """What a macro of the templates writes."""
    return str(get_template_attribute("macros.html", name)(*given)).strip()


def refused(words: str, status: int = 409) -> tuple[Response, int]:
    """Nothing was saved, and why: the script shows it. After 409 it stops saving by itself."""
    return jsonify({"loi": words}), status
