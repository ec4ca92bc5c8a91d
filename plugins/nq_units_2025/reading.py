"""The plugin's tables as units and changes; they are read once, when they are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files

from nqcore.plugin import ChangeEvent, ChangeKind, Definitions, Transfer, Unit, UnitKind

DAY = date(2025, 7, 1)
ROOT = "viet-nam"

OLD_LIST = "Quyết định số 124/2004/QĐ-TTg (danh mục đơn vị hành chính)"
PROVINCES = "Nghị quyết số 202/2025/QH15 về việc sắp xếp đơn vị hành chính cấp tỉnh"
COMMUNES = (
    "Nghị quyết của Ủy ban Thường vụ Quốc hội về việc sắp xếp các đơn vị hành chính cấp xã của {}"
    " năm 2025; Luật số 72/2025/QH15"
)


def rows(table: str) -> list[list[str]]:
    """The rows of one of the plugin's tables."""
    text = (files("nq_units_2025") / f"{table}.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()]


@cache
def everything() -> Definitions:
    """All units, old and new, and the changes between them."""
    areas = rows("areas")
    new_provinces = {code: name for what, code, name, _ in areas if what == "new"}
    goes_on = {code for what, code, _, how in areas if what == "new" and how == "goes on"}
    provinces = {code: _province(code, new=code not in goes_on) for code in new_provinces}
    root = Unit(code=ROOT, name="Việt Nam", kind=UnitKind.AUTHORITY, basis="Hiến pháp")
    units = [root, *_areas(areas, goes_on)]
    changes = list(_merged_provinces(areas, provinces, goes_on))
    new = rows("new")
    stays = {code for code, _, _, how in new if how}
    sources: dict[str, list[str]] = {}
    for code, district, name, targets in rows("old"):
        district_id = f"huyen-{district}-2004"
        if code.startswith("district"):
            id = district_id
        else:
            id = commune(code, new=False)
            units.append(
                Unit(
                    code=id,
                    name=name,
                    kind=UnitKind.COMMUNE,
                    parent=district_id,
                    closed=None if targets in stays else DAY,
                    basis=OLD_LIST,
                    order=int(code),
                    ids=(("gso", code),),
                )
            )
        for target in targets.split():
            sources.setdefault(target, []).append(id)
    for code, province, name, _ in new:
        basis = COMMUNES.format(new_provinces[province])
        if code in stays:
            changes.append(
                ChangeEvent(
                    id=f"sap-xep-2025.{code}",
                    date=DAY,
                    kind=ChangeKind.MOVE,
                    basis=basis,
                    unit=sources[code][0],
                    name=name,
                    parent=provinces[province],
                )
            )
            continue
        unit = Unit(
            code=commune(code, new=True),
            name=name,
            kind=UnitKind.COMMUNE,
            parent=provinces[province],
            opened=DAY,
            basis=basis,
            order=int(code),
            ids=(("gso", code),),
        )
        units.append(unit)
        changes.append(_merge(f"sap-xep-2025.{code}", basis, sources[code], unit.code))
    return Definitions(units=tuple(units), changes=tuple(changes))


def commune(code: str, *, new: bool) -> str:
    """The code of a commune: the statistical code with the year of the list that has it for this
    commune. The statistical code alone is ambiguous: 3,316 of the new ones were those of old communes."""
    return f"xa-{code}-{2025 if new else 2004}"


def _province(code: str, *, new: bool) -> str:
    return f"tinh-{code}-{2025 if new else 2004}"


def _merge(id: str, basis: str, sources: Iterable[str], target: str) -> ChangeEvent:
    # The parts of divided communes were not published: no shares.
    transfers = tuple(Transfer(source=source, target=target) for source in sources)
    return ChangeEvent(id=id, date=DAY, kind=ChangeKind.MERGE, basis=basis, transfers=transfers)


def _areas(areas: Iterable[list[str]], goes_on: set[str]) -> Iterator[Unit]:
    """The old and new provinces, and the districts."""
    for what, code, name, other in areas:
        closed: date | None
        kept = (code if what == "new" else other) in goes_on
        if what == "district":
            ids, parent, closed = f"huyen-{code}-2004", _province(other, new=False), DAY
        elif what == "new" and kept:
            continue  # it is among the old ones, and continues
        else:
            ids, parent = _province(code, new=what == "new"), ROOT
            closed = None if what == "new" or kept else DAY
        yield Unit(
            code=ids,
            name=name,
            kind=UnitKind.AUTHORITY,
            parent=parent,
            opened=DAY if what == "new" else None,
            closed=closed,
            basis=PROVINCES if what == "new" else OLD_LIST,
            order=int(code),
            ids=(("gso", code),),
        )


def _merged_provinces(
    areas: Iterable[list[str]], provinces: dict[str, str], goes_on: set[str]
) -> Iterator[ChangeEvent]:
    sources: dict[str, list[str]] = {}
    for what, code, _, target in areas:
        if what == "old" and target not in goes_on:
            sources.setdefault(target, []).append(_province(code, new=False))
    for target, several in sources.items():
        yield _merge(f"sap-nhap-tinh-2025.{target}", PROVINCES, several, provinces[target])
