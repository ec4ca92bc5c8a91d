"""The office that is broken: the model district, one account per client, reports enough for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.collection.settings import read_settings
from nqcore.collection.tables import REVISIONS
from nqcore.model.submissions import submission_id
from nqcore.model.units import Unit, UnitKind
from nqcore.store import Store, load_key
from nqcore.workspace.demo import PLUGINS
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace

PASSWORD = "mat-khau-cua-ky-thu"
REVIEWER = "duyet"
FORM = "res20.q"
QUARTERS = tuple(f"{year}-Q{quarter}" for year in range(2008, 2018) for quarter in range(1, 5))


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who sends reports: their login and the reports that nobody else touches."""

    login: str
    unit: str
    reports: tuple[str, ...]


def make_office(folder: Path, clerks: int, more_units: int = 0) -> tuple[Clerk, ...]:
    """A workspace in `folder` with that many clerks and one reviewer; every password is PASSWORD."""
    units = [
        Unit(
            code=f"xa-them-{n}",
            name=f"Xã Thêm {n}",
            kind=UnitKind.COMMUNE,
            parent="huyen",
            order=1000 + n,
        )
        for n in range(more_units)
    ]
    with create_workspace(
        folder, name="Huyện thử", plugins=PLUGINS, root="huyen", units=units, since=date(2008, 1, 1)
    ) as ws:
        hashed = hash_password(PASSWORD)
        found = _clerks(ws, clerks)
        people = [(each.login, each.unit, Role.ENTER) for each in found]
        for login, unit, role in (*people, (REVIEWER, "huyen", Role.APPROVE)):
            ws.accounts.add(
                login, login, unit, [role], units=ws.units, by="kit", at=ws.clock(), hashed=hashed
            )
    return found


def _clerks(ws: Workspace, count: int) -> tuple[Clerk, ...]:
    form = ws.catalogue.form(FORM)
    owed: dict[str, list[str]] = {}
    for code in QUARTERS:
        for unit in ws.obligations.owed(form, ws.obligations.period(form, code)):
            owed.setdefault(unit.code, []).append(submission_id(code, FORM, unit.code))
    units = sorted(unit for unit, reports in owed.items() if len(reports) == len(QUARTERS))
    each_has = -(-count // len(units))  # clerks per unit share out its reports
    return tuple(
        Clerk(f"can-bo-{n}", unit, tuple(owed[unit][n // len(units) :: each_has]))
        for n in range(count)
        for unit in [units[n % len(units)]]
    )


def figures_of(number: int, names: tuple[str, ...]) -> dict[str, str]:
    """Figures that tell one submission from every other: the n-th box holds `number` + n."""
    return {name: str(number + place) for place, name in enumerate(names)}


def stored(folder: Path) -> dict[str, dict[str, str]]:
    """Every revision's figures and texts by revision id ("<report>#<n>"), opened anew and fully checked."""
    with open_store(folder) as store:
        return {
            str(doc.doc_id): {
                **doc["answers"].get("figures", {}),
                **doc["answers"].get("texts", {}),
            }
            for doc in store.table(REVISIONS)
        }


def open_store(folder: Path) -> Store:
    """The workspace's store without its plugins."""
    return Store.open(folder, load_key(read_settings(folder).id))


def by_figures(found: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], Mapping[str, str]]:
    """Revisions by (report, first figure), which is how a clerk knows their own."""
    return {
        (id.rpartition("#")[0], next(iter(figures.values()))): figures
        for id, figures in found.items()
        if figures
    }
