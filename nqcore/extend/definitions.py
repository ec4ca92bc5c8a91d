"""Definitions: everything that a plugin can say in TOML, read into frozen values.

A file may hold any of these tables. `id`, `code` and `key` are lower-case unless they are a form's
row labels. Dates are TOML dates, decimals are quoted. Several [[indicator]] of one code are its
versions, each in force from its own `since` on.

    [pack]       id, since, basis                 defaults for the items of the file
    [[directive]]  number, type, issuer, body, title, [id, date, term, source]
    [[link]]       source, kind, target, [basis]
    [[unit]]       code, name, kind, [parent, sector, opened, closed, order, basis, ids]
    [[change]]     id, date, kind, transfers or unit, [name, parent, unit_kind, sector, basis]
    [[placement]]  unit, hierarchy, [parent, since, until, basis, order]
    [[handover]]   unit, way, form | task | target | reports, [successor, since, basis]
    [[indicator]]  label, name, measure, [code, decimals, units, time, weight, direction, formula,
                   minimum, maximum, at_most, parts, asks, note]
    [[form]]       id, title, directive, every, due, [owed_by, calendar, until, leader], [[form.section]]
                   key, title, [figures, [[…narrative]], [[…choices]], [[…document]], tasks]
    [[target]]     id, directive, indicator, value, period, [aim, scope]
    [[task]]       id, directive, title, responsible or responsible_name, [cooperating, deadline,
                   answers, implements, order]
    [[rule]]       id, kind, directive, title, type, [indicators, scope, sentences, tasks, order, …]
    [[overlay]]    id, form | task | target | indicator, within, [until], [overlay.set]
    [letterhead]   superior, body, place, symbol, authority, post, [signer, recipients]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from importlib.resources.abc import Traversable

from nqcore.errors import DefinitionError
from nqcore.extend.reader import Keys
from nqcore.formulas import parse
from nqcore.model.changes import ChangeEvent, ChangeKind, Placement, Transfer
from nqcore.model.directives import Directive, Link, LinkKind
from nqcore.model.findings import FindingKind
from nqcore.model.forms import (
    Choice,
    ChoicesField,
    DocumentField,
    DueFor,
    Field,
    FigureField,
    Form,
    NarrativeField,
    Section,
    TaskField,
)
from nqcore.model.handovers import Duty, Handover, Way
from nqcore.model.indicators import Direction, Indicator, OverTime, OverUnits
from nqcore.model.overlays import Overlay
from nqcore.model.periods import (
    Deadline,
    DueRule,
    Moves,
    PeriodKind,
    WorkingDaysRule,
    read_period,
)
from nqcore.model.reports import Letterhead
from nqcore.model.rules import Parameter, RuleDefinition
from nqcore.model.targets import Aim, Target, Task
from nqcore.model.units import EVERY_UNIT, Sector, Unit, UnitKind
from nqcore.text.folding import nfc

MAX_FILE = 256 * 1024
"""Bytes of one definition file; TOML readers are slow on hostile giants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What one plugin's definition files say. Every part is in the order of the files."""

    directives: tuple[Directive, ...] = ()
    links: tuple[Link, ...] = ()
    units: tuple[Unit, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    forms: tuple[Form, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    rules: tuple[RuleDefinition, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    letterheads: tuple[Letterhead, ...] = ()
    changes: tuple[ChangeEvent, ...] = ()
    placements: tuple[Placement, ...] = ()
    handovers: tuple[Handover, ...] = ()


def read_definitions(package: str) -> Definitions:
    """All ``*.toml`` files beside the code of `package`, in the order of their names.

    Raises DefinitionError naming file and key.
    """
    root = files(package)
    found = sorted(
        (entry for entry in root.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name
    )
    return merge(
        parse_definitions(f"{package}/{file.name}", _read(package, file)) for file in found
    )


def _read(package: str, file: Traversable) -> str:
    data = file.read_bytes()
    if len(data) > MAX_FILE:
        raise DefinitionError(
            file=f"{package}/{file.name}", key="", detail="is over 256 KiB; split it"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise DefinitionError(file=f"{package}/{file.name}", key="", detail=str(wrong)) from wrong


def merge(parts: Iterable[Definitions]) -> Definitions:
    """One Definitions with everything of `parts`, in order."""
    everything = tuple(parts)
    names = Definitions.__slots__
    return Definitions(
        **{name: tuple(x for p in everything for x in getattr(p, name)) for name in names}
    )


def parse_definitions(file: str, text: str) -> Definitions:
    """What the TOML `text` defines; `file` is the name that errors give."""
    try:
        table = tomllib.loads(nfc(text))
    except tomllib.TOMLDecodeError as wrong:
        raise DefinitionError(file=file, key="TOML", detail=str(wrong)) from wrong
    keys = Keys(file, "", table)
    pack = _Pack.read(keys.table("pack"))
    head = keys.table("letterhead")
    found = Definitions(
        directives=tuple(_directive(k) for k in keys.tables("directive")),
        links=tuple(_link(k, pack) for k in keys.tables("link")),
        units=tuple(_unit(k, pack, nth) for nth, k in enumerate(keys.tables("unit"), 1)),
        indicators=tuple(_indicator(k, pack) for k in keys.tables("indicator")),
        forms=tuple(_form(k, pack) for k in keys.tables("form")),
        targets=tuple(_target(k, pack) for k in keys.tables("target")),
        tasks=tuple(_task(k, pack, nth) for nth, k in enumerate(keys.tables("task"), 1)),
        rules=tuple(_rule(k, pack, nth) for nth, k in enumerate(keys.tables("rule"), 1)),
        overlays=tuple(_overlay(k, pack) for k in keys.tables("overlay")),
        letterheads=() if head is None else (_letterhead(head),),
        changes=tuple(_change(k, pack) for k in keys.tables("change")),
        placements=tuple(_placement(k, pack, n) for n, k in enumerate(keys.tables("placement"), 1)),
        handovers=tuple(_handover(k, pack) for k in keys.tables("handover")),
    )
    keys.done()
    return found


@dataclass(frozen=True, slots=True)
class _Pack:
    """The defaults of a file."""

    id: str = ""
    since: date | None = None
    basis: str = ""

    @classmethod
    def read(cls, keys: Keys | None) -> _Pack:
        if keys is None:
            return cls()
        pack = cls(keys.text("id", ""), keys.opt_day("since"), keys.text("basis", ""))
        keys.done()
        return pack

    def code(self, label: str) -> str:
        """An indicator's full code: a bare label ("B4") gets the pack's id in front ("res20.B4")."""
        return f"{self.id}.{label}" if self.id and label[:1].isupper() else label

    def basis_of(self, keys: Keys) -> str:
        """The legal basis: the item's own, else the file's. An item without one is a mistake."""
        basis = keys.text("basis", self.basis)
        if not basis:
            raise keys.wrong("basis", "is missing; give the legal basis here or once in [pack]")
        return basis

    def since_of(self, keys: Keys) -> date:
        since = keys.opt_day("since") or self.since
        if since is None:
            raise keys.wrong("since", "is missing; give the first day here or once in [pack]")
        return since


def _directive(keys: Keys) -> Directive:
    number, issued = keys.text("number"), keys.opt_day("date")
    slug = number.lower().replace("/", "-").replace("đ", "d")
    found = Directive(
        id=keys.text("id", f"{slug}.{issued.isoformat()}" if issued else slug),
        type=keys.text("type"),
        number=number,
        issuer=keys.text("issuer"),
        body=keys.text("body"),
        title=keys.text("title"),
        date=issued,
        term=keys.text("term", ""),
        source=keys.text("source", ""),
    )
    keys.done()
    return found


def _link(keys: Keys, pack: _Pack) -> Link:
    found = Link(
        source=keys.text("source"),
        kind=keys.choice("kind", LinkKind),
        target=keys.text("target"),
        basis=keys.text("basis", pack.basis),
    )
    keys.done()
    return found


def _unit(keys: Keys, pack: _Pack, nth: int) -> Unit:
    kind = keys.choice("kind", UnitKind)
    sector = (
        keys.choice("sector", Sector)
        if kind in (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE)
        else None
    )
    found = Unit(
        code=keys.code("code"),
        name=keys.text("name"),
        kind=kind,
        parent=keys.opt_text("parent"),
        sector=sector,
        opened=keys.opt_day("opened"),
        closed=keys.opt_day("closed"),
        basis=pack.basis_of(keys),
        order=keys.whole("order", nth),
        ids=_ids(keys),
    )
    if found.opened and found.closed and found.closed <= found.opened:
        raise keys.wrong("closed", "must be after opened: the first day without the unit")
    keys.done()
    return found


def _ids(keys: Keys) -> tuple[tuple[str, str], ...]:
    """What others call the unit: ``ids = { gso = "00097" }``. Text, for the leading zeros."""
    inner = keys.table("ids")
    if inner is None:
        return ()
    return tuple((scheme, inner.text(scheme)) for scheme in inner.left)


def _change(keys: Keys, pack: _Pack) -> ChangeEvent:
    found = ChangeEvent(
        id=keys.code("id"),
        date=keys.day("date"),
        kind=keys.choice("kind", ChangeKind),
        basis=pack.basis_of(keys),
        transfers=tuple(_transfer(k) for k in keys.tables("transfers")),
        unit=keys.opt_text("unit"),
        name=keys.opt_text("name"),
        parent=keys.opt_text("parent"),
        unit_kind=keys.choice("unit_kind", UnitKind) if keys.has("unit_kind") else None,
        sector=keys.choice("sector", Sector) if keys.has("sector") else None,
    )
    keys.done()
    return found


def _transfer(keys: Keys) -> Transfer:
    found = Transfer(
        source=keys.text("source"),
        target=keys.text("target"),
        share=keys.read("share", Fraction) if keys.has("share") else None,
        basis=keys.text("basis", ""),
    )
    keys.done()
    return found


def _placement(keys: Keys, pack: _Pack, nth: int) -> Placement:
    found = Placement(
        unit=keys.text("unit"),
        hierarchy=keys.code("hierarchy"),
        parent=keys.opt_text("parent"),
        since=keys.opt_day("since") or pack.since,
        until=keys.opt_day("until"),
        basis=pack.basis_of(keys),
        order=keys.whole("order", nth),
    )
    if found.hierarchy == "main":
        raise keys.wrong("hierarchy", "is the tree itself; set parent in [[unit]] or [[change]]")
    if found.since and found.until and found.until <= found.since:
        raise keys.wrong("until", "must be after since: the first day without the place")
    keys.done()
    return found


def _handover(keys: Keys, pack: _Pack) -> Handover:
    duties = [duty for duty in Duty if keys.has(duty.value)]
    if len(duties) != 1:
        raise keys.wrong("", "give exactly one of form, task, target, or reports = true")
    duty = duties[0]
    if duty is Duty.REPORTS and not keys.flag(duty.value):
        raise keys.wrong(duty.value, "is false; leave it out, or give true")
    found = Handover(
        unit=keys.text("unit"),
        duty=duty,
        of="" if duty is Duty.REPORTS else keys.text(duty.value),
        way=keys.choice("way", Way),
        successor=keys.opt_text("successor"),
        since=pack.since_of(keys),
        basis=pack.basis_of(keys),
    )
    keys.done()
    return found


def _indicator(keys: Keys, pack: _Pack) -> Indicator:
    label = keys.code("label")
    formula = keys.read("formula", parse) if keys.has("formula") else None
    at_most = keys.opt_text("at_most")
    weight = keys.opt_text("weight")
    found = Indicator(
        code=keys.code("code", pack.code(label)),
        label=label,
        name=keys.text("name"),
        measure=keys.text("measure"),
        decimals=keys.whole("decimals", 0),
        over_units=keys.choice("units", OverUnits, OverUnits.SUM),
        over_time=keys.choice("time", OverTime, OverTime.SUM),
        weight=pack.code(weight) if weight else None,
        direction=keys.choice("direction", Direction, Direction.NEUTRAL),
        formula=formula and formula.renamed(pack.code),
        minimum=keys.opt_number("minimum", Decimal(0)),
        maximum=keys.opt_number("maximum"),
        at_most=pack.code(at_most) if at_most else None,
        parts=tuple(pack.code(part) for part in keys.texts("parts")),
        asks=keys.scope("asks"),
        note=keys.text("note", ""),
        since=pack.since_of(keys),
        basis=pack.basis_of(keys),
    )
    if not 0 <= found.decimals <= 6:
        raise keys.wrong("decimals", "must be from 0 to 6")
    if found.over_units is OverUnits.WEIGHTED_MEAN and weight is None:
        raise keys.wrong("weight", "is missing; name the indicator that weighs the mean")
    keys.done()
    return found


def _form(keys: Keys, pack: _Pack) -> Form:
    due = keys.table("due")
    if due is None:
        raise keys.wrong(
            "due", "is missing; give { day = 10, months_after = 1 } or { working_days = 2 }"
        )
    found = Form(
        id=keys.code("id"),
        title=keys.text("title"),
        directive=keys.text("directive"),
        every=keys.choice("every", PeriodKind),
        sections=tuple(_section(k, pack) for k in keys.tables("section")),
        due=_due(due),
        due_for=tuple(_due_for(k) for k in keys.tables("due_for")),
        owed_by=keys.scope("owed_by"),
        leader=keys.scope("leader") if keys.has("leader") else None,
        calendar=keys.text("calendar", "civil"),
        since=pack.since_of(keys),
        until=keys.opt_day("until"),
        basis=pack.basis_of(keys),
    )
    if found.every is PeriodKind.SPAN:
        raise keys.wrong("every", "is “span”; a form is owed for months, quarters, years …")
    seen: set[str] = set()
    for item in found.fields:
        if item.key in seen:
            raise keys.wrong("section", f"has the field “{item.key}” twice")
        seen.add(item.key)
    keys.done()
    return found


def _due(keys: Keys) -> Deadline:
    if keys.has("working_days"):
        count = keys.whole("working_days")
        if not 1 <= count <= 250:
            raise keys.wrong("working_days", "must be from 1 to 250")
        keys.done()
        return WorkingDaysRule(working_days=count)
    rule = DueRule(
        day=keys.whole("day"),
        months_after=keys.whole("months_after", 1),
        on_holiday=keys.choice("on_holiday", Moves, Moves.NEXT),
        on_weekend=keys.choice("on_weekend", Moves, Moves.KEEP),
    )
    if not 1 <= rule.day <= 31:
        raise keys.wrong("day", "must be from 1 to 31")
    keys.done()
    return rule


def _due_for(keys: Keys) -> DueFor:
    due = keys.table("due")
    if due is None:
        raise keys.wrong("due", "is missing; give the deadline of these units")
    scope = keys.scope("scope")
    if scope == EVERY_UNIT:
        raise keys.wrong("scope", 'narrows nothing; give { kinds = ["commune"] }')
    keys.done()
    return DueFor(scope=scope, due=_due(due))


def _section(keys: Keys, pack: _Pack) -> Section:
    fields: list[Field] = [
        FigureField(key=_label(label), indicator=pack.code(label))
        for label in keys.texts("figures")
    ]
    for k in keys.tables("document"):
        fields.append(
            DocumentField(
                key=k.text("key"),
                label=k.text("label"),
                directive=k.text("directive"),
                hint=k.text("hint", ""),
                asks=k.scope("asks"),
                by=k.opt_day("by"),
            )
        )
        k.done()
    fields.extend(TaskField(key=f"NV-{task}", task=task) for task in keys.texts("tasks"))
    for k in keys.tables("choices"):
        options = []
        for option in k.tables("option"):
            options.append(Choice(code=option.text("code"), text=option.text("text")))
            option.done()
        fields.append(
            ChoicesField(
                key=k.text("key"),
                label=k.text("label"),
                options=tuple(options),
                hint=k.text("hint", ""),
            )
        )
        k.done()
    for k in keys.tables("narrative"):
        fields.append(
            NarrativeField(
                key=k.text("key"),
                label=k.text("label"),
                hint=k.text("hint", ""),
                max_length=k.whole("max_length", 1500),
            )
        )
        k.done()
    found = Section(key=keys.text("key"), title=keys.text("title"), fields=tuple(fields))
    keys.done()
    return found


def _label(code: str) -> str:
    """The row label of an indicator's code: "res20.C3.1" and "C3.1" both stand in row C3.1."""
    return code if code[:1].isupper() else code.partition(".")[2]


def _target(keys: Keys, pack: _Pack) -> Target:
    found = Target(
        id=keys.text("id"),
        directive=keys.text("directive"),
        indicator=pack.code(keys.text("indicator")),
        value=keys.number("value"),
        period=keys.read("period", lambda code: read_period(code).code),
        aim=keys.choice("aim", Aim, Aim.AT_LEAST),
        scope=keys.scope("scope"),
        basis=pack.basis_of(keys),
    )
    keys.done()
    return found


def _task(keys: Keys, pack: _Pack, nth: int) -> Task:
    found = Task(
        id=keys.text("id"),
        directive=keys.text("directive"),
        title=keys.text("title"),
        responsible=keys.text("responsible", ""),
        responsible_name=keys.text("responsible_name", ""),
        cooperating=keys.texts("cooperating"),
        deadline=keys.opt_day("deadline"),
        answers=keys.texts("answers"),
        implements=keys.texts("implements"),
        order=keys.whole("order", nth),
        basis=pack.basis_of(keys),
    )
    if bool(found.responsible.strip()) == bool(found.responsible_name.strip()):
        raise keys.wrong(
            "responsible",
            "give it (a unit's code), or responsible_name (the words) for a body outside the tree",
        )
    keys.done()
    return found


def _rule(keys: Keys, pack: _Pack, nth: int) -> RuleDefinition:
    sentences = keys.table("sentences")
    words = {} if sentences is None else sentences.rest()
    for case, words_of in words.items():
        if not isinstance(words_of, str):
            raise keys.wrong(f"sentences.{case}", "must be text in quotes")
    found = {
        "id": keys.text("id"),
        "kind": keys.choice("kind", FindingKind),
        "directive": keys.text("directive"),
        "title": keys.text("title"),
        "type": keys.text("type"),
        "indicators": tuple(pack.code(code) for code in keys.texts("indicators")),
        "scope": keys.scope("scope"),
        "sentences": {case: str(text) for case, text in words.items()},
        "tasks": keys.texts("tasks"),
        "order": keys.whole("order", nth),
        "basis": pack.basis_of(keys),
    }
    # What is left are the parameters of the rule's type; the findings room knows them.
    params: dict[str, Parameter] = {}
    for key, value in keys.rest().items():
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            params[key] = tuple(value)
        elif isinstance(value, str | int) and not isinstance(value, bool):
            params[key] = value
        else:
            raise keys.wrong(key, "must be text, a whole number or a list of texts")
    return RuleDefinition(**found, params=params)  # type: ignore[arg-type]


_OVERLAID = ("form", "indicator", "target", "task")


def _overlay(keys: Keys, pack: _Pack) -> Overlay:
    kinds = [kind for kind in _OVERLAID if keys.has(kind)]
    if len(kinds) != 1:
        raise keys.wrong(
            "form", "give exactly one of form, indicator, target, task: what it changes"
        )
    kind = kinds[0]
    of = keys.text(kind)
    changed = keys.table("set")
    if changed is None:
        raise keys.wrong("set", "is missing; give [overlay.set] with the new values")
    found = Overlay(
        id=keys.text("id"),
        kind=kind,
        of=pack.code(of) if kind == "indicator" else of,
        within=keys.text("within"),
        since=pack.since_of(keys),
        until=keys.opt_day("until"),
        basis=pack.basis_of(keys),
        changes=_changes(kind, changed, pack),
    )
    keys.done()
    return found


def _changes(kind: str, keys: Keys, pack: _Pack) -> dict[str, object]:
    """The new values, read as the definition of that kind reads them."""
    changes: dict[str, object] = {}
    if kind == "form" and (due := keys.table("due")) is not None:
        changes["due"] = _due(due)
        # The new deadline is that of every unit in it, unless the overlay itself says otherwise.
        changes["due_for"] = tuple(_due_for(k) for k in keys.tables("due_for"))
    if kind == "target" and keys.has("value"):
        changes["value"] = keys.number("value")
    if kind == "task" and keys.has("deadline"):
        changes["deadline"] = keys.day("deadline")
    if kind == "task" and keys.has("responsible"):
        changes["responsible"] = keys.text("responsible")
    if kind == "indicator":
        for bound in ("minimum", "maximum"):
            if keys.has(bound):
                changes[bound] = keys.opt_number(bound)
        if keys.has("formula"):
            changes["formula"] = keys.read("formula", parse).renamed(pack.code)
    keys.done()
    if not changes:
        raise keys.wrong("", "changes nothing; a form's due, a target's value, a task's deadline …")
    return changes


def _letterhead(keys: Keys) -> Letterhead:
    found = Letterhead(
        superior=keys.text("superior"),
        body=keys.text("body"),
        place=keys.text("place"),
        symbol=keys.text("symbol"),
        authority=keys.text("authority"),
        post=keys.text("post"),
        signer=keys.text("signer", ""),
        recipients=keys.texts("recipients"),
    )
    keys.done()
    return found
