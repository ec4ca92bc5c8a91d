"""Directives (văn bản chỉ đạo): the guiding documents and the links between them.

A number alone does not identify a document: Party numbers start again each term, so 20-NQ/TW exists
at least five times (Hướng dẫn 36-HD/VPTW, II.1.3: one series per type and term). The key is (type,
number, issuer symbol, date). The issuing body is a separate field, because the Politburo and the
Secretariat both use the symbol ``/TW``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nqcore.errors import N_, NqError, UnknownName, Words
from nqcore.text.citations import Citation, DocumentNumberError, parse_number
from nqcore.text.folding import nfc

_Day = date  # inside Directive the name `date` is the field


class DirectiveKey(NamedTuple):
    """The key of a document. `date` is None when it is unknown."""

    type: str
    number: str
    issuer: str
    date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A guiding document of the Party or the State.

    `type` is the word before the number ("Nghị quyết"); `number` the printed number ("20-NQ/TW"), kept
    as issued even if type and symbol differ ("Chương trình hành động số 13-NQ/TU"); `issuer` the
    symbol after the slash ("TW"); `body` the issuing body ("Bộ Chính trị"). `date` may be unknown
    (None) and is then shown as unknown. Which units must issue their own plan is defined by a
    `DocumentField` of a form.
    """

    id: str
    type: str
    number: str
    issuer: str
    body: str
    title: str
    date: date | None = None
    term: str = ""
    source: str = ""

    @property
    def key(self) -> DirectiveKey:
        """(type, number, issuer symbol, date)."""
        return DirectiveKey(self.type, self.number, self.issuer, self.date)

    def issued(self, on: _Day) -> bool:
        """Whether it was issued by that day; True when its date is unknown."""
        return self.date is None or self.date <= on

    @property
    def name(self) -> str:
        """The short form of the citation: “Nghị quyết số 20-NQ/TW”."""
        return f"{self.type} số {self.number}"


class LinkKind(StrEnum):
    """The relation of one directive to another."""

    IMPLEMENTS = "implements"
    """Triển khai thực hiện."""
    CONCLUDES = "concludes"
    """Kết luận về việc thực hiện."""
    REPLACES = "replaces"
    AMENDS = "amends"
    GOES_WITH = "goes_with"
    """Gắn với."""
    GUIDED_BY = "guided_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`source` has the relation `kind` to `target`; both are directive ids."""

    source: str
    kind: LinkKind
    target: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A document in a tree: `links` are its relations to other documents of the tree, `below` are the
    documents under it."""

    directive: Directive
    links: tuple[Link, ...]
    below: tuple[Branch, ...]


class AmbiguousDirective(UnknownName):
    """Several directives have the number; `candidates` lists them."""

    code = "ambiguous-directive"
    template = N_("“{name}” is the number of several documents: {hint}. Give the date too.")

    def __init__(self, name: str, candidates: tuple[Directive, ...]) -> None:
        self.candidates = candidates
        listed = "; ".join(
            f"{d.name} ({d.body}, {d.date.isoformat() if d.date else '?'}): {d.id}"
            for d in candidates
        )
        super().__init__(kind="directive", name=name, hint=listed)


class DuplicateDirective(NqError):
    """Two directives have the same id or the same key."""

    code = "duplicate-directive"
    template = N_("Two directives have the same key: {first} and {second}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The documents of the register that a citation may mean: one, several or none.

    `contradicts`: the cited date differs from the one in the register (texts have misprints).
    """

    candidates: tuple[Directive, ...]
    contradicts: bool = False

    @property
    def directive(self) -> Directive | None:
        """The document when exactly one fits, else None."""
        return self.candidates[0] if len(self.candidates) == 1 else None


