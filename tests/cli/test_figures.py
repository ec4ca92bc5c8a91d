"""`nq rollup`, `explain` and `findings`: the same figures in every form, as of every day."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nqcore.model.submissions import SubmissionState
from nqcore.workspace.facade import Workspace
from tests.cli.run import SPAN, Run, Said
from tests.support.demo_reports import demo_verdict

pytestmark = pytest.mark.usefixtures("english")


def test_rollup_says_the_same_as_table_csv_and_json(at: Run, small: Workspace) -> None:
    options = ["rollup", "--form", "res20.q", "--period", "2018-Q1", "--unit", "huyen", "--format"]
    data = at(*options, "json").json
    rows = list(csv.DictReader(io.StringIO(at(*options, "csv").out)))
    figures = small.rollup(form="res20.q", period="2018-Q1")
    assert {f.coverage.reported for f in figures} == {0, 1}
    assert len(data) == len(rows) == len(figures)
    for told, row, figure in zip(data, rows, figures, strict=True):
        value = "" if figure.value is None else f"{figure.value:f}"
        assert (told["indicator"], told["value"] or "", told["id"]) == (
            figure.indicator,
            value,
            figure.id,
        )
        assert (row["indicator"], row["value"]) == (figure.indicator, value)
        assert (row["reported"], row["due"]) == (
            str(figure.coverage.reported),
            str(figure.coverage.due),
        )
        assert row["missing"].split() == list(figure.coverage.missing_units)
        assert told["coverage"]["due"] == figure.coverage.due
    table = at(*options, "table").out
    for figure in figures:
        assert f"{figure.coverage.reported}/{figure.coverage.due}" in table
        assert all(unit in table for unit in figure.coverage.missing_units)


def test_a_total_with_a_missing_report_says_so_in_every_way_it_is_printed(
    into: Run, office: Path
) -> None:
    options = ["rollup", "--form", "res20.q", "--period", "2018-Q1"]
    gap = r"missing: .*xa-tan-loi"
    assert re.search(rf"res20\.A1 +4 .* 1/3 .*{gap}", into(*options).out)
    rows = csv.DictReader(io.StringIO(into(*options, "--format", "csv").out))
    (row,) = [r for r in rows if r["indicator"] == "res20.A1"]
    assert (row["value"], row["reported"], row["due"]) == ("4", "1", "3")
    assert sorted(row["missing"].split()) == ["dn-may", "xa-tan-loi"]
    (told,) = [r for r in into(*options, "--format", "json").json if r["indicator"] == "res20.A1"]
    assert sorted(part["unit"] for part in told["coverage"]["missing"]) == ["dn-may", "xa-tan-loi"]
    assert re.search(gap, into("explain", "--indicator", "A1", "--period", "2018-Q1").out)
    findings = into("findings", "--directive", "20-NQ/TW", "--period", "2018-Q1").out
    assert re.search(r"\d+ (rules are silent|quy tắc không nêu gì)", findings)
    file = office / "r.json"
    said = into(
        "report", "--directive", "20-NQ/TW", "--period", "2018-Q1", "--format", "json", "-o", file
    )
    assert said.code == 0
    text = file.read_text("utf-8")
    assert "tổng hợp từ 1 trong 3 báo cáo" in text
    assert "quá hạn chưa có báo cáo của" in text
    assert "Chưa đủ số liệu" in text


def test_a_counted_number_is_explained_by_its_id_down_to_the_reports_its_rule_read(
    on: Callable[..., Said],
) -> None:
    id = "count:res20.S1a|2008..2018|huyen|0|reported"
    said = on("explain", "--figure", id)
    assert said.out.startswith("6 trong 29: res20.S1a [nq_res20]")
    assert "+ Xã Hòa Lợi" in said.out
    assert "- " in said.out
    assert "res20.A1 2009-Q3: 0  (2009-Q3_res20.q_xa-hoa-loi)" in said.out
    data = on("explain", "--figure", id, "--json").json
    assert sum(unit["counted"] for unit in data["units"]) == 6
    assert len(data["units"]) == 29


def test_a_figure_is_explained_by_its_id_down_to_people_and_plugin(
    on: Run, demo: Workspace
) -> None:
    figure = demo.figure("B2.1", "2018-Q2")
    said = on("explain", "--figure", figure.id)
    assert said.code == 0
    assert figure.id in said.out
    for word in ("[nq_res20]", "sent by", "accepted by vanphong", "2018Q2-"):
        assert word in said.out
    data = on("explain", "--figure", figure.id, "--json").json
    assert data["figure"]["value"] == f"{figure.value:f}"
    assert {part["reference"] for part in data["parts"]} == {"res20.B1", "res20.B2"}


def test_findings_as_json_carry_sentences_pieces_and_evidence(on: Run, demo: Workspace) -> None:
    data = on("findings", *SPAN, "--json").json
    verdict = demo_verdict(demo)
    assert [f["rule"] for f in data["findings"]] == [f.rule for f in verdict.findings]
    assert data["not_evaluated"] == []
    s2 = next(f for f in data["findings"] if f["rule"] == "res20.S2")
    assert "chưa thành lập được tổ chức Đảng" in s2["sentence"]
    assert len(s2["evidence"]["units"]) > 3
    told = [piece["figure"] for piece in s2["pieces"] if "figure" in piece]
    # Its words say the 0; the figure in it is the number of enterprises that there are.
    assert s2["evidence"]["figures"][0]["id"].startswith("res20.C6.2|")
    assert [figure.partition("|")[0] for figure in told] == ["res20.C1.2"]


def test_findings_all_lists_each_silent_rule_with_the_reason(on: Run) -> None:
    asked = ("--directive", "20-NQ/TW", "--period", "2018-Q3")
    said = on("findings", *asked, "--all", "--lang", "en").out.splitlines()
    assert (
        "TOO FEW REPORTS res20.R1a [nq_res20]: Not enough reports: 6 of 28 are accepted, "
        "80% are needed." in said
    )
    assert any(line.startswith("NOTHING TO ASK res20.R1c") for line in said)
    told = on("findings", *asked, "--json").json["silent"]
    assert {one["rule"] for one in told} >= {"res20.R1a", "res20.R1c", "res20.S2"}


def test_findings_print_sentences_with_their_figures_and_last_how_many_rules_are_silent(
    on: Run,
) -> None:
    said = on("findings", *SPAN, "--lang", "en")
    lines = said.out.splitlines()
    assert said.err == ""
    assert any(line.startswith("RESULT res20.R1a") for line in lines)
    assert any(re.search(r" = [\d.,]+ \([\d.,]+/[\d.,]+ reports\)", line) for line in lines)
    assert re.match(r"\d+ rules are silent", lines[-1])
    every = on("findings", *SPAN, "--lang", "en", "--all").out
    assert "DOES NOT HOLD " in every
    assert "rules are silent" not in every


def test_as_of_a_day_only_what_was_accepted_by_then_speaks(
    demo: Workspace, on: Run, tmp_path: Path
) -> None:
    """The report of 5 July printed 26 reports that were accepted after that day."""
    options = {
        "clock": ("--today", "2018-07-05"),
        "both": ("--today", "2018-07-05", "--as-of", "2018-07-05"),
        "known": ("--as-of", "2018-07-05"),
        "now": (),
    }
    told = {}
    for name, days in options.items():
        file = tmp_path / name
        assert on("report", *SPAN, "--format", "json", "-o", file, *days).code == 0
        told[name] = json.loads(file.read_text("utf-8"))["coverage"]
    assert told["clock"] == told["both"]
    assert len({told["clock"], told["now"]}) == 2
    chains = map(demo.submissions.revisions, _submissions(demo))
    then = [[r for r in chain if r.at.date() <= date(2018, 7, 5)] for chain in chains]
    # What came in early of the second quarter is after the cut-off.
    known = sum(
        bool(chain)
        and chain[-1].state is SubmissionState.ACCEPTED
        and chain[-1].period != "2018-Q2"
        for chain in then
    )
    for name in ("clock", "known"):
        assert told[name].startswith("Số liệu đến ngày 31/3/2018, tổng hợp từ ")
        assert "đã được duyệt đến ngày 05/7/2018" in told[name]
        number = told[name].partition(" từ ")[2].partition(" trong ")[0]
        assert int(number.replace(".", "")) == known


def _submissions(ws: Workspace) -> list[str]:
    return [r.submission for r in ws.submissions.repository.newest_revisions()]


def test_findings_figures_and_explanations_have_the_same_day(on: Run) -> None:
    day = ("--as-of", "2018-07-05")
    rollup = ("rollup", "--form", "res20.q", "--period", "2018-Q2", "--format", "json")
    early, now = on(*rollup, *day).json, on(*rollup).json
    assert early != now
    assert early == on(*rollup, "--today", "2018-07-05").json
    one, other = (next(f for f in found if f["indicator"] == "res20.B1") for found in (early, now))
    assert one["id"] == other["id"]
    assert one["coverage"]["reported"] < other["coverage"]["reported"]
    for options, figure in ((day, one), ((), other)):
        explained = on("explain", "--figure", one["id"], *options, "--json").json
        assert explained["figure"]["coverage"] == figure["coverage"]
        asked = ("explain", "--indicator", "B1", "--period", "2018-Q2", *options, "--json")
        assert on(*asked).json == explained
    cells = on("explain", "--figure", one["id"], *day, "--json").json["cells"]
    assert all(cell["accepted_at"][:10] <= "2018-07-05" for cell in cells)
    assert on("findings", *SPAN, *day, "--json").json != on("findings", *SPAN, "--json").json
    counted = ("explain", "--figure", "count:res20.S1c|2008..2018|huyen|0|reported", "--json")
    assert on(*counted, *day).code == on(*counted).code == 0


@pytest.mark.parametrize("day", ["2018-10-06", "2030-01-01"])
def test_a_day_after_today_is_refused(on: Run, day: str) -> None:
    said = on("findings", *SPAN, "--as-of", day)
    assert said.code == 2
    assert "is after 05/10/2018" in said.err
    assert on("findings", *SPAN, "--as-of", "5/10/2018").code == 2
