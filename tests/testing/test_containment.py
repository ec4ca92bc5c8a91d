"""A plugin that misbehaves is named, and a clerk files a report beside it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.opening import open_workspace
from tests.support.small import Install
from tests.support.visitor import Visitor
from tests.testing.faulty_pack import GOOD
from tests.webforms.browsing import Person, browser, serving
from webforms import create_app

NAME = "nq_cong_doan"
REPORT = "2018-Q3_res20.q_xa-binh-minh"
HOOK = "from nqcore.plugin import hook, Definitions, FindingKind, parse_definitions\n"
RAISES = "raise RuntimeError('không chạy được')"
TWICE = GOOD + GOOD.partition("[[directive]]")[2]
UNIT = '[[unit]]\ncode="xa-binh-minh"\nname="X"\nkind="commune"\nbasis="b"\n'
HEAD = (
    '[pack]\nid="x"\nsince=2018-01-01\nbasis="b"\n[letterhead]\nsuperior="s"\nbody="b"\n'
    'place="p"\nsymbol="s"\nauthority="a"\npost="p"\n'
)


def defining(text: str) -> str:
    """A module that brings these definitions."""
    return f"{HOOK}@hook\ndef definitions(): return parse_definitions('a.toml', {text!r})\n"


def making(hook: str, members: str, method: str) -> str:
    """A module with one object whose method does not work."""
    body = f"class Thing:\n    {members}\n    def {method}\n"
    return f"{HOOK}{body}@hook\ndef {hook}(): return [Thing()]\n"


CHECK = "id = 'x.c'; form = 'res20.q'"
KINDS = {
    "does not load": RAISES,
    "ends the program while it loads": "import sys; sys.exit('bye')",
    "raises in a hook": f"{HOOK}@hook\ndef rules():\n    {RAISES}\n",
    "has a hook that there is not": f"{HOOK}@hook\ndef rule(): return []\n",
    "has a file that is no TOML": defining(GOOD + "[[unit"),
    "has every table twice": defining(TWICE),
    "has the units of the office": defining(UNIT),
    "has the letterhead of the office": defining(HEAD),
    "has a rule that raises": making(
        "rules",
        "id = 'x.r'; kind = FindingKind.RESULT; directive = '20-NQ/TW'",
        f"findings(self, view): {RAISES}",
    ),
    "has a check that raises": making("checks", CHECK, f"problems(self, entry): {RAISES}"),
    "has a check that ends the program": making(
        "checks", CHECK.replace("x.c", "x.d"), "problems(self, entry): raise SystemExit(3)"
    ),
    "has a calendar that raises": making(
        "calendars",
        "id = 'x.t'; period = None",
        f"periods(self, kind, start, end): {RAISES}",
    ),
    "has a format that raises": making(
        "report_formats",
        "name = 'x'; title = 'X'; suffix = '.x'; media_type = 'text/x'",
        f"write(self, report, names): {RAISES}",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_filed_beside_a_plugin_that(
    demo_folder: Path, tmp_path: Path, install: Install, kind: str
) -> None:
    folder = Path(shutil.copytree(demo_folder, tmp_path / "huyen"))
    install(NAME, KINDS[kind])
    settings = folder / "workspace.toml"
    listed = settings.read_text("utf-8")
    settings.write_text(re.sub(r"plugins = \[", f'plugins = ["{NAME}", ', listed, count=1), "utf-8")
    with open_workspace(folder) as ws:
        app = create_app(ws)
        clerk = Visitor(app.test_client())
        assert clerk.sign_in("xa-binh-minh", PASSWORD).status_code == 303
        fill, check = f"/bao-cao/{REPORT}/nhap", f"/bao-cao/{REPORT}/kiem-tra"
        assert clerk.press(fill, "ghi0").status_code == 303
        assert clerk.press(fill, "kiem_tra").location == check
        sent = clerk.client.post(check, data=clerk.get(check).form(check))
        assert sent.status_code == 303
        assert ws.entry.sheet(REPORT).obligation.state == "sent"
        for page in ("/", "/tien-do", "/con-no", "/ton-tai", "/quan-tri/he-thong", "/so-lieu"):
            office = Visitor(app.test_client())
            office.sign_in("vanphong", PASSWORD)
            assert office.client.get(page).status_code == 200, page
        named = [str(one) for one in ws.faults]
        named += [str(one) for one in ws.entry.sheet(REPORT).faults]
        named += [
            str(one)
            for one in ws.reviews.verdict(directive="20-NQ/TW", period="2018").not_evaluated
        ]
        if kind not in ("has a calendar that raises", "has a format that raises"):
            assert any(NAME in one for one in named), named


@pytest.mark.slow
def test_a_clerk_files_a_report_in_a_browser_while_all_of_them_are_loaded(
    demo_folder: Path, tmp_path: Path, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(demo_folder, tmp_path / "huyen"))
    names = [f"nq_faulty_{nth}" for nth in range(len(KINDS))]
    for name, code in zip(names, KINDS.values(), strict=True):
        install(name, code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    settings = folder / "workspace.toml"
    listed = ", ".join(f'"{name}"' for name in names)
    text = settings.read_text("utf-8")
    settings.write_text(re.sub(r"plugins = \[", f"plugins = [{listed}, ", text, count=1), "utf-8")
    server = serving(folder)
    place = next(server)
    driver = browser(tmp_path / "profile", scripts=True)
    try:
        clerk = Person(driver, place)
        clerk.sign_in("xa-binh-minh", PASSWORD)
        clerk.open(f"/bao-cao/{REPORT}/nhap")
        driver.set_window_size(1366, 4000)  # the whole form, with no bar over its buttons
        clerk.press("Ghi 0 vào các ô còn trống")
        clerk.press("Kiểm tra và gửi")
        clerk.press("Gửi báo cáo")
        assert "Đã gửi báo cáo" in clerk.words
        clerk.open("/tro-giup")
        clerk.sign_in("vanphong", PASSWORD)
        clerk.open("/quan-tri/he-thong")
        put_aside = {name for name in names if f"{name}," in clerk.words}
        assert put_aside == {*names[:8]}, clerk.words
        clerk.open("/ton-tai")
        assert names[8] in clerk.words  # its rule was asked, and is not evaluated
    finally:
        driver.quit()
        server.close()
