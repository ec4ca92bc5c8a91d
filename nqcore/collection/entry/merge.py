"""Two users enter one report at the same time: the changes of both are merged box by box. Where both
changed the same box, the user decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nqcore.collection.entry.entry_sheet import EntryRow, entry_sheet
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.validation import FormReading
from nqcore.model.fields import Typed
from nqcore.model.obligations import Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A row that both users changed: as it is stored now, and as the user has typed it."""

    theirs: EntryRow
    mine: EntryRow

    @property
    def key(self) -> str:
        """The field's key."""
        return self.mine.key


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedDraft:
    """What a user has typed, merged with what another user has saved since.

    - `given`: the merged input, by input name. A box that only the other user changed has the stored
      text, every other box the typed one.
    - `from_other`: the keys of the rows that only the other user changed.
    - `clashes`: the rows that both changed; `given` has the typed text.
    - `newest_number`, `newest_by`: number and author of the newest revision (0 and "" without one).
    """

    given: Mapping[str, Typed]
    from_other: tuple[str, ...]
    clashes: tuple[Clash, ...]
    newest_number: int
    newest_by: str


def merge_drafts(
    repository: SubmissionRepository,
    obligation: Obligation,
    given: Mapping[str, Typed],
    base: int,
    reading: FormReading | None = None,
) -> MergedDraft:
    """Merge what was typed (`given`, by input name) on top of revision `base` with the newest revision.
    `reading` is the result of `read_form(given)`, where the caller has it already."""
    current = repository.revision(obligation.submission)
    basis = repository.revision(obligation.submission, base) if base else None
    typed_now = typed_answers(repository, obligation, current)
    typed_before = typed_answers(repository, obligation, basis)
    mine = entry_sheet(repository, obligation, given, reading=reading, checks=False).rows
    theirs = entry_sheet(repository, obligation, typed_now, checks=False).rows
    before = entry_sheet(repository, obligation, typed_before, checks=False).rows
    result: dict[str, Typed] = dict(given)
    clashes, from_other = [], []
    for my, their, old in zip(mine, theirs, before, strict=True):
        if _row_content(their) in (_row_content(my), _row_content(old)):
            continue
        if _row_content(my) == _row_content(old):
            from_other.append(my.key)
            for name in (my.key, *my.typed):
                result.pop(name, None)
                if name in typed_now:
                    result[name] = typed_now[name]
        else:
            clashes.append(Clash(theirs=their, mine=my))
    return MergedDraft(
        given=result,
        from_other=tuple(from_other),
        clashes=tuple(clashes),
        newest_number=current.number if current else 0,
        newest_by=current.by if current else "",
    )


def merge_explanations(
    before: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str]:
    """The explanations of two users by field key: each keeps what only he has changed since `before`, and
    where both have, both stand there.

    >>> merge_explanations({"A1": "cũ", "A2": "cũ"}, {"A1": "cũ", "A2": "tôi"}, {"A1": "mới", "A2": "họ"})
    {'A1': 'mới', 'A2': 'họ tôi'}
    """
    found = {}
    for key in dict.fromkeys((*mine, *theirs)):
        old, my, their = (texts.get(key, "") for texts in (before, mine, theirs))
        if my == old:
            words = their
        elif their in (old, my):
            words = my
        else:
            words = f"{their} {my}".strip()
        if words:
            found[key] = words
    return found


def _row_content(row: EntryRow) -> object:
    return (dict(row.typed), row.answer)
