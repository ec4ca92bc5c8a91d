"""One definition is one thing: as an item of the office, in a file, in a pack and in a plugin."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.catalogue import (
    Catalogue,
    Definitions,
    PackFile,
    Plugins,
    ask_plugins,
    build_catalogue,
    merge_definitions,
    parse_definitions,
    read_definitions,
)
from nqcore.catalogue.item_kinds import (
    ITEM_FIELDS,
    Item,
    definitions_of,
    item_text,
    items_of,
    items_text,
    read_item,
)
from nqcore.catalogue.item_mistakes import read_tables
from nqcore.workspace.demo import PLUGINS
from tests.support.small import DISTRICT, SMALL, plugin

BUNDLED = [name for name in PLUGINS if name.startswith("nq_")]


@pytest.mark.parametrize("name", BUNDLED)
def test_every_item_of_the_bundled_plugins_is_read_back_from_its_own_text(name: str) -> None:
    for definitions in (each for _, each in Plugins([name]).collect("definitions")):
        for item in items_of(definitions):
            assert read_item(item.address, item_text(item)) == item
        own = {field: getattr(definitions, field) for field in ITEM_FIELDS.values()}
        assert parse_definitions("all", items_text(items_of(definitions)) + "\n") == Definitions(
            **own
        )


def test_every_kind_of_table_that_an_office_makes_is_a_field_of_definitions() -> None:
    of_units = {"units", "changes", "placements", "handovers"}
    assert {*ITEM_FIELDS.values()} | of_units == {one.name for one in fields(Definitions)}


# -- any set ---------------------------------------------------------------------------------------

words = st.text("abcđêôượ AB:.,“”\"'\\", min_size=1, max_size=12).filter(str.strip)
days = st.dates(date(2015, 1, 1), date(2020, 1, 1))
scopes = st.sampled_from(
    [
        {},
        {"kinds": ["commune"]},
        {"units": ["xa-a", "xa-b"]},
        {"within": "xa-a", "sectors": ["state"]},
    ]
)
BASIS = "Công văn 5"


def dated(draw: st.DrawFn) -> dict[str, Any]:
    """Dates and units as a part of a form has them."""
    since = draw(days)
    found: dict[str, Any] = {"since": since, "basis": BASIS}
    if draw(st.booleans()):
        found["until"] = since + timedelta(days=draw(st.integers(1, 900)))
    if scope := draw(scopes):
        found["asks"] = scope
    return found


@st.composite
def contents(draw: st.DrawFn) -> list[tuple[str, dict[str, Any]]]:
    """Tables of an office, in any number: each of them can stand in the small district."""
    codes = [f"vp.A{n}" for n in range(draw(st.integers(0, 4)))]
    tables: list[tuple[str, dict[str, Any]]] = []
    for nth, code in enumerate(codes):
        table: dict[str, Any] = {
            "code": code,
            "label": f"A{nth + 20}",
            "name": draw(words),
            "measure": draw(words),
            "since": draw(days),
            "basis": BASIS,
            "minimum": draw(st.sampled_from(["none", 0, "-1.5"])),
            "decimals": draw(st.integers(0, 3)),
        }
        if nth and draw(st.booleans()):
            table["formula"] = f"{codes[0]} / s.A1 * 100"
        tables.append(("indicator", table))
    for nth in range(draw(st.integers(0, 2))):
        head = {"form": "s.q", "key": f"Z{nth}", "title": draw(words)}
        tables.append(("section", head | dated(draw)))
    for nth in range(draw(st.integers(0, 4))):
        question: dict[str, Any] = {
            "form": "s.q",
            "section": draw(st.sampled_from(["A", "B"])),
            "key": f"Q{nth}",
            "label": draw(words),
        } | dated(draw)
        question["type"] = draw(st.sampled_from(["narrative", "choices", "yes_no", "day"]))
        if question["type"] == "choices":
            question["option"] = [{"code": "a", "text": draw(words)}]
        if draw(st.booleans()):
            question["order"] = draw(st.integers(1, 5))
        tables.append(("question", question))
    for nth in range(draw(st.integers(0, 3))):
        overlay = {
            "id": f"vp.o{nth}",
            "form": "s.q",
            "within": draw(st.sampled_from(["top", "xa-a"])),
            "since": draw(days),
            "basis": BASIS,
            "set": {"without": draw(st.sampled_from([["A1"], ["B1", "K1"]]))},
        }
        tables.append(("overlay", overlay))
    for nth in range(draw(st.integers(0, 2))):
        tables.append(
            (
                "task",
                {
                    "id": f"vp.t{nth}",
                    "directive": "1-NQ/HU",
                    "title": draw(words),
                    "responsible": "xa-a",
                    "order": draw(st.integers(0, 9)),
                    "basis": BASIS,
                },
            )
        )
    return tables


def definitions_in(catalogue: Catalogue) -> dict[str, Any]:
    """All that a catalogue says, without who said it."""
    names = ("forms", "indicators", "versions", "targets", "tasks", "rules", "letterheads")
    found: dict[str, Any] = {name: dict(getattr(catalogue, name)) for name in names}
    overlays = sorted(catalogue.overlays, key=lambda one: one.id)
    return found | {"overlays": overlays, "kinds": {*catalogue.owners}}


@settings(max_examples=60, deadline=None)
@given(contents())
def test_items_a_file_a_pack_and_a_plugin_give_equal_catalogues(
    tables: list[tuple[str, dict[str, Any]]],
) -> None:
    items, mistakes = read_tables(tables)
    assert mistakes == ()
    alone = ask_plugins(Plugins([], [("nq_small", SMALL)]))
    stored = [read_item(item.address, item_text(item)) for item in items]
    as_items = merge_definitions(alone, definitions_of(stored))
    text = items_text(items) or "# nothing\n"
    as_file = merge_definitions(alone, parse_definitions("f", text))
    pack = PackFile(name="goi", file="packs/goi.toml", sha256="0" * 64, text=text)
    as_pack = build_catalogue(Plugins([], [("nq_small", SMALL)], [pack]))
    as_plugin = build_catalogue(Plugins([], [("nq_small", SMALL), ("goi", plugin("goi", text))]))
    assert as_pack.faults == as_plugin.faults == ()
    wanted = definitions_in(as_items)
    for other in (as_file, as_pack, as_plugin):
        assert definitions_in(other) == wanted
    owners = {"nq_small", "workspace", "goi"}
    assert {*as_items.owners.values()} <= owners
    assert as_pack.owners == as_plugin.owners


@settings(max_examples=60, deadline=None)
@given(contents(), st.randoms())
def test_the_order_in_which_items_come_does_not_matter(
    tables: list[tuple[str, dict[str, Any]]], random: Any
) -> None:
    alone = ask_plugins(Plugins([], [("nq_small", SMALL)]))
    items, _ = read_tables(tables)
    mixed = list(items)
    random.shuffle(mixed)
    one, other = (merge_definitions(alone, definitions_of(each)) for each in (items, mixed))
    assert definitions_in(one) == definitions_in(other)


def test_a_text_says_everything_that_its_file_said_once() -> None:
    item = next(
        i for i in items_of(parse_definitions("d", DISTRICT)) if i.id == "s.B2.1@2017-01-01"
    )
    table = tomllib.loads(item_text(item))["indicator"][0]
    assert (table["code"], table["since"], table["basis"]) == (
        "s.B2.1",
        date(2017, 1, 1),
        "Kế hoạch số 1",
    )
    assert table["formula"] == "s.B2/s.B1*100"


def test_a_field_of_a_list_with_dates_is_a_table_in_it() -> None:
    form = parse_definitions("d", DISTRICT).forms[0]
    section = form.sections[0]
    ended = replace(section.fields[1], until=date(2018, 4, 1))
    changed = replace(section, fields=(section.fields[0], ended, *section.fields[2:]))
    item = Item("form", replace(form, sections=(changed, *form.sections[1:])))
    figures = tomllib.loads(item_text(item))["form"][0]["section"][0]["figures"]
    assert [type(one) for one in figures] == [str, dict, str, str]
    assert read_item("x", item_text(item)) == item


def test_reading_a_package_is_not_changed_by_it() -> None:
    assert isinstance(read_definitions("nq_res20").forms[0].sections, tuple)
    assert isinstance(ITEM_FIELDS, MappingProxyType)
