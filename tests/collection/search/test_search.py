"""One search over everything that an account may see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.collection.accounts.access import Role
from nqcore.collection.reorganisation.change_request import ChangeRequest
from nqcore.collection.search.entries import Entry, Found, entry
from nqcore.collection.search.finding import Query, find
from nqcore.text.folding import fold
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.collection.reorganisation.office import BASIS, DAY, later, office

VI = translator("vi")
UNITS = [
    "Xã An Phú",
    "Xã Phú An",
    "Công ty CP Chế biến gỗ An Phú",
    "Phòng Lao động",
    "Trạm Y tế xã Ân Phụ",
]
THINGS = tuple(entry(Found.UNIT, f"u-{nth}", name) for nth, name in enumerate(UNITS))


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Iterator[Workspace]:
    with open_workspace(demo_folder) as ws:
        yield ws


def names(text: str, things: tuple[Entry, ...] = THINGS) -> list[str]:
    return [one.name for one in find(Query(text), things)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an phu", ["Xã An Phú", "Xã Phú An", UNITS[2], UNITS[4]]),
        ("ân phụ", [UNITS[4], "Xã An Phú", "Xã Phú An", UNITS[2]]),
        ("phú an", ["Xã Phú An", "Xã An Phú", UNITS[2], UNITS[4]]),
        ("XA AN", ["Xã An Phú", "Xã Phú An", UNITS[4]]),
        ("ty go", [UNITS[2]]),
        ("u-3", ["Phòng Lao động"]),
        ("hu", []),  # a part within a word is no answer: nobody types it
        ("lao dong xa", []),
        ("", []),
        ("  -/ ", []),
    ],
)
def test_every_word_begins_a_word_of_the_answer_and_the_nearest_comes_first(
    text: str, found: list[str]
) -> None:
    assert set(names(text)) == set(found)
    assert names(text)[:1] == found[:1]


@given(st.data())
def test_the_order_and_the_accents_of_the_words_make_no_difference(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(UNITS))
    words = data.draw(st.permutations(name.split()))
    assert name in names(" ".join(words))
    assert name in names(fold(" ".join(words)))


@pytest.mark.parametrize(
    ("login", "text", "kind", "first"),
    [
        (
            "vanphong",
            "bao hiem no",
            Found.INDICATOR,
            "B5. Số tiền nợ đọng bảo hiểm xã hội đến cuối kỳ",
        ),
        ("vanphong", "70-KH/HU", Found.DIRECTIVE, "Kế hoạch số 70-KH/HU"),
        ("vanphong", "an phu", Found.UNIT, "Xã An Phú"),
        ("vanphong", "an phú quý II/2018", Found.REPORT, "Xã An Phú, Quý II/2018"),
        ("vanphong", "q2 2018 an phu", Found.REPORT, "Xã An Phú, Quý II/2018"),
        ("vanphong", "an phu 2016", Found.REPORT, "Xã An Phú, Quý IV/2016"),
        ("vanphong", "nguoi nhap an phu", Found.PERSON, "Người nhập, Xã An Phú"),
        ("xa-an-phu", "an phu", Found.UNIT, "Xã An Phú"),
    ],
)
def test_things_of_every_kind_are_found(
    demo: Workspace, login: str, text: str, kind: Found, first: str
) -> None:
    found = {one.kind: one.things for one in demo.monitoring.search(text, login, VI)}
    assert found[kind][0].name == first


@pytest.mark.parametrize("text", ["thanh loc", "thanh loc quy 2 2018", "nguoi nhap", "go an phu"])
def test_nothing_of_other_units_is_found_and_people_only_by_who_administers(
    demo: Workspace, text: str
) -> None:
    found = demo.monitoring.search(text, "xa-an-phu", VI)
    assert [one.kind for one in found if one.kind in (Found.UNIT, Found.REPORT, Found.PERSON)] == []
    leader = demo.monitoring.search("nguoi nhap", "lanhdao", VI)
    assert Found.PERSON not in {one.kind for one in leader}


def test_a_unit_is_found_by_the_names_that_it_had(tmp_path: Path) -> None:
    with office(tmp_path / "ws") as before:
        asked = ChangeRequest(catalogue=before.catalogue, tree=before.units, day=DAY, basis=BASIS)
        merge = asked.merge(["xa-a"], into="xa-b", name="Xã Bình An")
        before.organisation.change_units(*merge.events, units=merge.units, by="qt")
        with later(before, DAY) as ws:
            (found,) = ws.monitoring.search("binh minh", "qt", VI)
    assert ("xa-b", "Xã Bình An", "Xã Bình Minh") in [
        (one.id, one.name, one.detail) for one in found.things
    ]


@pytest.mark.parametrize(
    ("forms", "labels"), [((), {"B2", "B2.1"}), (("res20.q",), {"B2", "B2.1"}), (("hu.nv",), set())]
)
def test_an_account_for_some_forms_finds_only_the_indicators_of_these(
    demo_copy: Path, forms: tuple[str, ...], labels: set[str]
) -> None:
    with open_workspace(demo_copy) as ws:
        ws.accounts.add(
            "mot",
            "Một biểu",
            "huyen",
            [Role.APPROVE],
            units=ws.units,
            by="x",
            at=ws.clock(),
            forms=forms,
        )
        found = {
            kind.kind: kind.things for kind in ws.monitoring.search("bao hiem xa hoi", "mot", VI)
        }
    shown = {one.id.removeprefix("res20.") for one in found.get(Found.INDICATOR, ())}
    assert shown & {"B2", "B2.1"} == labels
    assert labels or not shown
