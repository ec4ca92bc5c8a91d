"""From nothing to a workspace that can collect: `nqcore.create` and `nq init`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from nqcore.catalogue import Plugins, build_catalogue
from nqcore.clock import Clock, clock_at, system_clock
from nqcore.collection.accounts.access import ADMIN_ROLES
from nqcore.collection.accounts.sign_in_links import SignInLink
from nqcore.errors import N_, InputError, WorkspaceError
from nqcore.files.incoming import CSV, load_text
from nqcore.model.units import Sector, Unit, UnitKind, UnitTree
from nqcore.text.folding import fold, nfc, slug
from nqcore.workspace.arguments import checked_function
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace

UNIT_KINDS: Mapping[str, tuple[UnitKind, Sector | None]] = {
    "huyen": (UnitKind.COMMITTEE, None),
    "huyen uy": (UnitKind.COMMITTEE, None),
    "tinh uy": (UnitKind.COMMITTEE, None),
    "dang uy": (UnitKind.COMMITTEE, None),
    "cap uy": (UnitKind.COMMITTEE, None),
    "uy ban nhan dan": (UnitKind.AUTHORITY, None),
    "ubnd": (UnitKind.AUTHORITY, None),
    "chinh quyen": (UnitKind.AUTHORITY, None),
    "xa": (UnitKind.COMMUNE, None),
    "phuong": (UnitKind.COMMUNE, None),
    "thi tran": (UnitKind.COMMUNE, None),
    "dac khu": (UnitKind.COMMUNE, None),
    "dia phuong": (UnitKind.COMMUNE, None),
    "co quan": (UnitKind.AGENCY, None),
    "don vi": (UnitKind.AGENCY, None),
    "phong": (UnitKind.AGENCY, None),
    "doan the": (UnitKind.ORGANISATION, None),
    "ban chi dao": (UnitKind.STEERING, None),
    "doanh nghiep nha nuoc": (UnitKind.ENTERPRISE, Sector.STATE),
    "doanh nghiep": (UnitKind.ENTERPRISE, Sector.NON_STATE),
    "doanh nghiep ngoai nha nuoc": (UnitKind.ENTERPRISE, Sector.NON_STATE),
    "hop tac xa": (UnitKind.COOPERATIVE, Sector.NON_STATE),
}
"""Kinds as offices write them, folded (no accents, small letters), besides our own words."""

COLUMN_TITLES = {
    "code": ("code", "ma", "ma don vi"),
    "name": ("name", "ten", "ten don vi"),
    "kind": ("kind", "loai", "loai don vi"),
    "parent": ("parent", "cap tren", "truc thuoc", "ma cap tren"),
    "sector": ("sector", "khu vuc"),
}


class BadUnitList(InputError):
    """A row of the office's list cannot be taken; nothing was made."""

    code = "bad-unit-list"
    template = N_("{file}, row {row}: {detail}")

    def __init__(self, *, file: str, row: int, detail: str) -> None:
        super().__init__(file=file, row=row, detail=detail)


@checked_function
def create(
    folder: str | Path,
    *,
    plugins: Iterable[str] = (),
    units: str | Path | Iterable[Unit] = (),
    admin: str = "quantri",
    name: str | None = None,
    root: str | None = None,
    since: date | None = None,
    today: date | None = None,
    clock: Clock | None = None,
    modules: Sequence[tuple[str, object]] = (),
) -> Workspace:
    """Make a workspace in the new or empty `folder` and open it. The account `admin` may enter, send,
    accept and manage for all units at once; `ws.accounts.link` or `nq user link` lets its user sign in
    on the web pages. Raises WorkspaceError, BadUnitList, FileRefused, BrokenTree, OSError; then nothing
    is left behind.

    `units` are the office's own units, or the file of its list (.csv or .xlsx); the units of plugins
    need no list. `root`, at the top of reports, is the only unit without a parent, and `name` is the
    name of that unit, if they are not given. Reports are owed from `since` on: 1 January of this year,
    if it is not given. `modules` are plugins that are not installed, as (name, module), or (name,
    Definitions) from `nqcore.plugin.parse_definitions`; give them to `nqcore.open` too. `today` keeps
    the workspace on one day, for a demo; `clock` gives the present moment.
    """
    if not admin.strip():
        raise WorkspaceError(detail="the first account has no login. Give admin a name.")
    plugins = tuple(plugins)
    listed = read_units(Path(units)) if isinstance(units, str | Path) else tuple(units)
    top = _top_unit(plugins, modules, listed, root)
    clock = clock or (clock_at(today) if today else system_clock)
    workspace = create_workspace(
        folder,
        name=name or top.name,
        plugins=plugins,
        root=top.code,
        units=listed,
        since=since or clock().date().replace(month=1, day=1),
        today=today,
        clock=clock,
        modules=modules,
    )
    workspace.accounts.add(
        admin,
        "Quản trị",
        top.code,
        ADMIN_ROLES,
        units=workspace.units,
        by="nq init",
        at=clock(),
    )
    return workspace


