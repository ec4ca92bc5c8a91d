"""Checks of the installation, made before the workspace is opened: keys, folder, backups, serving."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from nqcore.collection.settings import Settings
from nqcore.errors import N_, NqError
from nqcore.files.filesystem import file_system, on_network
from nqcore.store import load_key
from nqcore.store.keys import key_file
from nqcore.store.place import mark_of
from nqcore.store.secret import load_secret, secret_file
from nqcore.workspace.doctor.diagnosis import Diagnosis, Machine, diagnosis

MAX_BACKUP_AGE_DAYS = 7
MIN_FREE_BYTES = 1_000_000_000


def _open_to_others(path: Path, bits: int) -> bool:
    """Whether accounts that are neither the owner nor in the group have one of the permissions `bits`."""
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & bits)


def key_checks(folder: Path, settings: Settings) -> Iterator[Diagnosis]:
    """The key of the journal and the secret of the sessions: present, readable, in a safe place."""
    key = key_file(settings.id)
    try:
        if load_key(settings.id) is None:
            yield diagnosis(
                "key-missing",
                N_(
                    "The key {path} is missing: changes made in the files themselves would not be "
                    "noticed. Put it back from where keys are kept."
                ),
                path=key,
            )
    except NqError as wrong:
        yield diagnosis("key", N_("{detail} Correct it before serving."), detail=wrong)
    try:
        place = mark_of(folder)
        if load_secret(settings.id, place) is None:
            yield diagnosis(
                "secret-missing",
                N_("There is no secret for sessions yet ({path}). Run nq serve once to make it."),
                path=secret_file(settings.id, place),
            )
    except NqError as wrong:
        yield diagnosis("secret", N_("{detail} Correct it before serving."), detail=wrong)
    if key.exists():
        yield from _key_place(key, folder)


def _key_place(key: Path, folder: Path) -> Iterator[Diagnosis]:
    if _open_to_others(key.parent, 0o022):
        yield diagnosis(
            "key-folder",
            N_("Others may write into the keys' folder. Correct it: chmod 700 {path}"),
            path=key.parent,
        )
    if key.parent.resolve().is_relative_to(folder.resolve()):
        yield diagnosis(
            "key-inside",
            N_(
                "The key lies inside the office's folder: who copies or changes the one has the "
                "other. Choose a folder elsewhere and name it in NQ_KEYS."
            ),
        )


def folder_checks(folder: Path, machine: Machine) -> Iterator[Diagnosis]:
    """The folder of the workspace: who may read and write it, its file system, free space."""
    if _open_to_others(folder, 0o007):
        yield diagnosis(
            "folder-open",
            N_(
                "Every account of this machine may read or write the figures. Correct it: chmod o= {path}"
            ),
            path=folder,
        )
    if loose := next(
        (path for path in sorted(folder.rglob("*")) if _open_to_others(path, 0o002)), None
    ):
        yield diagnosis(
            "file-writable",
            N_("Every account of this machine may write {path}. Correct it: chmod o-w {path}"),
            path=loose,
        )
    if not os.access(folder, os.W_OK):
        yield diagnosis(
            "read-only",
            N_("This account may not write into {path}. Correct its owner or the mount."),
            path=folder,
        )
    yield from _disk(folder, machine)


def _disk(folder: Path, machine: Machine) -> Iterator[Diagnosis]:
    if on_network(folder, machine.mounts):
        yield diagnosis(
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
        yield diagnosis(
            "disk",
            N_(
                "Only {megabytes} MB are free on the disk. Delete what is not needed, or get a larger one."
            ),
            megabytes=free // 1_000_000,
        )


def backup_checks(folder: Path, settings: Settings, machine: Machine) -> Iterator[Diagnosis]:
    """The backups: known, recent, on another disk, not readable by every account."""
    if not settings.backups:
        yield diagnosis(
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
        yield diagnosis(
            "backups-none", N_("There is no backup in {path}. Run nq backup."), path=place
        )
        return
    age = machine.now - datetime.fromtimestamp(newest, machine.now.tzinfo)
    if age > timedelta(days=MAX_BACKUP_AGE_DAYS):
        yield diagnosis(
            "backups-old",
            N_(
                "The newest backup is {days} days old. Run nq backup, and see why it does not run daily."
            ),
            days=age.days,
        )
    yield from _backup_place(place, files, folder)


def _backup_place(place: Path, files: Sequence[Path], folder: Path) -> Iterator[Diagnosis]:
    if place.stat().st_dev == folder.stat().st_dev:
        yield diagnosis(
            "backups-here",
            N_(
                "The backups lie on the same disk as the figures: one fault takes both. Choose another disk."
            ),
        )
    if open_file := next((path for path in files if _open_to_others(path, 0o007)), None):
        yield diagnosis(
            "backups-open",
            N_(
                "Every account of this machine may read the backup {path}. Correct it: chmod o= {path}"
            ),
            path=open_file,
        )


def serving_checks(settings: Settings, machine: Machine, local: bool) -> Iterator[Diagnosis]:
    """How the pages are served: debugging, a demo, the account, host names. `local`: no proxy is in
    front."""
    for name in ("FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONINSPECT", "PYTHONBREAKPOINT"):
        if machine.environment.get(name, "") not in ("", "0"):
            yield diagnosis(
                "debug",
                N_("{name} is set: debugging is on. Delete it from the environment."),
                name=name,
            )
    if settings.demo:
        yield diagnosis(
            "demo",
            N_(
                "This is a demo: its passwords are known. Type no real figures; start an office with nq init."
            ),
        )
    if machine.root:
        yield diagnosis(
            "root",
            N_(
                "This runs as root. Choose an account of its own for the office, without other rights."
            ),
        )
    if not local and not settings.hosts:
        yield diagnosis(
            "hosts",
            N_(
                'Any host name is answered. Write hosts = ["NAME"] into workspace.toml, with the name '
                "under which people reach the office."
            ),
        )
