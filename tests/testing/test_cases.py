"""Cases: what a file says, what comes out of it, and what a person reads where it comes out otherwise."""

from __future__ import annotations

import os
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from nqcore.catalogue import read_definitions
from nqcore.errors import DefinitionError, WorkspaceError
from nqcore.testing import CaseResult, run_case_file, run_cases
from nqcore.testing.case_file import parse_case
from nqcore.testing.case_values import CaseState
from nqcore.text.messages import translator
from tests.support.small import DISTRICT, ROOT, Install, plugin

RULES = """
[[rule]]
id = "s.gaps"
kind = "shortcoming"
directive = "1-NQ/HU"
title = "Chưa thường xuyên"
type = "gaps"
indicators = ["A1"]
gap = 2
basis = "Kế hoạch số 7, điểm 2, mục III"
[rule.sentences]
some = "{over} {gap_units} đơn vị không họp ({names})"
one = "{over}{unit} không họp"
[[rule]]
id = "s.total"
kind = "result"
directive = "1-NQ/HU"
title = "Hội nghị"
type = "total"
indicators = ["A1"]
[rule.sentences]
some = "{over} có {A1} hội nghị"
"""


class BrokenRule:
    """A rule in code that can never be evaluated."""

    id, kind, directive = "s.broken", "result", "1-NQ/HU"

    def findings(self, view: object) -> tuple[object, ...]:
        raise RuntimeError("no luck")


OFFICE = plugin("nq_small", DISTRICT + RULES)
MODULES = [("nq_small", OFFICE)]
HEAD = """\
[case]
title = "Hai quý liền"
directive = "1-NQ/HU"
period = "2018-H1"
today = 2018-07-31
unit = "top"
"""
REPORTS = "".join(
    f'[[report]]\nunit = "{unit}"\nform = "s.q"\nperiod = "2018-Q{quarter}"\nA1 = {count}\n'
    for unit, counts in {
        "xa-a": (0, 0),
        "xa-b": (2, 1),
        "dn-1": (1, 0),
        "dn-2": (3, None),
        "dn-3": (1, 4),
    }.items()
    for quarter, count in zip((1, 2), counts, strict=True)
    if count is not None
)
"""Every report of the half-year: the company Hai ended in the second quarter."""
SENTENCE = "trong 6 tháng đầu năm 2018 1 trong 5 đơn vị không họp (Xã A)"
GAPS = f'[[expect]]\nrule = "s.gaps"\nsentence = "{SENTENCE}"\n'
TOTAL = '[[total]]\nindicator = "s.A1"\nperiod = "2018-H1"\nvalue = 12\nreported = 9\ndue = 9\n'


def run(folder: Path, text: str, *more: tuple[str, object]) -> CaseResult:
    file = folder / "a.toml"
    file.write_text(text, "utf-8")
    return run_case_file(file, modules=[*MODULES, *more])


def said(result: CaseResult) -> list[str]:
    """All that is said of the case, without the folder of its file."""
    lines = [str(one) for one in (*result.mistakes, *result.differences)]
    return [line[line.index("a.toml") :] for line in lines]


# -- the bundled cases -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "least"), [("nq_res20", 19), ("nq_res02", 18), ("nq_model_province", 1)]
)
def test_every_case_of_a_bundled_plugin_comes_out_as_it_expects(name: str, least: int) -> None:
    done = run_cases(name)
    assert [line for one in done.results for line in (*one.mistakes, *one.differences)] == []
    assert len(done.results) >= 2
    assert sum(rule.is_covered for rule in done.coverage) >= least


def test_the_cases_of_a_plugin_are_not_read_as_its_definitions() -> None:
    assert read_definitions("nq_res20").units == ()
    assert len(run_cases("nq_res20").results) == len([*(files("nq_res20") / "cases").iterdir()])


def test_a_case_leaves_no_key_behind(tmp_path: Path) -> None:
    before = sorted(os.listdir(os.environ["NQ_KEYS"]))
    assert run(tmp_path, HEAD + REPORTS + TOTAL).passed
    assert sorted(os.listdir(os.environ["NQ_KEYS"])) == before


