"""Definition files: what they say is read as it stands, and every mistake is named as file and key."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from nqcore.catalogue import parse_definitions, read_definitions
from nqcore.errors import DefinitionError, Mistake
from nqcore.model.fields import ChoicesField, DocumentField, FigureField, NarrativeField, TaskField
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
RULE = (
    '[[rule]]\nid = "r"\nkind = "result"\ndirective = "d"\ntitle = "t"\n'
    'type = "gaps"\nindicators = ["A1"]\ngap = 2\n'
)
LETTERHEAD = (
    '[letterhead]\nsuperior = "s"\nbody = "b"\nplace = "p"\nsymbol = "s"\nauthority = "a"\n'
    'post = "p"\n'
)
PLACEMENT = '[[placement]]\nunit = "xa"\nhierarchy = "party"\n'
CHANGE = '[[change]]\nid = "c"\ndate = 2018-01-01\nkind = "close"\n'
HANDOVER = '[[handover]]\nunit = "xa"\nway = "end"\n'
OVERLAY = '[[overlay]]\nid = "o"\ntask = "g"\nwithin = "xa"\n'
DIRECTIVE = (
    '[[directive]]\ntype = "Kế hoạch"\nnumber = "1-KH/HU"\nissuer = "HU"\nbody = "b"\ntitle = "t"\n'
)


def without(text: str, key: str) -> str:
    return "".join(line for line in text.splitlines(True) if not line.startswith(f"{key} ="))


BROKEN: dict[str, tuple[str, str, int, str]] = {
    # the file as a whole
    "no TOML": ("[pack\n", "TOML", 1, "line 1"),
    "an unknown table": (PACK + "[[indicators]]\n", "indicators", 5, "not a key that is known"),
    "one table where a list belongs": (PACK + '[unit]\ncode = "a"\n', "unit", 5, "tables [[unit]]"),
    "a list of texts where tables belong": ('unit = ["a"]\n', "unit", 1, "tables [[unit]]"),
    "a list where a table belongs": ('[[pack]]\nid = "p"\n', "pack", 1, "a table [pack]"),
    # the pack
    "a misspelt key of the pack": (
        '[pack]\nbasiss = "b"\n',
        "pack.basiss",
        2,
        "check its spelling",
    ),
    "a day in quotes": ('[pack]\nsince = "2018-01-01"\n', "pack.since", 2, "without quotes"),
    "a moment where a day belongs": (
        "[pack]\nsince = 2018-01-01T00:00:00\n",
        "pack.since",
        2,
        "a day",
    ),
    # directives and links
    "a directive without its body": (
        without(DIRECTIVE, "body"),
        "directive[1-KH/HU].body",
        1,
        "is missing",
    ),
    "a directive with an empty number": (
        DIRECTIVE.replace('"1-KH/HU"', '" "'),
        "directive[ ].number",
        3,
        "is empty",
    ),
    "a number that is no text": (
        DIRECTIVE.replace('"1-KH/HU"', "1"),
        "directive[1].number",
        3,
        "text in quotes",
    ),
    "an unknown kind of link": (
        '[[link]]\nsource = "a"\ntarget = "b"\nkind = "follows"\n',
        "link[1].kind",
        4,
        "implements, concludes",
    ),
    # units
    "a unit without a legal basis": (UNIT, "unit[xa].basis", 1, "give the legal basis"),
    "an enterprise without its sector": (
        PACK + UNIT.replace("commune", "enterprise"),
        "unit[xa].sector",
        5,
        "is missing",
    ),
    "a commune with a sector": (
        PACK + UNIT + 'sector = "state"\n',
        "unit[xa].sector",
        9,
        "not a key that is known",
    ),
    "a unit closed before it opens": (
        PACK + UNIT + "opened = 2018-01-02\nclosed = 2018-01-02\n",
        "unit[xa].closed",
        10,
        "after opened",
    ),
    "a code with a blank": (
        PACK + UNIT.replace('"xa"', '"xa 1"'),
        "unit[xa 1].code",
        6,
        "without accents",
    ),
    "a code with an accent": (
        PACK + UNIT.replace('"xa"', '"xã"'),
        "unit[xã].code",
        6,
        "without accents",
    ),
    "a code that parts an id": (
        PACK + UNIT.replace('"xa"', '"a|b"'),
        "unit[a|b].code",
        6,
        "letters",
    ),
    # indicators
    "an indicator without a first day": (
        '[pack]\nbasis = "b"\n' + INDICATOR,
        "indicator[1].since",
        3,
        "give the first day",
    ),
    "a formula that cannot be read": (
        PACK + INDICATOR + 'formula = "A2 +"\n',
        "indicator[1].formula",
        9,
        "",
    ),
    "too many decimals": (
        PACK + INDICATOR + "decimals = 7\n",
        "indicator[1].decimals",
        9,
        "0 to 6",
    ),
    "decimals that are a boolean": (
        PACK + INDICATOR + "decimals = true\n",
        "indicator[1].decimals",
        9,
        "a whole number",
    ),
    "a float": (PACK + INDICATOR + "maximum = 74.5\n", "indicator[1].maximum", 9, "in quotes"),
    "a bound that is no number": (
        PACK + INDICATOR + 'maximum = "viel"\n',
        "indicator[1].maximum",
        9,
        "give a number",
    ),
    "a bound that is not finite": (
        PACK + INDICATOR + 'maximum = "NaN"\n',
        "indicator[1].maximum",
        9,
        "give a number",
    ),
    "an unknown way to add up": (
        PACK + INDICATOR + 'units = "add"\n',
        "indicator[1].units",
        9,
        "one of sum",
    ),
    "a weighted mean without weights": (
        PACK + INDICATOR + 'units = "weighted_mean"\n',
        "indicator[1].weight",
        5,
        "is missing",
    ),
    "an unknown part of a scope": (
        PACK + INDICATOR + 'asks = { kind = ["commune"] }\n',
        "indicator[1].asks.kind",
        9,
        "check its spelling",
    ),
    "parts that are no list": (
        PACK + INDICATOR + 'parts = "A2"\n',
        "indicator[1].parts",
        9,
        "a list like",
    ),
    # forms
    "a form without a deadline": (PACK + without(FORM, "due"), "form[f].due", 5, "is missing"),
    "a deadline on the 32nd": (
        PACK + FORM.replace("day = 10", "day = 32"),
        "form[f].due.day",
        10,
        "1 to 31",
    ),
    "a form over a span": (PACK + FORM.replace("quarter", "span"), "form[f].every", 9, "months"),
    "an id that parts a report's id": (
        PACK + FORM.replace('id = "f"', 'id = "f_q"'),
        "form[f_q].id",
        6,
        "letters",
    ),
    "a row twice in a form": (
        PACK + FORM + 'figures = ["A1", "A1"]\n',
        "form[f].section",
        14,
        "“A1” twice",
    ),
    "figures that are numbers": (
        PACK + FORM + "figures = [1]\n",
        "form[f].section[A].figures",
        14,
        "text in quotes only",
    ),
    "a choice without its text": (
        PACK
        + FORM
        + '[[form.section.choices]]\nkey = "K"\nlabel = "l"\noption = [{ code = "a" }]\n',
        "form[f].section[A].choices[K].option[a].text",
        17,
        "is missing",
    ),
    # targets, tasks, rules, overlays, letterhead
    "a target for no period": (
        PACK + TARGET.replace('"2018"', '"2018-Q5"'),
        "target[t].period",
        10,
        "2018-Q3",
    ),
    "a target with an unknown aim": (
        PACK + TARGET + 'aim = "more"\n',
        "target[t].aim",
        11,
        "at_least",
    ),
    "a task without a title": (PACK + without(TASK, "title"), "task[g].title", 5, "is missing"),
    "a rule of no kind": (
        PACK + RULE.replace("result", "praise"),
        "rule[r].kind",
        7,
        "shortcoming",
    ),
    "a parameter that is a float": (
        PACK + RULE.replace("gap = 2", "gap = 1.5"),
        "rule[r].gap",
        12,
        "a whole number",
    ),
    "a sentence that is no text": (
        PACK + RULE + "[rule.sentences]\nsome = 1\n",
        "rule[r].sentences.some",
        14,
        "text in quotes",
    ),
    "an overlay on nothing": (
        PACK + without(OVERLAY, "task") + "[overlay.set]\ndeadline = 2018-01-01\n",
        "overlay[o].form",
        5,
        "exactly one",
    ),
    "an overlay on two things": (
        PACK + OVERLAY + 'target = "t"\n[overlay.set]\ndeadline = 2018-01-01\n',
        "overlay[o].form",
        5,
        "exactly one",
    ),
    "an overlay that sets nothing": (PACK + OVERLAY, "overlay[o].set", 5, "is missing"),
    "an overlay with nothing to change": (
        PACK + OVERLAY + "[overlay.set]\n",
        "overlay[o].set",
        9,
        "changes nothing",
    ),
    "an overlay that changes what may not be changed": (
        PACK + OVERLAY + '[overlay.set]\ntitle = "t"\n',
        "overlay[o].set.title",
        10,
        "not a key that is known",
    ),
    "a type of rule that does not exist": (
        PACK + RULE.replace('"gaps"', '"gap"'),
        "rule[r].type",
        10,
        "did you mean “gaps”?",
    ),
    "an option of another type of rule": (
        PACK + RULE + "at_least = 2\n",
        "rule[r].at_least",
        13,
        "is no option of “gaps”",
    ),
    "a misspelt option": (
        PACK + RULE.replace("gap = 2", "gaps = 2"),
        "rule[r].gaps",
        12,
        "did you mean “gap”?",
    ),
    "an option that is missing": (
        PACK + without(RULE, "gap"),
        "rule[r].gap",
        5,
        "is missing; give a whole number from 1 on",
    ),
    "a misspelt key of a rule": (
        PACK + RULE.replace("title", "titel"),
        "rule[r].titel",
        9,
        "did you mean “title”?",
    ),
    "a rule without its indicator": (
        PACK + without(RULE, "indicators"),
        "rule[r].indicators",
        5,
        "name an indicator",
    ),
    "a case that the type of rule does not have": (
        PACK + RULE + '[rule.sentences]\nnone = "x"\n',
        "rule[r].sentences.none",
        14,
        "is no case of “gaps”; use some",
    ),
    "a name in braces that nothing fills": (
        PACK + RULE + '[rule.sentences]\nsome = "{values}"\n',
        "rule[r].sentences.some",
        14,
        "names {values}; known here: area, by, gap, gap_units, having, judgement, names, over, population, "
        "row, since, some, unit, until, value; did you mean “value”?",
    ),
    "the label of an indicator that the rule does not name": (
        PACK
        + without(RULE.replace('"gaps"', '"total"'), "gap")
        + '[rule.sentences]\nsome = "{A1} {A2}"\n',
        "rule[r].sentences.some",
        13,
        "names {A2}; known here: A1, area, by, judgement, over, population, since, unit, units, until",
    ),
    "a second figure that the rule does not name": (
        PACK
        + without(RULE.replace('"gaps"', '"grown"'), "gap")
        + '[rule.sentences]\nsome = "{first_2}"\n',
        "rule[r].sentences.some",
        13,
        "names {first_2}",
    ),
    "a brace that is not closed": (
        PACK + RULE + '[rule.sentences]\nsome = "{value"\n',
        "rule[r].sentences.some",
        14,
        "{{ for a single brace",
    ),
    "a task for two bodies": (
        PACK + TASK + 'responsible_name = "Sở"\n',
        "task[g].responsible",
        9,
        "responsible_name (the words)",
    ),
    "a change on no day": (PACK + without(CHANGE, "date"), "change[c].date", 5, "give a day"),
    "a share that is no number": (
        PACK + CHANGE + 'transfers = [\n{ source = "a", target = "b", share = "half" },\n]\n',
        "change[c].transfers[1].share",
        10,
        "half",
    ),
    "a place in the tree itself": (
        PACK + PLACEMENT.replace("party", "main"),
        "placement[1].hierarchy",
        7,
        "set parent in [[unit]]",
    ),
    "a handover of nothing": (PACK + HANDOVER, "handover[1]", 5, "exactly one of form"),
    "a handover without reports": (
        PACK + HANDOVER + "reports = false\n",
        "handover[1].reports",
        8,
        "leave it out",
    ),
    "a code of another system that is a number": (
        PACK + UNIT + "ids = { gso = 97 }\n",
        "unit[xa].ids.gso",
        9,
        "text in quotes",
    ),
    "a deadline in no working day": (
        PACK + FORM.replace("day = 10", "working_days = 0"),
        "form[f].due.working_days",
        10,
        "from 1 to 250",
    ),
    "a deadline of some units for all": (
        PACK + FORM + "[[form.due_for]]\nscope = {}\ndue = { day = 5 }\n",
        "form[f].due_for[1].scope",
        15,
        "narrows nothing",
    ),
    "a letterhead of a unit without a place": (
        without(LETTERHEAD.replace("[letterhead]", '[[letterhead]]\nunit = "xa"'), "place"),
        "letterhead[1].place",
        1,
        "is missing",
    ),
    "a letterhead of a unit without a code": (
        LETTERHEAD.replace("[letterhead]", '[[letterhead]]\nunit = ""'),
        "letterhead[1].unit",
        2,
        "is empty",
    ),
    "a letterhead that is a text": ('letterhead = "x"\n', "letterhead", 1, "[[letterhead]]"),
    "a letterhead without a place": (
        without(LETTERHEAD, "place"),
        "letterhead.place",
        1,
        "is missing",
    ),
    "a letterhead that says what was typed into one paper": (
        LETTERHEAD + 'typed = ["place"]\n',
        "letterhead.typed",
        8,
        "not a key that is known",
    ),
}


@pytest.mark.parametrize(("text", "key", "line", "says"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_named_as_file_line_and_key_with_what_to_do(
    text: str, key: str, line: int, says: str
) -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("nq_mine/file.toml", text)
    assert wrong.value.params["file"] == "nq_mine/file.toml"
    assert wrong.value.params["key"] == key
    assert says in str(wrong.value.params["detail"])
    assert str(wrong.value).startswith(f"nq_mine/file.toml, line {line}: {key}: ")
    assert len(wrong.value.mistakes) == 1


ALL_AT_ONCE = """
[pack]
id = "p"
since = 2018-01-01
basiss = "b"                              # ! pack.basiss
[[directive]]                             # ! directive[1-KH/HU].body
type = " "                                # ! directive[1-KH/HU].type
number = "1-KH/HU"
issuer = "HU"
titel = "t"                               # ! directive[1-KH/HU].titel
date = "2018-01-01"                       # ! directive[1-KH/HU].date
[[link]]                                  # ! link[1].source
kind = "follows"                          # ! link[1].kind
target = 5                                # ! link[1].target
[[unit]]                                  # ! unit[xã].sector
code = "xã"                               # ! unit[xã].code
name = "Xã"
kind = "enterprise"
opened = 2018-05-01
closed = 2018-04-01                       # ! unit[xã].closed
ids = { gso = 97, tax = "" }              # ! unit[xã].ids.gso ! unit[xã].ids.tax
[[change]]                                # ! change[c].date
id = "c"
kind = "split"
transfers = [
    { source = "a", target = "b", share = "1/2" },
    { source = "a", target = "c", share = "half" },  # ! change[c].transfers[2].share
    { source = "a" },                     # ! change[c].transfers[3].target
]
[[placement]]
unit = "a"
hierarchy = "main"                        # ! placement[1].hierarchy
until = 2017-01-01                        # ! placement[1].until
[[handover]]                              # ! handover[1] ! handover[1].way
unit = "a"
form = "f"
task = "g"
[[indicator]]                             # ! indicator[1].weight
label = "A 1"                             # ! indicator[1].label
name = "n"
measure = "m"
decimals = 7                              # ! indicator[1].decimals
units = "weighted_mean"
time = "add"                              # ! indicator[1].time
maximum = 74.5                            # ! indicator[1].maximum
formula = "A2 +"                          # ! indicator[1].formula
parts = "A2"                              # ! indicator[1].parts
asks = { kinds = [
    "commune",
    "village",
], kind = [] }                            # ! indicator[1].asks.kind
[[form]]
id = "f"
title = "t"
directive = "d"
every = "span"                            # ! form[f].every
[form.due]
day = 32                                  # ! form[f].due.day
on_holiday = "nxt"                        # ! form[f].due.on_holiday
[[form.due_for]]                          # ! form[f].due_for[1].due
scope = {}                                # ! form[f].due_for[1].scope
[[form.section]]
key = "A"
title = "A"
figures = [
    "A1",
    "A1",                                 # ! form[f].section
]
[[form.section.choices]]
key = "K"
label = "l"
option = [
    { code = "a" },                       # ! form[f].section[A].choices[K].option[a].text
]
[[form.section.narrative]]                # ! form[f].section[A].narrative[N].label
key = "N"
max_length = "10"                         # ! form[f].section[A].narrative[N].max_length
[[target]]
id = "t"
directive = "d"
indicator = "A1"
value = "many"                            # ! target[t].value
period = "2018-Q5"                        # ! target[t].period
aim = "at_lest"                           # ! target[t].aim
[[task]]                                  # ! task[1].id
directive = "d"
title = "t"
answers = [1]                             # ! task[1].answers
order = true                              # ! task[1].order
responsible = "xa"                        # ! task[1].responsible
responsible_name = "Sở"
[[rule]]
id = "r"
kind = "praise"                           # ! rule[r].kind
directive = "d"
title = "t"
type = "gaps"
indicators = ["A1"]
gap = 0                                   # ! rule[r].gap
at_least = 2                              # ! rule[r].at_least
[rule.sentences]
some = "{values} of {nothing"             # ! rule[r].sentences.some
none = "x"                                # ! rule[r].sentences.none
[[overlay]]
id = "o"
within = "xa"
form = "f"
[overlay.set]
every = "year"                            # ! overlay[o].set.every
[letterhead]                              # ! letterhead.post
superior = ""                             # ! letterhead.superior
body = "b"
place = "p"
symbol = "s"
authority = "a"
recipients = "all"                        # ! letterhead.recipients
[[indicators]]                            # ! indicators
"""


def marked(text: str) -> list[tuple[int, str]]:
    """The mistakes that comments in `text` announce, as (line, path)."""
    return [
        (number, path.strip())
        for number, line in enumerate(text.split("\n"), 1)
        for path in line.partition("# !")[2].split("!")
        if path.strip()
    ]


def test_all_mistakes_of_a_file_are_named_at_once_each_with_its_line() -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f.toml", ALL_AT_ONCE)
    found = [(mistake.line, mistake.path) for mistake in wrong.value.mistakes]
    assert Counter(found) == Counter(marked(ALL_AT_ONCE))
    assert len(found) >= 40
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert str(wrong.value).count("\n") == DefinitionError.SHOWN
    assert str(wrong.value).endswith(
        f"{len(found) - 3} more mistakes; see all with `nq plugins check`"
    )


def test_a_statement_that_is_no_toml_does_not_hide_the_other_mistakes() -> None:
    text = (
        '[pack\nid = "p"\n'  # 1: the header is broken, its keys are not read
        '[[unit]]\ncode = "xa"\nname = "Xã\nkind = commune\nparent = 5\n'  # 5, 6, 7
        "opened = 2018-02-30\nids = { gso = 97 }\n"  # 8, 9
        '[[task]]\nid = "g"\ncooperating = [\n  "a",\n  "b"\ndirective = 1\n'  # 12, 15
        'title = "t"\ntitle = "t"\nresponsible = "a"\n'  # 17
        '[letterhead]\nbody = "b"\n[letterhead]\nsuperior = """\n'  # 21, 22
    )
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f.toml", text)
    syntax = [m.line for m in wrong.value.mistakes if m.key == "TOML"]
    assert syntax == [1, 5, 6, 8, 12, 17, 21, 22]
    others = {(m.line, m.path) for m in wrong.value.mistakes if m.key != "TOML"}
    assert {(7, "unit[xa].parent"), (9, "unit[xa].ids.gso"), (15, "task[g].directive")} < others
    missing = {path for _, path in others if path.startswith(("unit", "task"))}
    # What a broken statement hides is not called missing.
    assert missing == {"unit[xa].parent", "unit[xa].ids.gso", "task[g].directive"}


