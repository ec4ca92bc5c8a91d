"""What a plugin does in code, and what comes of it: each fault is named, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqcore.testing import check_plugin
from tests.support.small import Install
from tests.testing.faulty_pack import GOOD, MODULE

NAME = "nq_cong_doan"
CHECK = """
from nqcore.plugin import Problem, Severity
class Check:
    id = "cd.c"
    form = "cd.q"
    def problems(self, entry):
        {body}
@hook
def checks():
    return [Check()]
"""
RULE = """
from nqcore.plugin import Finding, FindingKind, Text
class Rule:
    id = "cd.P1"
    kind = FindingKind.SHORTCOMING
    directive = "77-NQ/TW"
    def findings(self, view):
        {body}
def finding(**named):
    given = dict(
        rule="cd.P1", owner="nq_cong_doan", kind=FindingKind.SHORTCOMING, title="t",
        sentence=(Text("Câu"),), evidence=(),
    )
    return Finding(**{{**given, **named}})
@hook
def rules():
    return [Rule()]
"""
FORMAT = """
from nqcore.plugin import Heading, Paragraph, cell_text, paragraph_text
class Format:
    name = "cd-txt"
    title = "Văn bản"
    suffix = ".txt"
    media_type = "text/plain"
    def write(self, report, names):
        {body}
def lines(report):
    for block in (*report.body, *report.appendix):
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Paragraph):
            yield paragraph_text(block)
        else:
            for row in block.rows:
                yield " | ".join(map(cell_text, row))
@hook
def report_formats():
    return [Format()]
"""
CALENDAR = """
from dataclasses import replace
from nqcore.plugin import CIVIL
class Terms:
    id = "cd.terms"
    def period(self, code):
        return CIVIL.period(code)
    def periods(self, kind, start, end):
        {body}
@hook
def calendars():
    return [Terms()]
