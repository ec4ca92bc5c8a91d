"""The recipes of CONTRIBUTING.md, followed as they are printed there."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask

from nqcore.analysis.findings import rule_types
from nqcore.analysis.report.sentences import sentence_text
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from tests.support.small import NOON, Now, accepted, found, plugin, reopen
from tests.support.visitor import Visitor
from webforms import create_app

TEXT = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text("utf-8")
PACK = '[pack]\nid = "x"\nsince = 2017-01-01\nbasis = "b"\n'


def recipe(name: str) -> str:
    """The code block of that recipe."""
    block = re.search(rf"<!-- recipe: {name} -->\n```\w+\n(.*?)\n```", TEXT, re.S)
    assert block is not None
    return block[1]


def test_every_recipe_is_followed_by_a_test() -> None:
    assert re.findall(r"<!-- recipe: (.+?) -->", TEXT) == ["indicator", "rule type", "page"]


def test_an_indicator_is_asked_entered_and_added_up(tmp_path: Path) -> None:
    toml = PACK + recipe("indicator").replace("1-KH/HU", "1-NQ/HU")
    now = Now()
    found(tmp_path / "ws", now).close()
    now.on("2018-02-05")
    with reopen(tmp_path / "ws", now, plugin("nq_x", toml)) as ws:
        assert ws.faults == ()
        for login, unit, figure in (("lan", "xa-a", "3"), ("binh", "xa-b", "4")):
            sheet = ws.entry.sheet(ws.submissions.obligation(unit, "x.year", "2017"))
            assert [row.indicator.name for row in sheet.rows if row.indicator] == [
                "Số buổi đối thoại với người lao động"
            ]
            ws.save_draft(unit, "x.year", "2017", {"A9": figure}, by=login)
            ws.accept(ws.send(f"2017_x.year_{unit}", by=login), by="duyet")
        total = ws.figure("x.A9", "2017")
        assert total.value == 7
        assert total.coverage.reported == 2


def test_a_rule_type_is_a_function_and_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = dict(vars(rule_types))
    exec(recipe("rule type"), names)
    monkeypatch.setitem(rule_types.TYPES, "never-asked", names["never_asked"])  # type: ignore[arg-type]
    toml = PACK + (
        '[[rule]]\nid = "r"\nkind = "shortcoming"\ndirective = "1-NQ/HU"\ntitle = "t"\n'
        'type = "never-asked"\nindicators = ["s.A1"]\n[rule.sentences]\nsome = "Không hỏi {units}"\n'
    )
    now = Now()
    with found(tmp_path / "ws", now) as ws:
        accepted(ws, "xa-a", "2017-Q1", A1="1")
    now.on("2018-04-20")
    with reopen(tmp_path / "ws", now, plugin("nq_x", toml)) as ws:
        verdict = ws.reviews.verdict(directive="1-NQ/HU", period="2017")
        assert verdict.not_evaluated == ()
        (finding,) = [one for one in verdict.findings if one.rule == "r"]
        assert sentence_text(finding.sentence).startswith("Không hỏi ")
        assert finding.evidence.units


def test_a_page_answers_who_may_open_it_and_no_one_else(tmp_path: Path) -> None:
    module = ModuleType("units_of_today")
    exec(recipe("page"), vars(module))
    with found(tmp_path / "ws") as ws:
        hashed = hash_password("mat-khau-2018")
        for login, role in (("qt", Role.ADMIN), ("kt", Role.INSPECT)):
            ws.accounts.add(
                login, login, "top", [role], units=ws.units, by="test", at=NOON, hashed=hashed
            )
        app: Flask = create_app(ws)
        app.register_blueprint(module.pages)

        def answer(login: str | None) -> tuple[int, str]:
            visitor = Visitor(app.test_client())
            if login:
                assert visitor.sign_in(login, "mat-khau-2018").status_code == 303
            page = visitor.client.get("/don-vi-hom-nay")
            return page.status_code, page.get_data(as_text=True)

        assert answer("qt") == (200, str(len(ws.units.at(ws.today))))
        assert answer("kt")[0] == 403
        assert answer(None)[0] == 303
