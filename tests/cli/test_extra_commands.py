"""Commands that other packages add to `nq`: `serve` is the web forms' own."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from nqcore.cli import extra_commands, main
from nqcore.cli.extra_commands import GROUP, extra_command, extra_names
from tests.support.small import ROOT, finish, python

pytestmark = pytest.mark.usefixtures("english")

NQ = "import sys; {before}from nqcore.cli import main; sys.argv = ['nq', *sys.argv[1:]]; main()"


def nq(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch):
    """``installed("a.b:c", …)``: these objects are offered as the command ``serve``, and no others."""
    monkeypatch.setattr(main, "commands", {k: v for k, v in main.commands.items() if k != "serve"})

    def put(*values: str) -> None:
        main.commands.pop("serve", None)
        every = EntryPoints(EntryPoint("serve", value, GROUP) for value in values)
        monkeypatch.setattr(extra_commands, "entry_points", every.select)

    return put


def test_pyproject_says_where_the_command_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    offered = project["entry-points"][GROUP]
    assert offered == {"serve": "webforms.command:command"}
    for name, value in offered.items():
        assert isinstance(EntryPoint(name, value, GROUP).load(), click.Command)


def test_the_installed_package_adds_serve() -> None:
    assert "serve" in extra_names()
    assert "Serve the web forms." in nq("serve", "--lang", "en", "--help").output


def test_the_list_of_commands_is_shown_without_flask() -> None:
    code = NQ.format(before="").replace(
        "main()", "main(standalone_mode=False); print('flask' in sys.modules)"
    )
    (done,) = finish([python(code, "--help")])
    assert done.code == 0, done.err
    assert "serve" in done.out
    assert done.out.splitlines()[-1] == "False"


@pytest.mark.parametrize("before", ["", "sys.modules['webforms'] = None; "])
def test_without_the_web_forms_serve_says_what_to_do(before: str) -> None:
    code = NQ.format(before=before)
    listed, served = finish(
        [python(code, "--help"), python(code, "serve", "-w", "/no", "--port", 9)]
    )
    assert listed.code == 0, listed.err
    assert served.code == 2
    if before:
        assert "nq serve is a command of the package webforms" in served.err
        assert "pip install --force-reinstall nqcore" in served.err
    else:
        assert "/no is not a workspace" in served.err


def test_a_command_that_no_package_adds_is_named_with_its_package(installed) -> None:
    installed()
    assert "\n  serve " not in nq("--help").output
    said = nq("serve", "--host", "x")
    assert said.exit_code == 2
    assert "nq serve is a command of the package webforms" in said.stderr


def test_two_packages_with_the_same_command_are_both_named(installed) -> None:
    installed("webforms.command:command", "other.pages:command")
    said = nq("serve")
    assert said.exit_code == 2
    assert "other.pages:command, webforms.command:command" in said.stderr


def test_what_is_no_command_is_refused(installed) -> None:
    installed("webforms.serving:THREADS")
    assert "is not a click.Command" in nq("serve").stderr
    installed("webforms.command:gone")
    assert "gone" in nq("serve").stderr


def test_an_unknown_command_stays_unknown() -> None:
    assert extra_command("no-such-command") is None
    assert nq("no-such-command").exit_code == 2


def test_the_demo_is_served_by_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    @click.command("serve")
    @click.option("--workspace", type=click.Path(path_type=Path))
    @click.option("--host", default="127.0.0.1")
    @click.option("--port", type=int)
    def serve(workspace: Path, host: str, port: int) -> None:
        given.append((workspace, host, port))

    monkeypatch.setattr("nqcore.workspace.demo.fill_demo", lambda ws, progress: None)
    monkeypatch.setitem(main.commands, "serve", serve)
    said = nq("demo", tmp_path / "demo", "--port", 8123)
    assert said.exit_code == 0, said.output
    assert given == [(tmp_path / "demo", "127.0.0.1", 8123)]