def test_the_case_of_the_guide_comes_out_as_it_expects(tmp_path: Path) -> None:
    guide = (ROOT / "plugins" / "README.md").read_text("utf-8").split("## Cases")[1]
    file = tmp_path / "a.toml"
    file.write_text(guide.split("```toml\n")[1].split("```")[0], "utf-8")
    assert said(run_case_file(file, plugins=["nq_res20"])) == []


def test_a_rule_that_is_changed_no_longer_comes_out_as_its_cases_expect() -> None:
    definitions = read_definitions("nq_res20")
    rules = tuple(
        replace(rule, params={"gap": 2}) if rule.id == "res20.S1a" else rule
        for rule in definitions.rules
    )
    file = ROOT / "plugins" / "nq_res20" / "cases" / "ba-quy-khong-hop.toml"
    result = run_case_file(file, modules=[("nq_res20", replace(definitions, rules=rules))])
    (one,) = result.differences
    assert "2 trong 2 đơn vị có từ 2 quý liên tiếp trở lên" in str(one)


# -- what comes out --------------------------------------------------------------------------------


def test_a_rule_is_tried_without_a_package(tmp_path: Path) -> None:
    result = run(tmp_path, HEAD + REPORTS + GAPS + TOTAL)
    assert said(result) == []
    assert result.passed
    assert [(one.rule, one.case) for one in result.covered] == [("s.gaps", "some")]


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        (
            GAPS.replace("Xã A", "Xã B"),
            "expected s.gaps: “trong 6 tháng đầu năm 2018 1 trong 5 đơn vị không họp (Xã B)”; "
            f"found “{SENTENCE}”",
        ),
        (
            '[[expect]]\nrule = "s.gaps"\ncontains = ["2 trong 4", "Xã A"]',
            f"expected s.gaps: “2 trong 4 … Xã A”; found “{SENTENCE}”",
        ),
        (
            '[[expect]]\nrule = "s.gaps"\nsilent = "does_not_hold"',
            f"expected s.gaps silent (does_not_hold); found “{SENTENCE}”",
        ),
        (
            GAPS + 'cites = "điểm 3, mục III"',
            "expected s.gaps to cite “điểm 3, mục III”; found “Kế hoạch số 7, điểm 2, mục III”",
        ),
        (TOTAL.replace("12", "13"), "expected s.A1 top 2018-H1 = 13; found 12"),
        (TOTAL.replace("due = 9", "due = 10"), "expected s.A1 top 2018-H1: 10 due; found 9"),
        (
            TOTAL.replace("reported = 9", "reported = 8"),
            "expected s.A1 top 2018-H1: 8 reported; found 9",
        ),
        (
            '[[total]]\nindicator = "s.A1"\nperiod = "2018"\nmissing = true',
            "expected s.A1 top 2018 to be missing; found 12",
        ),
        (
            '[[total]]\nindicator = "s.B1"\nperiod = "2018-H1"\nvalue = "1.310"',
            "expected s.B1 top 2018-H1 = 1.310; found – (chưa có báo cáo)",
        ),
        (
            '[[expect]]\nrule = "s.broken"\ncontains = ["x"]',
            "expected s.broken: “x”; found no finding (not_evaluated): RuntimeError: no luck",
        ),
        (
            '[[expect]]\nrule = "nq.worsened:s.A1"\ncontains = ["x"]',
            "expected nq.worsened:s.A1: “x”; found that the review does not ask the rule",
        ),
    ],
)
def test_what_comes_out_otherwise_is_one_line(tmp_path: Path, expected: str, says: str) -> None:
    broken = plugin("nq_broken", rules=lambda: (BrokenRule(),))
    result = run(tmp_path, HEAD + REPORTS + expected, ("nq_broken", broken))
    line = (HEAD + REPORTS).count("\n") + 1
    assert said(result) == [f"a.toml, line {line}: {says}"]
    assert not result.passed


def test_what_comes_out_otherwise_is_said_in_vietnamese(tmp_path: Path) -> None:
    (one,) = run(tmp_path, HEAD + REPORTS + TOTAL.replace("12", "13")).differences
    assert one.message(translator("vi")).endswith("mong đợi s.A1 top 2018-H1 = 13; thực tế: 12")


