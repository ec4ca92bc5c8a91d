"""What formulas mean when every cell is a number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from nqcore.formulas import Operand, Reference, evaluate, number, parse
from nqcore.formulas.expressions import Negative, Number, Product, Sum, children, walk
from nqcore.formulas.show import write

CELLS = {
    Reference("B1"): number(600),
    Reference("B4"): number(463),
    Reference("C3.1"): number(Fraction(5, 2)),
    Reference("res20.B4"): number(7),
    Reference("B4", "previous"): number(400),
    Reference("B4", "last_year"): number(300),
    Reference("B4", "cumulative"): number(4630),
}


def value(text: str) -> Fraction:
    result = evaluate(parse(text), CELLS.__getitem__)
    assert result.fraction is not None
    return result.fraction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 - 3 + 4", 3),
        ("12 / 3 * 2", 8),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("2 - (3 + 4)", -5),
        ("12 / (3 * 2)", 2),
        ("-2 * 3", -6),
        ("2 - -3", 5),
        ("--2", 2),
        ("-(2 + 3)", -5),
        ("-2 - 2", -4),
        ("1 / 3 * 3", 1),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("007.50", Fraction(15, 2)),
        ("B4 / B1 * 100", Fraction(463, 6)),
        ("B4/B1*100", Fraction(463, 6)),
        ("res20.B4 + C3.1", Fraction(19, 2)),
        ("B4 - previous(B4)", 63),
        ("B4 / last_year(B4)", Fraction(463, 300)),
        ("cumulative( B4 )", 4630),
        ("if(B4 > 400, 1, 2)", 1),
        ("if(B4 < 400, 1, 2)", 2),
        ("if((B4 = 463), B1, 0)", 600),
        ("if(B4 == 463, B1, 0)", 600),
        ("if(1/3*3 = 1, 1, 0)", 1),
        ("min(3, 1, 2)", 1),
        ("max(3, 1, 2)", 3),
        ("min(B4)", 463),
        ("coalesce(4, 5)", 4),
        ("abs(-2.5)", Fraction(5, 2)),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(B4/B1*100, 1)", Fraction(772, 10)),
        ("round(1234.5, -2)", 1200),
        ("B4 <= B1", 1),
        ("B4 >= B1", 0),
        ("B4 != B1", 1),
        ("B4 < B4", 0),
        ("B4 <= B4", 1),
        ("B4 > B4", 0),
        ("B4 >= B4", 1),
        ("B4 = B4", 1),
        ("B4 != B4", 0),
        ("(B4 = B1)", 0),
        ("B4\u00a0+\n\t1", 464),
    ],
)
def test_a_formula_gives_the_exact_number(text: str, expected: int | Fraction) -> None:
    assert value(text) == expected


def test_a_formula_tells_what_it_refers_to() -> None:
    formula = parse("B4 + previous(B4) + if(C3.1 > 0, last_year(B1), cumulative(res20.B4)) + B4")
    assert formula.references == {
        Reference("B4"),
        Reference("B4", "previous"),
        Reference("C3.1"),
        Reference("B1", "last_year"),
        Reference("res20.B4", "cumulative"),
    }


def test_a_formula_keeps_its_text_and_is_frozen() -> None:
    formula = parse(" B4/B1 ")
    assert formula.text == str(formula) == " B4/B1 "
    with pytest.raises(AttributeError):
        formula.text = ""  # type: ignore[misc]


def test_equal_formulas_are_equal_and_can_be_keys() -> None:
    assert {parse("B4/B1*100")} == {parse("B4/B1*100")}
    assert parse("B4 / B1").expression == parse("(B4)/(B1)").expression


def test_a_renamed_formula_keeps_its_text_and_is_another_formula() -> None:
    formula = parse("B4/B1 + round(if(B4 > 0, -previous(B4), max(B1, 1)), 1)")
    renamed = formula.renamed(lambda code: f"res20.{code}")
    assert renamed.text == formula.text
    assert renamed != formula
    wanted = "res20.B4/res20.B1 + round(if(res20.B4>0,-previous(res20.B4),max(res20.B1,1)),1)"
    assert renamed.expression == parse(wanted).expression
    assert renamed.references == parse(wanted).references
    swapped = formula.renamed({"B4": "B1", "B1": "B4"}.__getitem__)
    assert swapped != formula
    assert formula.renamed(str) == formula


def test_a_minus_sign_binds_tighter_than_a_product() -> None:
    assert isinstance(parse("-a * b").expression, Product)
    assert isinstance(parse("-(a * b)").expression, Negative)


def test_capital_letters_matter_in_codes() -> None:
    assert parse("b4").references != parse("B4").references


def test_the_branch_that_is_not_taken_is_not_looked_up() -> None:
    asked: list[Reference] = []

    def lookup(reference: Reference) -> Operand:
        asked.append(reference)
        return number(1)

    evaluate(parse("if(A = 1, B, C)"), lookup)
    assert asked == [Reference("A"), Reference("B")]


def test_what_the_lookup_raises_comes_through() -> None:
    with pytest.raises(KeyError):
        evaluate(parse("B4 + unknown"), CELLS.__getitem__)


def test_chains_are_flat_so_that_others_can_compile_them() -> None:
    tree = parse("A - B + C*D/E").expression
    assert isinstance(tree, Sum)
    assert [sign for sign, _ in tree.terms] == ["+", "-", "+"]
    product = tree.terms[2][1]
    assert isinstance(product, Product)
    assert [sign for sign, _ in product.factors] == ["*", "*", "/"]


def test_a_walk_meets_every_part_parents_first_and_left_before_right() -> None:
    tree = parse("round(-A + if(B < 1, 2, max(C, 3)))").expression
    names = [type(node).__name__ for node in walk(tree)]
    assert names == [
        *["Round", "Sum", "Negative", "Reference", "If", "Comparison", "Reference", "Number"],
        *["Number", "Call", "Reference", "Number"],
    ]
    assert children(tree) == (tree.operand,)  # type: ignore[union-attr]


@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(-1), Fraction(1, 10**16)])
def test_a_tree_cannot_hold_a_number_that_cannot_be_written(value: Fraction) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        Number(value)


@pytest.mark.parametrize(
    "text",
    ["2 - (3 - 4)", "(2 - 3) - 4", "a*(b/c)", "-(-a)", "a - -b", "-a*b", "-(a*b)", "a*-b",
     "a + -b*c", "if(a<b,1,-2.50)", "round(a,-2)", "round(a)", "(a<b)", "coalesce(previous(a),0)",
     "0.001"],
)  # fmt: skip
def test_a_tree_that_is_written_reads_as_the_same_tree(text: str) -> None:
    tree = parse(text).expression
    assert parse(write(tree)).expression == tree
