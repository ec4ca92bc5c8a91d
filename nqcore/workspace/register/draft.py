"""`nq cite --register`: the draft of a directive pack in TOML, made from a text.

The draft can be loaded as it is. Where the text does not say a part, it has “…”. A user has to check and
complete every line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from nqcore.model.directives import Directives, LinkKind, Resolution
from nqcore.workspace.register.mentions import UNKNOWN, Mention, one_spaced
from nqcore.workspace.register.reading import RegisterReading, read_register

_LEVELS = ("TW", "TU", "HU", "QU", "ThU", "TXU", "ĐU", "CB")
"""The issuers of the Party, the highest level first."""
MAX_GUESSED_DOCUMENTS = 12
"""Possible links are printed for at most this many documents."""
_NOT_RESOLVED = Resolution(candidates=())


def draft_register(text: str, known: Directives | None = None) -> str:
    """The TOML of a pack with the documents that `text` is and cites, and their links. A document that
    the register `known` has already is named in a comment only."""
    reading = read_register(text)
    found = {
        one: known.resolve(one.citation, at=reading.own.date if reading.own else None)
        for one in reading.cited
        if known is not None and one.citation is not None
    }
    name = _document_names(reading, found)
    lines = [
        "# Drafted from a text by nq cite --register. Check every line; put in what is “…”.",
        "",
        "[pack]",
        f'basis = "{UNKNOWN}"',
    ]
    if reading.own is not None:
        lines += ["", "# The document itself.", *_directive_lines(reading.own)]
    for one in reading.cited:
        lines += ["", *_mention_lines(one, found.get(one, _NOT_RESOLVED))]
    for relation in reading.relations:
        lines += ["", *_link_lines(name(relation.source), relation.kind, name(relation.target))]
    if reading.own is None:
        lines += _guessed_lines(reading, name)
    if reading.incomplete:
        lines += ["", "# Cited too, without a whole number:"]
        lines += [f"#   {text}" for text in reading.incomplete]
    return "\n".join(lines) + "\n"


def _document_names(
    reading: RegisterReading, found: dict[Mention, Resolution]
) -> Callable[[Mention], str]:
    """A function that gives the id by which a link names a document: its number, with its day where two
    documents have the same number."""
    own = (reading.own,) if reading.own else ()
    numbers = Counter(one.number for one in (*own, *reading.cited))

    def name(one: Mention) -> str:
        known = found.get(one, _NOT_RESOLVED).directive
        if known is not None:
            return known.id
        twice = numbers[one.number] > 1 and one.date is not None
        return f"{one.number}@{one.date}" if twice else one.number

    return name


def _mention_lines(one: Mention, known: Resolution) -> Iterator[str]:
    if known.directive is not None:
        yield f"# {one.type} số {one.number}: the register has it, as {known.directive.id}."
        if known.contradicts:
            yield f"# Check the day: the text says {one.date}, the register {known.directive.date}."
        return
    if known.candidates:
        ids = ", ".join(d.id for d in known.candidates)
        yield f"# Check: the register has {ids}; leave this out if it is one of them."
    yield from _directive_lines(one)


def _directive_lines(one: Mention) -> Iterator[str]:
    yield "[[directive]]"
    yield f"type = {_quoted(one.type)}"
    yield f"number = {_quoted(one.number)}"
    yield f"issuer = {_quoted(one.issuer)}"
    yield f"body = {_quoted(one.body)}"
    yield f"title = {_quoted(one.title)}"
    yield f"date = {one.date}" if one.date else "# date = …  the text does not say it"
    if one.citation is not None and one.citation.mismatch:
        yield "# the type and the symbol do not fit; kept as issued"


def _link_lines(source: str, kind: LinkKind, target: str) -> list[str]:
    return [
        "[[link]]",
        f"source = {_quoted(source)}",
        f"kind = {_quoted(kind.value)}",
        f"target = {_quoted(target)}",
    ]


def _guessed_lines(reading: RegisterReading, name: Callable[[Mention], str]) -> Iterator[str]:
    """Links of a text that is no document itself. It does not say which document implements which: the
    links that the levels make probable are printed as comments."""
    accompanying = set(reading.accompanying)
    chain = [one for one in reading.cited if one not in accompanying]
    for one in reading.accompanying:
        if chain:
            yield from ("", *_link_lines(name(one), LinkKind.GOES_WITH, name(chain[0])))
    stated = {(relation.source, relation.target) for relation in reading.relations}
    level = {symbol: nth for nth, symbol in enumerate(_LEVELS)}
    few = chain if len(chain) <= MAX_GUESSED_DOCUMENTS else []
    for one in few:
        for above in few:
            higher = level.get(above.issuer, len(level)) < level.get(one.issuer, -1)
            if higher and (one, above) not in stated:
                yield from ("", "# Perhaps: the lower level carries out the higher.")
                link = _link_lines(name(one), LinkKind.IMPLEMENTS, name(above))
                yield from (f"# {line}" for line in link)


def _quoted(text: str) -> str:
    text = "".join(c if c.isprintable() else " " for c in text)
    text = one_spaced(text).strip() or UNKNOWN
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
