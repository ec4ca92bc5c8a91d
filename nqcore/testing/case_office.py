"""The office of a case: made in a folder of its own, and removed again with its key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from nqcore.catalogue import available
from nqcore.catalogue.toml_text import Place
from nqcore.clock import clock_at
from nqcore.errors import N_, Mistake, NqError, Phrase
from nqcore.testing.case_reports import LOGIN, bring_reports
from nqcore.testing.case_values import Case
from nqcore.text.suggestions import did_you_mean
from nqcore.workspace.facade import Workspace
from nqcore.workspace.setup import create
from nqcore.workspace.whole_or_nothing import remove_workspace

Modules = Sequence[tuple[str, object]]
OWNER = "case"
"""Who defines the units and targets that stand in the file of a case."""
_LONG_AGO = date(1945, 9, 2)


class CaseRefused(Exception):
    """The case cannot be run: `mistakes` are why."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)


@contextmanager
def case_office(case: Case, plugins: Sequence[str], modules: Modules = ()) -> Iterator[Workspace]:
    """The office of the case, with its reports. `plugins` are installed ones that are loaded beside those
    that the case names; `modules` are given as they are. Raises CaseRefused."""
    with TemporaryDirectory(prefix="nq-case-") as folder:
        ws = _made(case, Path(folder) / "office", plugins, modules)
        try:
            if mistakes := [*_faults(case, ws), *bring_reports(ws, case)]:
                raise CaseRefused(mistakes)
            yield ws
        finally:
            ws.close()
            remove_workspace(ws.folder, ws.settings.id)


def _made(case: Case, folder: Path, plugins: Sequence[str], modules: Modules) -> Workspace:
    head = case.head
    if mistakes := [*_head_mistakes(case)]:
        raise CaseRefused(mistakes)
    try:
        return create(
            folder,
            plugins=dict.fromkeys([*plugins, *head.plugins]),
            name=head.title,
            root=_top(case),
            admin=LOGIN,
            since=head.since or _LONG_AGO,
            clock=clock_at(head.today),
            modules=[*modules, (OWNER, case.definitions)],
        )
    except NqError as wrong:
        why = Phrase("{why}", {"why": wrong})
        raise CaseRefused([case.mistake(("case",), why)]) from wrong


def _top(case: Case) -> str | None:
    """The unit at the top: that above the unit of the review, or the only one without a parent. None: the
    plugins bring it."""
    units = {unit.code: unit for unit in case.definitions.units}
    at, seen = case.head.unit, set[str]()
    while at in units and at not in seen:
        seen.add(at)
        parent = units[at].parent
        if parent is None:
            return at
        at = parent
    tops = [unit.code for unit in units.values() if unit.parent is None]
    return tops[0] if len(tops) == 1 else None


def _head_mistakes(case: Case) -> Iterator[Mistake]:
    """Plugins that are not installed, and a unit at the top that cannot be chosen."""
    installed = {point.name for point in available()}
    for name in case.head.plugins:
        if name not in installed:
            words = Phrase(N_("the plugin “{name}” is not installed"), {"name": name})
            remedy = did_you_mean(name, installed) or Phrase(N_("install it, or correct its name"))
            yield case.mistake(("case", "plugins"), words, remedy)
    tops = [unit.code for unit in case.definitions.units if unit.parent is None]
    if case.head.unit is None and len(tops) > 1:
        words = Phrase(N_("several units stand at the top: {names}"), {"names": ", ".join(tops)})
        remedy = Phrase(N_("name the unit of the review, or give all but one a parent"))
        yield case.mistake(("case", "unit"), words, remedy)


def _faults(case: Case, ws: Workspace) -> Iterator[Mistake]:
    """What is wrong with the plugins of the case, and what its own tables name that is not there."""
    for fault in ws.faults:
        if fault.plugin == OWNER:
            yield case.mistake(_own_table(case, fault.detail), fault.detail)
        else:
            yield case.mistake(("case",), str(fault))
    for one in ws.catalogue.unresolved:
        if one.owner == OWNER:
            detail = Phrase(
                N_("{what}: there is no {kind} “{name}”"),
                {"what": one.what, "kind": Phrase(one.kind), "name": one.missing},
            )
            remedy = Phrase(N_("name the plugin that brings it in “plugins”"))
            yield case.mistake(_own_table(case, one.what), detail, remedy)


def _own_table(case: Case, words: str) -> Place:
    """The table of the case of which the words speak, by its code or id; () where none is named."""
    tables = case.definitions
    named = {
        "unit": [unit.code for unit in tables.units],
        "target": [target.id for target in tables.targets],
        "task": [task.id for task in tables.tasks],
        "change": [change.id for change in tables.changes],
        "overlay": [overlay.id for overlay in tables.overlays],
    }
    for kind, names in named.items():
        for nth, name in enumerate(names):
            if re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", words):
                return (kind, nth)
    return ()
