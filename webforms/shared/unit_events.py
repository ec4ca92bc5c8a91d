"""An event in the life of units (a merger, a new name …) in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from nqcore.model.change_sentences import change_sentence
from nqcore.model.changes import ChangeEvent
from nqcore.model.units import Unit
from nqcore.text.shares import write_share
from webforms.shared.context import workspace
from webforms.shared.kinds import kind_words
from webforms.shared.language import _


def event_sentence(event: ChangeEvent, begun: Iterable[Unit] = ()) -> str:
    """The event in one sentence. `begun`: units that are not in the catalogue yet."""
    return change_sentence(
        event,
        workspace().catalogue.units,
        _,
        new_units=begun,
        kind=kind_words(event.unit_kind, event.sector) if event.unit_kind else "",
        share_text=_share_text,
    )


def _share_text(code: str, event: ChangeEvent) -> str:
    """ " (60%)" behind a unit that receives a declared share."""
    shares = {t.target: t.share for t in event.transfers if t.share}
    return f" ({write_share(shares[code])})" if code in shares else ""
