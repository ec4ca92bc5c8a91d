"""Random expressions with their values, worked out without the room under test.

The tree is grown first, in binary form, and evaluated as it is; its text is printed from it with
random spaces, spellings and redundant brackets. Nothing here imports nqcore.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

MISSING = "missing"
NA = "n/a"
ZERO = ("none", "division-by-zero")

CODES = ("A1", "B4", "C3.1", "res20.B4", "x.y.7", "Z")
SHIFTS = ("now", "now", "now", "previous", "last_year", "cumulative")
COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: not b < a,
    ">": lambda a, b: b < a,
    ">=": lambda a, b: not a < b,
    "=": lambda a, b: a - b == 0,
    "!=": lambda a, b: a - b != 0,
}

Value = Any  # a Fraction, MISSING, NA, or ("none", a name)
Tree = tuple[Any, ...]


@dataclass(frozen=True)
class Case:
    text: str
    cells: dict[tuple[str, str], Value]
    value: Value


def cases(seed: int, count: int) -> Iterator[Case]:
    """`count` random cases, the same for the same seed."""
    draw = random.Random(seed)
    while count:
        cells = {(code, shift): _cell(draw) for code in CODES for shift in set(SHIFTS)}
        size = draw.choice([3, 8, 8, 20, 20, 60, 150])
        tree = _condition(draw, size) if draw.random() < 0.1 else _figure(draw, size)
        text, _, depth = _print(tree, draw, draw.choice([0, 0.1, 0.3]))
        if len(text) <= 2_000 and depth <= 50 and _nodes(tree) <= 500:
            yield Case(text, cells, value_of(tree, cells))
            count -= 1


def _cell(draw: random.Random) -> Value:
    kind = draw.random()
    if kind < 0.06:
        return MISSING
    if kind < 0.14:
        return NA
    if kind < 0.16:
        return ("none", draw.choice("pqr"))
    if kind < 0.20:
        return Fraction(0)
    if kind < 0.7:
        return Fraction(draw.randint(-20, 20))
    if kind < 0.8:
        return Fraction(draw.randint(-999, 999), draw.randint(1, 99))
    return Fraction(draw.randint(-(10**15), 10**15), 10 ** draw.randint(0, 6))


def _number(draw: random.Random) -> Tree:
    digits = str(
        draw.choice(
            [1, 2, 5, 10, 100, draw.randint(0, 9), draw.randint(0, 10 ** draw.randint(1, 12))]
        )
    )
    decimals = "".join(draw.choices("0123456789", k=draw.choice([0, 0, 0, 1, 2, 3])))
    value = Fraction(int(digits + decimals), 10 ** len(decimals))
    return ("num", value, f"{digits}.{decimals}" if decimals else digits)


def _figure(draw: random.Random, size: int) -> Tree:
    if size <= 1:
        if draw.random() < 0.4:
            return _number(draw)
        return ("ref", draw.choice(CODES), draw.choice(SHIFTS))
    shape = draw.random()
    if shape < 0.68:
        left = draw.randint(1, size - 1) if draw.random() < 0.5 else size - 1
        return ("bin", draw.choice("+-*/"), _figure(draw, left), _figure(draw, size - left))
    if shape < 0.74:
        return ("neg", _figure(draw, size - 1))
    if shape < 0.80:
        return ("abs", _figure(draw, size - 1))
    if shape < 0.86:
        return ("round", _figure(draw, size - 1), draw.choice([None, 0, 1, 2, -1, -3, 15]))
    if shape < 0.92:
        third = max(1, size // 3)
        return ("if", _condition(draw, third), _figure(draw, third), _figure(draw, third))
    count = draw.randint(1, 4)
    parts = tuple(_figure(draw, max(1, size // count)) for _ in range(count))
    return (draw.choice(["min", "max", "coalesce"]), *parts)


def _condition(draw: random.Random, size: int) -> Tree:
    half = max(1, size // 2)
    return ("cmp", draw.choice([*COMPARE]), _figure(draw, half), _figure(draw, half))


def _nodes(tree: Tree) -> int:
    return 1 + sum(_nodes(part) for part in tree if isinstance(part, tuple))


def value_of(tree: Tree, cells: dict[tuple[str, str], Value]) -> Value:
    kind, *rest = tree
    if kind == "num":
        return rest[0]
    if kind == "ref":
        return cells[rest[0], rest[1]]
    if kind == "if":
        condition = value_of(rest[0], cells)
        if not isinstance(condition, Fraction):
            return condition
        return value_of(rest[2] if condition == 0 else rest[1], cells)
    if kind in ("bin", "cmp"):
        return _pair(rest[0], value_of(rest[1], cells), value_of(rest[2], cells))
    if kind in ("min", "max", "coalesce"):
        return _several(kind, [value_of(part, cells) for part in rest])
    inner = value_of(rest[0], cells)
    if not isinstance(inner, Fraction):
        return inner
    if kind == "neg":
        return 0 - inner
    if kind == "abs":
        return inner if inner > 0 else 0 - inner
    return _rounded(inner, rest[1] or 0)


def _rounded(value: Fraction, decimals: int) -> Fraction:
    unit = Fraction(10) ** -decimals
    away = math.floor(abs(value) / unit + Fraction(1, 2)) * unit
    return away if value >= 0 else 0 - away


def _worst(values: list[Value]) -> Value:
    nones = [value for value in values if isinstance(value, tuple)]
    return nones[0] if nones else MISSING if MISSING in values else None


def _pair(sign: str, left: Value, right: Value) -> Value:
    if worst := _worst([left, right]):
        return worst
    if sign in "+-":
        if NA == left == right:
            return NA
        left = Fraction(0) if left == NA else left
        right = Fraction(0) if right == NA else right
        return left + right if sign == "+" else left + right * -1
    if NA in (left, right):
        return NA
    if sign == "*":
        return left * right
    if sign == "/":
        return left * Fraction(right.denominator, right.numerator) if right else ZERO
    return Fraction(1 if COMPARE[sign](left, right) else 0)


def _several(kind: str, values: list[Value]) -> Value:
    known = [value for value in values if isinstance(value, Fraction)]
    if kind == "coalesce":
        return known[0] if known else _worst(values) or NA
    if worst := _worst(values):
        return worst
    return sorted(known)[0 if kind == "min" else -1] if known else NA


def _print(tree: Tree, draw: random.Random, noise: float) -> tuple[str, int, int]:
    """The text, how tightly it binds (0 comparison … 4 atom), how deep its brackets nest."""

    def space() -> str:
        if draw.random() >= noise:
            return ""
        return draw.choice([" ", "  ", "\t", "\n", "\u00a0"])

    def part(inner: Tree, least: int) -> tuple[str, int]:
        text, binds, depth = _print(inner, draw, noise)
        while binds < least or draw.random() < noise / 3:
            text, binds, depth = f"({space()}{text}{space()})", 4, depth + 1
        return f"{space()}{text}{space()}", depth

    def call(name: str, *parts: tuple[str, int]) -> tuple[str, int, int]:
        inside = ",".join(text for text, _ in parts)
        return f"{name}{space()}({inside})", 4, 1 + max(depth for _, depth in parts)

    kind, *rest = tree
    if kind == "num":
        return rest[1], 4, 0
    if kind == "ref":
        code, shift = rest
        return (code, 4, 0) if shift == "now" else call(shift, (f"{space()}{code}{space()}", 0))
    if kind == "neg":
        text, depth = part(rest[0], 3)
        return f"-{text}", 3, depth + 1
    if kind in ("bin", "cmp"):
        sign = rest[0]
        level = 0 if kind == "cmp" else 1 if sign in "+-" else 2
        left, deep = part(rest[1], max(1, level))
        right, deeper = part(rest[2], level + 1)
        spelled = draw.choice(["=", "=="]) if sign == "=" else sign
        return f"{left}{spelled}{right}", level, max(deep, deeper)
    if kind == "if":
        return call("if", part(rest[0], 0), part(rest[1], 1), part(rest[2], 1))
    if kind == "round":
        digits = [] if rest[1] is None else [(f"{space()}{rest[1]}{space()}", 0)]
        return call("round", part(rest[0], 1), *digits)
    return call(kind, *(part(inner, 1) for inner in rest))
