"""Changes of units in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nqcore.collection.reorganisation.change_request import ChangeProposal
from nqcore.collection.reorganisation.impact import Comparability, ComparisonImpact
from nqcore.collection.reorganisation.open_duties import OpenDuty
from nqcore.errors import N_
from nqcore.model.change_sentences import join_names
from nqcore.model.handovers import Duty
from webforms.shared.language import _
from webforms.shared.unit_events import event_sentence

DUTIES: Mapping[Duty, str] = MappingProxyType(
    {
        Duty.FORM: N_("Form {title}"),
        Duty.TASK: N_("Task {title}"),
        Duty.TARGET: N_("Target {title}"),
        Duty.REPORTS: N_("{count} reports not sent yet of periods before"),
    }
)


def _listed(names: list[str]) -> str:
    return join_names(names, _)


def impact_sentences(proposal: ChangeProposal) -> tuple[str, ...]:
    """What is proposed."""
    return tuple(event_sentence(event, proposal.units) for event in proposal.events)


def comparison_sentence(impact: ComparisonImpact) -> str:
    """How later comparisons will treat a unit's earlier figures."""
    sources = _listed([unit.name for unit in impact.sources])
    if impact.comparability is Comparability.EXACT:
        words = _("{unit}: earlier figures are those of {sources}, added up exactly.")
    elif impact.comparability is Comparability.ESTIMATED:
        words = _("{unit}: earlier figures of {sources} by the declared shares, marked estimated.")
    elif impact.undivided_at is not None:
        words = _(
            "{unit}: what belongs to it of {sources} is not known without a share; those figures "
            "stay with {kept}, and that is said."
        )
    else:
        words = _("{unit}: what belongs to it of {sources} is not known without a share.")
    kept = impact.undivided_at.name if impact.undivided_at else ""
    return words.format(unit=impact.unit.name, sources=sources, kept=kept)


def open_duty_sentence(question: OpenDuty) -> str:
    """A duty on which no decision was taken."""
    return _(DUTIES[question.duty]).format(title=question.title, count=question.count)
