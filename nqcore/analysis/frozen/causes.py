"""Why a review says something else than before: the causes, in the order in which they are taken in.

From one basis to another there is a chain of whole bases, each of which takes in one thing more of the
second one. What a figure changes by from one link of the chain to the next has the cause of that link; so
the parts add up to the change, and nothing is left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from nqcore.analysis.frozen.basis import Basis, same_basis
from nqcore.catalogue import Definitions
from nqcore.catalogue.contributions import Contributions
from nqcore.catalogue.owners import Owned
from nqcore.collection.reorganisation.own_definitions import own_definitions
from nqcore.collection.submissions.index import SubmissionIndex
from nqcore.collection.tables import (
    CHANGES,
    CONTENT,
    DEADLINES,
    EXTENSIONS,
    HANDOVERS,
    HISTORY,
    LEADER_STEPS,
    PERIOD_LOCKS,
    REVISIONS,
    SUBMISSIONS,
    TASK_NOTES,
    UNITS,
)
from nqcore.errors import N_
from nqcore.model.directives import Link
from nqcore.model.outlines import Outline
from nqcore.model.reports import Letterhead
from nqcore.model.submissions import SubmissionState
from nqcore.store.json_values import Doc
from nqcore.store.past import PastStore, Tables


class ChangeCause(StrEnum):
    """Why a figure or a sentence changed."""

    PROGRAM = "program"
    """The program, or a plugin's code, computes otherwise."""
    DAY = "day"
    """The day of the review is another one: periods have ended, deadlines have passed."""
    LATE = "late"
    """Reports came, or were accepted, that were not accepted before; notes on tasks, extended deadlines."""
    NOT_YET = "not_yet"
    """The second one is of an earlier day: reports of the first one came, or were accepted, after it."""
    CORRECTED = "corrected"
    """Reports that were accepted already were corrected."""
    UNITS = "units"
    """Units changed: founded, merged, divided, moved, ended."""
    DEFINITIONS = "definitions"
    """Definitions, targets, tasks, rules or settings of the office changed."""
    OUTLINE = "outline"
    """The text has another outline (*đề cương*), or its outline was changed."""
    WORDING = "wording"
    """The office chose other findings or words; another edition came before it."""


CAUSE_WORDS: Mapping[str, str] = {
    ChangeCause.PROGRAM: N_("program updated"),
    ChangeCause.DAY: N_("later day"),
    ChangeCause.LATE: N_("late reports"),
    ChangeCause.NOT_YET: N_("reports that were not yet there"),
    ChangeCause.CORRECTED: N_("corrected reports"),
    ChangeCause.UNITS: N_("changed units"),
    ChangeCause.DEFINITIONS: N_("definitions and targets"),
    ChangeCause.OUTLINE: N_("another outline"),
    ChangeCause.WORDING: N_("choice and wording"),
}
"""The causes for a reader."""

_UNITS = ("units", "changes", "placements", "handovers")
"""The parts of Definitions that say which units there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What differs between two bases, by cause: the ids of reports that came late, of those that were not yet
    there at the second one, and of those that were corrected, of units and changes of units; of definitions
    the part of `Definitions` ("targets"; "office" of the office's own settings) and the id. The outline of a
    text is no ground of its own: both texts name theirs."""

    late: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()


class ChainLink(NamedTuple):
    """One link of the chain: the cause that it takes in, the basis, and the outline of the text (None: the
    one that the basis itself chooses)."""

    cause: ChangeCause
    basis: Basis
    outline: Outline | None = None

    def same_text(self, other: ChainLink) -> bool:
        """Whether both give the same report."""
        return self.outline == other.outline and same_basis(self.basis, other.basis)


def links(
    before: Basis,
    after: Basis,
    outlines: tuple[Outline | None, Outline | None] = (None, None),
) -> Iterator[ChainLink]:
    """The links from `before` to `after`, whose basis is the last one. `outlines`: those of the two texts; a
    link before `OUTLINE` has the first of them, whatever its definitions say."""
    *first, (wording, last) = _bases(before, after)
    yield from (ChainLink(cause, basis, outlines[0]) for cause, basis in first)
    yield ChainLink(ChangeCause.OUTLINE, first[-1][1], outlines[1])
    yield ChainLink(wording, last, outlines[1])


def _bases(before: Basis, after: Basis) -> Iterator[tuple[ChangeCause, Basis]]:
    """The bases from `before` to `after`, each with the cause that it takes in; the last is `after`. Back to
    an earlier day the reports come before the day: on that day they are not there, and it would have the
    cause of what they change."""
    old, new = _tables_known(before), _tables_known(after)
    back = after.as_of < before.as_of
    now = before
    tables: Tables = old
    if not back:
        now = _with(_on_the_day_of(after, now), after, old)
        yield ChangeCause.DAY, now
    for cause, tables in _with_reports(old, new):
        now = _with(now, after, tables)
        yield cause, now
    if back:
        now = _with(_on_the_day_of(after, now), after, tables)
        yield ChangeCause.DAY, now
    tables = {**tables, **_taken(new, UNITS, CHANGES, HANDOVERS)}
    mixed = _with_units_of(before.contributions, after.contributions)
    now = replace(_with(now, after, tables), contributions=mixed)
    yield ChangeCause.UNITS, now
    tables = {**tables, **_taken(new, CONTENT)}  # what the office itself defines
    now = replace(_with(now, after, tables), contributions=after.contributions, office=after.office)
    yield ChangeCause.DEFINITIONS, now
    yield ChangeCause.WORDING, _with(now, after, new)


def _on_the_day_of(after: Basis, basis: Basis) -> Basis:
    return replace(basis, moment=after.moment, today=after.today, as_of=after.as_of)


