"""`nq content`: what the office made itself, out as files and in again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import Run, nq

pytestmark = pytest.mark.usefixtures("english")

TOML = """[pack]
id = "vp"
since = 2018-04-01
basis = "Công văn 5"
[[indicator]]
label = "A9"
name = "Số buổi đối thoại"
measure = "buổi"
[[question]]
form = "res20.q"
section = "A"
type = "figure"
indicator = "A9"
"""


@pytest.fixture
def vp(tmp_path: Path) -> Path:
    path = tmp_path / "vp.toml"
    path.write_text(TOML, "utf-8")
    return path


def with_admin(into: Run) -> Run:
    args = ("--name", "Quản trị", "--unit", "huyen", "--role", "admin")
    assert into("user", "add", "qt", *args).code == 0
    return into


def test_an_import_is_said_in_words_first_and_made_when_it_is_asked_for(
    into: Run, vp: Path
) -> None:
    with_admin(into)
    said = into("content", "import", vp)
    assert said.code == 0
    assert "New: indicator vp.A9@2018-04-01 Số buổi đối thoại" in said.out
    assert (
        "From 2018-Q2 on, res20.q asks 3 units for “Số buổi đối thoại” (until now 0)." in said.out
    )
    assert "12 more boxes a year are filled in." in said.out
    assert "2 definitions are new, 0 change, 0 stay as they are." in said.out
    assert "Nothing is written yet" in said.out
    assert into("content").out.count("vp.A9") == 0
    done = into("content", "import", vp, "--save", "--by", "qt")
    assert "2 definitions are saved as one change." in done.out
    assert [one["id"] for one in into("content", "--json").json] == [
        "vp.A9@2018-04-01",
        "res20.q/A9",
    ]
    vp.write_text(TOML.replace("Số buổi", "Số cuộc"), "utf-8")
    changed = into("content", "import", vp)
    assert "Changed: indicator vp.A9@2018-04-01 Số cuộc đối thoại" in changed.out
    assert "  name: Số buổi đối thoại → Số cuộc đối thoại" in changed.out


@pytest.mark.parametrize("name", ["noi-dung.xlsx", "noi-dung"])
def test_what_is_exported_comes_back_and_changes_nothing(
    into: Run, vp: Path, tmp_path: Path, name: str
) -> None:
    with_admin(into)
    into("content", "import", vp, "--save", "--by", "qt")
    said = into("content", "export", tmp_path / name)
    assert f"2 definitions are written into {tmp_path / name}." in said.out
    again = into("content", "import", tmp_path / name)
    assert again.out == "0 definitions are new, 0 change, 2 stay as they are.\n"


def test_only_who_manages_the_office_imports_content(into: Run, vp: Path) -> None:
    refused = into("content", "import", vp, "--save", "--by", "vanphong")
    assert refused.code == 2
    assert into("content", "--json").json == []
    assert into("content", "import", vp, "--save").code == 2
    assert into("content", "import", vp, "--by", "qt").code == 2


def test_mistakes_are_listed_one_a_line_and_nothing_is_written(into: Run, vp: Path) -> None:
    with_admin(into)
    vp.write_text(TOML.replace('section = "A"', 'section = "ZZ"'), "utf-8")
    refused = into("content", "import", vp, "--save", "--by", "qt")
    assert refused.code == 2
    assert "vp.toml, line 11: question res20.q/A9: section: names the section" in refused.err
    assert "Nothing was changed: 1 mistakes." in refused.err
    assert into("content", "--json").json == []


def test_a_packed_office_is_a_package_that_an_office_can_load(
    into: Run, vp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_admin(into)
    into("content", "import", vp, "--save", "--by", "qt")
    folder = tmp_path / "nq-vp"
    said = into("content", "pack", "nq_vp", folder)
    assert said.code == 0
    assert f"pip install {folder}" in said.out
    _as_installed(folder, "nq_vp")
    monkeypatch.syspath_prepend(folder)
    units = "code,name,kind,parent\nh,Huyện,committee,\nxa-a,Xã A,commune,h\n"
    (tmp_path / "units.csv").write_text(units, "utf-8")
    args = ("--units", tmp_path / "units.csv", "--plugin", "nq_res20", "--plugin", "nq_vp")
    assert nq("init", tmp_path / "other", *args).code == 0
    (one,) = nq("indicators", "vp.A9", "--json", "-w", tmp_path / "other").json
    assert (one["name"], one["plugin"]) == ("Số buổi đối thoại", "nq_vp")
    assert into("content", "pack", "nq_vp", folder).code == 2
    assert into("content", "pack", "vp", tmp_path / "new").code == 2


def _as_installed(folder: Path, name: str) -> None:
    """What `pip install -e` leaves."""
    info = folder / f"{name}-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text(f"[nqcore]\n{name} = {name}\n")


OF_UNITS = (
    TOML
    + """
[[overlay]]
id = "vp.han"
form = "res20.q"
within = "xa-b"
since = 2026-01-01
[overlay.set]
due = { day = 5, months_after = 1 }
"""
)


@pytest.mark.parametrize("spoilt", [False, True])
def test_a_packed_office_with_units_of_its_own_comes_with_a_test_that_passes(
    tmp_path: Path, spoilt: bool
) -> None:
    office = tmp_path / "ws"
    units = "code,name,kind,parent\nh,Huyện,committee,\nxa-a,Xã A,commune,h\nxa-b,Xã B,commune,h\n"
    (tmp_path / "units.csv").write_text(units, "utf-8")
    init = ("--units", tmp_path / "units.csv", "--plugin", "nq_res20")
    assert nq("init", office, *init).code == 0
    made = tmp_path / "vp.toml"
    made.write_text(OF_UNITS, "utf-8")
    admin = ("--name", "Quản trị", "--unit", "h", "--role", "admin")
    assert nq("user", "add", "qt", *admin, "-w", office).code == 0
    assert nq("content", "import", made, "--save", "--by", "qt", "-w", office).code == 0
    folder = tmp_path / "nq-vp"
    assert nq("content", "pack", "nq_vp", folder, "-w", office).code == 0
    assert "nq plugins check nq_vp" in (folder / "README.md").read_text("utf-8")
    _as_installed(folder, "nq_vp")
    if spoilt:
        (overlay,) = folder.glob("nq_vp/overlay*.toml")
        overlay.write_text(overlay.read_text("utf-8").replace("xa-b", "xa-x"), "utf-8")
    paths = os.pathsep.join([str(folder), *sys.path])
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert done.returncode == int(spoilt), done.stdout + done.stderr
