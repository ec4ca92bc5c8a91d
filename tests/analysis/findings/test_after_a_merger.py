"""What was so before a merger is still so after it: the units of the day that a sentence speaks of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from nqcore.analysis.report.document_list import document_list
from nqcore.analysis.report.documents_issued import documents_issued
from nqcore.analysis.report.sentences import sentence_text
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.merged_demo import into_a_new_one, into_one

MERGERS = (into_one, into_a_new_one)
Merger = Callable[[Path], None]
BECAME: Mapping[Merger, str] = {into_one: "xã Vĩnh Thuận", into_a_new_one: "xã Hòa Long"}


def _said(ws: Workspace, rule: str, period: str) -> str:
    verdict = ws.reviews.verdict(directive="20-NQ/TW", period=period)
    (found,) = [one for one in verdict.findings if one.rule == rule]
    return sentence_text(found.sentence)


@pytest.mark.parametrize("merger", MERGERS)
@pytest.mark.parametrize("period", ["2017", "2018-Q3", "2018", "2008..2018"])
def test_up_to_a_day_the_units_of_that_day_are_counted(
    demo_copy: Path, demo: Workspace, merger: Merger, period: str
) -> None:
    before = _said(demo, "res20.S1c", period)
    assert "đến hết năm 2017 còn 3 trong 16 " in before
    merger(demo_copy)
    with open_workspace(demo_copy) as ws:
        told = before.replace("Xã Hòa Lợi", f"Xã Hòa Lợi nay thuộc {BECAME[merger]}")
        assert _said(ws, "res20.S1c", period) == told
        assert _said(ws, "res20.R2a", period) == _said(demo, "res20.R2a", period)


@pytest.mark.parametrize("merger", MERGERS)
def test_over_a_time_the_units_that_owed_reports_in_it_are_counted(
    demo_copy: Path, demo: Workspace, merger: Merger
) -> None:
    merger(demo_copy)
    with open_workspace(demo_copy) as ws:
        for rule in ("res20.S1a", "res20.S4b", "res20.S5b"):
            told = _said(demo, rule, "2008..2018").replace(
                "Xã Hòa Lợi", f"Xã Hòa Lợi nay thuộc {BECAME[merger]}"
            )
            assert _said(ws, rule, "2008..2018") == told


@pytest.mark.parametrize("merger", MERGERS)
def test_no_document_that_was_issued_is_lost(
    demo_copy: Path, demo: Workspace, merger: Merger
) -> None:
    (before,) = document_list(demo.reviews.review(directive="20-NQ/TW", period="2008..2018"))
    merger(demo_copy)
    with open_workspace(demo_copy) as ws:
        (after,) = document_list(ws.reviews.review(directive="20-NQ/TW", period="2008..2018"))
        (field,) = documents_issued(ws.reviews.review(directive="20-NQ/TW", period="2008..2018"))
    assert [row[1] for row in after.rows] == [row[1] for row in before.rows]
    assert (len(field.issued), len(field.known)) == (13, 16)