def _with_reports(old: Tables, new: Tables) -> Iterator[tuple[ChangeCause, Tables]]:
    """The old tables with the reports of the new ones, taken in by the cause for which they differ."""
    moved = _moved_reports(old, new)
    tables = {
        **old,
        REVISIONS: {**old.get(REVISIONS, {}), **new.get(REVISIONS, {})},
        **_taken(new, TASK_NOTES, EXTENSIONS, DEADLINES, HISTORY, PERIOD_LOCKS, LEADER_STEPS),
    }
    for cause in (ChangeCause.LATE, ChangeCause.NOT_YET):
        taken = [id for id, why in moved.items() if why is cause]
        tables = {**tables, SUBMISSIONS: _heads_with(tables[SUBMISSIONS], new, taken)}
        yield cause, tables
    yield ChangeCause.CORRECTED, {**tables, **_taken(new, SUBMISSIONS)}


def _heads_with(heads: Mapping[str, Doc], new: Tables, taken: Sequence[str]) -> dict[str, Doc]:
    """The newest revisions in `heads`; of the reports `taken` those of the new tables."""
    after = new[SUBMISSIONS]
    found = {**heads, **{id: after[id] for id in taken if id in after}}
    return {id: doc for id, doc in found.items() if id in after or id not in taken}


def _moved_reports(old: Tables, new: Tables) -> dict[str, ChangeCause]:
    """Why each report that differs does so. The side that knows the earlier revision of it comes first for
    that report, whichever of the two is asked first: where it was accepted there, it was corrected since."""
    found: dict[str, ChangeCause] = {}
    for id in _differing(old, new, SUBMISSIONS):
        was, now = old[SUBMISSIONS].get(id), new[SUBMISSIONS].get(id)
        forward = was is None or (now is not None and was["revision"] <= now["revision"])
        first = was if forward else now
        if first is not None and first["state"] == SubmissionState.ACCEPTED.value:
            found[id] = ChangeCause.CORRECTED
        else:
            found[id] = ChangeCause.LATE if forward else ChangeCause.NOT_YET
    return found


def grounds_between(before: Basis, after: Basis) -> Grounds:
    """What differs between the two."""
    old, new = _tables_known(before), _tables_known(after)
    moved = _moved_reports(old, new)
    definitions = [*_differing_definitions(before, after)]
    own_units = (id for table in (UNITS, CHANGES, HANDOVERS) for id in _differing(old, new, table))
    of_plugins = (id for part, id in definitions if part in _UNITS)
    return Grounds(
        late=tuple(id for id, cause in moved.items() if cause is ChangeCause.LATE),
        not_yet=tuple(id for id, cause in moved.items() if cause is ChangeCause.NOT_YET),
        corrected=tuple(id for id, cause in moved.items() if cause is ChangeCause.CORRECTED),
        units=tuple(dict.fromkeys([*own_units, *of_plugins])),
        definitions=tuple((part, id) for part, id in definitions if part not in _UNITS),
    )


def _with(basis: Basis, after: Basis, tables: Tables) -> Basis:
    return replace(basis, store=PastStore(after.store, after.store.version, tables))


def _taken(tables: Tables, *names: str) -> Mapping[str, Mapping[str, Doc]]:
    return {name: tables.get(name, {}) for name in names}


def _tables_known(basis: Basis) -> dict[str, Mapping[str, Doc]]:
    """The documents of the basis, with those revisions of each report as its newest that had been made by
    the day of the review."""
    tables = dict(basis.store.contents)
    index = SubmissionIndex(basis.store, basis.as_of)
    known = index.states()
    tables[SUBMISSIONS] = {
        id: {**doc, "revision": index.number(id), "state": known[id].value}
        for id, doc in tables.get(SUBMISSIONS, {}).items()
        if id in known
    }
    return tables


def _differing(old: Tables, new: Tables, table: str) -> list[str]:
    before, after = old.get(table, {}), new.get(table, {})
    return [id for id in {**before, **after} if before.get(id) != after.get(id)]


def _with_units_of(before: Contributions, after: Contributions) -> Contributions:
    """The contributions of before with the units, and changes of units, of after."""
    units = {owner: _units_only(each) for owner, each in after.definitions}
    merged: list[Owned[Definitions]] = []
    for owner, each in before.definitions:
        taken = units.pop(owner, Definitions())
        merged.append((owner, replace(each, **{part: getattr(taken, part) for part in _UNITS})))
    return replace(before, definitions=(*merged, *units.items()))


def _units_only(definitions: Definitions) -> Definitions:
    return Definitions(**{part: getattr(definitions, part) for part in _UNITS})


def _differing_definitions(before: Basis, after: Basis) -> Iterator[tuple[str, str]]:
    """(part, id) of each definition that is not the same in both."""
    old, new = _by_id(before), _by_id(after)
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            yield key


_PARTS = tuple(part for part in Definitions.__dataclass_fields__ if part != "outlines")
"""The parts of Definitions that may be a ground. The outline of a text is a cause of its own."""


def _by_id(basis: Basis) -> dict[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for _, definitions in basis.contributions.definitions:
        for part in _PARTS:
            for each in getattr(definitions, part):
                found.setdefault((part, _name(each)), []).append(each)
    own = own_definitions(basis.store)
    for part in _PARTS:
        for each in () if part in _UNITS else getattr(own, part):
            found.setdefault((part, _name(each)), []).append(each)
    for part in ("root", "since", "days_off", "letterheads"):
        found["office", part] = [getattr(basis.office, part)]
    return found


def _name(definition: Any) -> str:
    """The id of a definition, or what it has in place of one."""
    if isinstance(definition, Link):
        return f"{definition.source}>{definition.target}"
    if isinstance(definition, Letterhead):
        return definition.unit
    return str(getattr(definition, "code", "") or definition.id)
