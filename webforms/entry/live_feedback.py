"""What the server says while somebody types: the script only shows it, all reading and judging is here."""

from __future__ import annotations

from collections.abc import Collection

from flask import get_template_attribute, jsonify
from werkzeug.wrappers import Response
from wtforms.form import BaseForm

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.model.forms import ChoicesField, TaskField
from webforms.entry.fields import REASON
from webforms.shared.context import workspace
from webforms.shared.filters import box_id, clock_time, row_class
from webforms.shared.language import _

Json = dict[str, object]


def live_feedback(
    sheet: EntrySheet, taken: Collection[str], form: BaseForm, *, complain: bool
) -> Response | tuple[Response, int]:
    """The saved `sheet` for the page that posted `form`: by row what to say of it, and what somebody
    else wrote into the rows `taken`, which were not touched here."""
    theirs = [row for row in sheet.rows if row.key in taken]
    if any(isinstance(row.field, ChoicesField | TaskField) for row in theirs):
        return refused(
            _("Somebody else has just changed this report. Press “Save draft” to see it.")
        )
    macros = {
        name: get_template_attribute("macros.html", name)
        for name in ("said", "explain", "error_list")
    }
    rows: Json = {}
    for row in sheet.rows:
        told: Json = {
            "duoi": str(macros["said"](row, complain)).strip(),
            "lop": row_class(row, complain),
            "sai": bool(row.of("error") or (complain and row.blank)),
        }
        if row.indicator is not None:
            told["tg"] = row.change or "–"
            told["gt"] = str(macros["explain"](row, form[REASON + row.key])).strip()
        rows[box_id(next(iter(row.typed)))] = told
    answer: Json = {
        "phien_ban": sheet.base,
        "luu": _("Saved {time}").format(time=clock_time(workspace().clock())),
        "dem": f"{sheet.filled}/{sheet.boxes}",
        "muc": {
            section.key: [
                f"{section.key} {section.filled}/{len(section.figures)}",
                section.filled == len(section.figures),
            ]
            for section in sheet.sections
            if section.figures
        },
        "o": rows,
        "gia": {box_id(name): text for row in theirs for name, text in row.typed.items()},
    }
    if complain:
        answer["tom_tat"] = str(macros["error_list"](sheet)).strip() if sheet.blocking else ""
    return jsonify(answer)


def refused(words: str, status: int = 409) -> tuple[Response, int]:
    """Nothing was saved, and why: the script shows it. After 409 it stops saving by itself."""
    return jsonify({"loi": words}), status
