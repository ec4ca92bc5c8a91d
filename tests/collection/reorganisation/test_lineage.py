"""Lineage: units are found by the names that they have or had, with their past and their future."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.collection.reorganisation.change_request import ChangeRequest
from nqcore.workspace.facade import Workspace
from tests.collection.reorganisation.office import BASIS, DAY, later, office


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """The office on the day on which two communes were merged and a part of the new one moved."""
    with office(tmp_path / "ws") as before:
        request = ChangeRequest(catalogue=before.catalogue, tree=before.units, day=DAY, basis=BASIS)
        merge = request.merge(["xa-a"], into="xa-b", name="Xã Bình An")
        before.organisation.change_units(*merge.events, units=merge.units, by="qt")
        part = request.transfer("xa-c", "xa-b")
        before.organisation.change_units(*part.events, by="qt")
        with later(before, DAY) as found:
            yield found


@pytest.mark.parametrize("text", ["bình an", "BINH AN", "xã bình minh", "XA-B"])
def test_a_unit_is_found_by_any_of_its_names_without_accents_and_by_its_code(
    ws: Workspace, text: str
) -> None:
    assert "xa-b" in [unit.code for unit in ws.organisation.find(text)]


@pytest.mark.parametrize("text", ["bình m", "ình an", "xa-", "không có"])
def test_parts_of_words_and_of_codes_find_nothing(ws: Workspace, text: str) -> None:
    assert ws.organisation.find(text) == ()


def test_a_unit_that_ended_says_where_it_went_and_where_it_was_on_its_last_day(
    ws: Workspace,
) -> None:
    (found,) = ws.organisation.lineage(ws.organisation.find("xa-a"))
    assert [(to["unit"], to["name"], to["whole"]) for to in found["went_to"]] == [
        ("xa-b", "Xã Bình An", True)
    ]
    assert [above["code"] for above in found["under"]] == ["huyen"]
    assert found["closed"] == DAY.isoformat()
    assert found["came_from"] == []


def test_a_unit_that_received_others_says_from_where_and_what_was_only_a_part(
    ws: Workspace,
) -> None:
    (found,) = ws.organisation.lineage(ws.organisation.find("xa-b"))
    assert [(of["unit"], of["whole"]) for of in found["came_from"]] == [
        ("xa-a", True),
        ("xa-c", False),
    ]
    assert [(one["kind"], one["name"]) for one in found["changed"]] == [("rename", "Xã Bình An")]
    assert found["plugin"] == "t"
