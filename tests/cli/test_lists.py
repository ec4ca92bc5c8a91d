"""The commands that list what the workspace knows: directives, units, indicators, status."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from nqcore.workspace.facade import Workspace
from tests.cli.run import Run, nq

pytestmark = pytest.mark.usefixtures("english")


LOOKS: dict[str, tuple[list[str], str]] = {
    "directives": (["directives"], "79-KL/TW"),
    "one directive as a tree": (["directives", "20-NQ/TW"], "Kết luận số 79-KL/TW"),
    "units": (["units"], "  xa-tan-loi  Xã Tân Lợi"),
    "one unit": (["units", "xa-an-phu"], "Xã An Phú"),
    "units on a day": (["units", "--at", "2009-01-01"], "Xã An Phú"),
    "indicators": (["indicators"], "res20.C6.2"),
    "one indicator": (["indicators", "C6.2"], "Tổ chức Đảng"),
    "status": (["status", "--form", "res20.q", "--period", "2018-Q3"], "dn-may"),
    "debts": (["debts"], "past due of"),
    "rollup": (["rollup", "--form", "res20.q", "--period", "2018-Q2"], "res20.A1"),
    "explain": (["explain", "--indicator", "B2.1", "--period", "2018-Q2"], "asked in res20.q"),
    "findings": (
        ["findings", "--directive", "20-NQ/TW", "--period", "2018-Q1"],
        "for want of reports; see why with --all.",
    ),
    "plugins": (["plugins"], "nq_res20"),
    "user list": (["user list"], "vanphong"),
}


@pytest.mark.parametrize(("command", "holds"), LOOKS.values(), ids=LOOKS)
def test_a_command_that_looks_prints_for_people_and_exits_with_0(
    at: Run, command: list[str], holds: str
) -> None:
    said = at(*command)
    assert (said.code, said.err) == (0, "")
    assert holds in said.out


@pytest.mark.parametrize("command", ["directives", "units", "indicators", "plugins"])
def test_lists_are_printed_as_json_for_programs(at: Run, small: Workspace, command: str) -> None:
    data = at(command, "--json").json
    if command == "directives":
        assert [d["id"] for d in data] == [d.id for d in small.directives]
    elif command == "units":
        assert [u["code"] for u in data] == list(small.units)
        assert {u["plugin"] for u in data} == {"workspace"}
    elif command == "indicators":
        assert [i["code"] for i in data] == list(small.catalogue.indicators)
        assert {i["plugin"] for i in data} == {"nq_res20"}
    else:
        assert [p["name"] for p in data["plugins"]] == ["nq_res20"]
        assert data["faults"] == []


def test_units_on_a_day_are_those_that_existed_then(on: Run, demo: Workspace) -> None:
    everybody = {u["code"] for u in on("units", "--json").json}
    then = {u["code"] for u in on("units", "--at", "2009-01-01", "--json").json}
    missing = {u.code for u in demo.units.values() if u.opened or u.closed}
    assert missing
    assert everybody - then <= missing
    assert then == {u.code for u in demo.units.values() if u.exists(date(2009, 1, 1))}


def test_status_tells_who_has_sent_who_is_late_and_who_is_missing(on: Run, demo: Workspace) -> None:
    rows = on("status", "--form", "res20.q", "--period", "2018-Q2", "--json").json
    period = demo.submissions.period("res20.q", "2018-Q2")
    owed = demo.obligations.owed(demo.catalogue.form("res20.q"), period)
    assert [r["unit"] for r in rows] == [u.code for u in owed]
    for row in rows:
        obligation = demo.submissions.obligation(row["unit"], "res20.q", "2018-Q2")
        assert row["state"] == (obligation.state.value if obligation.state else None)
        assert row["due"] == obligation.due.isoformat()
        if obligation.days_late() is not None:
            assert row["days_late"] == obligation.days_late()
    later = on(
        "status", "--form", "res20.q", "--period", "2018-Q3", "--today", "2018-10-20", "--json"
    ).json
    assert {r["days_late"] for r in later if r["sent"] is None} == {10}


def test_status_ends_with_one_count_of_the_reports(on: Run) -> None:
    asked = ("status", "--form", "res20.q", "--period", "2018-Q3")
    assert on(*asked).out.splitlines()[-1] == (
        "6/28 accepted, 4 waiting, 2 returned, 16 not yet due."
    )
    assert on(*asked, "--today", "2018-10-11").out.splitlines()[-1] == (
        "6/28 accepted, 4 waiting, 2 returned, 16 past due."
    )


def test_the_letterhead_of_a_unit_is_printed_as_the_table_that_changes_it(
    office_folder: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office_folder, tmp_path / "ws")
    said = nq("units", "xa-an-phu", "--letterheads", "-w", folder)
    assert said.code == 0
    assert "# Xã An Phú (nqcore)" in said.out
    with (folder / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + said.out.replace('post = "BÍ THƯ"', 'post = "PHÓ BÍ THƯ"'))
    (one,) = nq("units", "xa-an-phu", "--letterheads", "--json", "-w", folder).json
    assert (one["plugin"], one["post"]) == ("workspace", "PHÓ BÍ THƯ")
    assert one["body"] == "ĐẢNG ỦY XÃ AN PHÚ"
    everything = nq("units", "--letterheads", "--json", "-w", folder).json
    assert [each["unit"] for each in everything if each["plugin"] == "workspace"] == ["xa-an-phu"]
    assert {each["unit"]: each["body"] for each in everything}["huyen"] == "HUYỆN ỦY"


def test_a_wrong_letterhead_in_the_settings_is_said_in_one_line(
    office_folder: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office_folder, tmp_path / "ws")
    with (folder / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[letterhead]]\nunit = "xa-an-phu"\nbody = "X"\n')
    said = nq("units", "-w", folder)
    assert said.code == 2
    assert "letterhead[1].place" in said.err


@pytest.mark.parametrize("also", [["--questions"], ["find", "x"], ["--at", "2018-01-01"]])
def test_letterheads_stand_alone(office_folder: Path, also: list[str]) -> None:
    assert nq("units", *also, "--letterheads", "-w", office_folder).code == 2


def test_indicators_are_listed_with_their_boxes_and_what_uses_them(at: Run) -> None:
    said = at("indicators --used", "--today", "2018-10-05", "--lang", "en")
    assert said.code == 0
    assert "boxes are filled in in 2018." in said.out
    rows = {
        one["code"]: one for one in at("indicators --used --json", "--today", "2018-10-05").json
    }
    assert rows["res20.A1"]["cells"]["2018"] == 12
    assert rows["res20.A1"]["rules"]
    assert at("indicators A1 --used").code == 2


def test_one_indicator_is_shown_with_its_definition_its_versions_and_who_gave_them(at: Run) -> None:
    said = at("indicators C6.2", "--lang", "en").out
    assert "Measure: tổ chức" in said
    assert "Adds up: added up over the units; the last period's figure" in said
    assert "2008-01-01–  Chỉ thị số 07-CT/TW, ngày 23/11/1996" in said
    assert "[nq_res20 " in said
    assert "Công thức: (B2.1) = (B2:B1)x100" in at("indicators B2.1", "--lang", "vi").out
    (one,) = at("indicators B2.1 --json").json
    (version,) = one["versions"]
    assert (version["formula"], version["owner"]) == ("(B2.1) = (B2:B1)x100", "nq_res20")
    assert (one["form"], one["changes"]) == (None, [])
