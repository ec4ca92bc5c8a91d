"""Backups: one ordinary .zip of the whole folder of a workspace, and how it is restored.

The journal is copied up to one record while other processes go on writing. The other files are copied
after it, so every attachment that this record or an earlier one names is in the copy. `evidence/` may be a
symbolic link to a folder on another disk; its files are copied. Any other link, and anything that is
neither a file nor a folder, is refused by name: no file is left out without a message.

`manifest.json` in the archive holds the number of that record, and the size and SHA-256 of every file. The
comment of the archive is the SHA-256 of all bytes before it, so a change of any byte is noticed. The key of
the workspace is not in the archive: it is never kept in the folder.
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

from nqcore.collection.archive.integrity import attachment_documents, verify_folder
from nqcore.collection.settings import read_settings
from nqcore.collection.submissions.attachments import lost_attachments
from nqcore.collection.tables import BACKUPS, EVIDENCE
from nqcore.errors import N_, NqError, StoreError
from nqcore.store import Store, load_key
from nqcore.store.files import HEAD, LOCK, SNAPSHOT, TURN, sync_folder
from nqcore.store.store import FOLDER
from nqcore.version import __version__

MANIFEST = "manifest.json"
_NOT_COPIED = frozenset((HEAD, LOCK, TURN, SNAPSHOT, "new"))
"""Files of the journal's folder that are made anew; the head is written from the copied record."""
_BLOCK = 1 << 20
_COMMENT = 64
"""Bytes of the archive's comment: a SHA-256 in hexadecimal."""


class BackupRefused(NqError):
    """The backup cannot be written, or not be restored there; nothing was written."""

    code = "backup-refused"
    template = N_("Nothing was written: {detail}")


