"""A small office to test the pages on: the model district's units and forms, no figures yet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace
from tests.support.small import put_plugin
from tests.support.visitor import Visitor
from webforms import create_app

if TYPE_CHECKING:
    from tests.webforms.every_page import EveryPage

TODAY = date(2018, 10, 5)
PASSWORD = "sen-ho-tay-2018"
PLUGINS = ("nq_res20", "nq_model_province", "nq_model_district", "nq_party_report", "nq_huyen_thu")
PEOPLE = {
    # login: (name, unit, role)
    "dn": ("Lê Thị Hoa", "dn-may-binh-minh", Role.ENTER),
    "dn2": ("Trần Gỗ", "dn-go-an-phu", Role.ENTER),
    "xa": ("Đặng Thị Mai", "xa-an-phu", Role.ENTER),
    "lead": ("Bí thư xã", "xa-an-phu", Role.LEAD),
    "tg": ("Ban Tuyên giáo", "ban-tuyen-giao", Role.ENTER),
    "vp": ("Trần Văn Nam", "huyen", Role.APPROVE),
    "ld": ("Thường trực", "huyen", Role.WATCH),
    "so": ("Người soạn", "huyen", Role.WRITE),
    "kt": ("Ủy ban Kiểm tra", "huyen", Role.INSPECT),
    "qt": ("Quản trị", "huyen", Role.ADMIN),
}
QUARTER = "2018-Q3_res20.q_dn-may-binh-minh"
"""The report that most tests fill in."""


@pytest.fixture(scope="session", autouse=True)
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile each template once for the session, not once for each application."""
    compiled = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Flask.jinja_options, "bytecode_cache", compiled)
        yield


@pytest.fixture(scope="session")
def own_plugin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Puts the office's own plugin where pip would, for servers in processes of their own, too."""
    site = tmp_path_factory.mktemp("site")
    code = Path(__file__).with_name("own_plugin.py").read_text("utf-8")
    put_plugin(site, "nq_huyen_thu", code)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(site)
        patch.setenv("PYTHONPATH", str(site), prepend=os.pathsep)
        yield


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, keys: Path, own_plugin: None) -> Path:
    """The folder of a workspace with its accounts; copied for each test."""
    folder = tmp_path_factory.mktemp("office") / "ws"
    with create_workspace(
        folder, name="Huyện thử", plugins=PLUGINS, root="huyen", today=TODAY
    ) as ws:
        assert not ws.faults
        hashed = hash_password(PASSWORD)
        for login, (name, unit, role) in PEOPLE.items():
            ws.accounts.add(
                login,
                name,
                unit,
                [role],
                units=ws.units,
                by="test",
                at=ws.clock(),
                hashed=hashed,
            )
    return folder


@pytest.fixture
def ws(office: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(office, tmp_path / "ws")
    with open_workspace(tmp_path / "ws") as found:
        yield found


@pytest.fixture
def app(ws: Workspace, keys: Path) -> Flask:
    made = create_app(ws, demo_accounts=[("dn", PASSWORD, "Lê Thị Hoa")])
    # A fault must fail the test, not become a page.
    made.config["PROPAGATE_EXCEPTIONS"] = True
    return made


@pytest.fixture(scope="session")
def every_page(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EveryPage]:
    """Every page of every account, made once. For tests that change nothing."""
    from tests.webforms.every_page import EveryPage  # its paths are those of this office

    folder = tmp_path_factory.mktemp("every-page") / "ws"
    shutil.copytree(office, folder)
    with open_workspace(folder) as found:
        made = create_app(found, demo_accounts=[("dn", PASSWORD, "Lê Thị Hoa")])
        made.config["PROPAGATE_EXCEPTIONS"] = True
        yield EveryPage(found, made, PASSWORD)


@pytest.fixture
def visit(app: Flask) -> Callable[..., Visitor]:
    """``visit("dn")``: a browser of its own in which that account is signed in; ``visit()``: nobody."""

    def make(login: str | None = None) -> Visitor:
        visitor = Visitor(app.test_client())
        if login is not None:
            answer = visitor.sign_in(login, PASSWORD)
            assert answer.status_code == 303
        return visitor

    return make
