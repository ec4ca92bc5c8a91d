"""The tables of a definition file that describe forms and their fields."""

from __future__ import annotations

from nqcore.catalogue.pack import PackDefaults
from nqcore.catalogue.toml_table import TomlTable
from nqcore.model.forms import (
    ChoicesField,
    DocumentField,
    DueFor,
    Field,
    FigureField,
    Form,
    NarrativeField,
    Option,
    Section,
    TaskField,
)
from nqcore.model.periods import (
    Deadline,
    DueRule,
    HolidayRule,
    PeriodKind,
    WorkingDaysRule,
)
from nqcore.model.units import EVERY_UNIT


def read_form_table(keys: TomlTable, pack: PackDefaults) -> Form:
    """The form of a table [[form]]."""
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
        due=read_due_rule(due),
        due_for=tuple(read_due_for(k) for k in keys.tables("due_for")),
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


def read_due_rule(keys: TomlTable) -> Deadline:
    """The deadline of a table [form.due]."""
    if keys.has("working_days"):
        count = keys.whole("working_days")
        if not 1 <= count <= 250:
            raise keys.wrong("working_days", "must be from 1 to 250")
        keys.done()
        return WorkingDaysRule(working_days=count)
    rule = DueRule(
        day=keys.whole("day"),
        months_after=keys.whole("months_after", 1),
        on_holiday=keys.choice("on_holiday", HolidayRule, HolidayRule.NEXT),
        on_weekend=keys.choice("on_weekend", HolidayRule, HolidayRule.KEEP),
    )
    if not 1 <= rule.day <= 31:
        raise keys.wrong("day", "must be from 1 to 31")
    keys.done()
    return rule


def read_due_for(keys: TomlTable) -> DueFor:
    """The deadline for some units of a table [[form.due_for]]."""
    due = keys.table("due")
    if due is None:
        raise keys.wrong("due", "is missing; give the deadline of these units")
    scope = keys.scope("scope")
    if scope == EVERY_UNIT:
        raise keys.wrong("scope", 'narrows nothing; give { kinds = ["commune"] }')
    keys.done()
    return DueFor(scope=scope, due=read_due_rule(due))


def _section(keys: TomlTable, pack: PackDefaults) -> Section:
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
            options.append(Option(code=option.text("code"), text=option.text("text")))
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
    """The row label of an indicator's code: C3.1 for "res20.C3.1" and for "C3.1"."""
    return code if code[:1].isupper() else code.partition(".")[2]
