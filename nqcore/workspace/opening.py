"""Opening the workspace in a folder, and making a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from nqcore.clock import Clock, clock_at, system_clock
from nqcore.collection.archive.settings_record import settings_doc
from nqcore.collection.reorganisation.codec import UNIT
from nqcore.collection.settings import (
    SETTINGS_FILE,
    Settings,
    new_id,
    read_settings,
    settings_text,
    write_settings,
)
from nqcore.collection.tables import SETTINGS, UNITS
from nqcore.errors import N_, Phrase, WorkspaceError
from nqcore.model.units import Unit
from nqcore.store import Store, load_key, make_key
from nqcore.store.place import new_place
from nqcore.store.secret import make_secret
from nqcore.workspace.arguments import checked_function
from nqcore.workspace.facade import Workspace

LOCK_SECONDS = 8.0
"""Seconds that a change waits for another writer: a page must answer before a user gives up."""


@checked_function
def open_workspace(
    path: str | Path,
    *,
    clock: Clock | None = None,
    modules: Sequence[tuple[str, object]] = (),
) -> Workspace:
    """Open the workspace in the folder `path`. Raises WorkspaceError, StoreError, DefinitionError.

    `clock` gives the present moment (default: the clock of the machine, for a demo its fixed day).
    `modules` are plugins given directly as (name, module), without being installed: for tests.

    >>> from nqcore.plugin import Unit, UnitKind
    >>> units = [Unit(code="huyen", name="Huyện Tân Hòa", kind=UnitKind.COMMITTEE)]
    >>> nqcore.create("van-phong", units=units).close()
    >>> with nqcore.open("van-phong") as office:
    ...     print(office.root.name)
    Huyện Tân Hòa
    """
    folder = Path(path)
    settings = read_settings(folder)
    if clock is None:
        clock = clock_at(settings.today) if settings.today else system_clock
    store = Store.open(folder, load_key(settings.id), lock_timeout=LOCK_SECONDS)
    try:
        return Workspace(folder, settings, store, clock, modules)
    except BaseException:
        store.close()
        raise


def create_workspace(
    path: str | Path,
    *,
    name: str,
    plugins: Iterable[str],
    root: str,
    units: Iterable[Unit] = (),
    since: date | None = None,
    today: date | None = None,
    by: str = "nq init",
    clock: Clock | None = None,
    modules: Sequence[tuple[str, object]] = (),
) -> Workspace:
    """Make a workspace in the new or empty folder `path` and open it.

    `name`: of the office; `plugins`: which may be loaded; `root`: the code of the unit at the top;
    `units`: the office's own units; `since`: the day from which the office collects; `today`: only for
    a demo, its fixed day; `by`: who is named in the journal. Raises WorkspaceError where the folder is
    not empty or there is no unit `root`, and what `open_workspace` raises.
    """
    folder = Path(path)
    if folder.exists() and any(folder.iterdir()):
        raise WorkspaceError(
            detail=Phrase(N_("{folder} is not empty. Choose a new folder."), {"folder": folder})
        )
    clock = clock or (clock_at(today) if today else system_clock)
    settings = Settings(
        id=new_id(),
        name=name,
        plugins=tuple(sorted(plugins)),
        root=root,
        since=since,
        today=today,
    )
    # Other accounts of the machine may not read the figures of the office.
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    store = Store.create(folder, make_key(settings.id), at=clock(), by=by)
    make_secret(settings.id, new_place(folder))
    settings_file = settings_doc(SETTINGS_FILE, settings_text(settings).encode())
    try:
        own = tuple(units)
        with store.change(by=by, do="add-units" if own else "settings", at=clock()) as change:
            for unit in own:
                change.put(UNITS, unit.code, UNIT.to_doc(unit))
            change.put(SETTINGS, SETTINGS_FILE, settings_file)
    finally:
        store.close()
    write_settings(folder, settings)
    workspace = open_workspace(folder, clock=clock, modules=modules)
    if root not in workspace.units:
        workspace.close()
        raise WorkspaceError(
            detail=Phrase(
                N_("no plugin and no list brings the unit “{root}” at the top"), {"root": root}
            )
        )
    return workspace
