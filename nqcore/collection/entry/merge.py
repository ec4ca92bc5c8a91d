"""Two people at once: the changes of both are merged box by box; a clash is for people to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nqcore.collection.entry.entry_sheet import EntryRow, entry_sheet
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.validation import FormReading, Typed
from nqcore.model.obligations import Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A row that two people changed at once: what stands there now, and what was typed."""

    row: EntryRow
    theirs: Mapping[str, str]
    mine: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedDraft:
    """What was typed, on top of what another user has saved since. `given` takes theirs where only
    they changed a box (the keys in `taken`) and mine where I did; `clashes` are left to the person."""

    given: Mapping[str, Typed]
    taken: tuple[str, ...]
    clashes: tuple[Clash, ...]
    now: int
    who: str


def merge_drafts(
    repository: SubmissionRepository,
    obligation: Obligation,
    given: Mapping[str, Typed],
    base: int,
    reading: FormReading | None = None,
) -> MergedDraft:
    """Compare what was typed over revision `base` with the newest revision. `reading` is what
    `read_form` made of `given`, where the caller has read it already."""
    current = repository.revision(obligation.submission)
    old = repository.revision(obligation.submission, base) if base else None
    typed_now = typed_answers(repository, obligation, current)
    typed_before = typed_answers(repository, obligation, old)
    mine = entry_sheet(repository, obligation, given, reading=reading, checks=False).rows
    theirs = entry_sheet(repository, obligation, typed_now, checks=False).rows
    before = entry_sheet(repository, obligation, typed_before, checks=False).rows
    result: dict[str, Typed] = dict(given)
    clashes, taken = [], []
    for my, their, was in zip(mine, theirs, before, strict=True):
        if _content(my) == _content(their) or _content(their) == _content(was):
            continue
        if _content(my) == _content(was):
            taken.append(my.key)
            for name in (my.key, *my.typed):
                result.pop(name, None)
                if name in typed_now:
                    result[name] = typed_now[name]
        else:
            clashes.append(Clash(row=my, theirs=their.typed, mine=my.typed))
    return MergedDraft(
        given=result,
        taken=tuple(taken),
        clashes=tuple(clashes),
        now=current.number if current else 0,
        who=current.by if current else "",
    )


def _content(row: EntryRow) -> object:
    return (dict(row.typed), row.answer)
