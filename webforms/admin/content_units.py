"""The boxes that many definitions have: of which units, from when, until when, by which document."""

from __future__ import annotations

from nqcore.errors import N_
from webforms.admin import content_choices as lists
from webforms.admin.content_boxes import BoxType, ContentBox


def units_boxes(key: str, label: str) -> tuple[ContentBox, ...]:
    """The boxes of a selection of units; all empty: every unit."""
    return (
        ContentBox(
            key=f"{key}.kinds",
            label=label,
            type=BoxType.TICKS,
            choices=lists.kinds,
            hint=N_("None ticked: of every kind."),
        ),
        ContentBox(
            key=f"{key}.within",
            label=N_("… only under this unit"),
            type=BoxType.CHOICE,
            choices=lists.units,
            first=N_("the whole office"),
        ),
        ContentBox(
            key=f"{key}.units",
            label=N_("… only these units, one a line"),
            type=BoxType.UNITS,
            hint=N_("Names, with or without accents, or codes. Empty: no further limit."),
        ),
    )


SINCE = ContentBox(key="since", label=N_("In force from"), type=BoxType.DAY, required=True)
UNTIL = ContentBox(
    key="until",
    label=N_("The first day without it"),
    type=BoxType.DAY,
    hint=N_("Empty: until it is ended."),
)
BASIS = ContentBox(
    key="basis",
    label=N_("Ordered by"),
    required=True,
    hint=N_("Document, number, date and body"),
)
DATES = (SINCE, UNTIL, BASIS)
"""From when, until when, and by which document."""
