"""What is done on the page *Soạn báo cáo*: words, places, what is left out, the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, request
from werkzeug.wrappers import Response

from nqcore.analysis.report.drafting import Joining, OwnKind, PaperDetails
from nqcore.analysis.report.tied_words import Contradicted
from nqcore.analysis.report.wording_check import AgainstFigures
from nqcore.collection.accounts.access import Action
from nqcore.errors import N_, Conflict, InputError, NqError, UnknownName
from nqcore.text.dates import read_date
from webforms.results.builder import REVIEW_UNIT
from webforms.results.builder_form import (
    INSERT,
    WordsForm,
    findings_of,
    posted_form,
    with_figure,
)
from webforms.results.builder_page import BuilderState, address_of, builder_page, paper_texts
from webforms.results.review_query import ReviewQuery, named
from webforms.security.page_rules import KeptWords, page, this_unit
from webforms.shared.context import me, workspace
from webforms.shared.filters import message
from webforms.shared.language import _
from webforms.shared.posted import this_request, whole_number

pages = Blueprint("builder_steps", __name__)

SAVE = "luu"
"""The button that saves the form for words."""


def _state(asked: ReviewQuery) -> BuilderState:
    review = asked.review()
    return BuilderState(asked=asked, review=review, shown=workspace().drafting.shown(review))


def _asked() -> ReviewQuery:
    return named(this_request().arguments["name"], this_unit())


# -- words -----------------------------------------------------------------------------------------


def _words_again(notice: str, *, changed: bool) -> Response | str:
    """The page with the form as it was typed; no page where its block is no more."""
    form, state = posted_form(this_request().form), _state(_asked())
    block = state.shown.block(form.block)
    if (form.block and block is None) or (form.after and state.shown.block(form.after) is None):
        return redirect(address_of(state.asked), 303)
    form = replace(form, wrong=notice)
    if changed and block is not None:
        number, newest = block.number, block.text
        for one in findings_of(block, state.review):
            if one.key == form.key and one.decision is not None:
                number = one.decision.number
        form = replace(form, base=number, newest=newest)
    return builder_page(replace(state, form=form))


WORDS = KeptWords({"loi": N_("Words of the block"), "tim": N_("Indicator")}, _words_again)


@pages.post("/soan-bao-cao/<name>/doan")
@page(Action.DECIDE, REVIEW_UNIT, keeps=WORDS, heavy=True)
def words(name: str) -> Response | str | tuple[str, int]:
    """Save the words of a block or add one; or look for a figure and put it into them."""
    asked, form = named(name, this_unit()), posted_form(request.form)
    if not _saves():
        return _looking(asked, form)
    try:
        saved = _save(asked, form)
    except (AgainstFigures, Contradicted) as wrong:
        keep, update = isinstance(wrong, AgainstFigures), isinstance(wrong, Contradicted)
        again = replace(form, wrong=message(wrong), keep=keep, update=update)
        return builder_page(replace(_state(asked), form=again)), 422
    flash(_("Saved."))
    return redirect(address_of(asked, saved), 303)


def _saves() -> bool:
    """Whether the button saves the words; the others look for figures and put them in."""
    return request.form.get("viec") == SAVE or bool(request.form.get("song")) or _confirmed()


def _confirmed() -> bool:
    """Whether the user has read what is against the figures in exactly these words."""
    given = request.form
    return bool(given.get("van_giu")) and given.get("loi") == given.get("loi_truoc")


def _looking(asked: ReviewQuery, form: WordsForm) -> str:
    """The page with the form as it was typed, and the figures that were asked for."""
    state = _state(asked)
    address = request.form.get(INSERT, "")
    if address:
        try:
            figure = workspace().drafting.figure(state.review, address)
            form = with_figure(form, figure.id, figure)
        except UnknownName as wrong:
            form = replace(form, wrong=message(wrong))
    return builder_page(replace(state, form=replace(form, searched=True)))


def _save(asked: ReviewQuery, form: WordsForm) -> str:
    """Save the form; the name of the block."""
    live = [request.form["song"]] if request.form.get("song") else []
    update, confirm = bool(request.form.get("cap_nhat")), _confirmed()
    if form.key:
        return _save_finding(asked, form, update=update, confirm=confirm, live=live)
    ws, review = workspace(), asked.review()
    if form.block:
        ws.drafting.reword_block(
            review, form.block, form.words, by=me(),
            figures=form.figures if form.own else None, update=update, live=live, confirm=confirm,
            base=form.base,
        )  # fmt: skip
        return form.block
    if form.said:
        return _take_over(asked, form)
    if form.kind is OwnKind.NARRATIVE:
        abort(400)
    return ws.drafting.add(
        review, form.kind, form.words, part=form.part, after=form.after, figures=form.figures,
        live=live, confirm=confirm, by=me(),
    )  # fmt: skip


def _take_over(asked: ReviewQuery, form: WordsForm) -> str:
    unit, _bar, rest = form.said.partition("|")
    period, _bar, field = rest.partition("|")
    return workspace().drafting.take_narrative(
        asked.review(),
        unit,
        period,
        field,
        part=form.part,
        after=form.after,
        text=form.words,
        by=me(),
    )


def _save_finding(
    asked: ReviewQuery, form: WordsForm, *, update: bool, confirm: bool, live: list[str]
) -> str:
    workspace().reviews.reword(
        form.key, form.words, by=me(), update=update, confirm=confirm, live=live, base=form.base,
        **asked.keywords,
    )  # fmt: skip
    return form.block


# -- places ----------------------------------------------------------------------------------------


Step = Callable[[ReviewQuery, str, int], None]


def _moved(up: bool) -> Step:
    def step(asked: ReviewQuery, block: str, _base: int) -> None:
        order = whole_number(request.form.get("thu_tu")) or 0
        workspace().drafting.move(asked.review(), block, up=up, by=me(), base=order)

    return step


def _joined(how: Joining) -> Step:
    def step(asked: ReviewQuery, block: str, base: int) -> None:
        workspace().drafting.merge(asked.review(), block, how, by=me(), base=base)

    return step


def _hidden(asked: ReviewQuery, block: str, base: int) -> None:
    workspace().drafting.hide(asked.review(), block, by=me(), base=base)


def _restored(asked: ReviewQuery, block: str, base: int) -> None:
    workspace().drafting.restore(asked.review(), block, by=me(), base=base)


def _placed(asked: ReviewQuery, block: str, _base: int) -> None:
    workspace().drafting.move_to(asked.review(), block, request.form.get("muc", ""), by=me())


STEPS: dict[str, Step] = {
    "len": _moved(True),
    "xuong": _moved(False),
    "gop": _joined(Joining.PARAGRAPH),
    "gop-cau": _joined(Joining.SENTENCE),
    "tach": _joined(Joining.APART),
    "an": _hidden,
    "hien": _restored,
    "den": _placed,
}
"""What the buttons of a block do."""


@pages.post("/soan-bao-cao/<name>/viec")
@page(Action.DECIDE, REVIEW_UNIT, heavy=True)
def step(name: str) -> Response:
    """One of the buttons of a block: up, down, one with the one before it, left out …"""
    asked, block = named(name, this_unit()), request.form.get("doan", "")
    base, doing = whole_number(request.form.get("so")), request.form.get("viec", "")
    if doing not in STEPS or base is None:
        abort(400)
    try:
        STEPS[doing](asked, block, base)
    except (Conflict, UnknownName, InputError) as wrong:
        flash(_why(wrong), "canh-bao")
    return redirect(address_of(asked, block), 303)


def _why(wrong: NqError) -> str:
    if isinstance(wrong, Conflict):
        return _("Another user has just changed this block; this page shows it as it is now.")
    return message(wrong)


# -- the paper -------------------------------------------------------------------------------------

PAPER_LABELS = {
    "so_vb": N_("Number of the document"),
    "ngay_vb": N_("Date of the document"),
    "dia_danh": N_("Place of the document"),
    "quyen_han": N_("Signs on behalf of"),
    "chuc_vu": N_("Post of who signs"),
    "nguoi_ky": N_("Who signs"),
    "kinh_gui": N_("To whom it is addressed, one a line"),
    "noi_nhan": N_("Recipients, one a line"),
    "dau": N_("Marks below the number, one a line (draft, urgency, circulation)"),
}
"""The boxes for the paper."""


def _paper_again(notice: str, *, changed: bool) -> str:
    state, form = _state(_asked()), this_request().form
    typed = {name: form.get(name, "") for name in PAPER_LABELS}
    return builder_page(replace(state, paper=typed, paper_wrong=notice))


@pages.post("/soan-bao-cao/<name>/van-ban")
@page(Action.DECIDE, REVIEW_UNIT, keeps=KeptWords(PAPER_LABELS, _paper_again), heavy=True)
def paper(name: str) -> Response:
    """Say what stands on the paper beside the text."""
    asked = named(name, this_unit())
    review = asked.review()
    ws, base = workspace(), whole_number(request.form.get("so"))
    shown = ws.drafting.shown(review)
    ws.drafting.details(
        review,
        _details(paper_texts(shown), shown.draft.details),
        by=me(),
        base=base,
    )
    flash(_("Saved."))
    return redirect(address_of(asked) + "#van-ban", 303)


def _details(before: dict[str, str], old: PaperDetails) -> PaperDetails:
    """What the boxes say; a box that was not changed stays as it was."""
    form = request.form
    typed = {name: form.get(name, "").replace("\r\n", "\n") for name in PAPER_LABELS}
    new = {name for name in PAPER_LABELS if typed[name].strip() != before[name]}

    def line(name: str, stored: str | None) -> str | None:
        return typed[name] if name in new else stored

    def lines(name: str, stored: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return tuple(typed[name].splitlines()) if name in new else stored

    day = old.date
    if "ngay_vb" in new:
        text = typed["ngay_vb"].strip()
        day = read_date(text, today=workspace().today) if text else None
    return PaperDetails(
        number=line("so_vb", old.number),
        date=day,
        place=line("dia_danh", old.place),
        authority=line("quyen_han", old.authority),
        post=line("chuc_vu", old.post),
        signer=line("nguoi_ky", old.signer),
        to=lines("kinh_gui", old.to),
        recipients=lines("noi_nhan", old.recipients),
        marks=lines("dau", old.marks),
    )
