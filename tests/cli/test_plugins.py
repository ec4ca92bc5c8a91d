"""`nq plugins`: versions, hooks, faults and definitions that point to nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from tests.support.small import DISTRICT, FINE, Install

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


CASES = """
from nqcore.plugin import hook, read_definitions
@hook
def definitions(): return read_definitions(__name__)
"""


def put_package(site: Path, case: str) -> None:
    """An installed plugin that is a package: the small district and its cases."""
    package = site / "nq_cased"
    (package / "cases").mkdir(parents=True)
    (package / "__init__.py").write_text(CASES, "utf-8")
    (package / "all.toml").write_text(DISTRICT + TOTAL_RULE, "utf-8")
    (package / "cases" / "mot.toml").write_text(case, "utf-8")


TOTAL_RULE = """
[[rule]]
id = "s.total"
kind = "result"
directive = "1-NQ/HU"
title = "Hội nghị"
type = "total"
indicators = ["A1"]
[rule.sentences]
some = "{over} có {A1} hội nghị"
one = "{over} có {A1} hội nghị"
"""
CASE = """
[case]
title = "Một hội nghị"
directive = "1-NQ/HU"
period = "2018-Q1"
today = 2018-04-30
[[report]]
unit = "xa-b"
form = "s.q"
period = "2018-Q1"
A1 = 7
[[total]]
indicator = "s.A1"
period = "2018-Q1"
value = VALUE
"""


@pytest.fixture
def cased(tmp_path: Path, install: Install, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the plugin nq_cased is put; its entry point is there already."""
    install("nq_cased", FINE, module="nq_cased_entry")
    monkeypatch.delitem(sys.modules, "nq_cased", raising=False)
    (entry,) = tmp_path.rglob("nq_cased-1.2.dist-info/entry_points.txt")
    entry.write_text("[nqcore]\nnq_cased = nq_cased\n", "utf-8")
    return entry.parents[1]


def test_nq_plugins_test_prints_each_case_and_the_coverage_of_the_rules(cased: Path) -> None:
    put_package(cased, CASE.replace("VALUE", "7"))
    assert run("plugins", "test", "nq_cased") == (
        0,
        "cases/mot.toml – Một hội nghị: passes\n"
        "0 of 1 rules have a case.\n"
        "  s.total: no case (some, one)\n",
    )


def test_a_case_that_differs_ends_with_1_and_says_where(cased: Path) -> None:
    put_package(cased, CASE.replace("VALUE", "8"))
    code, text = run("plugins", "test", "nq_cased")
    assert code == 1
    assert text.startswith(
        "cases/mot.toml – Một hội nghị: differs\n"
        "  cases/mot.toml, line 12: expected s.A1 top 2018-Q1 = 8; found 7\n"
    )
    code, text = run("plugins", "test", "nq_cased", "--json")
    data = json.loads(text)
    assert (code, data["plugin"], data["passed"]) == (1, "nq_cased", False)
    (case,) = data["cases"]
    assert case["differences"] == [{"line": 12, "expected": "s.A1 top 2018-Q1 = 8", "found": "7"}]
    assert data["rules"] == [
        {"rule": "s.total", "sentences": ["some", "one"], "expected": [], "silent": False}
    ]


def test_a_case_that_cannot_be_read_ends_with_1_and_says_why(cased: Path) -> None:
    put_package(cased, CASE.replace("VALUE", "8").replace("xa-b", "top"))
    code, text = run("plugins", "test", "nq_cased")
    assert code == 1
    assert "cases/mot.toml – Một hội nghị: cannot be run" in text
    assert "cases/mot.toml, line 8: report[1].unit: top does not owe form s.q" in text


def test_a_plugin_without_cases_says_where_they_belong() -> None:
    code, text = run("plugins", "test", "nq_party_report")
    assert (code, text) == (
        0,
        "nq_party_report has no cases. Write them into the folder cases of its package.\n",
    )


def test_cases_of_a_plugin_that_is_not_installed_are_an_error() -> None:
    code, text = run("plugins", "test", "nq_gone")
    assert code == 2
    assert "is not installed" in text
