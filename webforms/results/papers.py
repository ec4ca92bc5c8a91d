"""*Kiểm tra văn bản*: an edited or signed Word file of a review, each of its numbers beside its figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for

from nqcore.analysis.readback import CheckedDocument, CheckedNumber, NumberStatus
from nqcore.analysis.readback.words import counts_of, notes_of, place_words, status_words, why_words
from nqcore.collection.accounts.access import Action
from nqcore.errors import InputError, UnknownName
from nqcore.files.incoming import DOC, DOCX, FileRefused, recognise
from webforms.results.review_query import AS_OF, BOUNDARIES, as_of, periods
from webforms.security.page_rules import Answer, page, unit_or_404
from webforms.shared.context import me, workspace
from webforms.shared.filters import message
from webforms.shared.held_files import HeldFiles
from webforms.shared.language import _
from webforms.shared.sent_files import sent_name

pages = Blueprint("papers", __name__)

MAX_FILE = 20_000_000
KINDS = tuple(replace(kind, max_bytes=MAX_FILE) for kind in (DOCX, DOC))
"""What the page takes."""
EXTENSION = "nqcore.papers"
_ASKED = ("van-ban", "ky", BOUNDARIES, AS_OF)
"""The fields of the form that say with which review the file is compared."""


@pages.get("/kiem-tra-van-ban")
@page(Action.REPORT)
def choose() -> str:
    """Choose the file."""
    return _form()


def _form(wrong: str = "") -> str:
    directives = workspace().reviews.directives()
    return render_template(
        "paper.html",
        wrong=wrong,
        directives=directives,
        periods=periods(workspace().units[me().unit], *directives),
    )


@pages.post("/kiem-tra-van-ban")
@page(Action.REPORT, file_bytes=MAX_FILE)
def send() -> Answer:
    """Take the file; its check is a page of its own, which may have to wait for its turn."""
    sent = request.files.get("tep")
    if sent is None or not sent.filename:
        return _form(_("No file was chosen. Choose the Word file.")), 422
    name, data = sent_name(sent), sent.read(MAX_FILE + 1)
    try:
        recognise(name, data, KINDS)  # what is in it is looked at where the page is made
    except FileRefused as wrong:
        return _form(message(wrong)), 422
    key = _held().keep(me().login, name, data)
    asked: dict[str, Any] = {name: request.form.get(name) or None for name in _ASKED}
    return redirect(url_for("papers.show", key=key, **asked), 303)


@pages.get("/kiem-tra-van-ban/<key>")
@page(Action.REPORT, heavy=True)
def show(key: str) -> Answer:
    """What the check found: what is not right, then the document with each of its numbers marked."""
    held = _held().find(me().login, key)
    if held is None:
        return _gone()
    directive, period = request.args.get("van-ban"), request.args.get("ky")
    try:
        checked = workspace().papers.check(
            held.data,
            name=held.name,
            directive=directive if period else None,
            period=period if directive else None,
            unit=me().unit if directive and period else None,
            boundaries=request.args.get(BOUNDARIES) or None,
            as_of=as_of(),
        )
    except UnknownName:
        abort(404)
    except InputError as wrong:
        return _form(message(wrong)), 422
    _require(checked)
    return render_template(
        "paper_checked.html",
        name=held.name,
        checked=checked,
        notes=[*notes_of(checked, _)],
        counts=[*counts_of(checked, _)],
        wrong=[_wrong(one) for one in checked.wrong],
        blocks=[*blocks_of(checked)],
    )


def _held() -> HeldFiles:
    found: HeldFiles = current_app.extensions[EXTENSION]
    return found


def _gone() -> tuple[str, int]:
    return _form(_("The file is no longer kept here. Choose it again.")), 404


def _require(checked: CheckedDocument) -> None:
    """The account may see the review of which the document is: its unit, and all its forms."""
    unit_or_404(checked.unit, Action.REPORT)
    me().require_forms(workspace().reviews.forms(checked.directive))


class WrongNumber(NamedTuple):
    """A row of the list: the status, where it is, what the document says, why it is not right."""

    status: str
    place: str
    said: str
    why: str


def _wrong(one: CheckedNumber) -> WrongNumber:
    return WrongNumber(
        status_words(one, _), place_words(one, _), one.text or one.written, why_words(one, _)
    )


class PaperPiece(NamedTuple):
    """Words of the document, or a number: `right`, or the number of its row in the list (from 1)."""

    text: str
    title: str = ""
    row: int = 0


class PaperBlock(NamedTuple):
    """A paragraph of the document, or the row of a table as its cells."""

    cells: tuple[tuple[PaperPiece, ...], ...]
    in_table: bool = False


def blocks_of(checked: CheckedDocument) -> Iterator[PaperBlock]:
    """The document from top to bottom, each number marked."""
    rows = {id(one): nth for nth, one in enumerate(checked.wrong, 1)}
    at: dict[int, list[tuple[CheckedNumber, int]]] = {}
    for one in checked.numbers:
        if one.place is not None:
            at.setdefault(one.place.paragraph, []).append((one, rows.get(id(one), 0)))
    cells: list[tuple[PaperPiece, ...]] = []
    row: tuple[int, int] | None = None
    for nth, paragraph in enumerate(checked.paragraphs):
        pieces = tuple(_pieces(paragraph.text, at.get(nth, [])))
        cell = paragraph.cell
        place = None if cell is None else (cell.table, cell.row)
        if cells and place != row:
            yield PaperBlock(tuple(cells), in_table=True)
            cells = []
        row = place
        if place is not None:
            cells.append(pieces)
        elif paragraph.text.strip():
            yield PaperBlock((pieces,))
    if cells:
        yield PaperBlock(tuple(cells), in_table=True)


def _pieces(text: str, found: list[tuple[CheckedNumber, int]]) -> Iterator[PaperPiece]:
    done = 0
    for one, row in sorted(found, key=lambda pair: pair[0].place.start if pair[0].place else 0):
        assert one.place is not None
        start, end = one.place.start, one.place.end
        if start < done:  # words that lie over a number: the list has both
            continue
        if start > done:
            yield PaperPiece(text[done:start])
        right = one.status is NumberStatus.SAME
        title = status_words(one, _) if right else why_words(one, _) or status_words(one, _)
        yield PaperPiece(text[start:end], title, row)
        done = end
    if text[done:]:
        yield PaperPiece(text[done:])
