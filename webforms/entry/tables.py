"""*Nạp bảng*: a table of any office, from the file over its mapping and a preview to drafts."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.errors import N_, InputError, UnknownName
from nqcore.files.spreadsheets.cell import cell_name
from nqcore.text.measures import OFFERED
from nqcore.workspace.import_plan import ImportRefused
from nqcore.workspace.table_import.mapping import (
    LEFT_OUT,
    TOTAL_ROW,
    RowAxis,
    TableMapping,
    read_mapping,
    written_mapping,
)
from nqcore.workspace.table_import.plan import TableLook
from nqcore.workspace.table_import.reading import FATES, Fate
from nqcore.workspace.table_import.table_file import TableFile
from webforms.entry import table_form
from webforms.security.page_rules import LONG, Answer, KeptWords, page
from webforms.shared.context import me, workspace
from webforms.shared.filters import message
from webforms.shared.held_files import HeldFiles
from webforms.shared.language import _
from webforms.shared.posted import this_request, whole_number
from webforms.shared.sent_files import sent_name

pages = Blueprint("tables", __name__)

MAX_FILE = 10_000_000
EXTENSION = "nqcore.tables"
CHANGED_MEANWHILE = N_(
    "What stands in these reports has changed since the preview. Look at what changes now, then save again."
)


def _held() -> HeldFiles:
    found: HeldFiles = current_app.extensions[EXTENSION]
    return found


@pages.get("/nap-bang")
@page(Action.APPROVE)
def choose() -> str:
    """Choose the file; the mappings that are kept."""
    return _choose()


def _choose(wrong: str = "") -> str:
    return render_template("table_choose.html", wrong=wrong, kept=workspace().tables.kept())


@pages.post("/nap-bang")
@page(Action.APPROVE, file_bytes=MAX_FILE)
def send() -> Answer:
    """Take the file. A mapping that fits it is looked at once; else it is asked how the table is read."""
    sent = request.files.get("tep")
    if sent is None or not sent.filename:
        return _choose(_("No file was chosen. Choose the file with the table.")), 422
    name, data = sent_name(sent), sent.read(MAX_FILE + 1)
    try:
        workspace().tables.read(name, data)
    except InputError as wrong:
        return _choose(message(wrong)), 422
    return redirect(url_for("tables.show", key=_held().keep(me().login, name, data)), 303)


@pages.post("/nap-bang/bo-cach-doc")
@page(Action.APPROVE)
def forget() -> Response:
    """Keep a mapping no longer."""
    name = request.form.get("id", "")
    try:
        workspace().tables.forget(name, by=me())
        flash(_("“{name}” is no longer kept.").format(name=name))
    except (InputError, UnknownName) as wrong:
        flash(message(wrong), "canh-bao")
    return redirect(url_for("tables.choose"), 303)


def _file(key: str) -> TableFile | None:
    """The file that the account has sent; None where it is no longer kept."""
    held = _held().find(me().login, key)
    return None if held is None else workspace().tables.read(held.name, held.data)


def _gone() -> tuple[str, int]:
    return _choose(_("The file is no longer kept here. Choose it again.")), 404


@pages.get("/nap-bang/<key>")
@page(Action.APPROVE)
def show(key: str) -> Answer:
    """What the table changes where a kept mapping fits it; else how it is probably read."""
    file, ws = _file(key), workspace()
    if file is None:
        return _gone()
    guesses = ws.tables.guess(file, by=me())
    if not guesses:
        return _choose(_("No table was found in the file: no rows with a name and figures.")), 422
    nth = whole_number(request.args.get("bang"), 3)
    fits = ws.tables.fitting(file, by=me()) if nth is None else None
    mapping = fits or guesses[min(nth or 0, len(guesses) - 1)]
    look = ws.tables.look(file, _with_period(mapping), by=me())
    if fits and not look.faults:
        return _preview(key, file, look)
    return _asked(key, file, look, tried=fits is not None)


def _with_period(mapping: TableMapping) -> TableMapping:
    """The mapping with the period that is probably meant, where its table does not name one."""
    if mapping.period or mapping.rows is RowAxis.PERIOD:
        return mapping
    codes = tuple(one.indicator for one in mapping.figures) or (mapping.indicator,)
    return replace(mapping, period=workspace().tables.office(me()).newest_period(codes))


@pages.post("/nap-bang/<key>")
@page(Action.APPROVE, form_bytes=LONG)
def look(key: str) -> Answer:
    """What the table changes, read as the form says; what is missing is asked again."""
    file, ws = _file(key), workspace()
    if file is None:
        return _gone()
    try:
        base = read_mapping(request.form.get("cach_doc", ""))
        asked = table_form.read_rows(request.form, base)
        if request.form.get("viec") == "doc_lai" or asked != base:
            again = ws.tables.guess_again(file, asked, by=me())
            return _asked(key, file, ws.tables.look(file, again, by=me()))
        shown = ws.tables.look(file, base, by=me())
        if request.form.get("viec") == "sua":
            return _asked(key, file, shown)
        found = ws.tables.look(file, table_form.read_choices(request.form, base, shown), by=me())
    except InputError as wrong:
        return _choose(message(wrong)), 422
    if found.faults:
        return _asked(key, file, found, tried=True), 422
    return _preview(key, file, found)


def _asked(key: str, file: TableFile, look: TableLook, *, tried: bool = False) -> str:
    """The page on which a user says how the table is read."""
    ws, mapping = workspace(), look.mapping
    office, view = ws.tables.office(me()), file.sheet(mapping.sheet)
    assert view is not None  # `look` has read it
    unknown = [one for one in look.names if one.figures and not one.code]
    return render_template(
        "table_map.html",
        key=key,
        file=file,
        look=look,
        mapping=mapping,
        written=written_mapping(mapping),
        tables=ws.tables.guess(file, by=me()),
        picture=table_form.picture(view, mapping),
        unknown=unknown[: table_form.NAMES_SHOWN],
        more=len(unknown[table_form.NAMES_SHOWN :]),
        signs=dict.fromkeys([*mapping.marks, *(sign.casefold() for sign in look.signs)]),
        office=office,
        choices=_choices(mapping.rows),
        meanings=_meanings(mapping.rows),
        tried=tried,
        form=table_form,
        scales=OFFERED,
        LEFT_OUT=LEFT_OUT,
        TOTAL_ROW=TOTAL_ROW,
        RowAxis=RowAxis,
    )


def _choices(rows: RowAxis) -> list[tuple[str, str]]:
    """Code and name of what a column may be, where each row is one of `rows`."""
    office = workspace().tables.office(me())
    if rows is RowAxis.INDICATOR:
        return [(unit.code, unit.name) for unit in office.units]
    return [(one.code, f"{one.label}. {one.name} ({one.measure})") for one in office.indicators]


def _meanings(rows: RowAxis) -> list[tuple[str, str]]:
    """Code and name of what the name of a row may mean."""
    if rows is RowAxis.PERIOD:
        return []
    return _choices(RowAxis.INDICATOR if rows is RowAxis.UNIT else RowAxis.UNIT)


def _preview(
    key: str, file: TableFile, look: TableLook, name: str | None = None, notice: str = ""
) -> str:
    left: dict[Fate, list[str]] = {}
    for sheet, cells in look.fates.items():
        front = f"{sheet}!" if len(file.sheets) > 1 else ""
        for place, fate in cells.items():
            left.setdefault(fate, []).append(front + cell_name(place))
    return render_template(
        "table_preview.html",
        key=key,
        file=file,
        look=look,
        written=written_mapping(look.mapping),
        mark=table_form.mark(look),
        name=look.mapping.name or look.mapping.sheet if name is None else name,
        left=left,
        fates=FATES,
        notice=notice,
        indicators=workspace().catalogue.indicators,
    )


def _again(notice: str, *, changed: bool) -> str:
    """The preview again, with the name that was typed."""
    asked = this_request()
    file = _file(asked.arguments["key"])
    if file is None:
        return _gone()[0]
    try:
        mapping = read_mapping(asked.form.get("cach_doc", ""))
        found = workspace().tables.look(file, mapping, by=me())
    except InputError as wrong:
        return _choose(message(wrong))
    return _preview(asked.arguments["key"], file, found, asked.form.get("ten", ""), notice)


@pages.post("/nap-bang/<key>/luu")
@page(
    Action.APPROVE, keeps=KeptWords({"ten": N_("Name of this way of reading"), "*": None}, _again)
)
def save(key: str) -> Answer:
    """Save the drafts, all of them or none, and keep the mapping under its name."""
    file, ws, form = _file(key), workspace(), this_request().form
    if file is None:
        return _gone()
    try:
        mapping = replace(read_mapping(form.get("cach_doc", "")), name=form.get("ten", "").strip())
        found = ws.tables.look(file, mapping, by=me())
        plan = found.checked()
        if form.get("dau") != table_form.mark(found):
            return _again(_(CHANGED_MEANWHILE), changed=True), 409
        if mapping.name:
            ws.tables.keep(mapping, by=me())
        written = ws.tables.apply(found, by=me()) if plan.changes else 0
    except ImportRefused:
        return _asked(key, file, found, tried=True), 422
    except InputError as wrong:
        return _again(message(wrong), changed=False), 422
    flash(_("Drafts were saved for {count} reports.").format(count=written))
    return redirect(url_for("board.board"), 303)
