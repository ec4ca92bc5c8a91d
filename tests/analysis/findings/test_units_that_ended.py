"""A review of a unit that was not there in its time is refused, with who went on and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.findings.span import SpanRefused, UnitEnded, UnitNotFounded, UnitWentOn
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from tests.analysis.frozen.offices import merge, office
from tests.support.small import Now


@pytest.fixture
def merged(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    """Xã B went into Xã A on 1 July 2018; it is February 2020."""
    now.on("2020-02-01")
    with office(tmp_path / "ws", now) as ws:
        merge(ws, date(2018, 7, 1))
        yield ws


def test_a_unit_that_was_merged_before_the_period_has_no_review_but_that_of_its_heir(
    merged: Workspace,
) -> None:
    asked = {"directive": "1-NQ/HU", "period": "2019"}
    for refused_by in (merged.reviews.review, merged.reviews.findings, merged.reviews.report):
        with pytest.raises(UnitWentOn) as refused:
            refused_by(**asked, unit="xa-b")
    assert refused.value.message(translator("vi")) == (
        "Xã B kết thúc hoạt động từ ngày 01/7/2018, trước 2019; kế thừa là Xã A. Chọn đơn vị kế thừa hoặc kỳ "
        "trước đó."
    )
    with pytest.raises(UnitWentOn):
        merged.editions.freeze(by="quantri", unit="xa-b", **asked)
    assert merged.reviews.review(**asked, unit="xa-a").unit.code == "xa-a"


@pytest.mark.parametrize("period", ["2018", "2018-Q2", "2017..2019"])
def test_a_period_in_which_it_was_there_on_some_days_has_one(
    merged: Workspace, period: str
) -> None:
    review = merged.reviews.review(directive="1-NQ/HU", period=period, unit="xa-b")
    assert review.unit.code == "xa-b"
    with pytest.raises(SpanRefused):
        merged.reviews.review(directive="1-NQ/HU", period="2018-Q3", unit="xa-b")


def test_the_heir_of_an_heir_is_named_where_the_first_has_ended_too(merged: Workspace) -> None:
    merge(merged, date(2019, 1, 1), source="xa-a", target="top")
    with pytest.raises(UnitWentOn, match="its work went on in Huyện"):
        merged.reviews.review(directive="1-NQ/HU", period="2019", unit="xa-b")


def test_a_unit_without_an_heir_and_one_that_is_founded_later_are_said(merged: Workspace) -> None:
    with pytest.raises(UnitEnded, match=r"Công ty Hai ended on 15/6/2018.*no unit went on"):
        merged.reviews.review(directive="1-NQ/HU", period="2019", unit="dn-2")
    with pytest.raises(UnitNotFounded, match="Công ty Một was founded on 01/02/2018, after 2017"):
        merged.reviews.review(directive="1-NQ/HU", period="2017", unit="dn-1")


def test_within_the_units_of_a_day_on_which_it_was_there_it_has_one(merged: Workspace) -> None:
    asked = {"directive": "1-NQ/HU", "period": "2019", "unit": "xa-b"}
    review = merged.reviews.review(**asked, boundaries=date(2018, 6, 30))
    assert review.boundaries == date(2018, 6, 30)
