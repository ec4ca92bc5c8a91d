"""What the last edition said opens the next review: its tasks, and shortcomings that are said again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.editions.following import previous_edition
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.reports import Paragraph
from nqcore.workspace.facade import Workspace
from tests.analysis.frozen.offices import merge, office, report
from tests.support.small import Now

FIRST, SECOND = "2018-Q1", "2018-Q2"


@pytest.fixture
def quarters(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    """Two quarters of an office; the first is frozen."""
    now.on("2018-04-20")
    with office(tmp_path / "ws", now) as ws:
        report(ws, "xa-a", FIRST, A1="2", K1=("tien",))
        ws.editions.freeze(directive="1-NQ/HU", period=FIRST, by="duyet")
        now.on("2018-07-20")
        report(ws, "xa-a", SECOND, A1="2", K1=("tien",))
        yield ws


def test_the_last_edition_is_that_of_the_span_that_ended_before(
    quarters: Workspace, now: Now
) -> None:
    asked = quarters.reviews.review(directive="1-NQ/HU", period=SECOND)
    found = previous_edition(asked)
    assert found is not None
    assert found.id == "1"
    # A correction of the same review is not before itself; of the one before, it is the newest.
    quarters.editions.freeze(directive="1-NQ/HU", period=SECOND, by="duyet")
    quarters.editions.freeze(directive="1-NQ/HU", period=FIRST, by="duyet")
    again = previous_edition(quarters.reviews.review(directive="1-NQ/HU", period=SECOND))
    assert again is not None
    assert (again.span, again.number) == (FIRST, 2)
    first = quarters.reviews.review(directive="1-NQ/HU", period=FIRST)
    assert previous_edition(first) is None


@pytest.mark.parametrize(
    "other", [{"unit": "xa-a"}, {"boundaries": "2018-07-01"}], ids=["unit", "boundaries"]
)
def test_an_edition_of_another_review_is_not_before_it(
    quarters: Workspace, other: dict[str, str]
) -> None:
    asked = quarters.reviews.review(directive="1-NQ/HU", period=SECOND, **other)
    assert previous_edition(asked) is None


def test_what_was_frozen_after_the_day_of_the_review_is_not_known_to_it(
    quarters: Workspace, now: Now
) -> None:
    now.on("2018-08-20")
    quarters.editions.freeze(directive="1-NQ/HU", period=FIRST, by="duyet")
    early = quarters.reviews.review(directive="1-NQ/HU", period=SECOND, as_of=date(2018, 7, 20))
    found = previous_edition(early)
    assert found is not None
    assert found.number == 1


def notes(ws: Workspace) -> str:
    """The notes of the second quarter's review."""
    asked = ws.reviews.review(directive="1-NQ/HU", period=SECOND)
    body = ws.reviews.build(asked).body
    return " ".join(sentence_text(b.sentence) for b in body if isinstance(b, Paragraph) and b.note)


def test_a_shortcoming_that_the_last_edition_said_is_marked_in_the_next_review(
    quarters: Workspace,
) -> None:
    assert "Đã nêu tại Báo cáo ngày 20/4/2018." in notes(quarters)


def test_a_shortcoming_that_was_left_out_was_not_said(quarters: Workspace, now: Now) -> None:
    key = {"directive": "1-NQ/HU", "period": FIRST, "by": "duyet"}
    quarters.reviews.decide("r.money", "dismissed", **key)
    quarters.editions.freeze(**key)
    assert "Đã nêu tại" not in notes(quarters)


def test_the_last_edition_is_still_there_after_its_units_were_merged(
    quarters: Workspace, now: Now
) -> None:
    merge(quarters, date(2018, 7, 20))
    assert previous_edition(quarters.reviews.review(directive="1-NQ/HU", period=SECOND)) is not None
