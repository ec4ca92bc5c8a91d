"""`nq cite --register`: a directive pack in TOML, drafted from a text to be completed by hand.

It can be read as it stands. What the text does not say stands there as “…”, and every line is only
as good as the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from nqcore.model.directives import Directives, LinkKind, Resolution
from nqcore.workspace.register.reading import UNKNOWN, Mention, RegisterReading, read_register

_LEVELS = ("TW", "TU", "HU", "QU", "ThU", "TXU", "ĐU", "CB")
MAX_GUESSED_DOCUMENTS = 12
"""The possible links between more documents than this are not printed."""
_NOT_RESOLVED = Resolution(candidates=())


def draft_register(text: str, known: Directives | None = None) -> str:
    """The pack for what `text` cites; what the register `known` has already is only pointed to."""
    draft = read_register(text)
    found = {
        one: known.resolve(one.citation, at=draft.own.date if draft.own else None)
        for one in draft.cited
        if known is not None and one.citation is not None
    }
    name = _document_names(draft, found)
    lines = [
        "# Drafted from a text by nq cite --register. Check every line; put in what is “…”.",
        "",
        "[pack]",
        f'basis = "{UNKNOWN}"',
    ]
    if draft.own is not None:
        lines += ["", "# The document itself.", *_directive_lines(draft.own)]
    for one in draft.cited:
        lines += ["", *_mention_lines(one, found.get(one, _NOT_RESOLVED))]
    for tie in draft.ties:
        lines += ["", *_link_lines(name(tie.source), tie.kind, name(tie.target))]
    if draft.own is None:
        lines += _guessed_lines(draft, name)
    if draft.short:
        lines += ["", "# Cited too, without a whole number:"]
        lines += [f"#   {short}" for short in draft.short]
    return "\n".join(lines) + "\n"


def _document_names(
    draft: RegisterReading, found: dict[Mention, Resolution]
) -> Callable[[Mention], str]:
    """How links name a document: by its number, and its day where two have one number."""
    own = (draft.own,) if draft.own else ()
    numbers = Counter(one.number for one in (*own, *draft.cited))

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


def _guessed_lines(draft: RegisterReading, name: Callable[[Mention], str]) -> Iterator[str]:
    """A text that is no document of its own does not say who carries out whom: what the levels make
    likely is offered as comments."""
    along = set(draft.along)
    chain = [one for one in draft.cited if one not in along]
    for one in draft.along:
        if chain:
            yield from ("", *_link_lines(name(one), LinkKind.GOES_WITH, name(chain[0])))
    said = {(tie.source, tie.target) for tie in draft.ties}
    level = {symbol: nth for nth, symbol in enumerate(_LEVELS)}
    few = chain if len(chain) <= MAX_GUESSED_DOCUMENTS else []
    for one in few:
        for above in few:
            higher = level.get(above.issuer, len(level)) < level.get(one.issuer, -1)
            if higher and (one, above) not in said:
                yield from ("", "# Perhaps: the lower level carries out the higher.")
                link = _link_lines(name(one), LinkKind.IMPLEMENTS, name(above))
                yield from (f"# {line}" for line in link)


def _quoted(text: str) -> str:
    text = "".join(c if c.isprintable() else " " for c in text or UNKNOWN)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
