"""*Còn nợ* at size: many units in groups, each a line with its counts and a page of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from nqcore.collection.monitoring.debts import UnsettledReports
from nqcore.model.units import Unit
from webforms.shared.context import workspace
from webforms.shared.kinds import group_words
from webforms.shared.language import _
from webforms.shared.paging import fits

KIND = "nhom"
"""In an address: only the units of that kind that are in no group of a unit."""


class DebtGroup(NamedTuple):
    """The units under one unit (`unit`), or those of one kind, with what is not settled of them. `days`: how
    long the oldest debt is overdue; 0: none is."""

    name: str
    asked: dict[str, str]
    units: int
    past_due: int
    returned: int
    waiting: int
    days: int

    @property
    def line(self) -> str:
        """ "Tỉnh An Giang: 12 đơn vị, 31 báo cáo"."""
        words = _("{name}: {units} units, {reports} reports")
        reports = self.past_due + self.returned
        return words.format(name=self.name, units=self.units, reports=reports)


Key = tuple[str, str]
"""Of a group: the name of the value in an address and the value."""


def group_keys(root: Unit, lines: Sequence[UnsettledReports]) -> dict[str, Key]:
    """The group of each unit, by its code: that of the unit directly under `root` to which it belongs, if
    several of `lines` do; else that of its kind."""
    tree = workspace().units
    tops: dict[str, str] = {}
    for one in lines:
        above = [one.unit.code, *(unit.code for unit in tree.ancestors(one.unit.code))]
        place = above.index(root.code) if root.code in above else 0
        tops[one.unit.code] = above[place - 1] if place else ""
    several = Counter(tops.values())
    return {
        one.unit.code: ("don-vi", tops[one.unit.code])
        if tops[one.unit.code] and several[tops[one.unit.code]] > 1
        else (KIND, one.unit.kind.value)
        for one in lines
    }


def groups(root: Unit, lines: Sequence[UnsettledReports]) -> tuple[DebtGroup, ...]:
    """The groups of `lines`, that with the oldest debt first; () where they fit on one page, or where all
    are of one kind and there is nothing to fold."""
    keys = {} if fits(len(lines)) else group_keys(root, lines)
    found: dict[Key, list[UnsettledReports]] = {}
    for one in lines:
        if one.unit.code in keys:
            found.setdefault(keys[one.unit.code], []).append(one)
    if len(found) == 1 and KIND in {key for key, _value in found}:
        return ()
    return tuple(_group(key, several) for key, several in found.items())


def _group(key: Key, several: Sequence[UnsettledReports]) -> DebtGroup:
    name, value = key
    ws = workspace()
    days = [-o.days_left(ws.today) for one in several for o in one.past_due]
    return DebtGroup(
        name=group_words(several[0].unit.kind) if name == KIND else ws.units[value].name,
        asked={name: value},
        units=len(several),
        past_due=sum(len(one.past_due) for one in several),
        returned=sum(len(one.returned) for one in several),
        waiting=sum(len(one.waiting) for one in several),
        days=max(days, default=0),
    )