def test_a_misspelt_key_is_one_mistake_and_the_right_one_is_not_called_missing() -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f", PACK + UNIT.replace("name", "nmae"))
    (mistake,) = wrong.value.mistakes
    assert (mistake.table, mistake.key, mistake.line) == ("unit[xa]", "nmae", 7)
    assert mistake.text.endswith("; check its spelling; did you mean “name”?")


def test_a_mistake_in_the_pack_is_not_repeated_for_every_item() -> None:
    text = PACK.replace("basis =", "bases =") + UNIT + INDICATOR + TARGET
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f", text)
    assert [mistake.path for mistake in wrong.value.mistakes] == ["pack.bases"]


@pytest.mark.parametrize(
    "text",
    [UNIT, INDICATOR, FORM, TARGET, TASK, RULE, LETTERHEAD],
    ids=["unit", "indicator", "form", "target", "task", "rule", "letterhead"],
)
def test_the_broken_examples_are_right_before_they_are_broken(text: str) -> None:
    parse_definitions("f", PACK + text)


def test_letterheads_are_read_as_one_table_or_as_many() -> None:
    (old,) = parse_definitions("f", LETTERHEAD).letterheads
    assert (old.unit, old.body, old.recipients) == ("", "b", ())
    several = LETTERHEAD.replace("[letterhead]", '[[letterhead]]\nunit = "xa"') + without(
        LETTERHEAD.replace("[letterhead]", '[[letterhead]]\nrecipients = ["Lưu"]'), "superior"
    )
    first, second = parse_definitions("f", several).letterheads
    assert (first.unit, first.superior) == ("xa", "s")
    assert (second.unit, second.superior, second.recipients) == ("", "", ("Lưu",))


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


