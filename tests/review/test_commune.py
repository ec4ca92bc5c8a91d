"""The reviews of the demo commune of 2026: no hole, no other head, no number of their own; and nothing is
said of a time before a unit was there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import SystemRandom

import pytest

from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.review.demo import COMMUNE, DemoJudge, sample, units_of

SAMPLE = 14
"""So many reviews, and as many within the units of their day; all are read by `full.py --demo commune`."""


@pytest.fixture(scope="module")
def commune(commune_folder: Path) -> Iterator[Workspace]:
    with open_workspace(commune_folder) as workspace:
        yield workspace


def test_a_sample_of_the_reviews_of_the_demo_commune_is_true(commune_folder: Path) -> None:
    seed, units = SystemRandom().randrange(10**6), units_of(commune_folder)
    whole = [(COMMUNE.days[0], COMMUNE.whole, unit) for unit in ("tan-khe", "xa-hoa-lang")]
    with DemoJudge(commune_folder, COMMUNE) as judge:
        judge.judge([*sample(units, seed, SAMPLE, COMMUNE), *whole])
        judge.judge([*sample(units, seed + 1, SAMPLE, COMMUNE), *whole], restated=True)
    assert judge.counts["figures"] > 500
    assert judge.faults == [], f"seed {seed}"


def test_no_table_by_unit_stands_over_a_total_that_has_no_figure(commune_folder: Path) -> None:
    """On that day the units under it had reported; what they had was of the time before it was there."""
    with DemoJudge(commune_folder, COMMUNE) as judge:
        judge.judge([(date(2025, 7, 20), "2025-9M", "db-ubnd-xa")])
    assert judge.faults == []


def test_a_commune_says_nothing_of_the_years_before_it_was_there(commune: Workspace) -> None:
    asked = {"directive": "02-NQ/TW", "period": "2021..2026"}
    begun = {
        claim.start
        for finding in commune.findings(**asked)
        for claim in finding.claims
        if claim.subject.startswith("res02.")
    }
    # Its first yearly report is of the whole of 2025: the commune owed it at the end of the year.
    assert min(begun) == date(2025, 1, 1)
    today = commune.findings(**asked, boundaries=commune.today)
    assert min(claim.start for finding in today for claim in finding.claims) == date(2021, 1, 1)


def cited(commune: Workspace, period: str, unit: str) -> str:
    """The words of the report, its notes included."""
    asked = {"directive": "02-NQ/TW", "period": period, "unit": unit, "format": "markdown"}
    return commune.report(**asked).data.decode()


@pytest.mark.parametrize(
    ("period", "unit", "is_cited"),
    [
        ("2026-Q2", "dn-may-dong-ky", True),
        ("2024", "dn-may-dong-ky", False),
        ("2021..2026", "xa-hoa-lang", False),  # it had ended
    ],
)
def test_a_document_that_came_later_is_not_what_a_review_says_was_carried_out(
    commune: Workspace, period: str, unit: str, is_cited: bool
) -> None:
    opening, *_ = re.findall("^Thực hiện .*$", text := cited(commune, period, unit), re.M)
    notes = "".join(re.findall("^¹ .*$", text, re.M))
    assert "12-CTr/TU" in opening + notes
    assert ("05-KH/ĐU" in opening + notes) is is_cited
