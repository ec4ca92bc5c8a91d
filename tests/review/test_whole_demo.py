"""The run over the whole demo goes on where it ended, and reckons each figure again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from nqcore.workspace.facade import Workspace
from tests.review.adding import UNKNOWN, reckoned
from tests.review.demo import DISTRICT, DemoJudge
from tests.review.side_by_side import side_by_side
from tests.review.whole_demo import Piece, Reading, lines_of, noted, read_piece


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_the_cases(processes: int) -> None:
    assert [*side_by_side(abs, [-3, 2, -1, 0], processes)] == [3, 2, 1, 0]


def test_a_case_is_taken_only_when_its_turn_comes() -> None:
    taken: list[int] = []

    def cases() -> Iterator[int]:
        for case in range(9):
            taken.append(case)
            yield case

    results = side_by_side(abs, cases(), 1)
    assert (next(results), next(results), taken) == (0, 1, [0, 1])


def test_what_was_noted_is_not_read_again(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    assert (noted(None), noted(notes)) == ({}, {})
    one = Reading("2018-10-05 2017", {"reports": 30, "figures": 900}, [])
    two = Reading("2018-10-05 2018", {"reports": 29, "refused": 1, "faults": 1}, ["a hole in “–”"])
    text = "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in (one, two))
    notes.write_text(text, encoding="utf-8")
    assert noted(notes) == {one.piece: one, two.piece: two}
    assert [*lines_of([one, two], 3)] == [
        "2 of 3 pieces: 59 reports, 1 refused, 0 files, 900 figures, 0 added up, 1 faults",
        "a hole in “–”",
    ]


def test_a_piece_is_all_units_for_one_day_and_span(demo_folder: Path) -> None:
    reading = read_piece(Piece(demo_folder, DISTRICT.days[0], "2018-Q2"))
    assert (reading.piece, reading.faults) == ("2018-10-05 2018-Q2", [])
    # One unit was founded later.
    assert [reading.counts[key] for key in ("reports", "refused", "files")] == [29, 1, 1]
    assert reading.counts["figures"] >= reading.counts["added up"] > 1_000


@pytest.mark.parametrize(
    "id",
    [
        "res20.A1|2008..2018|huyen|all|reported",  # added up over units and periods
        "res20.B1|2018-Q2|huyen|all|reported",  # the last value of each unit
        "res20.B2.1|2017|huyen|all|reported",  # a formula
        "res20.A1|2018-Q2|xa-dong-ha|own|reported",
    ],
)
def test_a_figure_is_reckoned_again_from_its_cells(demo: Workspace, id: str) -> None:
    explained = demo.totals.explain(id)
    value, printed = reckoned(explained), explained.figure.value
    assert isinstance(value, Fraction)
    assert printed is not None
    assert abs(value - Fraction(printed)) <= Fraction(1, 2 * 10**explained.figure.decimals)


def test_what_is_neither_a_sum_nor_a_plain_formula_is_not_reckoned(demo: Workspace) -> None:
    explained = demo.totals.explain("res20.A1|2018-Q2|huyen|all|reported")
    mean = replace(explained.indicator, over_units=type(explained.indicator.over_units).MEAN)
    assert reckoned(replace(explained, indicator=mean)) is UNKNOWN
    assert reckoned(replace(explained, origins=())) is None


def test_a_total_that_its_cells_do_not_give_is_a_fault(demo_folder: Path, demo: Workspace) -> None:
    explained = demo.totals.explain("res20.A1|2018-Q2|huyen|all|reported")
    with DemoJudge(demo_folder) as judge:
        judge._add_up(explained)
        assert (judge.counts["added up"], judge.faults) == (1, [])
        more = replace(explained.figure, value=(explained.figure.value or Decimal(0)) + 1)
        judge._add_up(replace(explained, figure=more))
        judge._add_up(replace(explained, origins=explained.origins[1:]))
        assert judge.counts["faults"] == len(judge.faults) == 2