def test_a_rule_that_is_not_evaluated_is_not_one_that_is_silent(tmp_path: Path) -> None:
    broken = plugin("nq_broken", rules=lambda: (BrokenRule(),))
    text = HEAD + REPORTS + '[[expect]]\nrule = "s.broken"\nsilent = "not_evaluated"'
    assert run(tmp_path, text, ("nq_broken", broken)).passed
    text = text.replace("not_evaluated", "does_not_hold")
    assert not run(tmp_path, text, ("nq_broken", broken)).passed


def test_a_sentence_may_have_a_capital_and_its_full_stop(tmp_path: Path) -> None:
    written = GAPS.replace(SENTENCE, f"T{SENTENCE[1:]}.")
    assert run(tmp_path, HEAD + REPORTS + written).passed


def test_a_case_without_reports_says_that_they_are_too_few(tmp_path: Path) -> None:
    text = HEAD + '[[expect]]\nrule = "s.total"\nsilent = "too_few_reports"\n'
    text += (
        '[[total]]\nindicator = "s.A1"\nperiod = "2018-Q1"\nmissing = true\nreported = 0\ndue = 5'
    )
    assert said(run(tmp_path, text)) == []


def test_a_report_that_is_only_sent_or_left_out_counts_nowhere(tmp_path: Path) -> None:
    text = HEAD + REPORTS.replace("A1 = 2\n", 'A1 = 2\nstate = "sent"\n')
    text = text.replace("A1 = 4\n", 'A1 = 4\nstate = "excluded"\n')
    text += TOTAL.replace("12", "6").replace("reported = 9", "reported = 7")
    assert said(run(tmp_path, text)) == []


def test_an_answer_may_be_a_text_a_list_a_document_or_left_out(tmp_path: Path) -> None:
    text = HEAD + (
        '[[report]]\nunit = "xa-a"\nform = "s.q"\nperiod = "2018-Q1"\nA1 = ""\nK1 = ["chu", "tien"]\n'
        'N1 = "Ổn"\nVB1 = { number = "05-KH/ĐU", date = 2018-03-01 }\n"NV-t1" = { status = "doing" }\n'
        '[[report]]\nunit = "dn-1"\nform = "s.q"\nperiod = "2018-Q1"\nA1 = 1\n'
        '[report.answers]\nB1 = "1.310"\n'
        '[[total]]\nindicator = "s.A1"\nperiod = "2018-Q1"\nvalue = 1\nreported = 1\ndue = 5\n'
        '[[total]]\nindicator = "s.B1"\nperiod = "2018-Q1"\nvalue = "1.310"\n'
    )
    assert said(run(tmp_path, text)) == []


def test_a_unit_of_its_own_stands_beside_those_of_the_plugin(tmp_path: Path) -> None:
    text = HEAD + (
        '[[unit]]\ncode = "xa-c"\nname = "Xã C"\nkind = "commune"\nparent = "top"\n'
        '[[report]]\nunit = "xa-c"\nform = "s.q"\nperiod = "2018-Q1"\nA1 = 7\n'
        '[[total]]\nindicator = "s.A1"\nperiod = "2018-Q1"\nvalue = 7\nreported = 1\ndue = 6\n'
    )
    assert said(run(tmp_path, text)) == []


# -- mistakes --------------------------------------------------------------------------------------

