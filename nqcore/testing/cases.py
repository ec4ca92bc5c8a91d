"""Running cases: one file, or all cases of a plugin with the coverage of its rules.

>>> from nqcore.testing import run_cases
>>> run_cases("nq_res20").passed
True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.span import SpanNotBegun, SpanRefused
from nqcore.catalogue import Plugins, available, build_catalogue
from nqcore.catalogue.toml_text import Place
from nqcore.errors import N_, DefinitionError, Mistake, NqError, Phrase, UnknownName, WorkspaceError
from nqcore.model.figures import REPORTED
from nqcore.testing.case_coverage import (
    CoveredSentence,
    RuleCoverage,
    covered_sentences,
    rule_coverage,
)
from nqcore.testing.case_differences import CaseDifference, compare
from nqcore.testing.case_file import read_case
from nqcore.testing.case_office import CaseRefused, Modules, case_office
from nqcore.testing.case_values import Case
from nqcore.text.suggestions import did_you_mean
from nqcore.workspace.facade import Workspace

FOLDER = "cases"
"""The folder of a plugin's package with its cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What came of one case: its `mistakes` (then it was not run to its end), what differs, and of which
    sentences of rules it speaks."""

    file: str
    title: str = ""
    mistakes: tuple[Mistake, ...] = ()
    differences: tuple[CaseDifference, ...] = ()
    covered: tuple[CoveredSentence, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether all came out as it expects."""
        return not self.mistakes and not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesRun:
    """What came of all cases of the plugin `name`, in the order of their files, and what they expect of each
    of its rules."""

    name: str
    results: tuple[CaseResult, ...]
    coverage: tuple[RuleCoverage, ...]

    @property
    def passed(self) -> bool:
        """Whether every case came out as it expects."""
        return all(result.passed for result in self.results)


def run_cases(name: str) -> CasesRun:
    """Run every case of the installed plugin `name`: the files `cases/*.toml` in its package. Raises
    WorkspaceError where it is not installed or cannot be loaded."""
    plugins = Plugins([name])
    catalogue = build_catalogue(plugins)
    if plugins.faults:
        faults = tuple(map(str, plugins.faults))
        raise WorkspaceError(detail=Phrase("{faults}", {"faults": faults}))
    results = tuple(_result(file, f"{FOLDER}/{file.name}", (name,), ()) for file in _files(name))
    covered = (one for result in results for one in result.covered)
    return CasesRun(name=name, results=results, coverage=rule_coverage(catalogue, name, covered))


def run_case_file(
    path: str | Path, *, plugins: Sequence[str] = (), modules: Modules = ()
) -> CaseResult:
    """Run one case. `plugins` are installed ones that are loaded beside those that the case names; `modules`
    are plugins that are not installed, as (name, module) or (name, Definitions): so a rule is tried before it
    has a package."""
    return _result(Path(path), str(path), plugins, modules)


def _files(name: str) -> list[Traversable]:
    """The files of the plugin's cases, by name. A plugin that is a single module has none."""
    points = [point for point in available() if point.name == name]
    spec: ModuleSpec | None = find_spec(points[0].module) if points else None
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = [file for folder in folders for file in (Path(folder) / FOLDER).glob("*.toml")]
    return sorted(found, key=lambda file: file.name)


def _result(file: Traversable, name: str, plugins: Sequence[str], modules: Modules) -> CaseResult:
    try:
        case = read_case(file, name)
    except DefinitionError as wrong:
        return CaseResult(file=name, mistakes=wrong.mistakes)
    except OSError as wrong:
        mistake = Mistake(file=name, detail=f"cannot be read: {wrong.strerror}")
        return CaseResult(file=name, mistakes=(mistake,))
    title = case.head.title
    try:
        with case_office(case, plugins, modules) as ws:
            review = _review(case, ws)
            found = compare(case, ws, review)
            covered = tuple(covered_sentences(review, found.met))
    except CaseRefused as refused:
        return CaseResult(file=name, title=title, mistakes=refused.mistakes)
    return CaseResult(
        file=name,
        title=title,
        mistakes=found.mistakes,
        differences=found.differences,
        covered=covered,
    )


def _review(case: Case, ws: Workspace) -> Review:
    """The review that the case asks for. Raises CaseRefused."""
    head = case.head
    try:
        return ws.reviews.review(
            directive=head.directive,
            period=head.period,
            unit=head.unit,
            boundaries=head.boundaries or REPORTED,
        )
    except NqError as wrong:
        place: Place = ("case", _key_of(wrong))
        remedy = None
        if isinstance(wrong, UnknownName) and place[-1] == "directive":
            known = [one.number for one in ws.reviews.directives()]
            remedy = did_you_mean(head.directive, known) or Phrase(
                N_("name the plugin that brings it in “plugins”")
            )
        elif isinstance(wrong, SpanNotBegun):
            remedy = Phrase(N_("today is {day} here"), {"day": str(head.today)})
        mistake = case.mistake(place, Phrase("{why}", {"why": wrong}), remedy or "")
        raise CaseRefused([mistake]) from wrong


def _key_of(wrong: NqError) -> str:
    """The key of [case] of which the error speaks."""
    if isinstance(wrong, SpanRefused):
        return "period"
    kind = str(wrong.params.get("kind", ""))
    return kind if kind in ("directive", "unit", "period") else "period"
