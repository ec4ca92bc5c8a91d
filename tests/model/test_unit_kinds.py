"""A kind of units is its code; a kind that is data behaves like the built-in one that it is like."""

from __future__ import annotations

import copy
import pickle

import pytest

from nqcore.model.codec import Codec
from nqcore.model.unit_kinds import UnitKindDefinition, with_kind
from nqcore.model.units import BUILT_IN_KINDS, Scope, Sector, Unit, UnitKind, UnitTree

SCHOOL = UnitKind("school", UnitKind.AGENCY)
FOREIGN = UnitKind("foreign-enterprise", UnitKind.ENTERPRISE)


@pytest.mark.parametrize("kind", BUILT_IN_KINDS)
def test_a_built_in_kind_is_one_object_and_like_itself(kind: UnitKind) -> None:
    assert UnitKind(str(kind)) is kind
    assert kind.like is kind
    assert UnitKind(str(kind), UnitKind.AGENCY) is kind


def test_kinds_of_one_code_are_equal_whatever_is_known_of_them() -> None:
    assert UnitKind("school") == SCHOOL == "school"
    assert len({UnitKind("school"), SCHOOL}) == 1


def test_a_kind_that_nobody_defines_is_like_an_agency() -> None:
    assert UnitKind("làng".replace("à", "a")).like is UnitKind.AGENCY


@pytest.mark.parametrize("text", ["", "Xã", "two words", "-a", "A", "a_b", "xã"])
def test_what_is_no_code_is_no_kind(text: str) -> None:
    with pytest.raises(ValueError, match="no code"):
        UnitKind(text)


@pytest.mark.parametrize("kind", [UnitKind.COMMUNE, SCHOOL, FOREIGN])
def test_a_kind_is_the_same_after_a_copy(kind: UnitKind) -> None:
    for again in (pickle.loads(pickle.dumps(kind)), copy.deepcopy(kind)):
        assert (again, again.like) == (kind, kind.like)
    assert pickle.loads(pickle.dumps(UnitKind.COMMUNE)) is UnitKind.COMMUNE


def test_a_document_has_the_code_and_nothing_else() -> None:
    codec = Codec(Unit, optional={"ids"})
    unit = Unit(code="thcs", name="Trường THCS An Phú", kind=SCHOOL)
    doc = codec.to_doc(unit)
    assert (doc["kind"], type(doc["kind"])) == ("school", str)
    assert codec.from_doc(doc) == unit


@pytest.mark.parametrize(
    ("kinds", "covered"),
    [
        ({UnitKind.ENTERPRISE}, {"a", "b"}),
        ({FOREIGN}, {"b"}),
        ({UnitKind.AGENCY}, {"c", "top"}),
        ({SCHOOL}, {"c"}),
        ({SCHOOL, UnitKind.ENTERPRISE}, {"a", "b", "c"}),
        ({UnitKind.COMMUNE}, set()),
    ],
)
def test_a_scope_names_a_kind_exactly_or_a_built_in_one_with_all_that_are_like_it(
    kinds: set[UnitKind], covered: set[str]
) -> None:
    top = Unit(code="top", name="Ban", kind=UnitKind.AGENCY)
    units = [
        top,
        Unit(code="a", name="A", kind=UnitKind.ENTERPRISE, parent="top"),
        Unit(code="b", name="B", kind=FOREIGN, parent="top"),
        Unit(code="c", name="C", kind=SCHOOL, parent="top"),
    ]
    tree = UnitTree(units)
    scope = Scope(kinds=frozenset(kinds))
    assert {unit.code for unit in units if scope.covers(unit, tree)} == covered


def test_a_unit_takes_the_likeness_and_the_sector_of_its_kind() -> None:
    fdi = UnitKindDefinition(
        code="foreign-enterprise",
        name="Doanh nghiệp FDI",
        like=UnitKind.ENTERPRISE,
        sector=Sector.NON_STATE,
    )
    plain = Unit(code="a", name="A", kind=UnitKind("foreign-enterprise"))
    found = with_kind(plain, {fdi.code: fdi})
    assert (found.kind.like, found.sector) == (UnitKind.ENTERPRISE, Sector.NON_STATE)
    assert with_kind(plain, {}) is plain
