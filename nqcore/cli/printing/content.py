"""What `nq content` prints: the definitions of the office, and what an import would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from nqcore.catalogue.item_kinds import Item, table_of
from nqcore.catalogue.item_mistakes import KIND_WORDS
from nqcore.cli.localized import spoken
from nqcore.cli.printing.output import Data
from nqcore.errors import N_, Phrase
from nqcore.text.dates import write_date

if TYPE_CHECKING:
    from nqcore.collection.content.changes import ContentPlan, PlannedItem
    from nqcore.workspace.facade import Workspace


def name_of(item: Item) -> str:
    """What people call a definition: its name, title or words; "" for one that has none."""
    value = item.value.section if item.kind == "section" else item.value
    if item.kind == "question":
        value = item.value.field
    named = (getattr(value, key, "") for key in ("name", "title", "label", "body"))
    return next((one for one in named if isinstance(one, str) and one), "")


def content_data(ws: Workspace) -> list[Data]:
    """The definitions that the office made."""
    return [
        {"kind": one.item.kind, "id": one.item.id, "name": name_of(one.item)}
        for one in ws.content.items(owner="workspace")
    ]


def plan_lines(plan: ContentPlan, mine: int) -> Iterator[Phrase | str]:
    """What a plan would do, in words. `mine`: how many definitions the office has made."""
    for one in plan.items:
        yield from _item_lines(one)
    for asked in plan.asked:
        yield Phrase(
            N_("From {period} on, {form} asks {after} units for “{title}” (until now {before})."),
            {
                "period": asked.first.code,
                "form": asked.form,
                "title": asked.title,
                "before": len(asked.before),
                "after": len(asked.after),
            },
        )
    if plan.cells_a_year > 0:
        yield Phrase(N_("{count} more boxes a year are filled in."), {"count": plan.cells_a_year})
    elif plan.cells_a_year < 0:
        yield Phrase(N_("{count} fewer boxes a year are filled in."), {"count": -plan.cells_a_year})
    yield from plan.comparisons
    yield from plan.notes
    new = sum(one.before is None for one in plan.items)
    params = {"new": new, "changed": len(plan.items) - new, "same": len(plan.same)}
    yield Phrase(
        N_("{new} definitions are new, {changed} change, {same} stay as they are."), params
    )
    left = mine - len(plan.same) - params["changed"]
    if left:
        words = N_("{count} definitions of the office are not in the file; they stay.")
        yield Phrase(words, {"count": left})


def _item_lines(one: PlannedItem) -> Iterator[Phrase | str]:
    item = one.item
    params = {
        "kind": Phrase(KIND_WORDS[item.kind]),
        "id": item.id,
        "name": name_of(item),
    }
    if one.before is None:
        yield Phrase(N_("New: {kind} {id} {name}"), params)
        return
    yield Phrase(N_("Changed: {kind} {id} {name}"), params)
    before, after = table_of(one.before), table_of(item)
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield f"  {key}: {_shown(before.get(key))} → {_shown(after.get(key))}"


def _shown(value: Any) -> str:
    """A value of a definition for people."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return write_date(value)
    if isinstance(value, bool):
        return spoken(Phrase(N_("yes") if value else N_("no")))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(one)}" for key, one in value.items()) + "}"
    return ", ".join(map(_shown, value)) if isinstance(value, list) else str(value)