class Directives:
    """The register: directives by id or number, and the links between them.

    ``register["20-NQ/TW"]`` gives the one document that fits (an id, a number, or
    ``number@YYYY-MM-DD``); it raises AmbiguousDirective when several do, UnknownName when none does.
    """

    def __init__(self, directives: Iterable[Directive], links: Iterable[Link] = ()) -> None:
        self._by_id: dict[str, Directive] = {}
        keys: dict[DirectiveKey, Directive] = {}
        for directive in directives:
            for other in (self._by_id.get(directive.id), keys.get(directive.key)):
                if other is not None:
                    raise DuplicateDirective(first=other.id, second=directive.id)
            self._by_id[directive.id] = directive
            keys[directive.key] = directive
        everything = tuple(links)
        self.links = tuple(
            link for link in everything if link.source in self._by_id and link.target in self._by_id
        )
        known = set(self.links)
        self.unresolved = tuple(link for link in everything if link not in known)
        """Links to a document that no plugin defines (any more): they are shown, never removed."""
        self._below: dict[str, list[Link]] = {}
        self._above: dict[str, list[Link]] = {}
        for link in self.links:
            self._below.setdefault(link.target, []).append(link)
        for link in (*self.links, *self.unresolved):
            self._above.setdefault(link.source, []).append(link)

    def __iter__(self) -> Iterator[Directive]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.matching(name))

    def matching(self, name: str) -> tuple[Directive, ...]:
        """Every directive that `name` may mean: its id, its number, or ``number@YYYY-MM-DD``."""
        if name in self._by_id:
            return (self._by_id[name],)
        number, _, day = nfc(name).partition("@")
        return tuple(
            d
            for d in self._by_id.values()
            if d.number.casefold() == number.casefold()
            and (not day or (d.date is not None and d.date.isoformat() == day))
        )

    def __getitem__(self, name: str) -> Directive:
        found = self.matching(name)
        if len(found) > 1:
            raise AmbiguousDirective(name, found)
        if not found:
            raise UnknownName(
                kind="directive", name=name, hint=Words(N_("`nq directives` lists the directives."))
            )
        return found[0]

    def resolve(self, citation: Citation, at: date | None = None) -> Resolution:
        """The documents that `citation` may mean in a text written on day `at`: none that was issued
        later. If several fit, all are candidates; the program does not guess."""
        fitting = [d for d in self._by_id.values() if _fits(d, citation)]
        if at is not None:
            fitting = [d for d in fitting if d.issued(at)]
        if citation.date is None:
            return Resolution(candidates=tuple(fitting))
        exact = [d for d in fitting if d.date == citation.date]
        if exact:
            return Resolution(candidates=tuple(exact))
        undated = [d for d in fitting if d.date is None]
        if undated:
            return Resolution(candidates=tuple(undated))
        return Resolution(candidates=tuple(fitting), contradicts=bool(fitting))

    def below(self, id: str) -> tuple[Link, ...]:
        """The links whose target is `id`: what implements it, concludes on it, goes with it …"""
        return tuple(self._below.get(id, ()))

    def above(self, id: str) -> tuple[Link, ...]:
        """The links whose source is `id`, unresolved ones included."""
        return tuple(self._above.get(id, ()))

    def replaced_by(self, id: str, on: date) -> tuple[Directive, ...]:
        """The documents that had replaced `id` by that day. A replacement is final: when the newer
        document is replaced too, the older one is not in force again."""
        return self._issued(LinkKind.REPLACES, id, on)

    def amended_by(self, id: str, on: date) -> tuple[Directive, ...]:
        """The documents that had amended `id` by that day; `id` stays in force."""
        return self._issued(LinkKind.AMENDS, id, on)

    def _issued(self, kind: LinkKind, id: str, on: date) -> tuple[Directive, ...]:
        found = (self._by_id[link.source] for link in self.below(id) if link.kind is kind)
        return tuple(dict.fromkeys(d for d in found if d.issued(on)))

    def in_force(self, id: str, on: date) -> bool:
        """Whether `id` had been issued and not replaced by that day."""
        return self[id].issued(on) and not self.replaced_by(self[id].id, on)

    def under(self, id: str) -> tuple[Directive, ...]:
        """All documents under `id`, directly or not, from the top down: those that implement it,
        conclude on it, are guided by it … A document that only goes with it (`GOES_WITH`) is not
        under it."""
        found = {id}
        for member in (queue := [id]):
            for link in self.below(member):
                if link.kind is not LinkKind.GOES_WITH and link.source not in found:
                    found.add(link.source)
                    queue.append(link.source)
        return tuple(d for d in self.family(id) if d.id in found and d.id != id)

    def tree(self, id: str) -> Branch:
        """`id` and all documents linked to it from below, as a tree. Each document occurs once, under
        the lowest of its targets."""
        family = self.family(id)
        place = {d.id: nth for nth, d in enumerate(family)}
        below: dict[str, list[str]] = {}
        for member in family[1:]:
            # Only targets earlier in the family, so that a circle of links cannot loop forever.
            above = [
                link
                for link in self.above(member.id)
                if place.get(link.target, len(place)) < place[member.id]
            ]
            under = [link for link in above if link.kind is not LinkKind.GOES_WITH] or above
            parent = max((link.target for link in under), key=place.__getitem__, default=id)
            below.setdefault(parent, []).append(member.id)

        def branch(one: str) -> Branch:
            links = () if one == id else self.above(one)
            return Branch(
                directive=self._by_id[one],
                links=tuple(link for link in links if link.target in place),
                below=tuple(branch(other) for other in below.get(one, ())),
            )

        return branch(id)

    def forest(self) -> tuple[Branch, ...]:
        """All documents of the register as trees; their roots have no known target."""
        sources = {link.source for link in self.links}
        trees = [self.tree(d.id) for d in self if d.id not in sources]
        drawn = {d.id for tree in trees for d in self.family(tree.directive.id)}
        for directive in self:  # documents in a circle of links have no root
            if directive.id not in drawn:
                trees.append(self.tree(directive.id))
                drawn.update(d.id for d in self.family(directive.id))
        return tuple(trees)

    def family(self, id: str) -> tuple[Directive, ...]:
        """`id` and all documents linked to it from below: first those under it, from the top down,
        then those that only go with it; on the same level by date (unknown dates last) and id."""
        members = [id]
        seen = {id}
        for member in members:
            for link in self.below(member):
                if link.source not in seen:
                    seen.add(link.source)
                    members.append(link.source)
        ties = [
            link
            for member in members
            for link in self.below(member)
            if link.kind is not LinkKind.GOES_WITH
        ]
        depth = {id: 0}
        # As many rounds as members are enough for every chain; a circle of links cannot loop forever.
        for _ in members:
            before = dict(depth)
            for link in ties:
                if link.target in depth and link.source != id:
                    deeper = min(depth[link.target] + 1, len(members))
                    depth[link.source] = max(depth.get(link.source, 0), deeper)
            if depth == before:
                break

        def place(directive: Directive) -> tuple[int, bool, str, str]:
            day = directive.date
            return (
                depth.get(directive.id, len(members) + 1),
                day is None,
                day.isoformat() if day else "",
                directive.id,
            )

        return tuple(sorted((self._by_id[member] for member in members), key=place))


def _fits(directive: Directive, citation: Citation) -> bool:
    """Whether number, year, type and issuer of the citation are those of the directive. A missing
    type or issuer ("KL 80") fits any."""
    try:
        own = parse_number(directive.number)
    except DocumentNumberError:
        # A number in an unusual form ("12 A") can only be compared as printed text.
        return f" {nfc(citation.text).strip()}".endswith(f" {directive.number}")
    return (
        citation.number is not None
        and own.number.lstrip("0") == citation.number.lstrip("0")
        and (citation.year or None) == (own.year or None)
        and citation.type in (None, own.type)
        and citation.issuer in (None, own.issuer)
    )
