"""A workspace in which every action word and every table occurs, as each released version wrote it: it
opens, says the same as it did then – totals, findings, decisions, rights, duties – and is gone on with."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from nqcore.version import __version__
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.golden import make_whole
from tests.golden.make_whole import HERE
from tests.golden.story import PDF, Q3, QUARTER
from tests.golden.whole import EXPECTED, PASSWORD, SECTIONS, few_reports_speak
from tests.golden.words import Module, Sources, shipped

FOLDERS = sorted(path.parent.name for path in HERE.glob(f"*/{EXPECTED}"))
SNAPSHOTS = pytest.mark.parametrize("snapshot", [True, False], ids=["snapshot", "records"])


@cache
def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / name / EXPECTED).read_text("utf-8"))
    return found


def copied(name: str, folder: Path, snapshot: bool = True) -> Path:
    """A copy of a golden folder, with the modes that git does not keep."""
    shutil.copytree(HERE / name, folder)
    for key in (folder / "keys").iterdir():
        os.chmod(key, 0o600)
    if not snapshot:
        (folder / "workspace" / "journal" / "snapshot").unlink()
    return folder


def moment(name: str, later: timedelta = timedelta()) -> datetime:
    return datetime.fromisoformat(expected(name)["opened"]) + later


def opened(name: str, folder: Path, later: timedelta = timedelta()) -> Workspace:
    return open_workspace(folder / "workspace", clock=lambda: moment(name, later))


class Told(NamedTuple):
    """An opened golden folder that is only read, and its name."""

    name: str
    ws: Workspace


@pytest.fixture(
    scope="module",
    params=[(name, snapshot) for name in FOLDERS for snapshot in (True, False)],
    ids=lambda p: f"{p[0]}-{'snapshot' if p[1] else 'records'}",
)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    name, snapshot = request.param
    folder = copied(name, tmp_path_factory.mktemp("golden") / name, snapshot)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NQ_KEYS", str(folder / "keys"))
        with opened(name, folder) as ws:
            yield Told(name, ws)  # verifying reads the key again


def test_the_present_version_has_such_a_folder() -> None:
    assert f"{__version__}-whole" in FOLDERS


@pytest.mark.parametrize("section", SECTIONS)
def test_what_an_old_version_wrote_says_what_it_said_then(told: Told, section: str) -> None:
    then = expected(told.name)
    if section not in then:
        pytest.skip("that version did not write this part down")
    with few_reports_speak():
        now = json.loads(json.dumps(SECTIONS[section](told.ws, then[section])))
    if section == "deeds":
        without_what_was_taken_back(now, then := deepcopy(then))
    if section == "findings":
        now, then = without_unsaid(now, deepcopy(then[section]))
        without_linked_tasks(now, then)
        without_the_words_of_rules(now, then)
        assert now == then
    elif section in ADDED_SINCE and told.name != NEWEST:
        assert ADDED_SINCE[section](now, deepcopy(then[section])) == then[section]
    elif section == "rights":
        newest = told.name == NEWEST
        assert now == (
            then[section] if newest else without_the_decisions_of_watchers(deepcopy(then[section]))
        )
    else:
        assert now == then[section]


def without_the_mark_of_a_copy(now: Any, then: Any) -> Any:
    """Reports without the remark that all of it is as in the period before: 0.2.0 did not make it."""
    for id, report in now.items():
        said = [one for one in report["problems"] if one not in then[id]["problems"]]
        assert all(severity == "warning" for _field, severity in said), id
        report["problems"] = then[id]["problems"]
    return now


def without_what_was_left_to_an_heir(now: Any, then: Any) -> Any:
    """Lists without the reports of units that have ended: 0.2.0 had them on no list."""
    for login, lists in now.items():
        own = {id.rpartition("_")[2] for id in then[login]["work"]}
        left = [id for id in lists["work"] if id not in then[login]["work"]]
        assert not {id.rpartition("_")[2] for id in left} & own, login
        lists["work"] = [id for id in lists["work"] if id not in left]
    return now


def without_what_was_taken_back(now: Any, then: Any) -> None:
    """The log without the changes of units that were taken back, whose units are known no more: until 0.3.0
    it hid them. They push as many lines to the next page."""
    for login, lines in now.items():
        hidden = [line for line in lines if line not in then["deeds"][login]]
        hidden = [line for line in hidden if line[3] in ("change-units", "undo-change")]
        lines[:] = [line for line in lines if line not in hidden]
        if hidden:
            then["deeds"][login][len(lines) :] = []


def as_then_unfolded(now: Any, then: Any) -> Any:
    """The log with every draft of a day: 0.2.0 did not fold them, so that a page reached less far. Each line
    of today that is as new is one of then."""
    for login, every in now.items():
        lines = [line for line in every if line[0] >= then[login][-1][0]]
        assert all(line in then[login] for line in lines), login
        folded = [line for line in then[login] if line not in lines]
        assert all(line[3] == "save" for line in folded), login
        now[login] = then[login]
    return now


ADDED_SINCE = {
    "reports": without_the_mark_of_a_copy,
    "lists": without_what_was_left_to_an_heir,
    "deeds": as_then_unfolded,
}
"""What this version says besides of the folders of older ones."""
NEWEST = "0.3.0-whole"
"""The folder that this version made: it has no rights that were taken away since."""
WATCHERS = ("lanhdao", "theodoi-thanh-loc")
"""The accounts of the folders with the role `watch` alone."""


def without_the_decisions_of_watchers(rights: Any) -> Any:
    """The rights of a version in which `watch` might decide on the review, as they are now: it looks, and the
    role `write` decides."""
    assert all(rights["decide"][login] and rights["report"][login] for login in WATCHERS)
    rights["decide"] |= {login: {} for login in WATCHERS}
    return rights


def test_what_was_said_with_too_few_reports_is_silent_now_and_says_why(told: Told) -> None:
    for question, old in expected(told.name)["findings"].items():
        directive, period, within = question.split(" ")
        verdict = told.ws.reviews.verdict(directive=directive, period=period, boundaries=within)
        assert verdict.not_evaluated == ()
        said = {finding.rule for finding in verdict.findings}
        silent = {one.rule for one in verdict.silent if one.why.template}
        assert {*old["findings"]} <= said | silent


BOTH = ("2018", "2018-Q2..2018-Q3")
UNSAID = {
    "res20.S1c": BOTH,
    "res20.S2": BOTH,
    "res20.S3a": BOTH,
    "res20.S3b": BOTH,
    "res20.S4a": BOTH,
}
"""Findings of 0.1 and 0.2.0 that later versions do not make with any coverage, by the spans of the reviews:
units without a report were said to have no plan (S1c), "none so far" was said without a report of every unit
(S2, S3a, S4a; law 5), and a target was missed before the last reports of its time (S3b; law 12)."""
RECKONED = {"res20.R1e": "2018-Q2..2018-Q3"}
"""A target of the year spoke with the figure of the year in the review of two quarters; now with the one of
the quarters (law 12)."""


def without_unsaid(now: dict[str, Any], then: dict[str, Any]) -> tuple[Any, Any]:
    """Both without the findings that are not made any more. Where one of them was printed, so was what the
    office had chosen; without it more is undecided, and so is printed."""
    for question, old in then.items():
        new, span = now[question], question.split(" ")[1]
        gone = {rule for rule, spans in UNSAID.items() if span in spans} & {*old["findings"]}
        assert not gone & {*new["findings"]}
        old["findings"] = {k: v for k, v in old["findings"].items() if k not in gone}
        if gone & {*old["printed"]}:
            assert {*old["printed"]} - gone <= {*new["printed"]}
            del old["printed"], new["printed"]
    return now, then


def without_linked_tasks(now: dict[str, Any], then: dict[str, Any]) -> None:
    """Take the tasks of findings out of both: until 0.2.0 a finding knew only those that its rule names, now
    also those that name the rule."""
    for question, old in then.items():
        for key, finding in old["findings"].items():
            assert {*finding.pop("tasks")} <= {*now[question]["findings"][key].pop("tasks")}


def without_the_words_of_rules(now: dict[str, Any], then: dict[str, Any]) -> None:
    """Take the sentences of rules out of both, which are worded otherwise since 0.3 ("6 trong 28" for
    "6/28", the time that is covered, no judgement without a change); an office's own words stay."""
    for question, old in then.items():
        for key, finding in old["findings"].items():
            names = ["rule"] if finding["reworded"] else ["rule", "words"]
            if RECKONED.get(key) == question.split(" ")[1]:
                names += ["figures", "moved"]
            for name in names:
                del finding[name], now[question]["findings"][key][name]


