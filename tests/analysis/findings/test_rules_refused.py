"""Rules with mistakes are refused when they are read, or named and never passed over; the declared types."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from nqcore.analysis.findings import TYPES
from nqcore.analysis.findings.sentence_templates import Part, fill_template
from nqcore.catalogue import Definitions, parse_definitions
from nqcore.errors import DefinitionError
from nqcore.model.findings import (
    FindingKind,
    Sentence,
)
from nqcore.model.rules import EVERY_CASE, RULE_TYPES, RuleDefinition
from tests.analysis.findings.small_rules import (
    COMPLAINT,
    GAPS,
    HOLDS,
    NEVER,
    PACK,
    PLANS,
    TOTAL,
    YEAR,
    judged,
    rule,
)
from tests.support.small import ROOT, Now, plugin, reopen

BROKEN: dict[str, tuple[str, str]] = {
    "an unknown type": (rule("miracle", {"some": "x"}), "give still-zero, gaps"),
    "an unknown name in a sentence": (
        rule("total", {"some": "{wrong}"}, indicators=["A1"]),
        "names {wrong}; known here: A1, area, by, judgement",
    ),
    "an unknown case": (rule("gaps", {"none": "x"}, indicators=["A1"], gap=1), "use some"),
    "an unknown option": (rule("total", TOTAL, indicators=["A1", "B1"], gap=1), "rule[r].gap: is"),
    "no indicator": (rule("total", {"some": "x"}), "indicators: is missing"),
    "no gap": (rule("gaps", GAPS, indicators=["A1"]), "rule[r].gap: is missing"),
    "a gap in words": (rule("gaps", GAPS, indicators=["A1"], gap="two"), "a whole number"),
    "no field": (rule("plans", PLANS), "rule[r].field"),
    "no codes": (rule("same-complaint", COMPLAINT, field="K1", at_least=1), 'codes = ["…"]'),
    "codes without any": (
        rule("same-complaint", COMPLAINT, field="K1", at_least=1, codes=[]),
        'codes = ["…"]',
    ),
    "no at_least": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"]),
        "rule[r].at_least: is missing",
    ),
}


@pytest.mark.parametrize(("toml", "says"), BROKEN.values(), ids=BROKEN)
def test_a_rule_with_a_mistake_is_refused_when_its_file_is_read(toml: str, says: str) -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f", PACK + toml)
    (mistake,) = wrong.value.mistakes
    assert says in str(mistake)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"type": "miracle"}, "give still-zero, gaps"),
        ({"sentences": {"some": "{wrong}"}}, "names {wrong}; known here: A1, area, by, judgement"),
        ({"sentences": {"none": "x"}}, "is no case of “total”; use some"),
        ({"params": {"gap": 1}}, "is no option of “total”; “total” takes no option"),
        ({"type": "gaps", "sentences": {}}, "rule[r].gap: is missing"),
        ({"indicators": (), "sentences": {}}, "rule[r].indicators: is missing"),
        (
            {"indicators": ("s.Z9",), "sentences": {"some": "{Z9}"}},
            "There is no indicator “s.Z9”",
        ),
    ],
)
def test_a_rule_made_in_code_that_cannot_be_asked_is_named_and_never_passed_over(
    filled: Path, change: dict[str, Any], says: str
) -> None:
    right = RuleDefinition(
        id="r",
        kind=FindingKind.RESULT,
        directive="1-NQ/HU",
        title="t",
        type="total",
        indicators=("s.A1",),
        sentences={"some": "{A1}"},
    )
    bad = plugin(
        "nq_rules", definitions=lambda: Definitions(rules=(dataclasses.replace(right, **change),))
    )
    with reopen(filled, Now(), bad) as ws:
        assert ws.faults == ()
        verdict = ws.reviews.verdict(directive="1-NQ/HU", period=YEAR)
    assert verdict.findings == ()
    (fault,) = verdict.not_evaluated
    assert (fault.plugin, fault.where) == ("nq_rules", "rule r")
    assert says in fault.detail


@pytest.mark.parametrize(("toml", "says"), NEVER.values(), ids=NEVER)
def test_a_rule_that_could_never_speak_is_not_evaluated(filled: Path, toml: str, says: str) -> None:
    verdict = judged(filled, toml)
    assert verdict.findings == ()
    (fault,) = verdict.not_evaluated
    assert says in fault.detail


def test_the_types_are_those_that_are_declared() -> None:
    assert set(TYPES) == set(RULE_TYPES)


@pytest.mark.parametrize("toml", [toml for toml, says in HOLDS.values() if says])
def test_a_type_fills_the_names_that_are_declared_for_its_case(
    filled: Path, toml: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled_in: list[set[str]] = []

    def fill(template: str, parts: dict[str, Part], rule: str, owner: str) -> Sentence:
        filled_in.append(set(parts))
        return fill_template(template, parts, rule, owner)

    monkeypatch.setattr("nqcore.analysis.findings.rule_types.asked.fill_template", fill)
    judged(filled, toml)
    (one,) = parse_definitions("f", PACK + toml).rules
    declared = [set(RULE_TYPES[one.type].names(case, one.indicators)) for case in one.sentences]
    # A still-zero rule has {target} only where there is a target.
    assert filled_in[0] | ({"target"} & declared[0]) in declared


def test_the_table_for_authors_is_what_is_declared() -> None:
    text = (ROOT / "plugins" / "README.md").read_text("utf-8")
    _, _, after = text.partition("### Rule types")
    rows = [row.split("|")[1:-1] for row in after.split("\n") if row.startswith("| `")][
        : len(RULE_TYPES)
    ]
    assert [row[0].strip().strip("`") for row in rows] == list(RULE_TYPES)
    for (_, _, options, cases, names), declared in zip(rows, RULE_TYPES.values(), strict=True):
        written = {
            name: name not in left_out
            for left_out in [re.findall(r"\w+", options.partition("[")[2])]
            for name in re.findall(r"\w+", options)
        }
        assert written == {name: each.required for name, each in declared.options.items()}
        assert re.findall(r"`([\w-]+)`", cases) == list(declared.cases)
        for case in declared.cases:
            known = {*declared.names(case, ("s.A1", "s.A2"))} - {"A1", "A2", *EVERY_CASE}
            listed = set(re.findall(r"\b[a-z][a-z_2]*\b", "".join(re.findall(r"`[^`]+`", names))))
            assert known <= listed if len(declared.cases) > 1 else known == listed
