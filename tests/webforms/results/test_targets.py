"""Targets on the pages: the same words from the same verdicts, with overlays, for the account's unit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.opening import open_workspace
from tests.support.small import plugin
from tests.support.visitor import Visitor
from webforms import create_app

OVERLAY = """
[[overlay]]
id = "hu.sua"
target = "tu13.bhxh-2018"
within = "huyen"
since = 2018-01-01
basis = "Công văn số 12-CV/HU"
[overlay.set]
value = 95
"""


@pytest.fixture(scope="module")
def demo_app(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo with an overlay of the office on one target of the province."""
    folder = Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("pages") / "demo"))
    with open_workspace(folder, modules=[("nq_sua", plugin("nq_sua", OVERLAY))]) as ws:
        assert ws.faults == ()
        made = create_app(ws)
        made.config["PROPAGATE_EXCEPTIONS"] = True
        yield made


def visitor(app: Flask, login: str) -> Visitor:
    found = Visitor(app.test_client())
    assert found.sign_in(login, PASSWORD).status_code == 303
    return found


def test_the_page_of_a_directive_says_the_verdict_with_the_overlay_and_its_basis(
    demo_app: Flask,
) -> None:
    page = visitor(demo_app, "vanphong").get("/van-ban/13-nq-tu")
    assert "ít nhất 95%" in page.words
    assert "Công văn số 12-CV/HU" in page.words
    assert "89,0% – chậm hơn lộ trình (lộ trình đến 30/6/2018: 91," in page.words
    assert "89,9% – nhanh hơn lộ trình (lộ trình đến 30/6/2018: 89,3%)" in page.words
    own = visitor(demo_app, "vanphong").get("/van-ban/70-kh-hu")
    assert own.words.count("chậm hơn lộ trình") == 4


def test_a_commune_is_not_judged_by_a_number_of_the_district(demo_app: Flask) -> None:
    page = visitor(demo_app, "xa-an-phu").get("/van-ban/70-kh-hu")
    assert page.words.count("Mục tiêu chung, không giao riêng cho đơn vị này") == 3
    assert "83,7% – đạt" in page.words


def test_the_page_of_an_indicator_says_the_same_verdict(demo_app: Flask) -> None:
    office = visitor(demo_app, "vanphong")
    page = office.get("/chi-tieu/res20.B2.1?ky=2018")
    assert "ít nhất 95% – 89,0% – chậm hơn lộ trình" in page.words
    assert "chưa đạt" not in office.get("/chi-tieu/res20.C3.3?ky=2017").words
    enterprise = visitor(demo_app, "dn-may-binh-minh").get("/chi-tieu/res20.C3.3?ky=2018")
    assert "chưa đạt" not in enterprise.words
    assert "lộ trình" not in enterprise.words
