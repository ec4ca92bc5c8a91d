"""Change requests: what an office wants to do with units – *sáp nhập, chia tách, đổi tên …* – as events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from nqcore.catalogue import Catalogue
from nqcore.collection.reorganisation.reorganisation import ChangeRefused, free_code, free_id
from nqcore.errors import N_
from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer
from nqcore.model.units import Sector, Unit, UnitKind, UnitTree
from nqcore.text.dates import write_date
from nqcore.text.folding import nfc
from nqcore.text.names import check_name
from nqcore.text.shares import write_share


class NothingChosen(ChangeRefused):
    """A merge of fewer than two units."""

    code = "nothing-chosen"
    template = N_("Choose at least two units that become one.")


class NameMissing(ChangeRefused):
    """A new or renamed unit has no name."""

    code = "name-missing"
    template = N_("Write the name of the unit.")


class TooFewParts(ChangeRefused):
    """A split into fewer than two parts."""

    code = "too-few-parts"
    template = N_("Write the names of at least two units into which it is divided.")


class SharesNotWhole(ChangeRefused):
    """The declared shares do not add up to 100%, or only some parts have one."""

    code = "shares-not-whole"
    template = N_("The shares make {sum}, not 100%. Correct them, or leave all of them empty.")


class NotThere(ChangeRefused):
    """A unit does not exist on the day of the change."""

    code = "not-there"
    template = N_("{unit} does not exist on {day}. Choose another day.")


class OddYear(ChangeRefused):
    """The year of the change is not one of POSSIBLE_YEARS, so it is probably mistyped."""

    code = "odd-year"
    template = N_("The day {day} is too far away. Check the year.")


POSSIBLE_YEARS = range(1945, 2100)
"""The years in which a change of units may take place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProposal:
    """The events of a change, and the new units that begin with them: the arguments of
    `ws.organisation.preview_change` and `change_units`."""

    events: tuple[ChangeEvent, ...]
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """Makes proposals of changes that take effect on `day`, ordered by the document `basis`.

    Units are given by their codes in `tree`. Every method raises NotThere if a unit does not exist on the
    eve of `day`, and OddYear."""

    catalogue: Catalogue
    tree: UnitTree
    day: date
    basis: str

    def rename(self, unit: str, name: str) -> ChangeProposal:
        """*Đổi tên*. Raises NameMissing."""
        return self._single(ChangeKind.RENAME, unit=unit, name=_required_name(name))

    def merge(
        self, sources: Sequence[str], *, into: str | None = None, name: str = ""
    ) -> ChangeProposal:
        """*Sáp nhập*: `sources` are merged into the unit `into`, which may get a new `name`; without
        `into` a new unit of that name begins. Raises NothingChosen, NameMissing."""
        several = tuple(dict.fromkeys((*sources, *filter(None, (into,)))))
        if len(several) < 2:
            raise NothingChosen
        units: tuple[Unit, ...] = ()
        if into is None:
            units = (self._new_unit(_required_name(name), self.tree[several[0]]),)
        target = into or units[0].code
        event = self._event(
            ChangeKind.MERGE, transfers=tuple(Transfer(source=s, target=target) for s in several)
        )
        renamed = _required_name(name) if name.strip() else ""
        if into is not None and renamed and renamed != self.tree[into].name:
            return self._proposal(
                event, self._event(ChangeKind.RENAME, unit=into, name=renamed), units=units
            )
        return self._proposal(event, units=units)

    def split(
        self,
        unit: str,
        parts: Sequence[tuple[str, Fraction | None]],
        *,
        kept_share: Fraction | None = None,
        continues: bool = False,
        share_basis: str = "",
    ) -> ChangeProposal:
        """*Chia, tách*: `parts` are the names of the new units with their shares (None: not declared).

        `continues`: the unit itself goes on, with the share `kept_share`. `share_basis` says what the
        shares are measured by, such as the population. Raises TooFewParts, SharesNotWhole."""
        given = [(name, share) for name, share in parts if name.strip()]
        if len(given) + continues < 2:
            raise TooFewParts
        units: list[Unit] = []
        transfers = [Transfer(source=unit, target=unit, share=kept_share, basis=share_basis)]
        for name, share in given:
            new = self._new_unit(_required_name(name), self.tree[unit], units)
            units.append(new)
            transfers.append(Transfer(source=unit, target=new.code, share=share, basis=share_basis))
        transfers = transfers[0 if continues else 1 :]
        shares = [t.share for t in transfers]
        total = sum((share for share in shares if share is not None), Fraction(0))
        if any(shares) and (None in shares or total != 1):
            raise SharesNotWhole(sum=write_share(total))
        event = self._event(ChangeKind.SPLIT, transfers=tuple(transfers))
        return self._proposal(event, units=tuple(units))

    def transfer(
        self, unit: str, to: str, share: Fraction | None = None, share_basis: str = ""
    ) -> ChangeProposal:
        """*Điều chỉnh một phần*: a part of `unit`, its `share`, goes to the unit `to`; both go on."""
        part = Transfer(source=unit, target=to, share=share, basis=share_basis)
        return self._proposal(self._event(ChangeKind.TRANSFER, transfers=(part,)))

    def move(self, unit: str, parent: str) -> ChangeProposal:
        """*Chuyển trực thuộc*: `unit` is under `parent` from then on."""
        return self._single(ChangeKind.MOVE, unit=unit, parent=parent)

    def change_kind(self, unit: str, kind: UnitKind, sector: Sector | None) -> ChangeProposal:
        """*Đổi loại*: the unit gets another kind; an enterprise or a co-operative also a sector."""
        return self._single(ChangeKind.CHANGE_KIND, unit=unit, unit_kind=kind, sector=sector)

    def open(self, parent: str, name: str, kind: UnitKind, sector: Sector | None) -> ChangeProposal:
        """*Thành lập*: a new unit of that name and kind begins under `parent`. Raises NameMissing."""
        order = place_of_new(self.tree.children(parent), kind)
        like = replace(self.tree[parent], kind=kind, sector=sector, parent=parent, order=order)
        new = self._new_unit(_required_name(name), like)
        return self._proposal(self._event(ChangeKind.OPEN, unit=new.code), units=(new,))

    def close(self, unit: str) -> ChangeProposal:
        """*Kết thúc hoạt động*: the unit ends and has no successor."""
        return self._single(ChangeKind.CLOSE, unit=unit)

    def _new_unit(self, name: str, like: Unit, besides: Iterable[Unit] = ()) -> Unit:
        """A unit that begins on the day, with the kind and the place of `like`. `besides` are other new
        units, whose codes are taken."""
        return Unit(
            code=free_code({*self.tree, *(u.code for u in besides)}, name),
            name=name,
            kind=like.kind,
            sector=like.sector,
            parent=like.parent,
            opened=self.day,
            basis=self.basis,
            order=like.order,
        )

    def _event(
        self,
        kind: ChangeKind,
        *,
        transfers: tuple[Transfer, ...] = (),
        unit: str | None = None,
        name: str | None = None,
        parent: str | None = None,
        unit_kind: UnitKind | None = None,
        sector: Sector | None = None,
    ) -> ChangeEvent:
        event = ChangeEvent(
            id="",
            date=self.day,
            kind=kind,
            basis=self.basis,
            transfers=transfers,
            unit=unit,
            name=name,
            parent=parent,
            unit_kind=unit_kind,
            sector=sector,
        )
        return replace(event, id=free_id(self.catalogue, event))

    def _single(
        self,
        kind: ChangeKind,
        *,
        unit: str,
        name: str | None = None,
        parent: str | None = None,
        unit_kind: UnitKind | None = None,
        sector: Sector | None = None,
    ) -> ChangeProposal:
        """A proposal of one event without transfers."""
        return self._proposal(
            self._event(
                kind, unit=unit, name=name, parent=parent, unit_kind=unit_kind, sector=sector
            )
        )

    def _proposal(self, *events: ChangeEvent, units: tuple[Unit, ...] = ()) -> ChangeProposal:
        """The proposal, where its day is a possible one. Raises OddYear, NotThere."""
        if self.day.year not in POSSIBLE_YEARS:
            raise OddYear(day=write_date(self.day))
        new, known = {unit.code for unit in units}, self.catalogue.units
        eve = self.day - timedelta(days=1)
        for event in events:
            for code in (*event.touched, *filter(None, (event.parent,))):
                if code not in new and not known[code].exists(eve):
                    raise NotThere(unit=known[code].name, day=write_date(self.day))
        return ChangeProposal(events=events, units=units)


def place_of_new(siblings: Sequence[Unit], kind: UnitKind) -> int:
    """The order of a new unit among its siblings: behind the last one of its kind, or of a kind like it; else
    behind all of them."""
    for alike in (
        [one for one in siblings if one.kind == kind],
        [one for one in siblings if one.kind.like == kind.like],
    ):
        if alike:
            return alike[-1].order
    return siblings[-1].order + 1 if siblings else 0


def _required_name(text: str) -> str:
    """The name without surrounding spaces. Raises NameMissing, HiddenInName, MisreadText."""
    name = nfc(text).strip()
    if not name:
        raise NameMissing
    check_name(name)
    return name
