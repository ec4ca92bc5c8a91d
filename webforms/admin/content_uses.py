"""What uses each definition, for *Quản trị › Nội dung*: the same facts as `nq indicators --used`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nqcore.analysis.indicator_uses import AskedInVain, IndicatorUse, asked_in_vain
from nqcore.catalogue.item_kinds import Item
from nqcore.model.fields import FigureField
from webforms.admin.content_choices import item_name
from webforms.admin.content_preview import KIND_NAMES
from webforms.shared.context import workspace
from webforms.shared.language import _

NAMED = 4
"""So many definitions of one kind are named; of the others how many there are."""


class Uses:
    """What uses the definitions of the office, or one of them (`only`), and how many boxes a year they cost;
    looked up once."""

    def __init__(self, only: Item | None = None) -> None:
        ws = workspace()
        codes = None if only is None else _indicators(only)
        self._year = ws.today.year
        self._users = ws.content.users()
        self._indicators = {one.code: one for one in ws.monitoring.indicator_uses(codes)}
        self._forms: dict[str, int] = {}
        for one in self._indicators.values():
            self._forms[one.form] = self._forms.get(one.form, 0) + self._of(one)

    def _of(self, one: IndicatorUse) -> int:
        return one.cells.get(self._year, 0)

    @property
    def in_vain(self) -> AskedInVain:
        """What could be asked less."""
        return asked_in_vain(self._indicators.values(), self._year)

    def boxes(self, item: Item) -> int | None:
        """How many boxes of figures are filled in for it this year; None: it is not asked."""
        if item.kind == "form":
            return self._forms.get(item.value.id, 0)
        code = _indicator(item)
        one = self._indicators.get(code)
        return self._of(one) if one is not None and one.form else None

    def lines(self, item: Item) -> Iterator[str]:
        """What uses it, a line for each kind of user."""
        by_kind: dict[str, list[str]] = {}
        for user in self._users.get(item.address, ()):
            by_kind.setdefault(user.item.kind, []).append(item_name(user.item))
        for kind, names in by_kind.items():
            if kind in KIND_NAMES:
                yield f"{_(KIND_NAMES[kind])}: {listed(dict.fromkeys(names))}"
        one = self._indicators.get(item.value.code) if item.kind == "indicator" else None
        if one is not None and one.annexes:
            yield _("Annex of {names}").format(names=listed(one.annexes))
        if one is not None and one.frozen:
            yield _("{count} frozen reviews").format(count=len(one.frozen))

    def notes(self, item: Item) -> Iterator[str]:
        """That nothing has used it for two years, or that two forms ask for it alike."""
        one = self._indicators.get(item.value.code) if item.kind == "indicator" else None
        if one is not None and one.idle:
            yield _("used by nothing for two years")
        if one is not None and one.alike:
            yield _("asked alike: {codes}").format(codes=", ".join(one.alike))


def _indicators(item: Item) -> frozenset[str]:
    """The codes of the indicators on which it depends what an item costs."""
    if item.kind != "form":
        return frozenset({_indicator(item)})
    fields = workspace().catalogue.forms[item.value.id].fields
    return frozenset(one.indicator for one in fields if isinstance(one, FigureField))


def _indicator(item: Item) -> str:
    """The code of the indicator that an item is, or that a question asks for."""
    if item.kind == "indicator":
        return str(item.value.code)
    return str(getattr(item.value.field, "indicator", "")) if item.kind == "question" else ""


def listed(names: Iterable[str]) -> str:
    """The names in one line; of many the first ones, and how many more there are."""
    several = tuple(names)
    more = len(several) - NAMED
    told = "; ".join(several[:NAMED])
    return _("{names} and {count} more").format(names=told, count=more) if more > 0 else told
