"""The parts of a report in which findings stand, as its outline says.

A part without a finding is left out of the document; the office is informed by a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nqcore.analysis.findings import Review
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.dashes import Dash, dashes, joined, worsened_together
from nqcore.analysis.report.decisions import FindingProposal
from nqcore.analysis.report.earlier import EarlierReview
from nqcore.analysis.report.footnotes import Footnotes, coverage_of, signed_text
from nqcore.analysis.report.leads import Leads
from nqcore.analysis.report.same_units import with_notes
from nqcore.catalogue.loading import Fault
from nqcore.errors import N_, Phrase
from nqcore.model.claims import ON_PATH, Claim
from nqcore.model.findings import Finding, FindingKind, Sentence, Text
from nqcore.model.outlines import OF_FINDINGS, Content, Outline, OutlinePart, Take
from nqcore.model.reports import Block, Paragraph

_CONTENTS = {
    FindingKind.RESULT: Content.RESULTS,
    FindingKind.SHORTCOMING: Content.SHORTCOMINGS,
}
PATH = "lộ trình"
PATH_NOTE: Sentence = (
    Text(
        "Lộ trình tính theo đường thẳng từ giá trị của kỳ liền trước (số cộng dồn: từ 0) đến mục tiêu ở ngày "
        "cuối của thời hạn; đây là mức để so sánh, không có văn bản nào quy định."
    ),
)
"""The note on the path of a target, which no document sets."""


class FindingsParts:
    """The parts with the findings `printed`; citations and notes are those of the whole report. A finding
    stands once: in the first part that names its rule or row, else in the one that takes the rest."""

    def __init__(
        self,
        review: Review,
        printed: Sequence[FindingProposal],
        outline: Outline,
        leads: Leads,
        citations: Citations,
        notes: Footnotes,
        earlier: EarlierReview | None = None,
    ) -> None:
        self._earlier = earlier
        self._review, self._citations, self._notes = review, citations, notes
        self._printed, self._leads = tuple(printed), leads
        self._takes = [take for _part, take in outline.takes if take.what in OF_FINDINGS]
        self._of_take: dict[int, list[FindingProposal]] = {}
        self._in_no_part: list[FindingProposal] = []
        for one in printed:
            place = self._place(one)
            if place is None:
                self._in_no_part.append(one)
            else:
                self._of_take.setdefault(place, []).append(one)

    def blocks(self, part: OutlinePart, take: Take) -> Iterator[Block]:
        """What leads to the findings that the part takes, and the findings; nothing without one."""
        nth = next(n for n, each in enumerate(self._takes) if each is take)
        taken = dashes(self._of_take.get(nth, ()))
        if not taken:
            return
        count = sum(len(dash.proposals) for dash in taken)
        alone = [each.what for each in self._takes].count(take.what) == 1
        stands = [one for each in self._of_take.values() for one in each]
        results = any(one.finding.kind is FindingKind.RESULT for one in stands)
        yield from self._leads.lead(take, count, alone, part.lead_name(take), results=results)
        yield from map(self._paragraph, taken)

    def remarks(self, not_evaluated: Sequence[Fault]) -> Iterator[Phrase]:
        """What the office should know of the parts, and no reader of the document."""
        kinds = {one.finding.kind for one in self._printed}
        if not kinds:
            yield Phrase(
                N_(
                    "The review has no result and no shortcoming: the accepted figures of the unit in this "
                    "period prove none. Check the directive, the unit and the period."
                )
            )
        elif FindingKind.RESULT not in kinds:
            yield Phrase(
                N_("The figures prove no result yet: the part with results is not printed.")
            )
        elif FindingKind.SHORTCOMING not in kinds:
            yield Phrase(N_("The figures show no shortcoming: that part is not printed."))
        if self._in_no_part:
            titles = "; ".join(one.finding.title for one in self._in_no_part)
            yield Phrase(
                N_("Findings in no part of the outline, not printed: {titles}."), {"titles": titles}
            )
        if not_evaluated:
            names = "; ".join(f"{fault.where} ({fault.plugin})" for fault in not_evaluated)
            yield Phrase(N_("Could not be evaluated, to be checked: {names}."), {"names": names})

    def _place(self, one: FindingProposal) -> int | None:
        """The number of the content that takes the finding; None: no part of the outline does."""
        what = _CONTENTS[one.finding.kind]
        mine = [(nth, take) for nth, take in enumerate(self._takes) if take.what is what]
        named = (nth for nth, take in mine if _names(take, one.finding))
        rest = (nth for nth, take in mine if take.is_rest)
        return next(named, next(rest, None))

    def _populations(self, findings: Iterable[Finding]) -> set[str | None]:
        """The indicators that count how many units there are."""
        known = self._review.catalogue.indicators
        subjects = (claim.subject for finding in findings for claim in finding.claims)
        return {known[code].population for code in subjects if code in known}

    def _paragraph(self, dash: Dash) -> Paragraph:
        """The findings of a dash, each with the sign of the note on its figures."""
        first, *others = dash.findings
        if dash.is_comparison:
            claims = [claim for finding in dash.findings for claim in finding.claims]
            told = with_notes(worsened_together(dash.findings), claims, self._notes.sign)
            signed = [(dash.proposals[0], *self._signed(told, dash.findings))]
        else:
            signed = [
                (one, *self._signed(self._sentence(one), (one.finding,))) for one in dash.proposals
            ]
        return Paragraph(
            joined(signed),
            label="-",
            finding=first.rule,
            beside=tuple(finding.rule for finding in others),
            block=f"finding:{dash.proposals[0].key}",
            claims=tuple(claim for finding in dash.findings for claim in finding.claims),
            typed=tuple(number for one in dash.proposals for number in one.numbers),
            against=any(one.remarks and not one.outdated for one in dash.proposals),
        )

    def _signed(self, sentence: Sentence, findings: Sequence[Finding]) -> tuple[Sentence, str]:
        """The sentence without its full stop, and the sign of the note on its figures."""
        sign = self._notes.sign(coverage_of(sentence, self._populations(findings)))
        return _without_stop(sentence), sign + signed_text(sign, self._said_before(findings))

    def _said_before(self, findings: Sequence[Finding]) -> str:
        """The sign of the note that the last review said these shortcomings too; "" where it did not."""
        if self._earlier is None or any(f.kind is not FindingKind.SHORTCOMING for f in findings):
            return ""
        if not all(self._earlier.repeats(finding.rule) for finding in findings):
            return ""
        return self._notes.sign((Text(f"Đã nêu tại {self._earlier.name}."),))

    def _sentence(self, one: FindingProposal) -> Sentence:
        """The finding as it is printed. The office's own words stay as they were typed."""
        sentence = one.finding.sentence
        if not one.reworded:
            sentence = self._citations.brief_sentence(sentence)
            sentence = with_notes(sentence, one.finding.claims, self._notes.sign)
        if any(self._is_straight(claim) for claim in one.finding.claims):
            sentence = self._with_path_note(sentence)
        return sentence

    def _is_straight(self, claim: Claim) -> bool:
        """Whether the claim compares with a path that no document sets."""
        if claim.relation not in ON_PATH:
            return False
        return not any(held.path for held in self._review.targets_held() if held.id == claim.target)

    def _with_path_note(self, sentence: Sentence) -> Sentence:
        """The sentence with the sign of the note on the path behind the word for it, if it has that word."""
        for nth, piece in enumerate(sentence):
            if isinstance(piece, Text) and PATH in piece.text:
                before, after = piece.text.split(PATH, 1)
                said = Text(f"{before}{PATH}{self._notes.sign(PATH_NOTE)}{after}")
                return (*sentence[:nth], said, *sentence[nth + 1 :])
        return sentence


def _names(take: Take, finding: Finding) -> bool:
    """Whether the content names the row of the finding or its rule ("nq.worsened": all that begin so)."""
    rules = (finding.rule, finding.rule.partition(":")[0])
    return any(rule in take.rules for rule in rules) or finding.row in take.rows


def _without_stop(sentence: Sentence) -> Sentence:
    """The sentence without a full stop, which follows the sign of its note."""
    if sentence and isinstance(sentence[-1], Text):
        return (*sentence[:-1], Text(sentence[-1].text.rstrip().removesuffix(".")))
    return sentence
