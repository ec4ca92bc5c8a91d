"""The definitions in force: merged once, followed by every open workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.model.submissions import SubmissionState
from nqcore.workspace import open_state
from nqcore.workspace.facade import Workspace
from tests.collection.reorganisation.office import BASIS, DAY, TODAY, later, office
from tests.collection.reorganisation.test_reorganisation import MERGE, NEW


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with office(tmp_path / "ws") as found:
        yield found


@pytest.fixture
def merges(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for every time that the catalogue is merged."""
    made: list[object] = []
    merge = open_state.merge_definitions

    def counted(*given: object) -> object:
        made.append(given)
        return merge(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(open_state, "merge_definitions", counted)
    return made


def test_a_change_that_was_previewed_is_merged_once(ws: Workspace, merges: list[object]) -> None:
    ws.organisation.preview_change(MERGE, units=[NEW], by="qt")
    ws.organisation.preview_change(MERGE, units=[NEW], by="qt")
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    assert NEW.code in ws.units
    assert len(merges) == 1


def test_a_change_without_a_preview_is_merged_once(ws: Workspace, merges: list[object]) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    assert NEW.code in ws.units
    assert len(merges) == 1


def test_decisions_on_duties_are_no_second_merge(ws: Workspace, merges: list[object]) -> None:
    decided = Handover(
        unit="xa-b",
        duty=Duty.REPORTS,
        of="",
        disposal=Disposal.INHERIT,
        successor=NEW.code,
        since=DAY,
        basis=BASIS,
    )
    ws.organisation.preview_change(MERGE, units=[NEW], by="qt")
    ws.organisation.change_units(MERGE, units=[NEW], decided=[decided], by="qt")
    assert decided.id in ws.catalogue.handovers
    assert len(merges) == 1
    with later(ws, TODAY) as anew:
        assert anew.catalogue.handovers == ws.catalogue.handovers
        assert anew.catalogue.owners == ws.catalogue.owners
        assert anew.catalogue.unresolved == ws.catalogue.unresolved


def test_submissions_are_not_read_anew_when_the_units_change(ws: Workspace) -> None:
    ws.save_draft("xa-a", "t.q", "2018-Q3", {"A1": "7"}, by="a")
    before = ws.submissions.repository.index
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    draft = ws.save_draft("xa-b", "t.q", "2018-Q3", {"A1": "8"}, by="b")
    assert ws.submissions.repository.index is before
    assert set(before.ids(SubmissionState.DRAFT)) == {"2018-Q3_t.q_xa-a", draft.submission}


def test_a_report_is_no_reason_to_merge(ws: Workspace, merges: list[object]) -> None:
    ws.save_draft("xa-a", "t.q", "2018-Q3", {"A1": "7"}, by="a")
    ws.refresh()
    assert merges == []
