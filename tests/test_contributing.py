"""The recipes of CONTRIBUTING.md, followed as they are printed there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask

import nqcore
import webforms.app
from nqcore.analysis.findings import rule_types
from nqcore.analysis.report.sentences import sentence_text
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.model.rules import RULE_TYPES
from nqcore.testing import check_plugin
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, ROOT, Now, found
from tests.support.visitor import Visitor
from webforms import create_app

TEXT = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text("utf-8")
PASSWORD = "mat-khau-2018"
SINCE = date(2026, 1, 1)


def recipe(name: str) -> str:
    """The code block of that recipe."""
    block = re.search(rf"<!-- recipe: {name} -->\n```\w+\n(.*?)\n```", TEXT, re.S)
    assert block is not None
    return block[1]


def test_every_recipe_is_followed_by_a_test() -> None:
    assert re.findall(r"<!-- recipe: (.+?) -->", TEXT) == [
        *("indicator", "rule type", "rule", "field type", "field", "page")
    ]


def district(scaffold: Path, folder: Path, *recipes: str) -> Workspace:
    """A workspace of the district in the plugin that `nq plugins new` wrote, with `recipes` in its
    definition file, in February 2027."""
    file = scaffold / "nq_tan_hoa" / "definitions.toml"
    file.write_text("\n".join([file.read_text("utf-8"), *map(recipe, recipes)]), "utf-8")
    now = Now()
    now.on("2027-02-05")
    ws = nqcore.create(
        folder, name="Huyện", plugins=["nq_tan_hoa"], root="tan-hoa", since=SINCE, clock=now
    )
    for login, unit, role in (
        ("duyet", "tan-hoa", Role.APPROVE),
        ("lan", "tan-hoa-xa-mot", Role.ENTER),
    ):
        ws.accounts.add(
            login,
            login,
            unit,
            [role],
            units=ws.units,
            by="test",
            at=now(),
            hashed=hash_password(PASSWORD),
        )
    return ws


def test_an_indicator_is_shown_entered_and_added_up(scaffold: Path, tmp_path: Path) -> None:
    with district(scaffold, tmp_path / "ws", "indicator") as ws:
        assert check_plugin("nq_tan_hoa") == []
        visitor = Visitor(create_app(ws).test_client())
        assert visitor.sign_in("lan", PASSWORD).status_code == 303
        page = visitor.client.get("/bao-cao/2026_tan-hoa.year_tan-hoa-xa-mot/nhap")
        assert page.status_code == 200
        assert "Số buổi đối thoại với người lao động" in page.get_data(as_text=True)
        ws.save_draft("tan-hoa-xa-mot", "tan-hoa.year", "2026", {"A9": "7"}, by="lan")
        ws.accept(ws.send("2026_tan-hoa.year_tan-hoa-xa-mot", by="lan"), by="duyet")
        total = ws.figure("tan-hoa.A9", "2026")
        assert total.value == 7
        assert (total.coverage.reported, total.coverage.due) == (1, 1)


def test_a_rule_type_is_a_function_and_a_line_and_a_plugin_uses_it(
    scaffold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: dict[str, Any] = {}
    exec(recipe("rule type"), names)
    ((key, function),) = re.findall(r"one line \(`\"([\w-]+)\": (\w+)`\)", TEXT)
    ((same_key, declaration),) = re.findall(r"\(`\"([\w-]+)\": ([A-Z_]+)`:", TEXT)
    assert same_key == key
    monkeypatch.setitem(RULE_TYPES, key, names[declaration])
    monkeypatch.setitem(rule_types.TYPES, key, names[function])
    with district(scaffold, tmp_path / "ws", "rule") as ws:
        verdict = ws.reviews.verdict(directive="01-KH/HU", period="2026")
        assert verdict.not_evaluated == ()
        (finding,) = [one for one in verdict.findings if one.rule == "tan-hoa.never-asked"]
        # The form is owed by communes only, so the district itself is never asked.
        assert sentence_text(finding.sentence) == "Chưa có biểu mẫu hỏi Huyện …"
        assert finding.evidence.units == ("tan-hoa",)


FOLLOWED = """
import datetime, io, sys
from pathlib import Path
import docx, openpyxl
import nqcore.model.fields.time_of_day
from nqcore.text.messages import translator
from nqcore.workspace.bulk_import import apply_import, export_rows, plan_import
from tests.support.small import Now, found, plugin, reopen
from tests.support.twenty import app_of

