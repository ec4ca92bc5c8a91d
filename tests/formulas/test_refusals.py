"""What cannot be read is refused with the character's position and what to do."""

from __future__ import annotations

import pytest

from nqcore.errors import InputError
from nqcore.formulas import FormulaError, parse


def refusal(text: str) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("", 1, "The formula is empty"),
        (" \t\n", 1, "The formula is empty"),
        ("+5", 1, "not “+”"),
        ("5 +", 4, "ends too early"),
        ("-", 2, "ends too early"),
        ("B4 B1", 4, "before “B1”"),
        ("2(3)", 2, "before “(”"),
        ("(B4", 1, "is not closed"),
        ("min(1, (2)", 4, "is not closed"),
        ("B4)", 3, "closes nothing"),
        ("()", 2, "not “)”"),
        ("0,5*B4", 2, "with a point: 0.5"),
        ("min(1,)", 7, "not “)”"),
        ("min(1 2)", 7, "before “2”"),
        ("a < b < c", 7, "if(…) inside if(…)"),
        ("(a < b) < c", 1, "cannot be used as a figure"),
        ("a < (b < c)", 5, "cannot be used as a figure"),
        ("(a < b) * 2", 1, "cannot be used as a figure"),
        ("1 + (a < b)", 5, "cannot be used as a figure"),
        ("-(a < b)", 2, "cannot be used as a figure"),
        ("min(1, a < b)", 8, "cannot be used as a figure"),
        ("round(a < b)", 7, "cannot be used as a figure"),
        ("if(a < b, a < b, 0)", 11, "cannot be used as a figure"),
        ("if(B4, 1, 2)", 4, "must be a comparison"),
        ("if(a < b, 1)", 1, "three values, not 2"),
        ("if()", 1, "three values, not 0"),
        ("min()", 1, "one or more values"),
        ("abs()", 1, "one value, not 0"),
        ("abs(1, 2)", 1, "one value, not 2"),
        ("sum(1, 2)", 1, "no function “sum”"),
        ("B4 + Min(1)", 6, "no function “Min”"),
        ("min + 1", 1, "Write min(…)"),
        ("previous", 1, "Write previous(…)"),
        ("previous()", 10, "takes one indicator code"),
        ("previous(3)", 10, "takes one indicator code"),
        ("previous(min)", 10, "takes one indicator code"),
        ("previous(previous(B4))", 10, "takes one indicator code"),
        ("previous(B4 + 1)", 10, "takes one indicator code"),
        ("previous(B4, 2)", 10, "takes one indicator code"),
        ("round(B4, B1)", 11, "whole number"),
        ("round(B4, 1.0)", 11, "whole number"),
        ("round(B4, 16)", 11, "whole number"),
        ("round(B4, -16)", 11, "whole number"),
        ("round(B4,", 10, "whole number"),
        ("round(B4, 1, 2)", 12, "comma"),
        ("5.", 2, "stuck to the number 5"),
        ("1.2.3", 4, "stuck to the number 1.2"),
        ("2B4", 2, "stuck to the number 2"),
        ("1e9", 2, "stuck to the number 1"),
        ("1_000", 2, "stuck to the number 1"),
        (".5", 1, "The point stands alone"),
        ("B4.", 3, "The point stands alone"),
        ("B4..C", 3, "The point stands alone"),
        ("B_4", 1, "cannot be a code"),
        ("previous(B_4)", 10, "cannot be a code"),
        ("_B4", 1, "“_” is not part"),
        ("1234567890123456", 1, "at most 15 digits"),
        ("0.123456789012345", 1, "at most 15 digits"),
        ("B4 – B1", 4, "not a minus sign"),
        ("B4 × B1", 4, "Write * for multiplication"),
        ("B4 : B1", 4, "Write / for division"),
        ("B4 <> B1", 4, "Write !="),
        ("!B4", 1, "Write !="),
        ("B4 ≤ B1", 4, "Write >= or <="),
        ("B4 => B1", 4, "Write >= or <="),
        ("B4 ** 2", 4, "powers are not part"),
        ("B4 ^ 2", 4, "powers are not part"),
        ("a < b & c < d", 7, "if(…) inside if(…)"),
        ("B4 = 'x'", 6, "texts are not part"),
        ("B4[0]", 3, "only round brackets"),
        ("B4 * 50%", 8, "/100"),
        ("min(1; 2)", 6, "Write a comma"),
        ("5 % 2", 3, "/100"),
        ("Đ4", 1, "letters A–Z"),
        ("B４", 2, "digits 0–9"),
        ("٣", 1, "digits 0–9"),
        ("B4\x00", 3, "U+0000"),
        ("\ud800", 1, "U+D800"),
        ("B4 \u200b+ 1", 4, "U+200B"),
        ("__import__('os')", 1, "“_” is not part"),
        ("(1).__class__", 4, "The point stands alone"),
        ("lambda: 0", 7, "Write / for division"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_a_way_out(
    text: str, position: int, says: str
) -> None:
    error = refusal(text)
    assert error.position == position
    assert says in str(error)
    assert str(error).startswith(f"Character {position}: ")


def test_a_refusal_is_an_input_error_with_a_code_for_programs() -> None:
    error = refusal("B4 +")
    assert isinstance(error, InputError)
    assert error.code == "formula"


def test_a_refusal_is_told_in_the_readers_language() -> None:
    error = refusal("foo(1)")
    words = {
        "Character {position}: {problem}": "Ký tự {position}: {problem}",
        error.problem: "không có hàm “{name}”; các hàm: {known}.",
    }
    assert error.message(words.__getitem__).startswith("Ký tự 1: không có hàm “foo”; các hàm: if,")


def test_braces_in_what_was_typed_do_no_harm() -> None:
    assert "“{”" in refusal("B4 + {0}").message()
