"""What all commands share: errors in one line, exit statuses, the folder, the language."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from nqcore.cli import main
from tests.cli.run import SPAN, nq
from tests.support.small import finish, python

pytestmark = pytest.mark.usefixtures("english")


WRONG: dict[str, list[str]] = {
    "an unknown form": ["rollup", "--form", "zz", "--period", "2018"],
    "an unknown period": ["rollup", "--form", "res20.q", "--period", "2018-Q9"],
    "an unknown unit": ["rollup", "--form", "res20.q", "--period", "2018", "--unit", "zz"],
    "an unknown indicator": ["indicators", "zz"],
    "an unknown directive": ["directives", "99-NQ/TW"],
    "an unknown figure": ["explain", "--figure", "a|b"],
    "an unknown format": ["report", *SPAN, "--format", "pdf", "-o", "x"],
    "a folder that is not there": [
        "report",
        *SPAN,
        "--format",
        "json",
        "-o",
        "/nowhere/at/all/r.json",
    ],
    "an unknown unit in the tree": ["units", "zz"],
    "a period of another length": ["status", "--form", "res20.q", "--period", "2018"],
}


@pytest.mark.parametrize("command", WRONG.values(), ids=WRONG)
def test_an_error_is_one_line_on_stderr_and_exit_status_2(
    office_folder: Path, command: list[str]
) -> None:
    said = nq(*command, "-w", office_folder)
    assert said.code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert said.err.startswith("nq: ")


@pytest.mark.parametrize(
    "command",
    [
        ["explain"],
        ["rollup", "--form", "res20.q", "--period", "2018", "--boundaries", "2020-01-01"],
        ["rollup"],
        ["nonsense"],
        ["units", "--at", "yesterday"],
        ["user", "add", "x", "--name", "x", "--unit", "huyen", "--role", "king"],
    ],
)
def test_wrong_usage_is_exit_status_2(command: list[str]) -> None:
    said = nq(*command)
    assert said.code == 2
    assert said.err


def test_a_folder_that_is_no_workspace_is_told_what_to_do(tmp_path: Path) -> None:
    for command in (["units"], ["verify"], ["plugins"], ["export"], ["user", "list"]):
        said = nq(*command, "-w", tmp_path)
        assert said.code == 2
        assert "`nq init` or `nq demo`" in said.err


def test_the_workspace_can_be_named_by_the_environment(
    office_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NQ_WORKSPACE", str(office_folder))
    assert nq("units").code == 0
    monkeypatch.chdir(office_folder)
    monkeypatch.delenv("NQ_WORKSPACE")
    assert nq("units").code == 0


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command by its words."""
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


def test_every_command_takes_a_language_in_front_and_behind(office_folder: Path) -> None:
    for words in commands(main):
        assert "--lang [vi|en]" in nq(*words, "--help").out, words
    wrong = ["rollup", "-w", office_folder, "--form", "zz", "--period", "2018"]
    english = nq("--lang", "en", *wrong).err
    assert english.startswith("nq: There is no form “zz”.")
    assert nq(*wrong, "--lang", "en").err == english


def test_the_commands_of_the_interface_are_all_there() -> None:
    there = {" ".join(words) for words in commands(main)}
    assert there >= {
        *(
            "demo",
            "init",
            "serve",
            "directives",
            "units",
            "indicators",
            "status",
            "import",
            "export",
        ),
        *("rollup", "explain", "findings", "report", "verify", "freeze", "editions", "diff"),
        *("user", "user add", "user list", "user lock", "user link"),
        *("plugins", "plugins new", "plugins check", "plugins test"),
    }


def test_a_plugin_at_fault_is_named_on_stderr_and_the_answer_still_comes(office: Path) -> None:
    file = office / "workspace.toml"
    text = file.read_text("utf-8").replace("plugins = [", 'plugins = ["nq_gone", ')
    file.write_text(text, "utf-8")
    said = nq("units", "-w", office)
    assert said.code == 0
    assert "Xã An Phú" in said.out
    assert said.err.startswith("nq: plugin nq_gone: import: is not installed")


def test_nq_runs_as_a_program_of_its_own(office_folder: Path) -> None:
    program = "import sys; from nqcore.cli import main; sys.argv = ['nq', *sys.argv[1:]]; main()"
    good, bad = finish(
        [python(program, "verify", "-w", office_folder), python(program, "units", "-w", "/nowhere")]
    )
    assert (good.code, good.err) == (0, "")
    assert bad.code == 2
    assert len(bad.err.splitlines()) == 1
