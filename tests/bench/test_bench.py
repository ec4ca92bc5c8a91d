"""The benchmark runs, and all its contenders agree."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("polars")

from tests.bench import projection, report, rollup, web
from tests.bench.__main__ import NAMES
from tests.bench.rollup_data import LEAVES, country

pytestmark = pytest.mark.slow


def test_every_contender_gives_the_same_totals() -> None:
    found = rollup.run(["--rows", "90000", "--repeats", "1"])
    assert found["identical"] is True
    assert set(found["results"]) == {"nqcore", "duckdb", "polars", "python"}
    assert found["size"] == 90_000


def test_one_new_report_gives_what_a_full_recompute_gives() -> None:
    assert rollup.run(["--district", "--repeats", "5"])["identical"] is True


def test_a_tenth_of_the_cells_is_missing_and_every_parent_has_leaves() -> None:
    data = country(1_000_000)
    due = int(data.asked.sum()) * LEAVES
    assert data.rows == 1_000_000
    assert 0.09 < 1 - data.rows / due < 0.11
    sizes = data.stretch[:, 1] - data.stretch[:, 0]
    assert sizes.min() > 0
    assert sizes[0] == LEAVES == sizes[7:41].sum()


def test_projected_totals_of_the_country_are_the_same_in_duckdb() -> None:
    found = projection.run(["--rows", "60000", "--repeats", "1"])
    assert found["identical"]
    assert found["size"] == 60_000
    assert set(found["results"]) == {"nqcore", "plain", "duckdb"}


TINY = {
    "start": ["--runs", "1"],
    "cite": [],
    "rollup": ["--rows", "90000", "--repeats", "1"],
    "projection": ["--rows", "60000", "--repeats", "1"],
    "store": ["--sizes", "50", "--turns", "4", "--writers", "2"],
    "web": ["--units", "12", "--periods", "2", "--turns", "4", "--only", "todo"],
    "web --writes": ["--clients", "1", "--posts", "4"],
    "web --busy": ["--saves", "8"],
    "report": ["--runs", "1"],
}
"""Every benchmark, as small as it goes: one that no longer starts must not stay unseen."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", TINY)
def test_every_benchmark_runs(name: str) -> None:
    command = [sys.executable, "-m", "tests.bench", *name.split(), *TINY[name], "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=580)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["results"]
    assert found["identical"] is True


def test_every_benchmark_is_run_here() -> None:
    assert {name.split()[0] for name in TINY} == set(NAMES)
    assert {name.partition(" ")[2] for name in TINY} == {"", *web.OTHERS}


def test_python_docx_writes_the_same_text_of_the_review() -> None:
    found = report.run(["--runs", "1"])
    assert found["identical"]
    assert found["size"] > 500
    assert set(found["results"]) == {"nqcore, review", "nqcore, docx", "python-docx"}


def test_a_large_office_is_measured_in_processes_of_their_own() -> None:
    found = report.run(["--units", "3", "--quarters", "2", "--indicators", "4", "--runs", "1"])
    assert found["identical"]
    assert found["size"] == 24
    assert set(found["results"]) == {"nqcore, cold", "roll-up, cold", "python-docx, cold"}


@pytest.mark.parametrize(
    "wrong", [("--units", "0"), ("--indicators", "3"), ("--quarters", "0"), ("--quarters", "43")]
)
def test_a_large_office_has_no_other_size_than_the_one_that_is_told(wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit):
        report.run(["--units", "3", *wrong])
