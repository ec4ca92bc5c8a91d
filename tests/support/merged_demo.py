"""The demo district after a merger of two of its communes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer
from nqcore.model.units import Unit, UnitKind
from nqcore.workspace.opening import open_workspace

INTO_ONE = date(2018, 9, 1)
INTO_A_NEW_ONE = date(2018, 10, 1)
BASIS = "Nghị quyết số 5"


def into_one(folder: Path) -> None:
    """Xã Hòa Lợi goes into Xã Vĩnh Thuận on 1 September 2018."""
    _merge(folder, INTO_ONE, "xa-vinh-thuan", "xa-vinh-thuan", "xa-hoa-loi")


def into_a_new_one(folder: Path) -> None:
    """Xã Hòa Lợi and Xã Long Thành become Xã Hòa Long on 1 October 2018."""
    _merge(folder, INTO_A_NEW_ONE, "xa-hoa-long", "xa-hoa-loi", "xa-long-thanh")


def without_a_plan(folder: Path) -> None:
    """Xã Long Thành, which has issued its plan, goes into Xã Hòa Lợi, which has none."""
    _merge(folder, INTO_A_NEW_ONE, "xa-hoa-loi", "xa-hoa-loi", "xa-long-thanh")


def _merge(folder: Path, day: date, target: str, *sources: str) -> None:
    event = ChangeEvent(
        id=f"v-{target}",
        date=day,
        kind=ChangeKind.MERGE,
        basis=BASIS,
        transfers=tuple(Transfer(source=source, target=target) for source in sources),
    )
    with open_workspace(folder) as ws:
        new = Unit(
            code=target,
            name="Xã Hòa Long",
            kind=UnitKind.COMMUNE,
            parent=ws.units["xa-hoa-loi"].parent,
            opened=day,
            basis=BASIS,
        )
        begun = [] if target in ws.units else [new]
        ws.organisation.change_units(event, units=begun, by="vanphong")
