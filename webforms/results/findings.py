"""*Tồn tại, hạn chế*: the findings of the rules, each with its evidence, and the decision on each."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import Form, StringField, TextAreaField

from nqcore.analysis.report.choosing import kind_selections
from nqcore.analysis.report.decisions import FindingProposal, Selection
from nqcore.analysis.report.sentences import figure_text
from nqcore.analysis.report.tied_words import Contradicted
from nqcore.analysis.report.wording_check import AgainstFigures, Remark
from nqcore.collection.accounts.access import Action
from nqcore.errors import N_
from nqcore.model.findings import FindingKind
from nqcore.text.old_encodings import MisreadText
from webforms.results.choosing import (
    FILTER,
    KINDS,
    OPENED,
    SEEN,
    TICK,
    address_of,
    card_of,
    place_of,
    selection_words,
)
from webforms.results.counts import address, pieces
from webforms.results.grounds import grounds_of, silent_groups, unknown_units
from webforms.results.review_query import ReviewQuery, chosen
from webforms.results.shown_evidence import STATES, shown_evidence
from webforms.security.page_rules import QUERIED_UNIT, KeptWords, page, this_unit
from webforms.shared.context import may, me, workspace
from webforms.shared.filters import capital, message
from webforms.shared.labels import CHOICES
from webforms.shared.language import _
from webforms.shared.paging import one_of
from webforms.shared.posted import this_request, whole_number

pages = Blueprint("findings", __name__)

WORDS = "cau"
"""The button that saves the words only: what is chosen stays as it is."""


class DecisionForm(Form):
    """What is decided on one finding; the first four letters are the names in the address, too.

    `song` and `van_giu` are buttons: a number is computed from now on (the formula that was offered); the
    words are kept although they are against the figures (what the button pressed before was to do).
    `cau_truoc` are the words of which this was shown."""

    ma = StringField()
    so = StringField()
    cau = TextAreaField()
    viec = StringField()
    cap_nhat = StringField()
    song = StringField()
    van_giu = StringField()
    cau_truoc = StringField()

    @property
    def doing(self) -> str:
        """The button that was pressed; that of an offer saves the words."""
        return self.van_giu.data or self.viec.data or (WORDS if self.song.data else "")

    @property
    def confirmed(self) -> bool:
        """Whether the user has read what is against the figures in exactly these words."""
        return bool(self.van_giu.data) and self.cau.data == self.cau_truoc.data


class RewordedForm(NamedTuple):
    """A card that could not be saved: what was typed, what is wrong, and whether a button repairs it.
    `keep`: what the button does that keeps the words on purpose; "" where there is none."""

    key: str
    typed: str
    wrong: str
    update: bool
    keep: str


@pages.get("/ton-tai")
@page(Action.REPORT, QUERIED_UNIT, heavy=True)
def listing() -> str:
    """Shortcomings first, results after them, and the rules that could not be asked."""
    return _listing(chosen(this_unit()), None)


def _listing(asked: ReviewQuery, rejected: RewordedForm | None) -> str:
    review = asked.review()
    verdict = workspace().reviews.verdict_of(review)
    every = workspace().reviews.proposals_of(review, verdict)
    state = this_request().form.get(FILTER) or one_of(FILTER, [*Selection])
    shown = [one for one in every if state not in (*Selection,) or one.choice == state]
    return render_template(
        "findings.html",
        asked=asked,
        verdict=verdict,
        shortcomings=_of(shown, FindingKind.SHORTCOMING),
        results=_of(shown, FindingKind.RESULT),
        counters=[(choice, *CHOICES[choice], _count(every, choice)) for choice in CHOICES],
        state=state if state in (*Selection,) else "",
        opened=rejected.key if rejected is not None else request.args.get(OPENED, ""),
        place=partial(address_of, asked),
        decides=may(Action.DECIDE, asked.unit.code),
        rejected=rejected,
        pieces=pieces,
        sentence=capital,
        evidence_of=lambda finding: shown_evidence(review, finding),
        strip_states=STATES,
        selections={one.kind: one for one in kind_selections(every)},
        selection_words=selection_words,
        place_of=place_of,
        card_of=card_of,
        remarks=_remarks,
        grounds_of=grounds_of,
        unknown_units=unknown_units,
        silent=silent_groups(verdict.silent),
        KINDS=KINDS,
        SEEN=SEEN,
        TICK=TICK,
        address=address,
        written=figure_text,
        indicators=workspace().catalogue.indicators,
        directives=workspace().reviews.directives(),
        periods=asked.periods,
    )


def _of(every: list[FindingProposal], kind: FindingKind) -> list[FindingProposal]:
    return [one for one in every if one.finding.kind is kind]


def _count(every: tuple[FindingProposal, ...], choice: Selection) -> int:
    return sum(one.choice is choice for one in every)


def _again(notice: str, *, changed: bool) -> Response | str:
    """The list with the sentence that was typed on its card; no page where the finding is no more."""
    review, form = chosen(this_unit()), DecisionForm(this_request().form)
    key = form.ma.data or ""
    if key not in {one.key for one in workspace().reviews.proposals_of(review.review())}:
        return redirect(address_of(review, ""), 303)
    return _listing(review, RewordedForm(key, form.cau.data or "", notice, update=False, keep=""))


@pages.post("/ton-tai")
@page(Action.DECIDE, QUERIED_UNIT, keeps=KeptWords({"cau": N_("Sentence")}, _again), heavy=True)
def decide() -> Response | tuple[str, int]:
    """Put one finding into the review, keep it out or leave it open; perhaps in other words."""
    review = chosen(this_unit())
    form = DecisionForm(request.form)
    key, words, doing = form.ma.data or "", form.cau.data or "", form.doing
    number = whole_number(form.so.data, 8)
    if doing not in (*Selection, WORDS) or number is None:
        abort(400)
    try:
        saved = _save(review, form, number)
    except (
        AgainstFigures,
        Contradicted,
        MisreadText,
    ) as wrong:  # the card says how to put it right
        keep = doing if isinstance(wrong, AgainstFigures) else ""
        update = isinstance(wrong, Contradicted)
        return _listing(review, RewordedForm(key, words, message(wrong), update, keep)), 422
    _report_saved(saved)
    # Words that were saved may have more to say: a number without a source, one that can be computed.
    opened = key if doing == WORDS else None
    return redirect(address_of(review, card_of(key), opened), 303)


def _save(asked: ReviewQuery, form: DecisionForm, number: int) -> FindingProposal:
    """Save the words; and what is decided, unless the words only were to be saved."""
    reviews = workspace().reviews
    key, words = form.ma.data or "", form.cau.data or ""
    update, live = bool(form.cap_nhat.data), [form.song.data] if form.song.data else []
    confirm = form.confirmed
    if form.doing == WORDS:
        return reviews.reword(
            key, words, by=me(), update=update, live=live, confirm=confirm, base=number,
            **asked.keywords,
        )  # fmt: skip
    return reviews.decide(
        key, form.doing, by=me(), sentence=words, update=update, live=live, confirm=confirm,
        base=number, **asked.keywords,
    )  # fmt: skip


def _report_saved(saved: FindingProposal) -> None:
    """What was saved, and which numbers of the sentence no figure confirms."""
    flash(_("Saved: {title} – {state}.").format(title=saved.finding.title, state=_state(saved)))
    words = saved.decision.words if saved.decision is not None else None
    if words is not None and words.numbers:
        numbers = ", ".join(words.numbers)
        flash(
            _("The sentence has numbers that no figure stands behind: {numbers}. Check them.")
            .format(numbers=numbers),
            "canh-bao",
        )  # fmt: skip


def _state(one: FindingProposal) -> str:
    return _(CHOICES[one.choice][1])


def _remarks(found: tuple[Remark, ...]) -> str:
    return "; ".join(remark.message(_) for remark in found)