def test_the_mistakes_of_all_files_of_a_package_are_named_at_once(package: Path) -> None:
    (package / "b.toml").write_text(UNIT, "utf-8")
    (package / "a.toml").write_text("[[units]]\n", "utf-8")
    (package / "c.toml").write_bytes(b"\n\xff")
    with pytest.raises(DefinitionError) as wrong:
        read_definitions("nq_files")
    assert [(m.file, m.line, m.path) for m in wrong.value.mistakes] == [
        ("nq_files/a.toml", 1, "units"),
        ("nq_files/b.toml", 1, "unit[xa].basis"),
        ("nq_files/c.toml", 2, ""),
    ]


def test_a_file_with_a_mark_of_its_encoding_is_read(package: Path) -> None:
    (package / "a.toml").write_text(PACK + UNIT, "utf-8-sig")
    assert [u.code for u in read_definitions("nq_files").units] == ["xa"]
    assert [u.code for u in parse_definitions("f", "\ufeff" + PACK + UNIT).units] == ["xa"]


def test_definitions_are_read_from_a_folder_a_file_and_a_text(package: Path) -> None:
    (package / "a.toml").write_text(PACK + UNIT, "utf-8")
    whole = read_definitions("nq_files")
    file = package / "a.toml"
    assert read_definitions(package) == read_definitions(str(package)) == whole
    assert read_definitions(file) == read_definitions(str(file)) == whole
    assert read_definitions(PACK + UNIT) == whole
    with pytest.raises(DefinitionError, match="there is no such file or folder"):
        read_definitions(package / "none.toml")
    file.write_text(UNIT, "utf-8")
    with pytest.raises(DefinitionError, match=r"nq_files/a\.toml, line 1: unit\[xa\]\.basis"):
        read_definitions(file)


