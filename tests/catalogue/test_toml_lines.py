"""The line of every table and key, compared with the places that `tomllib` finds in the same text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from nqcore.catalogue.toml_lines import find_lines
from nqcore.catalogue.toml_text import Place
from tests.catalogue.test_definitions import ALL_AT_ONCE
from tests.support.small import DISTRICT, ROOT

FILES = sorted((ROOT / "plugins").rglob("*.toml"))

ODD = (
    """
# "no string"
a.'b c'."d\\"e" = 1        # three parts
"quoted = [" = '''
[not.a.table]
x = 1'''
list = [ 1, [ 2, { x = "]" } ], # a comment with ]
  2018-01-01 07:00:00, "}" ,
]
[a.f]
inline = { g = { h = [1] }, "i" = """
    + '"""'
    + """
"" text""\\
"""
    + '"""'
    + """, j = nan }
[[t]]
[[t.u]]
[[t.u]]
v = 1
[t.w]
x = true
[[t]]
[[t.u]]
v = 0x1F
"""
)


def places(value: object, at: Place = ()) -> Iterator[Place]:
    if at:
        yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*at, key))
    elif isinstance(value, list):
        for nth, inner in enumerate(value):
            yield from places(inner, (*at, nth))


@pytest.mark.parametrize(
    "text",
    [*(file.read_text("utf-8") for file in FILES), DISTRICT, ALL_AT_ONCE, ODD],
    ids=[*(file.name for file in FILES), "district", "all at once", "odd"],
)
def test_every_place_that_the_parser_finds_has_the_line_of_its_name(text: str) -> None:
    found = find_lines(text)
    assert set(found) == set(places(tomllib.loads(text)))
    lines = text.split("\n")
    for place, line in found.items():
        if isinstance(place[-1], str) and '"' not in place[-1]:
            assert place[-1] in lines[line - 1], place


def test_lines_of_odd_statements() -> None:
    found = find_lines(ODD)
    expected: dict[Place, int] = {
        ("a", "b c", 'd"e'): 3,
        ("quoted = [",): 4,
        ("list", 1, 1, "x"): 7,
        ("list", 3): 8,
        ("a", "f"): 10,
        ("a", "f", "inline", "g", "h", 0): 11,
        ("a", "f", "inline", "j"): 13,
        ("t", 0): 14,
        ("t", 0, "u", 1, "v"): 17,
        ("t", 0, "w", "x"): 19,
        ("t", 1, "u", 0): 21,
    }
    assert {place: found[place] for place in expected} == expected
