"""Formulas as official forms print them in a column head."""

from __future__ import annotations

import pytest

from nqcore.formulas import parse, show

from . import oracle

COLUMNS = {"B1": "1", "B4": "2", "res20.C1": "3", "D": "4"}


def test_a_percentage_is_written_as_in_the_official_forms() -> None:
    formula = parse("B4/B1*100")
    assert show(formula, COLUMNS.__getitem__) == "(2:1)x100"
    assert show(formula, COLUMNS.__getitem__, target="res20.C1") == "(3) = (2:1)x100"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("B1 + B4 - res20.C1", "1+2-3"),
        ("B1 - (B4 - res20.C1)", "1-(2-3)"),
        ("(B1 + B4) / res20.C1 * 100", "((1+2):3)x100"),
        ("B1 * B4 * 2", "1x2x2"),
        ("B1 * B4 / D", "(1x2):4"),
        ("B1 / B4 / D", "(1:2):4"),
        ("B1 / (B4 * D)", "1:(2x4)"),
        ("B1 + B4 * D", "1+2x4"),
        ("B1 * 0.5", "1x0,5"),
        ("-B1", "-1"),
        ("B1 - -B4", "1-(-2)"),
        ("B1 * -(B4 + D)", "1x(-(2+4))"),
        ("B4 <= B1", "2≤1"),
        ("B4 != B1", "2≠1"),
        ("if(B1 >= 0.5, B4, -1)", "if(1≥0,5;2;-1)"),
        ("min(B1, B4 + 1)", "min(1;2+1)"),
        ("coalesce(B1, 0)", "first known(1;0)"),
        ("round(abs(B1), 1)", "round(abs(1);1)"),
        ("B1 / previous(B1)", "1:(1 of the previous period)"),
        ("last_year(B1)", "(1 of the same period last year)"),
        ("cumulative(B1)", "(1 since the start)"),
    ],
)
def test_signs_and_brackets_follow_the_official_habit(text: str, shown: str) -> None:
    assert show(parse(text), COLUMNS.__getitem__) == shown


def test_words_come_from_the_readers_catalogue() -> None:
    words = {"({arguments} of the same period last year)": "({arguments} cùng kỳ năm trước)"}
    formula = parse("B4/last_year(B4)*100")
    shown = show(formula, COLUMNS.__getitem__, translate=lambda text: words.get(text, text))
    assert shown == "(2:(2 cùng kỳ năm trước))x100"


def test_labels_are_taken_as_they_are() -> None:
    assert show(parse("B4/B1"), lambda code: f"[{code} {{x}}]") == "[B4 {x}]:[B1 {x}]"


def test_what_is_shown_can_be_read_in_only_one_way() -> None:
    """Put the language's signs back, read it, and the value is the same as of the formula."""
    back = str.maketrans({"x": "*", ":": "/", "≤": "<=", "≥": ">=", "≠": "!=", ";": ","})
    for case in oracle.cases(5, 300):
        formula = parse(case.text)
        shown = show(formula, lambda code: code.upper().replace("X", "Q"), point=".")
        if "of the" in shown or "since" in shown or len(shown) > 1_900:
            continue
        text = shown.replace("max", "MAX").translate(back).replace("MAX", "max")
        text = text.replace("first known", "coalesce")
        labelled = {code.upper().replace("X", "Q"): code for code in oracle.CODES}
        again = parse(text)
        assert {labelled[each.code] for each in again.references} == {
            each.code for each in formula.references
        }
        assert show(again, str, point=".") == shown
