"""`ws.papers`: documents that come back, edited or signed: what their numbers are now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import product
from operator import itemgetter
from typing import Any, NamedTuple

from nqcore.analysis.findings import Review
from nqcore.analysis.provenance.explain_figures import figure_of_id
from nqcore.analysis.readback import (
    CheckedDocument,
    Present,
    ReadDocument,
    check_document,
    read_document,
)
from nqcore.analysis.readback.which_review import (
    FileQuestion,
    PaperSign,
    has_title,
    names_body,
    names_period,
    periods_named,
    sign_of,
    title_fit,
)
from nqcore.analysis.report import build_report
from nqcore.analysis.report.letterheads import letterhead_of
from nqcore.catalogue.reviewed_directives import reviewed_directives
from nqcore.errors import N_, InputError, NqError
from nqcore.model.figures import Figure
from nqcore.model.reports import Report
from nqcore.workspace.arguments import checked
from nqcore.workspace.asked_review import AskedReview
from nqcore.workspace.open_state import OpenState

EditionReport = Callable[[str], Report | None]
"""The report of a frozen review, by the id of its edition; None where the office has no such edition."""


class PaperUnknown(InputError):
    """Nothing says of which review a document is."""

    code = "paper-unknown"
    template = N_(
        "The document does not say of which review it is: it has no bookmark and no title of one. "
        "Choose the directive and the period, then check it again."
    )


class DraftUnknown(PaperUnknown):
    """The bookmarks of a document are those of a draft, and its title is of no review."""

    code = "draft-unknown"
    template = N_(
        "The document is a draft: its bookmarks name no frozen review, and its letterhead and title are "
        "those of no review of this office. Choose the directive and the period, then check it again."
    )


class EditionUnknown(InputError):
    """A document is of an edition that the office does not have. Params: edition."""

    code = "edition-unknown"
    template = N_(
        "The document is of the frozen review {edition}, which is not in this office's data. "
        "Check whether it is another office's document, or choose the review it is to be compared with."
    )


class EditionIsWhole(InputError):
    """A part of the question was given for a document of an edition, which has its own. Params: edition."""

    code = "edition-is-whole"
    template = N_(
        "The document is of the frozen review {edition}, which has its own unit, units' boundaries and day. "
        "Leave these out, or choose the directive and the period of a review to compare it with."
    )


class _DraftQuestion(NamedTuple):
    """What a draft is compared with: the review, by the clock of a day; whether a part of it is assumed."""

    asked: AskedReview
    day: date
    assumed: bool = False

    @property
    def fixed(self) -> bool:
        """Whether it is of an earlier day for good: what came later is no change of it."""
        return self.asked.as_of is not None and self.asked.as_of < self.day


def no_edition(id: str) -> Report | None:
    """That of an office without frozen reviews."""
    return None


@checked
class PaperService:
    """Documents of reviews that were edited outside of the program."""

    def __init__(self, state: OpenState, edition: EditionReport = no_edition) -> None:
        self._state, self._edition = state, edition

    def check(
        self,
        data: bytes,
        *,
        name: str = "document.docx",
        edition: str | None = None,
        directive: str | None = None,
        period: str | None = None,
        unit: str | None = None,
        boundaries: date | str | None = None,
        as_of: date | None = None,
    ) -> CheckedDocument:
        """Read a .docx (or .doc, where LibreOffice is installed) back and say of each of its numbers whether
        it is still its figure. `name`: that of the file. It is compared with the edition that its bookmarks
        name, or `edition`; a draft with the review that its file says it is, or its title, or with the one
        of `directive` and `period`. `unit`, `boundaries`, `as_of`: in place of what the draft says of these.
        Raises FileRefused, PaperUnknown, EditionUnknown, EditionIsWhole, UnknownName, AsOfInFuture.

        >>> from io import BytesIO
        >>> import docx
        >>> file, paper = BytesIO(), docx.Document()
        >>> _ = paper.add_paragraph("9 trong 2 đơn vị thiếu kinh phí.")
        >>> paper.save(file)
        >>> checked = ws.papers.check(file.getvalue(), directive="1-NQ/HU", period="2018")
        >>> [(one.text, one.status.value, one.written) for one in checked.wrong if one.text]
        [('9 trong 2', 'changed', '1 trong 2')]
        """
        document = read_document(data, name)
        sign = sign_of(document)
        chosen: dict[str, Any] = {"unit": unit, "boundaries": boundaries, "as_of": as_of}
        given = {each: value for each, value in chosen.items() if value is not None}
        question = None
        if directive is not None and period is not None:
            question = _DraftQuestion(
                AskedReview(directive=directive, period=period), self._state.today
            )
        id = edition or ("" if question else self._edition_named(sign))
        if id and given:
            raise EditionIsWhole(edition=id)
        if id:
            return self._compared(document, self._frozen(id))
        question = question or self._asked(sign)
        question = question._replace(asked=replace(question.asked, **given))
        report = self._build(question.asked, question.day)
        found = self._compared(document, report, fixed=question.fixed)
        day = question.asked.as_of if question.asked.as_of != self._state.today else None
        known = {"boundaries", "as_of"} & given.keys()
        return replace(found, as_of=day, assumed=question.assumed and not known)

    def _compared(
        self, document: ReadDocument, report: Report, *, fixed: bool = False
    ) -> CheckedDocument:
        catalogue = self._state.context.catalogue
        return check_document(
            document,
            report,
            catalogue.names,
            Present(report if fixed else self._now(report), self._figure_now),
            [catalogue.units[code].name for code in catalogue.units],
        )

    # -- which report it is ------------------------------------------------------------------------

    def _frozen(self, id: str) -> Report:
        found = self._edition(id)
        if found is None:
            raise EditionUnknown(edition=id)
        return found

    def _edition_named(self, sign: PaperSign) -> str:
        """The edition that the document names. What its file alone says counts under the same title only:
        other text may have come into the file."""
        if sign.edition is not None or sign.question is None:
            return sign.edition or ""
        report = self._edition(sign.question.edition)
        return report.edition if report is not None and has_title(sign, report.title) else ""

    def _asked(self, sign: PaperSign) -> _DraftQuestion:
        """The question of a draft: what its file says where its title is that of the same review, else the
        review of today that its title names, else what the file says. Raises PaperUnknown, DraftUnknown."""
        said = sign.question and self._said(sign.question)
        if said and self._has_its_title(sign, said):
            return said
        titled = self._titled(sign)
        if titled is not None:
            asked = AskedReview(
                directive=titled.directive.id, period=titled.period, unit=titled.unit.code
            )
            return _DraftQuestion(asked, self._state.today, assumed=True)
        if said:
            return said
        raise PaperUnknown() if sign.edition is None else DraftUnknown()

    def _said(self, said: FileQuestion) -> _DraftQuestion | None:
        """The question of a file; None where this office has no such review."""
        today, known = self._state.today, self._state.context.catalogue.outlines
        asked = AskedReview(
            directive=said.directive,
            period=said.period,
            unit=said.unit,
            boundaries=said.boundaries,
            as_of=said.as_of,
            outline=said.outline if said.outline in known else None,
        )
        question = _DraftQuestion(asked, min(said.made, today))
        try:
            self._state.review(*question[:2])
        except NqError:
            return None
        return question

    def _has_its_title(self, sign: PaperSign, question: _DraftQuestion) -> bool:
        review, catalogue = self._state.review(*question[:2]), self._state.context.catalogue
        body = letterhead_of(catalogue, review.unit).body
        return title_fit(sign, review, [body]) is not None

    def _titled(self, sign: PaperSign) -> Review | None:
        """The review of today whose title the document has."""
        fits = list(self._fitting(sign))
        return max(fits, key=itemgetter(0))[1] if fits else None

    def _fitting(self, sign: PaperSign) -> Iterator[tuple[tuple[int, int], Review]]:
        """How well they fit, and the reviews whose title may be that of the document."""
        catalogue = self._state.context.catalogue
        bodies = {
            code: [letterhead_of(catalogue, catalogue.units[code]).body] for code in catalogue.units
        }
        units = [code for code, issuer in bodies.items() if names_body(sign.head, issuer)]
        named = list(periods_named(sign, catalogue.calendars.values()))
        for directive in reviewed_directives(catalogue):
            codes = (one.code for one in named if names_period(sign, one, directive))
            for code, unit in product(dict.fromkeys(codes), units):
                asked = AskedReview(directive=directive.id, period=code, unit=unit)
                with suppress(NqError):  # a period before the directive, or in the future
                    review = self._state.review(asked)
                    fit = title_fit(sign, review, bodies[unit])
                    if fit is not None:
                        yield fit, review

    # -- how it is now -----------------------------------------------------------------------------

    def _build(self, asked: AskedReview, day: date | None = None) -> Report:
        day = day or self._state.today
        review = self._state.review(asked, day)
        return build_report(review, day, self._state.store.head.printed)

    def _now(self, report: Report) -> Report | None:
        """The same review as it is now, in the same outline where the office still has it; None where its
        directive or unit has gone."""
        known = self._state.context.catalogue.outlines
        asked = AskedReview(
            directive=report.directive,
            period=report.period,
            unit=report.unit,
            boundaries=report.boundaries,
            outline=report.outline if report.outline in known else None,
        )
        try:
            return self._build(asked)
        except NqError:
            return None

    def _figure_now(self, figure: Figure) -> Figure | None:
        try:
            return figure_of_id(self._state.totals, figure.id)
        except NqError:
            return None
