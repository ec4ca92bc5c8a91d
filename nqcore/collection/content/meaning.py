"""Which changes of an item would change the meaning of what was already reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from nqcore.catalogue.item_kinds import Item, table_of
from nqcore.errors import N_, Phrase

_ANOTHER = Phrase(N_("what is counted otherwise is another indicator: give it a code of its own"))
_VERSION = Phrase(N_("enter it as a new version, with the first day on which it holds"))
_ANOTHER_QUESTION = Phrase(
    N_("let this question end, and ask the other one under a key of its own")
)
_ANOTHER_FORM = Phrase(N_("let this form end, and make another one"))
_OPTION = Phrase(N_("add an option, or let this question end"))

KEPT: Mapping[str, Mapping[str, Phrase]] = MappingProxyType(
    {
        "indicator": {
            **dict.fromkeys(
                ("label", "measure", "units", "time", "weight", "decimals", "asks", "parts"),
                _ANOTHER,
            ),
            **dict.fromkeys(("name", "formula", "minimum", "maximum", "at_most"), _VERSION),
        },
        "question": dict.fromkeys(
            ("type", "section", "since", "asks", "indicator", "directive", "task"),
            _ANOTHER_QUESTION,
        ),
        "section": dict.fromkeys(("since", "asks"), _ANOTHER_QUESTION),
        "form": dict.fromkeys(
            ("directive", "every", "owed_by", "calendar", "since"), _ANOTHER_FORM
        ),
    }
)
"""By kind: the keys that stay as they are once the item is used, and what to do instead."""


def refused_keys(before: Item, after: Item) -> Iterator[tuple[str, Phrase]]:
    """The keys that differ and must not, once the item is used; each with what to do instead."""
    was, now = table_of(before), table_of(after)
    for key, remedy in KEPT.get(before.kind, {}).items():
        if was.get(key) != now.get(key) and not (
            before.kind == "form" and _begins_earlier(key, was, now)
        ):
            yield key, remedy
    if before.kind == "question":
        options = {one["code"]: one["text"] for one in now.get("option", ())}
        if any(options.get(one["code"]) != one["text"] for one in was.get("option", ())):
            yield "option", _OPTION
    if before.kind == "form":
        yield from _refused_fields(before, after)


def _begins_earlier(key: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether it is the first day, and an earlier one: no report has less in it then, and reports of earlier
    periods can be brought in."""
    before, after = was.get("since"), now.get("since")
    return key == "since" and before is not None and (after is None or after < before)


def _refused_fields(before: Item, after: Item) -> Iterator[tuple[str, Phrase]]:
    """Fields of a form that another type of field takes the place of, or that are gone."""
    now = {field.key: field for field in after.value.fields}
    for field in before.value.fields:
        other = now.get(field.key)
        same = other is not None and type(other) is type(field)
        if other is None or not same or dict(field.references()) != dict(other.references()):
            yield "section", _ANOTHER_QUESTION
            return
