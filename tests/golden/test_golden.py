"""What every released version wrote can be read, record by record, and gone on with."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.settings import read_settings
from nqcore.store import Store, load_key
from nqcore.version import __version__
from nqcore.workspace.opening import open_workspace
from tests.golden.make import HERE, REPORT, everything

RELEASES = sorted(path.name for path in HERE.iterdir() if (path / "expected.json").exists())


@pytest.fixture(params=RELEASES)
def release(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A copy of the golden folder, with its keys in use."""
    folder = tmp_path / "golden"
    shutil.copytree(HERE / request.param, folder)
    for key in (folder / "keys").iterdir():
        os.chmod(key, 0o600)
    monkeypatch.setenv("NQ_KEYS", str(folder / "keys"))
    return folder


def expected(release: Path) -> object:
    return json.loads((release / "expected.json").read_text("utf-8"))


def test_the_present_version_has_its_folder() -> None:
    assert __version__ in RELEASES


@pytest.mark.parametrize("snapshot", [True, False])
def test_every_record_and_document_is_read(release: Path, snapshot: bool) -> None:
    folder = release / "workspace"
    if not snapshot:
        (folder / "journal" / "snapshot").unlink()
    with Store.open(folder, load_key(read_settings(folder).id)) as store:
        assert json.loads(json.dumps(everything(store))) == expected(release)
        assert len(store.repairs) == 1  # its torn end
        with store.change(by="x", do="go-on", at=datetime(2021, 1, 1, tzinfo=UTC)) as change:
            change.put("notes", "new", {})
        assert store.verify().ok


def test_the_torn_end_is_no_damage_and_the_first_keys_seals_are_unchecked(release: Path) -> None:
    folder = release / "workspace"
    found = verify_folder(folder, read_settings(folder))
    assert found.damages == ()
    assert found.problems == ()
    assert found.tail > 0
    assert found.unchecked == ((1, 6),)


def test_the_first_key_checks_its_own_seals(release: Path) -> None:
    folder = release / "workspace"
    key = next((release / "keys").glob("*.key"))
    os.replace(key.with_suffix(".first"), key)
    found = verify_folder(folder, read_settings(folder))
    assert found.damages == ()
    assert found.unchecked == ((7, 8),)


def test_the_workspace_opens_with_its_report(release: Path) -> None:
    with open_workspace(release / "workspace") as ws:
        (revision,) = ws.submissions.revisions(ws.submissions.obligation(*REPORT))
        assert revision.by == "mai"
        assert revision.answers["N1"] == "Tăng so với cùng kỳ."
        assert len([key for key in revision.answers if key != "N1"]) > 10
