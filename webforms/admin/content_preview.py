"""The preview on *Quản trị › Nội dung*: what a plan would do, and a mark by which it is known again."""

from __future__ import annotations

from nqcore.catalogue.item_kinds import Item, item_text
from nqcore.catalogue.owners import WORKSPACE
from nqcore.collection.content.changes import ContentPlan
from nqcore.errors import N_
from nqcore.model.units import Unit
from webforms.admin.content_choices import item_name
from webforms.shared.context import workspace
from webforms.shared.language import _
from webforms.shared.seen import seen_mark

NAMED = 12
"""So many units are named; of the others how many there are."""

KIND_NAMES = {
    "directive": N_("Directive"),
    "link": N_("Relation of two directives"),
    "indicator": N_("Indicator"),
    "form": N_("Form"),
    "section": N_("Section of a form"),
    "question": N_("Question"),
    "target": N_("Target"),
    "task": N_("Task"),
    "rule": N_("Rule"),
    "overlay": N_("Exception"),
    "unit_kind": N_("Kind of units"),
    "letterhead": N_("Letterhead"),
    "outline": N_("Outline"),
}
"""What the kinds of definitions are called at the head of a row."""


def mark(plan: ContentPlan) -> str:
    """The same for the same plan: what is written, over what, and all that the preview shows of it."""
    asked = [
        (one.form, one.key, one.first.code, _codes(one.before), _codes(one.after), one.cells_a_year)
        for one in plan.asked
    ]
    items = [
        (one.item.address, item_text(one.item), [user.address for _owner, user in one.users])
        for one in plan.items
    ]
    notes = (*plan.comparisons, *plan.notes)
    return seen_mark((items, sorted(plan.seen.items()), asked, [str(one) for one in notes]))


def _codes(units: tuple[Unit, ...]) -> list[str]:
    return [unit.code for unit in units]


def unit_names(units: tuple[Unit, ...]) -> str:
    """The units by name, at most `NAMED` of them."""
    names = ", ".join(unit.name for unit in units[:NAMED])
    more = len(units) - NAMED
    return (
        _("{names} and {count} other units").format(names=names, count=more) if more > 0 else names
    )


def users_of(plan: ContentPlan) -> list[tuple[str, str, str]]:
    """The definitions that name what is changed: kind, name and owner of each, once."""
    found = {
        (_(KIND_NAMES[user.kind]), item_name(user), owner_words(owner))
        for one in plan.items
        for owner, user in one.users
        if user.kind in KIND_NAMES
    }
    return sorted(found)


def owner_words(owner: str) -> str:
    """Who owns a definition."""
    return _("the office") if owner == WORKSPACE else owner


def made_words(items: tuple[Item, ...]) -> str:
    """What a change made, in one line."""
    return "; ".join(f"{_(KIND_NAMES[one.kind])}: {item_name(one)}" for one in items)


def form_title(id: str) -> str:
    """The title of a form; its id where it is gone."""
    found = workspace().catalogue.forms.get(id)
    return found.title if found else id
