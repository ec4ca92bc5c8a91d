"""The words in the cells of a table beside those of the report: names of units, days, documents, states.

A cell may be written shorter or longer; it says another thing where a name or a state in it is another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from nqcore.analysis.readback.names_in_place import other_names
from nqcore.analysis.readback.table_matching import WordCell
from nqcore.analysis.readback.unit_lists_check import UnitNamesKnown
from nqcore.analysis.readback.words_in_place import states_in
from nqcore.analysis.report.measures import another_measure
from nqcore.analysis.report.tokens import Token, TokenKind, tokens_of
from nqcore.analysis.report.wording_phrases import NO_DENIAL, NOT, find

_SHORT = 14
"""A cell of so many words is a name, a day or a state; a longer one is written in sentences."""


def says_another(said: str, cell: WordCell, known: UnitNamesKnown) -> bool:
    """Whether the words of a cell say another thing than those of the report."""
    ours, theirs = tokens_of(said), tokens_of(cell.due)
    mine, due = _words(ours), _words(theirs)
    if [one.key for one in ours] == [one.key for one in theirs]:
        return False
    if other_names(ours, theirs):
        return True
    if cell.head:
        return False
    if not ours or " ".join(said.split()).casefold() in cell.column:
        return True
    states = [{state for _at, state in states_in(words)} for words in (mine, due)]
    denials = [len([*find(words, NOT, NO_DENIAL)]) for words in (mine, due)]
    if states[0] != states[1] or denials[0] != denials[1]:
        return True
    units = [{one.name.casefold() for one in known.found(text)} for text in (said, cell.due)]
    if units[0] - units[1] or another_measure(" ".join(mine), [" ".join(due)]):
        return True
    return len(due) <= _SHORT and _replaced(mine, due)


def _words(tokens: Sequence[Token]) -> list[str]:
    return [one.key for one in tokens if one.kind is TokenKind.WORD]


def _replaced(said: Sequence[str], due: Sequence[str]) -> bool:
    """Whether words stand in the place of others; words that came or went alone are no other ones."""
    codes = SequenceMatcher(None, said, due, autojunk=False).get_opcodes()
    return any(tag == "replace" for tag, *_places in codes)
