"""`ws.editions`: reviews as they were frozen, computed again, and compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Unpack

from markupsafe import Markup

from nqcore.analysis.editions.edition import Edition, EditionHead
from nqcore.analysis.editions.register import EditionRegister
from nqcore.analysis.findings import Review
from nqcore.analysis.frozen.basis import Basis, OfficeBasis, catalogue_of, outline_now, outline_of
from nqcore.analysis.frozen.difference import ReportDiff, Side, compare
from nqcore.analysis.frozen.freezing import freeze
from nqcore.analysis.frozen.recomputing import (
    Recomputed,
    basis_of,
    position_is_there,
    recompute,
)
from nqcore.analysis.frozen.stored_definitions import read_tree
from nqcore.analysis.report import Document, write
from nqcore.analysis.report.html_format import fragment
from nqcore.analysis.report.html_numbers import Href
from nqcore.catalogue import Catalogue
from nqcore.catalogue.outline_choice import outline
from nqcore.collection.accounts.access import Account
from nqcore.collection.context import own_days_off
from nqcore.collection.submissions.as_of import AsOfInFuture
from nqcore.errors import N_, InputError
from nqcore.model.units import Unit
from nqcore.progress import Progress, quiet
from nqcore.store.past import store_at
from nqcore.workspace.arguments import checked
from nqcore.workspace.asked_review import AskedReview, ReviewKeywords
from nqcore.workspace.open_state import OpenState


class OtherReview(InputError):
    """Two editions are not of the same review."""

    code = "other-review"
    template = N_(
        "The editions {before} and {after} are of different reviews. Choose two of the same review."
    )


@checked
class EditionService:
    """Frozen reviews of the office, which never change."""

    def __init__(self, state: OpenState) -> None:
        self._state = state
        self._register = EditionRegister(state.store)

    # -- freezing --------------------------------------------------------------------------------

    def freeze(
        self,
        *,
        by: Account | str,
        base: int | None = None,
        progress: Progress = quiet,
        **asked: Unpack[ReviewKeywords],
    ) -> Edition:
        """Freeze a review as it is now: its text and all that shaped it are one record of the journal. What
        is asked for is as for `ws.reviews.review`; `base`: the number of the newest edition of it that the
        user saw.
        A correction is a further edition. Raises NotAllowed, UnknownName, SpanRefused, AsOfInFuture,
        FrozenMeanwhile.

        >>> edition = ws.editions.freeze(directive="1-NQ/HU", period="2018", by="duyet")
        >>> edition.id, edition.number, edition.report.edition
        ('1', 1, '1')
        """
        state, account = self._state, self._state.account(by)
        state.refresh()
        wanted, catalogue = AskedReview(**asked), state.context.catalogue
        if wanted.outline:
            outline(catalogue, wanted.outline)
        basis = self._basis(wanted.as_of)
        return freeze(
            basis,
            wanted.address(catalogue.directives, state.root),
            state.store,
            by=account,
            at=basis.moment,
            base=base,
            outline=wanted.outline or "",
            progress=progress,
        )

    def _basis(self, as_of: date | None = None) -> Basis:
        """What a review of now is computed from."""
        state = self._state
        moment = state.clock()
        day = as_of or moment.date()
        if day > moment.date():
            raise AsOfInFuture(day, moment.date())
        store = store_at(state.store, state.store.version)
        return Basis(
            store=store,
            contributions=state.contributions,
            office=OfficeBasis(
                root=state.root,
                since=state.since,
                letterheads=state.settings.letterheads,
                days_off=own_days_off(store, state.folder),
                outlines=state.settings.outlines,
                report_outline=state.settings.report_outline,
            ),
            moment=moment,
            today=moment.date(),
            as_of=day,
        )

    # -- reading ---------------------------------------------------------------------------------

    def list(
        self, directive: str | None = None, unit: str | None = None
    ) -> tuple[EditionHead, ...]:
        """The editions of all reviews, the newest first; of a directive and of a unit where they are given.
        Raises UnknownName.

        >>> ws.editions.list()
        ()
        """
        id = self._state.context.catalogue.directives[directive].id if directive else None
        return tuple(self._register.heads(id, unit))

    def of(self, review: Review) -> tuple[EditionHead, ...]:
        """Those of one review, the newest first.

        >>> edition = ws.editions.freeze(directive="1-NQ/HU", period="2018", by="duyet")
        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> [head.id for head in ws.editions.of(review)]
        ['1']
        """
        return tuple(self._register.of(review.address))

    def __getitem__(self, id: str) -> Edition:
        """The edition of that id, with its text as it was stored. Raises UnknownName."""
        return self._register[id]

    def tree(self, id: str) -> tuple[Unit, ...]:
        """The units under the review's unit on the day of the edition. Raises UnknownName.

        >>> edition = ws.editions.freeze(directive="1-NQ/HU", period="2018", by="duyet")
        >>> [unit.code for unit in ws.editions.tree(edition.id)]
        ['top', 'xa-a', 'dn-1', 'dn-2', 'xa-b', 'dn-3']
        """
        return read_tree(self._state.store, self._register[id].tree)

    def write(self, id: str, format: str) -> Document:
        """The edition in a format that a plugin offers, as it was stored; ``.save(path)`` writes it. Raises
        UnknownName, ReportError, PluginError.

        >>> edition = ws.editions.freeze(directive="1-NQ/HU", period="2018", by="duyet")
        >>> ws.editions.write(edition.id, "json").suffix
        '.json'
        """
        edition = self._register[id]
        return write(edition.report, format, self._catalogue_then(edition))

    def as_html(self, id: str, address: Href) -> Markup:
        """The edition as a piece of a page; `address` says where a figure or a count is explained. Raises
        UnknownName.

        >>> edition = ws.editions.freeze(directive="1-NQ/HU", period="2018", by="duyet")
        >>> ws.editions.as_html(edition.id, lambda figure: "/so-lieu").startswith("<article")
        True
        """
        edition = self._register[id]
        return fragment(edition.report, self._catalogue_then(edition).names, address)

    def _catalogue_then(self, edition: EditionHead) -> Catalogue:
        """The catalogue of now with the names of units, indicators and directives of the edition: the notes
        of a table name units."""
        state = self._state
        now = state.context.catalogue
        if not position_is_there(edition, state.store):
            return now
        then = catalogue_of(basis_of(edition, state.store, state.contributions))
        return replace(
            now, units=then.units, indicators=then.indicators, directives=then.directives
        )

    # -- computing again, and comparing ----------------------------------------------------------

    def recompute(self, id: str, progress: Progress = quiet) -> Recomputed:
        """The edition computed again from its position in the journal and its definitions: `same`, or what
        differs; with what cannot be computed as it was then, and why. Raises UnknownName.

        >>> edition = ws.editions.freeze(directive="1-NQ/HU", period="2018", by="duyet")
        >>> again = ws.editions.recompute(edition.id)
        >>> again.same, again.reasons
        (True, ())
        """
        state = self._state
        state.refresh()
        return recompute(self._register[id], state.store, state.contributions, progress)

    def diff(self, before: str, after: str | None = None, progress: Progress = quiet) -> ReportDiff:
        """What changed from one edition to another of the same review (None: to now, in the same outline),
        each change with its causes. Raises UnknownName, OtherReview.

        >>> edition = ws.editions.freeze(directive="1-NQ/HU", period="2018-Q1", by="duyet")
        >>> revision = ws.accept("2018-Q1_s.q_dn-2", by="duyet")
        >>> diff = ws.editions.diff(edition.id)
        >>> [causes[0].value for causes in diff.links]
        ['late']
        """
        state = self._state
        state.refresh()
        old = self._register[before]
        first = self._side(old)
        if after is None:
            basis = self._basis()
            second = Side(basis=basis, outline=outline_now(old.outline, basis, old.address))
        else:
            new = self._register[after]
            if new.address != old.address:
                raise OtherReview(before=before, after=after)
            second = self._side(new)
        return compare(first, second, old.address, progress)

    def _side(self, edition: Edition) -> Side:
        state = self._state
        basis = basis_of(edition, state.store, state.contributions)
        return Side(basis=basis, stored=edition.report, outline=outline_of(edition.outline, basis))
