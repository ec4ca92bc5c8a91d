"""Which units of an earlier day together are one of a later day: mergers of whole units, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from nqcore.model.changes import TRANSFERRING, ChangeEvent, ChangeKind
from nqcore.model.units import Unit


def made_of(
    unit: str, then: date, now: date, units: Mapping[str, Unit], changes: Iterable[ChangeEvent]
) -> tuple[str, ...]:
    """The codes of the units of the day `then` that together are `unit` on the day `now`: its own alone where
    nothing came to it between the days; () where a part of a unit came to it or left it, so that no sum of
    earlier figures is its own, and where nothing of it was there.

    >>> from nqcore.model.changes import Transfer
    >>> merged = ChangeEvent(
    ...     id="e", date=date(2025, 7, 1), kind=ChangeKind.MERGE, basis="Nghị quyết số 1",
    ...     transfers=(Transfer(source="a", target="c"), Transfer(source="b", target="c")),
    ... )
    >>> units = {
    ...     "a": Unit(code="a", name="A", kind="commune", closed=date(2025, 7, 1)),
    ...     "b": Unit(code="b", name="B", kind="commune", closed=date(2025, 7, 1)),
    ...     "c": Unit(code="c", name="C", kind="commune", opened=date(2025, 7, 1)),
    ... }
    >>> made_of("c", date(2025, 6, 30), date(2025, 9, 30), units, [merged])
    ('a', 'b')
    """
    events = [e for e in changes if e.kind in TRANSFERRING and then < e.date <= now]
    transfers = [t for event in events for t in event.transfers]
    found, before = {unit}, 0
    while len(found) > before:
        before = len(found)
        found |= {t.source for t in transfers if t.target in found}
    whole = all(
        t.target in found and (t.share is None or t.share == 1)
        for t in transfers
        if t.source in found
    )
    merged = all(e.kind is ChangeKind.MERGE for e in events if found & {*e.sources, *e.targets})
    if not (whole and merged):
        return ()
    return tuple(code for code in sorted(found) if units[code].exists(then))
