"""Rules that speak of other units than those which are asked for what they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqcore.catalogue import Plugins, build_catalogue
from nqcore.catalogue.rule_reach import reach_notes
from nqcore.testing import check_plugin, plugin_notes
from tests.cli.test_plugins import run
from tests.support.small import SMALL, plugin

RULES = """
[pack]
id = "r"
since = 2017-01-01
basis = "Kế hoạch 2"
"""


def rule(indicator: str, scope: str) -> str:
    return f"""
[[rule]]
id = "r.1"
kind = "result"
directive = "1-NQ/HU"
title = "Kết quả"
type = "total"
indicators = ["{indicator}"]
scope = {scope}
[rule.sentences]
some = "Đã có"
"""


def notes(indicator: str, scope: str) -> list[str]:
    more = plugin("r", RULES + rule(indicator, scope))
    catalogue = build_catalogue(Plugins([], [("nq_small", SMALL), ("r", more)]))
    assert catalogue.faults == ()
    return [str(note.words) for note in reach_notes(catalogue)]


TOO = "is asked of units outside its scope too"


@pytest.mark.parametrize(
    ("indicator", "scope", "said"),
    [
        ("s.A1", '{ kinds = ["commune"] }', [f"{TOO}: Enterprises, not of the State"]),
        ("s.A1", '{ kinds = ["enterprise"] }', [f"{TOO}: Communes, towns"]),
        ("s.B1", '{ sectors = ["non_state"] }', [f"{TOO}: Enterprises, of the State"]),
        ("s.B2.1", '{ sectors = ["non_state"] }', [f"{TOO}: Enterprises, of the State"]),
        ("s.B1", '{ kinds = ["commune"] }', ["of no unit in its scope, but of: Enterprises"]),
        ("s.B1", '{ kinds = ["enterprise"] }', []),
        ("s.A1", '{ kinds = ["commune", "enterprise", "agency"] }', []),
        ("s.B1", '{ within = "xa-a" }', [f"{TOO}: Enterprises, of the State"]),
        ("s.A1", "{}", []),
    ],
)
def test_a_rule_that_does_not_speak_of_all_kinds_that_are_asked_is_noted(
    indicator: str, scope: str, said: list[str]
) -> None:
    found = notes(indicator, scope)
    assert len(found) == len(said), found
    for words, note in zip(said, found, strict=True):
        assert f"Rule “r.1”: “{indicator}” " in note
        assert words in note


def test_the_kit_notes_it_and_the_plugin_still_conforms(
    scaffold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = scaffold / "nq_tan_hoa" / "definitions.toml"
    text = file.read_text("utf-8")
    more = rule("tan-hoa.A1", '{ kinds = ["agency"] }').replace("r.1", "tan-hoa.R1")
    file.write_text(text + more.replace("1-NQ/HU", "01-KH/HU"), "utf-8")
    assert check_plugin("nq_tan_hoa") == []
    (note,) = plugin_notes("nq_tan_hoa")
    assert "Rule “tan-hoa.R1”: “tan-hoa.A1” is asked of no unit in its scope" in note
    monkeypatch.setenv("NQ_LANG", "en")
    code, said = run("plugins", "check", "nq_tan_hoa")
    assert (code, said.splitlines()[0]) == (0, note)


def test_the_bundled_plugins_have_one_known_note() -> None:
    found = {name: plugin_notes(name) for name in ("nq_res02", "nq_res20", "nq_model_district")}
    assert [len(several) for several in found.values()] == [0, 1, 0]
    assert "“res20.S3a”: “res20.C9”" in found["nq_res20"][0]
