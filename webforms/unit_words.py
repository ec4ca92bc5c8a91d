"""Changes of units in sentences that a clerk understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from nqcore.errors import N_
from nqcore.foreseeing import Comparison, Told
from nqcore.model.changes import ChangeEvent, ChangeKind
from nqcore.model.handovers import Duty
from nqcore.model.units import Unit
from nqcore.proposing import Proposal
from nqcore.succession import Question
from nqcore.text.dates import write_date
from nqcore.text.shares import write_share
from webforms.context import workspace
from webforms.language import _
from webforms.words import KINDS

SENTENCES: Mapping[ChangeKind, str] = MappingProxyType(
    {
        ChangeKind.RENAME: N_("{unit} is called {name} from {day} on."),
        ChangeKind.MERGE: N_("{sources} merge into {targets} from {day} on."),
        ChangeKind.SPLIT: N_("{sources} is divided into {targets} from {day} on."),
        ChangeKind.TRANSFER: N_("A part of {sources} goes to {targets} from {day} on."),
        ChangeKind.MOVE: N_("{unit} stands under {parent} from {day} on."),
        ChangeKind.CHANGE_KIND: N_("{unit} is of the kind {kind} from {day} on."),
        ChangeKind.OPEN: N_("{unit} is founded on {day}."),
        ChangeKind.CLOSE: N_("{unit} ends on {day}."),
    }
)

DUTIES: Mapping[Duty, str] = MappingProxyType(
    {
        Duty.FORM: N_("Form {title}"),
        Duty.TASK: N_("Task {title}"),
        Duty.TARGET: N_("Target {title}"),
        Duty.REPORTS: N_("{count} reports not sent yet of periods before"),
    }
)


def sentence(event: ChangeEvent, begun: Iterable[Unit] = ()) -> str:
    """The event in one sentence: who gives as it was called until then, who receives as it is called
    from then on. `begun`: units that nobody knows yet."""
    tree = workspace().catalogue.units
    new = {unit.code: unit.name for unit in begun}

    def name(code: str | None, on: date) -> str:
        if code is None or code in new or code not in tree:
            return new.get(code or "", code or "")
        return tree.state(code, on).name

    eve = event.date - timedelta(days=1)
    merge = event.kind is ChangeKind.MERGE
    sources = [name(c, eve) for c in event.sources if not (merge and c in event.targets)]
    shares = {} if merge else {t.target: t.share for t in event.transfers if t.share}
    targets = [
        f"{name(code, event.date)} ({write_share(shares[code])})"
        if code in shares
        else name(code, event.date)
        for code in event.targets
    ]
    return _(SENTENCES[event.kind]).format(
        unit=name(event.unit, eve),
        name=event.name or "",
        parent=name(event.parent, event.date),
        kind=_(KINDS[event.unit_kind]) if event.unit_kind else "",
        sources=_listed(sources),
        targets=_listed(targets),
        day=write_date(event.date),
    )


def _listed(names: list[str]) -> str:
    """ "A, B và C"."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def sentences(proposal: Proposal) -> tuple[str, ...]:
    """What is proposed."""
    return tuple(sentence(event, proposal.units) for event in proposal.events)


def comparison(told: Comparison) -> str:
    """What comparisons will say of a unit's earlier figures."""
    sources = _listed([unit.name for unit in told.sources])
    if told.told is Told.EXACT:
        words = _("{unit}: earlier figures are those of {sources}, added up exactly.")
    elif told.told is Told.ESTIMATED:
        words = _("{unit}: earlier figures of {sources} by the declared shares, marked estimated.")
    elif told.kept is not None:
        words = _(
            "{unit}: what belongs to it of {sources} is not known without a share; those figures "
            "stay with {kept}, and that is said."
        )
    else:
        words = _("{unit}: what belongs to it of {sources} is not known without a share.")
    kept = told.kept.name if told.kept else ""
    return words.format(unit=told.unit.name, sources=sources, kept=kept)


def question_words(question: Question) -> str:
    """What nobody has decided on."""
    return _(DUTIES[question.duty]).format(title=question.title, count=question.count)
