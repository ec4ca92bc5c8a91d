"""The benchmark runs, and all its contenders agree."""

from __future__ import annotations

import importlib

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("polars")

from tests.bench import projection, report, rollup
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


def test_every_name_of_the_list_is_a_benchmark() -> None:
    for name in NAMES:
        assert callable(importlib.import_module(f"tests.bench.{name}").run)


def test_python_docx_writes_the_same_text_of_the_review() -> None:
    found = report.run(["--runs", "1"])
    assert found["identical"]
    assert found["size"] > 500
    assert set(found["results"]) == {"nqcore, review", "nqcore, docx", "python-docx"}
