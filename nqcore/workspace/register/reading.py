"""The documents of a text and their relations, as a basis for the draft of a register.

Only what the text says is read; all other parts stay "" or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from nqcore.model.directives import LinkKind
from nqcore.text.citations import Citation, find_citations
from nqcore.text.citations.invisible import visible
from nqcore.text.folding import nfc
from nqcore.workspace.register.mentions import Mention, read_mention
from nqcore.workspace.register.own_document import own_document, unwrapped
from nqcore.workspace.register.relations import STRENGTH, CitedRelation, find_relations


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReading:
    """The documents of a text.

    - `own`: the document that the text is; None where it is none.
    - `cited`: the other documents, in the order in which they are first named.
    - `relations`: between these documents.
    - `accompanying`: where the text is no document itself, those that are to be carried out together
      with others (*gắn với*).
    - `incomplete`: citations without a complete number.
    """

    own: Mention | None
    cited: tuple[Mention, ...]
    relations: tuple[CitedRelation, ...]
    accompanying: tuple[Mention, ...]
    incomplete: tuple[str, ...]


def read_register(text: str) -> RegisterReading:
    """The documents that `text` is and cites, and the relations that it states."""
    text = unwrapped(nfc(visible(text).text).replace("\r\n", "\n"))
    citations = find_citations(text)
    complete = [c for c in citations if _has_whole_number(c)]
    own = own_document(text, complete)
    named = _merge_mentions([read_mention(text, citation) for citation in complete], own)
    cited = tuple(dict.fromkeys(one for one in named if one is not own))
    relations, accompanying = _relations(text, complete, named, own)
    numbers = {(one.key[0], one.key[2]) for one in cited if one.citation}
    incomplete = (
        " ".join(c.text.split())
        for c in citations
        if not _has_whole_number(c) and (c.number, c.type) not in numbers
    )
    return RegisterReading(
        own=own,
        cited=cited,
        relations=relations,
        accompanying=accompanying,
        incomplete=tuple(dict.fromkeys(incomplete)),
    )


def _relations(
    text: str, complete: Sequence[Citation], named: Sequence[Mention], own: Mention | None
) -> tuple[tuple[CitedRelation, ...], tuple[Mention, ...]]:
    """The relations between the documents `named` by the citations; and, where the text is no document,
    those that accompany others. Of two relations between the same documents the stronger one counts."""
    kinds: dict[tuple[Mention, Mention], LinkKind] = {}
    accompanying = []
    for target, (kind, nth) in zip(named, find_relations(text, complete), strict=True):
        source = own if nth is None else named[nth]
        if kind is None or target is source or target is own:
            continue
        if source is None:
            accompanying.extend([target] if kind is LinkKind.GOES_WITH else [])
            continue
        if kind is LinkKind.IMPLEMENTS and source.type == "Kết luận":
            kind = LinkKind.CONCLUDES
        old = kinds.get((source, target), kind)
        kinds[source, target] = min(old, kind, key=STRENGTH.index)
    relations = (CitedRelation(source=s, kind=kind, target=t) for (s, t), kind in kinds.items())
    return tuple(relations), tuple(dict.fromkeys(accompanying))


def _has_whole_number(citation: Citation) -> bool:
    """Whether the citation has a number and an issuer."""
    return not citation.partial and bool(citation.number and citation.issuer)


def _merge_mentions(mentions: Sequence[Mention], own: Mention | None) -> list[Mention]:
    """The document of each mention, with the longest texts of all its mentions; `own` where it is the
    text's own document. One number with two days is two documents. A mention without a day means the
    document of that number whose day was named last before."""
    days: dict[tuple[str | None, ...], list[date]] = {}
    for one in mentions:
        if one.date:
            days.setdefault(one.key, []).append(one.date)
    last: dict[tuple[str | None, ...], date] = {key: found[0] for key, found in days.items()}
    ids = []
    whole: dict[tuple[object, ...], Mention] = {}
    for one in mentions:
        day = one.date or last.get(one.key)
        if day is not None:
            last[one.key] = day
        ids.append((one.key, day))
        old = whole.get((one.key, day))
        whole[one.key, day] = one if old is None else _join_mentions(old, one)
    found = []
    for key, day in ids:
        mine = own is not None and own.key == key and (day is None or own.date in (None, day))
        found.append(own if own is not None and mine else whole[key, day])
    return found


def _join_mentions(old: Mention, new: Mention) -> Mention:
    """Two mentions of one document as one: with the day that one of them has, and the longer texts."""
    full = old if old.date or not new.date else new
    return replace(
        full,
        number=old.number,
        type=old.type or new.type,
        body=max(old.body, new.body, key=len),
        title=max(old.title, new.title, key=len),
    )
