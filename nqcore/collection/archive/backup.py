"""Backups: one ordinary .zip with everything in a workspace's folder, and a way back.

The journal is copied up to one record while others go on writing, everything else after it, so that
whatever that record names is in the copy. `evidence/` may be a link to a folder on another disk: what
lies there is copied. Any other link is refused by name, and so is what is no file: nothing is left out
in silence. `manifest.json` in the archive tells the record, and size
and SHA-256 of every file; the archive's comment is the SHA-256 of all bytes before it, so that no
byte of it can change unnoticed. The key is not in it: it is kept elsewhere, as always.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any

from nqcore.collection.archive.integrity import named_evidence, verify_folder
from nqcore.collection.settings import read_settings
from nqcore.collection.submissions.attachments import lost_attachments
from nqcore.collection.tables import EVIDENCE
from nqcore.errors import N_, NqError, StoreError
from nqcore.store import Store, load_key
from nqcore.store.files import HEAD, LOCK, SNAPSHOT, TURN, sync_folder
from nqcore.store.store import FOLDER
from nqcore.version import __version__

MANIFEST = "manifest.json"
BACKUPS = "backups"
"""The table that holds one document for every backup that was finished."""
_NOT_KEPT = frozenset((HEAD, LOCK, TURN, SNAPSHOT, "new"))
_BLOCK = 1 << 20


class BackupRefused(NqError):
    """There is something in the way; nothing was written."""

    code = "backup-refused"
    template = N_("Nothing was written: {detail}")


class BackupDamaged(NqError):
    """The archive is not what `nq backup` wrote; nothing was restored from it."""

    code = "backup-damaged"
    template = N_(
        "{file} is not a sound backup: {detail}. Use another one; keep this file as it is."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was read back. `seq`/`hash`: the last record in it; `at`: when it was made;
    `key`: the fingerprint of the key that its newest records are sealed with."""

    file: Path
    seq: int
    hash: str
    at: str
    key: str | None
    files: int
    bytes: int
    sha256: str

    @property
    def receipt(self) -> str:
        """As reports print it: "412/ab12cd34ef56"."""
        return f"{self.seq}/{self.hash[:12]}"


def write_backup(folder: Path, file: Path, *, at: datetime, by: str) -> Backup:
    """Copy the workspace in `folder` into the new archive `file`, and restore it on trial.

    When this returns the archive is on the disk and was read back whole. The journal then says so
    (table `backups`), if it can be written. Raises BackupRefused, StoreError, OSError; then there is
    no `file`.
    """
    folder, file = folder.absolute(), file.absolute()
    if file.exists():
        raise BackupRefused(detail=f"{file} exists already. Choose another name.")
    place = file.parent.resolve()
    if any(place.is_relative_to(inner.resolve()) for inner in (folder, folder / EVIDENCE)):
        raise BackupRefused(detail=f"{file} lies in the workspace itself. Choose another place.")
    settings = read_settings(folder)
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    with Store.open(folder, load_key(settings.id)) as store:
        try:
            attached = _attached(folder)
            _write(folder, store, settings.id, new, at)
            with TemporaryDirectory(dir=file.parent, prefix=".nq-trial-") as trial:
                done = _restore(new, Path(trial) / "workspace")
                _compare(folder, Path(trial) / "workspace", attached)
            _name(new, file)
        except BackupDamaged:
            # An exact copy of a damaged journal: say where the damage truly is.
            found = verify_folder(folder, settings)
            if found.damages:
                raise StoreError(detail=found.sentences[0]) from None
            raise
        finally:
            new.unlink(missing_ok=True)
        _record(store, done, file, at, by)
    return replace(done, file=file)


def restore_backup(file: Path, folder: Path) -> Backup:
    """Make `folder` from the archive; it must not exist, or be empty. Raises BackupRefused,
    BackupDamaged; then `folder` is as it was."""
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(detail=f"{folder} is not empty. Choose a new folder.")
    return _restore(file, folder)


def check_backup(file: Path) -> Backup:
    """Restore on trial, beside the archive, and remove it again. Raises BackupDamaged."""
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".nq-trial-") as trial:
        return _restore(file, Path(trial) / "workspace")


# -- writing -------------------------------------------------------------------------------------


