"""What uses an item: answers that were stored, frozen reviews, decisions on findings, other items.

An item that nothing uses can be taken back. What is used stays: it ends on a day, or has a new version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from nqcore.catalogue import Catalogue
from nqcore.catalogue.item_kinds import ITEM_FIELDS, Item
from nqcore.catalogue.owners import Owned
from nqcore.catalogue.references import item_id, references_of
from nqcore.collection.obligations import Obligations
from nqcore.collection.tables import DECISIONS, EDITIONS, REVISIONS
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.fields import BY_GROUP
from nqcore.model.submissions import SubmissionId
from nqcore.store import Store


class UsedBy(StrEnum):
    """What uses an item."""

    ANSWERS = "answers"
    EDITION = "edition"
    DECISION = "decision"
    ITEM = "item"


USED_BY_WORDS: Mapping[UsedBy, str] = MappingProxyType(
    {
        UsedBy.ANSWERS: N_("{count} reports answer it, the last one {what}"),
        UsedBy.EDITION: N_("{count} frozen reviews rest on it, the last one {what}"),
        UsedBy.DECISION: N_("{count} decisions on findings name it, the last one {what}"),
        UsedBy.ITEM: N_("{count} other definitions name it, such as {what}"),
    }
)
"""The words (a msgid) for each use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """`count` things of one sort use an item; `what` is one of them."""

    by: UsedBy
    count: int
    what: str

    @property
    def words(self) -> Phrase:
        """Said in words."""
        return Phrase(USED_BY_WORDS[self.by], {"count": self.count, "what": self.what})


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What is known of uses in one workspace. `others` are all items of all owners."""

    store: Store
    catalogue: Catalogue
    obligations: Obligations
    others: tuple[Owned[Item], ...]

    def of(self, item: Item, *, after: int = 0, among: Iterable[str] = ()) -> tuple[Use, ...]:
        """Everything that uses `item`. `after`: only reviews frozen after that record; `among`: items, by
        their addresses, that do not count."""
        given = set(among) | {item.address}
        found = (
            self._use(UsedBy.ANSWERS, self.answers(item)),
            self._use(UsedBy.EDITION, self._editions(item, after)),
            self._use(UsedBy.DECISION, self._decisions(item)),
            self._use(
                UsedBy.ITEM,
                (other.address for _, other in self.users(item) if other.address not in given),
            ),
        )
        return tuple(one for one in found if one is not None)

    def is_recorded(self, item: Item) -> tuple[Use, ...]:
        """The uses by what was written down, and not by other items."""
        return tuple(use for use in self.of(item) if use.by is not UsedBy.ITEM)

    @staticmethod
    def _use(by: UsedBy, found: Iterable[str]) -> Use | None:
        names = list(dict.fromkeys(found))
        return Use(by=by, count=len(names), what=names[-1]) if names else None

    # -- answers ---------------------------------------------------------------------------------

    def answers(self, item: Item) -> Iterator[str]:
        """The ids of the reports that answer it, in any of their revisions."""
        if item.kind == "form":
            for doc in self.store.table(REVISIONS):
                id = SubmissionId.parse(str(doc.doc_id).partition("#")[0])
                if id.form == item.value.id:
                    yield str(id)
            return
        places = {*self._places(item)}
        forms = {form for form, _ in places}
        for doc in self.store.table(REVISIONS) if places else ():
            id = SubmissionId.parse(str(doc.doc_id).partition("#")[0])
            named = id.form in forms and any((id.form, key) in places for key in _keys(doc))
            if named and self._reaches(item, id):
                yield str(id)

    def _places(self, item: Item) -> Iterator[tuple[str, str]]:
        """The forms and keys under which it is answered."""
        if item.kind == "question":
            yield item.value.form, item.value.field.key
        elif item.kind == "indicator":
            asked = self.catalogue.typed_in.get(item.value.code)
            if asked is not None:
                yield asked[0].id, asked[1].key
        elif item.kind == "section" and (form := self.catalogue.forms.get(item.value.form)):
            for section in form.sections:
                if section.key == item.value.section.key:
                    yield from ((form.id, field.key) for field in section.fields)

    def _reaches(self, item: Item, id: SubmissionId) -> bool:
        """Whether a report is of the time of the item: of a later version of an indicator only."""
        if item.kind != "indicator" or item.value.since is None:
            return True
        if self.catalogue.versions[item.value.code][0].since == item.value.since:
            return True
        form = self.catalogue.forms.get(id.form)
        try:
            end = self.obligations.period(form, id.period).end if form else None
        except UnknownName:
            return True
        return end is None or item.value.since <= end

    # -- reviews ---------------------------------------------------------------------------------

    def _editions(self, item: Item, after: int) -> Iterator[str]:
        """The frozen reviews after that record that the item belongs to: of a definition of a directive
        those of the family of this; of any other all."""
        mine = self._directives_of(item)
        for doc in self.store.table(EDITIONS):
            if 0 < after <= doc["seq"]:
                family = {one.id for one in self._family(doc["directive"])}
                if mine is None or mine & family:
                    yield str(doc.doc_id)

    def _family(self, directive: str) -> Iterable[Any]:
        register = self.catalogue.directives
        return register.family(directive) if directive in register else ()

    def _directives_of(self, item: Item) -> set[str] | None:
        """The ids of the directives to which it belongs; None: it is of none."""
        value, given = item.value, ""
        if item.kind == "directive":
            given = value.id
        elif item.kind in ("form", "target", "task", "rule"):
            given = value.directive
        elif item.kind in ("question", "section"):
            given = self._form_directive(value.form)
        if not given:
            return None
        return {one.id for one in self.catalogue.directives.matching(given)}

    def _form_directive(self, form: str) -> str:
        return self.catalogue.forms[form].directive if form in self.catalogue.forms else ""

    def _decisions(self, item: Item) -> Iterator[str]:
        if item.kind == "rule":
            for doc in self.store.table(DECISIONS):
                key = str(doc.doc_id).rpartition("|")[2]
                if key == item.value.id or key.startswith(f"{item.value.id}@"):
                    yield str(doc.doc_id)

    # -- other items -----------------------------------------------------------------------------

    def users(self, item: Item) -> Iterator[Owned[Item]]:
        """The items of all owners that refer to it, each with its owner."""
        wanted = {(item.kind, item_id(item.value))}
        if item.kind == "question":
            wanted.add(("field", item.value.field.key))  # what a rule reads
        if item.kind == "target":
            wanted.add(("task", item.value.id))  # what a task carries out
        newest = item.kind == "indicator" and self._has_other_versions(item)
        for owner, other in () if newest else self.others:
            if other.address != item.address and wanted & self._named(other):
                yield owner, other

    def all_users(self) -> Mapping[tuple[str, str], tuple[Owned[Item], ...]]:
        """By kind and id: the items of all owners that name a definition, each once."""
        found: dict[tuple[str, str], list[Owned[Item]]] = {}
        for owner, other in self.others:
            mine = (other.kind, item_id(other.value))
            for named in sorted(self._named(other) - {mine}):
                found.setdefault(named, []).append((owner, other))
        return {named: tuple(several) for named, several in found.items()}

    def _named(self, item: Item) -> set[tuple[str, str]]:
        """The kinds and ids of what an item names."""
        return {self._resolved(kind, id) for kind, id in _names(item)}

    def _has_other_versions(self, item: Item) -> bool:
        return len(self.catalogue.versions.get(item.value.code, ())) > 1

    def _resolved(self, kind: str, id: str) -> tuple[str, str]:
        """The kind and the id of a definition that may be named by its number or label."""
        if kind == "directive":
            found = self.catalogue.directives.matching(id)
            return kind, found[0].id if len(found) == 1 else id
        if kind == "indicator" and id not in self.catalogue.indicators:
            named = [one.code for one in self.catalogue.indicators.values() if one.label == id]
            return kind, named[0] if len(named) == 1 else id
        return kind, id


def _names(item: Item) -> Iterator[tuple[str, str]]:
    """The kinds and ids that an item names."""
    for _key, kind, id in references_of(ITEM_FIELDS[item.kind], item.value):
        if id:
            yield kind, id
    if item.kind == "rule":
        for option, kind in (("target", "target"), ("field", "field"), ("quotes", "field")):
            if isinstance(named := item.value.params.get(option), str):
                yield kind, named


def _keys(doc: Mapping[str, Any]) -> Iterator[str]:
    """The keys of the answers of a stored revision."""
    answers = doc.get("answers", doc)
    for group in BY_GROUP:
        yield from answers.get(group, ())
