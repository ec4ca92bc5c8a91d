"""Read the archive of a backup: check it as a file from outside, and unpack it."""

from __future__ import annotations

import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from nqcore.collection.archive.backup_format import (
    COMMENT,
    MANIFEST,
    MAX_MANIFEST,
    Backup,
    BackupDamaged,
    BackupRefused,
    FileEntry,
    Manifest,
    read_manifest,
    shown,
    why_not_these_names,
)
from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.settings import SETTINGS_FILE, Settings, read_settings
from nqcore.errors import N_, DefinitionError, Phrase, WorkspaceError
from nqcore.store import load_key
from nqcore.store.cut import cut_journal
from nqcore.store.files import sync_folder
from nqcore.store.store import FOLDER

BLOCK = 1 << 20
SPARE = 16_000_000
"""Bytes that stay free on the disk after a backup is unpacked."""
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    OverflowError,
    NotImplementedError,
)
"""What `zipfile` and the checks here raise for an archive that is not what `nq backup` writes."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FLAGS = 0x80E
"""Bits that `zipfile` sets when it writes: how the sizes and the name are given. Others are encryption."""


def unpack(file: Path, into: Path, *, until: int | date | None = None, named: Path) -> Backup:
    """Unpack the archive `file` into the new folder `into`, check everything, and leave out the records
    after `until`. `named` is the file that a message names.

    Raises BackupDamaged, BackupRefused (no room for it), StoreError (no record `until`)."""
    into.mkdir(mode=0o700)
    try:
        with _opened(file) as (archive, digest, size):
            manifest = _manifest(archive)
            _require_room(into, manifest)
            for name, entry in manifest.files.items():
                _unpack_one(archive, into, name, entry)
        settings = _settings(into, manifest)
    except UNREADABLE as wrong:
        raise BackupDamaged(file=str(named), detail=_why(wrong)) from wrong
    for path in sorted(into.rglob("*"), reverse=True):
        if path.is_dir():
            sync_folder(path)
    sync_folder(into)
    done = Backup(
        file=named,
        workspace=manifest.workspace,
        seq=manifest.seq,
        hash=manifest.hash,
        at=manifest.at,
        key=manifest.key,
        files=len(manifest.files),
        bytes=size,
        sha256=digest,
    )
    return _checked(into, settings, done, until)


def _why(wrong: Exception) -> Phrase:
    """What is wrong with the archive. What a foreign reader says is English only: its kind is named."""
    reason = wrong.args[0] if wrong.args else None
    if isinstance(reason, Phrase):
        return reason
    return Phrase(N_("it cannot be unpacked ({kind})"), {"kind": type(wrong).__name__})


def manifest_of(file: Path) -> Manifest:
    """The manifest of the archive, whose bytes are compared with its digest first. Raises one of
    UNREADABLE, OSError."""
    with _opened(file) as (archive, _, _):
        return _manifest(archive)


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, str, int]]:
    """The archive, its digest and its size in bytes, after the digest was compared. Raises ValueError."""
    with open(file, "rb") as raw:
        size = os.fstat(raw.fileno()).st_size
        digest = digest_of(raw, max(size - COMMENT, 0))
        if raw.read() != digest.encode():
            raise ValueError(Phrase(N_("its bytes do not match its SHA-256")))
        with zipfile.ZipFile(raw) as archive:
            yield archive, digest, size


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, which describes exactly the files of the archive. Raises ValueError."""
    found = {info.filename: info for info in archive.infolist()}
    if len(found) != len(archive.infolist()):
        raise ValueError(Phrase(N_("it holds two files of one name")))
    for info in found.values():
        if info.compress_type not in _METHODS or info.flag_bits & ~_FLAGS:
            raise ValueError(
                Phrase(
                    N_("“{filename}” is not packed as nq backup does it"),
                    {"filename": shown(info.filename)},
                )
            )
        if info.header_offset < 0:  # the end of the archive names a place before its beginning
            raise ValueError(
                Phrase(
                    N_("“{filename}” does not lie in the archive"),
                    {"filename": shown(info.filename)},
                )
            )
    if MANIFEST not in found:
        raise ValueError(Phrase(N_("it has no manifest")))
    with archive.open(MANIFEST) as text:
        data = text.read(MAX_MANIFEST + 1)
    if len(data) > MAX_MANIFEST:
        raise ValueError(Phrase(N_("its manifest is too large")))
    manifest = read_manifest(data)
    if SETTINGS_FILE not in manifest.files:
        raise ValueError(Phrase(N_("it has no {file}"), {"file": SETTINGS_FILE}))
    if why := why_not_these_names(manifest.files):
        raise ValueError(why)
    for name in sorted(found.keys() ^ {MANIFEST, *manifest.files}):
        raise ValueError(
            Phrase(
                N_("“{name}” is in the archive or in its manifest, but not in both"),
                {"name": shown(name)},
            )
        )
    for name, entry in manifest.files.items():
        if found[name].file_size != entry.bytes:
            raise ValueError(
                Phrase(N_("“{name}” is not what the manifest says"), {"name": shown(name)})
            )
    return manifest


