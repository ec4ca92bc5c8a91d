"""What the page *Soạn báo cáo* shows: the blocks of the paper, and what can be done to each and beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from flask import current_app, render_template, url_for
from markupsafe import Markup

from nqcore.analysis.findings import Review
from nqcore.analysis.report.blocks import numbered, paragraph_text
from nqcore.analysis.report.choosing import kind_selections
from nqcore.analysis.report.drafting import DraftedBlock, DraftedReport, DraftStep
from nqcore.analysis.report.sentences import figure_text
from nqcore.collection.accounts.access import Action
from nqcore.errors import N_
from nqcore.model.findings import FindingKind, Text
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table
from nqcore.text.dates import write_date
from nqcore.text.folding import fold
from webforms.results.builder_form import (
    OWN_KINDS,
    WordsForm,
    chosen_figures,
    findings_of,
    put_in,
)
from webforms.results.choosing import SEEN, TICK, selection_words
from webforms.results.counts import address, pieces
from webforms.results.file_formats import file_names, offered_formats
from webforms.results.review_query import ReviewQuery
from webforms.shared.context import may_for_all_forms, workspace
from webforms.shared.language import _
from webforms.shared.posted import this_request

SAID_AT_ONCE = 8
"""How many narratives of units are shown at once."""
UNIT_WORDS = N_("words of a unit's report")
TEXT_HERE = "\N{SECTION SIGN}\N{SECTION SIGN}"
"""Stands for the text in a page that has none."""
STEPS_SHOWN = 12
"""How many of the newest changes are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuilderRow:
    """A block on the page. `kind`: "heading", "paragraph" or "table"; `number` that of a heading. `said`:
    what it says, as (text, address). `joined`: it is printed in the paragraph before it; `empty`: a heading
    that is not printed because nothing stands under it."""

    block: DraftedBlock
    id: str
    kind: str
    number: str
    label: str
    said: list[tuple[str, str]]
    level: int = 0
    first: bool = False
    last: bool = False
    joined: bool = False
    can_join: bool = False
    order: int = 0
    own_kind: str = ""
    finding: bool = False
    edited: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BuilderState:
    """The page: the review that was asked for, the report with its draft, and the form that is open."""

    asked: ReviewQuery
    review: Review
    shown: DraftedReport
    form: WordsForm | None = None
    paper: dict[str, str] | None = None
    paper_wrong: str = ""


def row_id(name: str) -> str:
    """The id of a block's element: letters, digits and "_" only."""
    return "d-" + re.sub(r"[^A-Za-z0-9_-]", "_", name)


def builder_page(state: BuilderState) -> str:
    """The whole page."""
    ws, shown = workspace(), state.shown
    every = ws.reviews.proposals_of(state.review)
    said, more = _said(state.review)
    return render_template(
        "builder.html",
        asked=state.asked,
        report=shown.report,
        rows=_rows(shown),
        frame=_frame(shown.report),
        notes=[paragraph_text(one) for one in shown.report.body if _is_note(one)],
        indicators_of=ws.catalogue.indicators,
        form=state.form,
        form_at=row_id(state.form.at) if state.form else "",
        kinds={kind: _(words) for kind, words in OWN_KINDS.items()},
        chosen=chosen_figures(state.form, state.review) if state.form else [],
        offers=_offers(state),
        siblings=_siblings(state),
        units=_units(state.asked),
        periods=state.asked.periods,
        parts=_parts(shown),
        lost=[(row_id(one.name), one) for one in shown.lost],
        tables=_tables(shown),
        selections={one.kind: one for one in kind_selections(every)},
        of_kind={kind: [one for one in every if one.finding.kind is kind] for kind in FindingKind},
        selection_words=selection_words,
        TICK=TICK,
        SEEN=SEEN,
        said=said,
        said_more=more,
        said_query=this_request().query.get("tim-loi", ""),
        paper=state.paper or paper_texts(shown),
        paper_wrong=state.paper_wrong,
        paper_base=shown.draft.details_number,
        written=figure_text,
        steps=_steps(state),
        seen=ws.store.head.seq,
        formats=offered_formats(),
        file_names=file_names(),
        freeze=_freeze(state.asked),
        outline=_outline(shown.report.outline),
    )


def address_of(asked: ReviewQuery, name: str = "", **query: str) -> str:
    """The page of that review, at the block of that name."""
    anchor = row_id(name) if name else None
    given: dict[str, Any] = {**asked.days, **query}
    return url_for("builder.show", name=asked.id, _anchor=anchor, **given)


def paper_texts(shown: DraftedReport) -> dict[str, str]:
    """What stands in the boxes for the paper."""
    report, head = shown.report, shown.report.letterhead
    return {
        "so_vb": report.number,
        "ngay_vb": write_date(report.date),
        "dia_danh": head.place,
        "quyen_han": head.authority,
        "chuc_vu": head.post,
        "nguoi_ky": head.signer,
        "kinh_gui": "\n".join(report.to),
        "noi_nhan": "\n".join(head.recipients),
        "dau": "\n".join(report.marks),
    }


def _frame(report: Report) -> tuple[Markup, Markup]:
    """What stands on the paper before the text and behind it, as the preview has it."""
    bare = replace(report, body=(Paragraph((Text(TEXT_HERE),)),), appendix=(), coverage="")
    page = workspace().reviews.as_html(bare, address)
    before, behind = re.split(rf"<p[^>]*>{TEXT_HERE}</p>", page)
    return Markup(before), Markup(behind)


