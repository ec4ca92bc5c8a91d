"""Looking after a workspace's folder."""

from __future__ import annotations

from pathlib import Path

from nqcore.settings import Settings
from nqcore.store import Verification, load_key, survey
from nqcore.store.store import FOLDER


def verify_folder(folder: Path, settings: Settings) -> Verification:
    """Read every byte of history, without opening the workspace: also when it is damaged."""
    return survey(folder / FOLDER, load_key(settings.id))
