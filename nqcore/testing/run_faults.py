"""Every rule, check and format of a plugin run: over an office without reports, and over made-up ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from nqcore.analysis.findings import Review
from nqcore.analysis.report.errors import ConverterMissing, NoLayout
from nqcore.analysis.report.writing import write_report
from nqcore.catalogue import Definitions
from nqcore.catalogue.contracts import Check, CheckInput
from nqcore.catalogue.contributions import Contributions
from nqcore.catalogue.definitions import merge_files
from nqcore.catalogue.plugin_calls import call_contained, fault_text
from nqcore.errors import NqError
from nqcore.model.forms import Form
from nqcore.model.problems import Problem
from nqcore.testing.made_up import (
    ROOT,
    a_day_when_all_runs,
    made_up_answers,
    made_up_units,
    office_with_reports,
)
from nqcore.testing.world import World
from nqcore.testing.written_faults import figures_missing
from nqcore.workspace.facade import Workspace

SEEDS = (None, 1, 2)
"""No reports at all, and two offices with made-up ones."""
UNITS = 4
"""Units of each form over whose answers a check is run."""
SPANS = 4
"""Periods of each directive that are reviewed: the newest of each kind."""


class RunFault(NamedTuple):
    """`what` is at fault ("rule cd.S1"), and the sentence that says how."""

    what: str
    sentence: str


def run_faults(
    name: str, contributions: Contributions, office: Definitions | None
) -> Iterator[RunFault]:
    """What goes wrong when the rules, checks and formats of the plugin `name` are run: each once, with the
    first office and review in which it does."""
    if not _has_code_or_rules(name, contributions):
        return
    world = World(name, contributions, office)
    units = made_up_units(world.catalogue)
    given = (office.units if office else ()) or units
    root = ROOT if units else _top(world)
    definitions = merge_files(
        found for owner, found in contributions.definitions if owner in world.names
    )
    seen: set[str] = set()
    for seed in SEEDS:
        today = a_day_when_all_runs(definitions)
        with office_with_reports(sorted(world.names), given, root, today, seed) as workspace:
            for fault in _RunPlugin(name, workspace, seed).faults():
                if fault.what not in seen:
                    seen.add(fault.what)
                    yield fault


def _has_code_or_rules(name: str, contributions: Contributions) -> bool:
    several = (contributions.rules, contributions.checks, contributions.formats)
    return any(owner == name for one in several for owner, _ in one) or any(
        owner == name and found.rules for owner, found in contributions.definitions
    )


def _top(world: World) -> str:
    """The unit at the top: the one with the most units under it."""
    tree = world.catalogue.units
    tops = [code for code, unit in tree.items() if unit.parent is None]
    return max(tops, key=lambda code: len(tree.subtree(code)))


class _RunPlugin:
    """One plugin in one office."""

    def __init__(self, name: str, workspace: Workspace, seed: int | None) -> None:
        self._name, self._workspace = name, workspace
        self._catalogue = workspace.catalogue
        self._of = "without reports" if seed is None else f"with made-up reports (seed {seed})"

    def faults(self) -> Iterator[RunFault]:
        for fault in self._workspace.faults:
            if fault.plugin == self._name:
                yield RunFault(str(fault), str(fault))
        yield from self._checks()
        reviews = list(self._reviews())
        for review in reviews:
            yield from self._rules(review)
        # A layout is tried on the longest review of each directive.
        for review in {one.directive.id: one for one in reviews}.values():
            yield from self._formats(review)

    def _mine(self, kind: str, ids: Iterable[str]) -> list[str]:
        return [id for id in ids if self._catalogue.owner(kind, id) == self._name]

    def _where(self, review: Review) -> str:
        return f"in the review of {review.directive.number}, {review.period}, {self._of}"

    # -- rules ----------------------------------------------------------------------------------------

    def _reviews(self) -> Iterator[Review]:
        """Reviews of the directives that have rules of the plugin, the newest of each kind of period; those
        of all directives, where it has none."""
        service, directives = self._workspace.reviews, self._catalogue.directives
        named = {
            self._catalogue.rules[id].directive for id in self._mine("rule", self._catalogue.rules)
        }
        for directive in service.directives():
            family = directives.family(directive.id)
            if named and named.isdisjoint(
                {one.id for one in family} | {one.number for one in family}
            ):
                continue
            kinds = {period.kind: period for period in reversed(service.periods(directive.id))}
            for period in [*kinds.values()][:SPANS]:
                yield service.review(directive=directive.id, period=period.code)

    def _rules(self, review: Review) -> Iterator[RunFault]:
        verdict = self._workspace.reviews.verdict_of(review)
        for fault in verdict.not_evaluated:
            if fault.plugin == self._name:
                yield RunFault(
                    fault.where,
                    f"{fault.where} of {self._name} is not evaluated {self._where(review)}: {fault.detail}. "
                    "A figure may be missing, and a unit may have reported nothing: look for that first.",
                )
        for finding in verdict.findings:
            rule = self._catalogue.rules.get(finding.rule)
            if rule is None or self._catalogue.owner("rule", finding.rule) != self._name:
                continue
            what = f"rule {finding.rule}"
            if finding.kind is not rule.kind:
                yield RunFault(
                    f"{what} kind",
                    f"{what} gives a {finding.kind.value} {self._where(review)}, and calls itself a "
                    f"{rule.kind.value}. Give the kind of the rule.",
                )
            if not finding.sentence:
                yield RunFault(
                    f"{what} sentence",
                    f"{what} gives a finding without a sentence {self._where(review)}. Say what it finds.",
                )

    # -- checks ---------------------------------------------------------------------------------------

    def _checks(self) -> Iterator[RunFault]:
        for id in self._mine("check", self._catalogue.checks):
            check = self._catalogue.checks[id]
            form = self._catalogue.forms.get(check.form)
            what = f"check {id} of {self._name}"
            if form is None:
                known = ", ".join(self._catalogue.forms) or "none"
                yield RunFault(
                    what,
                    f"{what} looks at the form “{check.form}”, which is not known. Give the id of "
                    f"a form: {known}.",
                )
            elif (said := self._check(check, form)) is not None:
                yield RunFault(what, f"{what} {said}")

    def _check(self, check: Check, form: Form) -> str | None:
        """What is wrong with the check over a sheet without answers, over made-up ones, and over half of
        them."""
        workspace, chance = self._workspace, Random(0)
        for period in workspace.obligations.open_periods(form, workspace.today, 2):
            for unit in workspace.obligations.owed(form, period)[:UNITS]:
                whole = made_up_answers(self._catalogue, form, period, unit, chance)
                some = dict([*whole.items()][::2])
                for answers, before in (({}, {}), (whole, {}), (some, whole), (whole, some)):
                    entry = CheckInput(
                        unit=unit, form=form, period=period, answers=answers, before=before
                    )
                    if (said := _wrong_problems(check, entry)) is not None:
                        return said
        return None

    # -- formats --------------------------------------------------------------------------------------

    def _formats(self, review: Review) -> Iterator[RunFault]:
        for id in self._mine("format", self._catalogue.formats):
            what, where = f"format {id} of {self._name}", self._where(review)
            store = self._workspace.store
            try:
                document = write_report(review, id, self._workspace.today, store.head)
            except (ConverterMissing, NoLayout):
                continue  # that is no fault of the plugin: a program or a layout of that day is missing
            except NqError as wrong:
                yield RunFault(what, f"{what} writes no file {where}: {wrong}")
                continue
            if (lost := figures_missing(document)) is not None:
                yield RunFault(
                    what,
                    f"{what} loses the number {lost} {where}. Print each as `figure_text` and `cell_text` "
                    "write it.",
                )


def _wrong_problems(check: Check, entry: CheckInput) -> str | None:
    """What is wrong with what the check says of these answers."""
    form = entry.form
    try:
        found = call_contained(lambda: tuple(check.problems(entry)))
    except Exception as wrong:  # the code of a plugin may raise anything
        keys = ", ".join(entry.answers) or "none"
        return f"fails for the answers {keys}: {fault_text(wrong)}. Any may be missing: use .get()."
    for one in found:
        if not isinstance(one, Problem):
            kind = type(one).__name__
            return (
                f"gives {kind}, not Problem. Give Problem(field=…, code=…, severity=…, template=…)."
            )
        keys = ", ".join(field.key for field in form.fields)
        if one.field not in {field.key for field in form.fields}:
            return (
                f"names the field “{one.field}”, which {form.id} does not have. Give one of {keys}."
            )
        try:
            call_contained(one.message)
        except Exception as wrong:  # a message is filled in with what the plugin gave
            return f"has a message that cannot be filled in: {fault_text(wrong)}. Give its params."
    return None
