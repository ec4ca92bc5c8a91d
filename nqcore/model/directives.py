"""Directives (văn bản chỉ đạo): the guiding documents, and how they hang together.

A document's number alone never identifies it: Party numbers start again each term, so 20-NQ/TW
exists at least five times (Hướng dẫn 36-HD/VPTW, II.1.3: one series per type and term). The key is
(type, number, issuer symbol, date); the issuing body is a field of its own, since the Politburo and
the Secretariat both sign ``/TW``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nqcore.errors import N_, NqError, UnknownName
from nqcore.text.citations import Citation, DocumentNumberError, parse_number
from nqcore.text.folding import nfc

_Day = date  # inside Directive the name `date` is the field


class DirectiveKey(NamedTuple):
    """What identifies a document. `date` is None where nobody knows it."""

    type: str
    number: str
    issuer: str
    date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A guiding document of the Party or the State.

    `type` is the word in front of the number ("Nghị quyết"); `number` what was printed
    ("20-NQ/TW"), kept as issued even where type and symbol do not fit ("Chương trình hành động số
    13-NQ/TU"); `issuer` the symbol after the slash ("TW"); `body` who really issued it ("Bộ Chính
    trị"). An unknown `date` is legal and shown as unknown. Who has to issue a plan of their own to
    carry it out is said by a form's document field.
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
        """Whether it existed on that day; a document whose date nobody knows did."""
        return self.date is None or self.date <= on

    @property
    def name(self) -> str:
        """As it is cited after the first time: “Nghị quyết số 20-NQ/TW”."""
        return f"{self.type} số {self.number}"


class LinkKind(StrEnum):
    """How one directive stands to another."""

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
    """`source` stands in relation `kind` to `target`; both are directive ids."""

    source: str
    kind: LinkKind
    target: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A document in a tree: `links` say how it stands to the others of the tree, `below` hangs on it."""

    directive: Directive
    links: tuple[Link, ...]
    below: tuple[Branch, ...]


class AmbiguousDirective(UnknownName):
    """Several directives bear the number; `candidates` lists them."""

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
    """Two directives have one id or one key."""

    code = "duplicate-directive"
    template = N_("Two directives have the same key: {first} and {second}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a citation may mean in the register: one document, several candidates, or nothing.

    `contradicts` says that the cited date is not the one in the register (texts do misprint).
    """

    candidates: tuple[Directive, ...]
    contradicts: bool = False

    @property
    def directive(self) -> Directive | None:
        """The document, when only one fits."""
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
        """Links into a document that nobody brought (its plugin is gone): shown, never dropped."""
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
                kind="directive", name=name, hint="`nq directives` lists the directives."
            )
        return found[0]

    def resolve(self, citation: Citation, at: date | None = None) -> Resolution:
        """The documents that `citation` may mean in a text written on day `at`: a text cites nothing
        that did not exist yet. Ambiguous stays ambiguous; nothing is guessed."""
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
        """The links that point at `id`: what implements, concludes, goes with it …"""
        return tuple(self._below.get(id, ()))

    def above(self, id: str) -> tuple[Link, ...]:
        """The links that start from `id`, unresolved ones included."""
        return tuple(self._above.get(id, ()))

    def replaced_by(self, id: str, on: date) -> tuple[Directive, ...]:
        """What had replaced `id` by that day. A replacement is for good: when the newer document is
        replaced in its turn, the older one does not come back."""
        return self._issued(LinkKind.REPLACES, id, on)

    def amended_by(self, id: str, on: date) -> tuple[Directive, ...]:
        """What had amended `id` by that day; it stays in force."""
        return self._issued(LinkKind.AMENDS, id, on)

    def _issued(self, kind: LinkKind, id: str, on: date) -> tuple[Directive, ...]:
        found = (self._by_id[link.source] for link in self.below(id) if link.kind is kind)
        return tuple(dict.fromkeys(d for d in found if d.issued(on)))

    def in_force(self, id: str, on: date) -> bool:
        """Whether `id` was issued by that day and not replaced by then."""
        return self[id].issued(on) and not self.replaced_by(self[id].id, on)

    def under(self, id: str) -> tuple[Directive, ...]:
        """What stands below `id`: all that carries it out, concludes on it, is guided by it … at any
        distance, from the top down. What only goes with it is not below it."""
        found = {id}
        for member in (queue := [id]):
            for link in self.below(member):
                if link.kind is not LinkKind.GOES_WITH and link.source not in found:
                    found.add(link.source)
                    queue.append(link.source)
        return tuple(d for d in self.family(id) if d.id in found and d.id != id)

    def tree(self, id: str) -> Branch:
        """`id` and all that hangs on it, each document once: under the lowest of those it hangs on."""
        family = self.family(id)
        place = {d.id: nth for nth, d in enumerate(family)}
        below: dict[str, list[str]] = {}
        for member in family[1:]:
            # Only what stands earlier in the family: so a circle of links cannot hang.
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
        """Every document of the register in trees, from those that hang on nothing we know."""
        sources = {link.source for link in self.links}
        trees = [self.tree(d.id) for d in self if d.id not in sources]
        drawn = {d.id for tree in trees for d in self.family(tree.directive.id)}
        for directive in self:  # what hangs in a circle has no top
            if directive.id not in drawn:
                trees.append(self.tree(directive.id))
                drawn.update(d.id for d in self.family(directive.id))
        return tuple(trees)

    def family(self, id: str) -> tuple[Directive, ...]:
        """`id` and all that hangs on it: first what carries it out, from the top down, then what
        only goes with it; within a step by date (unknown dates last) and id."""
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
        # As many rounds as there are members settle every chain, and a circle of links cannot hang.
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
    """Whether number, year, type and issuer of the citation are the directive's; a part that the
    citation leaves out ("KL 80") does not decide."""
    try:
        own = parse_number(directive.number)
    except DocumentNumberError:
        # A number without the usual grammar ("12 A") can only be compared as it is printed.
        return f" {nfc(citation.text).strip()}".endswith(f" {directive.number}")
    return (
        citation.number is not None
        and own.number.lstrip("0") == citation.number.lstrip("0")
        and (citation.year or None) == (own.year or None)
        and citation.type in (None, own.type)
        and citation.issuer in (None, own.issuer)
    )
