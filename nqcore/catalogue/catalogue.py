"""The Catalogue: all definitions in force, of the plugins and of the workspace, each with its owner."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from nqcore.catalogue.contracts import Check, Names, ReportFormat, Rule
from nqcore.catalogue.form_parts import LeftOut
from nqcore.catalogue.indicator_versions import Versions, version_at
from nqcore.catalogue.loading import Fault, PluginInfo
from nqcore.catalogue.owners import BUILT_IN
from nqcore.catalogue.plugin_calls import fault_text
from nqcore.catalogue.references import Unresolved
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.asking import Asking
from nqcore.model.changes import ChangeEvent, Placement, hierarchy_tree
from nqcore.model.directives import Directives
from nqcore.model.fields import AnyField, FigureField
from nqcore.model.forms import Form
from nqcore.model.handovers import (
    Bearer,
    Duty,
    Handover,
    bearer,
    handed_over,
)
from nqcore.model.indicators import Indicator
from nqcore.model.outlines import Outline
from nqcore.model.overlays import Overlay
from nqcore.model.periods import CIVIL, Calendar
from nqcore.model.reports import Letterhead
from nqcore.model.rules import RuleDefinition
from nqcore.model.targets import Target, Task
from nqcore.model.unit_kinds import UnitKinds
from nqcore.model.units import EVERY_UNIT, Scope, Unit, UnitTree

_EVENTS = logging.getLogger("nqcore.events")
T = TypeVar("T")

CIVIL_CALENDAR = ("calendar", CIVIL.id)
"""The one calendar that nqcore itself brings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All definitions of a workspace. Every part is read-only; `owners` maps (kind, id) to the name of
    the plugin, or to "workspace".

    `indicators` has the newest version of each indicator, `versions` all of them, the oldest first.
    `forms` have the sections and questions of all owners. `typed_in` has, by indicator, the form that asks
    for it and its field there; `left_out` who leaves fields out.
    `letterheads` has those that were given, by the code of their unit; `report_outline` is the id of the
    outline that the office's settings ask for ("": none).
    `faults` are what went wrong with plugins, `unresolved` the references to what does not exist."""

    directives: Directives
    units: UnitTree
    changes: Mapping[str, ChangeEvent]
    placements: tuple[Placement, ...]
    handovers: Mapping[str, Handover]
    indicators: Mapping[str, Indicator]
    versions: Versions
    forms: Mapping[str, Form]
    targets: Mapping[str, Target]
    tasks: Mapping[str, Task]
    rules: Mapping[str, RuleDefinition | Rule]
    checks: Mapping[str, Check]
    formats: Mapping[str, ReportFormat]
    calendars: Mapping[str, Calendar]
    overlays: tuple[Overlay, ...]
    left_out: LeftOut
    typed_in: Mapping[str, tuple[Form, FigureField]]
    letterheads: Mapping[str, Letterhead]
    outlines: Mapping[str, Outline]
    unit_kinds: UnitKinds
    owners: Mapping[tuple[str, str], str]
    plugins: tuple[PluginInfo, ...]
    faults: tuple[Fault, ...]
    unresolved: tuple[Unresolved, ...]
    report_outline: str = ""
    # Who is asked for what on a day is looked up for every cell of a review, and is always the same.
    _asking: dict[tuple[str, date], Asking | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _asking_for: dict[tuple[str, str, date], Asking | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def tree(self, hierarchy: str = "main", at: date | None = None) -> UnitTree:
        """The tree of units in that hierarchy, on a day or with every change. Raises UnknownName."""
        if hierarchy == "main":
            return self.units if at is None else self.units.at(at)
        chosen = [p for p in self.placements if p.hierarchy == hierarchy]
        if not chosen:
            known = ", ".join(sorted({"main", *(p.hierarchy for p in self.placements)}))
            hint = Phrase(N_("Known: {names}."), {"names": known})
            raise UnknownName(kind="hierarchy", name=hierarchy, hint=hint)
        return hierarchy_tree(self.units, chosen, at)

    def owner(self, kind: str, id: str) -> str:
        """The plugin that defines `id`, "workspace", or "nqcore" for what is built in."""
        built_in = (
            (kind, id) == CIVIL_CALENDAR
            or (kind == "outline" and id in self.outlines)
            or (kind == "unit_kind" and id in self.unit_kinds)
        )
        return self.owners.get((kind, id), BUILT_IN) if built_in else self.owners[kind, id]

    def plugin_fault(self, kind: str, id: str, wrong: BaseException) -> Fault:
        """The fault of a plugin whose rule, check or format raised `wrong`; it is logged as well."""
        owner = self.owner(kind, id)
        version = next((p.version for p in self.plugins if p.name == owner), "")
        named = {"plugin": owner, "version": version, "hook": f"{kind} {id}"}
        # Without the text of the error: it may contain figures.
        _EVENTS.info("plugin fault", extra={"fields": named})
        return Fault(plugin=owner, where=f"{kind} {id}", detail=fault_text(wrong), version=version)

    def indicator(self, name: str) -> Indicator:
        """The indicator of that code, or of that label if only one has it. Raises UnknownName."""
        if name in self.indicators:
            return self.indicators[name]
        found = [i for i in self.indicators.values() if i.label == name]
        if len(found) == 1:
            return found[0]
        hint = Phrase(N_("`nq indicators` lists the indicators."))
        if found:
            codes = ", ".join(i.code for i in found)
            hint = Phrase(N_("Several have that label; write the code: {names}."), {"names": codes})
        raise UnknownName(kind="indicator", name=name, hint=hint)

    def indicator_at(self, code: str, on: date) -> Indicator:
        """The version of the indicator in force on that day (before the first one: the first)."""
        return version_at(_get(self.versions, "indicator", code), on)

    def begun(self, indicator: str, on: date) -> bool:
        """Whether the first day of the indicator of that code, that of its oldest version, is over or is
        that day. Raises UnknownName."""
        since = _get(self.versions, "indicator", indicator)[0].since
        return since is None or since <= on

    def asks(self, indicator: str, unit: Unit, on: date) -> bool:
        """Whether `unit` is asked for the indicator of that code in the period that ends on `on`: the first
        period is the one that contains the indicator's first day, as for a form. Before it the cell is
        *không áp dụng*; so it is where the question of a form has not begun or has ended, or the unit is
        not asked for it. Raises UnknownName.

        Example: unemployment insurance began on 1 January 2009, so no report of 2008 asks for it.
        """
        asking = self.asking(indicator, on)
        return asking is not None and asking.covers(unit, self.units)

    def asking(self, indicator: str, on: date) -> Asking | None:
        """Who is asked for the indicator of that code in the period that ends on `on`; None: no unit.
        Raises UnknownName."""
        key = (indicator, on)
        if key not in self._asking:
            self._asking[key] = self._read_asking(indicator, on)
        return self._asking[key]

    def _read_asking(self, indicator: str, on: date) -> Asking | None:
        if not self.begun(indicator, on):
            return None
        found: Asking | None = Asking()
        if indicator in self.typed_in:
            found = self.asking_for(*self.typed_in[indicator], on)
        asks = self.indicators[indicator].asks
        if found is None or asks == EVERY_UNIT:
            return found
        return replace(found, scopes=(*found.scopes, asks))

    def asking_for(self, form: Form, field: AnyField, on: date) -> Asking | None:
        """Who is asked for `field` of `form` in the period that ends on `on`, by the dates and the units of
        the field and of its section and by the overlays that leave it out; None: no unit."""
        if (
            self.forms.get(form.id) is not form
        ):  # a form that is only looked at before it is in force
            return self._read_asking_for(form, field, on)
        key = (form.id, field.key, on)
        if key not in self._asking_for:
            self._asking_for[key] = self._read_asking_for(form, field, on)
        return self._asking_for[key]

    def _read_asking_for(self, form: Form, field: AnyField, on: date) -> Asking | None:
        found = form.asking(field, on)
        overlays = self.left_out.overlays.get((form.id, field.key))
        if found is None or not overlays:
            return found
        return replace(found, without=frozenset(o.within for o in overlays if o.in_force(on)))

    def is_asked(self, form: Form, field: AnyField, unit: Unit, on: date) -> bool:
        """Whether `unit` fills in `field` of `form`; where not, the cell is *không áp dụng*. `unit` is the
        unit as it was on the day `on`, the last day of the period."""
        asking = self.asking_for(form, field, on)
        return (
            asking is not None
            and asking.covers(unit, self.units)
            and field.concerns(self, unit, on)
        )

    def form(self, id: str) -> Form:
        """The form of that id. Raises UnknownName."""
        return _get(self.forms, "form", id)

    def task(self, id: str) -> Task:
        """The task of that id. Raises UnknownName."""
        return _get(self.tasks, "task", id)

    def bearer(self, unit: str, duty: Duty, of: str, on: date) -> Bearer:
        """Who has the duty of `unit` on that day: the unit while it exists, later its heir by a
        decision."""
        return bearer(self.units, self.handovers, unit, duty, of, on)

    def reports_borne_by(self, unit: str, on: date) -> tuple[str, ...]:
        """The codes of the units that have ended by that day and whose reports, by decision, `unit` sends."""
        ended = (h.unit for h in self.handovers.values() if h.duty is Duty.REPORTS)
        return tuple(
            code
            for code in sorted(ended)
            if code != unit and self.bearer(code, Duty.REPORTS, "", on) == Bearer(unit)
        )

    def sender_of(self, unit: str, on: date) -> str:
        """The code of the unit that sends the reports of `unit` on that day: itself, or by decision the heir
        of one that has ended."""
        return self.bearer(unit, Duty.REPORTS, "", on).unit or unit

    def came_to(self, unit: str) -> tuple[str, ...]:
        """The codes of the units of which a part or the whole came to `unit`, each once."""
        return tuple(
            dict.fromkeys(
                t.source
                for event in self.changes.values()
                for t in event.transfers
                if t.target == unit != t.source
            )
        )

    def handed_over(self, scope: Scope, duty: Duty, of: str, on: date) -> Scope | None:
        """`scope` with the heirs of the units that have ended by that day; None: no unit is left."""
        return handed_over(scope, self.units, self.handovers, duty, of, on)

    def task_at(self, id: str, on: date) -> Task:
        """The task on that day: responsible and cooperating are the heirs of units that have ended.
        Without a decision it stays with the unit that has ended. Raises UnknownName."""
        task = self.task(id)

        def heir(code: str) -> str | None:
            known = code in self.units
            return self.bearer(code, Duty.TASK, id, on).unit if known else code

        responsible = task.responsible and (heir(task.responsible) or "")
        cooperating = tuple(found for code in task.cooperating if (found := heir(code)))
        if (responsible, cooperating) == (task.responsible, task.cooperating):
            return task
        return replace(task, responsible=responsible, cooperating=cooperating)

    def target_at(self, target: Target, on: date) -> Target | None:
        """The target on that day, for the heirs of units that have ended; None: it has ended."""
        scope = self.handed_over(target.scope, Duty.TARGET, target.id, on)
        return None if scope is None else replace(target, scope=scope)

    @property
    def names(self) -> Names:
        """The names of units, indicators and directives, for a report format."""
        return Names(units=self.units, indicators=self.indicators, directives=self.directives)

    def overlaid(
        self, kind: str, id: str, item: T, unit: str, on: date
    ) -> tuple[T, tuple[Overlay, ...]]:
        """`item` as it is in force for `unit` on that day, and the overlays that were applied.

        Overlays of units higher in the tree apply first; those of one unit in the order of their dates
        and ids. The result does not depend on the order in which plugins are loaded.
        """
        meant = [o for o in self.overlays if o.kind == kind and o.of == id and o.in_force(on)]
        if not meant:
            return item, ()
        depth = {u.code: n for n, u in enumerate(reversed(self.units.ancestors(unit)))}
        depth[unit] = len(depth)
        used = sorted(
            (o for o in meant if o.within in depth),
            key=lambda o: (depth[o.within], o.since, o.id),
        )
        for overlay in used:
            # T is always one of the frozen dataclasses of definitions; a type variable cannot say so.
            item = replace(item, **overlay.sets)  # type: ignore[type-var]  # a definition is a dataclass
        return item, tuple(used)


def _get(table: Mapping[str, T], kind: str, id: str) -> T:
    try:
        return table[id]
    except KeyError:
        known = ", ".join(sorted(table)) or "–"
        hint = Phrase(N_("Known: {names}."), {"names": known})
        raise UnknownName(kind=kind, name=id, hint=hint) from None
