"""Changes of content: planned with all that they do, made in one record, taken back while unused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nqcore.catalogue import WORKSPACE, Catalogue, Definitions
from nqcore.catalogue.item_kinds import Item, item_text, items_of, read_item, table_of
from nqcore.catalogue.item_mistakes import (
    KIND_WORDS,
    CheckedSet,
    ItemMistake,
    each_once,
    read_tables,
)
from nqcore.catalogue.owners import Owned
from nqcore.catalogue.rule_reach import reach_notes
from nqcore.collection.accounts.access import WORDS, Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.content.effects import AskedFrom, asked_from, comparison_notes
from nqcore.collection.content.meaning import refused_keys
from nqcore.collection.content.own_items import own_items, put_item
from nqcore.collection.content.reach import reach_of_questions
from nqcore.collection.content.usage import Usage, Use
from nqcore.collection.content.vanishing import vanishing
from nqcore.collection.context import Context
from nqcore.collection.tables import CONTENT, CONTENT_STEPS
from nqcore.errors import N_, InputError, NotAllowed, Phrase, Translate, UnknownName, say_lines
from nqcore.model.overlays import WITHOUT
from nqcore.store import Store

STEP_VERSION = 2
"""The version of the records of content."""


class ContentRefused(InputError):
    """The content has mistakes; `mistakes` are all of them. Nothing was written."""

    code = "content-refused"
    template = N_("Nothing was changed: {count} mistakes. {first}")

    def __init__(self, mistakes: Sequence[ItemMistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(count=len(self.mistakes), first=self.mistakes[0])

    def lines(self, translate: Translate = str) -> str:
        """All mistakes, one on each line."""
        return say_lines(translate(N_("Nothing was changed:")), self.mistakes, translate)


class ForeignItem(InputError):
    """The item comes from a plugin or a pack, so the office cannot change it."""

    code = "foreign-item"
    template = N_(
        "The {kind} “{id}” comes from {owner}. Change it there, or for a part of the units by an overlay."
    )


class ContentBasisMissing(InputError):
    """What ends needs the document that orders it."""

    code = "content-basis-missing"
    template = N_("Write the document that orders it: its number, date and body.")


class ContentUsed(InputError):
    """The change cannot be taken back: something uses what it made."""

    code = "content-used"
    template = N_(
        "The {kind} “{id}” is used: {use}. It can no longer be taken back; let it end on a day instead."
    )


class ContentChangedSince(InputError):
    """The change cannot be taken back: a later one changed the same item."""

    code = "content-changed-since"
    template = N_("The {kind} “{id}” was changed again since. Take the later change back first.")


class NoLongerPlanned(InputError):
    """Another administrator changed the same item after the preview."""

    code = "no-longer-planned"
    template = N_("{who} changed the {kind} “{id}” meanwhile. Look at the preview again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedItem:
    """One item that a plan writes: `before` is what it replaces (None: it is new). `users` are the
    definitions that name it, each with its owner, and `uses` what was written down of it."""

    item: Item
    before: Item | None
    users: tuple[Owned[Item], ...] = ()
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPlan:
    """What a change of content would do.

    `items` are written; `same` are there already as they are; `asked` says who is asked what from which
    period, or no longer; `cells` are boxes to be filled in a year, before and after; `comparisons` what
    comparisons over time will say; `notes` what is worth a look; `mistakes`: with any of them the plan cannot
    be applied. `seen`: the text that each item replaces, by its address ("": none).
    """

    items: tuple[PlannedItem, ...]
    same: tuple[Item, ...]
    asked: tuple[AskedFrom, ...]
    comparisons: tuple[Phrase, ...]
    notes: tuple[Phrase, ...]
    mistakes: tuple[ItemMistake, ...]
    seen: Mapping[str, str]
    why: str = ""

    @property
    def cells_a_year(self) -> int:
        """How many more boxes a year are filled in (below 0: fewer)."""
        return sum(one.cells_a_year for one in self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentStep:
    """A change of content that was made: `made` are the items as they were written, by their addresses;
    `undone`: it was taken back; `undoable`: it can be. `by` is a login, `at` ISO 8601."""

    id: str
    by: str
    at: str
    why: str
    made: tuple[Item, ...]
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentChanges:
    """The content of one office. `check` merges the office's items and finds what is wrong with them;
    `context_with` makes the context of a catalogue."""

    store: Store
    context: Context
    root: str
    today: date
    others: tuple[Owned[Item], ...]
    check: Callable[[Sequence[Item]], CheckedSet]
    context_of: Callable[[Catalogue], Context]

    # -- planning --------------------------------------------------------------------------------

    def plan_tables(
        self, tables: Iterable[tuple[str, Mapping[str, Any]]], why: str = ""
    ) -> ContentPlan:
        """The plan for tables as a definition file has them, each with its kind."""
        read = read_tables(tables)
        return self.plan(read.items, read.mistakes, why)

    def plan(
        self, items: Iterable[Item], mistakes: Iterable[ItemMistake] = (), why: str = ""
    ) -> ContentPlan:
        """The plan for items. Of two with one address the second is a mistake."""
        now = {item.address: item for item in own_items(self.store)}
        wanted: dict[str, Item] = {}
        found = list(mistakes)
        for item in items:
            if item.address in wanted:
                detail = Phrase(N_("stands twice"))
                found.append(_mistake(item, "", detail, Phrase(N_("take one of the two out"))))
            wanted.setdefault(item.address, item)
        changed = {address: item for address, item in wanted.items() if now.get(address) != item}
        checked = self.check([*(now | changed).values()])
        ours = {(item.kind, item.id) for item in wanted.values()}
        found += self._new_mistakes(checked, ours)
        after = self.context_of(checked.catalogue)
        usage = self.usage()
        for address, item in changed.items():
            if address in now:
                found += self._refused(usage, now[address], item)
        found += vanishing(self.context, after, changed.values())
        planned = tuple(
            PlannedItem(
                item=item,
                before=now.get(address),
                users=tuple(usage.users(item)),
                uses=usage.is_recorded(item) if address in now else (),
            )
            for address, item in changed.items()
        )
        asked = asked_from(self.context, after, self.today)
        notes = self._notes(after.catalogue, changed.values())
        return ContentPlan(
            items=planned,
            same=tuple(item for address, item in wanted.items() if address not in changed),
            asked=asked,
            comparisons=tuple(comparison_notes(self.context, after, planned_values(planned))),
            notes=(*notes, *reach_of_questions(after, asked, self.today)),
            mistakes=each_once(found),
            seen={a: item_text(now[a]) if a in now else "" for a in changed},
            why=why,
        )

    def _notes(self, after: Catalogue, changed: Collection[Item]) -> Iterator[Phrase]:
        """What is worth a look in the rules that change, and in others because of the change."""
        ours = {item.id for item in changed if item.kind == "rule"}
        had = [*reach_notes(self.context.catalogue)] if changed else []
        for note in reach_notes(after) if changed else ():
            if note.rule in ours or note not in had:
                yield note.words

    def _new_mistakes(
        self, checked: CheckedSet, ours: Collection[tuple[str, str]]
    ) -> list[ItemMistake]:
        """The mistakes that the content does not have already: of what is changed, or from the change."""
        if not checked.mistakes:
            return []
        had = self.check(own_items(self.store)).mistakes
        return [m for m in checked.mistakes if (m.kind, m.id) in ours or m not in had]

    def _refused(self, usage: Usage, before: Item, after: Item) -> Iterator[ItemMistake]:
        keys = tuple(refused_keys(before, after))
        uses = usage.is_recorded(before) if keys else ()
        if uses:
            for key, remedy in keys:
                detail = Phrase(N_("cannot change any more: {use}"), {"use": uses[0].words})
                yield _mistake(after, key, detail, remedy)

    def usage(self) -> Usage:
        """What uses the items."""
        mine = tuple((WORKSPACE, item) for item in own_items(self.store))
        return Usage(
            store=self.store,
            catalogue=self.context.catalogue,
            obligations=self.context.obligations,
            others=(*self.others, *mine),
        )

    # -- ending ----------------------------------------------------------------------------------

    def ending(self, kind: str, id: str, until: date, basis: str) -> ContentPlan:
        """The plan by which a form, section, question or overlay is last asked in the period that ends before
        `until`. A question of another owner is left out by an overlay for the whole office. Raises
        UnknownName, ForeignItem, ContentBasisMissing."""
        if not basis.strip():
            raise ContentBasisMissing
        own = next((i for i in own_items(self.store) if (i.kind, i.id) == (kind, id)), None)
        if own is not None and kind in ("form", "section", "question", "overlay"):
            return self.plan_tables([(kind, {**table_of(own), "until": until})], basis)
        if kind == "question" and self.context.catalogue.owners.get((kind, id)) is not None:
            form, _, key = id.partition("/")
            overlay = {
                "id": f"{form}.{key}.het",
                "form": form,
                "within": self.root,
                "since": until,
                "basis": basis,
                "set": {WITHOUT: [key]},
            }
            return self.plan_tables([("overlay", overlay)], basis)
        owner = self.context.catalogue.owners.get((kind, id))
        if own is None and owner is not None:
            raise ForeignItem(kind=Phrase(KIND_WORDS[kind]), id=id, owner=owner)
        hint = Phrase(N_("Open it from the list of content."))
        raise UnknownName(kind=kind, name=id, hint=hint)

    # -- writing ---------------------------------------------------------------------------------

    def refuse_others(self, actor: Actor) -> None:
        """Raise NotAllowed for who does not manage the whole office."""
        if not actor.account.may_for_all_forms(Action.MANAGE, self.root, actor.tree):
            action = Phrase(WORDS[Action.MANAGE])
            raise NotAllowed(account=actor.login, action=action, unit=self.root)

    def apply(self, actor: Actor, plan: ContentPlan) -> None:
        """Write the plan as one record. Raises NotAllowed, ContentRefused, NoLongerPlanned."""
        self.refuse_others(actor)
        if plan.mistakes:
            raise ContentRefused(plan.mistakes)
        if not plan.items:
            return
        with self.store.change(
            by=actor.login, do="change-content", why=plan.why, at=actor.at
        ) as change:
            for one in plan.items:
                doc = change.get(CONTENT, one.item.address)
                if (doc["toml"] if doc else "") != plan.seen[one.item.address]:
                    raise self._changed_meanwhile(one.item)
            again = self.plan([one.item for one in plan.items], why=plan.why)
            if again.mistakes:
                raise ContentRefused(again.mistakes)
            for one in plan.items:
                put_item(change, one.item)
            step = {
                "by": actor.login,
                "at": actor.at.isoformat(),
                "why": plan.why,
                "before": dict(plan.seen),
                "after": {one.item.address: item_text(one.item) for one in plan.items},
            }
            nth = str(len(self.store.table(CONTENT_STEPS)) + 1)
            change.put(CONTENT_STEPS, nth, step, version=STEP_VERSION)

    def _changed_meanwhile(self, item: Item) -> NoLongerPlanned:
        last = self.store.history(CONTENT, item.address)[-1]
        return NoLongerPlanned(who=last.by, kind=Phrase(KIND_WORDS[item.kind]), id=item.id)

    # -- taking back -----------------------------------------------------------------------------

    def steps(self) -> tuple[ContentStep, ...]:
        """The changes that were made, newest first."""
        found = []
        for doc in self.store.table(CONTENT_STEPS):
            made = tuple(read_item(address, text) for address, text in doc["after"].items())
            undone = bool(doc.get("undone"))
            found.append(
                ContentStep(
                    id=str(doc.doc_id),
                    by=doc["by"],
                    at=doc["at"],
                    why=doc["why"],
                    made=made,
                    undone=undone,
                    undoable=not undone and self._why_not(str(doc.doc_id), doc) is None,
                )
            )
        return tuple(reversed(found))

    def undo(self, actor: Actor, id: str) -> ContentStep:
        """Take a change back: what it made goes, what it replaced comes again. Raises UnknownName,
        NotAllowed, ContentUsed, ContentChangedSince, ContentRefused."""
        self.refuse_others(actor)
        step = next((one for one in self.steps() if one.id == id and not one.undone), None)
        if step is None:
            hint = Phrase(N_("Open it from the list of changes."))
            raise UnknownName(kind="change of content", name=id, hint=hint)
        with self.store.change(by=actor.login, do="undo-content", why=id, at=actor.at) as change:
            doc = change.get(CONTENT_STEPS, id)
            assert doc is not None
            wrong = self._why_not(id, doc)
            if wrong is not None:
                raise wrong
            for address, text in doc["before"].items():
                if text:
                    put_item(change, read_item(address, text))
                else:
                    change.drop(CONTENT, address)
            change.put(CONTENT_STEPS, id, {**doc, "undone": True}, version=STEP_VERSION)
        return replace(step, undone=True, undoable=False)

    def _why_not(self, id: str, doc: Mapping[str, Any]) -> InputError | None:
        """Why the change cannot be taken back; None: it can."""
        now = {str(one.doc_id): one["toml"] for one in self.store.table(CONTENT)}
        usage = self.usage()
        seq = self.store.history(CONTENT_STEPS, id)[-1].seq if doc["after"] else 0
        for address, text in doc["after"].items():
            item = read_item(address, text)
            words = {"kind": Phrase(KIND_WORDS[item.kind]), "id": item.id}
            if now.get(address) != text:
                return ContentChangedSince(**words)
            if not doc["before"][address]:
                uses = usage.of(item, after=seq, among=doc["after"])
                if uses:
                    return ContentUsed(**words, use=uses[0].words)
        left = {address: read_item(address, text) for address, text in now.items()}
        for address, text in doc["before"].items():
            if text:
                left[address] = read_item(address, text)
            else:
                left.pop(address, None)
        checked = self.check([*left.values()])
        new = self._new_mistakes(checked, ())
        touched = [read_item(a, t) for a, t in doc["after"].items()]
        new += vanishing(self.context, self.context_of(checked.catalogue), touched)
        return ContentRefused(new) if new else None


def planned_values(planned: Iterable[PlannedItem]) -> Iterator[tuple[Item | None, Item]]:
    """What each item was and becomes."""
    return ((one.before, one.item) for one in planned)


def _mistake(item: Item, key: str, detail: Phrase, remedy: Phrase) -> ItemMistake:
    return ItemMistake(kind=item.kind, id=item.id, key=key, detail=detail, remedy=remedy)


def all_items(
    contributions: Iterable[Owned[Definitions]],
) -> tuple[Owned[Item], ...]:
    """All items that plugins and packs bring, each with its owner."""
    return tuple((owner, item) for owner, found in contributions for item in items_of(found))
