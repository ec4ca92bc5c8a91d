"""Accounts and one-time links for many units: one press, slips with square codes, shown once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest
from flask import Flask

from nqcore.collection.accounts.access import Role
from nqcore.model.units import Unit, UnitKind
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from webforms.shared.staff_address import staff_origin

SLIPS = "/quan-tri/nguoi-dung/don-vi/phieu"
Visit = Callable[..., Visitor]
STAFF = "https://bao-cao.tan-hoa.gov.vn"
ADDRESS = re.compile(rf"{STAFF}/dang-nhap/[\w-]{{32}}")
HERE = re.compile(r"http://localhost/dang-nhap/[\w-]{32}")


@pytest.fixture
def ws(ws: Workspace) -> Workspace:
    """An office that says under which name staff reach it."""
    ws.settings = replace(ws.settings, hosts=(".gov.vn", "bao-cao.tan-hoa.gov.vn"))
    return ws


def press(who: Visitor) -> Page:
    answer = who.client.post(SLIPS, data=who.get(SLIPS).form(SLIPS))
    assert answer.status_code == 200
    return Page(answer.text)


def test_one_press_gives_every_unit_an_account_and_a_slip(ws: Workspace, visit: Visit) -> None:
    who = visit("qt")
    without = ws.administration.without_account(by=ws.account("qt"), on=ws.today)
    assert len(without) > 20
    page = press(who)
    addresses = ADDRESS.findall(page.words)
    assert len(set(addresses)) == len(without)
    assert sum(tag == "svg" for tag, _ in page.elements) == len(without)
    for unit in without:
        account = ws.accounts[unit.code]
        assert (account.unit, account.name, account.roles) == (unit.code, unit.name, {Role.ENTER})
    assert not ws.administration.without_account(by=ws.account("qt"), on=ws.today)
    assert "Đơn vị nào cũng đã có tài khoản" in who.get(SLIPS).words
    assert not ADDRESS.search(who.get(SLIPS).words), "shown once"
    # A slip opens its account, once.
    unit = visit()
    opened = unit.get(addresses[0].removeprefix(STAFF))
    assert any(action.startswith("/dang-nhap/") for action, _ in opened.forms)


def test_a_new_link_for_accounts_that_are_there(ws: Workspace, visit: Visit) -> None:
    who = visit("qt")
    answer = who.post(SLIPS, tai_khoan="dn")
    assert len(ADDRESS.findall(Page(answer.text).words)) == 1
    assert ws.accounts.open_links("dn", at=ws.clock())


def test_nothing_chosen_and_what_is_beyond_the_limits_is_refused(
    ws: Workspace, visit: Visit
) -> None:
    at = ws.clock()
    hashed = ws.accounts["qt"].password
    ws.accounts.add(
        "qt-xa", "QT xã", "xa-an-phu", [Role.ADMIN], units=ws.units, by="t", at=at, hashed=hashed
    )
    assert "Chọn ít nhất một tài khoản" in Page(visit("qt").post(SLIPS).text).words
    who = visit("qt-xa")
    assert "dn-may-binh-minh" not in who.get(SLIPS).form(SLIPS).getlist("don_vi")
    before = ws._state.store.version
    assert who.post(SLIPS, don_vi="xa-binh-minh").status_code == 403
    assert who.post(SLIPS, tai_khoan="dn").status_code == 403
    assert who.post(SLIPS, don_vi="nobody").status_code in (404, 422)
    assert ws._state.store.version == before


@pytest.mark.slow
def test_three_hundred_units_take_seconds(ws: Workspace, visit: Visit) -> None:
    units = [
        Unit(code=f"cb-{n}", name=f"Chi bộ {n}", kind=UnitKind("party-cell"), parent="huyen")
        for n in range(300)
    ]
    ws.organisation.add_units(units, by="test")
    who = visit("qt")
    begun = perf_counter()
    page = press(who)
    assert len(ADDRESS.findall(page.words)) > 300
    assert perf_counter() - begun < 60


def test_where_only_this_machine_s_address_is_known_no_slip_is_printed_and_it_is_said_what_to_do(
    ws: Workspace, visit: Visit
) -> None:
    ws.settings = replace(ws.settings, hosts=())
    who = visit("qt")
    assert "Chưa in được phiếu" in who.get(SLIPS).words
    page = press(who)
    assert "hosts = [" in page.words
    assert not [tag for tag, _ in page.elements if tag == "svg"], (
        "no square code that leads nowhere"
    )
    assert len(HERE.findall(page.words)) > 20, "to try the pages on this machine"


@pytest.mark.parametrize(
    ("hosts", "base", "found"),
    [
        ((), "http://localhost/", ""),
        ((), "http://127.0.0.1:8020/", ""),
        ((), "http://[::1]:8020/", ""),
        ((), "http://10.0.0.5:8020/", "http://10.0.0.5:8020"),
        (("a.vn", "b.vn"), "http://localhost/", "https://a.vn"),
        (("a.vn", "b.vn"), "https://b.vn/", "https://b.vn"),
        (("a.vn",), "http://10.0.0.5/", "https://a.vn"),
        ((".vn",), "http://localhost/", ""),
        (("localhost",), "http://localhost/", ""),
    ],
)
def test_the_address_of_staff_is_that_of_the_setting_or_of_the_request(
    ws: Workspace, app: Flask, hosts: tuple[str, ...], base: str, found: str
) -> None:
    ws.settings = replace(ws.settings, hosts=hosts)
    with app.test_request_context("/", base_url=base):
        assert staff_origin() == found


def test_slips_stand_on_sheets_of_eight(ws: Workspace, visit: Visit) -> None:
    page = press(visit("qt"))
    slips = len(ADDRESS.findall(page.words))
    sheets = sum(
        tag == "ul" and "phieu" in attributes.get("class", "") for tag, attributes in page.elements
    )
    assert sheets == -(-slips // 8)
