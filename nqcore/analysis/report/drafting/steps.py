"""What the office does to the text of a review: each step is one record with its author.

Every block has a document of its own, and so has the order of each part: two people who change different
blocks never meet. A step names the number of the document that its user saw (`base`); where another user was
faster, it is refused and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from nqcore.analysis.findings import Review
from nqcore.analysis.report.decisions import check_base, require_decider
from nqcore.analysis.report.drafting.applying import DraftedReport
from nqcore.analysis.report.drafting.causes import home_of_cause
from nqcore.analysis.report.drafting.draft import (
    DETAILS,
    ORDER,
    OWN,
    PARTS,
    START,
    BlockDraft,
    Joining,
    OwnBlock,
    OwnKind,
    PaperDetails,
    draft_id,
)
from nqcore.analysis.report.drafting.making import DraftedBlock, rule_of
from nqcore.analysis.report.drafting.note_signs import NoteSigns
from nqcore.analysis.report.drafting.own_words import (
    checked_text,
    figures_at,
    own_claims,
    own_words,
    with_sources,
)
from nqcore.analysis.report.drafting.paper import checked_details
from nqcore.analysis.report.drafting.placing import part_moved
from nqcore.analysis.report.reworded_parts import NUMBERS_VERSION
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.tied_words import TiedWords, reword
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.tables import REVIEW_DRAFTS
from nqcore.errors import N_, InputError, Phrase, UnknownName
from nqcore.model.findings import Text
from nqcore.model.reports import Heading, Paragraph, Table
from nqcore.store.change import Change

DO = "draft-review"
"""The action word of every step."""


class NoWords(InputError):
    """A block of the office needs words."""

    code = "no-words"
    template = N_("The block has no words. Type them, or leave the block out.")


class CannotJoin(InputError):
    """Only a paragraph can be one with the paragraph before it."""

    code = "cannot-join"
    template = N_("No paragraph stands before this one. Choose a paragraph behind another one.")


class CannotMove(InputError):
    """The block stands first or last already, or belongs to no part."""

    code = "cannot-move"
    template = N_("This block cannot go further. Choose another place for it.")


class DraftWriter:
    """Writes the steps of one user. `shown` is the report with the draft as it is now.
    Raises NotAllowed where the account may not decide on all of the review."""

    def __init__(self, review: Review, shown: DraftedReport, by: Account, at: datetime) -> None:
        require_decider(review, by)
        self._review, self._shown, self._by, self._at = review, shown, by, at

    # -- words -----------------------------------------------------------------------------------

    def reword(
        self,
        block: str,
        text: str,
        *,
        figures: Sequence[str] | None = None,
        update: bool = False,
        live: Sequence[str] = (),
        confirm: bool = False,
        base: int | None = None,
    ) -> None:
        """Give a block other words ("": those that are generated). `figures`: of a block of the office, the
        addresses of those chosen for it (None: unchanged). Raises UnknownName, NoWords, Contradicted,
        AgainstFigures, Conflict, and what `checked_text` raises."""
        one, words = self._known(block), checked_text(text)
        if one.generated is not None:
            new = self._for_generated(one, words, update=update, live=live, confirm=confirm)
            self._change(block, base, lambda old: replace(old, words=new))
            return
        assert one.draft is not None  # a block that is not generated is the office's
        assert one.draft.own is not None
        given = one.draft.own.figures if figures is None else self._readable(figures)
        own = replace(one.draft.own, figures=given)
        mine = self._own(words, own, one.draft.words, live=live, confirm=confirm)
        self._change(block, base, lambda old: replace(old, words=mine, own=own))

    def add(
        self,
        kind: OwnKind,
        text: str,
        *,
        part: str,
        after: str = "",
        figures: Sequence[str] = (),
        live: Sequence[str] = (),
        confirm: bool = False,
        unit: str = "",
        period: str = "",
    ) -> str:
        """Add a block to the part, behind the block `after` ("": at its end); its name. A cause under a
        heading for causes of another kind comes under the nearest heading for its own. `unit` and `period`:
        whose report the words are from. Raises as `reword`."""
        self._require_part(part)
        part = home_of_cause(self._review.outline, kind, part)
        own = OwnBlock(
            kind=kind, part=part, figures=self._readable(figures), unit=unit, period=period
        )
        words = self._own(checked_text(text), own, None, live=live, confirm=confirm)
        places = [one.name for one in self._shown.within(part)]
        with self._begin() as change:
            name = self._next_name(change)
            new = BlockDraft(
                block=name, number=1, by=self._by.login, at=self._at, words=words, own=own
            )
            self._put(change, name, new.to_doc())
            if after in (*places, part or None) and kind is not OwnKind.PART:
                places.insert(places.index(after) + 1 if after in places else 0, name)
                self._put_order(change, ORDER + part, places, None)
        return name

    def _for_generated(
        self, one: DraftedBlock, words: str, *, update: bool, live: Sequence[str], confirm: bool
    ) -> TiedWords | None:
        block = one.generated
        assert block is not None  # the caller asks for generated blocks
        if isinstance(block, Table) or (isinstance(block, Paragraph) and block.finding):
            raise self._unknown(one.name)  # findings have decisions, tables no words
        notes = [b for b in self._shown.generated.body if isinstance(b, Paragraph) and b.note]
        rule, _signs = rule_of(block, NoteSigns(notes))
        plain, _signs = NoteSigns(notes).without((Text(words),))
        new = reword(
            sentence_text(plain).strip(),
            rule,
            block.claims if isinstance(block, Paragraph) else (),
            one.draft.words if one.draft is not None else None,
            update=update,
            live=live,
            confirm=confirm,
        )
        return None if new is None else with_sources(new)

    def _own(
        self,
        words: str,
        own: OwnBlock,
        before: TiedWords | None,
        *,
        live: Sequence[str],
        confirm: bool,
    ) -> TiedWords:
        if not words:
            raise NoWords()
        found, _gone = figures_at(own.figures, self._review)
        claims = own_claims(found, self._review)
        return own_words(words, found, claims, before, live=live, confirm=confirm)

    def _readable(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """The addresses; raises UnknownName for one that leads nowhere, and NotAllowed for one of a unit or
        a form that the account may not read."""
        known = {
            id for one in self._shown.draft.blocks.values() if one.own for id in one.own.figures
        }
        tree = self._review.catalogue.units
        for address in dict.fromkeys(addresses):
            (figures, gone) = figures_at([address], self._review)
            if gone and address not in known:
                raise UnknownName(
                    kind="figure", name=address, hint=Phrase(N_("Open it from the list."))
                )
            for figure in figures:
                form = self._review.totals.lookup.form_of(figure.indicator)
                self._by.require(Action.READ, figure.unit, tree, form.id if form else None)
        return tuple(dict.fromkeys(addresses))

    # -- places ----------------------------------------------------------------------------------

    def move(self, block: str, *, up: bool, base: int | None = None) -> None:
        """Put a block one place up or down, at the end of its part into the next one; a part goes with all
        of its blocks. `base`: the number of the order of its part (of "parts" for a part). Raises
        UnknownName, CannotMove, Conflict."""
        one = self._known(block)
        if one.name == one.part:
            self._move_part(block, up, base)
            return
        names = [each.name for each in self._shown.within(one.part)]
        at = names.index(block)
        to = at - 1 if up else at + 1
        if 0 <= to < len(names):
            names[at], names[to] = names[to], names[at]
            with self._begin() as change:
                self._put_order(change, ORDER + one.part, names, base)
            return
        parts = self._shown.parts
        next_part = parts.index(one.part) + (-1 if up else 1)
        if not 0 <= next_part < len(parts):
            raise CannotMove()
        self.move_to(block, parts[next_part], first=not up, base=base)

    def move_to(
        self, block: str, part: str, *, first: bool = False, base: int | None = None
    ) -> None:
        """Put a block to the end of a part, or to its beginning. Also one that has no place any more."""
        self._require_part(part)
        old = self._shown.block(block)
        lost = block in self._shown.draft.blocks and old is None
        if (old is None and not lost) or (old is not None and old.name == old.part):
            raise self._unknown(block)
        there = [one.name for one in self._shown.within(part) if one.name != block]
        with self._begin() as change:
            if old is not None and old.part != part:
                left = [one.name for one in self._shown.within(old.part) if one.name != block]
                self._put_order(change, ORDER + old.part, left, base)
                base = None
            self._put_order(
                change, ORDER + part, [block, *there] if first else [*there, block], base
            )

    def _move_part(self, part: str, up: bool, base: int | None) -> None:
        heads = [one for one in self._shown.blocks if one.name == one.part]
        levels = [
            (one.name, one.block.level if isinstance(one.block, Heading) else 1) for one in heads
        ]
        names = part_moved(levels, part, up=up)
        if names is None:
            raise CannotMove()
        with self._begin() as change:
            self._put_order(change, PARTS, names, base)

    # -- one with the one before it, left out ----------------------------------------------------

    def join(self, block: str, how: Joining, *, base: int | None = None) -> None:
        """Make a paragraph one with the one before it, as a sentence or as a part of its sentence; APART:
        a paragraph of its own again. Raises UnknownName, CannotJoin, Conflict."""
        one = self._known(block)
        if how and not self._has_paragraph_before(one):
            raise CannotJoin()
        self._change(block, base, lambda old: replace(old, joins=how))

    def hide(self, block: str, *, hidden: bool = True, base: int | None = None) -> None:
        """Leave a block out, or (`hidden` False) put it back. Its words stay. Raises UnknownName,
        Conflict."""
        appendix = {one.block for one in self._shown.generated.appendix}
        if block not in appendix and block not in self._shown.draft.blocks:
            self._known(block)
        self._change(block, base, lambda old: replace(old, hidden=hidden))

    def _has_paragraph_before(self, one: DraftedBlock) -> bool:
        before = None
        for each in self._shown.within(one.part):
            if each.name == one.name:
                both = isinstance(one.block, Paragraph) and before is not None
                return both and isinstance(before and before.block, Paragraph)
            before = each if each.printed else before
        return False

    # -- the paper -------------------------------------------------------------------------------

    def details(self, paper: PaperDetails, *, base: int | None = None) -> None:
        """Say what stands on the paper beside the text. Raises Conflict, and what `checked_text` raises."""
        doc: dict[str, object] = {"details": checked_details(paper).to_doc()}
        with self._begin() as change:
            stored = change.get(REVIEW_DRAFTS, self._id(DETAILS))
            check_base(stored, base)
            self._put(change, DETAILS, self._signed(doc, stored["number"] if stored else 0))

    # -- writing ---------------------------------------------------------------------------------

    def _id(self, name: str) -> str:
        return draft_id(self._review.address, name)

    def _begin(self) -> Change:
        store = self._review.repository.store
        return store.change(by=self._by.login, do=DO, at=self._at)

    def _change(
        self, block: str, base: int | None, make: Callable[[BlockDraft], BlockDraft]
    ) -> None:
        """Write what `make` makes of the block as it is stored now."""
        with self._begin() as change:
            stored = change.get(REVIEW_DRAFTS, self._id(block))
            check_base(stored, base)
            old = (
                BlockDraft(block=block, number=0, by="", at=self._at)
                if stored is None
                else BlockDraft.from_doc(block, stored)
            )
            new = replace(make(old), number=old.number + 1, by=self._by.login, at=self._at)
            self._put(change, block, new.to_doc())

    def _put_order(self, change: Change, name: str, names: Sequence[str], base: int | None) -> None:
        stored = change.get(REVIEW_DRAFTS, self._id(name))
        check_base(stored, base)
        doc = self._signed({"names": [*names]}, stored["number"] if stored else 0)
        self._put(change, name, doc)

    def _signed(self, doc: dict[str, object], number: int) -> dict[str, object]:
        return {"number": number + 1, "by": self._by.login, "at": self._at.isoformat(), **doc}

    def _put(self, change: Change, name: str, doc: dict[str, object]) -> None:
        # A program that does not know drafts would print another text: it refuses the journal.
        full = {"unit": self._review.unit.code, **doc}
        change.put(REVIEW_DRAFTS, self._id(name), full, version=NUMBERS_VERSION)

    def _next_name(self, change: Change) -> str:
        """A name that no block of the draft has, also none that was added this moment."""
        nth = 1
        while change.get(REVIEW_DRAFTS, self._id(f"{OWN}{nth}")) is not None:
            nth += 1
        return f"{OWN}{nth}"

    def _known(self, block: str) -> DraftedBlock:
        found = self._shown.block(block)
        if found is None:
            raise self._unknown(block)
        return found

    def _require_part(self, part: str) -> None:
        if part != START and part not in self._shown.parts:
            raise self._unknown(part)

    def _unknown(self, block: str) -> UnknownName:
        hint = Phrase(N_("Open it from the list."))
        return UnknownName(kind="block of the text", name=block, hint=hint)
