"""The errors of nqcore are one tree, drawn in one place."""

from __future__ import annotations

import pickle
from collections import Counter

from nqcore import errors
from tests.support.error_tree import drawing, tree


def drawn() -> list[str]:
    lines = (errors.__doc__ or "").splitlines()
    start = lines.index(next(line for line in lines if line.startswith("    NqError ")))
    return lines[start : start + next(n for n, line in enumerate(lines[start:]) if not line)]


def test_the_docstring_draws_every_error_with_its_code_and_folder() -> None:
    assert drawn() == drawing()


def test_the_drawing_has_each_class_once_and_covers_the_rooms() -> None:
    names = Counter(line.split()[0] for line in drawing())
    assert set(names.values()) == {1}
    assert {"FigureError", "DamagedJournal", "LinkRefused", "UnexpectedFields"} <= names.keys()


def test_every_error_has_a_code_and_a_sentence() -> None:
    for _, error in tree():
        assert error.__doc__, error
        assert "code" in vars(error) or error.__mro__[1].code != errors.NqError.code, error


def test_an_error_goes_from_one_process_to_another() -> None:
    first = errors.UnknownName(kind="unit", name="xa", hint=errors.Phrase("Open it from the list."))
    again = pickle.loads(pickle.dumps(first))
    assert (type(again), again.params, str(again)) == (type(first), first.params, str(first))
