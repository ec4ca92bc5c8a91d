"""Opening a workspace with a wrong path, a report in a format that does not exist, a backup by a script."""

from __future__ import annotations

from pathlib import Path

import pytest

import nqcore
from nqcore.errors import UnknownName, WorkspaceError
from nqcore.workspace.facade import Workspace
from tests.collection.reorganisation.office import office


def test_a_file_or_a_folder_without_settings_is_not_a_workspace(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.touch()
    for wrong in (file, file / "in", tmp_path, tmp_path / "nothing"):
        with pytest.raises(WorkspaceError, match="is not a workspace"):
            nqcore.open(wrong)


def test_an_unknown_report_format_lists_every_format_there_is(demo: Workspace) -> None:
    with pytest.raises(UnknownName) as wrong:
        demo.report(directive="20-NQ/TW", period="2018", format="nope")
    assert all(one.name in str(wrong.value) for one in demo.reviews.formats())


def test_a_backup_is_named_by_a_text_and_listed_at_once(tmp_path: Path) -> None:
    with office(tmp_path / "ws") as ws:
        done = ws.archive.back_up(str(tmp_path / "b.zip"), by="qt")
        assert [one.receipt for one in ws.archive.last_backups(3)] == [done.receipt]
