"""`ws.reviews`: the document that sums up: findings, what the office decided on them, the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Unpack

from markupsafe import Markup

from nqcore.analysis.findings import Review, Verdict
from nqcore.analysis.findings.evidence_strip import EvidenceStrip, evidence_strip
from nqcore.analysis.findings.held_targets import HeldTarget, HeldTargets
from nqcore.analysis.findings.review_periods import is_owed_in, review_periods, whole_time
from nqcore.analysis.findings.target_verdicts import TargetVerdict
from nqcore.analysis.overview import Overview, overview
from nqcore.analysis.provenance.explain_counts import CountExplanation, explain_count, read_count_id
from nqcore.analysis.report import Document, build_report, formats, write_report
from nqcore.analysis.report.choosing import choose
from nqcore.analysis.report.decisions import FindingProposal, Selection, decide, proposals
from nqcore.analysis.report.html_format import fragment
from nqcore.analysis.report.html_numbers import Href
from nqcore.analysis.report.letterheads import letterhead_of
from nqcore.analysis.report.review_counts import count_of_review
from nqcore.analysis.report.writing import layout_remarks
from nqcore.analysis.unit_profile import UnitProfile, unit_profile
from nqcore.catalogue.contracts import ReportFormat
from nqcore.catalogue.outline_choice import chosen_outline
from nqcore.catalogue.reviewed_directives import reviewed_directives, reviewed_forms
from nqcore.collection.accounts.access import Account
from nqcore.collection.monitoring.report_counts import ReportCounts
from nqcore.errors import N_, Phrase, UnknownName, Words
from nqcore.model.directives import Directive
from nqcore.model.figures import REPORTED, read_boundaries
from nqcore.model.findings import Finding
from nqcore.model.forms import Form
from nqcore.model.outlines import Outline
from nqcore.model.periods import Period, PeriodKind, resolve_directive
from nqcore.model.reports import Letterhead, Report
from nqcore.progress import Progress, quiet
from nqcore.workspace.arguments import checked, one_of
from nqcore.workspace.asked_review import AskedReview, ReviewKeywords
from nqcore.workspace.kept_verdicts import KeptVerdicts
from nqcore.workspace.open_state import OpenState


@checked
class ReviewService:
    """Reviews of how a directive is carried out, by directive, period and unit."""

    def __init__(self, state: OpenState) -> None:
        self._state, self._verdicts = state, KeptVerdicts()

    def directives(self) -> tuple[Directive, ...]:
        """The directives that have a review: those with forms or rules. One that carries out no other comes
        first: its review contains the others.

        >>> [directive.number for directive in ws.reviews.directives()]
        ['1-NQ/HU']
        """
        return reviewed_directives(self._state.context.catalogue)

    def periods(
        self,
        directive: str,
        unit: str | None = None,
        *,
        boundaries: date | str = REPORTED,
        near: str | None = None,
    ) -> tuple[Period, ...]:
        """The periods of which a review is offered, by kind and the newest first: those of the directive
        in which the unit existed and owed a report. Quarters, half-years and nine months of the newest
        years, and of those of the period `near`; years; several years. Raises UnknownName.

        >>> [period.code for period in ws.reviews.periods("1-NQ/HU", "dn-1")]
        ['2018-Q2', '2018-Q1', '2018-H1', '2018-9M', '2018']
        """
        whole = self._whole(directive, unit, boundaries)
        shown = self._state.context.obligations.read(near) if near else None
        return review_periods(whole, shown) if whole else ()

    def is_owed(
        self,
        directive: str,
        period: str,
        unit: str | None = None,
        *,
        boundaries: date | str = REPORTED,
    ) -> bool:
        """Whether the unit, or one under it, owed a report of the review in that period. Raises
        UnknownName.

        >>> ws.reviews.is_owed("1-NQ/HU", "2018-Q1"), ws.reviews.is_owed("1-NQ/HU", "2010")
        (True, False)
        """
        span = self._state.context.obligations.read(period)
        whole = self._whole(directive, unit, boundaries)
        return whole is not None and is_owed_in(whole, span)

    def _whole(self, directive: str, unit: str | None, boundaries: date | str) -> Review | None:
        """The review over the whole time of the directive; None of one that is not yet issued."""
        catalogue = self._state.context.catalogue
        found = catalogue.directives[directive]
        code = whole_time(found, self.forms(found.id), self._state.today)
        if code is None:
            return None
        return self.review(directive=found.id, period=code, unit=unit, boundaries=boundaries)

    def forms(self, directive: str) -> tuple[Form, ...]:
        """The forms that speak in a review of the directive: its own and those of the documents below it.
        Raises UnknownName.

        >>> [form.id for form in ws.reviews.forms("1-NQ/HU")]
        ['s.q']
        """
        catalogue = self._state.context.catalogue
        family = catalogue.directives.family(catalogue.directives[directive].id)
        return reviewed_forms(catalogue, {one.id for one in family})

    def review(self, **asked: Unpack[ReviewKeywords]) -> Review:
        """What rules look at: one directive with those below it, one unit with all under it, one
        span, which may be "@20-NQ/TW..2018-09-30": from a directive's date to a cut-off.
        `boundaries`: a day within whose units all figures are given, or "reported". `as_of`: what had
        been accepted by the end of that day speaks, and nothing else (default: today). `outline`: as for
        `outline`; its report and its draft are in it. Raises UnknownName, SpanRefused, AsOfInFuture.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> review.unit.code, review.span.code
        ('top', '2018')
        """
        return self._state.review(AskedReview(**asked))

    def verdict(self, **asked: Unpack[ReviewKeywords]) -> Verdict:
        """All findings of a review, and the rules that could not be evaluated (which is never "passed").

        >>> verdict = ws.reviews.verdict(directive="1-NQ/HU", period="2018")
        >>> [finding.title for finding in verdict.findings], verdict.not_evaluated
        (['Kinh phí'], ())
        """
        return self.verdict_of(self.review(**asked))

    def verdict_of(self, review: Review) -> Verdict:
        """The same of a review that the caller has already.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> len(ws.reviews.verdict_of(review).findings)
        1
        """
        return self._verdicts.of(review)

    def evidence_strip(self, review: Review, finding: Finding) -> EvidenceStrip | None:
        """What the units that a finding says did nothing reported, period by period; None for a finding
        about something else.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> ws.reviews.evidence_strip(review, *ws.reviews.verdict_of(review).findings) is None
        True
        """
        return evidence_strip(review, finding)

    def findings(self, **asked: Unpack[ReviewKeywords]) -> tuple[Finding, ...]:
        """Results and shortcomings, each with its evidence.

        >>> from nqcore.plugin import sentence_text
        >>> (finding,) = ws.reviews.findings(directive="1-NQ/HU", period="2018")
        >>> finding.kind.value, sentence_text(finding.sentence)
        ('shortcoming', '1 trong 2 đơn vị thiếu kinh phí.')
        """
        return self.verdict(**asked).findings

    def target_verdicts(self, **asked: Unpack[ReviewKeywords]) -> tuple[TargetVerdict, ...]:
        """What the figures say of each target of the directive and those below it that the unit has.

        >>> (verdict,) = ws.reviews.target_verdicts(directive="1-NQ/HU", period="2018")
        >>> verdict.target.value, verdict.figure, verdict.state.value
        (Decimal('10'), None, 'no_data')
        """
        return self.review(**asked).target_verdicts()

    def targets_of_directive(
        self, directive: str, unit: str | None = None
    ) -> tuple[HeldTarget, ...]:
        """The targets that the directive itself sets for the unit, each with its verdict of today.

        >>> [held.target.id for held in ws.reviews.targets_of_directive("1-NQ/HU")]
        ['m']
        """
        found = self._state.context.catalogue.directives[directive]
        return self._held_targets(unit, self._state.today, REPORTED).of_directive(found)

    def targets_of_indicator(
        self,
        indicator: str,
        unit: str | None = None,
        *,
        on: date | None = None,
        boundaries: date | str = REPORTED,
    ) -> tuple[HeldTarget, ...]:
        """The targets of all directives for the indicator that the unit has, each with its verdict of the
        day `on` (None: today). Raises UnknownName.

        >>> [held.target.id for held in ws.reviews.targets_of_indicator("s.A1")]
        ['m']
        """
        found = self._held_targets(unit, on or self._state.today, boundaries)
        return found.of_indicator(indicator)

    def _held_targets(self, unit: str | None, on: date, boundaries: date | str) -> HeldTargets:
        return HeldTargets(
            totals=self._state.totals,
            repository=self._state.context.repository,
            unit=unit or self._state.root,
            on=on,
            boundaries=read_boundaries(boundaries),
        )

    def overview(self, unit: str | None = None, *, forms: Sequence[Form] | None = None) -> Overview:
        """*Tổng quan*: how the unit (default: the one at the top) and those under it stand today: reports,
        targets, what turned better or worse, the shortcomings of the review of the year, tasks that are
        overdue. `forms`: only what these ask for. Raises UnknownName.

        >>> found = ws.reviews.overview()
        >>> [(one.period.code, one.sent, one.owed) for one in found.reports], found.debt_count
        ([('2018-Q1', 3, 5)], 15)
        """
        context = self._state.context
        chosen = tuple(context.catalogue.forms.values()) if forms is None else forms
        return overview(self._state.totals, context.repository, unit or self._state.root, chosen)

    def profile(
        self, unit: str, *, root: str | None = None, forms: Sequence[Form] | None = None
    ) -> UnitProfile:
        """The profile of a unit: its reports and how punctual they were, its chief figures beside those of
        its like, its tasks and plans, the findings that name it in the reviews of `root` (default: the unit
        at the top), and what became of it. `forms`: only what these ask for. Raises UnknownName.

        >>> found = ws.reviews.profile("xa-a")
        >>> [(one.form.id, one.in_time, one.late, one.missing) for one in found.reports]
        [('s.q', 1, 1, 3)]
        """
        context = self._state.context
        if unit not in context.catalogue.units:
            raise UnknownName(
                kind="unit", name=unit, hint=Phrase(N_("`nq units` lists the units."))
            )
        return unit_profile(
            self._state.totals,
            context.repository,
            unit,
            root=root or self._state.root,
            forms=tuple(context.catalogue.forms.values()) if forms is None else forms,
        )

    def explain_count(self, id: str, *, as_of: date | None = None) -> CountExplanation:
        """Where a counted number of a sentence ("5 trong 28") comes from: each unit that it is about, and
        what its rule read of that unit. `as_of`: that of the review. Raises UnknownName, AsOfInFuture.

        >>> explained = ws.reviews.explain_count("count:s.money|2018|top|0|reported")
        >>> [each.unit for each in explained.units]
        ['xa-a', 'dn-1']
        """
        rule, period, unit, boundaries = read_count_id(id)
        found = self._state.context.catalogue.rules.get(rule)
        if found is None:
            raise UnknownName(
                kind="rule", name=rule, hint=Phrase(N_("The plugin that brought it is gone."))
            )
        review = self.review(
            directive=found.directive, period=period, unit=unit, boundaries=boundaries, as_of=as_of
        )
        return explain_count(review, id)

    def report_counts(self, review: Review) -> ReportCounts:
        """The reports that the review is made from, and what became of the others by its day: sent and
        waiting, returned, past due, not yet due.

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
        >>> counts = ws.reviews.report_counts(review)
        >>> len(counts.due), counts.units("accepted"), counts.units("waiting"), counts.past_due
        (5, ('xa-a', 'dn-1'), ('dn-2',), ())
        """
        return count_of_review(review)

    def proposals(self, **asked: Unpack[ReviewKeywords]) -> tuple[FindingProposal, ...]:
        """The findings with what was decided on each, and in what words it would be printed.

        >>> (proposal,) = ws.reviews.proposals(directive="1-NQ/HU", period="2018")
        >>> proposal.finding.title, proposal.choice.value
        ('Kinh phí', 'waiting')
        """
        return self.proposals_of(self.review(**asked))

    def proposals_of(
        self, review: Review, verdict: Verdict | None = None
    ) -> tuple[FindingProposal, ...]:
        """The same for a review that the caller has already (and its verdict).

        >>> review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        >>> [proposal.choice.value for proposal in ws.reviews.proposals_of(review)]
        ['waiting']
        """
        return proposals(review, verdict or self.verdict_of(review))

    def decide(
        self,
        key: str,
        choice: Selection | str,
        *,
        by: Account | str,
        sentence: str | None = None,
        update: bool = False,
        live: Sequence[str] = (),
        confirm: bool = False,
        base: int | None = None,
        **asked: Unpack[ReviewKeywords],
    ) -> FindingProposal:
        """Put a finding into that review ("chosen"), keep it out ("dismissed") or leave it open
        ("waiting"), perhaps in other words: see `reword`. `as_of`: the day of the review that was
        looked at; the decision itself is kept for the review of every day. Raises NotAllowed,
        UnknownName, Contradicted, AgainstFigures, SentenceTooLong, Conflict, AsOfInFuture.

        >>> (proposal,) = ws.reviews.proposals(directive="1-NQ/HU", period="2018")
        >>> chosen = ws.reviews.decide(
        ...     proposal.key, "chosen", directive="1-NQ/HU", period="2018", by="duyet"
        ... )
        >>> chosen.choice.value
        'chosen'
        """
        return decide(
            self.review(**asked),
            key,
            one_of(Selection, choice),
            by=self._state.account(by),
            at=self._state.clock(),
            sentence=sentence,
            update=update,
            live=live,
            confirm=confirm,
            base=base,
        )

    def reword(
        self,
        key: str,
        sentence: str,
        *,
        by: Account | str,
        update: bool = False,
        live: Sequence[str] = (),
        confirm: bool = False,
        base: int | None = None,
        **asked: Unpack[ReviewKeywords],
    ) -> FindingProposal:
        """Give a finding other words ("": those of its rule); chosen, waiting or passed over it stays as
        it is. Figures in the words are printed live.

        With `update` numbers that contradict a figure become that figure. `live`: formulas of the
        proposal's `offers` ("69,3% = 1.679 : 2.422"), whose numbers are computed from now on. Words
        that lose a figure, turn its direction or deny it raise AgainstFigures; with `confirm` they
        are kept as the office's own judgement. Raises NotAllowed, UnknownName, Contradicted,
        AgainstFigures, SentenceTooLong, Conflict.

        >>> from nqcore.plugin import sentence_text
        >>> asked = {"directive": "1-NQ/HU", "period": "2018"}
        >>> (proposal,) = ws.reviews.proposals(**asked)
        >>> words = "Hiện nay " + sentence_text(proposal.rule)
        >>> saved = ws.reviews.reword(proposal.key, words, by="duyet", **asked)
        >>> saved.choice.value, saved.reworded
        ('waiting', True)
        """
        return decide(
            self.review(**asked),
            key,
            None,
            by=self._state.account(by),
            at=self._state.clock(),
            sentence=sentence,
            update=update,
            live=live,
            confirm=confirm,
            base=base,
        )

    def choose(
        self,
        choices: Mapping[str, Selection | str],
        *,
        by: Account | str,
        bases: Mapping[str, int] | None = None,
        **asked: Unpack[ReviewKeywords],
    ) -> tuple[FindingProposal, ...]:
        """Decide on several findings at once, by their keys; their words stay as they are. Returns those
        that changed. `bases`: the number of the decision that the user saw, by key. Raises
        NotAllowed, UnknownName, Conflict.

        >>> asked = {"directive": "1-NQ/HU", "period": "2018"}
        >>> (proposal,) = ws.reviews.proposals(**asked)
        >>> (changed,) = ws.reviews.choose({proposal.key: "dismissed"}, by="duyet", **asked)
        >>> changed.choice.value
        'dismissed'
        """
        return choose(
            self.review(**asked),
            {key: one_of(Selection, choice) for key, choice in choices.items()},
            by=self._state.account(by),
            at=self._state.clock(),
            bases=bases,
        )

    # -- the document ----------------------------------------------------------------------------

    def formats(self) -> tuple[ReportFormat, ...]:
        """The formats in which a report can be written, those of plugins first.

        >>> [format.name for format in ws.reviews.formats()]
        ['html', 'markdown', 'json']
        """
        return formats(self._state.context.catalogue)

    def layout_remarks(self, report: Report) -> dict[str, tuple[Words, ...]]:
        """What the formats say of the report before it is written, by the name of the format; those that say
        nothing are left out. A layout says that it is not in force on the day of the report.

        >>> report = ws.reviews.build(ws.reviews.review(directive="1-NQ/HU", period="2018"))
        >>> ws.reviews.layout_remarks(report)
        {}
        """
        every = ((one.name, layout_remarks(one, report)) for one in self.formats())
        return {name: remarks for name, remarks in every if remarks}

    def outlines(self) -> tuple[Outline, ...]:
        """The outlines that a report can have: those of nqcore, of plugins and of the office.

        >>> [outline.id for outline in ws.reviews.outlines()]
        ['ngan', 'tong-ket']
        """
        return tuple(self._state.context.catalogue.outlines.values())

    def outline(
        self, directive: str, asked: str | None = None, *, period: str | None = None
    ) -> Outline:
        """The outline `asked`, by its id; without it the one that the office or a plugin has chosen for
        reports on the directive over periods like `period` (None: over several years), else the short
        one. Raises UnknownName.

        >>> ws.reviews.outline("1-NQ/HU").id, len(ws.reviews.outline("1-NQ/HU", "tong-ket").parts)
        ('ngan', 15)
        """
        catalogue = self._state.context.catalogue
        directives = catalogue.directives
        kind = PeriodKind.SPAN
        if period is not None:
            kind = self._state.context.obligations.read(resolve_directive(period, directives)).kind
        return chosen_outline(catalogue, directives[directive], kind, asked)

    def build(self, review: Review) -> Report:
        """The report of the review as values, in its outline, dated today. Raises UnknownName.

        >>> report = ws.reviews.build(ws.reviews.review(directive="1-NQ/HU", period="2018"))
        >>> report.title.startswith("kết quả năm 2018")
        True
        """
        return build_report(review, self._state.today, self._state.store.head.printed)

    def letterhead(self, unit: str | None = None) -> Letterhead:
        """The letterhead of the reviews of `unit` (default: the one at the top): the office's, else that of
        a plugin, else one made of the unit's own name. Raises UnknownName.

        >>> head = ws.reviews.letterhead("xa-a")
        >>> head.body, head.superior, head.symbol
        ('ĐẢNG ỦY XÃ A', 'ĐẢNG BỘ HUYỆN', '-BC/ĐU')
        """
        catalogue = self._state.context.catalogue
        known = catalogue.units[unit or self._state.root]
        return letterhead_of(catalogue, known, self._state.today)

    def as_html(self, report: Report, address: Href) -> Markup:
        """The report as a piece of a page; `address` says where a figure or a count is explained.

        >>> report = ws.reviews.build(ws.reviews.review(directive="1-NQ/HU", period="2018"))
        >>> html = ws.reviews.as_html(report, lambda figure: f"/so-lieu?id={figure.id}")
        >>> html.startswith("<article")
        True
        """
        return fragment(report, self._state.context.catalogue.names, address)

    def report(
        self,
        *,
        format: str = "json",
        today: date | None = None,
        progress: Progress = quiet,
        **asked: Unpack[ReviewKeywords],
    ) -> Document:
        """The review, in any format that a plugin offers; ``.save(path)`` writes it. `today`: the clock
        of the review, and the date on it; the rest as for `review` (`as_of`: default `today`).

        >>> document = ws.reviews.report(directive="1-NQ/HU", period="2018", format="json")
        >>> document.suffix, document.data[:1]
        ('.json', b'{')
        """
        day = today or self._state.today
        review = self._state.review(AskedReview(**asked), day)
        return write_report(review, format, day, self._state.store.head, progress)
