"""Every option that is typed is used, or refused in words: each combination, of the commands on papers.

The workspace is one that keeps what it is asked for: what a command made of its options is what it asked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from nqcore.cli import editions, figures, main, papers
from nqcore.cli.printing import editions as printing_editions
from nqcore.cli.printing import papers as printing_papers

GIVEN: dict[str, tuple[str, Any]] = {
    "directive": ("1-NQ/HU", "1-NQ/HU"),
    "period": ("2018-Q3", "2018-Q3"),
    "unit": ("xa-a", "xa-a"),
    "edition": ("77", "77"),
    "boundaries": ("2012-06-30", "2012-06-30"),
    "as_of": ("2018-03-31", date(2018, 3, 31)),
    "today": ("2018-04-30", "clock 2018-04-30"),
    "outline": ("ngan", "ngan"),
    "recompute": ("78", "78"),
    "after": ("79", "79"),
    "as_json": (None, "json"),
}
"""Of each parameter what is typed, and what the workspace is asked then."""

ALWAYS = {
    "check": ["file.docx"],
    "diff": ["76"],
    "freeze": ["--by", "duyet"],
    "report": ["--format", "html", "-o", "out.html"],
    "editions": [],
}
"""The commands, with what they need in any case and what every row has."""
LEFT = {"workspace", "file", "before", "by", "format_", "output", "lang", "language"}


class Asked:
    """A workspace in which every call is kept."""

    def __init__(self, said: list[Any]) -> None:
        self.said = said
        self.right = self.same = True
        self.report, self.remarks = self, ()
        self.figures, self.coverage, self.data = (), "", b""

    def __getattr__(self, name: str) -> Asked:
        return self

    def __call__(self, *args: Any, **named: Any) -> Asked:
        self.said += [*args, *named.values()]
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    asked: list[Any] = []

    @contextmanager
    def opened(_folder: Path, today: Any = None) -> Iterator[Asked]:
        asked.append(today and f"clock {today.date()}")
        yield Asked(asked)

    for module in (papers, editions, figures):
        monkeypatch.setattr(module, "open_here", opened)
        monkeypatch.setattr(module, "print_json", lambda _data: asked.append("json"))
        monkeypatch.setattr(module, "print_lines", lambda _lines: None)
    monkeypatch.setattr(printing_papers, "check_data", lambda *_args: {})
    monkeypatch.setattr(printing_papers, "check_lines", lambda *_args: ())
    for name in ("head_data", "diff_data", "frozen_words", "diff_lines", "recomputed_lines"):
        monkeypatch.setattr(printing_editions, name, lambda *_args: "")
    monkeypatch.setattr("nqcore.analysis.readback.document.load_document", lambda _file: b"")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.docx").touch()
    return asked


def options(command: str) -> list[str]:
    """The parameters of the command that may be left out. A new one has to have its row above."""
    found = [one.name or "" for one in main.commands[command].params if one.name not in LEFT]
    assert {*found} <= {*GIVEN}
    return found


def typed(command: str, names: tuple[str, ...]) -> list[str]:
    """The options as they are typed, arguments last."""
    words: list[str] = []
    for one in main.commands[command].params:
        if one.name in names and one.param_type_name == "option":
            value = GIVEN[one.name][0]
            words += [one.opts[0], *([] if value is None else [value])]
    arguments = [str(GIVEN["after"][0])] if "after" in names else []
    return [*words, *ALWAYS[command], *arguments]


@pytest.mark.parametrize("command", ALWAYS)
def test_every_option_is_used_or_refused_in_words(command: str, said: list[Any]) -> None:
    every = options(command)
    used, refused = 0, 0
    for length in range(len(every) + 1):
        for names in itertools.combinations(every, length):
            said.clear()
            done = CliRunner().invoke(
                main, [command, *typed(command, names)], catch_exceptions=False
            )
            if done.exit_code == 2:
                assert "nq: " in done.stderr, names
                refused += 1
                continue
            assert done.exit_code == 0, (names, done.output)
            unused = [one for one in names if GIVEN[one][1] not in said]
            assert not unused, (names, unused, said)
            used += 1
    assert used
    assert used + refused == 2 ** len(every)