"""
PERIODS = "CIVIL.periods(kind, start, end)"
LINES = "return '\\n'.join(lines(report)).encode()"
PROBLEM = "yield Problem(field={field!r}, code='x', severity=Severity.WARNING, template={words!r})"
ROWS = {
    # what: (code behind the definitions, what is said)
    "a hook that is misspelt": ("@hook\ndef rule(): return []\n", ("no hook “rule”", "did you mean “rules”")),
    "a hook that returns None": ("@hook\ndef checks(): return None\n",
        ("checks", "NoneType", "return a list")),
    "a hook that returns a number": ("@hook\ndef rules(): return 5\n", ("rules", "int", "return a list")),
    "items that are none": ("@hook\ndef rules(): return ['abc']\n", ("str has no id", "give a Rule")),
    "checks that are none": ("@hook\ndef checks(): return [1]\n", ("int has no id", "give a Check")),
    "formats that are none": ("@hook\ndef report_formats(): return [1]\n",
        ("int has no name", "give a ReportFormat")),
    "calendars that are none": ("@hook\ndef calendars(): return [1]\n",
        ("int has no id", "give a Calendar")),
    "a hook that raises": ("@hook\ndef rules(): raise KeyError('x')\n", ("rules", "KeyError")),
    "a hook that ends the program": ("@hook\ndef rules(): raise SystemExit('bye')\n",
        ("rules", "SystemExit")),
    "an end of the program": ("import sys; sys.exit('bye')\n", ("import", "SystemExit")),
    "a syntax error": ("def x(:\n", ("SyntaxError", "line 6")),
    "a module that is not there": ("import khong_co\n", ("import", "khong_co")),
    "the network": (
        "import socket\ntry: socket.create_connection(('127.0.0.1', 9), timeout=1)\nexcept OSError: pass\n",
        ("uses the network", "Put the data into the package")),
    "a file that is written": (
        "import tempfile, pathlib\n(pathlib.Path(tempfile.gettempdir()) / 'nq-kit-test').write_text('x')\n",
        ("writes files", "nqcore writes files")),
    "another program": ("import subprocess; subprocess.run(['true'])\n", ("starts another program",)),
    "a print": ("print('xin chào')\n", ("prints", "xin chào", "Leave the line out")),
    "another decimal context": ("import decimal; decimal.getcontext().prec = 5\n",
        ("changes the decimal context", "decimal.localcontext()")),
    "another working folder": ("import os; os.chdir('/')\n", ("changes the working folder", "full paths")),
    "another environment": ("import os; os.environ['NQ_TEST_X'] = '1'\n", ("changes the environment",)),
    "a seed for all": ("import random; random.seed(1)\n", ("changes the random numbers", "random.Random")),
    "a built-in name": ("import builtins; builtins.nq_test_x = 1\n", ("changes the built-in names",)),
    "a check of a form that is not known": (
        CHECK.replace('"cd.q"', '"cd.zz"').format(body="return []"),
        ("check cd.c", "“cd.zz”", "Give the id of a form: cd.q")),
    "a check that reads what is not there": (
        CHECK.format(body="return [] if entry.answers['D1'] else []"),
        ("check cd.c", "fails for the answers none", "KeyError", ".get()")),
    "a check that gives a bool": (CHECK.format(body="yield True"), ("gives bool, not Problem",)),
    "a check that gives None": (CHECK.format(body="return None"), ("check cd.c", "fails", "NoneType")),
    "a check that names another field": (
        CHECK.format(body=PROBLEM.format(field="D77", words="Xem lại.")),
        ("names the field “D77”", "Give one of D1")),
    "a check whose message cannot be filled": (
        CHECK.format(body=PROBLEM.format(field="D1", words="Xem lại {so}.")),
        ("message that cannot be filled in", "Give its params")),
    "a rule that reads a missing figure": (
        RULE.format(body="yield finding() if view.figure('D4').value > 1 else finding()"),
        ("rule cd.P1", "is not evaluated", "TypeError", "look for that first")),
    "a rule that reads an indicator that is not there": (
        RULE.format(body="view.figure('D44'); return ()"), ("rule cd.P1", "is not evaluated", "D44")),
    "a rule that gives no finding": (RULE.format(body="yield 'abc'"),
        ("rule cd.P1", "gave str, not Finding")),
    "a rule of another kind": (RULE.format(body="yield finding(kind=FindingKind.RESULT)"),
        ("rule cd.P1", "gives a result", "Give the kind of the rule")),
    "a rule without words": (RULE.format(body="yield finding(sentence=())"),
        ("rule cd.P1", "without a sentence")),
    "a rule twice": (RULE.format(body="return ()").replace("[Rule()]", "[Rule(), Rule()]"), ("cd.P1",)),
    "a format that gives text": (FORMAT.format(body="return 'abc'"),
        ("format cd-txt", "gave str, not bytes")),
    "a format that raises": (FORMAT.format(body="raise ValueError('no')"),
        ("format cd-txt", "ValueError: no")),
    "a format that loses figures": (FORMAT.format(body="return b'abc'"),
        ("format cd-txt", "loses the number", "figure_text")),
    "a format that prints values": (
        FORMAT.format(body=LINES).replace("map(cell_text, row)", "map(repr, row)"),
        ("format cd-txt", "loses the number")),
    "a calendar with a gap": (
        CALENDAR.format(body=f"return (p for n, p in enumerate({PERIODS}) if n != 3)"),
        ("calendar cd.terms", "does not begin on the day after")),
    "a calendar whose codes are no addresses": (
        CALENDAR.format(body=f"return (replace(p, code=p.code + '/x') for p in {PERIODS})"),
        ("calendar cd.terms", "cannot stand in an address")),
    "a calendar that does not read its codes": (
        CALENDAR.format(body=f"return (replace(p, code=p.code + 'x') for p in {PERIODS})"),
        ("calendar cd.terms",)),
    "no hook": (None, ("implements no hook", "mark its functions with @hook")),
}  # fmt: skip
RIGHT = {
    "a check": CHECK.format(body="return [] if entry.answers.get('D1') else []"),
    "a rule": RULE.format(body="return [finding()] if view.figure('D4').value is not None else []"),
    "a format": FORMAT.format(body=LINES),
    "a calendar": CALENDAR.format(body=f"return {PERIODS}"),
}


def checked(install: Install, tmp_path: Path, code: str | None) -> list[str]:
    module = "x = 1\n" if code is None else MODULE.format(name=NAME) + code
    install(NAME, module)
    (tmp_path / "site" / f"{NAME}.toml").write_text(GOOD, "utf-8")
    return check_plugin(NAME, beside=[])


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """What a faulty plugin changes is put back."""
    import builtins
    import decimal
    import os
    import random

    state, context, folder = random.getstate(), decimal.getcontext().copy(), os.getcwd()
    monkeypatch.setenv("NQ_TEST_X", "0")
    yield
    random.setstate(state)
    decimal.setcontext(context)
    os.chdir(folder)
    if hasattr(builtins, "nq_test_x"):
        del builtins.nq_test_x


@pytest.mark.parametrize("what", ROWS)
def test_a_fault_in_code_is_named_with_its_remedy(
    install: Install, tmp_path: Path, what: str
) -> None:
    code, says = ROWS[what]
    faults = checked(install, tmp_path, code)
    found = [one for one in faults if all(words in one for words in says)]
    assert found, faults
    assert NAME in found[0] or "calendar" in found[0] or "rule" in found[0]


@pytest.mark.parametrize("what", RIGHT)
def test_what_is_right_has_no_fault(install: Install, tmp_path: Path, what: str) -> None:
    assert checked(install, tmp_path, RIGHT[what]) == []


def test_a_slow_start_is_a_fault(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nqcore.testing.start_faults.WALL_SECONDS", 0.3)
    faults = checked(install, tmp_path, "import time; time.sleep(0.5)\n")
    assert "s to start" in faults[0]
    assert "Load heavy libraries inside the function" in faults[0]
