"""Which indicators add up over units and over time."""

from __future__ import annotations

import pytest

from nqcore.catalogue.additivity import adds_over_time, adds_over_units
from tests.support.small import DISTRICT, catalogue

MORE = """
[pack]
id = "x"
since = 2017-01-01
basis = "b"
"""


def indicator(label: str, **keys: str) -> str:
    given = "\n".join(f'{key} = "{value}"' for key, value in {"measure": "người", **keys}.items())
    return f'[[indicator]]\nlabel = "{label}"\nname = "n"\n{given}\n'


@pytest.mark.parametrize(
    ("keys", "units", "time"),
    [
        ({}, True, True),
        ({"time": "last"}, True, False),
        ({"measure": "%"}, False, False),
        ({"units": "mean"}, False, True),
        ({"units": "count"}, True, True),
        ({"formula": "s.A1 + s.A1"}, True, True),
        ({"formula": "s.A1 - 2 * s.A1"}, True, True),
        ({"formula": "s.A1 / 1000"}, True, True),
        ({"formula": "s.B1 + s.A1"}, True, False),
        ({"formula": "s.B3 / s.B1"}, False, False),
        ({"formula": "s.A1 * s.B1"}, False, False),
        ({"formula": "max(s.A1, s.B1)"}, False, False),
        ({"formula": "if(s.A1 > 3, s.A1, 0)"}, False, False),
        ({"formula": "coalesce(s.A1, 0)"}, True, True),
        ({"formula": "cumulative(s.A1)"}, True, False),
        ({"formula": "previous(X) + s.A1"}, True, False),
        ({"formula": "s.B2.1 + s.A1"}, False, False),
    ],
)
def test_a_computed_indicator_adds_up_if_it_only_adds_what_adds_up(
    keys: dict[str, str], units: bool, time: bool
) -> None:
    known = catalogue(DISTRICT, MORE + indicator("X", **keys))
    one = known.indicator("x.X")
    assert (adds_over_units(known, one), adds_over_time(known, one)) == (units, time)
