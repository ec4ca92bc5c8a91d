"""`nq directives`: the chain of documents as text and for programs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nqcore.cli import main
from tests.support.small import Now, found, plugin

pytestmark = pytest.mark.usefixtures("english")


def nq(*args: object) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *map(str, args)])


def test_the_command_draws_the_chain_with_each_document_once(demo_folder: Path) -> None:
    lines = nq("directives", "20-NQ/TW", "-w", demo_folder).stdout.splitlines()
    assert [len(line) - len(line.lstrip()) for line in lines] == [0, 2, 2, 4, 2]
    assert "Nghị quyết số 20-NQ/TW (28/01/2008) – Ban Chấp hành Trung ương Đảng" in lines[0]
    assert lines[1].strip().startswith("concludes 20-NQ/TW: Kết luận số 79-KL/TW (25/12/2013)")
    assert (
        lines[3]
        .strip()
        .startswith(
            "implements 20-NQ/TW, 79-KL/TW, 13-NQ/TU; goes_with 80-KL/TW: Kế hoạch số 70-KH/HU (?)"
        )
    )


def test_the_command_marks_what_was_not_in_force_on_a_day(tmp_path: Path) -> None:
    newer = """
[[directive]]
type = "Nghị quyết"
number = "2-NQ/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về một việc"
date = 2018-01-05
[[directive]]
type = "Quyết định"
number = "3-QĐ/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về sửa đổi"
[[link]]
source = "2-NQ/HU"
kind = "replaces"
target = "1-NQ/HU"
basis = "b"
[[link]]
source = "3-QĐ/HU"
kind = "amends"
target = "1-NQ/HU"
basis = "b"
"""
    from nqcore.cli.printing import directives as listing

    with found(tmp_path / "ws", Now(), plugin("nq_newer", newer)) as ws:
        early = list(map(str, listing.directive_tree(ws, "1-NQ/HU", date(2017, 6, 1))))
        late = list(map(str, listing.directive_tree(ws, "1-NQ/HU", date(2018, 6, 1))))
        (data,) = listing.directives_data(ws, "1-NQ/HU", date(2018, 6, 1))
    assert early[0].endswith("– amended by 3-qd-hu")
    assert "NOT ISSUED by 2017-06-01" in next(line for line in early if "2-NQ/HU (" in line)
    assert "NOT IN FORCE, replaced by 2-nq-hu.2018-01-05" in late[0]
    assert (data["in_force"], data["replaced_by"], data["amended_by"]) == (
        False,
        ["2-nq-hu.2018-01-05"],
        ["3-qd-hu"],
    )


def test_a_link_into_a_plugin_that_is_gone_is_marked_in_the_tree(tmp_path: Path) -> None:
    from nqcore.cli.printing import directives as listing

    gone = '[[link]]\nsource = "1-NQ/HU"\nkind = "implements"\ntarget = "9-NQ/TU"\nbasis = "b"\n'
    with found(tmp_path / "ws", Now(), plugin("nq_gone", gone)) as ws:
        lines = list(map(str, listing.directive_tree(ws, "1-NQ/HU")))
    assert lines[1] == "  ! implements “9-NQ/TU”: not known"


def test_the_day_and_the_flags_are_also_for_programs(demo_folder: Path) -> None:
    args = ("directives", "80-KL/TW", "-w", demo_folder, "--json", "--at")
    (data,) = json.loads(nq(*args, "2010-07-28").stdout)
    assert data["in_force"] is False
    (data,) = json.loads(nq(*args, "2010-07-29").stdout)
    assert data["in_force"] is True
    assert nq("directives", "--tasks", "-w", demo_folder).exit_code == 2
    assert nq("directives", "20-NQ/TW", "--tasks", "--plans", "-w", demo_folder).exit_code == 2
