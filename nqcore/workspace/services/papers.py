"""`ws.papers`: documents that come back, edited or signed: what their numbers are now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.readback import CheckedDocument, Present, check_document, read_document
from nqcore.analysis.readback.which_review import (
    PaperSign,
    is_titled,
    names_body,
    periods_named,
    sign_of,
)
from nqcore.analysis.report import build_report
from nqcore.analysis.report.letterheads import letterhead_of
from nqcore.errors import N_, InputError, NqError
from nqcore.model.directives import Directive
from nqcore.model.figures import REPORTED, Figure, read_boundaries
from nqcore.model.periods import resolve_directive
from nqcore.model.reports import Report
from nqcore.workspace.arguments import checked
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


class EditionUnknown(InputError):
    """A document is of an edition that the office does not have. Params: edition."""

    code = "edition-unknown"
    template = N_(
        "The document is of the frozen review {edition}, which is not in this office's data. "
        "Check whether it is another office's document, or choose the review it is to be compared with."
    )


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
        boundaries: date | str = REPORTED,
    ) -> CheckedDocument:
        """Read a .docx (or .doc, where LibreOffice is installed) back and say of each of its numbers whether
        it is still its figure. `name`: that of the file. It is compared with the edition that its bookmarks
        name, or `edition`; a draft with the review of today that its title names, or the one of `directive`
        and `period`. Raises FileRefused, PaperUnknown, EditionUnknown, UnknownName.

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
        report = self._meant(sign, edition, directive, period, unit, boundaries)
        now = report if not report.edition else self._now(report)
        catalogue = self._state.context.catalogue
        return check_document(
            document,
            report,
            catalogue.names,
            Present(now, self._figure_now),
            [catalogue.units[code].name for code in catalogue.units],
        )

    # -- which report it is ------------------------------------------------------------------------

    def _meant(
        self,
        sign: PaperSign,
        edition: str | None,
        directive: str | None,
        period: str | None,
        unit: str | None,
        boundaries: date | str,
    ) -> Report:
        asked = edition or ("" if directive else sign.edition)
        if asked:
            found = self._edition(asked)
            if found is None:
                raise EditionUnknown(edition=asked)
            return found
        if directive is not None and period is not None:
            return self._build(self._review(directive, period, unit, boundaries))
        review = self._titled(sign)
        if review is None:
            raise PaperUnknown()
        return self._build(review)

    def _titled(self, sign: PaperSign) -> Review | None:
        """The review of today whose title the document has."""
        catalogue = self._state.context.catalogue
        units = [code for code in catalogue.units if self._issues(code, sign)]
        for directive in self._directives():
            for period in periods_named(sign):
                with suppress(NqError):  # "2018-H1", where the calendar has no half years
                    for code in units:
                        review = self._review(directive.id, period, code, REPORTED)
                        if is_titled(sign, review):
                            return review
        return None

    def _issues(self, code: str, sign: PaperSign) -> bool:
        catalogue = self._state.context.catalogue
        return names_body(sign, [letterhead_of(catalogue, catalogue.units[code]).body])

    def _directives(self) -> Iterator[Directive]:
        """Those that have forms or rules."""
        catalogue = self._state.context.catalogue
        named = {form.directive for form in catalogue.forms.values()}
        named |= {rule.directive for rule in catalogue.rules.values()}
        yield from (one for one in catalogue.directives if {one.id, one.number} & named)

    # -- how it is now -----------------------------------------------------------------------------

    def _review(
        self, directive: str, period: str, unit: str | None, boundaries: date | str
    ) -> Review:
        known = self._state.known(None, None)
        directives = known.totals.catalogue.directives
        return Review(
            known.totals,
            known.repository,
            directives[directive],
            unit or self._state.root,
            resolve_directive(period, directives),
            read_boundaries(boundaries),
            as_of=known.as_of,
        )

    def _build(self, review: Review, outline: str = "") -> Report:
        """The report of now; `outline`: the id of that of the document ("": the one that is in force)."""
        parts = review.catalogue.outlines.get(outline)
        seal = self._state.store.head.printed
        return build_report(review, self._state.today, seal, outline=parts)

    def _now(self, report: Report) -> Report | None:
        """The same review as it is now; None where its directive or unit has gone."""
        try:
            return self._build(
                self._review(report.directive, report.period, report.unit, report.boundaries),
                report.outline,
            )
        except NqError:
            return None

    def _figure_now(self, figure: Figure) -> Figure | None:
        try:
            return self._state.totals.figure(
                figure.indicator,
                figure.unit,
                figure.period,
                own=figure.own,
                scope=figure.scope,
                boundaries=read_boundaries(figure.boundaries),
            )
        except NqError:
            return None
