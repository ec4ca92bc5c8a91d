"""The page of the system: what is loaded, and which plugin is put aside."""

from __future__ import annotations

import shutil
from pathlib import Path

from nqcore.workspace.opening import open_workspace
from tests.support.small import plugin
from tests.support.visitor import Visitor
from tests.webforms.conftest import PASSWORD
from webforms import create_app


def test_a_plugin_that_is_put_aside_is_named_and_the_pages_work(
    office: Path, tmp_path: Path
) -> None:
    shutil.copytree(office, tmp_path / "ws")
    text = '[pack]\nid = "x"\nsince = 2018-01-01\nbasis = "b"\n[[unit]]\ncode = "huyen"\n'
    late = plugin("nq_late", f'{text}name = "Huyện khác"\nkind = "committee"\n')
    with open_workspace(tmp_path / "ws", modules=[("nq_late", late)]) as ws:
        visitor = Visitor(create_app(ws).test_client())
        visitor.sign_in("qt", PASSWORD)
        page = visitor.get("/quan-tri/he-thong").text
    assert "nq_late" in page
    assert "unit huyen" in page
    assert "put aside" in page
