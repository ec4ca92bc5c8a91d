"""The words in the cells of a table beside those of the report: names of units, days, documents, states.

A cell may be written shorter or longer; it says another thing where a name or a state in it is another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from nqcore.analysis.readback.claim_terms import Contrasts, other_terms
from nqcore.analysis.readback.claim_times import other_times
from nqcore.analysis.readback.names_in_place import new_names, other_names
from nqcore.analysis.readback.short_forms import ShortForms, one_spelling
from nqcore.analysis.readback.table_matching import WordCell
from nqcore.analysis.readback.unit_lists_check import UnitNamesKnown
from nqcore.analysis.readback.words_in_place import states_in
from nqcore.analysis.report.measures import another_measure
from nqcore.analysis.report.tokens import Token, TokenKind, tokens_of
from nqcore.analysis.report.wording_phrases import NO_DENIAL, NOT, find

_SHORT = 14
"""A cell of so many words is a name, a day or a state; a longer one is written in sentences."""


def says_another(
    said: str, cell: WordCell, known: UnitNamesKnown, forms: ShortForms, contrasts: Contrasts
) -> bool:
    """Whether the words of a cell say another thing than those of the report."""
    ours, theirs = tokens_of(forms.text(said)), tokens_of(forms.text(cell.due))
    mine, due = _words(ours), _words(theirs)
    if [one_spelling(one.key) for one in ours] == [one_spelling(one.key) for one in theirs]:
        return False
    if cell.head:
        return _other_head(said, ours, theirs, cell, contrasts)
    if other_names(ours, theirs):
        return True
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


def _other_head(
    said: str,
    ours: Sequence[Token],
    theirs: Sequence[Token],
    cell: WordCell,
    contrasts: Contrasts,
) -> bool:
    """Whether the head of a column names another time, or tells another thing of its figures: it may leave
    words out ("so với cùng kỳ" for "so với quý II năm 2017")."""
    mine, due = _words(ours), _words(theirs)
    return bool(
        " ".join(said.split()).casefold() in cell.column
        or new_names(ours, theirs)
        or [*other_times(ours, theirs, [theirs])]
        or [*other_terms(mine, due, [due], contrasts)]
        or ({*_columns(mine)} - {*_columns(due)} and {*_columns(due)} - {*_columns(mine)})
        or another_measure(_bracketed(ours), [_bracketed(theirs)])
    )


def _columns(words: Sequence[str]) -> Iterator[int]:
    """What the figures of a column with that head are: which of the lines of `_COLUMNS`."""
    text = " ".join(words)
    for nth, phrases in enumerate(_COLUMNS):
        if any(re.search(rf"(?<!\w){one}(?!\w)", text) for one in phrases):
            yield nth


def _bracketed(tokens: Sequence[Token]) -> str:
    """What stands in the last brackets of a head, which is the measure of its figures."""
    opens = [nth for nth, one in enumerate(tokens) if one.text == "("]
    return " ".join(one.key for one in tokens[opens[-1] + 1 : -1]) if opens else ""


_COLUMNS = (
    ("mục tiêu", "chỉ tiêu", "kế hoạch"),
    ("thực hiện", "kết quả"),
    ("tăng", "giảm", "so sánh"),
    ("đầu nhiệm kỳ",),
    ("đầu năm",),
)
"""Words of heads that exclude each other; those of one line mean the same."""


def _words(tokens: Sequence[Token]) -> list[str]:
    return [one_spelling(one.key) for one in tokens if one.kind is TokenKind.WORD]


def _replaced(said: Sequence[str], due: Sequence[str]) -> bool:
    """Whether words stand in the place of others; words that came or went alone are no other ones."""
    codes = SequenceMatcher(None, said, due, autojunk=False).get_opcodes()
    return any(tag == "replace" for tag, *_places in codes)
