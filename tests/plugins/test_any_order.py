"""The order in which plugins are installed, listed or found changes nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random

import pytest

from nqcore.catalogue import Catalogue, Plugins
from nqcore.catalogue.contributions import Contributions, ask_plugins
from nqcore.catalogue.merging import merge_definitions
from tests.support.small import BUNDLED

ORDERS = 50


@pytest.fixture(scope="module")
def brought() -> Contributions:
    return ask_plugins(Plugins([one for one in BUNDLED if one != "nq_model_commune"]))


@pytest.fixture(scope="module")
def merged(brought: Contributions) -> Catalogue:
    return merge_definitions(brought)


def said(catalogue: Catalogue) -> dict[str, object]:
    """All that the catalogue has, by name; lists of plugins in the order of their names."""
    found = {one.name: getattr(catalogue, one.name) for one in fields(catalogue) if one.compare}
    found["plugins"] = sorted(found["plugins"], key=lambda one: one.name)
    found["unresolved"] = sorted(found["unresolved"], key=repr)
    found["overlays"] = sorted(found["overlays"], key=lambda one: one.id)
    found["placements"] = sorted(found["placements"], key=repr)
    found["units"] = dict(found["units"])
    found["directives"] = {one.id: one for one in found["directives"]}
    return found


@pytest.mark.parametrize("seed", range(ORDERS))
def test_the_bundled_plugins_in_any_order_are_one_catalogue(
    brought: Contributions, merged: Catalogue, seed: int
) -> None:
    chance = Random(seed)

    def shuffled(several):
        return tuple(chance.sample(several, len(several)))

    parts = ("definitions", "rules", "checks", "formats", "calendars", "plugins", "order")
    turned = replace(brought, **{part: shuffled(getattr(brought, part)) for part in parts})
    again, first = said(merge_definitions(turned)), said(merged)
    assert [*merge_definitions(turned).units] == [*merged.units]
    for name, value in first.items():
        assert again[name] == value, name
