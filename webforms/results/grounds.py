"""What a card says beside its evidence, and why the other rules are silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nqcore.errors import N_
from nqcore.model.claims import Claim
from nqcore.model.figures import Figure
from nqcore.model.findings import Finding, FindingKind, Judgement, Silence, SilentState

SILENT: Mapping[SilentState, str] = {
    SilentState.TOO_FEW_REPORTS: N_("Not enough reports ({count})"),
    SilentState.DOES_NOT_HOLD: N_("The figures do not show it ({count})"),
    SilentState.NO_DATA: N_("Nothing to ask ({count})"),
}
"""The heading of each group of silent rules, in the order of the page."""


def silent_groups(silent: Iterable[Silence]) -> list[tuple[str, list[Silence]]]:
    """The rules that gave no finding as (heading, rules), shortcomings first; no empty group."""
    rules = sorted(silent, key=lambda one: one.kind is FindingKind.RESULT)
    groups = [(SILENT[state], [one for one in rules if one.state is state]) for state in SILENT]
    return [group for group in groups if group[1]]


def unknown_units(finding: Finding) -> tuple[str, ...]:
    """The codes of the units of which nothing is known: they are without a report."""
    return tuple(dict.fromkeys(code for claim in finding.claims for code in claim.unknown))


def grounds_of(judgement: Judgement) -> list[tuple[str, tuple[Figure, ...]]]:
    """Indicator and figures of each claim that carries the judgement, or that contradicts it."""
    claims: tuple[Claim, ...] = judgement.carried if judgement.stands else judgement.contradicted
    return [(claim.subject, claim.values) for claim in claims]
