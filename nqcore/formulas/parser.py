"""Tokens → tree, by recursive descent, within fixed bounds.

    formula    = comparison
    comparison = sum [ ("<" | "<=" | ">" | ">=" | "=" | "==" | "!=") sum ]
    sum        = product { ("+" | "-") product }
    product    = factor { ("*" | "/") factor }
    factor     = "-" factor | NUMBER | CODE | call | "(" comparison ")"
    call       = "if" "(" comparison "," sum "," sum ")"
               | ("min" | "max" | "coalesce") "(" sum { "," sum } ")"
               | "abs" "(" sum ")"
               | "round" "(" sum [ "," [ "-" ] WHOLE ] ")"
               | ("previous" | "last_year" | "cumulative") "(" CODE ")"

    NUMBER = digit {digit} [ "." digit {digit} ]            at most 15 digits
    WHOLE  = a NUMBER without "." from 0 to 15
    CODE   = letter {letter | digit} { "." (letter | digit) {letter | digit} }

A comparison, also one in parentheses, may only be the whole formula or the condition of `if`.
Letters are A–Z and a–z, capitals matter, digits are 0–9. Names of functions are not codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from nqcore.errors import N_
from nqcore.formulas.errors import FormulaError
from nqcore.formulas.expressions import (
    Call,
    Comparison,
    ComparisonSign,
    Expression,
    Formula,
    Function,
    If,
    Negative,
    Number,
    Product,
    ProductSign,
    Reference,
    Round,
    Shift,
    Sum,
    SumSign,
    walk,
)
from nqcore.formulas.lexer import FormulaToken, check_code, tokens

MAX_DEPTH = 50
MAX_NODES = 500
MAX_ROUND = 15

SHIFTS = ("previous", "last_year", "cumulative")
FUNCTIONS = ("if", "min", "max", "coalesce", "round", "abs", *SHIFTS)

_EMPTY = N_("The formula is empty. Write one, such as B4/B1*100.")
_TOO_DEEP = N_(
    "More than {most} brackets, functions and minus signs stand inside each other. Give a part "
    "of the formula an indicator code of its own and refer to that code."
)
_TOO_BIG = N_(
    "The formula has more than {most} parts. Give a part of it an indicator code of its own and "
    "refer to that code."
)
_VALUE_EXPECTED = N_("A number, a code, a function or “(” is expected here, not “{found}”.")
_ENDS_EARLY = N_("The formula ends too early: a number, a code, a function or “(” is missing.")
_NOT_CLOSED = N_("This “(” is not closed. Add “)”.")
_CLOSES_NOTHING = N_("This “)” closes nothing. Remove it, or add “(”.")
_SIGN_MISSING = N_("Put + - * / or a comparison before “{found}”.")
_STRAY_COMMA = N_(
    "A comma only separates the values of a function. Write decimal numbers with a point: 0.5."
)
_TWO_COMPARISONS = N_(
    "Only two figures can be compared at once. Use if(…) inside if(…) to join two comparisons."
)
_NOT_A_FIGURE = N_(
    "A comparison cannot be used as a figure. Use it as the whole formula, or write "
    "if(comparison, 1, 0)."
)
_NOT_A_CONDITION = N_("The first value of if(…) must be a comparison, such as if(B4 > 0, B4, 0).")
_UNKNOWN_FUNCTION = N_("There is no function “{name}”. The functions are: {known}.")
_BRACKET_MISSING = N_("“{name}” is a function and cannot be a code. Write {name}(…).")
_IF_TAKES = N_(
    "if(…) takes three values, not {given}: a comparison, the figure if it holds, the figure if "
    "it does not."
)
_ABS_TAKES = N_("abs(…) takes one value, not {given}.")
_NONE_GIVEN = N_("{name}(…) takes one or more values. Write them in the brackets.")
_CODE_EXPECTED = N_("{name}(…) takes one indicator code, such as {name}(B4), and nothing else.")
_WHOLE_EXPECTED = N_(
    "The second value of round(…) is a whole number from -{most} to {most}, written in digits, "
    "such as round(B4, 1)."
)


def parse(text: str) -> Formula:
    """Read a formula; FormulaError says which character is wrong and what to do."""
    parser = _Parser(tokens(text))
    if parser.token.kind == "end":
        raise FormulaError(_EMPTY, position=1)
    expression = parser.comparison()
    parser.finish()
    references = frozenset(node for node in walk(expression) if isinstance(node, Reference))
    return Formula(text, expression, references)


class _Parser:
    """A cursor over the tokens. Each method reads the rule of the grammar in its name and stops after
    it."""

    def __init__(self, found: Sequence[FormulaToken]) -> None:
        self._tokens = found
        self._next = 0
        self._depth = 0
        self._nodes = 0
        self.token = found[0]

    def finish(self) -> None:
        """Raise FormulaError if tokens are left."""
        token = self.token
        if token.kind != "end":
            raise _unexpected_token(token)

    # The rules of the grammar, from the lowest precedence to the highest.

    def comparison(self) -> Expression:
        start, left = self.token, self._sum()
        if self.token.text not in ("<", "<=", ">", ">=", "=", "!="):
            return left
        _require_figure(left, start)
        sign = self._take()
        start, right = self.token, self._sum()
        _require_figure(right, start)
        if self.token.text in ("<", "<=", ">", ">=", "=", "!="):
            raise FormulaError(_TWO_COMPARISONS, position=self.token.position)
        return self._count_node(Comparison(cast(ComparisonSign, sign.text), left, right), sign)

    def _sum(self) -> Expression:
        start, first = self.token, self._product()
        if self.token.text not in ("+", "-"):
            return first
        terms: list[tuple[SumSign, Expression]] = [("+", _require_figure(first, start))]
        while self.token.text in ("+", "-"):
            sign = cast(SumSign, self._take().text)
            start = self.token
            terms.append((sign, _require_figure(self._product(), start)))
        return self._count_node(Sum(tuple(terms)), start)

    def _product(self) -> Expression:
        start, first = self.token, self._factor()
        if self.token.text not in ("*", "/"):
            return first
        factors: list[tuple[ProductSign, Expression]] = [("*", _require_figure(first, start))]
        while self.token.text in ("*", "/"):
            sign = cast(ProductSign, self._take().text)
            start = self.token
            factors.append((sign, _require_figure(self._factor(), start)))
        return self._count_node(Product(tuple(factors)), start)

    def _factor(self) -> Expression:
        token = self.token
        if token.kind == "number":
            self._take()
            return self._count_node(Number(Fraction(token.text)), token)
        if token.kind == "word":
            return self._word()
        if token.text not in ("-", "("):
            raise _value_expected(token)
        self._take()
        self._enter_level(token)
        if token.text == "-":
            start = self.token
            inner = self._count_node(Negative(_require_figure(self._factor(), start)), token)
        else:
            inner = self.comparison()
            self._close(token)
        self._depth -= 1
        return inner

    def _word(self) -> Expression:
        word = self._take()
        if self.token.text != "(":
            if word.text in FUNCTIONS:
                raise FormulaError(_BRACKET_MISSING, position=word.position, name=word.text)
            check_code(word)
            return self._count_node(Reference(word.text), word)
        if word.text not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            raise FormulaError(
                _UNKNOWN_FUNCTION, position=word.position, name=word.text, known=known
            )
        bracket = self._take()
        self._enter_level(word)
        if word.text in SHIFTS:
            call: Expression = self._shifted(word)
        elif word.text == "round":
            call = self._rounded(bracket)
        else:
            call = self._called(word, bracket)
        self._depth -= 1
        return self._count_node(call, word)

    def _shifted(self, word: FormulaToken) -> Reference:
        code = self._take()
        if code.kind != "word" or code.text in FUNCTIONS or self.token.text != ")":
            raise FormulaError(_CODE_EXPECTED, position=code.position, name=word.text)
        check_code(code)
        self._take()
        return Reference(code.text, cast(Shift, word.text))

    def _rounded(self, bracket: FormulaToken) -> Round:
        start = self.token
        operand = _require_figure(self.comparison(), start)
        if self.token.text != ",":
            self._close(bracket)
            return Round(operand, 0)
        self._take()
        start = self.token
        negative = start.text == "-"
        if negative:
            self._take()
        digits = self._take()
        if digits.kind != "number" or "." in digits.text or int(digits.text) > MAX_ROUND:
            raise FormulaError(_WHOLE_EXPECTED, position=start.position, most=MAX_ROUND)
        self._close(bracket)
        return Round(operand, -int(digits.text) if negative else int(digits.text))

    def _called(self, word: FormulaToken, bracket: FormulaToken) -> If | Call:
        starts: list[FormulaToken] = []
        arguments: list[Expression] = []
        while self.token.text != ")" or arguments:
            starts.append(self.token)
            arguments.append(self.comparison())
            if self.token.text != ",":
                break
            self._take()
        self._close(bracket)
        given = len(arguments)
        if word.text == "if":
            if given != 3:
                raise FormulaError(_IF_TAKES, position=word.position, given=given)
            condition = arguments[0]
            if not isinstance(condition, Comparison):
                raise FormulaError(_NOT_A_CONDITION, position=starts[0].position)
            return If(
                condition,
                _require_figure(arguments[1], starts[1]),
                _require_figure(arguments[2], starts[2]),
            )
        if word.text == "abs" and given != 1:
            raise FormulaError(_ABS_TAKES, position=word.position, given=given)
        if not given:
            raise FormulaError(_NONE_GIVEN, position=word.position, name=word.text)
        return Call(cast(Function, word.text), tuple(map(_require_figure, arguments, starts)))

    # The cursor and the limits.

    def _take(self) -> FormulaToken:
        token = self.token
        if token.kind != "end":
            self._next += 1
            self.token = self._tokens[self._next]
        return token

    def _close(self, bracket: FormulaToken) -> None:
        token = self.token
        if token.text == ")":
            self._take()
        elif token.kind == "end":
            raise FormulaError(_NOT_CLOSED, position=bracket.position)
        else:
            raise _unexpected_token(token)

    def _enter_level(self, token: FormulaToken) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaError(_TOO_DEEP, position=token.position, most=MAX_DEPTH)

    def _count_node(self, node: Expression, token: FormulaToken) -> Expression:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FormulaError(_TOO_BIG, position=token.position, most=MAX_NODES)
        return node


def _require_figure(expression: Expression, start: FormulaToken) -> Expression:
    """The expression. Raises FormulaError for a comparison, which is not a figure."""
    if isinstance(expression, Comparison):
        raise FormulaError(_NOT_A_FIGURE, position=start.position)
    return expression


def _value_expected(token: FormulaToken) -> FormulaError:
    if token.kind == "end":
        return FormulaError(_ENDS_EARLY, position=token.position)
    return FormulaError(_VALUE_EXPECTED, position=token.position, found=token.text)


def _unexpected_token(token: FormulaToken) -> FormulaError:
    if token.text == ")":
        return FormulaError(_CLOSES_NOTHING, position=token.position)
    if token.text == ",":
        return FormulaError(_STRAY_COMMA, position=token.position)
    return FormulaError(_SIGN_MISSING, position=token.position, found=token.text)