def _rows(shown: DraftedReport) -> list[BuilderRow]:
    printed = {block.block: block for block in shown.report.body}
    numbers = {block.block: number for number, block in numbered(shown.report.body)}
    rows: list[BuilderRow] = []
    before: DraftedBlock | None = None
    for one in shown.blocks:
        group = [each.name for each in shown.within(one.part)]
        rows.append(_row(one, printed, numbers, shown, group, before))
        if one.printed and not one.first:
            before = one
    return rows


def _row(
    one: DraftedBlock,
    printed: dict[str, Block],
    numbers: dict[str, str],
    shown: DraftedReport,
    group: Sequence[str],
    before: DraftedBlock | None,
) -> BuilderRow:
    block = printed.get(one.name, one.block) if one.printed and not one.first else one.block
    head = one.name == one.part
    parts = shown.parts
    place = parts.index(one.part) if head else group.index(one.name)
    own = one.draft.own if one.draft is not None else None
    follows = before is not None and before.part == one.part and isinstance(before.block, Paragraph)
    return BuilderRow(
        block=one,
        id=row_id(one.name),
        kind=_kind(block),
        number=numbers.get(one.name, ""),
        label=block.label if isinstance(block, Paragraph) else "",
        said=_words_of(block),
        level=block.level if isinstance(block, Heading) else 0,
        first=place == (1 if head else 0) and (head or parts.index(one.part) == 0),
        last=place == len(parts if head else group) - 1 and parts.index(one.part) == len(parts) - 1,
        joined=bool(one.first),
        can_join=follows and isinstance(one.block, Paragraph) and one.printed and not one.first,
        order=shown.draft.parts.number if head else shown.draft.order_number(one.part),
        own_kind=_(OWN_KINDS.get(own.kind, UNIT_WORDS)) if own else "",
        finding=isinstance(one.generated, Paragraph) and bool(one.generated.finding),
        empty=isinstance(block, Heading) and one.printed and one.name not in printed,
        edited=one.generated is not None and one.words is not None and not one.outdated,
    )


def _is_note(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.note


def _kind(block: Block) -> str:
    if isinstance(block, Heading):
        return "heading"
    return "table" if isinstance(block, Table) else "paragraph"


def _words_of(block: Block) -> list[tuple[str, str]]:
    if isinstance(block, Heading):
        return [(block.text, "")]
    return [(block.caption, "")] if isinstance(block, Table) else pieces(block.sentence)


def _parts(shown: DraftedReport) -> list[tuple[str, str]]:
    """The parts with their titles; the start of the text has none."""
    titles = {one.name: one.text for one in shown.blocks if one.name == one.part}
    return [(name, titles.get(name, "")) for name in shown.parts]


def _tables(shown: DraftedReport) -> list[tuple[str, str, bool, int]]:
    """The tables behind the text: name, title, whether it is printed, the number of its changes."""
    printed = {block.block for block in shown.report.appendix}
    return [
        (
            block.block,
            block.caption if isinstance(block, Table) else "".join(t for t, _h in _words_of(block)),
            block.block in printed,
            shown.draft.number(block.block),
        )
        for block in shown.generated.appendix
        if isinstance(block, Table)
    ]


def _offers(state: BuilderState) -> list[tuple[str, str, str, str]]:
    """The figures that the open form asks for: address, text, name, measure."""
    form = state.form
    if form is None or not form.searched:
        return []
    return offered(state.review, form.search, form.period, form.unit)


def offered(review: Review, words: str, period: str, unit: str) -> list[tuple[str, str, str, str]]:
    """Figures to choose from: address, text, name, measure."""
    ws = workspace()
    known = unit if unit in ws.units else ""
    return [
        (
            offer.figure.id,
            put_in(offer.figure),
            f"{offer.indicator.label}. {offer.indicator.name}",
            offer.figure.measure.removeprefix("%").lstrip(),
        )
        for offer in ws.drafting.figures(review, words, period=period, unit=known)
    ]


def _siblings(state: BuilderState) -> list[tuple[str, str]]:
    """The findings of the block that is edited, where it has several: key, title."""
    form = state.form
    block = state.shown.block(form.block) if form is not None else None
    found = findings_of(block, state.review) if block is not None else []
    return [(one.key, one.finding.title) for one in found] if len(found) > 1 else []


def _units(asked: ReviewQuery) -> list[tuple[str, str]]:
    """The units whose figures may be chosen: that of the review and those below it."""
    return [(unit.code, unit.name) for unit in workspace().units.subtree(asked.unit.code)]


def _said(review: Review) -> tuple[list[tuple[str, str, str, str, str]], int]:
    """What units wrote: (its key, unit, period, question, words), and how many more there are."""
    asked = fold(this_request().query.get("tim-loi", "")).split()
    ws = workspace()
    every = sorted(ws.drafting.narratives(review), key=lambda one: not one.part)
    found = [
        (f"{one.unit}|{one.period}|{one.field}", one.unit, one.period, one.label, one.text)
        for one in every
        if all(w in fold(f"{one.text} {one.label} {ws.units[one.unit].name}") for w in asked)
    ]
    return found[:SAID_AT_ONCE], max(0, len(found) - SAID_AT_ONCE)


def _steps(state: BuilderState) -> list[DraftStep]:
    return [*reversed(workspace().drafting.history(state.review))][:STEPS_SHOWN]


def _freeze(asked: ReviewQuery) -> str:
    """Where the figures are frozen; "" where the application has no such page."""
    rules = {rule.rule: rule.endpoint for rule in current_app.url_map.iter_rules()}
    return url_for(rules["/ban-chot"], **asked.query) if "/ban-chot" in rules else ""


def _outline(id: str) -> str:
    """Where the outline of the report is changed; "" for an account that may not."""
    ws = workspace()
    known = id in ws.catalogue.outlines and may_for_all_forms(Action.DECIDE, ws.settings.root)
    return url_for("outlines.show", id=id) if known else ""
