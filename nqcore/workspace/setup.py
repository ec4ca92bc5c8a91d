"""Making the workspace of a new office, ready to collect: `nqcore.create` and `nq init`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from nqcore.catalogue import Plugins, ask_plugins, merge_definitions, put_clashing_aside
from nqcore.catalogue.contributions import Contributions
from nqcore.catalogue.merging import unit_kinds
from nqcore.clock import Clock, clock_at, system_clock
from nqcore.collection.accounts.access import ADMIN_ROLES
from nqcore.collection.accounts.sign_in_links import SignInLink
from nqcore.collection.obligations import Obligations
from nqcore.collection.submissions.office_start import current_start
from nqcore.errors import N_, Phrase, WorkspaceError
from nqcore.model.units import Unit, UnitTree
from nqcore.workspace.arguments import checked_function
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace
from nqcore.workspace.unit_list import UnitList, read_unit_list, read_units


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

    >>> from nqcore.plugin import Unit, UnitKind
    >>> units = [Unit(code="huyen", name="Huyện Tân Hòa", kind=UnitKind.COMMITTEE)]
    >>> with nqcore.create("van-phong", units=units) as office:
    ...     print(office.root.name, office.account("quantri").unit)
    Huyện Tân Hòa huyen
    """
    _check_login(admin)

    def first_account(workspace: Workspace) -> None:
        _add_admin(workspace, admin)

    return _create(
        folder,
        tuple(plugins),
        units,
        name=name,
        root=root,
        since=since,
        today=today,
        clock=clock,
        modules=modules,
        first=first_account,
    )


def _check_login(admin: str) -> None:
    if not admin.strip():
        raise WorkspaceError(
            detail=Phrase(N_("the first account has no login. Give admin a name."))
        )


def _create(
    folder: str | Path,
    plugins: Sequence[str],
    units: str | Path | Iterable[Unit],
    *,
    name: str | None,
    since: date | None,
    first: Callable[[Workspace], object],
    root: str | None = None,
    today: date | None = None,
    clock: Clock | None = None,
    modules: Sequence[tuple[str, object]] = (),
) -> Workspace:
    contributions = _asked(plugins, modules)
    listed = (
        read_units(Path(units), unit_kinds(contributions))
        if isinstance(units, str | Path)
        else tuple(units)
    )
    top = _top_unit(contributions, listed, root)
    clock = clock or (clock_at(today) if today else system_clock)
    return create_workspace(
        folder,
        name=name or top.name,
        plugins=plugins,
        root=top.code,
        units=listed,
        since=since or clock().date().replace(month=1, day=1),
        today=today,
        clock=clock,
        modules=modules,
        first=first,
    )


def _add_admin(workspace: Workspace, login: str) -> None:
    workspace.accounts.add(
        login,
        "Quản trị",
        workspace.settings.root,
        ADMIN_ROLES,
        units=workspace.units,
        by="nq init",
        at=workspace.clock(),
    )


def _asked(plugins: Iterable[str], modules: Sequence[tuple[str, object]]) -> Contributions:
    """What the plugins bring. Raises WorkspaceError for one with a mistake."""
    # In the order in which workspace.toml will list them.
    contributions = ask_plugins(Plugins(sorted(plugins), modules))
    if contributions.faults:
        detail = "; ".join(
            f"{fault.plugin}: {fault.where}: {fault.detail}" for fault in contributions.faults
        )
        raise WorkspaceError(detail=detail)
    return contributions


def _top_unit(contributions: Contributions, listed: Iterable[Unit], root: str | None) -> Unit:
    """The unit `root`, or the only one without a parent. A list or a plugin with a mistake is found
    here, before a file is written: it must not leave half a workspace. Raises WorkspaceError."""
    brought = (unit for _, found in contributions.definitions for unit in found.units)
    tops = {unit.code for unit in (*brought, *listed) if unit.parent is None}
    top = root or (tops.pop() if len(tops) == 1 else "")
    catalogue = merge_definitions(put_clashing_aside(contributions, root=top))
    tree = UnitTree([*catalogue.units.values(), *listed])
    if root is not None:
        if root not in tree:
            raise WorkspaceError(
                detail=Phrase(
                    N_("no plugin and no list brings the unit “{root}” at the top"), {"root": root}
                )
            )
        return tree[root]
    if len(tree.roots) != 1:
        found = ", ".join(top.code for top in tree.roots) or Phrase(N_("none"))
        raise WorkspaceError(
            detail=Phrase(
                N_(
                    "the units need exactly one at the top, found: {found}. Give a list of units "
                    "(--units FILE) with a parent for every other unit."
                ),
                {"found": found},
            )
        )
    return tree.roots[0]


def _current_start(contributions: Contributions, today: date) -> date:
    """The first day of the period that the forms of the plugins are asked for now."""
    catalogue = merge_definitions(put_clashing_aside(contributions))
    return current_start(Obligations(catalogue), catalogue.forms.values(), today)


class NewOffice(NamedTuple):
    """A workspace that was made, the link for its first account, and what was noted of its list of units."""

    workspace: Workspace
    link: SignInLink
    notes: tuple[Phrase, ...]


def set_up_workspace(
    folder: Path,
    *,
    plugins: Sequence[str],
    units: Path | None = None,
    name: str | None = None,
    admin: str = "quantri",
    since: date | None = None,
) -> NewOffice:
    """Make the workspace as `create` does, and the link that opens its first account. Without the link
    nothing is left behind either. Without `since` reports are owed from the period that runs now: what was
    past due before the office had the program is not late in it."""
    _check_login(admin)
    listed, asked = UnitList(units=()), _asked(plugins, ())
    if units is not None:
        listed = read_unit_list(units, unit_kinds(asked))
    since = since or _current_start(asked, system_clock().date())
    links = []

    def first_account(workspace: Workspace) -> None:
        _add_admin(workspace, admin)
        links.append(workspace.accounts.link(admin, by="nq init", at=workspace.clock()))

    workspace = _create(folder, plugins, listed.units, name=name, since=since, first=first_account)
    return NewOffice(workspace, links[0], listed.notes)
