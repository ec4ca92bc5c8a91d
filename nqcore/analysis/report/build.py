"""Builds the neutral report of a review: the parts of its outline, the notes, then the annex.

The words are those of an official Vietnamese document, whatever the language of the program is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from nqcore.analysis.editions.following import previous_edition
from nqcore.analysis.findings import Review, Verdict, evaluate
from nqcore.analysis.report.anchors import named
from nqcore.analysis.report.appendix import appendix
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.drafting import DraftedReport, drafted_report, read_draft
from nqcore.analysis.report.earlier import EarlierReview, earlier_review
from nqcore.analysis.report.empty_parts import empty_remarks, without_empty_parts
from nqcore.analysis.report.letterheads import letterhead_of
from nqcore.analysis.report.outline_blocks import generated_blocks
from nqcore.analysis.report.report_coverage import ReportCoverage
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.title import title
from nqcore.analysis.report.unit_lists import unit_lists
from nqcore.catalogue.outline_choice import gone_outline
from nqcore.errors import N_, Phrase
from nqcore.model.figures import REPORTED
from nqcore.model.findings import UnitNames
from nqcore.model.reports import Block, Report, Table
from nqcore.progress import Progress, quiet

TYPE = "Báo cáo"


def build_report(
    review: Review,
    today: date,
    seal: str,
    progress: Progress = quiet,
    earlier: EarlierReview | None = None,
) -> Report:
    """The neutral report of `review` in its outline, dated `today`, with what the office did to its text.
    `seal`: number and hash of the newest record of the journal ("412/" and 26 hex digits), which identifies
    the data of the report. `earlier`: the review whose tasks and shortcomings come back in this one (None:
    the last frozen one). Raises UnknownName for an outline that is not there."""
    return drafted_review(review, today, seal, progress, earlier).report


def drafted_review(
    review: Review,
    today: date,
    seal: str,
    progress: Progress = quiet,
    earlier: EarlierReview | None = None,
) -> DraftedReport:
    """The same with every block: also what the office left out, and parts that have no content yet."""
    report = _generated(review, today, seal, progress, earlier or _last_review(review))
    draft = read_draft(review.repository.store, review.address)
    drafted = drafted_report(report, draft, review)
    # Words of findings are no part of the draft, and what is to be known of them is listed without one, too.
    whole = replace(report, remarks=drafted.report.remarks) if draft.empty else drafted.report
    body = without_empty_parts(whole.body)
    remarks = (*whole.remarks, *empty_remarks(review.outline, body), *_gone(review))
    return replace(drafted, report=replace(whole, body=body, remarks=remarks))


def _gone(review: Review) -> Iterator[Phrase]:
    """For the office: its settings ask for an outline that there is no more."""
    if id := gone_outline(review.catalogue):
        yield Phrase(
            N_(
                "There is no outline “{id}”, which report_outline in workspace.toml names; this report has "
                "the outline “{title}”. Correct that line, or take it out."
            ),
            {"id": id, "title": review.outline.title},
        )


def _last_review(review: Review) -> EarlierReview | None:
    edition = previous_edition(review)
    return None if edition is None else earlier_review(edition.report)


def _generated(
    review: Review,
    today: date,
    seal: str,
    progress: Progress,
    earlier: EarlierReview | None,
) -> Report:
    """The report before the office has changed anything in it, with all parts of its outline."""
    chosen = review.outline
    verdict = evaluate(review)
    citations = Citations(review.catalogue.units[code].name for code in review.catalogue.units)
    subject = title(review, citations)
    text = generated_blocks(
        review,
        chosen,
        today,
        citations,
        verdict=verdict,
        annexes=chosen.annexes,
        earlier=earlier,
        progress=progress,
    )
    body = without_empty_parts(text.blocks)
    lists = _unit_lists(verdict, body)
    tables = appendix(review, chosen.annexes, citations, today, progress, lists)
    return Report(
        directive=review.directive.id,
        unit=review.unit.code,
        period=review.period,
        type=TYPE,
        title=subject,
        letterhead=letterhead_of(review.catalogue, review.unit, today),
        date=today,
        body=text.blocks,
        appendix=named(tables, "table"),
        coverage=sentence_text(ReportCoverage(review).sentence()),
        boundaries=review.boundaries.isoformat() if review.boundaries else REPORTED,
        seal=seal,
        remarks=text.remarks,
        outline=chosen.id,
        as_of=review.as_of,
        made=today,
    )


def _unit_lists(verdict: Verdict, body: Sequence[Block]) -> tuple[Table, ...]:
    titles = {finding.rule: finding.title for finding in verdict.findings}
    lists = {
        finding.rule: [piece for piece in finding.sentence if isinstance(piece, UnitNames)]
        for finding in verdict.findings
    }
    return tuple(unit_lists(body, titles, lists))
