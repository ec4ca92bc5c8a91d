"""Change requests: what an office asks for becomes events and new units, or is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from nqcore.collection.reorganisation.change_request import (
    ChangeRequest,
    NameMissing,
    NothingChosen,
    NotThere,
    OddYear,
    SharesNotWhole,
    TooFewParts,
)
from nqcore.model.changes import ChangeKind
from nqcore.model.units import Sector, UnitKind
from nqcore.workspace.facade import Workspace
from tests.collection.reorganisation.office import BASIS, DAY, office


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with office(tmp_path / "ws") as found:
        yield found


def request(ws: Workspace, day: date = DAY) -> ChangeRequest:
    return ChangeRequest(catalogue=ws.catalogue, tree=ws.units, day=day, basis=BASIS)


def shares(ws: Workspace, *given: Fraction | None, kept: Fraction | None = None) -> list[object]:
    """The declared shares of the transfers of a split of xa-a into parts with `given` shares."""
    parts = [(f"Xã {n}", share) for n, share in enumerate(given)]
    found = request(ws).split("xa-a", parts, kept_share=kept, continues=kept is not None)
    return [transfer.share for transfer in found.events[0].transfers]


def test_a_merge_into_a_new_unit_takes_the_place_of_the_first_one(ws: Workspace) -> None:
    found = request(ws).merge(["xa-a", "xa-b", "xa-a"], name="  Xã An Bình ")
    (unit,) = found.units
    assert (unit.code, unit.name, unit.kind, unit.parent) == (
        "xa-an-binh", "Xã An Bình", UnitKind.COMMUNE, "huyen",
    )  # fmt: skip
    assert (unit.opened, unit.basis) == (DAY, BASIS)
    (event,) = found.events
    assert [(t.source, t.target) for t in event.transfers] == [
        ("xa-a", "xa-an-binh"),
        ("xa-b", "xa-an-binh"),
    ]


def test_a_merge_into_one_of_the_units_renames_it_only_when_its_name_changes(ws: Workspace) -> None:
    same = request(ws).merge(["xa-a"], into="xa-b", name="Xã Bình Minh")
    assert [event.kind for event in same.events] == [ChangeKind.MERGE]
    other = request(ws).merge(["xa-a"], into="xa-b", name="Xã Bình An")
    assert [event.kind for event in other.events] == [ChangeKind.MERGE, ChangeKind.RENAME]
    assert (other.events[1].unit, other.events[1].name) == ("xa-b", "Xã Bình An")
    assert other.units == same.units == ()


def test_one_unit_is_no_merge_even_if_it_is_named_twice(ws: Workspace) -> None:
    with pytest.raises(NothingChosen):
        request(ws).merge(["xa-a", "xa-a"], into="xa-a")
    with pytest.raises(NameMissing):
        request(ws).merge(["xa-a", "xa-b"], name=" ")


def test_shares_of_a_split_are_all_declared_and_make_the_whole_or_none_is(ws: Workspace) -> None:
    third = Fraction(1, 3)
    assert shares(ws, None, None) == [None, None]
    assert shares(ws, third, 2 * third) == [third, 2 * third]
    assert shares(ws, third, kept=2 * third) == [2 * third, third]
    for given in ((third, third), (third, None), (third, 2 * third, third)):
        with pytest.raises(SharesNotWhole):
            shares(ws, *given)


def test_a_split_needs_two_parts_and_parts_without_a_name_do_not_count(ws: Workspace) -> None:
    with pytest.raises(TooFewParts):
        request(ws).split("xa-a", [("Xã Một", None), (" ", None)])
    with pytest.raises(TooFewParts):
        request(ws).split("xa-a", [], continues=True)
    found = request(ws).split("xa-a", [("Xã Một", None), (" ", None)], continues=True)
    assert [t.target for t in found.events[0].transfers] == ["xa-a", "xa-mot"]


def test_new_units_of_one_name_get_different_codes(ws: Workspace) -> None:
    found = request(ws).split("xa-a", [("Xã Mới", None), ("Xã Mới", None)])
    assert [unit.code for unit in found.units] == ["xa-moi", "xa-moi-2"]


def test_a_new_unit_has_the_kind_that_is_asked_for_and_no_code_of_another(ws: Workspace) -> None:
    found = request(ws).open("xa-c", "HTX Bình Minh", UnitKind.COOPERATIVE, Sector.NON_STATE)
    (unit,) = found.units
    assert (unit.code, unit.parent, unit.kind, unit.sector) == (
        "htx-binh-minh", "xa-c", UnitKind.COOPERATIVE, Sector.NON_STATE,
    )  # fmt: skip
    again = request(ws).open("xa-c", "HTX", UnitKind.COOPERATIVE, Sector.NON_STATE)
    assert [unit.code for unit in again.units] == ["htx-2"]


def test_a_change_of_units_that_do_not_exist_on_the_eve_is_refused(ws: Workspace) -> None:
    merge = request(ws).merge(["xa-a", "xa-b"], name="Xã An Bình")
    ws.organisation.change_units(*merge.events, units=merge.units, by="qt")
    with pytest.raises(NotThere):
        request(ws).rename("xa-an-binh", "Xã Khác")
    with pytest.raises(NotThere):
        request(ws, DAY.replace(day=2)).rename("xa-a", "Xã Khác")
    assert request(ws, DAY.replace(day=2)).rename("xa-an-binh", "Xã Khác").events


@pytest.mark.parametrize(("year", "possible"), [(1944, 0), (1945, 1), (2099, 1), (2100, 0)])
def test_a_year_that_is_probably_mistyped_is_refused(
    ws: Workspace, year: int, possible: int
) -> None:
    change = request(ws, date(year, 12, 31))
    if possible:
        assert len(change.rename("xa-a", "Xã Khác").events) == 1
    else:
        with pytest.raises(OddYear):
            change.rename("xa-a", "Xã Khác")
