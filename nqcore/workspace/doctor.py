"""``nq doctor``: is this office's installation as it should be before people rely on it?

Every check that finds something says what to do. What is looked at: the key and the sessions' secret,
who may read the folder, the file system, room, backups, debugging, host names, plugins, accounts, the
clock, and (with an address) what the proxy in front adds or takes away.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from nqcore.catalogue.loading import allowed
from nqcore.collection.accounts.access import Action
from nqcore.collection.settings import Settings, read_settings
from nqcore.errors import N_, NqError
from nqcore.files.filesystem import file_system, on_network
from nqcore.store import load_key
from nqcore.store.keys import key_file
from nqcore.store.secret import load_secret, secret_file
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace

MAX_BACKUP_AGE_DAYS = 7
MIN_FREE_BYTES = 1_000_000_000
"""Bytes that should be free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing that is not as it should be, and what to do."""

    code: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def message(self, translate: Callable[[str], str] = str) -> str:
        """The sentence for a reader."""
        return translate(self.template).format(**self.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the checks ask of the machine; tests give their own."""

    now: datetime
    environment: Mapping[str, str]
    root: bool
    mounts: str | None = None
    free: int | None = None

    @staticmethod
    def this(now: datetime) -> Machine:
        """The one we run on."""
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        return Machine(now=now, environment=os.environ, root=root)


def _diagnosis(code: str, template: str, **params: object) -> Diagnosis:
    return Diagnosis(code=code, template=template, params=params)


def examine(folder: Path, machine: Machine, *, local: bool = False) -> tuple[Diagnosis, ...]:
    """Everything that is found. `local`: only this machine's own people use it, so that no proxy
    stands in front. Raises WorkspaceError where there is no workspace."""
    settings = read_settings(folder)
    found = [
        *_keys(folder, settings),
        *_folder(folder, machine),
        *_backups(folder, settings, machine),
        *_serving(settings, machine, local),
    ]
    try:
        workspace = open_workspace(folder)
    except NqError as wrong:
        found.append(
            _diagnosis(
                "opening", N_("The office cannot be opened: {detail} Run: nq verify"), detail=wrong
            )
        )
        return tuple(found)
    with workspace:
        return (*found, *_plugins(workspace), *_accounts(workspace), *_clock(workspace, machine))


def _open_to_others(path: Path, bits: int) -> bool:
    """Whether accounts that are neither owner nor group have one of `bits`."""
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & bits)


def _keys(folder: Path, settings: Settings) -> Iterator[Diagnosis]:
    key = key_file(settings.id)
    try:
        if load_key(settings.id) is None:
            yield _diagnosis(
                "key-missing",
                N_(
                    "The key {path} is missing: changes made in the files themselves would not be "
                    "noticed. Put it back from where keys are kept."
                ),
                path=key,
            )
    except NqError as wrong:
        yield _diagnosis("key", N_("{detail} Correct it before serving."), detail=wrong)
    try:
        if load_secret(settings.id, folder) is None:
            yield _diagnosis(
                "secret-missing",
                N_("There is no secret for sessions yet ({path}). Run nq serve once to make it."),
                path=secret_file(settings.id, folder),
            )
    except NqError as wrong:
        yield _diagnosis("secret", N_("{detail} Correct it before serving."), detail=wrong)
    if key.exists():
        if _open_to_others(key.parent, 0o022):
            yield _diagnosis(
                "key-folder",
                N_("Others may write into the keys' folder. Correct it: chmod 700 {path}"),
                path=key.parent,
            )
        if key.parent.resolve().is_relative_to(folder.resolve()):
            yield _diagnosis(
                "key-inside",
                N_(
                    "The key lies inside the office's folder: who copies or changes the one has the "
                    "other. Choose a folder elsewhere and name it in NQ_KEYS."
                ),
            )


def _folder(folder: Path, machine: Machine) -> Iterator[Diagnosis]:
    if _open_to_others(folder, 0o007):
        yield _diagnosis(
            "folder-open",
            N_(
                "Every account of this machine may read or write the figures. Correct it: chmod o= {path}"
            ),
            path=folder,
        )
    if loose := next(
        (path for path in sorted(folder.rglob("*")) if _open_to_others(path, 0o002)), None
    ):
        yield _diagnosis(
            "file-writable",
            N_("Every account of this machine may write {path}. Correct it: chmod o-w {path}"),
            path=loose,
        )
    if not os.access(folder, os.W_OK):
        yield _diagnosis(
            "read-only",
            N_("This account may not write into {path}. Correct its owner or the mount."),
            path=folder,
        )
    if on_network(folder, machine.mounts):
        yield _diagnosis(
            "network",
            N_(
                "{path} lies on a network file system ({kind}), where neither locks nor fsync hold. "
                "Choose a disk of this machine."
            ),
            path=folder,
            kind=file_system(folder, machine.mounts),
        )
    free = shutil.disk_usage(folder).free if machine.free is None else machine.free
    if free < MIN_FREE_BYTES:
        yield _diagnosis(
            "disk",
            N_(
                "Only {megabytes} MB are free on the disk. Delete what is not needed, or get a larger one."
            ),
            megabytes=free // 1_000_000,
        )