REPORT = '[[report]]\nunit = "xa-a"\nform = "s.q"\nperiod = "2018-Q1"\nA1 = 1\n'
MISTAKES = {
    "empty file": (
        "",
        ["line 1: expect: nothing is expected", "line 1: case: is missing; give a table"],
    ),
    "empty case": (
        HEAD,
        [
            "line 1: expect: nothing is expected, so the case can never differ; write a table [[expect]] or "
            "[[total]]"
        ],
    ),
    "unknown key": (
        HEAD.replace("title", "titel") + TOTAL,
        [
            "line 2: case.titel: is not a key that is known here; check its spelling; did you mean “title”?"
        ],
    ),
    "unknown table": (
        HEAD + "[[expects]]\n" + TOTAL,
        [
            "line 7: expects: is not a key that is known here; check its spelling; did you mean “expect”?"
        ],
    ),
    "a rule that does not exist": (
        HEAD + GAPS.replace("s.gaps", "s.gap"),
        ["line 8: expect[1].rule: there is no rule “s.gap”; did you mean “s.gaps”?"],
    ),
    "a rule of a plugin that is not there": (
        HEAD + GAPS.replace("s.gaps", "res20.S1a"),
        [
            "line 8: expect[1].rule: there is no rule “res20.S1a”; name the plugin that brings it in "
            "“plugins”"
        ],
    ),
    "a finding that is expected twice": (
        HEAD + REPORTS + GAPS + GAPS,
        ["line 56: expect[2].rule: the same is expected of the rule twice; keep one"],
    ),
    "a finding and silence": (
        HEAD + REPORTS + GAPS + '[[expect]]\nrule = "s.gaps"\nsilent = "no_data"',
        ["line 56: expect[2].rule: the rule cannot be silent and give a finding; keep one"],
    ),
    "two ways to expect": (
        HEAD + GAPS + 'silent = "no_data"',
        ["line 7: expect[1]: give exactly one of sentence, contains, silent"],
    ),
    "an unknown silence": (
        HEAD + '[[expect]]\nrule = "s.gaps"\nsilent = "no"',
        [
            "line 9: expect[1].silent: is “no”; give one of does_not_hold, too_few_reports, no_data, "
            "not_evaluated"
        ],
    ),
    "a silent rule that cites": (
        HEAD + '[[expect]]\nrule = "s.gaps"\nsilent = "no_data"\ncites = "mục I"',
        ["line 10: expect[1].cites: a rule that is silent cites nothing; leave it out"],
    ),
    "a total of nothing": (
        HEAD + '[[total]]\nindicator = "s.A1"\nperiod = "2018"',
        [
            "line 7: total[1].value: is missing; give a whole number, or in quotes what is typed into a box, "
            'like "74,5"'
        ],
    ),
    "a value and none": (
        HEAD + TOTAL + "missing = true",
        ["line 13: total[1].missing: stands beside a value; keep one"],
    ),
    "a float": (
        HEAD + TOTAL.replace("12", "12.5"),
        [
            "line 10: total[1].value: is 12.5; give a whole number, or in quotes what is typed into a box, "
            'like "74,5"'
        ],
    ),
    "a value that is no number": (
        HEAD + TOTAL.replace("12", '"mười"'),
        ["line 10: total[1].value: Cannot read “mười”. Write it again like 1.234."],
    ),
    "an indicator that does not exist": (
        HEAD + TOTAL.replace("s.A1", "s.A9"),
        [
            "line 8: total[1].indicator: There is no indicator “s.A9”. `nq indicators` lists the indicators."
        ],
    ),
    "a unit that does not exist": (
        HEAD + REPORT.replace("xa-a", "xa-z") + TOTAL,
        ["line 8: report[1].unit: There is no unit “xa-z”."],
    ),
    "a unit that does not owe the form": (
        HEAD + REPORT.replace("xa-a", "top") + TOTAL,
        ["line 8: report[1].unit: top does not owe form s.q for 2018-Q1. "],
    ),
    "a unit that had ended": (
        HEAD + REPORT.replace("xa-a", "dn-2").replace("Q1", "Q3") + TOTAL,
        ["line 8: report[1].unit: dn-2 does not owe form s.q for 2018-Q3. "],
    ),
    "a form that does not exist": (
        HEAD + REPORT.replace("s.q", "s.z") + TOTAL,
        ["line 9: report[1].form: There is no form “s.z”."],
    ),
    "a period that is none": (
        HEAD + REPORT.replace("2018-Q1", "quý một") + TOTAL,
        ["line 10: report[1].period: There is no period “quý một”."],
    ),
    "a period that has not begun": (
        HEAD + REPORT.replace("2018-Q1", "2018-Q4") + TOTAL,
        ["line 10: report[1].period: 2018-Q4 begins on 01/10/2018."],
    ),
    "a review of a time that has not begun": (
        HEAD.replace("2018-H1", "2019") + TOTAL,
        [
            "line 4: case.period: 2019 begins on 01/01/2019. Ask for a period that has begun.; today is "
            "2018-07-31 here"
        ],
    ),
    "a directive that does not exist": (
        HEAD.replace("1-NQ/HU", "20-NQ/TW") + TOTAL,
        ["line 3: case.directive: There is no directive “20-NQ/TW”."],
    ),
    "a review of a unit that does not exist": (
        HEAD.replace("top", "tinh") + TOTAL,
        ["line 6: case.unit: There is no unit “tinh”."],
    ),
    "a plugin that is not installed": (
        HEAD + 'plugins = ["nq_gone"]\n' + TOTAL,
        [
            "line 7: case.plugins: the plugin “nq_gone” is not installed; install it, or correct its name"
        ],
    ),
    "a report twice": (
        HEAD + REPORT + REPORT + TOTAL,
        ["line 12: report[2]: the same report stands in the file already; keep one"],
    ),
    "an answer twice": (
        HEAD + REPORT + "[report.answers]\nA1 = 1\n" + TOTAL,
        ["line 11: report[1].A1: is answered twice; keep one"],
    ),
    "an answer that the unit is not asked for": (
        HEAD + REPORT + "B1 = 5\n" + TOTAL,
        ["line 12: report[1].B1: the form does not ask this unit for it; did you mean “VB1”?"],
    ),
    "an answer that is no number": (
        HEAD + REPORT.replace("A1 = 1", 'A1 = "một"') + TOTAL,
        ["line 11: report[1].A1: Cannot read “một”."],
    ),
    "an answer as a float": (
        HEAD + REPORT.replace("A1 = 1", "A1 = 1.5") + TOTAL,
        [
            "line 11: report[1].A1: is 1.5; give a text in quotes, a whole number, a day, true, false or a "
            "list of texts"
        ],
    ),
    "an answer that no report may have": (
        HEAD + REPORT.replace("xa-a", "dn-3") + "B1 = 5\nB2 = 6\n" + TOTAL,
        [
            "line 13: report[1].B2: “Công nhân có bảo hiểm” (6) cannot be more than “Công nhân” (5) in B1."
        ],
    ),
    "a choice that is none": (
        HEAD + REPORT + 'K1 = ["khac"]\n' + TOTAL,
        ["line 12: report[1].K1: “khac” is not one of the choices."],
    ),
    "a document of another kind of value": (
        HEAD + REPORT + 'VB1 = "05-KH/ĐU"\n' + TOTAL,
        ["line 12: report[1].VB1: "],
    ),
    "a unit under one that is not there": (
        HEAD + '[[unit]]\ncode = "x"\nname = "X"\nkind = "commune"\nparent = "gone"\n' + TOTAL,
        [
            "line 7: unit[1]: put aside with all that it brings. Unit “x”: its parent “gone” is not a unit"
        ],
    ),
    "a target of an indicator that is not there": (
        HEAD
        + '[[target]]\nid = "t"\ndirective = "1-NQ/HU"\nindicator = "s.Z"\nvalue = 1\nperiod = "2018"\n'
        + TOTAL,
        [
            "line 7: target[1]: target t: there is no indicator “s.Z”; name the plugin that brings it in "
            "“plugins”"
        ],
    ),
    "a unit that a plugin brings already": (
        HEAD + '[[unit]]\ncode = "xa-a"\nname = "Xã A"\nkind = "commune"\nparent = "top"\n' + TOTAL,
        [
            "line 7: unit[1]: put aside with all that it brings. The unit “xa-a” "
            "is given by both case and nq_small."
        ],
    ),
    "two units at the top": (
        HEAD.replace('unit = "top"\n', "")
        + '[[unit]]\ncode = "x"\nname = "X"\nkind = "committee"\n'
        + '[[unit]]\ncode = "y"\nname = "Y"\nkind = "committee"\n'
        + TOTAL,
        [
            "line 1: case.unit: several units stand at the top: x, y; name the "
            "unit of the review, or give all but one a parent"
        ],
    ),
    "a calendar day that is text": (
        HEAD.replace("2018-07-31", '"31/7/2018"') + TOTAL,
        ["line 5: case.today: is '31/7/2018'; give a day like 2008-01-28 without quotes"],
    ),
    "answers that are no table": (
        HEAD + REPORT + "answers = 5\n" + TOTAL,
        ["line 12: report[1].answers: is 5; give a table [report.answers]"],
    ),
    "a list with a number": (
        HEAD + REPORT + 'K1 = ["chu", 1]\n' + TOTAL,
        ["line 12: report[1].K1: is ['chu', 1]; give a text in quotes"],
    ),
    "an unknown state": (
        HEAD + REPORT + 'state = "returned"\n' + TOTAL,
        ["line 12: report[1].state: is “returned”; give one of accepted, sent, excluded"],
    ),
    "a figure that is a list": (
        HEAD + REPORT.replace("A1 = 1", 'A1 = ["1"]') + TOTAL,
        ["line 11: report[1].A1: A1: ('1',) – give text, a whole number or a Decimal"],
    ),
    "a total of a unit that is not there": (
        HEAD + TOTAL + 'unit = "xa-z"\n',
        ["line 13: total[1].unit: There is no unit “xa-z”. `nq units` lists the units."],
    ),
    "a total of a period that is none": (
        HEAD + TOTAL.replace("2018-H1", "nay"),
        ["line 9: total[1].period: There is no period “nay”."],
    ),
    "no TOML": (HEAD + "[[expect\n" + TOTAL, ["line 7: TOML: "]),
}
"""A wrong case, and what is said of it: the begin of each line, behind the name of the file."""


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_key(tmp_path: Path, name: str) -> None:
    text, says = MISTAKES[name]
    result = run(tmp_path, text)
    lines = [line.removeprefix("a.toml, ") for line in said(result) if line not in ("",)]
    mistakes = lines[: len(result.mistakes)]
    assert len(mistakes) == len(says), mistakes
    for line, begin in zip(mistakes, says, strict=True):
        assert line.startswith(begin)
    assert not result.passed


