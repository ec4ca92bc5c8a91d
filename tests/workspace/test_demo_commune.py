"""The demo commune as `nq demo --model commune` fills it: who acted when, and what is left of before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.model.submissions import Revision, Step, SubmissionState
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace

FORMER = ("tt-dong-ky", "xa-hoa-lang", "xa-my-thach")


@pytest.fixture(scope="module")
def commune(commune_folder: Path) -> Iterator[Workspace]:
    with open_workspace(commune_folder) as workspace:
        yield workspace


def steps(commune: Workspace, unit: str, period: str) -> tuple[Revision, ...]:
    """The chain of the unit's quarterly report."""
    return commune.submissions.revisions(commune.submissions.obligation(unit, "res02.q", period))


def test_it_opens_on_its_day_with_the_commune_at_the_top(commune: Workspace) -> None:
    assert (commune.root.name, commune.today) == ("Xã Tân Khê", date(2026, 10, 5))
    assert commune.faults == ()


def test_accounts_of_units_that_ended_are_locked_and_all_others_are_not(commune: Workspace) -> None:
    locked = {account.login for account in commune.accounts.all() if account.locked}
    assert locked == {*FORMER, "vphuyen"}


def test_the_district_approved_until_it_ended_and_the_commune_from_then_on(
    commune: Workspace,
) -> None:
    total = commune.figure("res02.A1", "2021..2026", boundaries=commune.today)
    approved: dict[str, set[bool]] = {}
    for cell in commune.explain(total).cells():
        merged = cell.accepted_at.date() >= date(2025, 7, 1)
        approved.setdefault(str(cell.accepted_by), set()).add(merged)
    assert approved == {"vphuyen": {False}, "vanphong": {True}}


def test_the_new_commune_sent_the_last_reports_of_the_three(commune: Workspace) -> None:
    for unit in FORMER:
        chain = steps(commune, unit, "2025-Q2")
        assert {one.by for one in chain if one.state is SubmissionState.SENT} == {"tan-khe"}


def test_a_correction_is_the_same_report_again_with_its_reason(commune: Workspace) -> None:
    chain = steps(commune, "dn-bao-bi-dong-ky", "2026-Q2")
    states = [one.state for one in chain]
    assert states.count(SubmissionState.ACCEPTED) == 2
    (reopened,) = (one for one in chain if one.step is Step.REOPEN)
    assert "Ghi sót" in reopened.reason


def test_before_the_merger_the_figures_of_today_are_the_sum_of_the_three(
    commune: Workspace,
) -> None:
    now = commune.figure("res02.B10", "2025-Q1", boundaries=commune.today)
    apart = [commune.figure("res02.B10", "2025-Q1", unit=unit).value for unit in FORMER]
    assert now.value == sum(value for value in apart if value is not None)
    assert commune.figure("res02.B10", "2025-Q1").value is None  # there was no such commune
