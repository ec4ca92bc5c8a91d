"""Overlays of targets of equal rank: of the same target, unit and first day, with different values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from nqcore.errors import N_, NqError
from nqcore.model.overlays import Overlay
from nqcore.text.dates import write_date


class OverlaysClash(NqError):
    """Two overlays of a target have equal rank and different values: nothing says which of them holds."""

    code = "overlays-clash"
    template = N_(
        "The overlays “{first}” ({first_owner}) and “{second}” ({second_owner}) set different values "
        "for the target “{of}” of “{unit}” from {day}. Remove one, or give one a later `since`."
    )

    def __init__(self, one: Overlay, other: Overlay, owners: Mapping[tuple[str, str], str]) -> None:
        super().__init__(
            first=one.id,
            first_owner=owners["overlay", one.id],
            second=other.id,
            second_owner=owners["overlay", other.id],
            of=one.of,
            unit=one.within,
            day=write_date(one.since),
        )


def refuse_clashes(overlays: Iterable[Overlay], owners: Mapping[tuple[str, str], str]) -> None:
    """Raise OverlaysClash for two overlays of a target that have equal rank and set different values.
    `owners`: by kind and id, as the catalogue has them."""
    first: dict[tuple[str, str, date], Overlay] = {}
    for overlay in overlays:
        if overlay.kind == "target":
            other = first.setdefault((overlay.of, overlay.within, overlay.since), overlay)
            if overlay.changes != other.changes:
                raise OverlaysClash(other, overlay, owners)
