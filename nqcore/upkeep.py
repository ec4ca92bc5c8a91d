"""Looking after a workspace's folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nqcore.evidence import EVIDENCE, lost_evidence
from nqcore.settings import Settings
from nqcore.store import Verification, load_key, readable, survey
from nqcore.store.store import FOLDER


def verify_folder(folder: Path, settings: Settings) -> Verification:
    """Read every byte of history, and every evidence file that it names, without opening the
    workspace: also when it is damaged."""
    key = load_key(settings.id)
    found = survey(folder / FOLDER, key)
    named: dict[str, Mapping[str, Any]] = {}
    for record in readable(folder / FOLDER, key):
        for id, doc in record.docs.get(EVIDENCE, {}).items():
            if doc is not None:
                named[id] = doc
    return replace(found, problems=(*found.problems, *lost_evidence(folder, named.values())))
