"""The commands and the Python of README.md, run as they are printed there."""

from __future__ import annotations

import csv
import re
import shlex
from operator import attrgetter
from pathlib import Path

import click
import pandas
import polars
import pytest
from click.testing import CliRunner

import nqcore
from nqcore.cli import main
from nqcore.workspace.facade import Workspace

TEXT = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
OFFICE, PYTHON, WRITING = (
    TEXT.split(title)[1].split("\n## ")[0]
    for title in ("## Your own", "## In Python", "## Writing in Python")
)


def block(text: str, language: str) -> str:
    """The only code block of that language in `text`."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", text, re.S)
    return str(found)


def nq(command: str) -> str:
    """What a printed command line answers."""
    words = shlex.split(command)
    assert words[0] == ".venv/bin/nq"
    done = CliRunner().invoke(main, words[1:])
    assert done.exit_code == 0, done.output
    return done.output


def test_an_office_is_made_as_printed_and_its_unit_gets_an_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    units = block(OFFICE, "csv")
    Path("don-vi.csv").write_text(units, "utf-8")
    make, serve = block(OFFICE, "sh").splitlines()
    assert "/dang-nhap/" in nq(make)
    assert serve == ".venv/bin/nq serve -w van-phong"
    nq(f"{serve} --help")
    with nqcore.open("van-phong") as ws:
        (first,) = ws.accounts.all()
        assert [one.login for one in ws.administration.add_for_units(["ubnd"], by=first)] == [
            "ubnd"
        ]
        assert ws.faults == ()
        assert {row["code"] for row in csv.DictReader(units.splitlines())} <= set(ws.units)
        (clerk,) = [one for one in ws.accounts.all() if one.login == "ubnd"]
        assert ws.monitoring.worklist(clerk)
        for code, body in (("an-phu", "ĐẢNG ỦY XÃ AN PHÚ"), ("ubnd", "ỦY BAN NHÂN DÂN XÃ AN PHÚ")):
            assert body in OFFICE
            assert ws.reviews.letterhead(code).body == body


def test_the_python_of_the_readme_runs_and_gives_what_it_says(
    demo_copy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert demo_copy == tmp_path / "demo"
    code = block(PYTHON, "python")
    names: dict[str, object] = {}
    exec(code, names)
    ws = names["ws"]
    assert isinstance(ws, Workspace)
    (expression, value) = re.findall(r"^(\S.*?)  # ('.*')$", code, re.M)[0]
    assert repr(eval(expression, names)) == value
    assert "shortcoming " in capsys.readouterr().out
    assert Path("bao-cao.docx").stat().st_size > 10_000
    for service in re.findall(r"`ws\.(\w+)`", PYTHON):
        assert hasattr(ws, service), service
    assert nqcore.Workspace.explain(ws, names["total"]).figure == names["total"]  # type: ignore[arg-type]
    ws.close()


def test_the_writing_example_of_the_readme_runs_and_prints_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("don-vi.csv").write_text(block(OFFICE, "csv"), "utf-8")
    code = block(WRITING, "python")
    names: dict[str, object] = {}
    exec(code, names)
    says = re.findall(r"^ +print\(.*\)  # (.*)$", code, re.M)
    assert len(says) == 3
    assert capsys.readouterr().out.splitlines() == says
    assert "Đã có 1.310 người có việc làm²." in re.sub(
        "<[^>]*>", "", Path("bao-cao.html").read_text("utf-8")
    )
    for library in (pandas, polars):
        table = library.DataFrame(names["rows"])
        assert list(table["unit_name"]) == ["Xã An Phú", "Ủy ban nhân dân xã"]
    with nqcore.open("viec-lam", modules=[("vl", names["mine"])]) as again:
        assert str(again.figure("B1", "2025-Q4")) == says[0]


def all_commands(group: click.Group) -> list[click.Command]:
    """Every command, those in groups too."""
    context = click.Context(group)
    found = [group.get_command(context, name) for name in group.list_commands(context)]
    inside = [all_commands(one) for one in found if isinstance(one, click.Group)]
    return [*(one for one in found if one), *(one for more in inside for one in more)]


def test_the_list_of_commands_is_that_of_nq_help() -> None:
    listed = TEXT.split("## The commands")[1].split("Every command")[0].split("lists them:")[1]
    names = " ".join(re.findall(r"`([^`]+)`", listed)).split()
    assert sorted(names) == main.list_commands(click.Context(main))


def test_every_option_of_nq_that_is_named_exists() -> None:
    options = {
        option
        for command in all_commands(main)
        for parameter in command.params
        for option in parameter.opts
    }
    without_pip = re.sub(r"^python3 .*$", "", TEXT, flags=re.M)
    named = set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", without_pip))
    assert len(named) > 8
    assert named - {"--help"} <= options  # click adds it to every command


def test_the_changelog_says_where_scripts_find_what_moved(demo: Workspace) -> None:
    """Each row: the names of 0.1.0, and those that replace them, or the service that has the same."""
    changelog = (Path(__file__).parent.parent / "CHANGELOG.md").read_text("utf-8")
    rows = re.findall(r"^  \| (`ws\.[^|]+) \| ([^|]+) \|$", changelog, re.M)
    assert len(rows) > 15
    for old, new in rows:
        names, places = (re.findall(r"`ws\.([\w.]+)`", cell) for cell in (old, new))
        if new.startswith("the same name"):
            (service,) = places
            places = [f"{service}.{name}" for name in names]
        assert len(places) >= len(names)
        for place in places:
            assert attrgetter(place)(demo) is not None
        kept = {name for name in names if hasattr(demo, name)}
        assert kept <= {"totals"}  # a service now
