"""Changes of units as an office words them – *sáp nhập, chia tách, đổi tên …* – put into events."""

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
from nqcore.text.shares import write_share


class NothingChosen(ChangeRefused):
    """A merge of one unit, a split into one part …"""

    code = "nothing-chosen"
    template = N_("Choose at least two units that become one.")


class NameMissing(ChangeRefused):
    """A unit without a name."""

    code = "name-missing"
    template = N_("Write the name of the unit.")


class TooFewParts(ChangeRefused):
    """Less than two parts."""

    code = "too-few-parts"
    template = N_("Write the names of at least two units into which it is divided.")


class SharesNotWhole(ChangeRefused):
    """Declared shares that do not make the whole."""

    code = "shares-not-whole"
    template = N_("The shares make {sum}, not 100%. Correct them, or leave all of them empty.")


class NotThere(ChangeRefused):
    """The unit does not exist on the day."""

    code = "not-there"
    template = N_("{unit} does not exist on {day}. Choose another day.")


class OddYear(ChangeRefused):
    """A year before there were such units, or beyond what anybody plans."""

    code = "odd-year"
    template = N_("The day {day} is too far away. Check the year.")


YEARS = range(1945, 2100)
"""Changes of units take place in these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProposal:
    """The events, and the units that begin with them; for `Workspace.preview_change` and
    `change_units`."""

    events: tuple[ChangeEvent, ...]
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """Proposes changes from `day` on, ordered by the document `basis`, to units of `tree`."""

    catalogue: Catalogue
    tree: UnitTree
    day: date
    basis: str

    def rename(self, unit: str, name: str) -> ChangeProposal:
        """*Đổi tên*."""
        return self._one(ChangeKind.RENAME, unit=unit, name=_name(name))

    def merge(
        self, sources: Sequence[str], *, into: str | None = None, name: str = ""
    ) -> ChangeProposal:
        """*Sáp nhập*: `sources` go on in `into`, one of them (under the new `name`, if given), or in
        a new unit of that name."""
        several = tuple(dict.fromkeys((*sources, *filter(None, (into,)))))
        if len(several) < 2:
            raise NothingChosen
        units: tuple[Unit, ...] = ()
        if into is None:
            units = (self._new(_name(name), self.tree[several[0]]),)
        target = into or units[0].code
        event = self._event(
            ChangeKind.MERGE, transfers=tuple(Transfer(source=s, target=target) for s in several)
        )
        renamed = nfc(name).strip()
        if into is not None and renamed and renamed != self.tree[into].name:
            return self._with(
                event, self._event(ChangeKind.RENAME, unit=into, name=renamed), units=units
            )
        return self._with(event, units=units)

    def split(
        self,
        unit: str,
        parts: Sequence[tuple[str, Fraction | None]],
        *,
        kept: Fraction | None = None,
        goes_on: bool = False,
        rests_on: str = "",
    ) -> ChangeProposal:
        """*Chia, tách*: `parts` are the new units' names with their shares; where the unit goes on
        `kept` is its own. `rests_on`: what the shares are measured by."""
        given = [(name, share) for name, share in parts if name.strip()]
        if len(given) + goes_on < 2:
            raise TooFewParts
        units: list[Unit] = []
        transfers = [Transfer(source=unit, target=unit, share=kept, basis=rests_on)]
        for name, share in given:
            new = self._new(_name(name), self.tree[unit], units)
            units.append(new)
            transfers.append(Transfer(source=unit, target=new.code, share=share, basis=rests_on))
        transfers = transfers[0 if goes_on else 1 :]
        shares = [t.share for t in transfers]
        total = sum((share for share in shares if share is not None), Fraction(0))
        if any(shares) and (None in shares or total != 1):
            raise SharesNotWhole(sum=write_share(total))
        event = self._event(ChangeKind.SPLIT, transfers=tuple(transfers))
        return self._with(event, units=tuple(units))

    def transfer(
        self, unit: str, to: str, share: Fraction | None = None, rests_on: str = ""
    ) -> ChangeProposal:
        """*Điều chỉnh một phần*: a part of `unit` goes to `to`; both go on."""
        part = Transfer(source=unit, target=to, share=share, basis=rests_on)
        return self._with(self._event(ChangeKind.TRANSFER, transfers=(part,)))

    def move(self, unit: str, parent: str) -> ChangeProposal:
        """*Chuyển trực thuộc*."""
        return self._one(ChangeKind.MOVE, unit=unit, parent=parent)

    def change_kind(self, unit: str, kind: UnitKind, sector: Sector | None) -> ChangeProposal:
        """*Đổi loại*: another kind, for enterprises and co-operatives also another sector."""
        return self._one(ChangeKind.CHANGE_KIND, unit=unit, unit_kind=kind, sector=sector)

    def open(self, parent: str, name: str, kind: UnitKind, sector: Sector | None) -> ChangeProposal:
        """*Thành lập* a unit under `parent`."""
        like = replace(self.tree[parent], kind=kind, sector=sector, parent=parent)
        new = self._new(_name(name), like)
        return self._with(self._event(ChangeKind.OPEN, unit=new.code), units=(new,))

    def close(self, unit: str) -> ChangeProposal:
        """*Kết thúc hoạt động*, with no successor."""
        return self._one(ChangeKind.CLOSE, unit=unit)

    def _new(self, name: str, like: Unit, besides: Iterable[Unit] = ()) -> Unit:
        """A unit that begins then, in the place of `like`."""
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

    def _one(
        self,
        kind: ChangeKind,
        *,
        unit: str,
        name: str | None = None,
        parent: str | None = None,
        unit_kind: UnitKind | None = None,
        sector: Sector | None = None,
    ) -> ChangeProposal:
        return self._with(
            self._event(
                kind, unit=unit, name=name, parent=parent, unit_kind=unit_kind, sector=sector
            )
        )

    def _with(self, *events: ChangeEvent, units: tuple[Unit, ...] = ()) -> ChangeProposal:
        if self.day.year not in YEARS:
            raise OddYear(day=write_date(self.day))
        new, known = {unit.code for unit in units}, self.catalogue.units
        eve = self.day - timedelta(days=1)
        for event in events:
            for code in (*event.touched, *filter(None, (event.parent,))):
                if code not in new and not known[code].exists(eve):
                    raise NotThere(unit=known[code].name, day=write_date(self.day))
        return ChangeProposal(events=events, units=units)


def _name(text: str) -> str:
    name = nfc(text).strip()
    if not name:
        raise NameMissing
    return name