def _require_room(into: Path, manifest: Manifest) -> None:
    """Raise BackupRefused unless the disk has room for all files, before one is written."""
    needed = sum(entry.bytes for entry in manifest.files.values()) + SPARE
    free = shutil.disk_usage(into).free
    if needed > free:
        raise BackupRefused(
            detail=Phrase(
                N_(
                    "unpacked, the backup needs {needed} MB, and {free} MB are free on the disk of "
                    "{folder}. Make room, or choose another disk."
                ),
                {
                    "needed": _megabytes(needed),
                    "free": _megabytes(free),
                    "folder": into.parent.parent,
                },
            )
        )


def _megabytes(count: int) -> int:
    return -(-count // 1_000_000)


def _unpack_one(archive: zipfile.ZipFile, into: Path, name: str, entry: FileEntry) -> None:
    """Unpack the file `name`, never more bytes than `entry` says. Raises ValueError."""
    target = into.joinpath(*PurePosixPath(name).parts)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, left = sha256(), entry.bytes
    with archive.open(name) as source, open(target, "xb") as out:
        os.fchmod(out.fileno(), 0o600)
        while block := source.read(BLOCK):
            left -= len(block)
            if left < 0:
                break
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if left or digest.hexdigest() != entry.sha256:
        raise ValueError(
            Phrase(N_("“{name}” is not what the manifest says"), {"name": shown(name)})
        )


def _settings(into: Path, manifest: Manifest) -> Settings:
    """The settings of the unpacked office. Raises ValueError."""
    try:
        settings = read_settings(into)
    except (WorkspaceError, DefinitionError) as wrong:
        raise ValueError(
            Phrase(N_("its settings cannot be read ({wrong})"), {"wrong": wrong})
        ) from wrong
    if settings.id != manifest.workspace:
        raise ValueError(
            Phrase(
                N_("its manifest names the office {workspace}, not {id}"),
                {"workspace": manifest.workspace, "id": settings.id},
            )
        )
    return settings


def _checked(into: Path, settings: Settings, done: Backup, until: int | date | None) -> Backup:
    """Read everything again; then cut the journal. Raises BackupDamaged unless the journal is whole and
    ends with the manifest's record."""
    found = verify_folder(into, settings)
    if found.damages or (found.seq, found.hash) != (done.seq, done.hash):
        raise BackupDamaged(
            file=str(done.file),
            detail=Phrase(N_("its journal is not whole: {fault}"), {"fault": found.worst}),
        )
    if until is not None:
        cut = cut_journal(into / FOLDER, until, load_key(settings.id))
        found = verify_folder(into, settings)
        done = replace(done, seq=cut.last.seq, hash=cut.last.hash, at=cut.at)
    # Attachments that the office had lost before, and another key, are reported; the copy is exact.
    return replace(done, problems=found.problems)


def digest_of(file: IO[bytes], size: int) -> str:
    """The SHA-256 of the first `size` bytes. The position of the file is then behind them."""
    file.seek(0)
    digest = sha256()
    while size and (block := file.read(min(BLOCK, size))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()