class BackupDamaged(NqError):
    """The archive differs from what `nq backup` wrote; nothing was restored from it."""

    code = "backup-damaged"
    template = N_(
        "{file} is not a sound backup: {detail}. Use another one; keep this file as it is."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was read back and is whole.

    `seq` and `hash` are those of its last record, `at` is the moment at which it was made, `key` the
    fingerprint of the key that seals its newest records. `files` counts its files; `bytes` and `sha256` are
    those of the archive."""

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
        """The last record as reports print it: "412/ab12cd34ef56"."""
        return f"{self.seq}/{self.hash[:12]}"


def write_backup(folder: Path, file: Path, *, at: datetime, by: str) -> Backup:
    """Copy the workspace in `folder` into the new archive `file`, and restore the archive as a trial.

    When this returns, the archive is on the disk and was read back whole. The journal then records it
    (table `backups`, by the login `by`), if the journal can be written. Raises BackupRefused, BackupDamaged,
    StoreError, OSError; then `file` does not exist.
    """
    folder, file = folder.absolute(), file.absolute()
    _refuse_target(folder, file)
    settings = read_settings(folder)
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    with Store.open(folder, load_key(settings.id)) as store:
        try:
            attached = _attachment_names(folder)
            _write(folder, store, settings.id, new, at)
            with TemporaryDirectory(dir=file.parent, prefix=".nq-trial-") as trial:
                done = _restore(new, Path(trial) / "workspace")
                _require_attachments(folder, Path(trial) / "workspace", attached)
            _give_name(new, file)
        except BackupDamaged:
            # The copy may be exact, of a damaged journal: then the message must name that journal.
            found = verify_folder(folder, settings)
            if found.damages:
                raise StoreError(detail=found.sentences[0]) from None
            raise
        finally:
            new.unlink(missing_ok=True)
        _record(store, done, file, at, by)
    return replace(done, file=file)


def restore_backup(file: Path, folder: Path) -> Backup:
    """Restore the archive as `folder`, which must not exist or must be empty. Raises BackupRefused,
    BackupDamaged; then `folder` is unchanged."""
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(detail=f"{folder} is not empty. Choose a new folder.")
    return _restore(file, folder)


def check_backup(file: Path) -> Backup:
    """Check the archive: restore it as a trial, in the folder of the archive, and remove the result.
    Raises BackupDamaged."""
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".nq-trial-") as trial:
        return _restore(file, Path(trial) / "workspace")


# -- writing -------------------------------------------------------------------------------------


def _refuse_target(folder: Path, file: Path) -> None:
    """Raise BackupRefused if `file` exists, or lies in the workspace that is to be copied."""
    if file.exists():
        raise BackupRefused(detail=f"{file} exists already. Choose another name.")
    place = file.parent.resolve()
    if any(place.is_relative_to(inner.resolve()) for inner in (folder, folder / EVIDENCE)):
        raise BackupRefused(detail=f"{file} lies in the workspace itself. Choose another place.")


def _write(folder: Path, store: Store, id: str, new: Path, at: datetime) -> None:
    """Write the archive to `new`, its own digest last. `id` is the id of the workspace."""
    copy = store.copy_point()
    entries: dict[str, dict[str, object]] = {}
    with open(new, "xb") as out:
        os.fchmod(out.fileno(), 0o600)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:
            archive.comment = b"0" * _COMMENT
            for path, size in copy.segments:
                entries[_name_inside(folder, path)] = _add(archive, folder, path, size)
            name = f"{FOLDER}/{HEAD}"
            entries[name] = _manifest_entry(len(copy.head), sha256(copy.head).hexdigest())
            archive.writestr(name, copy.head)
            for path in _other_files(folder):
                entries[_name_inside(folder, path)] = _add(archive, folder, path, None)
            manifest = {
                "v": 1,
                "program": __version__,
                "workspace": id,
                "at": at.isoformat(),
                "seq": copy.receipt.seq,
                "hash": copy.receipt.hash,
                "key": copy.key,
                "files": entries,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    with open(new, "r+b") as out:
        size = os.fstat(out.fileno()).st_size - _COMMENT
        digest = _digest(out, size)
        out.seek(size)
        out.write(digest.encode())
        out.flush()
        os.fsync(out.fileno())


def _other_files(folder: Path) -> Iterator[Path]:
    """Every file except the journal's segments and the files that are made anew. Raises BackupRefused for
    anything that is neither a file nor a folder; only `evidence/` may be a link to a folder."""
    evidence = folder / EVIDENCE
    if evidence.is_symlink() and not evidence.is_dir():
        raise BackupRefused(
            detail=f"{evidence} is a link that leads to no folder ({os.readlink(evidence)}). "
            "Connect that disk, or correct the link."
        )
    for path in _files_under(folder):
        in_journal = path.parent == folder / FOLDER
        if in_journal and (path.suffix in (".nqj", ".new") or path.name in _NOT_COPIED):
            continue
        if not _unfinished(path.name):
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
                detail=f"{path} is a symbolic link. Put the file or folder itself there, or delete the "
                f"link. (Only {EVIDENCE} may be a link to a folder.)"
            )
        else:
            raise BackupRefused(detail=f"{path} is neither a file nor a folder. Delete it.")


def _unfinished(name: str) -> bool:
    """Whether this is the temporary name of a file that is still being written."""
    return name.startswith(".") and name.endswith(".new")


def _attachment_names(folder: Path) -> frozenset[str]:
    """The names of the attachments that are in the folder now."""
    try:
        return frozenset(n for n in os.listdir(folder / EVIDENCE) if not _unfinished(n))
    except FileNotFoundError:
        return frozenset()


def _require_attachments(folder: Path, copy: Path, attached: frozenset[str]) -> None:
    """Raise BackupRefused unless the restored `copy` has every attachment that `folder` has: `attached`,
    which were there before the copy was made, and those that the copied journal names."""
    missing = sorted(attached - _attachment_names(copy))
    named = attachment_documents(copy, read_settings(copy))
    if lost := set(lost_attachments(copy, named)):
        # An attachment that the folder itself has lost is reported by `nq verify`; the copy is exact.
        missing += sorted(lost - set(lost_attachments(folder, named)))
    if missing:
        raise BackupRefused(
            detail=f"the copy lacks evidence that {folder} has: {missing[0]} "
            f"({len(missing)} in all). Run nq verify, then try again."
        )


def _add(archive: zipfile.ZipFile, folder: Path, path: Path, size: int | None) -> dict[str, object]:
    """Copy the first `size` bytes of the file (None: all) into the archive; its entry of the manifest."""
    digest, count = sha256(), 0
    name = _name_inside(folder, path)
    with open(path, "rb") as file, archive.open(name, "w", force_zip64=True) as out:
        while block := file.read(_BLOCK if size is None else min(_BLOCK, size - count)):
            digest.update(block)
            out.write(block)
            count += len(block)
    if size is not None and count != size:
        raise StoreError(detail=f"{path} became shorter while it was copied. Run nq verify.")
    return _manifest_entry(count, digest.hexdigest())


def _manifest_entry(size: int, digest: str) -> dict[str, object]:
    return {"bytes": size, "sha256": digest}


def _name_inside(folder: Path, path: Path) -> str:
    """The name of the file in the archive: its path in the workspace."""
    return path.relative_to(folder).as_posix()


def _give_name(new: Path, file: Path) -> None:
    """Rename the finished archive to `file`. Raises BackupRefused if `file` exists by now."""
    try:
        os.link(new, file)
    except OSError:
        if file.exists():
            raise BackupRefused(detail=f"{file} exists already. Choose another name.") from None
        os.rename(new, file)  # a file system without hard links
    sync_folder(file.parent)


def _record(store: Store, done: Backup, file: Path, at: datetime, by: str) -> None:
    """Record the backup in the journal. A folder that cannot be written any more may still be copied: then
    nothing is recorded."""
    doc = {"file": file.name, "seq": done.seq, "hash": done.hash, "sha256": done.sha256}
    try:
        with store.change(by=by, do="backup", at=at) as change:
            change.put(BACKUPS, f"{at.isoformat()}#{done.seq}", doc)
    except StoreError:
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup that the journal records: when it was made, by whom, and its last record."""

    at: datetime
    by: str
    receipt: str


def last_backups(store: Store, count: int) -> tuple[BackupMade, ...]:
    """The newest `count` backups that the journal records, newest first."""
    found = []
    for id in sorted((str(doc.doc_id) for doc in store.table(BACKUPS)), reverse=True)[:count]:
        written = store.history(BACKUPS, id)[-1]
        doc = written.doc or {}
        receipt = f"{doc.get('seq', 0)}/{str(doc.get('hash', ''))[:12]}"
        found.append(BackupMade(at=written.at, by=written.by, receipt=receipt))
    return tuple(found)


# -- reading back --------------------------------------------------------------------------------


def _restore(file: Path, folder: Path) -> Backup:
    """Extract the archive beside `folder`, check it, and give it the name `folder` last."""
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    try:
        done = _extract(file, part)
        _require_whole(file, part, done)
        if folder.exists():
            folder.rmdir()
        os.rename(part, folder)
        sync_folder(folder.parent)
        return done
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _extract(file: Path, part: Path) -> Backup:
    """Check the digest of the archive and extract its files into `part`. Raises BackupDamaged."""
    with open(file, "rb") as raw:
        size = os.fstat(raw.fileno()).st_size
        digest = _digest(raw, max(size - _COMMENT, 0))
        if raw.read() != digest.encode():
            raise BackupDamaged(file=str(file), detail="its bytes do not match its SHA-256")
        try:
            with zipfile.ZipFile(raw) as archive:
                manifest = json.loads(archive.read(MANIFEST))
                if manifest["v"] != 1:
                    raise BackupDamaged(file=str(file), detail="a newer nqcore wrote it")
                for name, entry in manifest["files"].items():
                    _extract_one(file, archive, part, name, entry)
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
    file: Path, archive: zipfile.ZipFile, part: Path, name: str, entry: dict[str, Any]
) -> None:
    """Extract the file `name` as `entry` of the manifest describes it. Raises BackupDamaged."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name:
        raise BackupDamaged(file=str(file), detail=f"“{name}” would lie outside the folder")
    target = part.joinpath(*pure.parts)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, left = sha256(), int(entry["bytes"])
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
    if left or digest.hexdigest() != entry["sha256"]:
        raise BackupDamaged(file=str(file), detail=f"“{name}” is not what the manifest says")


def _require_whole(file: Path, part: Path, done: Backup) -> None:
    """Raise BackupDamaged unless the journal in `part` is whole and ends with the manifest's record."""
    found = verify_folder(part, read_settings(part))
    # Attachments that the office had lost before are reported by `nq verify`; the copy is exact.
    if found.damages or (found.seq, found.hash) != (done.seq, done.hash):
        raise BackupDamaged(
            file=str(file), detail=f"its journal is not whole: {found.sentences[0]}"
        )


def _digest(file: IO[bytes], size: int) -> str:
    """The SHA-256 of the first `size` bytes. The position of the file is then behind them."""
    file.seek(0)
    digest = sha256()
    while size and (block := file.read(min(_BLOCK, size))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()