def test_no_part_that_was_written_down_goes_unread(told: Told) -> None:
    assert set(expected(told.name)) - {"opened", "link"} <= set(SECTIONS)
    assert told.ws.faults == ()


def test_every_byte_of_it_is_verified(told: Told) -> None:
    found = told.ws.verify()
    assert found.ok
    assert found.unchecked == ()
    assert [found.seq, found.hash] == [expected(told.name)["records"][-1][n] for n in (0, 5)]


# -- everything that can be written is in it -----------------------------------------------------


def in_folders() -> tuple[set[str], set[str]]:
    """The action words and the tables of all folders, dropped documents included."""
    records = [record for name in FOLDERS for record in expected(name)["records"]]
    return {record[3] for record in records}, {table for r in records for table in r[6]}


def test_every_word_and_table_that_the_code_can_write_has_a_golden_record() -> None:
    words, tables = in_folders()
    assert shipped().words() - words == set()
    assert shipped().tables() - tables == set()


def test_the_reader_of_the_sources_finds_each_way_in_which_a_word_is_given() -> None:
    words, tables = shipped().words(), shipped().tables()
    # A text, one of two, an argument of a helper, a member of an enum, the journal's own.
    assert {"extend", "leader-step-off", "unlock-account", "hand_back", "waiting", "epoch"} <= words
    # A constant of the same file, an imported one, two in one line, one that is only dropped from.
    assert {"period-locks", "submissions", "links", "days_off", "epochs"} <= tables


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f(store, at):\n    store.change(do='new-word', at=at)", {"new-word"}),
        (
            "def f(on):\n    do = 'a' if on else 'b'\n    with store.change(do=do): pass",
            {"a", "b"},
        ),
        ("def f(do):\n    store.change(do=do)\nf('c')\ng.f(do='d')", {"c", "d"}),
        ("class K:\n    X = 'x'\n    Y = 'y'\ndef f(k: K):\n    s.change(do=k.value)", {"x", "y"}),
        ("A, B = 'a', 'b'\ndef f():\n    s.change(do=B)", {"b"}),
        (
            "class K:\n    X = 'x'\ndef f(k):\n    to: K = k or g()\n    s.change(do=to.value)",
            {"x"},
        ),
        ("class K:\n    X = 'x'\ndef f():\n    for k in K:\n        s.change(do=k.value)", {"x"}),
    ],
)
def test_words_are_read_from_the_source(source: str, found: set[str]) -> None:
    assert Sources([Module("m", ast.parse(source))]).words() - {"epoch"} == found


