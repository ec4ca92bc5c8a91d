"""A short dose of what ``python -m tests.faults.fuzz_requests`` does 100,000 times."""

from __future__ import annotations

import pytest

from tests.faults.fuzz_office import mark, marks_in
from tests.faults.fuzz_requests import run
from webforms.shared import context

pytestmark = pytest.mark.slow

DOSE = 2000


def test_hostile_requests_never_answer_500_and_never_cross_units() -> None:
    found = run(DOSE, seed=20)
    assert found.wrong == []
    assert found.requests == DOSE
    assert len(found.routes) > 40
    # Enough of them get inside, or nothing was tried.
    assert found.statuses[200] > DOSE // 10
    assert found.statuses[303] > DOSE // 50


def test_a_mark_is_seen_however_it_is_written() -> None:
    for text in ("731.003.027", "731003027", "731,003,027", "731 003 027", "dau-vet-3-"):
        assert marks_in(f"<td>{text}</td>".encode()) == {3}
    assert mark(3) == 731_003_027
    assert marks_in(b"731.003.028") == set()


def test_the_fuzzer_finds_a_door_that_was_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "may", lambda *_asked: True)
    found = run(800, seed=21)
    assert found.reads
    assert found.statuses[200] > 50
