"""Which targets hold for a unit on a day: scope, passing down, overlays with their basis, heirs."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from nqcore.catalogue import Catalogue
from nqcore.catalogue.targets_in_force import (
    figure_scope,
    target_as_set,
    target_in_force,
    targets_in_force,
)
from nqcore.errors import UnknownName
from nqcore.model.units import EVERY_UNIT, Scope, UnitKind
from tests.support.small import DISTRICT, ROOT, catalogue

DAY = date(2018, 6, 1)
PACK = '[pack]\nid = "s"\nsince = 2017-01-01\nbasis = "Nghị quyết số 1"\n'
ALL = {"top", "xa-a", "xa-b", "dn-1", "dn-2", "dn-3"}


def target(more: str = "", indicator: str = "A1", id: str = "m") -> str:
    return (
        f'[[target]]\nid = "{id}"\ndirective = "1-NQ/HU"\nindicator = "{indicator}"\nvalue = 10\n'
        f'period = "2018"\n{more}\n'
    )


def overlay(value: int, within: str, since: str = "2018-01-01", id: str = "o") -> str:
    return (
        f'[[overlay]]\nid = "{id}"\ntarget = "m"\nwithin = "{within}"\nsince = {since}\n'
        f'basis = "Công văn {id}"\n[overlay.set]\nvalue = {value}\n'
    )


def known(*parts: str) -> Catalogue:
    return catalogue(DISTRICT, PACK + "".join(parts))


def holders(known: Catalogue) -> set[str]:
    found = known.targets["m"]
    return {u for u in known.units if target_in_force(known, found, u, DAY) is not None}


@pytest.mark.parametrize(
    ("more", "absolute", "rate"),
    [
        ("", {"top"}, ALL),
        ('scope = { within = "top" }', {"top"}, ALL),
        ('scope = { within = "xa-a" }', {"xa-a"}, {"xa-a", "dn-1", "dn-2"}),
        ('scope = { units = ["xa-a"] }', {"xa-a"}, {"xa-a"}),
        ('scope = { units = ["xa-a", "xa-b"] }', {"xa-a", "xa-b"}, {"xa-a", "xa-b"}),
        ('scope = { kinds = ["commune"] }', {"xa-a", "xa-b"}, {"top", "xa-a", "xa-b"}),
        ('scope = { kinds = ["commune"] }\neach = false', {"top"}, {"top"}),
        ('scope = { within = "xa-a" }\neach = true', {"dn-1", "dn-2"}, {"dn-1", "dn-2"}),
        ("each = true", ALL - {"top"}, ALL - {"top"}),
        ("each = false", {"top"}, {"top"}),
        ('scope = { sectors = ["state"] }\neach = true', {"dn-3"}, {"dn-3"}),
    ],
)
def test_a_number_is_the_target_of_its_scope_as_a_whole_and_a_rate_of_each_unit(
    more: str, absolute: set[str], rate: set[str]
) -> None:
    assert holders(known(target(more))) == absolute
    assert holders(known(target(more, "B2.1"))) == rate


def test_an_overlay_gives_its_unit_a_value_and_its_own_basis() -> None:
    found = known(target(), overlay(12, "top"), overlay(4, "xa-a", id="p"))

    def of(unit: str, on: date = DAY) -> tuple[Decimal, str] | None:
        held = targets_in_force(found, "s.A1", unit, on)
        return (held[0].value, held[0].basis) if held else None

    assert of("top") == (Decimal(12), "Công văn o")
    # A part of a number is the own target of the unit for which it is set, not of those below.
    assert of("xa-a") == (Decimal(4), "Công văn p")
    assert of("dn-1") is None
    assert of("top", date(2017, 12, 31)) == (Decimal(10), "Nghị quyết số 1")
    assert of("xa-a", date(2017, 12, 31)) is None
    rate = known(target("", "B2.1"), overlay(12, "xa-a"))
    assert [t.value for t in targets_in_force(rate, "s.B2.1", "dn-1", DAY)] == [Decimal(12)]
    assert [t.value for t in targets_in_force(rate, "s.B2.1", "xa-b", DAY)] == [Decimal(10)]


def test_a_later_overlay_of_the_same_unit_wins() -> None:
    found = known(target(), overlay(12, "top"), overlay(13, "top", "2018-05-01", "later"))
    (held,) = targets_in_force(found, "s.A1", "top", DAY)
    assert (held.value, held.basis) == (Decimal(13), "Công văn later")


def test_what_is_decided_after_the_period_does_not_change_what_was_asked() -> None:
    found = known(target(), overlay(12, "top", "2019-01-01"))
    (held,) = targets_in_force(found, "s.A1", "top", date(2019, 6, 1))
    assert (held.value, held.basis) == (Decimal(10), "Nghị quyết số 1")


def test_targets_of_an_indicator_come_in_the_order_of_the_catalogue_and_unknown_ones_are_refused() -> (
    None
):
    found = known(target(id="b"), target(id="a"), target(indicator="B1", id="c"))
    assert [t.id for t in targets_in_force(found, "s.A1", "top", DAY)] == ["b", "a"]
    with pytest.raises(UnknownName):
        targets_in_force(found, "s.Z9", "top", DAY)


def test_a_list_of_targets_has_the_value_that_holds_for_the_first_unit() -> None:
    set_for = known(target('scope = { within = "xa-a" }'), overlay(4, "xa-a"))
    shown = target_as_set(set_for, set_for.targets["m"], DAY)
    assert shown is not None
    assert shown.value == 4
    each = known(target('scope = { kinds = ["commune"] }'), overlay(4, "xa-b"))
    shown = target_as_set(each, each.targets["m"], DAY)
    assert shown is not None
    assert shown.value == 10


def test_a_target_that_has_ended_with_its_unit_holds_for_none() -> None:
    ended = (
        '[[handover]]\nunit = "dn-2"\ntarget = "m"\nway = "end"\nsince = 2018-06-15\nbasis = "b"\n'
    )
    found = known(target('scope = { units = ["dn-2"] }'), ended)
    one = found.targets["m"]
    assert target_in_force(found, one, "dn-2", DAY) is not None
    assert target_in_force(found, one, "dn-2", date(2018, 7, 1)) is None
    assert target_as_set(found, one, date(2018, 7, 1)) is None


@pytest.mark.parametrize(
    ("more", "indicator", "unit", "scope"),
    [
        ("", "A1", "top", EVERY_UNIT),
        ('scope = { kinds = ["commune"] }', "A1", "xa-a", EVERY_UNIT),
        ('scope = { kinds = ["enterprise"] }', "B2.1", "xa-a", EVERY_UNIT),
        (
            'scope = { kinds = ["commune"] }\neach = false',
            "A1",
            "top",
            Scope(kinds=frozenset({UnitKind.COMMUNE})),
        ),
        (
            'scope = { within = "xa-a", kinds = ["enterprise"] }',
            "B2.1",
            "xa-a",
            Scope(kinds=frozenset({UnitKind.ENTERPRISE})),
        ),
        ('scope = { units = ["xa-a"] }', "A1", "xa-a", EVERY_UNIT),
    ],
)
def test_the_figure_of_a_whole_is_that_of_the_units_which_the_scope_selects(
    more: str, indicator: str, unit: str, scope: Scope
) -> None:
    found = known(target(more, indicator))
    assert figure_scope(found, found.targets["m"], found.units[unit]) == scope


def test_no_other_module_works_out_for_itself_which_target_holds() -> None:
    sources = [p for folder in ("nqcore", "webforms") for p in (ROOT / folder).rglob("*.py")]
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in sources
        if re.search(r'overlaid\(\s*"target"|\.target_at\(', path.read_text("utf-8"))
    }
    assert asking == {"nqcore/catalogue/targets_in_force.py"}