folder, toml, report = Path(sys.argv[1]), sys.argv[2], "2018-Q1_s.hop_xa-a"
vi = translator("vi")
asking = plugin("nq_hop", toml)
with found(folder, None, asking) as ws:
    sheet = ws.entry.sheet(report)
    draft = ws.save_draft("xa-a", "s.hop", "2018-Q1", {"G1": "25:00"}, by="lan")
    (problem,) = ws.entry.sheet(report).blocking
    print(problem.code, ws.entry.sheet(report).rows[0].typed)
    book = openpyxl.load_workbook(io.BytesIO(ws.entry.workbook(sheet, vi, directive="")))
    page = book.worksheets[0]
    (row,) = [n for n in range(1, 30) if page.cell(n, 7).value == "G1"]
    page.cell(row, 5).value = "8h30"
    book.save(folder / "x.xlsx")
    apply_import(ws, plan_import(ws, folder / "x.xlsx"), by=ws.accounts["lan"])
    ws.accept(ws.send(report, by="lan"), by="duyet")
    signed = ws.entry.signing_copy(ws.entry.sheet(report), vi, directive="", above="")
    lines = [p.text for p in docx.Document(io.BytesIO(signed)).paragraphs]
    print(lines[lines.index("Giờ bắt đầu") + 1])
    print([row[2:] for row in export_rows(ws) if row[0] == "xa-a"])
with reopen(folder, Now(), asking) as ws:
    print(dict(ws.submissions.repository.revision(report).answers))
    from tests.support.questions import PASSWORD
    from tests.support.visitor import Visitor
    from nqcore.collection.accounts.access import Role
    from nqcore.collection.accounts.passwords import hash_password
    ws.accounts.add("hoa", "hoa", "xa-b", [Role.ENTER], units=ws.units, by="t", at=ws.clock(),
                    hashed=hash_password(PASSWORD))
    visitor = Visitor(app_of(ws).test_client())
    visitor.sign_in("hoa", PASSWORD)
    fill = "/bao-cao/2018-Q1_s.hop_xa-b/nhap"
    visitor.press(fill, "luu", {"G1": "9:05"})
    print(visitor.get(fill).form(fill)["G1"])
"""


def test_a_field_type_is_a_module_and_two_words(tmp_path: Path) -> None:
    """nqcore is copied, the recipe followed in the copy, and a form with the new field walked through:
    typed wrongly, filled in with Excel, sent, printed, exported, read again, and shown on its page."""
    fields = tmp_path / "code" / "nqcore" / "model" / "fields"
    shutil.copytree(ROOT / "nqcore", tmp_path / "code" / "nqcore")
    (fields / "time_of_day.py").write_text(recipe("field type") + "\n", "utf-8")
    registry = (fields / "__init__.py").read_text("utf-8")
    for old, new in (
        ("    NarrativeField,\n)", "    NarrativeField,\n    TimeField,\n)"),
        ("TaskProgress | bool | date", "TaskProgress | bool | date | time"),
        ("from datetime import date", "from datetime import date, time"),
        (
            "from nqcore.model.fields.yes_no",
            "from nqcore.model.fields.time_of_day import TimeField\nfrom nqcore.model.fields.yes_no",
        ),
    ):
        assert registry.count(old) == 1, old
        registry = registry.replace(old, new)
    (fields / "__init__.py").write_text(registry, "utf-8")
    path = os.pathsep.join([str(tmp_path / "code"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", FOLLOWED, tmp_path / "ws", recipe_head() + recipe("field")],
        env={**os.environ, "PYTHONPATH": path, "NQ_KEYS": str(tmp_path / "keys")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "no-time {'G1': '25:00'}",
        "8:30",
        "[('s.hop:G1', '8:30')]",
        "{'G1': datetime.time(8, 30)}",
        "9:05",
    ]


def recipe_head() -> str:
    return '[pack]\nid = "s"\nsince = 2017-01-01\nbasis = "b"\n'


def test_a_page_answers_who_may_open_it_and_no_one_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("units_of_today")
    exec(recipe("page"), vars(module))
    with found(tmp_path / "ws") as ws:
        hashed = hash_password(PASSWORD)
        for login, role in (("qt", Role.ADMIN), ("kt", Role.INSPECT)):
            ws.accounts.add(
                login, login, "top", [role], units=ws.units, by="test", at=NOON, hashed=hashed
            )
        monkeypatch.setattr(webforms.app, "PAGES", (*webforms.app.PAGES, module.pages))
        app: Flask = create_app(ws)

        def answer(login: str | None) -> tuple[int, str]:
            visitor = Visitor(app.test_client())
            if login:
                assert visitor.sign_in(login, PASSWORD).status_code == 303
            page = visitor.client.get("/don-vi-hom-nay")
            return page.status_code, page.get_data(as_text=True)

        assert answer("qt") == (200, str(len(ws.units.at(ws.today))))
        assert answer("kt")[0] == 403
        assert answer(None)[0] == 303
