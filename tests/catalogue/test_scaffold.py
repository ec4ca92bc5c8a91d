"""The plugin that `nq plugins new` writes: it conforms at once, and a district can collect with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqcore.catalogue.api_version import API_VERSION
from nqcore.catalogue.scaffold import BadPluginName, FolderTaken, write_plugin
from nqcore.testing import check_plugin
from tests.cli.test_plugins import run
from tests.support.today import this_quarter

pytestmark = pytest.mark.usefixtures("english")


def test_a_fresh_scaffold_conforms_at_once(scaffold: Path) -> None:
    assert check_plugin("nq_tan_hoa") == []
    assert run("plugins", "check", "nq_tan_hoa") == (0, "nq_tan_hoa: conforms.\n")
    code = (scaffold / "nq_tan_hoa" / "__init__.py").read_text("utf-8")
    assert f'NQCORE_API = "{API_VERSION}"' in code


def test_the_case_of_a_fresh_scaffold_comes_out_as_it_expects(scaffold: Path) -> None:
    passes = "cases/hai-hoi-nghi.toml – Hai hội nghị trong quý I: passes\n"
    assert run("plugins", "test", "nq_tan_hoa") == (0, passes)
    case = scaffold / "nq_tan_hoa" / "cases" / "hai-hoi-nghi.toml"
    case.write_text(case.read_text("utf-8").replace("A1 = 2", "A1 = 3"), "utf-8")
    code, text = run("plugins", "test", "nq_tan_hoa")
    assert code == 1
    assert "expected tan-hoa.A1 tan-hoa 2026-Q1 = 2; found 3" in text


def test_a_fresh_scaffold_is_a_district_that_can_collect(scaffold: Path, tmp_path: Path) -> None:
    code, text = run("init", tmp_path / "ws", "--plugin", "nq_tan_hoa")
    assert code == 0
    assert "2 units, 1 forms, 1 indicators" in text
    asked = ("--form", "tan-hoa.q", "--period", this_quarter())
    code, text = run("status", "-w", tmp_path / "ws", *asked)
    assert code == 0
    assert "tan-hoa-xa-mot" in text


def test_the_kit_says_what_is_wrong_with_a_spoilt_scaffold(scaffold: Path) -> None:
    file = scaffold / "nq_tan_hoa" / "definitions.toml"
    file.write_text(
        file.read_text("utf-8").replace('figures = ["A1"]', 'figures = ["A2"]'), "utf-8"
    )
    code, text = run("plugins", "check", "nq_tan_hoa")
    assert code == 1
    assert "line 42: form tan-hoa.q: indicator: names the indicator “tan-hoa.A2”" in text
    spoilt = file.read_text("utf-8").replace("measure =", "meassure =")
    spoilt = spoilt.replace('every = "quarter"', 'every = "quartr"').replace("day = 10", "day = 40")
    spoilt = spoilt.replace('kind = "commune"', "kind = 5").replace("title =", "titel =")
    file.write_text(spoilt, "utf-8")
    lines = spoilt.split("\n")
    code, text = run("plugins", "check", "nq_tan_hoa")
    assert code == 1
    said = text.splitlines()
    assert len(said) == 7
    for part, path in {
        "meassure": "indicator[1].meassure: is not a key that is known here",
        'every = "quartr"': "form[tan-hoa.q].every: is “quartr”",
        "day = 40": "form[tan-hoa.q].due.day: must be from 1 to 31",
    }.items():
        (number,) = (n for n, line in enumerate(lines, 1) if part in line)
        where = f"nq_tan_hoa/definitions.toml, line {number}: {path}"
        assert sum(where in line for line in said) == 1


@pytest.mark.parametrize(
    "name", ["tan_hoa", "nq_", "nq_Tan", "nq-tan", "nq_tân", "../nq_x", "nq_x y"]
)
def test_a_scaffold_needs_a_name_that_a_package_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadPluginName):
        write_plugin(name, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_scaffold_never_writes_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderTaken):
        write_plugin("nq_tan_hoa", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