def _backups(folder: Path, settings: Settings, machine: Machine) -> Iterator[Diagnosis]:
    if not settings.backups:
        yield _diagnosis(
            "backups-unknown",
            N_(
                'Nobody has said where backups go. Write backups = "FOLDER" into workspace.toml and '
                "run nq backup every day."
            ),
        )
        return
    place = folder / settings.backups
    files = [path for path in place.glob("*") if path.is_file()] if place.is_dir() else []
    newest = max((path.stat().st_mtime for path in files), default=None)
    if newest is None:
        yield _diagnosis(
            "backups-none", N_("There is no backup in {path}. Run nq backup."), path=place
        )
        return
    age = machine.now - datetime.fromtimestamp(newest, machine.now.tzinfo)
    if age > timedelta(days=MAX_BACKUP_AGE_DAYS):
        yield _diagnosis(
            "backups-old",
            N_(
                "The newest backup is {days} days old. Run nq backup, and see why it does not run daily."
            ),
            days=age.days,
        )
    if place.stat().st_dev == folder.stat().st_dev:
        yield _diagnosis(
            "backups-here",
            N_(
                "The backups lie on the same disk as the figures: one fault takes both. Choose another disk."
            ),
        )
    if open_file := next((path for path in files if _open_to_others(path, 0o007)), None):
        yield _diagnosis(
            "backups-open",
            N_(
                "Every account of this machine may read the backup {path}. Correct it: chmod o= {path}"
            ),
            path=open_file,
        )


def _serving(settings: Settings, machine: Machine, local: bool) -> Iterator[Diagnosis]:
    for name in ("FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONINSPECT", "PYTHONBREAKPOINT"):
        if machine.environment.get(name, "") not in ("", "0"):
            yield _diagnosis(
                "debug",
                N_("{name} is set: debugging is on. Delete it from the environment."),
                name=name,
            )
    if settings.demo:
        yield _diagnosis(
            "demo",
            N_(
                "This is a demo: its passwords are known. Type no real figures; start an office with nq init."
            ),
        )
    if machine.root:
        yield _diagnosis(
            "root",
            N_(
                "This runs as root. Choose an account of its own for the office, without other rights."
            ),
        )
    if not local and not settings.hosts:
        yield _diagnosis(
            "hosts",
            N_(
                'Any host name is answered. Write hosts = ["NAME"] into workspace.toml, with the name '
                "under which people reach the office."
            ),
        )


def _plugins(ws: Workspace) -> Iterator[Diagnosis]:
    for fault in ws.faults:
        yield _diagnosis(
            "plugin", N_("Plugin {fault}. Correct it, or take it off the list."), fault=fault
        )
    for lost in ws.catalogue.unresolved:
        yield _diagnosis(
            "unresolved",
            N_(
                "{owner}: {what} points to the {kind} “{missing}”, which nobody brings. Correct it."
            ),
            owner=lost.owner,
            what=lost.what,
            kind=lost.kind,
            missing=lost.missing,
        )
    ours = {p.name for p in ws.catalogue.plugins if p.distribution == "nqcore"}
    for name, version in map(allowed, ws.settings.plugins):
        if not version and name not in ours:
            yield _diagnosis(
                "plugin-version",
                N_(
                    "Plugin {name} is allowed in any version. Write “{name}==VERSION” into "
                    "workspace.toml, so that only what was looked at is loaded."
                ),
                name=name,
            )


def _accounts(ws: Workspace) -> Iterator[Diagnosis]:
    people = [account for account in ws.accounts.all() if not account.locked]
    managing = [a for a in people if a.may(Action.MANAGE, ws.settings.root, ws.units)]
    if not [a for a in managing if a.password]:
        yield _diagnosis(
            "no-admin",
            N_(
                "No administrator has set a password yet. Open the one-time link: nq user link LOGIN"
            ),
        )
    for account in people:
        if account.password and not account.password.startswith("$argon2id$"):
            yield _diagnosis(
                "weak-hash",
                N_(
                    "The password of {login} is kept in a weak form. Give a new link: nq user link {login}"
                ),
                login=account.login,
            )
        if account.unit not in ws.units:
            yield _diagnosis(
                "lost-account",
                N_(
                    "The unit of {login} does not exist. Check it, and lock him: nq user lock {login}."
                ),
                login=account.login,
            )


def _clock(ws: Workspace, machine: Machine) -> Iterator[Diagnosis]:
    if ws.store.version == 0:
        return
    last = datetime.fromisoformat(ws.store.journal.record(ws.store.version).at)
    if last > machine.now + timedelta(minutes=5) and not ws.settings.demo:
        yield _diagnosis(
            "clock",
            N_("The last change was made at {last}, after this machine's time. Check its clock."),
            last=last.isoformat(timespec="minutes"),
        )
