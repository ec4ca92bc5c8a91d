"""The five tables of `tests.workspace.table_import.five` on the pages, without JavaScript: the figures that
are stored are those reckoned without the reader, and the preview names every cell."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD
from tests.workspace.table_import import five
from tests.workspace.table_import.five import OfficeTable
from tests.workspace.table_import.test_five_tables import each_table, needed
from webforms import create_app


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return five.make(tmp_path_factory.mktemp("five") / "o")


@pytest.fixture
def district(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(made, tmp_path / "w")
    with five.opened(tmp_path / "w") as found:
        found.accounts.set_password("quantri", PASSWORD, by="test", at=found.clock())
        yield found


@pytest.fixture(params=each_table())
def table(request: pytest.FixtureRequest) -> OfficeTable:
    return needed(request.param())


def test_a_table_comes_in_on_the_pages(
    district: Workspace, table: OfficeTable, tmp_path: Path
) -> None:
    who = Visitor(create_app(district).test_client())
    assert who.sign_in("quantri", PASSWORD).status_code == 303
    sent = {"csrf_token": who.token(), "tep": (BytesIO(table.data(tmp_path)), table.name)}
    path = who.client.post("/nap-bang", data=sent, content_type="multipart/form-data").location
    assert path is not None
    page = who.get(path)
    for _nth in range(2):  # where the first look asks for names, they are given then
        fields = page.form(path)
        page = Page(who.client.post(path, data=fields).text)
        if any(action == f"{path}/luu" for action, _fields in page.forms):
            break
    _before, named = page.words.split("Từng ô được xử lý ra sao")
    cells = sum(int(count) for count in re.findall(r"\((\d+)\)", named))
    assert cells == len(table.grid), page.words
    answer = who.client.post(f"{path}/luu", data=page.form(f"{path}/luu"))
    assert answer.status_code == 303, Page(answer.text).words
    assert five.stored(district) == table.figures
