"""*Tổng quan*: the first page of those who look, on one screen, and of nobody who enters or accepts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

import nqcore
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.model.units import Unit, UnitKind
from nqcore.text.dates import write_date
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from tests.webforms.conftest import PASSWORD, PEOPLE
from webforms import create_app
from webforms.security.page_rules import rule_of

Visit = Callable[..., Visitor]
EMPTY = (
    "Chưa có báo cáo nào phải gửi",
    "Không có mục tiêu nào đang trong thời hạn",
    "Chưa so sánh được",
    "Chưa có báo cáo tổng hợp",
    "Chưa giao nhiệm vụ nào có thời hạn",
)


def _own(ws: Workspace, unit: str, *roles: Role, **more: object) -> str:
    ws.accounts.add(
        "ai", "Ai đó", unit, roles, units=ws.units, by="test", at=ws.clock(),
        hashed=hash_password(PASSWORD), **more,
    )  # fmt: skip
    return "ai"


@pytest.mark.parametrize("login", PEOPLE)
def test_it_is_the_first_page_of_those_who_look_only(visit: Visit, login: str):
    looks = PEOPLE[login][2] in (Role.WATCH, Role.WRITE, Role.INSPECT)
    page = visit(login).get("/")
    assert ("Tổng quan ngày 05/10/2018" in page.words) is looks
    assert ("Việc của tôi" in page.words) is not looks


def test_it_has_no_form_and_every_link_opens(visit: Visit):
    leader = visit("ld")
    page = leader.get("/")
    assert page.forms == []
    for link in {one for one in page.links if one.startswith("/")}:
        assert leader.client.get(link, follow_redirects=True).status_code == 200, link


def test_a_figure_stands_with_its_day_and_a_comparison_with_its_units(demo: Workspace):
    leader = Visitor(create_app(demo).test_client())
    leader.sign_in("lanhdao", "demo-2018")
    words, seen = leader.get("/").words, demo.reviews.overview()
    running = [
        one.verdict
        for one in seen.targets
        if one.verdict and one.verdict.figure and one.verdict.day < one.verdict.period.end
    ]
    assert running
    for verdict in running:
        assert f"đến {write_date(verdict.day)}" in words
    of_some = [one.comparison for one in seen.turned if not one.all_units]
    assert of_some
    for comparison in of_some:
        assert f"(cùng {len(comparison.units)} đơn vị)" in words


def test_it_says_what_the_service_says(visit: Visit, demo: Workspace, tmp_path: Path):
    app = create_app(demo)
    leader = Visitor(app.test_client())
    leader.sign_in("lanhdao", "demo-2018")
    words, seen = leader.get("/").words, demo.reviews.overview()
    for one in seen.reports:
        assert f"{one.sent}/{one.owed} đã gửi" in words
    assert f"{seen.debt_count} báo cáo của {len(seen.debts)} đơn vị" in words
    for held in seen.targets:
        assert demo.catalogue.indicator(held.target.indicator).name in words
    for turned in seen.turned:
        assert turned.indicator.name in words
    assert words.count("Xấu đi") == sum(not one.better for one in seen.turned)
    for finding in seen.reviews[0].shortcomings[:3]:
        assert finding.title in words
    assert f"Cả {len(seen.reviews[0].shortcomings)} mục" in words


def test_where_nothing_is_done_yet_each_part_says_what_will_stand_there(visit: Visit):
    words = visit("ld").get("/").words
    assert "chưa đủ số liệu. Khi 80% báo cáo của một kỳ được duyệt" in words
    assert EMPTY[2] in words


def test_of_an_office_with_nothing_in_it_each_part_says_what_will_stand_there(tmp_path: Path):
    units = [Unit(code="xa", name="Xã", kind=UnitKind.COMMITTEE)]
    with nqcore.create(tmp_path / "ws", units=units) as ws:
        leader = Visitor(create_app(ws).test_client())
        leader.sign_in(_own(ws, "xa", Role.WATCH), PASSWORD)
        words = leader.get("/").words
    for sentence in EMPTY:
        assert sentence in words


def test_an_account_of_some_forms_sees_only_what_these_ask_for(visit: Visit, ws: Workspace):
    everything = visit("ld").get("/")
    page = visit(_own(ws, "huyen", Role.WATCH, forms=["res20.y"])).get("/")
    assert "mau=res20.q" in " ".join(everything.links)
    assert "mau=res20.q" not in " ".join(page.links)
    assert EMPTY[3] in page.words


def test_a_leader_of_a_unit_below_sees_that_unit(visit: Visit, ws: Workspace):
    page = visit(_own(ws, "xa-an-phu", Role.WATCH)).get("/")
    assert "Xã An Phú" in page.words
    assert any("don-vi=xa-an-phu" in link for link in page.links)
    assert not any("don-vi=huyen" in link for link in page.links)


@pytest.mark.parametrize(
    ("login", "elsewhere"), [("ld", True), ("kt", True), ("dn", False), ("vp", False)]
)
def test_only_the_page_of_those_who_look_is_made_by_another_process(
    app: Flask, visit: Visit, login: str, elsewhere: bool
):
    rule = rule_of(app.view_functions["work.index"])
    assert rule is not None
    with visit(login).client as client:
        client.get("/")
        assert (rule.heavy and rule.heavy_for()) is elsewhere


def test_where_accounts_are_edited_it_is_said_who_only_looks(visit: Visit):
    words = visit("qt").get("/quan-tri/nguoi-dung/ld").words
    assert "“Lãnh đạo theo dõi” chỉ xem, không thay đổi gì." in words
    assert "chọn thêm “Người soạn báo cáo tổng hợp”" in words