def test_all_mistakes_of_a_file_are_found_at_once() -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_case("a.toml", HEAD.replace("title", "titel") + REPORT.replace("form", "frm"))
    assert [mistake.line for mistake in wrong.value.mistakes] == [1, 2, 7]


def test_a_file_that_is_not_there_is_one_that_cannot_be_run(tmp_path: Path) -> None:
    assert said(run_case_file(tmp_path / "a.toml")) == [
        "a.toml: cannot be read: No such file or directory"
    ]


def test_a_report_of_a_case_is_accepted_unless_it_says_otherwise() -> None:
    case = parse_case("a.toml", HEAD + REPORT + TOTAL)
    assert [one.state for one in case.reports] == [CaseState.ACCEPTED]
    assert case.reports[0].answers == {"A1": 1}


# -- the cases of an installed plugin --------------------------------------------------------------


def test_a_plugin_that_is_one_module_has_no_cases_and_all_its_rules_are_named(
    install: Install,
) -> None:
    code = f"from nqcore.plugin import hook, parse_definitions\nTEXT = '''{DISTRICT + RULES}'''\n"
    code += "@hook\ndef definitions(): return parse_definitions('f', TEXT)\n"
    install("nq_alone", code)
    done = run_cases("nq_alone")
    assert (done.passed, done.results) == (True, ())
    assert [(rule.rule, rule.missing) for rule in done.coverage] == [
        ("s.gaps", ("some", "one")),
        ("s.total", ("some",)),
    ]


def test_the_coverage_says_which_sentences_no_case_expects() -> None:
    coverage = {rule.rule: rule for rule in run_cases("nq_res20").coverage}
    gaps, total = coverage["res20.S1a"], coverage["res20.R1a"]
    assert (gaps.expected, gaps.missing, gaps.silent) == (("some", "one"), (), False)
    assert (total.expected, total.missing, total.silent) == (("some",), ("one",), True)
    assert not coverage["res20.R1b"].is_covered


def test_a_plugin_that_is_not_installed_cannot_be_run() -> None:
    with pytest.raises(WorkspaceError, match="nq_gone: import: is not installed"):
        run_cases("nq_gone")
