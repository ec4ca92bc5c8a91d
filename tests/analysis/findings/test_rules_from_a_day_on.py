"""A rule with a first day changes no review of the time before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqcore.analysis.findings import Verdict
from tests.analysis.findings.small_rules import PACK, TOTAL, rule
from tests.support.small import Now, plugin, reopen


def verdict_of(folder: Path, period: str, since: str) -> Verdict:
    now = Now()
    now.on("2018-04-05")
    text = rule("total", TOTAL, indicators=["A1", "B1"], coverage=1)
    dated = text.replace("title =", f"since = {since}\ntitle =") if since else text
    with reopen(folder, now, plugin("nq_rules", PACK + dated)) as ws:
        return ws.reviews.verdict(directive="1-NQ/HU", period=period)


@pytest.mark.parametrize(
    ("period", "since", "there"),
    [
        ("2017", "", True),  # the first day of the pack says nothing of its rules
        ("2017", "2017-12-31", True),
        ("2017", "2018-01-01", False),
        ("2017-Q3", "2017-10-01", False),
        ("2017-Q4", "2017-10-01", True),
        (
            "2017..2018",
            "2018-12-31",
            True,
        ),  # the last day of the time, also where it is still to come
        ("2017..2018", "2019-01-01", False),
    ],
)
def test_a_rule_is_there_from_its_first_day_on_and_before_it_not_even_as_silent(
    filled: Path, period: str, since: str, there: bool
) -> None:
    verdict = verdict_of(filled, period, since)
    assert verdict.not_evaluated == ()
    named = {one.rule for one in (*verdict.findings, *verdict.silent)}
    assert ("r" in named) is there
