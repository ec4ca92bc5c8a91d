"""The short dose of every fault, as CI gives it; `tests/faults/run --full` gives the whole."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.faults.__main__ import FAULTS, why_not
from tests.faults.kit import Figures

pytestmark = pytest.mark.slow

RUN = Path(__file__).with_name("run")


@pytest.mark.timeout(660)  # the kit has a limit of its own, which comes first
@pytest.mark.parametrize("name", FAULTS)
def test_nothing_acknowledged_is_lost_or_changed_unseen(name: str) -> None:
    lacks = why_not(name)
    if lacks and not os.environ.get("CI"):
        pytest.skip(lacks)
    done = subprocess.run((RUN, "--json", name), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["fault"] == name
    assert told["rounds"] > 0
    assert [told[what] for what in ("lost", "changed", "unreadable", "silent")] == [0, 0, 0, 0]
    assert "broken" not in told


def test_whatever_is_lost_or_broken_makes_the_command_fail() -> None:
    for what in ("lost", "changed", "unreadable", "silent"):
        assert Figures(**{what: 1}).bad
    figures = Figures()
    assert not figures.bad
    figures.must(True, "held")
    assert not figures.bad
    figures.must(False, "broken")
    assert figures.bad
    assert subprocess.run((RUN, "no-such-fault"), capture_output=True, timeout=60).returncode == 2
