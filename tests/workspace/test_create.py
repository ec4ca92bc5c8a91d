"""`nqcore.create`: from nothing to a workspace in which an account may write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import nqcore
from nqcore.collection.accounts.access import Role
from nqcore.errors import NqError, WorkspaceError
from nqcore.model.units import Unit, UnitKind
from nqcore.plugin import parse_definitions
from tests.support.small import DISTRICT, PERIOD, SMALL, Now
from tests.workspace.test_setup import LIST, as_csv, as_xlsx

FORM_ONLY = """
[pack]
id = "x"
since = 2018-01-01
basis = "Kế hoạch số 2"
[[directive]]
type = "Kế hoạch"
number = "2-KH/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về một việc khác"
date = 2018-01-05
[[indicator]]
label = "B1"
name = "Công nhân"
measure = "người"
[[form]]
id = "x.q"
title = "Báo cáo"
directive = "2-KH/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["B1"]
"""
UNITS = (
    Unit(code="huyen", name="Huyện Một", kind=UnitKind.COMMITTEE),
    Unit(code="xa", name="Xã Hai", kind=UnitKind.COMMUNE, parent="huyen"),
)


def test_the_first_account_enters_sends_accepts_and_adds_accounts_at_once(tmp_path: Path) -> None:
    given = [("x", parse_definitions("x.toml", FORM_ONLY))]
    clock = Now()
    with nqcore.create(tmp_path / "ws", units=UNITS, clock=clock, modules=given) as ws:
        assert (ws.settings.name, ws.root.code) == ("Huyện Một", "huyen")
        assert ws.faults == ()
        draft = ws.save_draft("xa", "x.q", PERIOD, {"B1": "1.310"}, by="quantri")
        ws.send(draft, by="quantri")
        ws.accept(draft, by="quantri")
        assert str(ws.figure("B1", PERIOD)) == "1.310 người (1/1)"
        by = ws.account("quantri")
        added = ws.administration.add("Lan; xa", [Role.ENTER], [], by=by)
        assert [account.login for account in added] == ["lan"]
    with nqcore.open(tmp_path / "ws", clock=clock, modules=given) as again:
        assert str(again.figure("B1", PERIOD)) == "1.310 người (1/1)"
        assert again.verify().ok


@pytest.mark.parametrize("how", ["csv", "xlsx", "csv as text"])
def test_units_are_taken_from_the_list_of_the_office(tmp_path: Path, how: str) -> None:
    write = as_xlsx if how == "xlsx" else as_csv
    file = write(tmp_path / f"don-vi.{how[:4].strip()}", LIST)
    given = str(file) if "text" in how else file
    with nqcore.create(tmp_path / "ws", units=given, plugins=["nq_res20"]) as ws:
        assert ws.root.name == ws.settings.name == "Huyện Tân Hòa"
        assert len(ws.units) == 7
        first = ws.submissions.period("res20.q", f"{ws.today.year}-Q1")
        assert ws.obligations.owed(ws.catalogue.form("res20.q"), first)


def test_units_of_plugins_need_no_list(tmp_path: Path) -> None:
    with nqcore.create(
        tmp_path / "ws", modules=[("nq_small", SMALL)], admin="hoa", name="Mẫu", clock=Now()
    ) as ws:
        assert (ws.root.code, ws.settings.name) == ("top", "Mẫu")
        assert ws.account("hoa").unit == "top"


def test_reports_are_owed_from_the_first_of_january_or_the_day_that_is_given(
    tmp_path: Path,
) -> None:
    given = [("s", parse_definitions("s.toml", DISTRICT))]
    with nqcore.create(tmp_path / "a", modules=given, clock=Now()) as ws:
        assert ws.settings.since == date(2018, 1, 1)
    with nqcore.create(
        tmp_path / "b", modules=given, since=date(2017, 4, 1), today=date(2018, 4, 5)
    ) as ws:
        assert ws.settings.since == date(2017, 4, 1)
        assert ws.today == date(2018, 4, 5)


def test_of_several_units_without_a_parent_one_is_named(tmp_path: Path) -> None:
    two = (*UNITS, Unit(code="ban", name="Ban", kind=UnitKind.STEERING))
    with pytest.raises(WorkspaceError, match="found: ban, huyen"):
        nqcore.create(tmp_path / "ws", units=two)
    with nqcore.create(tmp_path / "ws", units=two, root="huyen") as ws:
        assert ws.root.code == "huyen"


@pytest.mark.parametrize(
    "given",
    [
        {"units": UNITS, "plugins": ["nq_gone"]},
        {"units": UNITS, "root": "khac"},
        {"units": UNITS, "admin": " "},
        {"units": UNITS[1:]},
        {"units": ()},
        {"units": "khong-co.csv"},
    ],
    ids=str,
)
def test_what_cannot_become_a_workspace_is_refused_and_leaves_no_folder(
    tmp_path: Path, given: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises((NqError, FileNotFoundError)):
        nqcore.create(tmp_path / "ws", **given)  # type: ignore[arg-type]
    assert not (tmp_path / "ws").exists()
