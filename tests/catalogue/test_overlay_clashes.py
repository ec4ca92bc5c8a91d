"""Two overlays of one target, unit and day with different values: an error that names both."""

from __future__ import annotations

import pytest

from nqcore.catalogue import Catalogue, Plugins, build_catalogue, parse_definitions
from nqcore.catalogue.overlay_clashes import OverlaysClash
from tests.support.small import DISTRICT, plugin

TARGET = """
[pack]
id = "s"
since = 2017-01-01
basis = "Nghị quyết"
[[target]]
id = "m"
directive = "1-NQ/HU"
indicator = "A1"
value = 10
period = "2018"
"""


def overlay(id: str, value: int, within: str = "xa-a", since: str = "2018-01-01") -> str:
    return (
        f'[pack]\nbasis = "b"\n[[overlay]]\nid = "{id}"\ntarget = "m"\nwithin = "{within}"\n'
        f"since = {since}\n[overlay.set]\nvalue = {value}\n"
    )


def merged(*texts: str, own: str = "") -> Catalogue:
    several = [(f"nq_{n}", plugin(f"nq_{n}", text)) for n, text in enumerate(texts)]
    office = parse_definitions("own.toml", own) if own else None
    return build_catalogue(Plugins((), several), office)


def test_both_overlays_and_their_owners_are_named() -> None:
    with pytest.raises(OverlaysClash) as wrong:
        merged(DISTRICT, TARGET, overlay("o1", 81), overlay("o2", 82))
    for name in ("“o1” (nq_2)", "“o2” (nq_3)", "“m”", "“xa-a”", "01/01/2018"):
        assert name in str(wrong.value)
    with pytest.raises(OverlaysClash, match=r"“o2” \(workspace\)"):
        merged(DISTRICT, TARGET, overlay("o1", 81), own=overlay("o2", 82))


@pytest.mark.parametrize(
    "other",
    [
        overlay("o2", 81),
        overlay("o2", 82, within="xa-b"),
        overlay("o2", 82, since="2018-02-01"),
    ],
)
def test_overlays_that_agree_or_have_another_rank_do_not_clash(other: str) -> None:
    assert len(merged(DISTRICT, TARGET, overlay("o1", 81), other).overlays) == 2
