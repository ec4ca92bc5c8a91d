"""Shipped code is strictly typed and clean; these tools are part of the `dev` extra."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


def run(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=280
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_shipped_code_passes_mypy_strict() -> None:
    run("mypy")


def test_all_code_passes_ruff() -> None:
    run("ruff", "check", ".")


def test_all_code_is_formatted() -> None:
    run("ruff", "format", "--check", ".")
