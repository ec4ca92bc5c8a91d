"""The blocks of a report that the program writes, in the parts of an outline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from nqcore.analysis.findings import Review, Verdict, evaluate
from nqcore.analysis.report.anchors import named
from nqcore.analysis.report.annex import annex
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.decisions import printed_proposals
from nqcore.analysis.report.documents_issued import documents_paragraphs
from nqcore.analysis.report.earlier import EarlierReview, gone_tasks
from nqcore.analysis.report.findings_parts import FindingsParts
from nqcore.analysis.report.footnotes import Footnotes
from nqcore.analysis.report.leads import Leads
from nqcore.analysis.report.letterheads import issuer_name, letterhead_of
from nqcore.analysis.report.opening import opening, reporter
from nqcore.analysis.report.report_coverage import ReportCoverage
from nqcore.analysis.report.solutions import solutions, unanswered, unfinished
from nqcore.analysis.report.tasks_done import tasks_done
from nqcore.errors import Phrase
from nqcore.model.findings import FindingKind
from nqcore.model.outlines import OF_THE_OFFICE, AnnexKind, Content, Outline, OutlinePart, Take
from nqcore.model.reports import Block, Heading, Paragraph
from nqcore.progress import Progress, quiet

Writer = Callable[[OutlinePart, Take], Iterable[Block]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartBlocks:
    """A part of the outline with its blocks: its heading, if there is one, and what the program writes."""

    part: OutlinePart
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedText:
    """The text of a report before the office has changed anything in it: all parts, also those without
    content, and the notes at its end. Each block has a name that no other has. `remarks`: for the office."""

    outline: Outline
    parts: tuple[PartBlocks, ...]
    notes: tuple[Paragraph, ...]
    remarks: tuple[Phrase, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in the order of the document."""
        return (*chain.from_iterable(one.blocks for one in self.parts), *self.notes)


def generated_blocks(
    review: Review,
    outline: Outline,
    today: date,
    citations: Citations,
    *,
    verdict: Verdict | None = None,
    annexes: Collection[AnnexKind] = (),
    earlier: EarlierReview | None = None,
    progress: Progress = quiet,
) -> GeneratedText:
    """What the program writes of `review` in the parts of `outline`, dated `today`. `citations`: the
    documents that were cited until now (in the subject); `verdict`: that of the review, if it is known;
    `annexes`: the tables that the report has, to which the text refers; `earlier`: the last review, whose
    tasks and shortcomings come back in this one."""
    found = verdict or evaluate(review)
    return _Text(review, outline, today, citations, found, annexes, earlier, progress).whole()


class _Text:
    def __init__(
        self,
        review: Review,
        outline: Outline,
        today: date,
        citations: Citations,
        verdict: Verdict,
        annexes: Collection[AnnexKind],
        earlier: EarlierReview | None,
        progress: Progress,
    ) -> None:
        self._annexes, self._earlier = annexes, earlier
        self._review, self._outline, self._today = review, outline, today
        self._citations, self._verdict, self._progress = citations, verdict, progress
        self._notes = Footnotes()
        printed = printed_proposals(review, verdict)
        self._claims = [claim for one in printed for claim in one.finding.claims]
        self._leads = Leads(review, printed, today)
        self._findings = FindingsParts(
            review, printed, outline, self._leads, citations, self._notes, earlier
        )
        self._shortcomings = tuple(
            one.finding for one in printed if one.finding.kind is FindingKind.SHORTCOMING
        )
        self._writers: Mapping[Content, Writer] = {
            Content.OPENING: self._opening,
            Content.DOCUMENTS: self._documents,
            Content.RESULTS: self._findings.blocks,
            Content.SHORTCOMINGS: self._findings.blocks,
            Content.TASKS_DONE: self._tasks_done,
            Content.SOLUTIONS: self._solutions,
            Content.TABLE: self._tables,
        }

    def whole(self) -> GeneratedText:
        parts = [
            PartBlocks(part=part, blocks=tuple(self._part(part))) for part in self._outline.parts
        ]
        every = named([*chain.from_iterable(one.blocks for one in parts)], "text")
        names = iter(every)
        return GeneratedText(
            outline=self._outline,
            parts=tuple(
                replace(one, blocks=tuple(next(names) for _ in one.blocks)) for one in parts
            ),
            notes=self._notes.paragraphs(),
            remarks=(
                *self._findings.remarks(self._verdict.not_evaluated),
                *unanswered(self._review, self._shortcomings),
                *unfinished(self._review, self._shortcomings),
                *self._gone(),
            ),
        )

    def _gone(self) -> Iterator[Phrase]:
        if self._earlier is not None:
            yield from gone_tasks(self._earlier, {task.id for task in self._review.tasks()})

    def _part(self, part: OutlinePart) -> Iterator[Block]:
        if part.heading:
            yield Heading(part.heading, level=part.level, block=f"part:{part.key}")
        for take in part.takes:
            if take.what not in OF_THE_OFFICE:
                yield from self._writers[take.what](part, take)

    def _opening(self, _part: OutlinePart, _take: Take) -> Iterator[Block]:
        review, coverage = self._review, ReportCoverage(self._review)
        head = letterhead_of(review.catalogue, review.unit, self._today)
        who = reporter(issuer_name(review.catalogue, review.unit, self._today), head.authority)
        told = coverage.sentence()
        yield opening(review, who, self._citations, coverage.until, told, self._notes)

    def _documents(self, _part: OutlinePart, _take: Take) -> Iterator[Block]:
        listed = AnnexKind.DOCUMENTS in self._annexes
        for block in documents_paragraphs(self._review, listed=listed, claims=self._claims):
            yield replace(block, sentence=self._citations.brief_sentence(block.sentence))

    def _tasks_done(self, part: OutlinePart, take: Take) -> Iterator[Block]:
        for block in tasks_done(
            self._review,
            lead=part.lead_name(take),
            earlier=self._earlier,
            verdict=self._verdict,
        ):
            if isinstance(block, Paragraph):
                block = replace(block, sentence=self._citations.brief_sentence(block.sentence))
            yield block

    def _solutions(self, part: OutlinePart, take: Take) -> Iterator[Block]:
        yield from solutions(
            self._review,
            self._shortcomings,
            self._today,
            self._citations.brief,
            lead=part.lead_name(take),
            leads=lambda count: self._leads.solutions(take, count),
            tails=AnnexKind.TASKS not in self._annexes,
        )

    def _tables(self, _part: OutlinePart, take: Take) -> Iterator[Block]:
        wanted = {f"table:{form}" for form in take.forms}
        for table in annex(self._review, self._citations, self._progress):
            if table.block in wanted:
                yield replace(table, block=f"text:{table.block}")