@pytest.mark.parametrize(
    "source", ["s.change(do=x)", "s.change(do=a + b)", "def f(do):\n    s.change(do=do)"]
)
def test_a_word_that_cannot_be_told_from_the_source_is_not_passed_over(source: str) -> None:
    with pytest.raises(AssertionError):
        Sources([Module("m", ast.parse(source))]).words()


# -- it goes on ----------------------------------------------------------------------------------


@pytest.fixture(params=FOLDERS)
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def its_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQ_KEYS", str(tmp_path / "golden" / "keys"))


@SNAPSHOTS
def test_people_come_in_with_the_password_and_the_link_that_they_had(
    name: str, snapshot: bool, tmp_path: Path, its_keys: None
) -> None:
    folder = copied(name, tmp_path / "golden", snapshot)
    with opened(name, folder, timedelta(hours=2)) as ws:
        assert ws.accounts.sign_in("vanphong", PASSWORD) == ws.account("vanphong")
        assert ws.accounts.sign_in("xa-an-phu", "mat-khau-dau") is None
        assert ws.accounts.sign_in("nghi-viec", PASSWORD) is None
        account = ws.accounts.open_link(expected(name)["link"], at=ws.clock())
        assert account.login == "xa-dong-ha"
        assert ws.store.record(ws.store.version).do == "use-link"


