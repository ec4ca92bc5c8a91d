"""A change of units as one sentence for staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from nqcore.errors import N_, Translate
from nqcore.model.changes import ChangeEvent, ChangeKind
from nqcore.model.units import Unit, UnitTree
from nqcore.text.dates import write_date

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
    new_units: Iterable[Unit] = (),
    kind: str = "",
    share_text: Callable[[str, ChangeEvent], str] = lambda code, event: "",
) -> str:
    """The event as one sentence in the language of `translate`.

    Sources have their name of the day before, targets their name from that day on. `new_units`: units
    that `tree` does not have yet; `kind`: the new kind in words; `share_text`: the text about the
    share of a target. Example: "Xã An, Xã Bình merge into Xã An Bình from 1/7/2025 on."
    """
    new = {unit.code: unit.name for unit in new_units}

    def name(code: str | None, on: date) -> str:
        if code is None or code in new or code not in tree:
            return new.get(code or "", code or "")
        return tree.state(code, on).name

    eve = event.date - timedelta(days=1)
    merge = event.kind is ChangeKind.MERGE
    sources = [name(c, eve) for c in event.sources if not (merge and c in event.targets)]
    targets = [name(c, event.date) + ("" if merge else share_text(c, event)) for c in event.targets]
    return translate(_SENTENCES[event.kind]).format(
        unit=name(event.unit, eve),
        name=event.name or "",
        parent=name(event.parent, event.date),
        kind=kind,
        sources=join_names(sources, translate),
        targets=join_names(targets, translate),
        day=write_date(event.date),
    )


def join_names(names: Sequence[str], translate: Translate) -> str:
    """The names as one text: "A, B và C"."""
    if len(names) < 2:
        return "".join(names)
    return translate(N_("{first} and {last}")).format(first=", ".join(names[:-1]), last=names[-1])
