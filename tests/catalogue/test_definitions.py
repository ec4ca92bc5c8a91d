"""Definition files: what they say is read as it stands, and every mistake is named as file and key."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nqcore.catalogue import parse_definitions, read_definitions
from nqcore.errors import DefinitionError
from nqcore.model.forms import ChoicesField, DocumentField, FigureField, NarrativeField, TaskField
from nqcore.model.indicators import OverTime, OverUnits
from nqcore.model.periods import PeriodKind
from nqcore.model.targets import Aim
from nqcore.model.units import Scope, Sector, UnitKind
from tests.support.small import DISTRICT

PACK = '[pack]\nid = "p"\nsince = 2018-01-01\nbasis = "b"\n'
UNIT = '[[unit]]\ncode = "xa"\nname = "Xã"\nkind = "commune"\n'
INDICATOR = '[[indicator]]\nlabel = "A1"\nname = "n"\nmeasure = "m"\n'
FORM = (
    '[[form]]\nid = "f"\ntitle = "t"\ndirective = "d"\nevery = "quarter"\ndue = { day = 10 }\n'
    '[[form.section]]\nkey = "A"\ntitle = "A"\n'
)
TARGET = '[[target]]\nid = "t"\ndirective = "d"\nindicator = "A1"\nvalue = 5\nperiod = "2018"\n'
TASK = '[[task]]\nid = "g"\ndirective = "d"\ntitle = "t"\nresponsible = "xa"\n'
RULE = '[[rule]]\nid = "r"\nkind = "result"\ndirective = "d"\ntitle = "t"\ntype = "total"\n'
OVERLAY = '[[overlay]]\nid = "o"\ntask = "g"\nwithin = "xa"\n'
DIRECTIVE = (
    '[[directive]]\ntype = "Kế hoạch"\nnumber = "1-KH/HU"\nissuer = "HU"\nbody = "b"\ntitle = "t"\n'
)


def without(text: str, key: str) -> str:
    return "".join(line for line in text.splitlines(True) if not line.startswith(f"{key} ="))


BROKEN: dict[str, tuple[str, str, str]] = {
    # the file as a whole
    "no TOML": ("[pack\n", "TOML", "line 1"),
    "an unknown table": (PACK + "[[indicators]]\n", "indicators", "not a key that is known"),
    "one table where a list belongs": (PACK + '[unit]\ncode = "a"\n', "unit", "tables [[unit]]"),
    "a list of texts where tables belong": ('unit = ["a"]\n', "unit", "tables [[unit]]"),
    "a list where a table belongs": ('[[pack]]\nid = "p"\n', "pack", "a table [pack]"),
    # the pack
    "a misspelt key of the pack": ('[pack]\nbasiss = "b"\n', "pack.basiss", "check its spelling"),
    "a day in quotes": ('[pack]\nsince = "2018-01-01"\n', "pack.since", "without quotes"),
    "a moment where a day belongs": (
        "[pack]\nsince = 2018-01-01T00:00:00\n",
        "pack.since",
        "a day",
    ),
    # directives and links
    "a directive without its body": (
        without(DIRECTIVE, "body"),
        "directive[1-KH/HU].body",
        "is missing",
    ),
    "a directive with an empty number": (
        DIRECTIVE.replace('"1-KH/HU"', '" "'),
        "directive[ ].number",
        "is empty",
    ),
    "a number that is no text": (
        DIRECTIVE.replace('"1-KH/HU"', "1"),
        "directive[1].number",
        "text in quotes",
    ),
    "an unknown kind of link": (
        '[[link]]\nsource = "a"\ntarget = "b"\nkind = "follows"\n',
        "link[1].kind",
        "implements, concludes",
    ),
    # units
    "a unit without a legal basis": (UNIT, "unit[xa].basis", "give the legal basis"),
    "an unknown kind of unit": (
        PACK + UNIT.replace("commune", "village"),
        "unit[xa].kind",
        "one of committee",
    ),
    "an enterprise without its sector": (
        PACK + UNIT.replace("commune", "enterprise"),
        "unit[xa].sector",
        "is missing",
    ),
    "a commune with a sector": (
        PACK + UNIT + 'sector = "state"\n',
        "unit[xa].sector",
        "not a key that is known",
    ),
    "a unit closed before it opens": (
        PACK + UNIT + "opened = 2018-01-02\nclosed = 2018-01-02\n",
        "unit[xa].closed",
        "after opened",
    ),
    "a code with a blank": (
        PACK + UNIT.replace('"xa"', '"xa 1"'),
        "unit[xa 1].code",
        "without accents",
    ),
    "a code with an accent": (
        PACK + UNIT.replace('"xa"', '"xã"'),
        "unit[xã].code",
        "without accents",
    ),
    "a code that parts an id": (PACK + UNIT.replace('"xa"', '"a|b"'), "unit[a|b].code", "letters"),
    # indicators
    "an indicator without a first day": (
        '[pack]\nbasis = "b"\n' + INDICATOR,
        "indicator[1].since",
        "give the first day",
    ),
    "a formula that cannot be read": (
        PACK + INDICATOR + 'formula = "A2 +"\n',
        "indicator[1].formula",
        "",
    ),
    "too many decimals": (PACK + INDICATOR + "decimals = 7\n", "indicator[1].decimals", "0 to 6"),
    "decimals that are a boolean": (
        PACK + INDICATOR + "decimals = true\n",
        "indicator[1].decimals",
        "a whole number",
    ),
    "a float": (PACK + INDICATOR + "maximum = 74.5\n", "indicator[1].maximum", "in quotes"),
    "a bound that is no number": (
        PACK + INDICATOR + 'maximum = "viel"\n',
        "indicator[1].maximum",
        "give a number",
    ),
    "a bound that is not finite": (
        PACK + INDICATOR + 'maximum = "NaN"\n',
        "indicator[1].maximum",
        "give a number",
    ),
    "an unknown way to add up": (
        PACK + INDICATOR + 'units = "add"\n',
        "indicator[1].units",
        "one of sum",
    ),
    "a weighted mean without weights": (
        PACK + INDICATOR + 'units = "weighted_mean"\n',
        "indicator[1].weight",
        "is missing",
    ),
    "an unknown kind in a scope": (
        PACK + INDICATOR + 'asks = { kinds = ["village"] }\n',
        "indicator[1].asks.kinds",
        "has “village”",
    ),
    "an unknown part of a scope": (
        PACK + INDICATOR + 'asks = { kind = ["commune"] }\n',
        "indicator[1].asks.kind",
        "check its spelling",
    ),
    "parts that are no list": (
        PACK + INDICATOR + 'parts = "A2"\n',
        "indicator[1].parts",
        "a list like",
    ),
    # forms
    "a form without a deadline": (PACK + without(FORM, "due"), "form[f].due", "is missing"),
    "a deadline on the 32nd": (
        PACK + FORM.replace("day = 10", "day = 32"),
        "form[f].due.day",
        "1 to 31",
    ),
    "a form over a span": (PACK + FORM.replace("quarter", "span"), "form[f].every", "months"),
    "an id that parts a report's id": (
        PACK + FORM.replace('id = "f"', 'id = "f_q"'),
        "form[f_q].id",
        "letters",
    ),
    "a row twice in a form": (
        PACK + FORM + 'figures = ["A1", "A1"]\n',
        "form[f].section",
        "“A1” twice",
    ),
    "figures that are numbers": (
        PACK + FORM + "figures = [1]\n",
        "form[f].section[A].figures",
        "text in quotes only",
    ),
    "a choice without its text": (
        PACK
        + FORM
        + '[[form.section.choices]]\nkey = "K"\nlabel = "l"\noption = [{ code = "a" }]\n',
        "form[f].section[A].choices[K].option[a].text",
        "is missing",
    ),
    # targets, tasks, rules, overlays, letterhead
    "a target for no period": (
        PACK + TARGET.replace('"2018"', '"2018-Q5"'),
        "target[t].period",
        "2018-Q3",
    ),
    "a target with an unknown aim": (PACK + TARGET + 'aim = "more"\n', "target[t].aim", "at_least"),
    "a task without a title": (PACK + without(TASK, "title"), "task[g].title", "is missing"),
    "a rule of no kind": (PACK + RULE.replace("result", "praise"), "rule[r].kind", "shortcoming"),
    "a parameter that is a float": (PACK + RULE + "gap = 1.5\n", "rule[r].gap", "a whole number"),
    "a sentence that is no text": (
        PACK + RULE + "[rule.sentences]\nsome = 1\n",
        "rule[r].sentences.some",
        "text in quotes",
    ),
    "an overlay on nothing": (
        PACK + without(OVERLAY, "task") + "[overlay.set]\ndeadline = 2018-01-01\n",
        "overlay[o].form",
        "exactly one",
    ),
    "an overlay on two things": (
        PACK + OVERLAY + 'target = "t"\n[overlay.set]\ndeadline = 2018-01-01\n',
        "overlay[o].form",
        "exactly one",
    ),
    "an overlay that sets nothing": (PACK + OVERLAY, "overlay[o].set", "is missing"),
    "an overlay with nothing to change": (
        PACK + OVERLAY + "[overlay.set]\n",
        "overlay[o].set.",
        "changes nothing",
    ),
    "an overlay that changes what may not be changed": (
        PACK + OVERLAY + '[overlay.set]\ntitle = "t"\n',
        "overlay[o].set.title",
        "not a key that is known",
    ),
    "a letterhead without a place": (
        '[letterhead]\nsuperior = "s"\nbody = "b"\n',
        "letterhead.place",
        "is missing",
    ),
}


@pytest.mark.parametrize(("text", "key", "says"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_named_as_file_and_key_with_what_to_do(text: str, key: str, says: str) -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("nq_mine/file.toml", text)
    assert wrong.value.params["file"] == "nq_mine/file.toml"
    assert wrong.value.params["key"] == key
    assert says in str(wrong.value.params["detail"])
    assert str(wrong.value).startswith(f"nq_mine/file.toml: {key}: ")


@pytest.mark.parametrize(
    "text",
    [UNIT, INDICATOR, FORM, TARGET, TASK, RULE],
    ids=["unit", "indicator", "form", "target", "task", "rule"],
)
def test_the_broken_examples_are_right_before_they_are_broken(text: str) -> None:
    parse_definitions("f", PACK + text)


def test_what_a_file_says_is_read_as_it_stands() -> None:
    found = parse_definitions("f", DISTRICT)
    assert [d.id for d in found.directives] == ["1-nq-hu.2017-01-05"]
    assert [u.code for u in found.units] == ["top", "xa-a", "xa-b", "dn-1", "dn-2", "dn-3"]
    assert [u.order for u in found.units] == [1, 2, 3, 4, 5, 6]
    third = found.units[5]
    assert (third.kind, third.sector, third.parent) == (UnitKind.ENTERPRISE, Sector.STATE, "xa-b")
    assert found.units[3].opened == date(2018, 2, 1)
    a1, b1, b2, ratio, b3 = found.indicators
    assert (a1.code, a1.label, a1.over_units, a1.over_time) == (
        "s.A1",
        "A1",
        OverUnits.SUM,
        OverTime.SUM,
    )
    assert (a1.minimum, a1.maximum, a1.since) == (Decimal(0), None, date(2017, 1, 1))
    assert b1.over_time is OverTime.LAST
    assert b1.asks == Scope(kinds=frozenset({UnitKind.ENTERPRISE}))
    assert b2.at_most == "s.B1"
    assert ratio.computed
    assert ratio.formula is not None
    assert {ref.code for ref in ratio.formula.references} == {"s.B1", "s.B2"}
    assert b3.decimals == 1
    (form,) = found.forms
    assert (form.every, form.due.day, form.due.months_after) == (PeriodKind.QUARTER, 10, 1)
    kinds = [type(field) for field in form.fields]
    assert kinds == [FigureField] * 4 + [DocumentField, TaskField, ChoicesField, NarrativeField]
    assert [field.key for field in form.fields] == [
        "A1",
        "B1",
        "B2",
        "B3",
        "VB1",
        "NV-t1",
        "K1",
        "N1",
    ]


def test_decimals_in_quotes_are_exact_and_none_takes_a_bound_away() -> None:
    text = PACK + TARGET.replace("value = 5", 'value = "74.5"\naim = "at_most"') + INDICATOR
    found = parse_definitions("f", text + 'minimum = "none"\nmaximum = "0.30"\n')
    assert found.targets[0].value == Decimal("74.5")
    assert found.targets[0].aim is Aim.AT_MOST
    assert found.indicators[0].minimum is None
    assert found.indicators[0].maximum == Decimal("0.30")


def test_a_label_gets_the_packs_id_in_front_and_a_full_code_does_not() -> None:
    text = PACK + INDICATOR + FORM + 'figures = ["A1", "other.B2.1"]\n'
    found = parse_definitions("f", text)
    assert [(f.key, f.indicator) for f in found.forms[0].figures] == [
        ("A1", "p.A1"),
        ("B2.1", "other.B2.1"),
    ]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable package for definition files."""
    folder = tmp_path / "nq_files"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "nq_files", raising=False)
    return folder


def test_all_files_of_a_package_are_read_in_the_order_of_their_names(package: Path) -> None:
    (package / "b.toml").write_text(PACK + UNIT.replace('"xa"', '"b"'), "utf-8")
    (package / "a.toml").write_text(PACK + UNIT.replace('"xa"', '"a"'), "utf-8")
    (package / "notes.txt").write_text("no TOML")
    assert [u.code for u in read_definitions("nq_files").units] == ["a", "b"]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b'[pack]\nid = "\xff"\n', "utf-8"), (b"#" * 262_145, "over 256 KiB")],
    ids=["not UTF-8", "too big"],
)
def test_a_file_that_is_no_text_or_a_giant_is_named(package: Path, data: bytes, says: str) -> None:
    (package / "bad.toml").write_bytes(data)
    with pytest.raises(DefinitionError, match=r"nq_files/bad\.toml") as wrong:
        read_definitions("nq_files")
    assert says in str(wrong.value)


def test_decomposed_text_is_composed_at_the_door() -> None:
    found = parse_definitions("x.toml", unicodedata.normalize("NFD", PACK + UNIT + DIRECTIVE))
    assert found.units[0].name == "Xã"
    assert found.directives[0].type == "Kế hoạch"