@SNAPSHOTS
def test_reports_and_decisions_go_on(
    name: str, snapshot: bool, tmp_path: Path, its_keys: None
) -> None:
    folder = copied(name, tmp_path / "golden", snapshot)
    returned = f"{Q3}_{QUARTER}_xa-phuoc-son"
    with opened(name, folder, timedelta(days=1)) as ws:
        before = ws.figure("res20.A1", Q3)
        own = ws.entry.sheet(returned)
        typed = {row.key: row.answer for row in own.rows if row.answer is not None}
        evidence = ws.submissions.attach(
            ws.submissions.repository.find(returned),
            "b.pdf",
            PDF + b"2",
            by=ws.account("xa-phuoc-son"),
        )
        draft = ws.save_draft("xa-phuoc-son", QUARTER, Q3, {**typed, "A1": "7"}, by="xa-phuoc-son")
        assert draft.number == len(expected(name)["reports"][returned]["chain"]) + 1
        ws.send(draft, by="xa-phuoc-son")
        ws.accept(returned, by="vanphong")
        after = ws.figure("res20.A1", Q3)
        assert before.value is not None
        assert after.value == before.value + 7
        assert after.coverage.reported == before.coverage.reported + 1
        about: dict[str, Any] = {"directive": "20-NQ/TW", "period": "2018"}
        with few_reports_speak():
            first = next(one for one in ws.reviews.proposals(**about) if one.decision is not None)
            assert first.decision is not None
            again = ws.reviews.decide(
                first.key, "chosen", by="vanphong", base=first.decision.number, **about
            )
        assert again.decision is not None
        assert again.decision.number == first.decision.number + 1
    with opened(name, folder, timedelta(days=2)) as ws:
        assert ws.figure("res20.A1", Q3) == after
        assert [one.sha256 for one in ws.submissions.attachments.of(returned)] == [evidence.sha256]
        assert ws.verify().ok
        old = expected(name)["records"]
        kept = [ws.store.record(seq) for seq in range(1, len(old) + 1)]
        assert [r.hash for r in kept] == [r[5] for r in old]
        assert ws.store.version == len(old) + 5


@SNAPSHOTS
def test_a_change_of_units_is_taken_back_as_was_promised(
    name: str, snapshot: bool, tmp_path: Path, its_keys: None
) -> None:
    folder = copied(name, tmp_path / "golden", snapshot)
    with opened(name, folder) as ws:
        last = next(one for one in ws.organisation.entered_changes() if one.event.id == "sap-toi")
        assert last.undoable
        ws.organisation.undo_change("sap-toi", by="vanphong")
        later = ws.units.at(moment(name, timedelta(days=60)).date())
        assert later["xa-thanh-loc"].name == "Xã Thạnh Lộc"
        assert ws.verify().ok


# -- the maker -----------------------------------------------------------------------------------


def test_what_was_released_is_never_made_again(name: str) -> None:
    with pytest.raises(SystemExit, match="exists"):
        make_whole.main(name)
    assert (HERE / name / EXPECTED).exists()


def test_the_present_code_makes_a_folder_with_every_word_and_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NQ_KEYS", str(tmp_path / "keys"))  # the maker sets its own
    with few_reports_speak():
        make_whole.make(tmp_path)
    made = json.loads((tmp_path / EXPECTED).read_text("utf-8"))
    assert shipped().words() == {record[3] for record in made["records"]}
    assert shipped().tables() == {table for record in made["records"] for table in record[6]}
    states = {report["chain"][-1]["state"] for report in made["reports"].values()}
    assert states == {
        *("draft", "presented", "sent", "withdrawn", "returned", "accepted", "reopened", "excluded")
    }
    kinds = {change["kind"] for change in made["changes"]}
    assert kinds == {
        *("rename", "merge", "split", "transfer", "move", "change_kind", "open", "close")
    }
    # Nothing in it hangs on the machine's clock, on chance or on a place: only seals and secrets do.
    assert re.search(re.escape(str(tmp_path)), json.dumps(made)) is None
