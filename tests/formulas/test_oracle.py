"""A dose of the long runs; the whole is `python -m tests.formulas.full`."""

from __future__ import annotations

import pytest

from . import oracle, runs

pytestmark = pytest.mark.slow


def test_random_expressions_equal_an_independent_oracle() -> None:
    count, slowest, states = runs.against_oracle(oracle.cases(1, 1_000))
    assert count == 1_000
    assert states.keys() == {"number", "not_reported", "not_applicable", "no_value"}
    assert slowest.seconds < runs.ALLOWED, slowest.text


def test_mutated_expressions_give_only_our_own_error() -> None:
    count, readable, slowest = runs.mutated(runs.mutations(1, 5_000))
    assert count == 5_000
    assert readable > 250
    assert slowest.seconds < runs.ALLOWED, slowest.text
