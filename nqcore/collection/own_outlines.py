"""The outlines (*đề cương*) of reports that the office entered itself: read out of a higher level's file, or
changed from one that a plugin brings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from nqcore.catalogue.item_kinds import Item, read_item
from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.content.own_items import put_item
from nqcore.collection.tables import CONTENT
from nqcore.collection.validation.texts import MAX_TEXT, TextTooLong, UnstorableText
from nqcore.errors import N_, Conflict, InputError, Phrase, UnknownName, in_a_row
from nqcore.model.outlines import CONTENT_WORDS, Outline, OutlineMistake
from nqcore.store import Change, Store
from nqcore.text.characters import find_unstorable
from nqcore.text.old_encodings import check_letters

SAVE, REMOVE = "save-outline", "remove-outline"
"""The action words."""
MOST_PARTS = 200
"""An outline has at most so many headings."""
_LONGEST_HINT = 20_000
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_KIND = "outline"
_EARLIEST = datetime.min.replace(tzinfo=VIET_NAM)
_NAMES = {what: Phrase(words) for what, words in CONTENT_WORDS.items()}


class OutlineRefused(InputError):
    """An outline cannot be saved as it is."""

    code = "outline-refused"
    template = N_("The outline is not saved: {why}.")


class OutlineChanged(Conflict):
    """Another user has changed the outline since it was shown; nothing was written."""

    code = "outline-changed"
    template = N_("{who} changed this outline meanwhile. Look at it, then save again if you must.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOutline:
    """An outline of the office: by whom it was saved last, when, and how many times it has been."""

    outline: Outline
    number: int
    by: str
    at: datetime


def own_outlines(store: Store) -> tuple[OwnOutline, ...]:
    """All of them, the one that was saved last first: it is in force before the others."""
    docs = {str(doc.doc_id): doc for doc in store.table(CONTENT)}
    found = (_read(id, doc) for id, doc in docs.items() if id.startswith(f"{_KIND}:"))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _read(address: str, doc: Mapping[str, Any]) -> OwnOutline:
    """The outline in the document; one that came with other content has neither number nor author."""
    at = datetime.fromisoformat(doc["at"]) if "at" in doc else _EARLIEST
    outline = read_item(address, doc["toml"]).value
    return OwnOutline(outline=outline, number=doc.get("number", 0), by=doc.get("by", ""), at=at)


def save_outline(
    store: Store, actor: Actor, outline: Outline, *, root: str, base: int | None = None
) -> OwnOutline:
    """Save `outline` as the office's own under its id, in place of the one of that id. Other own outlines
    give up the reports that it is for (`default_for` with the same `periods`). `base`: the number of the one
    that the user saw (0: none). Raises NotAllowed, OutlineRefused, TextRefused, MisreadText,
    OutlineChanged."""
    actor.require_for_all_forms(Action.DECIDE, root)
    check_outline(outline)
    with store.change(by=actor.login, do=SAVE, why=outline.title, at=actor.at) as change:
        address = Item(_KIND, outline).address
        doc = change.get(CONTENT, address)
        old = None if doc is None else _read(address, doc)
        number = 0 if old is None else old.number
        if base is not None and base != number:
            raise OutlineChanged(who="" if old is None else old.by, now=number, yours=base)
        for other in _giving_up(store, outline):
            _put(change, other)
        new = OwnOutline(outline=outline, number=number + 1, by=actor.login, at=actor.at)
        _put(change, new)
    return new


def remove_outline(store: Store, actor: Actor, id: str, *, root: str) -> None:
    """Take an outline of the office back: its reports have the one that they had without it. Raises
    NotAllowed, UnknownName."""
    actor.require_for_all_forms(Action.DECIDE, root)
    with store.change(by=actor.login, do=REMOVE, why=id, at=actor.at) as change:
        if not change.drop(CONTENT, f"{_KIND}:{id}"):
            hint = Phrase(N_("Only outlines that the office entered can be removed."))
            raise UnknownName(kind="outline", name=id, hint=hint)


def _put(change: Change, one: OwnOutline) -> None:
    item = Item(_KIND, one.outline)
    put_item(change, item, number=one.number, by=one.by, at=one.at.isoformat())


def _giving_up(store: Store, outline: Outline) -> Iterator[OwnOutline]:
    """The other outlines of the office without the reports that `outline` is for now."""
    for one in own_outlines(store):
        mine = one.outline
        if mine.id == outline.id or mine.periods != outline.periods:
            continue
        left = tuple(each for each in mine.default_for if each not in outline.default_for)
        if left != mine.default_for:
            # Without a directive its periods would say nothing.
            kept = replace(mine, default_for=left, periods=mine.periods if left else ())
            yield replace(one, outline=kept, number=one.number + 1)


# -- what can be saved -------------------------------------------------------------------------------


def check_outline(outline: Outline) -> None:
    """Check that the outline can be printed, and that its words can be stored. Raises OutlineRefused,
    TextRefused, MisreadText."""
    if wrong := [*_wrong(outline)]:
        raise OutlineRefused(why=in_a_row(*wrong))
    _check_words(Phrase(N_("the name of the outline")), outline.title, MAX_TEXT)
    for nth, part in enumerate(outline.parts, 1):
        _check_words(Phrase(N_("part {nth}"), {"nth": nth}), part.heading, MAX_TEXT)
        _check_words(Phrase(N_("the hint of part {nth}"), {"nth": nth}), part.hint, _LONGEST_HINT)


def _check_words(key: Phrase, text: str, most: int) -> None:
    if (bad := find_unstorable(text)) is not None:
        raise UnstorableText(key=key, code=f"{ord(bad):04X}")
    if len(text) > most:
        raise TextTooLong(key=key, length=len(text), most=most)
    check_letters(text)


def _wrong(outline: Outline) -> Iterator[Phrase]:
    if not _CODE.fullmatch(outline.id):
        yield Phrase(
            N_("its id is “{text}”; use letters A to z without accents, digits, “.” and “-”"),
            {"text": outline.id},
        )
    if not outline.title.strip():
        yield Phrase(N_("it has no name; type one"))
    if not outline.parts:
        yield Phrase(N_("it has no part; give it one with a heading"))
    if (count := sum(bool(part.heading) for part in outline.parts)) > MOST_PARTS:
        counts = {"count": count, "most": MOST_PARTS}
        yield Phrase(N_("it has {count} parts, at most {most}; take some out"), counts)
    if outline.periods and not outline.default_for:
        yield Phrase(N_("it is for certain periods of no directive; choose a directive"))
    for one in outline.mistakes(_NAMES):
        yield _said(outline, one)


_KEY_WORDS = {
    "key": N_("its key"),
    "heading": N_("the heading"),
    "level": N_("the level"),
    "what": N_("the content"),
}
"""What a mistake may be at, for a reader."""


def _said(outline: Outline, one: OutlineMistake) -> Phrase:
    return Phrase(
        N_("part {nth} “{heading}”, {key}: {detail}; {remedy}"),
        {
            "nth": one.part + 1,
            "heading": outline.parts[one.part].heading,
            "key": Phrase(_KEY_WORDS.get(one.key, one.key)),
            "detail": one.detail,
            "remedy": one.remedy,
        },
    )
