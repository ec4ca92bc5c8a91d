"""The format "json": everything the report says, with the address of each figure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from nqcore.analysis.report.json_format import JsonFormat
from nqcore.analysis.report.sentences import figure_text
from nqcore.catalogue.contracts import Names
from nqcore.model.findings import Text
from nqcore.model.reports import Paragraph, Report


@pytest.fixture(scope="module")
def written(report: Report, names: Names) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(JsonFormat().write(report, names))
    return found


def figures(value: object) -> Iterator[dict[str, Any]]:
    """Every figure in the JSON, in order."""
    if isinstance(value, dict):
        if value.get("kind") == "figure":
            yield value
        else:
            for inner in value.values():
                yield from figures(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from figures(inner)


def test_every_figure_is_there_in_order_with_its_address_and_its_exact_value_as_text(
    report: Report, written: dict[str, Any]
) -> None:
    assert [(f["id"], f["written"]) for f in figures(written)] == [
        (f.id, figure_text(f)) for f in report.figures
    ]
    shown = next(f for f in figures(written) if f["indicator"] == "res20.A4")
    assert (shown["value"], shown["written"]) == ("74.75", "74,8")
    assert not any(isinstance(f["value"], int | float) for f in figures(written))


def test_a_figure_with_gaps_lists_every_missing_report(written: dict[str, Any]) -> None:
    reached = next(f for f in figures(written) if f["indicator"] == "res20.A2")
    assert reached["coverage"] == {
        "due": 12,
        "reported": 11,
        "complete": False,
        "missing": [{"unit": "dn-may", "period": "2018-Q3"}],
        "not_applicable": 0,
        "carried": [],
        "estimated": [],
        "apart": [],
        "kept": [],
    }
    assert reached["reason"] is None


def test_a_figure_without_value_is_null_with_its_reason(written: dict[str, Any]) -> None:
    none = next(f for f in figures(written) if f["indicator"] == "res20.B9")
    assert (none["value"], none["written"]) == (None, "–")
    assert none["reason"] == {"code": "not-reported", "text": "chưa có báo cáo"}


def test_paragraphs_name_their_finding_and_counts_name_their_units(written: dict[str, Any]) -> None:
    found = [b for b in written["body"] if b.get("finding") == "res20.s4"]
    assert found[0]["text"].startswith(
        "Công tác kiểm tra, giám sát chưa thường xuyên; 14 trong 18 đơn vị"
    )
    counted = found[0]["pieces"][1]
    assert (counted["written"], counted["count"], len(counted["units"])) == ("14 trong 18", 14, 14)


def test_hostile_text_is_still_json_in_utf_8(report: Report, names: Names) -> None:
    evil = replace(report, body=(Paragraph((Text("</script>\ud800\x00 “ế”"),)),), appendix=())
    data = JsonFormat().write(evil, names)
    assert json.loads(data.decode("utf-8"))["body"][0]["text"] == "</script>�� “ế”"


def test_the_same_report_gives_the_same_bytes(report: Report, names: Names) -> None:
    assert JsonFormat().write(report, names) == JsonFormat().write(report, names)
