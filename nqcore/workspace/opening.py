"""Opening the workspace in a folder, and making a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from nqcore.clock import Clock, clock_at, system_clock
from nqcore.collection.archive.settings_record import settings_doc
from nqcore.collection.reorganisation.codec import UNIT, unit_version
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
from nqcore.workspace.whole_or_nothing import whole_or_nothing

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
    first: Callable[[Workspace], object] = lambda _workspace: None,
) -> Workspace:
    """Make a workspace in the new or empty folder `path` and open it.

    `name`: of the office; `plugins`: which may be loaded; `root`: the code of the unit at the top;
    `units`: the office's own units; `since`: the day from which the office collects; `today`: only for
    a demo, its fixed day; `by`: who is named in the journal; `first`: what is done in it before it counts as
    made. Raises WorkspaceError where the folder is not empty, a disk is full or there is no unit `root`, and
    what `open_workspace` and `first` raise. Then nothing of it is left.
    """
    folder = Path(path)
    clock = clock or (clock_at(today) if today else system_clock)
    settings = Settings(
        id=new_id(),
        name=name,
        plugins=tuple(sorted(plugins)),
        root=root,
        since=since,
        today=today,
    )
    with whole_or_nothing(folder, settings.id):
        _write(folder, settings, tuple(units), by, clock)
        workspace = open_workspace(folder, clock=clock, modules=modules)
        try:
            if root not in workspace.units:
                raise WorkspaceError(
                    detail=Phrase(
                        N_("no plugin and no list brings the unit “{root}” at the top"),
                        {"root": root},
                    )
                )
            first(workspace)
        except BaseException:
            workspace.close()
            raise
    return workspace


def _write(folder: Path, settings: Settings, units: Sequence[Unit], by: str, clock: Clock) -> None:
    store = Store.create(folder, make_key(settings.id), at=clock(), by=by)
    try:
        make_secret(settings.id, new_place(folder))
        settings_file = settings_doc(SETTINGS_FILE, settings_text(settings).encode())
        with store.change(by=by, do="add-units" if units else "settings", at=clock()) as change:
            for unit in units:
                version = unit_version(unit.kind)
                change.put(UNITS, unit.code, UNIT.to_doc(unit), version=version)
            change.put(SETTINGS, SETTINGS_FILE, settings_file)
    finally:
        store.close()
    write_settings(folder, settings)
