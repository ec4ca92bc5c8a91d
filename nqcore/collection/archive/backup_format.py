"""What a backup file holds: its manifest, the names that its files may have, and its errors.

An archive comes from outside. Everything in its manifest is checked before anything is unpacked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from nqcore.errors import N_, NqError, Phrase
from nqcore.store.files import HEAD, LOCK, SNAPSHOT, TURN
from nqcore.store.place import PLACE
from nqcore.store.store import FOLDER

MANIFEST = "manifest.json"
VERSION = 1
MAX_MANIFEST = 100_000_000
"""Bytes of a manifest, at most: half a million files have one of about this size."""
COMMENT = 64
"""Bytes of the archive's comment: a SHA-256 in hexadecimal."""
MADE_ANEW = frozenset((HEAD, LOCK, TURN, SNAPSHOT, PLACE, "new"))
"""Files of the journal's folder that are not copied; the head is written from the copied record."""
_LARGEST = 2**63
_MAX_NAME = 255
_MAX_PATH = 1_000


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

    `seq` and `hash` are those of its last record, `at` is the moment at which it was made (of a restore
    up to an earlier record: the moment of that record), `key` the
    fingerprint of the key that seals its newest records, `workspace` the id of the office. `files` counts
    its files; `bytes` and `sha256` are those of the archive. `problems` are sentences about what was copied
    exactly and is not as it should be: evidence that the office had lost, or a history under another key."""

    file: Path
    workspace: str
    seq: int
    hash: str
    at: str
    key: str | None
    files: int
    bytes: int
    sha256: str
    problems: tuple[Phrase, ...] = ()

    @property
    def receipt(self) -> str:
        """The last record as reports print it: "412/ab12cd34ef56"."""
        return f"{self.seq}/{self.hash[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One file of the manifest."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the archive says of itself; the attributes are those of `Backup`, `files` by name."""

    workspace: str
    program: str
    at: str
    seq: int
    hash: str
    key: str | None
    files: Mapping[str, FileEntry]

    def to_json(self) -> str:
        """The text of the manifest."""
        found = {
            "v": VERSION,
            "program": self.program,
            "workspace": self.workspace,
            "at": self.at,
            "seq": self.seq,
            "hash": self.hash,
            "key": self.key,
            "files": {
                name: {"bytes": entry.bytes, "sha256": entry.sha256}
                for name, entry in self.files.items()
            },
        }
        return json.dumps(found, ensure_ascii=False, indent=1)


def read_manifest(data: bytes) -> Manifest:
    """The manifest in these bytes. Raises ValueError, which says what is wrong."""
    try:
        found = json.loads(
            data, object_pairs_hook=_object, parse_float=_refuse, parse_constant=_refuse
        )
    except RecursionError:
        raise ValueError(Phrase(N_("its manifest is nested too deep"))) from None
    if not isinstance(found, dict) or type(found.get("v")) is not int:
        raise ValueError(Phrase(N_("its manifest is not that of a backup")))
    if found["v"] != VERSION:
        raise ValueError(Phrase(N_("a newer nqcore wrote it")))
    files = _field(found, "files", dict)
    key = found.get("key")
    if key is not None:
        key = _matching(found, "key", "[0-9a-f]{16}")
    return Manifest(
        workspace=_matching(found, "workspace", "[0-9a-f]{16}"),
        program=_field(found, "program", str),
        at=_field(found, "at", str),
        seq=_number(found, "seq"),
        hash=_matching(found, "hash", "[0-9a-f]{64}"),
        key=key,
        files={name: _entry(name, entry) for name, entry in files.items()},
    )


def _entry(name: str, found: object) -> FileEntry:
    if not isinstance(found, dict):
        raise ValueError(
            Phrase(N_("the entry of “{name}” in its manifest is wrong"), {"name": shown(name)})
        )
    return FileEntry(
        bytes=_number(found, "bytes"), sha256=_matching(found, "sha256", "[0-9a-f]{64}")
    )


def _field(found: Mapping[str, Any], name: str, kind: type) -> Any:
    value = found.get(name)
    if type(value) is not kind:
        raise ValueError(Phrase(N_("“{name}” in its manifest is missing or wrong"), {"name": name}))
    return value


def _number(found: Mapping[str, Any], name: str) -> int:
    value: int = _field(found, name, int)
    if not 0 <= value < _LARGEST:
        raise ValueError(
            Phrase(N_("“{name}” in its manifest is not a possible number"), {"name": name})
        )
    return value


def _matching(found: Mapping[str, Any], name: str, pattern: str) -> str:
    value: str = _field(found, name, str)
    if not re.fullmatch(pattern, value):
        raise ValueError(Phrase(N_("“{name}” in its manifest is wrong"), {"name": name}))
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(Phrase(N_("its manifest has a name twice")))
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(Phrase(N_("its manifest holds {text}"), {"text": text[:20]}))


# -- names ---------------------------------------------------------------------------------------


def printable(text: str) -> str:
    """The text as a terminal may show it: what cannot be seen is written as its code."""
    return "".join(
        letter
        if letter.isprintable()
        else letter.encode("unicode_escape", "surrogatepass").decode()
        for letter in text
    )


def shown(name: str) -> str:
    """The name as a message may show it."""
    return printable(name[:200])


def why_not_a_name(name: str) -> Phrase | None:
    """Why no file of a workspace may have this name (a path with "/"); None if it may.

    The same rule holds when a backup is written, so what was written can be restored."""
    pure = PurePosixPath(name)
    if not name or pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name:
        return Phrase(N_("would lie outside the folder"))
    if not name.isprintable():
        return Phrase(N_("has a character that cannot be seen"))
    if pure.as_posix() != name:
        return Phrase(N_("is not written as a path inside the folder"))
    if any(part.startswith(".") for part in pure.parts[:-1]):
        return Phrase(N_("lies in a hidden folder"))
    if len(name.encode()) > _MAX_PATH or any(len(p.encode()) > _MAX_NAME for p in pure.parts):
        return Phrase(N_("is too long"))
    if pure.parts[0] == FOLDER and name != f"{FOLDER}/{HEAD}" and _made_anew(pure):
        return Phrase(N_("is never part of a backup"))
    return None


def _made_anew(pure: PurePosixPath) -> bool:
    return len(pure.parts) == 2 and (pure.name in MADE_ANEW or pure.suffix == ".new")


def why_not_these_names(names: Iterable[str]) -> Phrase | None:
    """What is wrong with the names of an archive's files, each alone and beside each other; None if
    nothing."""
    names = set(names)
    for name in sorted(names):
        if why := why_not_a_name(name):
            return Phrase("“{name}” {why}", {"name": shown(name), "why": why})
        for folder in PurePosixPath(name).parents:
            if folder.as_posix() in names:
                return Phrase(N_("“{name}” would lie in a file"), {"name": shown(name)})
    return None
