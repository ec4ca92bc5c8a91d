"""Everything that `nqcore` and a workspace offer has an example in its docstring, and the examples run."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import nqcore
from nqcore import plugin
from nqcore.collection.accounts.administration import AccountAdministration
from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.workspace.facade import Workspace
from nqcore.workspace.services.archive import ArchiveService
from nqcore.workspace.services.content import ContentService
from nqcore.workspace.services.drafting import DraftingService
from nqcore.workspace.services.editions import EditionService
from nqcore.workspace.services.entry import EntryService
from nqcore.workspace.services.monitoring import MonitoringService
from nqcore.workspace.services.organisation import OrganisationService
from nqcore.workspace.services.outlines import OutlineService
from nqcore.workspace.services.papers import PaperService
from nqcore.workspace.services.reviews import ReviewService
from nqcore.workspace.services.submissions import SubmissionService
from nqcore.workspace.services.tables import TableService
from nqcore.workspace.services.totals import TotalsService
from tests.support.example import example, make_example

OWNERS: dict[str, type] = {
    "ws": Workspace,
    "ws.submissions": SubmissionService,
    "ws.content": ContentService,
    "ws.drafting": DraftingService,
    "ws.entry": EntryService,
    "ws.monitoring": MonitoringService,
    "ws.organisation": OrganisationService,
    "ws.totals": TotalsService,
    "ws.reviews": ReviewService,
    "ws.editions": EditionService,
    "ws.papers": PaperService,
    "ws.archive": ArchiveService,
    "ws.outlines": OutlineService,
    "ws.tables": TableService,
    "ws.accounts": AccountDirectory,
    "ws.administration": AccountAdministration,
}
"""What a program reaches from a workspace, and the classes."""


def offered() -> Iterator[tuple[str, object]]:
    """Every exported name and every public method. Properties and the fields of values are shown in the
    examples of methods."""
    for name in nqcore.__all__:
        yield f"nqcore.{name}", getattr(nqcore, name)
    for place, owner in OWNERS.items():
        for name, member in vars(owner).items():
            if inspect.isfunction(member) and not name.startswith("_"):
                yield f"{place}.{name}", member


OFFERED = dict(offered())


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the examples, made once."""
    folder = tmp_path_factory.mktemp("example") / "ws"
    make_example(folder)
    return folder


def run(name: str, docstring: str, globs: dict[str, object]) -> tuple[int, str]:
    """How many examples the docstring has, and what they print where it is not what they say."""
    said: list[str] = []
    test = doctest.DocTestParser().get_doctest(docstring, globs, name, None, None)
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    return len(test.examples), "".join(said)


def test_the_owners_are_those_that_a_workspace_has(template: Path, tmp_path: Path) -> None:
    with example(template, tmp_path / "ws") as ws:
        for place, owner in OWNERS.items():
            found = ws
            for name in place.split(".")[1:]:
                found = getattr(found, name)
            assert type(found) is owner
        services = {
            name for name, value in vars(ws).items() if "services" in type(value).__module__
        }
        assert {f"ws.{name}" for name in services} <= OWNERS.keys()
    assert len(OFFERED) > 110


@pytest.mark.parametrize("name", OFFERED)
def test_each_name_has_an_example_that_runs(
    name: str, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    docstring = inspect.getdoc(OFFERED[name]) or ""
    with example(template, tmp_path / "huyen") as ws:
        known = {"ws": ws, "nqcore": nqcore, "date": date, "Decimal": Decimal, "Path": Path}
        count, wrong = run(name, docstring, known)
    assert count, "no example; add one below the text"
    assert not wrong, wrong


def test_a_wrong_example_and_a_missing_one_are_noticed() -> None:
    assert run("x", "Adds.\n\n>>> 1 + 1\n2\n", {}) == (1, "")
    assert run("x", "Adds.", {}) == (0, "")
    count, wrong = run("x", "Adds.\n\n>>> 1 + 1\n3\n", {})
    assert count == 1
    assert "Got:" in wrong


def test_the_examples_of_the_package_run() -> None:
    for module in (nqcore, plugin):
        count, wrong = run(module.__name__, module.__doc__ or "", {})
        assert count
        assert not wrong, wrong