SPOILING = [*"[]\"'\n={}#.,\\ é", '"""', "true", "1.5", "2018-02-30", "[[x]]", "x = 1\n", "nan"]


def spoilt(text: str, random: Random) -> str:
    """The text with one to four changes: something inserted, something deleted, a line twice."""
    for _ in range(random.randint(1, 4)):
        at, how = random.randrange(len(text)), random.random()
        if how < 0.4:
            text = text[:at] + random.choice(SPOILING) + text[at:]
        elif how < 0.7:
            text = text[:at] + text[at + random.choice((1, 1, 3, 20)) :]
        else:
            lines = text.split("\n")
            one = random.randrange(len(lines))
            lines[one] = random.choice([random.choice(lines), lines[one].replace('"', ""), ""])
            text = "\n".join(lines)
    return text


def mistakes_of(text: str) -> tuple[Mistake, ...]:
    try:
        parse_definitions("f", text)
    except DefinitionError as wrong:
        return wrong.mistakes
    return ()


def test_a_file_that_is_spoilt_anywhere_gives_mistakes_with_lines_and_no_other_error() -> None:
    refused = 0
    for seed in range(600):
        random = Random(seed)
        text = spoilt(random.choice([ALL_AT_ONCE, DISTRICT]), random)
        found = mistakes_of(text)
        refused += bool(found)
        last = text.count("\n") + 1
        assert all(m.line and 1 <= m.line <= last for m in found), seed
        assert all(m.text for m in found), seed
    assert refused > 300


@pytest.mark.parametrize("bomb", ["a = " + "[" * 5000, "a = " + "{a=" * 5000])
def test_brackets_in_brackets_are_a_mistake_and_not_a_fault_of_the_reader(bomb: str) -> None:
    with pytest.raises(DefinitionError, match="too many brackets"):
        parse_definitions("f", bomb)


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
