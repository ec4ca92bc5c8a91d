"""Units, changes of units and handovers as documents of the store.

The keys of these documents are part of the data format (store/FORMAT.md): a key may be added, but no key
is ever renamed or removed.
"""

from __future__ import annotations

from nqcore.model.changes import ChangeEvent
from nqcore.model.codec import Codec
from nqcore.model.handovers import Handover
from nqcore.model.units import Unit, UnitKind
from nqcore.store import FIRST_VERSION

UNIT = Codec(Unit, optional={"ids"})
"""A unit that the office entered."""

CHANGE = Codec(
    ChangeEvent,
    without={"id"},
    optional={"transfers", "unit", "name", "parent", "unit_kind", "sector"},
)
"""A change of units that the office entered; `id` is the id of the document."""

KIND_VERSION = 2
"""The version of a record with a unit of a kind that is not built in: an older program knows only those."""


def unit_version(kind: UnitKind | None) -> int:
    """The version of the record of a unit of that kind, or of a change that gives it."""
    return FIRST_VERSION if kind is None or kind.is_built_in else KIND_VERSION


HANDOVER = Codec(Handover, names={"disposal": "way"})
"""A decision on one duty of a unit that has ended."""
