"""The recipes of CONTRIBUTING.md, followed as they are printed there."""

from __future__ import annotations

import re
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
from nqcore.model.rules import RULE_TYPES, RuleTypeDeclaration
from nqcore.testing import check_plugin
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, Now, found
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
    assert re.findall(r"<!-- recipe: (.+?) -->", TEXT) == ["indicator", "rule type", "rule", "page"]


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
    names: dict[str, Any] = dict(vars(rule_types)) | {"RuleTypeDeclaration": RuleTypeDeclaration}
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
