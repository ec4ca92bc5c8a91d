"""The tables of a definition file that describe rules and overlays."""

from __future__ import annotations

from nqcore.catalogue.form_tables import read_due_for, read_due_rule
from nqcore.catalogue.pack import PackDefaults
from nqcore.catalogue.toml_table import TomlTable
from nqcore.formulas import parse
from nqcore.model.findings import FindingKind
from nqcore.model.overlays import Overlay
from nqcore.model.rules import Parameter, RuleDefinition


def read_rule(keys: TomlTable, pack: PackDefaults, nth: int) -> RuleDefinition:
    """The rule of a table [[rule]]; `nth` is its place in the file."""
    sentences = keys.table("sentences")
    texts = {} if sentences is None else sentences.rest()
    for case, text in texts.items():
        if not isinstance(text, str):
            raise keys.wrong(f"sentences.{case}", "must be text in quotes")
    found = {
        "id": keys.text("id"),
        "kind": keys.choice("kind", FindingKind),
        "directive": keys.text("directive"),
        "title": keys.text("title"),
        "type": keys.text("type"),
        "indicators": tuple(pack.code(code) for code in keys.texts("indicators")),
        "scope": keys.scope("scope"),
        "sentences": {case: str(text) for case, text in texts.items()},
        "tasks": keys.texts("tasks"),
        "order": keys.whole("order", nth),
        "basis": pack.basis_of(keys),
    }
    # The other keys are parameters of the rule's type; nqcore.analysis.findings checks them.
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


def read_overlay(keys: TomlTable, pack: PackDefaults) -> Overlay:
    """The overlay of a table [[overlay]]."""
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


def _changes(kind: str, keys: TomlTable, pack: PackDefaults) -> dict[str, object]:
    """The new values, read in the same way as in the definition that is changed."""
    changes: dict[str, object] = {}
    if kind == "form" and (due := keys.table("due")) is not None:
        changes["due"] = read_due_rule(due)
        # The new deadline is for every unit in the overlay, unless the overlay has its own due_for.
        changes["due_for"] = tuple(read_due_for(k) for k in keys.tables("due_for"))
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
