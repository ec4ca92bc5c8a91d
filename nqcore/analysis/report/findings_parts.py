"""The parts of a report in which the findings stand: results, then shortcomings.

A part without a finding is left out of the document; the office is informed by a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nqcore.analysis.findings import Review
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.dashes import Dash, dashes, joined, worsened_together
from nqcore.analysis.report.decisions import FindingProposal
from nqcore.analysis.report.footnotes import Footnotes, coverage_of
from nqcore.catalogue.loading import Fault
from nqcore.model.claims import ON_PATH, Claim
from nqcore.model.findings import Finding, FindingKind, Sentence, Text
from nqcore.model.reports import Block, Heading, Paragraph
from nqcore.model.units import name_in_text

PATH = "lộ trình"
PATH_NOTE: Sentence = (
    Text(
        "Lộ trình tính theo đường thẳng từ giá trị của kỳ liền trước (số cộng dồn: từ 0) đến mục tiêu ở ngày "
        "cuối của thời hạn; đây là mức để so sánh, không có văn bản nào quy định."
    ),
)
"""The note on the path of a target, which no document sets."""


class FindingsParts:
    """The parts with the findings `printed`; citations and notes are those of the whole report."""

    def __init__(
        self,
        review: Review,
        printed: Sequence[FindingProposal],
        citations: Citations,
        notes: Footnotes,
    ) -> None:
        self._review, self._citations, self._notes = review, citations, notes
        self._results = [one for one in printed if one.finding.kind is FindingKind.RESULT]
        self._shortcomings = [one for one in printed if one.finding.kind is FindingKind.SHORTCOMING]

    def results(self) -> Iterator[Block]:
        """The heading, what leads to the results, and the results; nothing without one."""
        if not self._results:
            return
        yield Heading("Tình hình triển khai và kết quả thực hiện")
        some = "một số kết quả" if len(self._results) > 1 else "kết quả"
        yield _words(f"Qua triển khai thực hiện, {self._who()} đã đạt được {some} nổi rõ là:")
        yield from map(self._paragraph, dashes(self._results))

    def shortcomings(self) -> Iterator[Block]:
        """The heading, "Tuy nhiên …", and the shortcomings; nothing without one."""
        if not self._shortcomings:
            return
        yield Heading("Tồn tại, hạn chế")
        some = "một số tồn tại, hạn chế" if len(self._shortcomings) > 1 else "tồn tại, hạn chế"
        but = (
            "Tuy nhiên, bên cạnh những kết quả đạt được vẫn còn"
            if self._results
            else "Quá trình triển khai thực hiện còn"
        )
        yield _words(f"{but} {some} đáng lưu ý sau:")
        yield from map(self._paragraph, dashes(self._shortcomings))

    def remarks(self, not_evaluated: Sequence[Fault]) -> Iterator[str]:
        """What the office should know of the parts, and no reader of the document."""
        if not self._results and not self._shortcomings:
            yield (
                "Báo cáo không có kết quả và không có tồn tại, hạn chế nào: số liệu đã duyệt của đơn vị "
                "trong kỳ này chưa chứng minh được nhận định nào. Kiểm tra lại văn bản, đơn vị và kỳ báo cáo."
            )
        elif not self._results:
            yield "Chưa có kết quả nào được số liệu chứng minh: phần kết quả không được in."
        elif not self._shortcomings:
            yield "Số liệu báo cáo chưa cho thấy tồn tại, hạn chế nào: phần này không được in."
        if not_evaluated:
            names = "; ".join(f"{fault.where} ({fault.plugin})" for fault in not_evaluated)
            yield f"Chưa đánh giá được, cần kiểm tra lại: {names}."

    def _who(self) -> str:
        return (
            name_in_text(self._review.unit.name)
            if self._review.unit.parent
            else "các cơ quan, đơn vị, địa phương"
        )

    def _populations(self, findings: Iterable[Finding]) -> set[str | None]:
        """The indicators that count how many units there are."""
        known = self._review.catalogue.indicators
        subjects = (claim.subject for finding in findings for claim in finding.claims)
        return {known[code].population for code in subjects if code in known}

    def _paragraph(self, dash: Dash) -> Paragraph:
        """The findings of a dash, each with the sign of the note on its figures."""
        first, *others = dash.findings
        if dash.is_comparison:
            told = worsened_together(dash.findings)
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
        )

    def _signed(self, sentence: Sentence, findings: Sequence[Finding]) -> tuple[Sentence, str]:
        """The sentence without its full stop, and the sign of the note on its figures."""
        sign = self._notes.sign(coverage_of(sentence, self._populations(findings)))
        return _without_stop(sentence), sign

    def _sentence(self, one: FindingProposal) -> Sentence:
        """The finding as it is printed. The office's own words stay as they were typed."""
        sentence = one.finding.sentence
        if not one.reworded:
            sentence = self._citations.brief_sentence(sentence)
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


def _words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _without_stop(sentence: Sentence) -> Sentence:
    """The sentence without a full stop, which follows the sign of its note."""
    if sentence and isinstance(sentence[-1], Text):
        return (*sentence[:-1], Text(sentence[-1].text.rstrip().removesuffix(".")))
    return sentence
