"""Making a workspace whole, or leaving nothing of it: no half folder, no key without its journal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from nqcore.collection.settings import SETTINGS_FILE
from nqcore.errors import N_, Phrase, WorkspaceError
from nqcore.store.errors import DISK_FULL
from nqcore.store.keys import key_file
from nqcore.store.store import FOLDER


@contextmanager
def whole_or_nothing(folder: Path, workspace_id: str) -> Iterator[None]:
    """Make the new or empty `folder`; the block makes the workspace in it. If the block fails, all that it
    wrote there and beside the keys is removed again, with the folders that were not there before.

    Raises WorkspaceError where the folder is not empty, and where a disk is full.
    """
    with ExitStack() as undo:
        try:
            _make_folders(folder, undo)
            undo.callback(remove_workspace, folder, workspace_id)
            yield
            undo.pop_all()
        except Exception as wrong:  # of the disk, SQLite or the store; only the reason decides
            if not _is_full(wrong):
                raise
            undo.close()
            raise WorkspaceError(
                detail=Phrase(
                    N_(
                        "the disk of {folder} or of the keys in {keys} is full, so nothing was made there. "
                        "Make room on it and run the command again."
                    ),
                    {"folder": folder, "keys": key_file(workspace_id).parent},
                )
            ) from wrong


def _make_folders(folder: Path, undo: ExitStack) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise _not_empty(folder)
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            # Other accounts of the machine may not read the figures of the office.
            one.mkdir(mode=0o750 if one == folder else 0o777)
            undo.callback(_remove_empty, one)
    try:
        # Of two runs in one folder only one makes this folder; the other must not remove what is in it.
        (folder / FOLDER).mkdir(mode=0o700)
    except FileExistsError:
        raise _not_empty(folder) from None


def _not_empty(folder: Path) -> WorkspaceError:
    words = N_("{folder} is not empty. Choose a new folder.")
    return WorkspaceError(detail=Phrase(words, {"folder": folder}))


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def remove_workspace(folder: Path, workspace_id: str) -> None:
    """Remove the workspace in `folder`, and its keys, which are elsewhere."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    keys = key_file(workspace_id).parent
    own = (f"{workspace_id}.*", f".{workspace_id}.*")
    for path in (
        folder / SETTINGS_FILE,
        folder / f".{SETTINGS_FILE}.new",
        *(one for names in own for one in keys.glob(names)),
    ):
        with suppress(OSError):
            path.unlink()


def _is_full(wrong: BaseException | None) -> bool:
    """Whether a full disk is the reason of the error, or the reason of its reason."""
    if isinstance(wrong, OSError) and wrong.errno in DISK_FULL:
        return True
    return wrong is not None and _is_full(wrong.__cause__ or wrong.__context__)