def _top_unit(
    plugins: Iterable[str],
    modules: Sequence[tuple[str, object]],
    listed: Iterable[Unit],
    root: str | None,
) -> Unit:
    """The unit `root`, or the only one without a parent. A list or a plugin with a mistake is found
    here, before a file is written: it must not leave half a workspace. Raises WorkspaceError."""
    catalogue = build_catalogue(Plugins(plugins, modules))
    if catalogue.faults:
        said = "; ".join(
            f"{fault.plugin}: {fault.where}: {fault.detail}" for fault in catalogue.faults
        )
        raise WorkspaceError(detail=said)
    tree = UnitTree([*catalogue.units.values(), *listed])
    if root is not None:
        if root not in tree:
            raise WorkspaceError(
                detail=f"no plugin and no list brings the unit “{root}” at the top"
            )
        return tree[root]
    if len(tree.roots) != 1:
        found = ", ".join(top.code for top in tree.roots) or "none"
        raise WorkspaceError(
            detail=f"the units need exactly one at the top, found: {found}. "
            "Give a list of units (--units FILE) with a parent for every other unit."
        )
    return tree.roots[0]


def set_up_workspace(
    folder: Path,
    *,
    plugins: Sequence[str],
    units: Path | None = None,
    name: str | None = None,
    admin: str = "quantri",
    since: date | None = None,
) -> tuple[Workspace, SignInLink]:
    """Make the workspace as `create` does, and the link that opens its first account."""
    workspace = create(
        folder, plugins=plugins, units=units or (), name=name, admin=admin, since=since
    )
    return workspace, workspace.accounts.link(admin, by="nq init", at=workspace.clock())


def read_units(path: Path) -> tuple[Unit, ...]:
    """The office's list, .csv or .xlsx. Raises BadUnitList, FileRefused."""
    rows = _xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    found: list[Unit] = []
    columns: dict[str, int] = {}
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if not columns:
            columns = _find_columns(path, number, row)
            continue
        found.append(
            _read_unit(
                path,
                number,
                {key: row[at] if at < len(row) else "" for key, at in columns.items()},
                found,
            )
        )
    known = {unit.code: unit for unit in found}
    for unit in found:
        if unit.parent is not None and unit.parent not in known:
            raise BadUnitList(
                file=path.name,
                row=unit.order,
                detail=f"its parent “{unit.parent}” is not in the list. Add it or correct the code.",
            )
    return tuple(found)


def _find_columns(path: Path, number: int, row: Sequence[str]) -> dict[str, int]:
    folded = [fold(cell).strip() for cell in row]
    columns = {
        key: next((folded.index(name) for name in names if name in folded), -1)
        for key, names in COLUMN_TITLES.items()
    }
    if missing := [key for key in ("code", "name", "kind", "parent") if columns[key] < 0]:
        raise BadUnitList(
            file=path.name,
            row=number,
            detail=f"the heading names no column {', '.join(missing)}. Write: code, name, kind, parent.",
        )
    return {key: at for key, at in columns.items() if at >= 0}


def _read_unit(path: Path, number: int, row: Mapping[str, str], before: Iterable[Unit]) -> Unit:
    def wrong(detail: str) -> BadUnitList:
        return BadUnitList(file=path.name, row=number, detail=detail)

    name, code = nfc(row["name"]).strip(), row["code"].strip()
    if not name:
        raise wrong("the name is empty. Write it.")
    if not code:
        raise wrong(f"the code is empty. Write one, such as {slug(name)}.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", code):
        raise wrong(
            f"the code “{code}” may hold small letters without accents, digits, “.” and “-” only, "
            f"such as {slug(name)}."
        )
    if any(unit.code == code for unit in before):
        raise wrong(f"the code “{code}” stands twice. Give every unit its own.")
    kind_text = fold(row["kind"]).strip()
    try:
        kind, sector = UNIT_KINDS.get(kind_text) or (UnitKind(row["kind"].strip().lower()), None)
        sector_text = fold(row.get("sector", "")).strip()
        if sector_text:
            state = sector_text in ("state", "nha nuoc", "khu vuc nha nuoc")
            sector = Sector.STATE if state else Sector.NON_STATE
    except ValueError:
        raise wrong(
            f"the kind “{row['kind']}” is not known. Write xã, cơ quan, đoàn thể, doanh nghiệp …"
        ) from None
    if kind in (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE) and sector is None:
        sector = Sector.NON_STATE
    return Unit(
        code=code,
        name=name,
        kind=kind,
        sector=sector,
        parent=row["parent"].strip() or None,
        basis="danh sách của cơ quan",
        order=number,
    )


def _csv_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    text = load_text(path, CSV)
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    for row in reader:
        yield reader.line_num, row


def _xlsx_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    from nqcore.files.xlsx_rows import read_sheet

    yield from enumerate(read_sheet(path), 1)