def _write(folder: Path, store: Store, id: str, new: Path, at: datetime) -> None:
    copy = store.copy_point()
    kept: dict[str, dict[str, object]] = {}
    with open(new, "xb") as out:
        os.fchmod(out.fileno(), 0o600)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:
            archive.comment = b"0" * 64
            for path, size in copy.segments:
                kept[_inside(folder, path)] = _add(archive, folder, path, size)
            name = f"{FOLDER}/{HEAD}"
            kept[name] = _entry(len(copy.head), sha256(copy.head).hexdigest())
            archive.writestr(name, copy.head)
            for path in _others(folder):
                kept[_inside(folder, path)] = _add(archive, folder, path, None)
            manifest = {
                "v": 1,
                "program": __version__,
                "workspace": id,
                "at": at.isoformat(),
                "seq": copy.receipt.seq,
                "hash": copy.receipt.hash,
                "key": copy.key,
                "files": kept,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    with open(new, "r+b") as out:
        size = os.fstat(out.fileno()).st_size - 64
        digest = _digest(out, size)
        out.seek(size)
        out.write(digest.encode())
        out.flush()
        os.fsync(out.fileno())


def _others(folder: Path) -> Iterator[Path]:
    """Every file but the journal's segments and what is made anew. Raises BackupRefused for anything
    that is neither a file nor a folder, but `evidence/` as a link to a folder."""
    evidence = folder / EVIDENCE
    if evidence.is_symlink() and not evidence.is_dir():
        raise BackupRefused(
            detail=f"{evidence} is a link that leads to no folder ({os.readlink(evidence)}). "
            "Connect that disk, or correct the link."
        )
    for path in _tree(folder):
        in_journal = path.parent == folder / FOLDER
        if in_journal and (path.suffix in (".nqj", ".new") or path.name in _NOT_KEPT):
            continue
        if not _on_its_way(path.name):
            yield path


def _tree(folder: Path, top: bool = True) -> Iterator[Path]:
    """The files under `folder`, by name; unlike `rglob` it tells what it cannot read (OSError)."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=top and entry.name == EVIDENCE):
            yield from _tree(path, top=False)
        elif entry.is_file(follow_symlinks=False):
            yield path
        elif entry.is_symlink():
            raise BackupRefused(
                detail=f"{path} is a symbolic link. Put the file or folder itself there, or delete the "
                f"link. (Only {EVIDENCE} may be a link to a folder.)"
            )
        else:
            raise BackupRefused(detail=f"{path} is neither a file nor a folder. Delete it.")


def _on_its_way(name: str) -> bool:
    """Whether the file of that name is being written and has not got its own name yet."""
    return name.startswith(".") and name.endswith(".new")


def _attached(folder: Path) -> frozenset[str]:
    """The names of the evidence files that are in the folder now."""
    try:
        return frozenset(n for n in os.listdir(folder / EVIDENCE) if not _on_its_way(n))
    except FileNotFoundError:
        return frozenset()


def _compare(folder: Path, copy: Path, attached: frozenset[str]) -> None:
    """Raise BackupRefused unless the restored copy has every evidence file that the folder has: those
    that were there before the copying, and those that the copied journal names."""
    missing = sorted(attached - _attached(copy))
    named = named_evidence(copy, read_settings(copy))
    if lost := set(lost_attachments(copy, named)):
        # What was lost before is told by `nq verify`; it does not make the copy unsound.
        missing += sorted(lost - set(lost_attachments(folder, named)))
    if missing:
        raise BackupRefused(
            detail=f"the copy lacks evidence that {folder} has: {missing[0]} "
            f"({len(missing)} in all). Run nq verify, then try again."
        )


def _add(archive: zipfile.ZipFile, folder: Path, path: Path, size: int | None) -> dict[str, object]:
    """Copy the first `size` bytes (all of them: None)."""
    digest, count = sha256(), 0
    name = _inside(folder, path)
    with open(path, "rb") as file, archive.open(name, "w", force_zip64=True) as out:
        while block := file.read(_BLOCK if size is None else min(_BLOCK, size - count)):
            digest.update(block)
            out.write(block)
            count += len(block)
    if size is not None and count != size:
        raise StoreError(detail=f"{path} became shorter while it was copied. Run nq verify.")
    return _entry(count, digest.hexdigest())


def _entry(size: int, digest: str) -> dict[str, object]:
    return {"bytes": size, "sha256": digest}


def _inside(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _name(new: Path, file: Path) -> None:
    """Give the finished archive its name, unless somebody took it meanwhile."""
    try:
        os.link(new, file)
    except FileExistsError:
        raise BackupRefused(detail=f"{file} exists already. Choose another name.") from None
    except OSError:  # a file system without links
        os.rename(new, file)
    sync_folder(file.parent)


def _record(store: Store, done: Backup, file: Path, at: datetime, by: str) -> None:
    """Say in the journal that there is a backup; a copy of a folder that takes no more is one too."""
    doc = {"file": file.name, "seq": done.seq, "hash": done.hash, "sha256": done.sha256}
    try:
        with store.change(by=by, do="backup", at=at) as change:
            change.put(BACKUPS, f"{at.isoformat()}#{done.seq}", doc)
    except StoreError:
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """That a backup was finished: when, by whom, up to which record."""

    at: datetime
    by: str
    receipt: str


def last_backups(store: Store, count: int) -> tuple[BackupMade, ...]:
    """The newest backups that the journal tells of."""
    found = []
    for id in sorted((str(doc.doc_id) for doc in store.table(BACKUPS)), reverse=True)[:count]:
        touch = store.history(BACKUPS, id)[-1]
        doc = touch.doc or {}
        receipt = f"{doc.get('seq', 0)}/{str(doc.get('hash', ''))[:12]}"
        found.append(BackupMade(at=touch.at, by=touch.by, receipt=receipt))
    return tuple(found)


# -- reading back --------------------------------------------------------------------------------


def _restore(file: Path, folder: Path) -> Backup:
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    try:
        done = _extract(file, part)
        _judge(file, part, done)
        if folder.exists():
            folder.rmdir()
        os.rename(part, folder)
        sync_folder(folder.parent)
        return done
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _extract(file: Path, part: Path) -> Backup:
    with open(file, "rb") as raw:
        size = os.fstat(raw.fileno()).st_size
        digest = _digest(raw, max(size - 64, 0))
        if raw.read() != digest.encode():
            raise BackupDamaged(file=str(file), detail="its bytes do not match its SHA-256")
        try:
            with zipfile.ZipFile(raw) as archive:
                manifest = json.loads(archive.read(MANIFEST))
                if manifest["v"] != 1:
                    raise BackupDamaged(file=str(file), detail="a newer nqcore wrote it")
                for name, told in manifest["files"].items():
                    _extract_one(file, archive, part, name, told)
        except (zipfile.BadZipFile, ValueError, KeyError, TypeError) as wrong:
            raise BackupDamaged(file=str(file), detail=f"it cannot be read ({wrong})") from wrong
    for path in sorted(part.rglob("*"), reverse=True):
        if path.is_dir():
            sync_folder(path)
    sync_folder(part)
    return Backup(
        file=file,
        seq=manifest["seq"],
        hash=manifest["hash"],
        at=manifest["at"],
        key=manifest["key"],
        files=len(manifest["files"]),
        bytes=size,
        sha256=digest,
    )


def _extract_one(
    file: Path, archive: zipfile.ZipFile, part: Path, name: str, told: dict[str, Any]
) -> None:
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name:
        raise BackupDamaged(file=str(file), detail=f"“{name}” would lie outside the folder")
    target = part.joinpath(*pure.parts)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, left = sha256(), int(told["bytes"])
    with archive.open(name) as source, open(target, "xb") as out:
        os.fchmod(out.fileno(), 0o600)
        while block := source.read(_BLOCK):
            left -= len(block)
            if left < 0:
                break
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if left or digest.hexdigest() != told["sha256"]:
        raise BackupDamaged(file=str(file), detail=f"“{name}” is not what the manifest says")


def _judge(file: Path, part: Path, done: Backup) -> None:
    found = verify_folder(part, read_settings(part))
    # Evidence that was lost before is told by `nq verify`; it does not make the copy unsound.
    if found.damages or (found.seq, found.hash) != (done.seq, done.hash):
        raise BackupDamaged(
            file=str(file), detail=f"its journal is not whole: {found.sentences[0]}"
        )


def _digest(file: IO[bytes], size: int) -> str:
    """SHA-256 of the first `size` bytes; the file then stands behind them."""
    file.seek(0)
    digest = sha256()
    while size and (block := file.read(min(_BLOCK, size))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()
