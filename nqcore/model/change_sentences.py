"""A change of units in one sentence that a clerk understands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from nqcore.errors import N_
from nqcore.model.changes import ChangeEvent, ChangeKind
from nqcore.model.units import Unit, UnitTree
from nqcore.text.dates import write_date

Translate = Callable[[str], str]

_SENTENCES: Mapping[ChangeKind, str] = MappingProxyType(
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


def change_sentence(
    event: ChangeEvent,
    tree: UnitTree,
    translate: Translate,
    *,
    begun: Iterable[Unit] = (),
    kind: str = "",
    shared: Callable[[str, ChangeEvent], str] = lambda code, event: "",
) -> str:
    """The event in one sentence: who gives as it was called until then, who receives as it is called
    from then on. `begun`: units that `tree` does not know yet; `kind`: the new kind in words;
    `shared`: what is said of the share of a target."""
    new = {unit.code: unit.name for unit in begun}

    def name(code: str | None, on: date) -> str:
        if code is None or code in new or code not in tree:
            return new.get(code or "", code or "")
        return tree.state(code, on).name

    eve = event.date - timedelta(days=1)
    merge = event.kind is ChangeKind.MERGE
    sources = [name(c, eve) for c in event.sources if not (merge and c in event.targets)]
    targets = [name(c, event.date) + ("" if merge else shared(c, event)) for c in event.targets]
    return translate(_SENTENCES[event.kind]).format(
        unit=name(event.unit, eve),
        name=event.name or "",
        parent=name(event.parent, event.date),
        kind=kind,
        sources=listed(sources, translate),
        targets=listed(targets, translate),
        day=write_date(event.date),
    )


def listed(names: Sequence[str], translate: Translate) -> str:
    """ "A, B và C"."""
    if len(names) < 2:
        return "".join(names)
    return translate(N_("{first} and {last}")).format(first=", ".join(names[:-1]), last=names[-1])
