"""The settings are files that a person may change. The journal records their digests, so that it is known
since when a file differs, and which of its settings do. The values themselves are not recorded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nqcore.collection.settings import DAYS_OFF_FILE, SETTINGS_FILE
from nqcore.collection.tables import SETTINGS
from nqcore.files.incoming import FileRefused, parse_toml
from nqcore.store import Store

FILES = (SETTINGS_FILE, DAYS_OFF_FILE)
_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsState:
    """One file of settings as it is now: its document for the journal, and the names of the settings that
    differ from the recorded ones."""

    doc: Mapping[str, Any]
    keys: tuple[str, ...]


def settings_doc(file: str, data: bytes | None) -> dict[str, Any]:
    """The document of a file of settings with these bytes (None: there is no such file): its SHA-256, and
    the beginning of one for each setting.

    >>> sorted(settings_doc("workspace.toml", b'id = "1"')["keys"])
    ['id']
    """
    if data is None:
        return {"sha256": "", "keys": {}}
    try:
        values = parse_toml(file, data.decode("utf-8-sig"))
    except (FileRefused, UnicodeDecodeError):
        values = {}
    keys = {key: _short(json.dumps(value, default=str)) for key, value in sorted(values.items())}
    return {"sha256": sha256(data).hexdigest(), "keys": keys}


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def changed_settings(folder: Path, store: Store) -> dict[str, SettingsState]:
    """The files of settings, by name, that differ from what the journal records."""
    recorded = {file: store.get(SETTINGS, file) for file in FILES}
    return compared_settings(folder, recorded)


def compared_settings(
    folder: Path, recorded: Mapping[str, Mapping[str, Any] | None], files: Iterable[str] = FILES
) -> dict[str, SettingsState]:
    """As `changed_settings`, with the recorded documents by name of the file."""
    found = {}
    for file in files:
        before = recorded.get(file) or settings_doc(file, None)
        now = settings_doc(file, _read(folder / file))
        if now["sha256"] != before.get("sha256"):
            had = before["keys"] if isinstance(before.get("keys"), dict) else {}
            differ = [k for k in {**had, **now["keys"]} if had.get(k) != now["keys"].get(k)]
            found[file] = SettingsState(doc=now, keys=tuple(sorted(differ)))
    return found


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
