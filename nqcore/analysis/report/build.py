"""Builds the neutral report of a review, in the order that such documents have: opening, results,
"Tuy nhiên …", shortcomings, solutions with the unit responsible, notes; then the annex.

The words are those of an official Vietnamese document, whatever the language of the program is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.annex import annex
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.decisions import printed_proposals
from nqcore.analysis.report.findings_parts import FindingsParts
from nqcore.analysis.report.footnotes import Footnotes
from nqcore.analysis.report.opening import opening
from nqcore.analysis.report.report_coverage import ReportCoverage
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.title import title
from nqcore.analysis.report.unit_lists import unit_lists
from nqcore.model.figures import REPORTED
from nqcore.model.findings import Text
from nqcore.model.handovers import Duty
from nqcore.model.reports import Block, Heading, Letterhead, Paragraph, Report
from nqcore.model.targets import Task
from nqcore.progress import Progress, quiet
from nqcore.text.dates import write_date

TYPE = "Báo cáo"


def build_report(review: Review, today: date, seal: str, progress: Progress = quiet) -> Report:
    """The neutral report of `review`, dated `today`. `seal`: number and hash of the newest record of the
    journal ("412/ab12cd34ef56"), which identifies the data of the report."""
    verdict = review.verdict()
    head, coverage = _letterhead(review), ReportCoverage(review)
    notes = Footnotes()
    citations = Citations(review.catalogue.units[code].name for code in review.catalogue.units)
    subject = title(review, citations)
    parts = FindingsParts(review, printed_proposals(review, verdict), citations, notes)
    body: list[Block] = [
        opening(review, head, citations, coverage.until, notes.sign(coverage.sentence())),
        *parts.results(),
        *parts.shortcomings(),
        *_tasks(review, citations),
        *notes.paragraphs(),
    ]
    titles = {finding.rule: finding.title for finding in verdict.findings}
    return Report(
        directive=review.directive.id,
        unit=review.unit.code,
        period=review.period,
        type=TYPE,
        title=subject,
        letterhead=head,
        date=today,
        body=tuple(body),
        appendix=(*annex(review, citations, progress), *unit_lists(body, titles)),
        coverage=sentence_text(coverage.sentence()),
        boundaries=review.boundaries.isoformat() if review.boundaries else REPORTED,
        seal=seal,
        remarks=tuple(parts.remarks(verdict.not_evaluated)),
    )


def _letterhead(review: Review) -> Letterhead:
    """The head of the office's own letterhead; a unit below it, or an office that has not entered one, gets a
    complete document in its own name to correct."""
    found, unit = review.catalogue.letterhead, review.unit
    above = review.catalogue.units.get(unit.parent) if unit.parent else None
    if found is not None and above is None:
        return found
    return Letterhead(
        superior=above.name.upper() if above else "",
        body=unit.name.upper(),
        place=found.place if found else unit.name,
        symbol="-BC",
        authority="",
        post="",
        recipients=(above.name, "Lưu") if above else ("Lưu Văn phòng",),
    )


def _tasks(review: Review, citations: Citations) -> Iterator[Block]:
    yield Heading("Nhiệm vụ, giải pháp trong thời gian tới")
    tasks = review.tasks()
    for nth, task in enumerate(tasks, 1):
        yield Paragraph((Text(citations.brief(_task(review, task))),), label=f"{nth}.")
    if not tasks:
        yield Paragraph((Text("Chưa giao nhiệm vụ, giải pháp nào."),))


def _task(review: Review, task: Task) -> str:
    catalogue, end = review.catalogue, review.end

    def name(code: str) -> str:
        if code not in catalogue.units:
            return f"“{code}” (đơn vị không còn trong danh sách)"
        found = catalogue.units.state(code, end).name
        if catalogue.bearer(code, Duty.TASK, task.id, end).decided:
            return found
        return f"{found} (đã kết thúc hoạt động, chưa xác định đơn vị kế thừa)"

    clauses = [f"Chủ trì: {name(task.responsible) if task.responsible else task.responsible_name}"]
    if task.cooperating:
        clauses.append(f"phối hợp: {', '.join(map(name, task.cooperating))}")
    due = f"hoàn thành trước ngày {write_date(task.deadline)}" if task.deadline else "thường xuyên"
    clauses.append(f"thời hạn: {due}")
    return f"{task.title.rstrip('.')}. {'; '.join(clauses)}."
