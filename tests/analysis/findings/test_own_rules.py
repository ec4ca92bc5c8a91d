"""The library's own rules: what would end a worsening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from nqcore.analysis.findings.changes import worsened
from nqcore.analysis.findings.own_rules import _what_ends_it
from nqcore.model.claims import Claim, change_relation
from nqcore.model.figures import Coverage, Figure
from nqcore.model.indicators import Direction, Indicator


def indicator(direction: Direction, measure: str = "người") -> Indicator:
    return Indicator(code="s.A1", label="A1", name="Số người", measure=measure, direction=direction)


def figure(value: str) -> Figure:
    return Figure(
        indicator="s.A1",
        unit="top",
        period="2018",
        value=Decimal(value),
        decimals=0,
        measure="người",
        coverage=Coverage(due=1, reported=1),
    )


def claims(*changes: tuple[str, str]) -> list[Claim]:
    return [
        Claim(
            relation=change_relation(Decimal(before), Decimal(now)),
            subject="s.A1",
            unit="top",
            start=date(2017, 1, 1),
            end=date(2018, 12, 31),
            values=(figure(before), figure(now)),
        )
        for before, now in changes
    ]


UP, DOWN = indicator(Direction.UP), indicator(Direction.DOWN)
ENDS = "It ends when it is worse than {} by less than 10%."


@pytest.mark.parametrize(
    ("of", "changes", "said"),
    [
        (UP, [("1818", "1200")], ENDS.format("1.818")),
        (DOWN, [("100", "130")], ENDS.format("100")),
        # Both changes end at one value: then it must be near the better of the two.
        (UP, [("100", "50"), ("120", "50")], ENDS.format("120")),
        (DOWN, [("100", "300"), ("120", "300")], ENDS.format("100")),
        # The change over whole years is past: the recent one can still end.
        (UP, [("100", "50"), ("60", "40")], ENDS.format("60")),
        # Of few, fewer than five are no shortcoming.
        (
            UP,
            [("100", "50"), ("20", "10")],
            "It ends when it is worse than 20 by less than 5 người.",
        ),
    ],
)
def test_what_ends_a_worsening_is_a_value_near_the_former_one(
    of: Indicator, changes: Sequence[tuple[str, str]], said: str
) -> None:
    assert str(_what_ends_it(of, claims(*changes))) == said


def test_a_per_cent_ends_by_points() -> None:
    said = str(_what_ends_it(indicator(Direction.UP, "%"), claims(("80", "70"))))
    assert said == "It ends when it is worse than 80% by less than 5 percentage points."


@pytest.mark.parametrize(
    "of", [UP, DOWN, indicator(Direction.UP, "%"), indicator(Direction.DOWN, "%")]
)
@pytest.mark.parametrize(("loss", "is_one"), [("4", False), ("5", None), ("9", None), ("10", True)])
def test_it_is_no_worsening_with_less_than_is_said(
    of: Indicator, loss: str, is_one: bool | None
) -> None:
    """Of 100: under both limits, at the one or the other, at both."""
    sign = -1 if of.direction is Direction.UP else 1
    now = figure(str(100 + sign * int(loss)))
    expected = of.measure == "%" if is_one is None else is_one
    assert worsened(of, figure("100"), now) is expected
