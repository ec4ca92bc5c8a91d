"""The lines of tasks in the document beside those of the report: whose each task is, how far, and by when.

Many tasks have the same state in the same words, so the state of a line is compared with that of its own task
and not with the words that are most like it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from nqcore.analysis.readback.doc_parts import DocPart
from nqcore.analysis.readback.expected import ExpectedPart
from nqcore.analysis.readback.matching import STRONG, MatchedPart
from nqcore.analysis.readback.names_in_place import other_names
from nqcore.analysis.readback.words_in_place import states_in
from nqcore.analysis.report.tasks_done import TASK_LINE


def told_otherwise(
    matches: Sequence[MatchedPart], parts: Sequence[ExpectedPart]
) -> Iterator[tuple[DocPart, ExpectedPart]]:
    """The parts of lines of tasks that say another state, day or unit, each with what the report has."""
    lines: dict[str, list[ExpectedPart]] = defaultdict(list)
    for part in parts:
        if part.block.startswith(TASK_LINE) and not part.fixed:
            lines[part.block].append(part)
    paragraphs: dict[int, list[MatchedPart]] = defaultdict(list)
    for match in matches:
        paragraphs[match.said.paragraph].append(match)
    for found in paragraphs.values():
        due = lines.get(_block(found), [])
        if len(due) == len(found):
            for nth, (match, part) in enumerate(zip(found, due, strict=True)):
                if _differs(match.said, part) if nth else _of_another(match.said, part):
                    yield match.said, part


def _block(found: Sequence[MatchedPart]) -> str:
    """The line that the paragraph is: that of its longest part which is surely one."""
    sure = [match for match in found if match.due and match.like >= STRONG]
    longest = max(sure, key=lambda match: len(match.said.words), default=None)
    return longest.due[0].block if longest is not None else ""


def _of_another(said: DocPart, due: ExpectedPart) -> bool:
    """Whether other words stand in the place of who carries the task out, which is before the first colon."""
    mine = _before_colon([one.token.key for one in said.tokens])
    known = _before_colon([one.token.key for one in due.tokens])
    codes = SequenceMatcher(None, mine, known, autojunk=False).get_opcodes()
    return bool(mine and known) and any(tag == "replace" for tag, *_places in codes)


def _before_colon(keys: Sequence[str]) -> Sequence[str]:
    """The words before the first colon; empty: there is none."""
    return keys[: keys.index(":")] if ":" in keys else ()


def _differs(said: DocPart, due: ExpectedPart) -> bool:
    states = {state for _at, state in states_in(due.words)}
    if states and len(due.words) <= _MOST:
        return states != {state for _at, state in states_in(said.words)} and not _has(said, due)
    named = len(due.words) <= _MOST and len(said.words) <= _MOST
    return named and other_names(
        [one.token for one in said.tokens], [one.token for one in due.tokens]
    )


_MOST = 12
"""A part of more words is a part of the task itself."""


def _has(said: DocPart, due: ExpectedPart) -> bool:
    """Whether the words of the state stand there in their order, others between them."""
    words = iter(said.words)
    return all(word in words for word in due.words)
