"""The independent judge of reviews: it rules on every claim, every printed sentence, and every silence.

It shares no code with nqcore's analysis. It reads the world (`worlds.py`) and reckons in plain loops and
fractions (`reckoning.py`) what the laws in `nqcore/analysis/findings/README.md` allow to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from nqcore.model.claims import CHANGES, Claim, Deed, Relation
from nqcore.model.findings import Finding
from tests.review.claims import ClaimJudge
from tests.review.expected import Expected
from tests.review.faults import Fault
from tests.review.reckoning import Facts, Ledger
from tests.review.sentences import SentenceJudge
from tests.review.templates import template_faults
from tests.review.worlds import World

_OPPOSITE = (
    {Relation.ROSE, Relation.FELL},
    {Relation.ROSE, Relation.UNCHANGED},
    {Relation.FELL, Relation.UNCHANGED},
    {Relation.REACHED, Relation.MISSED},
    {Relation.REACHED, Relation.BEHIND},
    {Relation.AHEAD, Relation.BEHIND},
    {Relation.AHEAD, Relation.MISSED},
    {Relation.NONE_SINCE, Relation.IS},
    {Relation.SOME_DID, Relation.NONE_DID},
)
Printed = tuple[Finding, str]
"""A finding and its text as it is printed."""


class Judge:
    """The judge of the reviews of one world on one day, asked `today` (None: on that day); `restated`: within
    the units of today."""

    def __init__(
        self, world: World, day: date, today: date | None = None, *, restated: bool = False
    ) -> None:
        self.world = world
        self.ledger = Ledger(world, day, today, restated=restated)

    def refused(self, unit: str, span: str) -> bool:
        """Whether there must not be a review of that span (law 2)."""
        return Facts(self.ledger, unit, span).refused

    def faults(
        self, unit: str, span: str, findings: Sequence[Printed], *, silent: bool = True
    ) -> list[Fault]:
        """All that is wrong with the review. `silent`: also what is left unsaid, or said too much."""
        facts = Facts(self.ledger, unit, span)
        claims, sentences = ClaimJudge(facts), SentenceJudge(facts)
        found = []
        for finding, text in findings:
            if not finding.claims:
                found.append(Fault("false", finding.rule, f"no claim carries “{text}”"))
            for claim in (*finding.claims, *judged_by(finding)):
                found += claims.faults(finding.rule, claim, judged=claim not in finding.claims)
            rule = self.world.rules.get(finding.rule)
            plain = text.replace(rule.judgement, "") if rule else text  # it is judged apart
            found += sentences.faults(finding.rule, plain, finding.claims)
            found += template_faults(sentences, finding, text)
        if silent:
            must, said = Expected(facts, claims).ids, {finding.rule for finding, _ in findings}
            found += [
                Fault("unsaid", id, "it must speak, and is silent") for id in sorted(must - said)
            ]
            found += [
                Fault("too_much", id, "it speaks, and must not") for id in sorted(said - must)
            ]
        return [*found, *contradictions(findings)]


def judged_by(finding: Finding) -> tuple[Claim, ...]:
    """The claims on which its words of judgement rest."""
    said = finding.judgement
    return () if said is None else (*said.carried, *said.contradicted)


def contradictions(findings: Sequence[Printed]) -> Iterator[Fault]:
    """Pairs of claims of one review that cannot both be true."""
    claims = [(finding.rule, claim) for finding, _ in findings for claim in finding.claims]
    for (one, a), (other, b) in combinations(claims, 2):
        if a.subject == b.subject and _contradict(a, b):
            yield Fault(
                "contradiction", one, f"{a.relation.value} against {b.relation.value} of {other}"
            )


def _contradict(a: Claim, b: Claim) -> bool:
    """What units did up to another day, over a scope with another cut-off, is no contradiction."""
    if a.what and b.what and {a.what, b.what} == {Deed.ENTERED, Deed.LACKS}:
        return a.end == b.end and bool({*a.units} & {*b.units})
    if a.what is b.what is Deed.ANSWERED and a.end == b.end and not {*a.codes} & {*b.codes}:
        return bool({*a.units} & {*b.units}) and {*a.codes, *b.codes} == {"yes", "no"}
    if {a.relation, b.relation} not in _OPPOSITE or a.scope != b.scope or a.target != b.target:
        return False
    if a.target and (a.start, a.end) != (b.start, b.end):
        return False  # with more reports asked, it is judged of a shorter time
    if a.relation in CHANGES:
        return [v.period for v in a.values] == [v.period for v in b.values]
    if {a.relation, b.relation} == {Relation.NONE_SINCE, Relation.IS}:
        return any(v.value for claim in (a, b) for v in claim.values)
    return (a.what, a.codes, a.least) == (b.what, b.codes, b.least)
