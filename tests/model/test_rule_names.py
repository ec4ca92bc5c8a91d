"""Each name in braces of a rule's sentences is explained, from the table that the page shows."""

from __future__ import annotations

from string import Formatter

import pytest

from nqcore.model.rule_names import OF_AN_INDICATOR, RULE_NAMES, names_in_braces
from nqcore.model.rules import EVERY_CASE, RULE_TYPES
from nqcore.text.messages import translator

CASES = [(type, case) for type, declared in RULE_TYPES.items() for case in declared.cases]


@pytest.mark.parametrize(("type", "case"), CASES)
def test_every_name_that_a_case_knows_has_a_meaning_in_vietnamese_and_an_example(
    type: str, case: str
) -> None:
    declared, given = RULE_TYPES[type], ("xa.T1", "xa.B4")
    found = names_in_braces(declared, case, given if declared.needs_indicator else ())
    known = declared.names(case, given if declared.needs_indicator else ())
    assert {one.name for one in found} == set(known)
    for one in found:
        assert translator("vi")(one.meaning) != one.meaning
        assert one.example
        # Only the label of an indicator has no words of its own.
        assert (one.meaning == OF_AN_INDICATOR) == (one.name in ("T1", "B4"))


def test_no_meaning_is_left_over() -> None:
    names = {
        name
        for declared in RULE_TYPES.values()
        for names in declared.cases.values()
        for name in names
    }
    names |= {"first", "last", "move", *EVERY_CASE}
    assert RULE_NAMES.keys() == names
    assert all(next(iter(Formatter().parse(f"{{{name}}}")))[1] == name for name in names)
