"""A review that begins on the date of a directive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nqcore.collection.obligations import Obligations
from nqcore.errors import UnknownName
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.small import (
    DISTRICT,
    accepted,
    catalogue,
    found,
    plugin,
)


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Iterator[Workspace]:
    """The demo district, for reading only."""
    with open_workspace(demo_folder) as workspace:
        yield workspace


def test_a_review_runs_from_a_directives_date_to_its_cut_off(ws: Workspace) -> None:
    accepted(ws, "xa-a")
    review = ws.reviews.review(directive="1-NQ/HU", period="@1-NQ/HU..2018-Q1")
    assert review.period == "@2017-01-05..2018-Q1"
    assert (review.span.start, review.span.end) == (date(2017, 1, 5), date(2018, 3, 31))
    assert ws.figure("A1", "@1-NQ/HU..2018-03-31").value == 1
    assert {f.indicator for f in ws.rollup(form="s.q", period="@1-NQ/HU..2018-03-31")} == {
        f"s.{label}" for label in ("A1", "B1", "B2", "B2.1", "B3")
    }
    assert ws.findings(directive="1-NQ/HU", period="@1-NQ/HU..2018-03-31") == ()
    report = ws.report(directive="1-NQ/HU", period="@1-NQ/HU..2018-03-31")
    assert "@2017-01-05..2018-03-31" in report.data.decode()


def test_the_period_in_which_a_form_began_counts_from_that_day() -> None:
    text = DISTRICT.replace("since = 2017-01-01", "since = 2017-01-05")
    known = catalogue(text)
    obligations = Obligations(known)
    today = date(2018, 12, 31)

    def codes(span: str) -> list[str]:
        form = known.form("s.q")
        return [p.code for p in obligations.periods(form, obligations.read(span), today)]

    assert codes("2017-01-05..2017-06-30") == ["2017-Q1", "2017-Q2"]
    assert codes("2017-01-06..2017-06-30") == ["2017-Q2"]
    assert codes("@2017-03-31..2017-06-30") == ["2017-Q1", "2017-Q2"]
    assert codes("@2017-04-01..2017-06-29") == []


def test_a_review_since_a_directive_has_the_quarter_in_which_it_was_issued(demo: Workspace) -> None:
    since = demo.figure("A1", "@20-NQ/TW..2018-Q2")
    assert since == replace(demo.figure("A1", "2008..2018-Q2"), period="@2008-01-28..2018-Q2")
    assert demo.explain(since.id).figure == since
    assert demo.figure("A1", "2008-01-28..2018-Q2").coverage.due < since.coverage.due


UNDATED = (
    '[[directive]]\ntype = "Kế hoạch"\nnumber = "7-KH/HU"\nissuer = "HU"\nbody = "b"\ntitle = "t"\n'
)


@pytest.mark.parametrize(
    ("period", "detail"),
    [
        ("@7-KH/HU..2018", "date of 7-KH/HU is not known. Write the first day"),
        ("@9-NQ/HU..2018", "no directive “9-NQ/HU”"),
        ("@1-NQ/HU", r"Write @20-NQ/TW\.\.2018-09-30"),
        ("@..2018", r"Write @20-NQ/TW\.\.2018-09-30"),
        ("@1-NQ/HU..", r"Write @20-NQ/TW\.\.2018-09-30"),
        ("@1-NQ/HU..2016", "no period “@2017-01-05..2016”"),
    ],
)
def test_a_review_whose_first_day_nobody_knows_is_refused(
    tmp_path: Path, period: str, detail: str
) -> None:
    with (
        found(tmp_path / "ws", None, plugin("nq_undated", UNDATED)) as ws,
        pytest.raises(UnknownName, match=detail),
    ):
        ws.reviews.review(directive="1-NQ/HU", period=period)
