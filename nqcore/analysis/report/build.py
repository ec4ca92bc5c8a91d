"""Builds the neutral report of a review: the parts of its outline, the notes, then the annex.

The words are those of an official Vietnamese document, whatever the language of the program is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nqcore.analysis.findings import Review, Verdict, evaluate
from nqcore.analysis.report.anchors import named
from nqcore.analysis.report.annex import annex
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.earlier import EarlierReview
from nqcore.analysis.report.empty_parts import empty_remarks, without_empty_parts
from nqcore.analysis.report.letterheads import letterhead_of
from nqcore.analysis.report.outline_blocks import generated_blocks
from nqcore.analysis.report.report_coverage import ReportCoverage
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.title import title
from nqcore.analysis.report.unit_lists import unit_lists
from nqcore.catalogue.outline_choice import chosen_outline
from nqcore.model.figures import REPORTED
from nqcore.model.findings import UnitNames
from nqcore.model.outlines import AnnexKind, Outline
from nqcore.model.reports import Block, Report, Table
from nqcore.progress import Progress, quiet

TYPE = "Báo cáo"
MADE = frozenset({AnnexKind.FIGURES, AnnexKind.UNITS})
"""The kinds of tables that the program makes."""


def build_report(
    review: Review,
    today: date,
    seal: str,
    progress: Progress = quiet,
    outline: Outline | None = None,
    earlier: EarlierReview | None = None,
) -> Report:
    """The neutral report of `review`, dated `today`. `seal`: number and hash of the newest record of the
    journal ("412/ab12cd34ef56"), which identifies the data of the report. `outline`: its parts (None: those
    that the office or a plugin has chosen for the directive, else the short ones). `earlier`: the last review
    (`earlier_review` of its report), whose tasks and shortcomings come back in this one."""
    verdict = evaluate(review)
    chosen = outline or chosen_outline(review.catalogue, review.directive)
    citations = Citations(review.catalogue.units[code].name for code in review.catalogue.units)
    subject = title(review, citations)
    text = generated_blocks(
        review,
        chosen,
        today,
        citations,
        verdict=verdict,
        annexes=MADE & {*chosen.annexes},
        earlier=earlier,
        progress=progress,
    )
    body = without_empty_parts(text.blocks)
    tables = _Annex(review, verdict, citations, body, progress).tables(chosen)
    return Report(
        directive=review.directive.id,
        unit=review.unit.code,
        period=review.period,
        type=TYPE,
        title=subject,
        letterhead=letterhead_of(review.catalogue, review.unit),
        date=today,
        body=body,
        appendix=named(tables, "table"),
        coverage=sentence_text(ReportCoverage(review).sentence()),
        boundaries=review.boundaries.isoformat() if review.boundaries else REPORTED,
        seal=seal,
        remarks=(*text.remarks, *empty_remarks(chosen, body)),
        outline=chosen.id,
    )


@dataclass(frozen=True, slots=True)
class _Annex:
    """The tables behind the text `body`."""

    review: Review
    verdict: Verdict
    citations: Citations
    body: Sequence[Block]
    progress: Progress

    def tables(self, outline: Outline) -> tuple[Table, ...]:
        """Those of the outline, in its order."""
        makers: Mapping[AnnexKind, Callable[[], Iterable[Table]]] = {
            AnnexKind.FIGURES: lambda: annex(self.review, self.citations, self.progress),
            AnnexKind.UNITS: self._unit_lists,
        }
        return tuple(
            table for kind in outline.annexes if kind in makers for table in makers[kind]()
        )

    def _unit_lists(self) -> Iterable[Table]:
        titles = {finding.rule: finding.title for finding in self.verdict.findings}
        lists = {
            finding.rule: [piece for piece in finding.sentence if isinstance(piece, UnitNames)]
            for finding in self.verdict.findings
        }
        return unit_lists(self.body, titles, lists)
