"""An office that ends on 1 July 2025: its units and figures go on elsewhere, as the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.collection.accounts.access import Role
from nqcore.collection.entry.autofill import zeros
from nqcore.model.submissions import SubmissionState
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace
from nqcore.workspace.unit_list import read_units

SINCE = "2025-01-01"
DISTRICT = """code,name,kind,parent
huyen,Huyện ủy Tân Hòa,huyện ủy,
xa-an-phu,Đảng ủy xã An Phú,đảng ủy xã,huyen
xa-tan-loi,Đảng ủy xã Tân Lợi,đảng ủy xã,huyen
may,Công ty May An Phú,doanh nghiệp FDI,xa-an-phu
"""


def nq(*words: object) -> str:
    done = CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def report(ws: Workspace, unit: str, figure: str) -> None:
    sheet = ws.entry.sheet(ws.submissions.obligation(unit, "res20.q", "2025-Q1"))
    draft = ws.save_draft(unit, "res20.q", "2025-Q1", {**zeros(sheet), "A1": figure}, by="quantri")
    ws.accept(ws.send(draft, by="quantri"), by="quantri")


@pytest.fixture
def district(keys: Path, tmp_path: Path) -> Path:
    (tmp_path / "dv.csv").write_text(DISTRICT, "utf-8")
    folder = tmp_path / "huyen"
    options = ["--plugin", "nq_res20", "--units", tmp_path / "dv.csv", "--since", SINCE]
    nq("init", folder, *options)
    with open_workspace(folder) as ws:
        for unit, figure in (("xa-an-phu", "4"), ("xa-tan-loi", "5"), ("may", "2")):
            report(ws, unit, figure)
    return folder


def figure_of(folder: Path, unit: str) -> str:
    """After the drafts that were brought in are sent and accepted."""
    with open_workspace(folder) as ws:
        drafts = list(ws.submissions.repository.newest_revisions())
        assert {one.state for one in drafts} == {SubmissionState.DRAFT}
        for one in drafts:
            ws.accept(ws.send(one, by="quantri"), by="quantri")
        return str(ws.figure("A1", "2025-Q1", unit))


def test_a_commune_goes_on_in_a_workspace_of_its_own(district: Path, tmp_path: Path) -> None:
    units, figures, folder = tmp_path / "u.csv", tmp_path / "f.csv", tmp_path / "xa"
    units.write_text(nq("units", "xa-an-phu", "--list", "-w", district), "utf-8")
    assert [(u.code, u.kind, u.parent) for u in read_units(units)] == [
        ("xa-an-phu", "commune-committee", None),
        ("may", "foreign-enterprise", "xa-an-phu"),
    ]
    nq("export", "--unit", "xa-an-phu", "-o", figures, "-w", district)
    assert "xa-tan-loi" not in figures.read_text("utf-8")
    nq("init", folder, "--plugin", "nq_res20", "--units", units, "--since", SINCE)
    nq("import", figures, "-w", folder)
    assert figure_of(folder, "xa-an-phu").startswith("6 ")


def test_the_province_takes_the_units_and_the_figures_over(district: Path, tmp_path: Path) -> None:
    listed = nq("units", "--list", "-w", district)
    figures, folder = tmp_path / "f.csv", tmp_path / "tinh"
    nq("export", "-o", figures, "-w", district)
    (tmp_path / "t.csv").write_text("Tên,Loại,Mã\nTỉnh ủy Bình Sơn,tỉnh ủy,tinh\n", "utf-8")
    options = ["--plugin", "nq_res20", "--units", tmp_path / "t.csv", "--since", SINCE]
    nq("init", folder, *options)
    with open_workspace(folder) as ws:
        plan = ws.organisation.plan_units(listed, under="tinh")
        ws.organisation.add_list(plan, by="quantri")
        assert [u.code for u in ws.units.subtree("huyen")] == [
            "huyen",
            "xa-an-phu",
            "may",
            "xa-tan-loi",
        ]
        assert ws.units["huyen"].parent == "tinh"
    assert "2025-Q1_res20.q_xa-an-phu A1: – → 4" in nq("import", figures, "--dry-run", "-w", folder)
    nq("import", figures, "-w", folder)
    assert figure_of(folder, "tinh").startswith("11 ")


def test_the_root_does_not_end_and_says_where_to_look(keys: Path, tmp_path: Path) -> None:
    from datetime import date

    from nqcore.collection.reorganisation.reorganisation import RootEnds
    from nqcore.plugin import ChangeEvent, ChangeKind, Unit, UnitKind

    top = Unit(code="huyen", name="Huyện", kind=UnitKind.COMMITTEE)
    with create_workspace(tmp_path / "w", name="H", plugins=[], root="huyen", units=[top]) as ws:
        ws.accounts.add("qt", "QT", "huyen", [Role.ADMIN], units=ws.units, by="t", at=ws.clock())
        day = date(2025, 7, 1)
        end = ChangeEvent(id="v", date=day, kind=ChangeKind.CLOSE, unit="huyen", basis="NQ")
        with pytest.raises(RootEnds, match="see what to do under Units"):
            ws.organisation.change_units(end, by="qt")
