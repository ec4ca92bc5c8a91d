"""`nq import --accept`: figures of the past that were approved on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import Run

pytestmark = pytest.mark.usefixtures("english")

ROWS = "unit,period,indicator,value\nxa-tan-loi,2018-Q1,res20.A1,7\nxa-tan-loi,2018-Q2,res20.A1,9\n"
PAPER = ("--accept", "--basis", "Báo cáo số 12-BC/HU, ngày 15/7/2018")


@pytest.fixture
def history(into: Run, tmp_path: Path) -> Path:
    args = ("--name", "Quản trị", "--unit", "huyen", "--role", "admin")
    assert into("user", "add", "qt", *args).code == 0
    path = tmp_path / "lich-su.csv"
    path.write_text(ROWS, "utf-8")
    return path


def test_figures_that_were_approved_on_paper_come_in_as_accepted_and_not_late(
    into: Run, history: Path
) -> None:
    said = into("import", history, *PAPER, "--by", "qt")
    assert said.code == 0
    assert "2 cells change in 2 reports, 0 stay." in said.out
    assert "Accepted as record" in said.out
    rows = {
        r["unit"]: r
        for r in into("status", "--form", "res20.q", "--period", "2018-Q1", "--json").json
    }
    row = rows["xa-tan-loi"]
    assert (row["state"], row["sent"], row["days_late"]) == ("accepted", None, None)
    args = ("--indicator", "res20.A1", "--period", "2018-Q1", "--unit", "xa-tan-loi")
    assert "qt" in into("explain", *args).out


def test_a_preview_writes_nothing_and_a_batch_is_taken_out_again(into: Run, history: Path) -> None:
    into("import", history, *PAPER, "--by", "qt", "--dry-run")
    assert into("brought-in", "--json").json == []
    into("import", history, *PAPER, "--by", "qt")
    (batch,) = into("brought-in", "--json").json
    assert (batch["by"], len(batch["submissions"])) == ("qt", 2)
    assert batch["basis"] == "Báo cáo số 12-BC/HU, ngày 15/7/2018"
    assert "Báo cáo số 12-BC/HU" in into("brought-in").out
    done = into("brought-in", "--take-out", batch["id"], "--by", "qt")
    assert done.out == "2 reports are taken out.\n"
    assert into("brought-in", "--json").json[0]["taken_out"]
    assert into("brought-in", "--take-out", batch["id"], "--by", "qt").code == 2
    again = into("import", history, *PAPER, "--by", "qt")
    assert "2 cells change" in again.out


@pytest.mark.parametrize(
    "args",
    [
        ("--accept", "--by", "qt"),
        ("--basis", "x", "--by", "qt"),
        ("--accept", "--basis", "x"),
        (*PAPER, "--by", "vanphong"),
    ],
)
def test_a_paper_and_an_administrator_of_the_whole_office_are_needed(
    into: Run, history: Path, args: tuple[str, ...]
) -> None:
    assert into("import", history, *args).code == 2
    assert into("brought-in", "--json").json == []
