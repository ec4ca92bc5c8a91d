"""Which targets a rule speaks of: those of its span, and of the unit at the top of their scope."""

from __future__ import annotations

from pathlib import Path

from tests.analysis.findings.small_rules import TARGET, judged, rule, said, target


def test_a_target_of_another_year_does_not_speak(filled: Path) -> None:
    toml = rule("target", TARGET, coverage=75, kind="result", indicators=["A1"])
    for year, wanted in (
        ("2017", "Hội nghị: 10 of 10"),
        ("2018", None),
        ("2017..2019", "Hội nghị: 10 of 10"),
    ):
        aim = target("10").replace('period = "2017"', f'period = "{year}"')
        assert said(judged(filled, toml + aim, period="2017")) == wanted, year
    assert said(judged(filled, toml + target("10"), period="2017..2018")) == "Hội nghị: 10 of 10"
    assert said(judged(filled, toml + target("10"), period="2017-Q3")) is None


def test_a_number_that_units_add_up_to_is_the_target_of_the_unit_at_the_top_of_its_scope(
    filled: Path,
) -> None:
    toml = rule("target", TARGET, coverage=50, kind="result", indicators=["A1"])
    own = target("1") + 'scope = { units = ["xa-a"] }\n'
    below = target("1") + 'scope = { within = "xa-a" }\n'
    for aim, told in (
        (target("1"), {"top"}),
        (own, {"xa-a"}),
        (below, {"xa-a"}),
        (target("1") + 'scope = { within = "top" }\n', {"top"}),
        (target("0") + 'scope = { kinds = ["commune"] }\n', {"xa-a", "xa-b"}),
    ):
        spoken = {
            unit
            for unit in ("top", "xa-a", "xa-b", "dn-2")
            if said(judged(filled, toml + aim, period="2017", unit=unit))
        }
        assert spoken == told, aim
