"""When an office is served: is this the folder that was served before, with the same history and settings?

A copy is an office of its own, and so is a folder that was put back to an earlier state. Then the folder
becomes a new place: all sessions end, because they belong to a place; the one-time links in the journal are
removed; and what holds again that had ended is listed. Settings that a person has changed in their files are
recorded, never refused.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir

from nqcore.collection.archive.last_seen import (
    LastSeen,
    Weaker,
    forget_place,
    newest_seen,
    note_seen,
    read_weaker,
    seen_at,
    weaker_accounts,
)
from nqcore.collection.archive.settings_record import changed_settings
from nqcore.collection.settings import Settings
from nqcore.collection.tables import EVIDENCE, LINKS, PLACES, SETTINGS
from nqcore.errors import N_, Phrase, Spoken, StoreError, Translate
from nqcore.store import Store
from nqcore.store.place import new_place, place_of, unrecorded_place
from nqcore.store.work_folder import sweep

log = logging.getLogger("nqcore.store")

BACK = N_(
    "This folder was put back to an earlier state: this machine has seen record {seen}, and it is not in the "
    "journal. All users sign in again, and the one-time links have ended."
)
NEW = N_(
    "This folder is new on this machine (restored, copied or moved). All users sign in again, and the "
    "one-time links that were made elsewhere have ended."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """What was found when the office began to be served.

    `place` is the mark of its folder. `renewed` is the msgid of what happened if the folder became a new
    place, "" if not; `seen` the newest record that this machine had seen, "" if none. `weaker` lists the
    accounts that may do more than before. `settings` are the names of settings that were changed."""

    place: str
    renewed: str = ""
    seen: str = ""
    weaker: tuple[Weaker, ...] = ()
    settings: tuple[str, ...] = ()

    def phrases(self) -> tuple[Spoken, ...]:
        """What the administrator should know, one sentence each, to be said in any language."""
        first = (Phrase(self.renewed, {"seen": self.seen}),) if self.renewed else ()
        return (*first, *self.weaker)

    def sentences(self, translate: Translate = str) -> tuple[str, ...]:
        """The same sentences in one language."""
        return tuple(one.message(translate) for one in self.phrases())


def take_custody(
    folder: Path, settings: Settings, store: Store, *, at: datetime, by: str
) -> Custody:
    """Make sure that the folder is a place that this machine knows, and record what has changed: a new
    place, changed settings. What killed runs left is removed. Several processes may do this at once. Raises
    StoreError, OSError."""
    _sweep(folder)
    changed = _record_settings(folder, store, at, by)
    place = place_of(folder)
    seen = seen_at(settings.id, place) if place else newest_seen(settings.id)
    # Another process may have written, and noted it, after this one had opened the store.
    store.refresh()
    if place and (seen is None or seen.is_in(store)):
        if seen is None:
            note_seen(settings.id, place, store)
        return Custody(place=place, settings=changed)
    before = f"{seen.head.seq}/{seen.head.hash[:12]}" if seen else ""
    renewed, weaker = BACK if place else NEW, weaker_accounts(seen, store)
    ended = _end_links(store, before, weaker, at, by)
    return Custody(
        # Where nothing can be recorded, this is done again at the next start.
        place=_renew(folder, settings, store, seen if place else None)
        if ended
        else unrecorded_place(folder),
        renewed=renewed,
        seen=before,
        weaker=weaker,
        settings=changed,
    )


def _sweep(folder: Path) -> None:
    """Remove what killed runs left: attached files that were never finished, and backups of the web pages."""
    for place in (folder / EVIDENCE, Path(gettempdir())):
        with suppress(OSError):
            sweep(place)


def _record_settings(folder: Path, store: Store, at: datetime, by: str) -> tuple[str, ...]:
    """Record the settings as they are in their files now, if they differ from the recorded ones."""
    if not (changed := changed_settings(folder, store)):
        return ()
    try:
        with store.change(by=by, do="settings", at=at) as change:
            for file, one in changed_settings(folder, store).items():
                change.put(SETTINGS, file, one.doc)
    except StoreError as error:  # reading works, and the pages say why nothing can be written
        log.warning("%s", error)
    return tuple(f"{file}: {key}" for file, one in changed.items() for key in one.keys or ("",))


def _end_links(store: Store, seen: str, weaker: tuple[Weaker, ...], at: datetime, by: str) -> bool:
    """Remove all one-time links, in the record of the new place; whether it could be written."""
    doc: dict[str, object] = {"seen": seen, "weaker": [one.message() for one in weaker]}
    try:
        with store.change(by=by, do="new-place", at=at) as change:
            change.put(PLACES, f"{at.isoformat()}#{store.version}", doc)
            for link in store.table(LINKS).all():
                change.drop(LINKS, str(link.doc_id))
    except StoreError as error:  # then no link can be used either: using one is a change
        log.warning("%s", error)
        return False
    return True


def _renew(folder: Path, settings: Settings, store: Store, old: LastSeen | None) -> str:
    """The mark of the new place. Another process may have been faster: then it is that one's."""
    try:
        with store.alone():
            place = place_of(folder)
            if place is None or (old is not None and place.startswith(old.place[:16])):
                place = new_place(folder)
                note_seen(settings.id, place, store)
                if old is not None:
                    forget_place(settings.id, old.place)
            return place
    except (OSError, StoreError) as error:  # a folder that can only be read is served too
        log.warning("%s keeps no mark of its place: %s", folder, error)
        return unrecorded_place(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """When a folder became a new place of the office. `seen`: the newest record that the machine had seen
    before ("" if none), `weaker`: what to check of accounts, as it was recorded."""

    at: datetime
    seen: str
    weaker: tuple[Weaker, ...]


def last_place(store: Store) -> NewPlace | None:
    """The newest place that the journal records; None if the office is where it was made."""
    ids = sorted(str(doc.doc_id) for doc in store.table(PLACES))
    if not ids:
        return None
    written = store.history(PLACES, ids[-1])[-1]
    doc = written.doc or {}
    weaker = tuple(map(read_weaker, doc.get("weaker", ())))
    return NewPlace(at=written.at, seen=str(doc.get("seen", "")), weaker=weaker)
