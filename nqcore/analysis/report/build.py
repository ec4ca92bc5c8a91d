"""Builds the neutral report of a review, in the order that such documents have: opening, results,
"Tuy nhiên …", shortcomings, solutions with the unit responsible, notes; then the annex.

The words are those of an official Vietnamese document, whatever the language of the program is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from nqcore.analysis.findings import Review, evaluate
from nqcore.analysis.report.anchors import named
from nqcore.analysis.report.annex import annex
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.decisions import printed_proposals
from nqcore.analysis.report.drafting import DraftKey, apply_draft, read_draft
from nqcore.analysis.report.findings_parts import FindingsParts
from nqcore.analysis.report.footnotes import Footnotes
from nqcore.analysis.report.letterheads import issuer_name, letterhead_of
from nqcore.analysis.report.opening import opening, reporter
from nqcore.analysis.report.report_coverage import ReportCoverage
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.solutions import solutions, unanswered, unfinished
from nqcore.analysis.report.tasks_done import tasks_done
from nqcore.analysis.report.title import title
from nqcore.analysis.report.unit_lists import unit_lists
from nqcore.model.figures import REPORTED
from nqcore.model.findings import FindingKind, UnitNames
from nqcore.model.reports import Block, Paragraph, Report
from nqcore.progress import Progress, quiet

TYPE = "Báo cáo"


def build_report(review: Review, today: date, seal: str, progress: Progress = quiet) -> Report:
    """The neutral report of `review`, dated `today`, with what the office did to its text. `seal`: number
    and hash of the newest record of the journal ("412/ab12cd34ef56"), which identifies the data of the
    report."""
    report = generated_report(review, today, seal, progress)
    return apply_draft(report, read_draft(review.repository.store, DraftKey.of(review)), review)


def generated_report(review: Review, today: date, seal: str, progress: Progress = quiet) -> Report:
    """The same as it is generated, without the office's draft."""
    verdict = evaluate(review)
    head, coverage = letterhead_of(review.catalogue, review.unit), ReportCoverage(review)
    printed = printed_proposals(review, verdict)
    shortcomings = tuple(p.finding for p in printed if p.finding.kind is FindingKind.SHORTCOMING)
    who = reporter(issuer_name(review.catalogue, review.unit), head.authority)
    notes = Footnotes()
    citations = Citations(review.catalogue.units[code].name for code in review.catalogue.units)
    subject = title(review, citations)
    parts = FindingsParts(review, printed, citations, notes)
    body: list[Block] = [
        opening(review, who, citations, coverage.until, notes.sign(coverage.sentence())),
        *parts.results(),
        *parts.shortcomings(),
        *_brief(tasks_done(review), citations),
        *solutions(review, shortcomings, today, citations.brief),
        *notes.paragraphs(),
    ]
    titles = {finding.rule: finding.title for finding in verdict.findings}
    lists = {
        finding.rule: [piece for piece in finding.sentence if isinstance(piece, UnitNames)]
        for finding in verdict.findings
    }
    return Report(
        directive=review.directive.id,
        unit=review.unit.code,
        period=review.period,
        type=TYPE,
        title=subject,
        letterhead=head,
        date=today,
        body=named(body, "text"),
        appendix=named(
            (*annex(review, citations, progress), *unit_lists(body, titles, lists)), "table"
        ),
        coverage=sentence_text(coverage.sentence()),
        boundaries=review.boundaries.isoformat() if review.boundaries else REPORTED,
        seal=seal,
        remarks=(
            *parts.remarks(verdict.not_evaluated),
            *unanswered(review, shortcomings),
            *unfinished(review, shortcomings),
        ),
    )


def _brief(blocks: Iterable[Block], citations: Citations) -> Iterator[Block]:
    """The blocks with the documents that were cited already in their short form."""
    for block in blocks:
        if isinstance(block, Paragraph):
            block = replace(block, sentence=citations.brief_sentence(block.sentence))
        yield block
