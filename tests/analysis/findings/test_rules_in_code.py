"""Rules and formats in the code of plugins: what they are given, and what a failing one does not spoil."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from nqcore.catalogue.contracts import ReviewData
from nqcore.errors import PluginError
from nqcore.model.findings import (
    Evidence,
    Finding,
    FindingKind,
    Text,
)
from nqcore.model.units import EVERY_UNIT
from tests.analysis.findings.small_rules import PACK, TOTAL, YEAR, rule
from tests.support.small import Now, plugin, reopen

FINDING = Finding(
    rule="code",
    owner="nq_rules",
    kind=FindingKind.RESULT,
    title="t",
    sentence=(Text("x"),),
    evidence=Evidence(figures=()),
)


def raising() -> Iterator[Finding]:
    raise ValueError("boom")
    yield FINDING


def halfway() -> Iterator[Finding]:
    yield FINDING
    raise ValueError("boom")


def leaving() -> object:
    raise SystemExit(1)


@pytest.mark.parametrize(
    ("does", "says"),
    [
        (raising, "ValueError: boom"),
        (halfway, "ValueError: boom"),
        (leaving, "SystemExit"),
        (lambda: None, "TypeError"),
        (lambda: ["text"], "gave str, not Finding"),
    ],
    ids=["raises", "raises halfway", "exits", "gives nothing", "gives text"],
)
def test_a_rule_in_code_that_fails_is_not_evaluated_and_the_others_are(
    filled: Path, does: Callable[[], object], says: str
) -> None:
    bad = SimpleNamespace(
        id="code", kind=FindingKind.RESULT, directive="1-NQ/HU", findings=lambda view: does()
    )
    good = rule("total", TOTAL, indicators=["A1", "B1"])
    both = plugin("nq_rules", PACK + good, rules=lambda: [bad])
    with reopen(filled, Now(), both) as ws:
        verdict = ws.reviews.verdict(directive="1-NQ/HU", period=YEAR)
        assert [f.rule for f in verdict.findings] == ["r"]
        (fault,) = verdict.not_evaluated
        assert (fault.plugin, fault.where) == ("nq_rules", "rule code")
        assert says in fault.detail
        text = ws.report(directive="1-NQ/HU", period=YEAR, format="json").data.decode()
        assert "Chưa đánh giá được, cần kiểm tra lại: rule code (nq_rules)" in text


def test_a_rule_in_code_is_given_a_view_of_what_is_accepted(filled: Path) -> None:
    seen: dict[str, object] = {}

    def look(v: ReviewData) -> list[Finding]:
        seen["units"] = [u.code for u in v.units(EVERY_UNIT)]
        seen["periods"] = [p.code for p in v.periods("A1")]
        seen["asked"] = [p.code for p in v.asked("B1", "dn-2")]
        seen["not asked"] = v.asked("B1", "xa-a")
        seen["cells"] = [v.cell("A1", "dn-3", f"2017-Q{n}").state.value for n in (1, 4)]
        seen["not applicable"] = v.cell("B1", "xa-a", "2017-Q1").state.value
        seen["figure"] = v.figure("A1", "xa-b", "2017-Q3", own=True).value
        seen["answers"] = [(u.code, p.code) for u, p, a in v.answers("VB1")]
        seen["documents"] = [u.code for u in v.document_units("VB1", EVERY_UNIT)]
        return [FINDING]

    looking = SimpleNamespace(
        id="look", kind=FindingKind.RESULT, directive="1-NQ/HU", findings=look
    )
    with reopen(filled, Now(), plugin("nq_rules", rules=lambda: [looking])) as ws:
        assert ws.findings(directive="1-NQ/HU", period=YEAR) == (FINDING,)
    assert seen == {
        "units": ["top", "xa-a", "dn-2", "xa-b", "dn-3"],
        "periods": ["2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"],
        "asked": ["2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"],
        "not asked": (),
        "cells": ["nil", "not_reported"],
        "not applicable": "not_applicable",
        "figure": 4,
        "answers": [("xa-a", "2017-Q3")],
        "documents": ["xa-a", "xa-b"],
    }


def test_a_format_that_raises_is_named_with_its_plugin(filled: Path) -> None:
    def write(report: object, names: object) -> bytes:
        raise ValueError("boom")

    layout = SimpleNamespace(name="bad", title="t", suffix=".x", media_type="x/y", write=write)
    laid = plugin("nq_layout", report_formats=lambda: [layout])
    with (
        reopen(filled, Now(), laid) as ws,
        pytest.raises(PluginError, match="nq_layout failed in writing bad: ValueError: boom"),
    ):
        ws.report(directive="1-NQ/HU", period=YEAR, format="bad")
