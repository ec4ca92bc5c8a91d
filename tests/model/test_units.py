"""The tree of units: its order, what breaks it, and how it stood on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.errors import UnknownName
from nqcore.model.units import BrokenTree, Scope, Sector, Unit, UnitKind, UnitTree


def unit(
    code: str,
    parent: str | None = None,
    *,
    order: int = 0,
    opened: date | None = None,
    closed: date | None = None,
    kind: UnitKind = UnitKind.COMMUNE,
) -> Unit:
    return Unit(
        code=code, name=code, kind=kind, parent=parent, order=order, opened=opened, closed=closed
    )


@st.composite
def forests(draw: st.DrawFn) -> list[Unit]:
    """Any forest of up to 12 units, in any order of the list."""
    count = draw(st.integers(1, 12))
    units = []
    for n in range(count):
        above = draw(st.none() | st.integers(0, n - 1)) if n else None
        opened = draw(st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)))
        closed = draw(st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)))
        order = draw(st.integers(0, 2))
        parent = None if above is None else f"u{above}"
        units.append(unit(f"u{n}", parent, order=order, opened=opened, closed=closed))
    return draw(st.permutations(units))


def climbs(units: dict[str, Unit], root: str, code: str) -> bool:
    """The naive answer: walk up until the root or the end."""
    at: str | None = code
    while at is not None:
        if at == root:
            return True
        at = units[at].parent
    return False


@given(forests())
def test_a_unit_contains_another_exactly_when_one_climbs_from_it_to_the_first(
    units: list[Unit],
) -> None:
    tree, by_code = UnitTree(units), {u.code: u for u in units}
    for root in tree:
        inside = [code for code in tree if climbs(by_code, root, code)]
        assert [code for code in tree if tree.contains(root, code)] == inside
        assert [u.code for u in tree.subtree(root)] == inside


@given(forests())
def test_every_unit_stands_once_and_right_after_its_parent_or_an_elder_siblings_family(
    units: list[Unit],
) -> None:
    tree = UnitTree(units)
    assert sorted(tree) == sorted(u.code for u in units)
    walked: list[str] = []

    def walk(siblings: tuple[Unit, ...]) -> None:
        for one in siblings:
            walked.append(one.code)
            walk(tree.children(one.code))

    walk(tree.roots)
    assert walked == list(tree)


@given(forests())
def test_siblings_stand_by_their_order_and_then_by_code(units: list[Unit]) -> None:
    tree = UnitTree(units)
    for siblings in (tree.roots, *(tree.children(code) for code in tree)):
        assert list(siblings) == sorted(siblings, key=lambda u: (u.order, u.code))


@given(forests(), st.dates(date(1999, 1, 1), date(2021, 1, 1)))
def test_on_a_day_stand_exactly_the_units_that_exist_each_on_its_nearest_living_ancestor(
    units: list[Unit], day: date
) -> None:
    tree = UnitTree(units)
    then = tree.at(day)
    assert set(then) == {u.code for u in units if u.exists(day)}
    for one in then.values():
        living = [a.code for a in tree.ancestors(one.code) if a.exists(day)]
        assert one.parent == (living[0] if living else None)


def test_ancestors_go_from_the_parent_to_the_root() -> None:
    tree = UnitTree([unit("c", "b"), unit("b", "a"), unit("a")])
    assert [u.code for u in tree.ancestors("c")] == ["b", "a"]
    assert tree.ancestors("a") == ()


@pytest.mark.parametrize(
    ("units", "named", "says"),
    [
        ([unit("a"), unit("a")], "a", "stands twice"),
        ([unit("a", "gone")], "a", "“gone” is not a unit"),
        ([unit("a", "a")], "a", "under itself"),
        ([unit("r"), unit("a", "b"), unit("b", "c"), unit("c", "a")], "a", "under itself"),
    ],
)
def test_a_broken_tree_names_the_unit_and_what_is_wrong(
    units: list[Unit], named: str, says: str
) -> None:
    with pytest.raises(BrokenTree) as wrong:
        UnitTree(units)
    assert wrong.value.params["unit"] == named
    assert says in str(wrong.value)


def test_a_unit_lives_from_its_first_day_until_the_day_before_it_is_closed() -> None:
    one = unit("a", opened=date(2010, 1, 1), closed=date(2015, 7, 1))
    day = timedelta(days=1)
    assert not one.exists(date(2010, 1, 1) - day)
    assert one.exists(date(2010, 1, 1))
    assert one.exists(date(2015, 7, 1) - day)
    assert not one.exists(date(2015, 7, 1))
    assert unit("b").exists(date(1, 1, 1))
    assert one.exists_within(date(2010, 1, 1), date(2015, 6, 30))
    assert not one.exists_within(date(2009, 12, 31), date(2015, 6, 30))
    assert not one.exists_within(date(2010, 1, 1), date(2015, 7, 1))


def test_an_unknown_unit_is_an_unknown_name_and_get_gives_none() -> None:
    tree = UnitTree([unit("a")])
    with pytest.raises(UnknownName, match="There is no unit “nobody”"):
        tree["nobody"]
    with pytest.raises(UnknownName):
        tree.subtree("nobody")
    assert tree.get("nobody") is None
    assert not tree.contains("a", "nobody")
    assert not tree.contains("nobody", "a")


ENTERPRISE = Unit(
    code="dn", name="dn", kind=UnitKind.ENTERPRISE, sector=Sector.NON_STATE, parent="xa"
)


@pytest.mark.parametrize(
    ("scope", "covers"),
    [
        (Scope(), True),
        (Scope(kinds=frozenset({UnitKind.ENTERPRISE})), True),
        (Scope(kinds=frozenset({UnitKind.COMMUNE})), False),
        (Scope(sectors=frozenset({Sector.NON_STATE})), True),
        (Scope(sectors=frozenset({Sector.STATE})), False),
        (Scope(units=frozenset({"dn"})), True),
        (Scope(units=frozenset({"xa"})), False),
        (Scope(within="xa"), True),
        (Scope(within="dn"), True),
        (Scope(within="yb"), False),
        (Scope(within="nobody"), False),
        (Scope(kinds=frozenset({UnitKind.ENTERPRISE}), sectors=frozenset({Sector.STATE})), False),
    ],
)
def test_a_scope_covers_a_unit_when_every_part_of_it_does(scope: Scope, covers: bool) -> None:
    tree = UnitTree([unit("xa"), unit("yb"), ENTERPRISE])
    assert scope.covers(ENTERPRISE, tree) is covers


def test_a_scope_by_sector_leaves_out_units_of_no_sector() -> None:
    commune = unit("xa")
    assert not Scope(sectors=frozenset(Sector)).covers(commune, UnitTree([commune]))
