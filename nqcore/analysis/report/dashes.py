"""What stands in one dash of the report: a finding, or several that are one statement.

What has worsened over the same time and the same way is one sentence; one that the office has reworded
stands alone. The findings of the rules of one row (`row` of a rule) follow each other in one dash, as
sentences or as clauses. Decisions stay those of each finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nqcore.analysis.findings.own_rules import WORSENED
from nqcore.analysis.findings.phrases import moved, verb_of
from nqcore.analysis.report.decisions import FindingProposal
from nqcore.analysis.report.footnotes import signed_text
from nqcore.model.claims import Relation
from nqcore.model.findings import Finding, Joins, Piece, Sentence, Text


@dataclass(frozen=True, slots=True)
class Dash:
    """The findings of one dash, in their order."""

    proposals: tuple[FindingProposal, ...]

    @property
    def is_comparison(self) -> bool:
        """Whether it is one sentence on what has worsened."""
        return len(self.proposals) > 1 and _comparison(self.proposals[0]) is not None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What they find."""
        return tuple(one.finding for one in self.proposals)


def dashes(printed: Iterable[FindingProposal]) -> tuple[Dash, ...]:
    """The printed findings, those of one dash at the place of its first one."""
    groups: dict[object, list[FindingProposal]] = {}
    for one in printed:
        groups.setdefault(_comparison(one) or _row(one) or one.key, []).append(one)
    return tuple(Dash(tuple(group)) for group in groups.values())


def _row(one: FindingProposal) -> tuple[str, str] | None:
    """The row of a finding; rows of two plugins are two, whatever their names are."""
    return (one.finding.owner, one.finding.row) if one.finding.row else None


def joined(sentences: Sequence[tuple[FindingProposal, Sentence, str]]) -> Sentence:
    """The sentences of one dash, each (finding, sentence without full stop, sign of its note)."""
    pieces: list[Piece] = []
    for nth, (one, sentence, sign) in enumerate(sentences):
        # The office's own words are a sentence, as they were typed.
        clause = one.finding.joins is Joins.CLAUSE and not one.reworded
        if nth:
            pieces.append(Text("; " if clause else ". "))
        pieces += sentence if nth and clause else capital(sentence)
        last = pieces[-1] if pieces else None
        behind = signed_text(last.text if isinstance(last, Text) else "", sign)
        pieces += [Text(behind)] if behind else []
    return (*pieces, Text("."))


def capital(sentence: Sentence) -> Sentence:
    """The sentence with a capital letter at its beginning."""
    if sentence and isinstance(sentence[0], Text):
        text = sentence[0].text
        return (Text(text[:1].upper() + text[1:]), *sentence[1:])
    return sentence


def _comparison(one: FindingProposal) -> tuple[str, Relation] | None:
    """The times that a finding on what has worsened compares, and which way it went; None for another one,
    and where it tells of two times, or in the office's own words."""
    finding = one.finding
    if one.reworded or not finding.rule.startswith(WORSENED) or len(finding.claims) != 1:
        return None
    time = finding.sentence[1]
    return (time.text, finding.claims[0].relation) if isinstance(time, Text) else None


def worsened_together(findings: Iterable[Finding]) -> Sentence:
    """One sentence of the findings with one comparison: "6 tháng đầu năm 2018 so với cùng kỳ năm trước giảm:
    số hội nghị từ 45 xuống 34 (giảm 11, 24,4%); số lượt người từ …"."""
    every = tuple(findings)
    pieces: list[Piece] = [*_opening(every[0])]
    for nth, finding in enumerate(every):
        pieces += [Text("; ")] if nth else []
        pieces += [finding.sentence[0], Text(" "), *moved(finding.claims[0])]
    return tuple(pieces)


def _opening(finding: Finding) -> Iterator[Piece]:
    time = finding.sentence[1]
    assert isinstance(time, Text)
    yield Text(f"{time.text.strip()} {verb_of(finding.claims[0])}: ")
