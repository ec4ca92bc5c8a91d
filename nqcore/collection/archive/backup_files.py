"""Which files of a workspace a backup copies: every one, or the backup is refused and names it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from nqcore.collection.archive.backup_format import (
    MADE_ANEW,
    BackupRefused,
    shown,
    why_not_a_name,
)
from nqcore.collection.tables import EVIDENCE
from nqcore.errors import N_, Phrase
from nqcore.store.store import FOLDER


def files_to_copy(folder: Path) -> Iterator[Path]:
    """Every file except the journal's segments and the files that are made anew. Raises BackupRefused for
    anything that is neither a file nor a folder, and for a name that cannot be restored; only `evidence/`
    may be a link to a folder."""
    evidence = folder / EVIDENCE
    if evidence.is_symlink() and not evidence.is_dir():
        raise BackupRefused(
            detail=Phrase(
                N_(
                    "{evidence} is a link that leads to no folder ({target}). Connect that disk, "
                    "or correct the link."
                ),
                {"evidence": evidence, "target": os.readlink(evidence)},
            )
        )
    for path in _files_under(folder):
        in_journal = path.parent == folder / FOLDER
        if in_journal and (path.suffix in (".nqj", ".new") or path.name in MADE_ANEW):
            continue
        if unfinished(path.name):
            continue
        if why := why_not_a_name(name_inside(folder, path)):
            raise BackupRefused(
                detail=Phrase(
                    N_("{path} {why}. Give it another name, or put it elsewhere."),
                    {"path": shown(str(path)), "why": why},
                )
            )
        yield path


def _files_under(folder: Path, top: bool = True) -> Iterator[Path]:
    """The files under `folder`, sorted by name. Unlike `rglob` it raises OSError for a folder that cannot
    be read. `top`: `folder` is the workspace itself."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=top and entry.name == EVIDENCE):
            yield from _files_under(path, top=False)
        elif entry.is_file(follow_symlinks=False):
            yield path
        elif entry.is_symlink():
            raise BackupRefused(
                detail=Phrase(
                    N_(
                        "{path} is a symbolic link. Put the file or folder itself there, or delete the "
                        "link. (Only {evidence} may be a link to a folder.)"
                    ),
                    {"path": path, "evidence": EVIDENCE},
                )
            )
        else:
            raise BackupRefused(
                detail=Phrase(
                    N_("{path} is neither a file nor a folder. Delete it."), {"path": path}
                )
            )


def unfinished(name: str) -> bool:
    """Whether this is the temporary name of a file that is still being written."""
    return name.startswith(".") and name.endswith(".new")


def name_inside(folder: Path, path: Path) -> str:
    """The name of the file in the archive: its path in the workspace."""
    return path.relative_to(folder).as_posix()
