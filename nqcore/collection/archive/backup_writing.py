"""Write the archive of a backup."""

from __future__ import annotations

import os
import zipfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from nqcore.collection.archive.backup_files import files_to_copy, name_inside
from nqcore.collection.archive.backup_format import COMMENT, MANIFEST, FileEntry, Manifest
from nqcore.collection.archive.backup_reading import BLOCK, digest_of
from nqcore.errors import N_, Phrase, StoreError
from nqcore.store import Store
from nqcore.store.files import HEAD
from nqcore.store.store import FOLDER
from nqcore.version import __version__


def write_archive(folder: Path, store: Store, id: str, new: Path, at: datetime) -> None:
    """Write the archive of the workspace `folder` to `new`, its own digest last. `id` is the id of the
    workspace. Raises BackupRefused, StoreError, OSError."""
    copy = store.copy_point()
    entries: dict[str, FileEntry] = {}
    with open(new, "xb") as out:
        os.fchmod(out.fileno(), 0o600)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:
            archive.comment = b"0" * COMMENT
            for path, size in copy.segments:
                entries[name_inside(folder, path)] = _add(archive, folder, path, size)
            name = f"{FOLDER}/{HEAD}"
            if copy.head:
                digest = sha256(copy.head).hexdigest()
                entries[name] = FileEntry(bytes=len(copy.head), sha256=digest)
                archive.writestr(name, copy.head)
            for path in files_to_copy(folder):
                entries[name_inside(folder, path)] = _add(archive, folder, path, None)
            manifest = Manifest(
                workspace=id,
                program=__version__,
                at=at.isoformat(),
                seq=copy.receipt.seq,
                hash=copy.receipt.hash,
                key=copy.key,
                files=entries,
            )
            archive.writestr(MANIFEST, manifest.to_json())
    with open(new, "r+b") as out:
        size = os.fstat(out.fileno()).st_size - COMMENT
        digest = digest_of(out, size)
        out.seek(size)
        out.write(digest.encode())
        out.flush()
        os.fsync(out.fileno())


def _add(archive: zipfile.ZipFile, folder: Path, path: Path, size: int | None) -> FileEntry:
    """Copy the first `size` bytes of the file (None: all) into the archive; its entry of the manifest."""
    digest, count = sha256(), 0
    name = name_inside(folder, path)
    with open(path, "rb") as file, archive.open(name, "w", force_zip64=True) as out:
        while block := file.read(BLOCK if size is None else min(BLOCK, size - count)):
            digest.update(block)
            out.write(block)
            count += len(block)
    if size is not None and count != size:
        raise StoreError(
            detail=Phrase(
                N_("{path} became shorter while it was copied. Run nq verify."), {"path": path}
            )
        )
    return FileEntry(bytes=count, sha256=digest.hexdigest())
