"""DHIS2's own cases of meaning, as far as they are about formulas.

Sources (BSD-3-Clause, transcribed): its server expression tests, ValidationServiceTest,
AnalyticsServiceTest, AnalyticsServiceQueryModifiersTest. `null` there is “not reported” here, and
a validation rule is a comparison here: violated = 0, not violated = 1 or no number.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from nqcore.formulas import (
    NOT_REPORTED,
    FormulaError,
    Operand,
    Reference,
    evaluate,
    number,
    parse,
    round_half_up,
)

Cells = dict[str, str]


def value(text: str, cells: Cells) -> Operand:
    """Cells are `code` or `code shift`; what is not among them was not reported."""

    def lookup(reference: Reference) -> Operand:
        now = reference.shift == "now"
        name = reference.code if now else f"{reference.code} {reference.shift}"
        return number(Decimal(cells[name])) if name in cells else NOT_REPORTED

    return evaluate(parse(text), lookup)


ABCD = {"A": "1", "B": "2", "C": "3", "D": "4"}
YEAR = {"A": "308", "B": "517", "C": "50"}  # A, B, C of the unit A and below, 2017Q1
SAME = [
    # server expression tests: precedence, association, null
    ("expression 2 - 3 + 4", "2 - 3 + 4", {}, "3"),
    ("expression 12 / 3 * 2", "12 / 3 * 2", {}, "8"),
    ("expression 1 - null", "1 - A", {}, None),
    ("expression comparison with null", "A > 1", {}, None),
    ("expression if(null, …)", "if(A > 1, 1, 2)", {}, None),
    # validation
    ("testValidateMissingValues00", "C = D", {}, None),
    ("testValidateMissingValues11", "C = D", {"C": "1", "D": "1"}, "1"),
    ("testValidateDataSetPeriodSource A", "A + B = C - D", ABCD, "0"),
    ("testValidateDataSetPeriodSource A, left side", "A + B", ABCD, "3"),
    ("testValidateDataSetPeriodSource A, right side", "C - D", ABCD, "-1"),
    ("testValidateDataSetPeriodSource B", "C - D > B * 2", ABCD, "0"),
    ("testValidateDataSetPeriodSource C", "C - D <= A + B", ABCD, "1"),
    ("testValidateDataSetPeriodSource D", "A + B < B * 2", ABCD, "1"),
    ("testValidate SKIP_IF_ANY_VALUE_MISSING periodA", "A + B != A + B", {}, None),
    ("testValidate SKIP_IF_ANY_VALUE_MISSING periodB", "A + B != A + B", {"A": "1"}, None),
    (
        "testValidate SKIP_IF_ANY_VALUE_MISSING periodC",
        "A + B != A + B",
        {"A": "2", "B": "3"},
        "0",
    ),
    ("testValidate NEVER_SKIP periodA", "A + B != A + B", {}, None),
    ("testValidateWithIf", "if(A=1,5,6) = if(A=2,7,8)", {"A": "1"}, "0"),
    ("testValidateWithIf, left side", "if(A==1,5,6)", {"A": "1"}, "5"),
    ("testValidateWithIf, right side", "if(A==2,7,8)", {"A": "1"}, "8"),
    ("testValidateWithFirstNonNull, left", "coalesce(A, B)", {"A": "3"}, "3"),
    ("testValidateWithFirstNonNull, right", "coalesce( B, A )", {"A": "3"}, "3"),
    ("testValidateWithGreatestAndLeast, left", "max(A, B)", {"A": "10", "B": "20"}, "20"),
    ("testValidateWithGreatestAndLeast, right", "min(A, B)", {"A": "10", "B": "20"}, "10"),
    # analytics: the totals are the roll-up's, the formula over them is ours
    ("testIndicatorWithTwoDataElementOperands", "B+C", YEAR, "567"),
    ("testIndicatorDividingByConstantDenominator", "B*C/100", YEAR, "258.5"),
    ("testIndicatorDividingByDeoDenominator", "round(A*C/B, 2)", YEAR, "29.79"),
    ("testNestedIndicator, January", "2 * N", {"N": "75"}, "150"),
    ("testNestedIndicator, February", "2 * N", {"N": "233"}, "466"),
    (
        "testNestedIndicatorWithPeriodOffset, February",
        "N + previous(N)",
        {"N": "233", "N previous": "75"},
        "308",
    ),
    ("testSimplePeriodOffset, first period", "previous(A)", {"A": "1"}, None),
    (
        "testSimplePeriodOffset, second period",
        "previous(A)",
        {"A": "2", "A previous": "1"},
        "1",
    ),
    (
        "testGroupedPeriodOffset, third period",
        "previous(A) + previous(A)",
        {"A": "3", "A previous": "2"},
        "4",
    ),
    ("testSimpleSubExpression, first period", "if(A==1,4,5)", {"A": "1"}, "4"),
    ("testSimpleSubExpression, second period", "if(A==1,4,5)", {"A": "2"}, "5"),
    ("testMultipleReferenceSubExpression, first period", "if(A<2,0,A)", {"A": "1"}, "0"),
    ("testMultipleReferenceSubExpression, second period", "if(A<2,0,A)", {"A": "2"}, "2"),
    (
        "testReferencesInsideAndOutsideOfSubExpression",
        "3 * A + if(A<2,0,A)",
        {"A": "2"},
        "8",
    ),
    ("testTwoSubExpressions, first period", "if(A==1,3,5) + if(A==2,6,7)", {"A": "1"}, "10"),
    ("testTwoSubExpressions, second period", "if(A==1,3,5) + if(A==2,6,7)", {"A": "2"}, "11"),
    (
        "testIndicatorWithYearToDate, July",
        "cumulative(E)",
        {"E": "4", "E cumulative": "7"},
        "7",
    ),
]


@pytest.mark.parametrize(
    ("text", "cells", "expected"), [case[1:] for case in SAME], ids=[case[0] for case in SAME]
)
def test_a_case_of_dhis2_means_the_same_here(text: str, cells: Cells, expected: str | None) -> None:
    result = value(text, cells)
    assert result == (NOT_REPORTED if expected is None else number(Decimal(expected)))


# name, text, cells, DHIS2's answer, ours (None: not reported), and why
OTHERWISE = [
    (
        *("testValidateMissingValues01 (NEVER_SKIP)", "C = D", {"D": "1"}, "0", None),
        "missing is never zero: a rule over a missing figure is not evaluated",
    ),
    (
        *("testValidateMissingValues10 (NEVER_SKIP)", "C = D", {"C": "1"}, "0", None),
        "as above",
    ),
    (
        *("testValidate NEVER_SKIP periodB", "A + B != A + B", {"A": "1"}, "0", None),
        "as above",
    ),
    (
        "testValidate SKIP_IF_ALL_VALUES_MISSING periodB (DHIS2's default)",
        *("A + B", {"A": "1"}, "1", None),
        "a sum with a missing part is not a smaller sum; write coalesce(B, 0) to say so",
    ),
    (
        *("testNestedIndicatorWithPeriodOffset, January", "N + previous(N)", {"N": "75"}),
        *("75", None),
        "the figure of the period before is missing, so the sum is",
    ),
    (
        *("testInsideAndOutsidePeriodOffset, first period", "A + previous(A)", {"A": "3"}),
        *("3", None),
        "as above (and only earlier periods can be referred to)",
    ),
    (
        *("testIndicatorWithReportingRateA", "round(A*(2/3*100/100), 2)", {"A": "299"}),
        *("199.34", "199.33"),
        "DHIS2 rounds the rate to 66.67 first; here nothing is rounded before the end",
    ),
    (
        *("testIndicatorWithReportingRateB", "round(A*(1/3*100/100), 2)", {"A": "299"}),
        *("99.66", "99.67"),
        "as above, with 33.33",
    ),
]


@pytest.mark.parametrize(
    ("text", "cells", "theirs", "ours"),
    [case[1:5] for case in OTHERWISE],
    ids=[case[0] for case in OTHERWISE],
)
def test_a_case_of_dhis2_means_otherwise_here_for_the_reason_in_the_table(
    text: str, cells: Cells, theirs: str, ours: str | None
) -> None:
    result = value(text, cells)
    assert result != number(Decimal(theirs))
    assert result == (NOT_REPORTED if ours is None else number(Decimal(ours)))


def test_a_division_by_zero_has_a_reason_where_dhis2_has_nan() -> None:
    """Case `1 / 0`: NaN on the server, Infinity in its JavaScript engine, a reason here."""
    assert value("1 / 0", {}).state == "no_value"


def test_a_quotient_is_exact_where_dhis2_divides_at_sixteen_digits() -> None:
    result = value("1 / 3 * 3", {})
    assert result == number(1)
    assert round_half_up(Fraction(2, 3), 20) == Decimal("0.66666666666666666667")


REFUSED = [
    ("if((5 < 2) + 3, 1, 0)", "refused by the server, too: a comparison is not a figure"),
    ("if(A, 1, 0)", "refused by the server, too: a figure is not a condition"),
    ("2 ^ 3 ^ 2", "powers: nobody writes them (0 of 1,337 published expressions)"),
    ("5 % 2 * 3", "remainder: as above"),
    ("+5", "a plus sign in front says nothing; it is mostly half a deletion"),
    ("2.", "a point needs digits on both sides"),
    (".2", "as above"),
    ("1e3", "exponents: figures are written out"),
    ("1 == 1 == 1", "two comparisons in a row mean something else to every reader"),
    ("A == 1 && B == 1", "logic: if(…) inside if(…)"),
    ("not A", "as above"),
    ("A == 'abc'", "testIndicatorSubexpressionText: no texts"),
    ("#{deA}", "items: indicators are referred to by their code"),
    ("greatest(A, B)", "called max; least is min, firstNonNull is coalesce"),
    ("isNull(A)", "testValidateWithIsNull: missing is not a condition; coalesce decides"),
    ("A.periodOffset(-1)", "called previous(A); other distances are not part of formulas"),
    ("previous(previous(A))", "testAdditivePeriodOffset: as above"),
    ("previous(A + A)", "testGroupedPeriodOffset: one code; write previous(A) + previous(A)"),
    ("subExpression(A)", "aggregation belongs to the indicator, not to the formula"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_dhis2_has_and_we_have_not_is_refused(text: str, why: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)
