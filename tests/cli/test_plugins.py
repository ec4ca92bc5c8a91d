"""`nq plugins`: versions, hooks, faults and definitions that point to nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from tests.support.small import (
    Install,
)

pytestmark = pytest.mark.usefixtures("english")


def run(*args: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def settings_with(folder: Path, *plugins: str) -> None:
    """Allow exactly these plugins in the workspace."""
    file = folder / "workspace.toml"
    lines = [
        f"plugins = {json.dumps(plugins)}" if line.startswith("plugins") else line
        for line in file.read_text("utf-8").splitlines()
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def test_nq_plugins_lists_versions_hooks_faults_and_pointers_into_nothing(
    demo_copy: Path, install: Install
) -> None:
    install("nq_broken", "raise RuntimeError('no luck')")
    settings_with(demo_copy, "nq_res20", "nq_model_district", "nq_broken", "nq_gone")
    code, text = run("plugins", "-w", demo_copy)
    assert code == 0
    assert "FAULT nq_broken, import: RuntimeError: no luck" in text
    assert "FAULT nq_gone, import: is not installed" in text
    assert "UNRESOLVED" in text
    assert "13-NQ/TU" in text
    code, text = run("plugins", "-w", demo_copy, "--json")
    data = json.loads(text)
    assert [p["name"] for p in data["plugins"]] == ["nq_model_district", "nq_res20"]
    by_name = {p["name"]: p for p in data["plugins"]}
    assert by_name["nq_res20"]["distribution"] == "nqcore"
    assert by_name["nq_res20"]["hooks"] == ["definitions"]
    assert by_name["nq_res20"]["brings"]["form"] == 2
    assert {f["plugin"] for f in data["faults"]} == {"nq_broken", "nq_gone"}
