"""`ws.drafting`: the office's own text of a review, block by block, and the details of the paper."""

from __future__ import annotations

from collections.abc import Sequence

from nqcore.analysis.findings import Review
from nqcore.analysis.provenance.explain_figures import figure_of_id
from nqcore.analysis.report.build import drafted_review
from nqcore.analysis.report.drafting.applying import DraftedReport
from nqcore.analysis.report.drafting.causes import kind_of_causes
from nqcore.analysis.report.drafting.choosing_figures import FigureOffer, offered_figures
from nqcore.analysis.report.drafting.draft import Joining, OwnKind, PaperDetails
from nqcore.analysis.report.drafting.narratives import UnitWords, unit_words
from nqcore.analysis.report.drafting.reading import DraftStep, draft_history
from nqcore.analysis.report.drafting.steps import DraftWriter
from nqcore.collection.accounts.access import Account
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.figures import Figure
from nqcore.workspace.arguments import checked, one_of
from nqcore.workspace.open_state import OpenState


@checked
class DraftingService:
    """What the office does to the text of a review. Every change is one record with its author; `base` is
    the number of the block (of the order, of the details) that the user saw, and where another user was
    faster the change is refused with Conflict. Who changes needs the right to decide on the review. A review
    is drafted in its own outline: the one that `ws.reviews.review` was asked for.

    Blocks have names that stay: "opening", "finding:s.money", "own:1". Findings are reworded by
    `ws.reviews.reword`, all other words here."""

    def __init__(self, state: OpenState) -> None:
        self._state = state

    def shown(self, review: Review) -> DraftedReport:
        """The report with the draft as it is now, with every block: also those that are left out, and words
        that have no place any more. Raises UnknownName.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> shown = ws.drafting.shown(review)
        >>> shown.draft.empty, shown.blocks[0].number
        (True, 0)
        """
        return drafted_review(review, self._state.today, self._state.store.head.printed)

    def history(self, review: Review, *, after: int = 0) -> tuple[DraftStep, ...]:
        """Who changed what of the draft when, oldest first; only what came after the record `after`.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> _ = ws.drafting.add(review, "lesson", "Làm sớm.", part="", by="duyet")
        >>> [(step.by, step.block, step.words) for step in ws.drafting.history(review)]
        [('duyet', 'own:1', 'Làm sớm.')]
        """
        return draft_history(review.repository.store, review.address, after)

    def figures(
        self, review: Review, words: str = "", *, period: str = "", unit: str = ""
    ) -> tuple[FigureOffer, ...]:
        """Figures to put into words: of the indicators whose label or name has all of `words`, for the
        period ("": the span of the review) and the unit ("": that of the review).

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
        >>> [str(offer.figure) for offer in ws.drafting.figures(review, "co bao hiem")]
        ['1.200 người (1/3)', '91,6% (1/3)']
        """
        return offered_figures(review, words, period, unit)

    def figure(self, review: Review, address: str) -> Figure:
        """The figure of that address ("indicator|period|unit|scope|boundaries") as it is in the review now.
        Raises UnknownName.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
        >>> str(ws.drafting.figure(review, "s.B1|2018-Q1|top|all|reported"))
        '1.310 người (1/3)'
        """
        return figure_of_id(review.totals, address)

    def kind_of_causes(self, review: Review, part: str) -> OwnKind | None:
        """The one kind of causes that the part of that name is for; None for any other part.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> ws.drafting.kind_of_causes(review, "") is None
        True
        """
        return kind_of_causes(review.outline, part)

    def narratives(self, review: Review) -> tuple[UnitWords, ...]:
        """What units wrote in their accepted reports, to be taken over.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> [(said.unit, said.label, said.text) for said in ws.drafting.narratives(review)]
        [('xa-a', 'Nhận xét', 'Chưa có nhà văn hóa.')]
        """
        return unit_words(review)

    def reword_block(
        self,
        review: Review,
        block: str,
        text: str,
        *,
        by: Account | str,
        figures: Sequence[str] | None = None,
        update: bool = False,
        live: Sequence[str] = (),
        confirm: bool = False,
        base: int | None = None,
    ) -> None:
        """Give a block other words ("": the generated ones). Numbers in them that equal a figure of the
        block are that figure and are printed live. `figures`: of a block of the office the addresses of
        those chosen for it; `update`, `live` and `confirm` as for `ws.reviews.reword`. Raises NotAllowed,
        UnknownName, NoWords, Contradicted, AgainstFigures, SentenceTooLong, TextRefused, Conflict.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> block = ws.drafting.shown(review).blocks[0].name
        >>> words = "Văn phòng Huyện ủy báo cáo như sau:"
        >>> ws.drafting.reword_block(review, block, words, by="duyet")
        >>> ws.drafting.shown(review).block(block).text
        'Văn phòng Huyện ủy báo cáo như sau:'
        """
        self._writer(review, by).reword(
            block, text, figures=figures, update=update, live=live, confirm=confirm, base=base
        )

    def add(
        self,
        review: Review,
        kind: OwnKind | str,
        text: str,
        *,
        part: str,
        by: Account | str,
        after: str = "",
        figures: Sequence[str] = (),
        live: Sequence[str] = (),
        confirm: bool = False,
    ) -> str:
        """Add a block of the office to a part ("": before the first heading), behind the block `after`
        ("": at the end); its name. `figures`: addresses of figures, whose numbers in the words are printed
        live. Raises as `reword_block`.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
        >>> (offer,) = ws.drafting.figures(review, "B2.1")
        >>> words = "Có 91,6% công nhân có bảo hiểm, 45 người chưa có."
        >>> ws.drafting.add(
        ...     review, "result", words, part="", figures=[offer.figure.id], by="duyet"
        ... )
        'own:1'
        >>> ws.drafting.shown(review).block("own:1").words.numbers
        ('45',)
        """
        return self._writer(review, by).add(
            one_of(OwnKind, kind),
            text,
            part=part,
            after=after,
            figures=figures,
            live=live,
            confirm=confirm,
        )

    def take_narrative(
        self,
        review: Review,
        unit: str,
        period: str,
        field: str,
        *,
        part: str,
        by: Account | str,
        text: str | None = None,
        after: str = "",
    ) -> str:
        """Take what a unit wrote over into a part, perhaps edited (`text`); the name of the new block, which
        keeps whose report it is from. Raises as `reword_block`.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> (said,) = ws.drafting.narratives(review)
        >>> ws.drafting.take_narrative(
        ...     review, said.unit, said.period, said.field, part="", by="duyet"
        ... )
        'own:1'
        """
        for one in self.narratives(review):
            if (one.unit, one.period, one.field) == (unit, period, field):
                break
        else:
            hint = Phrase(N_("Open it from the list."))
            raise UnknownName(kind="field", name=f"{unit} {period} {field}", hint=hint)
        return self._writer(review, by).add(
            OwnKind.NARRATIVE,
            one.text if text is None else text,
            part=part,
            after=after,
            unit=unit,
            period=period,
        )

    def move(
        self,
        review: Review,
        block: str,
        *,
        up: bool,
        by: Account | str,
        base: int | None = None,
    ) -> None:
        """Put a block one place up or down; a heading of a part takes the whole part along. `base`: the
        number of the order of its part. Raises NotAllowed, UnknownName, CannotMove, Conflict.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> _ = ws.drafting.add(review, "paragraph", "Một là nhanh.", part="", by="duyet")
        >>> ws.drafting.move(review, "own:1", up=True, by="duyet")
        >>> ws.drafting.shown(review).blocks[0].name
        'own:1'
        """
        self._writer(review, by).move(block, up=up, base=base)

    def move_to(
        self,
        review: Review,
        block: str,
        part: str,
        *,
        by: Account | str,
        base: int | None = None,
    ) -> None:
        """Put a block to the end of another part; also one that has lost its place. Raises as `move`.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> _ = ws.drafting.add(review, "lesson", "Làm sớm.", part="", by="duyet")
        >>> last = ws.drafting.shown(review).parts[-1]
        >>> ws.drafting.move_to(review, "own:1", last, by="duyet")
        >>> ws.drafting.shown(review).block("own:1").part == last
        True
        """
        self._writer(review, by).move_to(block, part, base=base)

    def merge(
        self,
        review: Review,
        block: str,
        how: Joining | str = Joining.PARAGRAPH,
        *,
        by: Account | str,
        base: int | None = None,
    ) -> None:
        """Make a paragraph one with the one before it: "paragraph", or "sentence" for one sentence. Raises
        NotAllowed, UnknownName, CannotJoin, Conflict.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> _ = ws.drafting.add(review, "lesson", "Làm sớm.", part="", by="duyet")
        >>> ws.drafting.merge(review, "own:1", by="duyet")
        >>> shown = ws.drafting.shown(review)
        >>> shown.block("own:1").first == shown.blocks[0].name
        True
        """
        self._writer(review, by).join(block, one_of(Joining, how), base=base)

    def split(
        self,
        review: Review,
        block: str,
        *,
        by: Account | str,
        base: int | None = None,
    ) -> None:
        """Make it a paragraph of its own again. Raises NotAllowed, UnknownName, Conflict.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> _ = ws.drafting.add(review, "lesson", "Làm sớm.", part="", by="duyet")
        >>> ws.drafting.merge(review, "own:1", by="duyet")
        >>> ws.drafting.split(review, "own:1", by="duyet", base=2)
        >>> ws.drafting.shown(review).block("own:1").first
        ''
        """
        self._writer(review, by).join(block, Joining.APART, base=base)

    def hide(
        self,
        review: Review,
        block: str,
        *,
        by: Account | str,
        base: int | None = None,
    ) -> None:
        """Leave a block out of the document; a heading of a part leaves the whole part out. Raises
        NotAllowed, UnknownName, Conflict.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> block = ws.drafting.shown(review).blocks[0].name
        >>> ws.drafting.hide(review, block, by="duyet")
        >>> ws.drafting.shown(review).block(block).printed
        False
        """
        self._writer(review, by).hide(block, base=base)

    def restore(
        self,
        review: Review,
        block: str,
        *,
        by: Account | str,
        base: int | None = None,
    ) -> None:
        """Put a block that was left out back. Raises NotAllowed, UnknownName, Conflict.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> block = ws.drafting.shown(review).blocks[0].name
        >>> ws.drafting.hide(review, block, by="duyet")
        >>> ws.drafting.restore(review, block, by="duyet")
        >>> ws.drafting.shown(review).block(block).printed
        True
        """
        self._writer(review, by).hide(block, hidden=False, base=base)

    def details(
        self,
        review: Review,
        paper: PaperDetails,
        *,
        by: Account | str,
        base: int | None = None,
    ) -> None:
        """Say what stands on the paper beside the text: number, date, place, signature, to whom it goes.
        Raises NotAllowed, SentenceTooLong, TooManyRecipients, TextRefused, Conflict.

        >>> from nqcore.analysis.report.drafting import PaperDetails
        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> ws.drafting.details(review, PaperDetails(number="12", signer="Lê Văn Nam"), by="duyet")
        >>> ws.reviews.build(review).number
        '12'
        """
        self._writer(review, by).details(paper, base=base)

    def _writer(self, review: Review, by: Account | str) -> DraftWriter:
        return DraftWriter(review, self.shown(review), self._state.account(by), self._state.clock())
