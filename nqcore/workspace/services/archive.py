"""`ws.archive`: what was done, whether it is all there, and copies of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import gettempdir

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.archive.audit_objects import AuditNames
from nqcore.collection.archive.audit_query import EVERY_RECORD, AuditQuery
from nqcore.collection.archive.audit_trail import AuditPage, audit_trail
from nqcore.collection.archive.backup import Backup, BackupMade, last_backups, write_backup
from nqcore.collection.archive.custody import Custody, NewPlace, last_place, take_custody
from nqcore.collection.archive.integrity import verify_folder
from nqcore.store import Verification, key_file
from nqcore.store.work_folder import work_folder
from nqcore.workspace.arguments import checked
from nqcore.workspace.open_state import OpenState


@checked
class ArchiveService:
    """The journal as a record of the office."""

    def __init__(self, state: OpenState) -> None:
        self._state = state

    def verify(self) -> Verification:
        """Read every byte of history again, and every attached file, and say what is wrong.

        >>> ws.archive.verify().ok
        True
        """
        return verify_folder(self._state.folder, self._state.settings)

    def audit_trail(
        self,
        wanted: AuditQuery = EVERY_RECORD,
        *,
        by: Account | str,
        most: int | None = None,
    ) -> AuditPage:
        """Who did what, newest first, a page of what is wanted. `most`: so many records are read, and all
        that are wanted among them are on the page. Raises NotAllowed.

        >>> page = ws.archive.audit_trail(by="quantri")
        >>> [(each.by, each.do) for each in page.entries][:2]
        [('ba', 'save'), ('hai', 'send')]
        """
        state = self._state
        names = AuditNames(state.store, state.accounts, state.context.obligations)
        return audit_trail(names, state.actor(by), wanted, most=most)

    def back_up(self, file: str | Path, *, by: Account | str) -> Backup:
        """Write a backup and read it back; `last_backups` has it at once. It has the figures of all units and
        forms, so the account must manage the whole office. Raises NotAllowed, BackupRefused, StoreError.

        >>> made = ws.archive.back_up("sao-luu.zip", by="quantri")
        >>> made.file.name, len(ws.archive.last_backups(1))
        ('sao-luu.zip', 1)
        """
        actor = self._state.actor(by)
        actor.require_for_all_forms(Action.MANAGE, self._state.root)
        done = write_backup(self._state.folder, Path(file), at=actor.at, by=actor.login)
        self._state.refresh()  # another opened store has recorded it
        return done

    def passing_backup(self, *, by: Account | str) -> AbstractContextManager[Path]:
        """A backup in the machine's folder for temporary files, which is removed at the end of the block: to
        be sent somewhere. What killed runs left there is removed first. Raises as `back_up` does, OSError.

        >>> with ws.archive.passing_backup(by="quantri") as file:
        ...     print(file.name)
        sao-luu-2018-04-05-1200.zip
        """
        return self._passing_backup(by)

    @contextmanager
    def _passing_backup(self, by: Account | str) -> Iterator[Path]:
        at = self._state.clock()
        with work_folder(Path(gettempdir())) as place:
            file = place / f"sao-luu-{at:%Y-%m-%d-%H%M}.zip"
            self.back_up(file, by=by)
            yield file

    @property
    def key_file(self) -> Path:
        """The file with the journal's key: in no backup, and needed to write on where one is restored.

        >>> ws.archive.key_file.suffix
        '.key'
        """
        return key_file(self._state.settings.id)

    def take_custody(self, *, by: str) -> Custody:
        """What a server does first: make sure that the folder is the one that was served before, with the
        same history. A copy, a restored folder and one that was put back to an earlier state become a new
        place: sessions and one-time links end, and what holds again is listed. Settings that were changed in
        their files are recorded. `by` is who the journal names. Raises StoreError, OSError.

        >>> taken = ws.archive.take_custody(by="nq serve")
        >>> ws.archive.take_custody(by="nq serve").sentences()  # the same folder as before
        ()
        """
        state = self._state
        found = take_custody(state.folder, state.settings, state.store, at=state.clock(), by=by)
        state.refresh()
        return found

    def last_place(self) -> NewPlace | None:
        """When this folder became a new place of the office (restored, copied, moved or put back), with
        what was to be checked then; None if it is where it was made.

        >>> ws.archive.last_place() is None
        True
        """
        return last_place(self._state.store)

    def last_backups(self, count: int) -> tuple[BackupMade, ...]:
        """The newest backups, newest first.

        >>> ws.archive.last_backups(1)  # none was made
        ()
        """
        return last_backups(self._state.store, count)
