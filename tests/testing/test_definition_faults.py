"""A fault in a definition file is named with file, line and key, and with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqcore.testing import check_plugin
from tests.support.small import Install
from tests.testing.faulty_pack import GOOD, MODULE, line_of

NAME = "nq_cong_doan"


def checked(install: Install, tmp_path: Path, text: str, code: str = "") -> list[str]:
    install(NAME, MODULE.format(name=NAME) + code)
    (tmp_path / "site" / f"{NAME}.toml").write_text(text, "utf-8")
    return check_plugin(NAME, beside=[])


def test_the_pack_has_no_fault(install: Install, tmp_path: Path) -> None:
    assert checked(install, tmp_path, GOOD) == []


UNIT = '\n[[unit]]\ncode = "{code}"\nname = "X"\nkind = "{kind}"\n'
OVERLAY = """
[[overlay]]
id = "{id}"
target = "{target}"
within = "cd-t"
since = 2023-01-01
[overlay.set]
value = {value}
"""
TOP = UNIT.format(code="cd-t", kind="committee")
ROWS = {
    # what: (words in the pack, what stands there instead, words at whose line it is named, what is said)
    "a bound that is not known": ('at_most = "D2"', 'at_most = "D77"', 'at_most = "D77"',
        ("indicator cd.D1: at_most", "“cd.D77”", "check its spelling")),
    "a weight that is not known": ('weight = "D2"', 'weight = "D88"', 'weight = "D88"',
        ("indicator cd.D5: weight", "“cd.D88”", "check its spelling")),
    "a weighted mean without a weight": ('units = "mean"\nweight = "D2"', 'units = "weighted_mean"',
        '[[indicator]]\nlabel = "D5"', ("weight", "is missing", "name the indicator")),
    "a name in a formula that is not known": ("D1 / D2 * 100", "D1 / D9 * 100", "D1 / D9 * 100",
        ("indicator cd.D3: formula", "“cd.D9”", "check its spelling")),
    "a formula that is none": ("D1 / D2 * 100", "D1 / D2 * 100%", "100%",
        ("formula", "Character 14", "Write /100")),
    "a formula of itself": ("D1 / D2 * 100", "D3 / D2 * 100", "D3 / D2", ("cd.D3", "computed from itself")),
    "a figure of a form that is not known": ('"D4", "D5"]', '"D4", "D99"]', '"D99"',
        ("form cd.q", "“cd.D99”", "check its spelling")),
    "a computed figure in a form": ('"D4", "D5"]', '"D4", "D3"]', '"D3"]',
        ("form cd.q", "“cd.D3”", "computed", "ask for the counts")),
    "a key that is misspelt": ('measure = "%"', 'mesure = "%"', 'mesure = "%"',
        ("mesure", "did you mean “measure”")),
    "a table that is misspelt": ("[[task]]", "[[tasks]]", "[[tasks]]", ("tasks", "did you mean “task”")),
    "a rule type that is misspelt": ('type = "gaps"', 'type = "gap"', 'type = "gap"',
        ("rule[cd.S2].type", "did you mean “gaps”")),
    "an option that is misspelt": ("gap = 2", "gaps = 2", "gaps = 2",
        ("rule[cd.S2].gaps", "did you mean “gap”")),
    "an option that is missing": ("gap = 2\n", "", '[[rule]]\nid = "cd.S2"',
        ("rule[cd.S2]", "gap", "is missing")),
    "an option that is no option": ("gap = 2", "gap = 2\nbound = 3", "bound = 3", ("rule[cd.S2].bound",)),
    "a case that is misspelt": ('some = "{missing}', 'any = "{missing}', 'any = "{missing}',
        ("rule[cd.S3].sentences.any", "use some, one, none")),
    "a name in braces that is not known": ("{gap_units} đơn vị có", "{gap_unit} đơn vị có", "{gap_unit}",
        ("rule[cd.S2].sentences.some", "{gap_unit}", "gap_units")),
    "a code that is no option": ('codes = ["chu-dn"]', 'codes = ["chu"]', 'codes = ["chu"]',
        ("cd.S4", "chu")),
    "a field that no form asks for": ('field = "K"', 'field = "KK"', 'field = "KK"',
        ("rule cd.S4: field", "“KK”", "give the key of a question")),
    "a field of another type": ('field = "VB"', 'field = "K"', 'field = "K"', ("cd.S3", "another type")),
    "a section twice": ('key = "II"', 'key = "I"', None, ("form[cd.q].section", "“I” twice", "of its own")),
    "a kind that is misspelt": ('"organisation", "enterprise"', '"organization"', '"organization"',
        ("form[cd.q].owed_by.kinds", "did you mean “organisation”")),
    "a form that no unit owes": ("[[target]]", TOP + "[[target]]", "owed_by",
        ("form cd.q: owed_by", "covers no unit", "choose the units again")),
    "a unit of a scope that is not known": ('period = "2025"', 'period = "2025"\nscope = { within = "xx" }',
        'within = "xx"', ("target cd.ty-le: scope.within", "“xx”", "check its spelling")),
    "a period that is none": ('period = "2025"', 'period = "2025-Q9"', 'period = "2025-Q9"',
        ("target[cd.ty-le].period", "“2025-Q9”", "Write 2018")),
    "a period in words": ('period = "2025"', 'period = "năm 2025"', 'period = "năm 2025"',
        ("target cd.ty-le: period", "write 2025")),
    "a target without a source": (
        'basis = "Nghị quyết số 77-NQ/TW, ngày 12/6/2021 của Bộ Chính trị"', 'basis = ""',
        None, ("form[cd.q].basis", "is missing", "once in [pack]")),
    "a target of what is not known": ('indicator = "D3"', 'indicator = "D33"', 'indicator = "D33"',
        ("target cd.ty-le: indicator", "“cd.D33”")),
    "a float": ("value = 80", "value = 80.5", "value = 80.5", ("value", "quotes")),
    "a day as text": ("by = 2021-12-31", 'by = "2021-12-31"', 'by = "2021-12-31"', ("by",)),
    "a kind of period that is none": ('every = "quarter"', 'every = "quarterly"', 'every = "quarterly"',
        ("every", "quarter")),
    "a minimum above the maximum": ("minimum = 1\n", "minimum = 101\n", "maximum = 100",
        ("cd.D5", "maximum: is below the minimum", "exchange")),
    "an id twice": ("[[task]]", GOOD[GOOD.index("[[target]]") : GOOD.index("[[rule]]")] + "[[task]]", None,
        ("target cd.ty-le: id", "is given twice", "give another code")),
    "two versions of one day": ("[[form]]", GOOD[GOOD.index("[[indicator]]\nlabel = \"D4\"") :
        GOOD.index("[[indicator]]\nlabel = \"D5\"")] + "[[form]]", None, ("cd.D4", "twice")),
    "a unit under itself": ("[[task]]", TOP + 'parent = "cd-t"\n[[task]]', 'code = "cd-t"',
        ("cd-t", "stands under itself", "give it another parent")),
    "a unit that ends before it begins": (
        "[[task]]", TOP + "opened = 2024-01-01\nclosed = 2022-01-01\n[[task]]",
        "closed = 2022-01-01", ("closed", "must be after opened")),
    "overlays that clash": ("[[task]]", TOP + OVERLAY.format(id="cd.o1", target="cd.ty-le", value=81)
        + OVERLAY.format(id="cd.o2", target="cd.ty-le", value=82) + "[[task]]", 'id = "cd.o2"',
        ("cd.o1", "cd.o2", "Remove one")),
    "an overlay of what is not known": ("[[task]]", TOP + OVERLAY.format(id="cd.o1", target="cd.xx", value=81)
        + "[[task]]", 'target = "cd.xx"', ("overlay cd.o1", "“cd.xx”")),
    "a task that answers what is not known": ('"cd.S1", "cd.S2"', '"cd.S1", "cd.S9"', '"cd.S9"',
        ("task cd.T1: answers", "“cd.S9”", "check its spelling")),
    "a link to what is not known": ('target = "77-NQ/TW"', 'target = "76-NQ/TW"', 'target = "76-NQ/TW"',
        ("link", "“76-NQ/TW”")),
    "a rule of a directive that is not known": ('id = "cd.R1"\nkind = "result"\ndirective = "77-NQ/TW"',
        'id = "cd.R1"\nkind = "result"\ndirective = "79-NQ/TW"', 'directive = "79-NQ/TW"',
        ("rule cd.R1: directive", "“79-NQ/TW”")),
    "a quote that is not closed": ('title = "Báo cáo quý"', 'title = "Báo cáo quý', 'title = "Báo cáo quý',
        ("line",)),
    "a list that is not closed": ('codes = ["chu-dn"]', 'codes = ["chu-dn"', 'codes = ["chu-dn"', ("line",)),
}  # fmt: skip
"""Each alone, in the pack that is right."""


@pytest.mark.parametrize("what", ROWS)
def test_a_fault_is_named_with_file_line_and_remedy(
    install: Install, tmp_path: Path, what: str
) -> None:
    old, new, at, says = ROWS[what]
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    faults = checked(install, tmp_path, text)
    found = [one for one in faults if all(words in one for words in says)]
    assert found, faults
    assert f"{NAME}.toml" in found[0], found[0]
    if at is not None:
        assert f"line {line_of(text, at)}" in found[0], (line_of(text, at), found[0])


def test_all_faults_are_found_at_once(install: Install, tmp_path: Path) -> None:
    text = GOOD
    for what in (
        "a bound that is not known",
        "a period in words",
        "a figure of a form that is not known",
    ):
        old, new, _at, _says = ROWS[what]
        text = text.replace(old, new, 1)
    assert len(checked(install, tmp_path, text)) == 3
